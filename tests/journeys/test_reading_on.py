"""Long lists are read page by page, and what happens between two pages leaves nothing out."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from server.queries import inquiry_desk, payment_lists
from tests.cast import VILLAGE_A, VILLAGE_B, WANG_WU, Hall
from tests.journeys.asking import answer, asked, publish
from tests.journeys.receiving import LISTS, load

DESK = "/api/v1/desk/inquiries"


async def read(client: httpx.AsyncClient, path: str, cursor: str | None = None) -> dict[str, Any]:
    """Return a page."""
    page = await client.get(path, params={"cursor": cursor} if cursor else {})
    assert page.status_code == 200, page.text
    found: dict[str, Any] = page.json()
    return found


def ids(page: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return what is open and what ended on a page of the desk."""
    return [line["id"] for line in page["open"]], [line["id"] for line in page["ended"]]


async def test_the_desk_is_read_on_to_its_end(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inquiry_desk, "PAGE", 1)
    known = []
    for number in (1, 2, 3):
        known.append((await asked(hall, number))["id"])
        hall.clock.pass_(days=1)
    wang = await hall.client_as(WANG_WU)
    first = await read(wang, DESK)
    assert ids(first) == ([known[0]], [])
    # What the page ended with is answered before anybody reads on.
    await answer(hall, known[0])
    await publish(hall, known[0], who=WANG_WU)
    second = await read(wang, DESK, first["next"])
    assert ids(second) == ([known[1]], [])
    third = await read(wang, DESK, second["next"])
    assert (*ids(third), third["next"]) == ([known[2]], [known[0]], None)

    hall.clock.pass_(hours=1)
    await answer(hall, known[1], seed=2)
    # An answer that waits for me stands before what is with others, however late that is.
    assert ids(await read(wang, DESK)) == ([known[1]], [])
    await publish(hall, known[1], who=WANG_WU)
    again = await read(wang, DESK)
    assert ids(again) == ([known[2]], [known[1]])
    last = await read(wang, DESK, again["next"])
    assert (*ids(last), last["next"]) == ([], [known[0]], None)


async def test_lists_of_payments_are_read_on(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payment_lists, "PAGE", 1)
    for division in (VILLAGE_A, VILLAGE_B):
        assert (await load(hall, division=division)).status_code in (200, 201)
        hall.clock.pass_(minutes=1)
    wang = await hall.client_as(WANG_WU)
    first = await read(wang, LISTS)
    assert [line["division"] for line in first["items"]] == [VILLAGE_B]
    # Newer ones that came meanwhile, or at the same moment, move nothing.
    await load(hall, division=VILLAGE_B, purpose="另一笔")
    second = await read(wang, LISTS, first["next"])
    assert [line["division"] for line in second["items"]] == [VILLAGE_A]
    assert second["next"] is None
