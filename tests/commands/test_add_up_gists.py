"""Amounts of lists are added up at a start for what came before a view asked for them."""

from __future__ import annotations

import pytest

from server.commands import add_up_gists as module
from server.commands.add_up_gists import add_up_gists
from tests.cast import VILLAGE_A, ZHANG_SAN, Hall
from tests.journeys.posting import approve, submission


async def test_what_was_posted_before_shows_its_amounts_after_a_start(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    address = f"/api/v1/villages/{VILLAGE_A}"
    before = (await hall.visitor().get(address)).json()["latest"][0]["figures"]
    assert [f["amount"] for f in before] == [4_791_241, 3_643_250, 11_171_209]

    async with hall.store.transaction() as tx:  # a database of the time before
        await tx.execute("UPDATE edition SET gist = NULL")
        await tx.execute("UPDATE division_version SET counter = counter + 1")
        await tx.execute("DELETE FROM installation WHERE key = 'gists'")
    assert (await hall.visitor().get(address)).json()["latest"][0]["figures"] == []

    monkeypatch.setattr(module, "AT_ONCE", 1)
    assert await add_up_gists(hall.store, hall.house.book) == 1
    assert await add_up_gists(hall.store, hall.house.book) == 0
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE division_version SET counter = counter + 1")
    assert (await hall.visitor().get(address)).json()["latest"][0]["figures"] == before
