"""Long lists are read page by page, and what happens between two pages leaves nothing out."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from server.queries import inquiry_desk, payment_lists
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B, WANG_WU, ZHANG_SAN, Hall
from tests.journeys.asking import CONTACT, answer, asked, publish
from tests.journeys.inspecting import drawn, ordered
from tests.journeys.ledgers import bring, roster
from tests.journeys.receiving import LISTS, load

DESK = "/api/v1/desk/inquiries"
ORDERS = "/api/v1/rectifications"
SHORT = (
    "/api/v1/site-notices",
    "/api/v1/categories-in-use",
    "/api/v1/desk/contact-looks",
    "/api/v1/compliance/warnings",
    "/api/v1/compliance/hollow",
    "/api/v1/compliance/cross-lists",
)
LONG = (DESK, ORDERS, "/api/v1/inspections", "/api/v1/outreach", LISTS, "/api/v1/ledgers")


async def read(
    client: httpx.AsyncClient, path: str, cursor: str | None = None, **wanted: str
) -> dict[str, Any]:
    """Return a page of what is wanted of a list."""
    page = await client.get(path, params=wanted | ({"cursor": cursor} if cursor else {}))
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


@pytest.mark.one_engine
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


async def test_the_desk_is_sought_sorted_and_taken_along(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inquiry_desk, "PAGE", 1)
    lamp = (await asked(hall, 1, text="二组的路灯不亮", contact=CONTACT))["id"]
    hall.clock.pass_(hours=1)
    fee = (await asked(hall, 2, kind="complaint"))["id"]
    await answer(hall, lamp)
    await publish(hall, lamp, who=WANG_WU)
    wang = await hall.client_as(WANG_WU)
    for q in ("路灯", "2026-001", "question"):
        assert ids(await read(wang, DESK, q=q)) == ([], [lamp]), q
    for q in ("投诉", "打印机%", "2026-0012"):
        assert ids(await read(wang, DESK, q=q))[1] == [], q
    for sort in ("usual", "newest", "oldest", "place"):
        first = await read(wang, DESK, sort=sort, q="红河")
        assert ids(first) == ([fee], [lamp]), sort
    file = (await wang.get(f"{DESK}.csv", params={"q": "红河"})).text
    assert [line.split(",")[0] for line in file.splitlines()] == [
        "\ufeff编号",
        "2026-002",
        "2026-001",
    ]
    assert CONTACT not in file


async def test_orders_and_lists_are_sought_and_sorted_page_by_page(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payment_lists, "PAGE", 1)
    for division in (VILLAGE_B, VILLAGE_A):
        await load(hall, division=division)
        hall.clock.pass_(minutes=1)
    wang = await hall.client_as(WANG_WU)
    for sort, order in (
        ("usual", [VILLAGE_A, VILLAGE_B]),
        ("oldest", [VILLAGE_B, VILLAGE_A]),
        ("place", sorted((VILLAGE_A, VILLAGE_B))),
    ):
        first = await read(wang, LISTS, sort=sort)
        second = await read(wang, LISTS, first["next"], sort=sort)
        found = [line["division"] for page in (first, second) for line in page["items"]]
        assert (found, second["next"]) == (order, None), sort
    sought = await read(wang, LISTS, q="一卡通", sort="place")
    assert sought["next"] is not None  # by the category's name, which its rows do not hold
    assert [e["division"] for e in (await read(wang, LISTS, q="红河村"))["items"]] == [VILLAGE_A]
    order = await ordered(hall)
    assert [e["id"] for e in (await read(wang, ORDERS, q="红河村"))["open"]] == [
        order["head"]["id"]
    ]
    assert (await read(wang, ORDERS, q="没有这样的话"))["open"] == []


async def test_every_long_list_is_a_file_of_what_is_sought(hall: Hall) -> None:
    await drawn(hall)
    await bring(hall, roster())
    wang = await hall.client_as(WANG_WU)
    for path in LONG:
        for sort in ("usual", "newest", "oldest", "place"):
            page = await read(wang, path, q="_", sort=sort)
            assert [*page.get("items", []), *page.get("open", [])] == [], path
            file = await wang.get(f"{path}.csv", params={"sort": sort})
            assert file.headers["content-type"].startswith("text/csv"), path
        lines = file.text.splitlines()
        assert len(lines) == (2 if path in LONG[2::3] else 1), (path, lines)
        assert len(lines[-1].split(",")) >= len(lines[0].split(",")), path
    assert (await (await hall.client_as(ZHANG_SAN)).get(f"{LISTS}.csv")).status_code == 403


async def test_what_comes_whole_is_a_file_too(hall: Hall) -> None:
    about = (await asked(hall, 1, contact=CONTACT))["id"]
    looked = await (await hall.client_as(ZHANG_SAN)).post(f"{DESK}/{about}/contact")
    assert looked.status_code == 200, looked.text
    wang = await hall.client_as(WANG_WU)
    for path in SHORT:
        area = {"division": TOWNSHIP} if "compliance" in path else {}
        listed = (await read(wang, path, **area))["items"]
        file = await wang.get(f"{path}.csv", params=area)
        assert file.headers["content-type"].startswith("text/csv"), (path, file.text)
        lines = file.text.splitlines()
        assert len(lines) == 1 + len(listed), path
        assert CONTACT not in file.text
        if path.endswith("contact-looks"):
            assert ZHANG_SAN.name in lines[1]
