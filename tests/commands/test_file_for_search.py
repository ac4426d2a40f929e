"""What was posted before there was a search is filed at a start."""

from __future__ import annotations

import pytest

from server.commands import file_for_search as module
from server.commands.file_for_search import file_for_search
from server.storage import search
from tests.cast import ZHANG_SAN, Hall
from tests.journeys.posting import approve, submission


async def _hits(hall: Hall) -> int:
    answer = await hall.visitor().get("/api/v1/search", params={"q": "租金"})
    return sum(len(item["lines"]) for item in answer.json()["items"])


async def test_what_was_posted_before_is_found_after_a_start(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    assert await file_for_search(hall.store, hall.house.book) == 0
    async with hall.store.transaction() as tx:  # a database of the time before
        await search.forget(tx)
    assert await _hits(hall) == 0
    monkeypatch.setattr(module, "AT_ONCE", 1)
    assert await file_for_search(hall.store, hall.house.book) == 1
    assert await file_for_search(hall.store, hall.house.book) == 0
    assert await _hits(hall) == 3

    monkeypatch.setattr("server.rules.searching.CUT", 1000)  # cut otherwise than before
    assert await file_for_search(hall.store, hall.house.book) == 1
    assert await _hits(hall) == 3


async def test_what_waits_for_its_review_is_filed_with_the_approval(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    assert await file_for_search(hall.store, hall.house.book) == 0
    assert await hall.rows("SELECT id FROM search_record") == []
    await approve(hall, sent["id"])
    filed = await hall.rows("SELECT id FROM search_record")
    await file_for_search(hall.store, hall.house.book)
    assert await hall.rows("SELECT id FROM search_record") == filed != []
