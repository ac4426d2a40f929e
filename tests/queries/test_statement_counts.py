"""How many statements a page costs, as a number: it does not grow with editions, photos or years of history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from server.storage.database import NearReader, Reader
from tests.cast import LI_SI, SUN_QI, TOWNSHIP, VILLAGE_A, VILLAGE_B, WANG_WU, ZHANG_SAN, Hall
from tests.journeys.posting import accounts_of, approve, new_id, send_photo, submission

# How many statements are sent does not depend on who answers them.
pytestmark = pytest.mark.sqlite

# Where the disclosure lies and the version of its division are among them. Nobody is signed in.
# Where something is missing; where nothing is, nobody asks for registrations.
# One of them for what was asked there; where something was, two more for answers and signatures. One for how a notice is rated,
# two for the plans that accounts are laid beside, one for the query points that serve a village, one for announced days. One for the matters that a
# notice stands in; where it does, two more for the others. One for what the offices have to say,
# and one for the telephones by which they answer.
VILLAGE = 13
DISCLOSURE = 15
DIFFERENCE = 16
# The last asks which closed villages were merged into it.
PAST = 4
# The divisions, and in one statement the names above all of them.
DIVISIONS = 2
# The records, their disclosures and what decides whether they may be shown; the names of places; the cards of a page.
SEARCH = 6
# What is kept is looked up by the version alone; on SQLite not even that, while nothing was committed.
KEPT_VILLAGE = 1
KEPT_DISCLOSURE = 2
# With the session.
MATRIX = 11
# Among them the signatures that were given, and who asks.
FOR_REVIEW = 8


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Yield the statements that readers run, as they come."""
    said: list[str] = []
    rows, tuples, near = Reader.rows, Reader.tuples, NearReader.rows

    async def noted(self: Reader, sql: str, *args: object) -> list[dict[str, Any]]:
        if not isinstance(self, NearReader):  # on PostgreSQL it asks as any reader does
            said.append(sql)
        return await rows(self, sql, *args)

    async def noted_tuples(self: Reader, sql: str, *args: object) -> Any:
        said.append(sql)
        return await tuples(self, sql, *args)

    async def noted_near(self: NearReader, sql: str, *args: object) -> list[dict[str, Any]]:
        said.append(sql)
        return await near(self, sql, *args)

    with monkeypatch.context() as patch:
        patch.setattr(Reader, "rows", noted)
        patch.setattr(Reader, "tuples", noted_tuples)
        patch.setattr(NearReader, "rows", noted_near)
        yield said


async def history(hall: Hall, corrections: int) -> str:
    """Post two quarters, and so many corrections of the second; return its disclosure."""
    phone = await hall.client_as(ZHANG_SAN)
    earlier = submission(
        hall, id=new_id(hall.clock(), 6), period="2026Q2", content=accounts_of("2026-q2")
    )
    assert (await phone.post("/api/v1/submissions", json=earlier)).status_code == 201
    await approve(hall, earlier["id"], seed=99)
    disclosure = ""
    for number in range(corrections + 1):
        photo = await send_photo(phone, seed=number + 1)
        sent = submission(
            hall,
            id=new_id(hall.clock(), 100 + number),
            content=accounts_of("2026-q3") | {"prepared_by": "甲乙丙丁戊己"[number]},
            photos=[{"sha256": photo, "role": "board"}],
            reason="更正" if number else None,
        )
        receipt = await phone.post("/api/v1/submissions", json=sent)
        assert receipt.status_code == 201, receipt.text
        disclosure = receipt.json()["disclosure_id"]
        await approve(hall, sent["id"], seed=number)
        hall.clock.pass_(minutes=5)
    return disclosure


async def _read(client: httpx.AsyncClient, address: str) -> None:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text


async def test_what_villagers_open(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = hall.visitor()
    disclosure = await history(hall, corrections=3)
    for address, most, kept in (
        (f"/v/{VILLAGE_A}", VILLAGE, KEPT_VILLAGE),
        (f"/api/v1/villages/{VILLAGE_A}", VILLAGE, KEPT_VILLAGE),
        (f"/d/{disclosure}", DISCLOSURE, KEPT_DISCLOSURE),
        (f"/api/v1/disclosures/{disclosure}", DISCLOSURE, KEPT_DISCLOSURE),
        (f"/api/v1/disclosures/{disclosure}/editions", DISCLOSURE, KEPT_DISCLOSURE),
        (
            f"/api/v1/disclosures/{disclosure}/difference?before=1&after=4",
            DIFFERENCE,
            KEPT_DISCLOSURE,
        ),
        (f"/api/v1/villages/{VILLAGE_A}/disclosures", PAST, PAST),
    ):
        with counted(monkeypatch) as said:
            await _read(visitor, address)
        assert len(said) <= most, (address, len(said), said)
        with counted(monkeypatch) as said:
            await _read(visitor, address)
        assert len(said) <= kept, (address, len(said), said)


async def test_corrections_cost_no_statement(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = hall.visitor()
    disclosure = await history(hall, corrections=0)
    addresses = (f"/v/{VILLAGE_A}", f"/d/{disclosure}")
    counts = []
    for more in (False, True):
        if more:
            phone = await hall.client_as(ZHANG_SAN)
            sent = submission(hall, id=new_id(hall.clock(), 200), reason="更正")
            await phone.post("/api/v1/submissions", json=sent)
            await approve(hall, sent["id"], seed=7)
        with counted(monkeypatch) as said:
            for address in addresses:
                await _read(visitor, address)
        counts.append(len(said))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("division", [VILLAGE_A, TOWNSHIP])
async def test_the_matrix_costs_the_same_for_a_village_and_a_township(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, division: str
) -> None:
    await history(hall, corrections=1)
    auditor = await hall.client_as(WANG_WU)
    with counted(monkeypatch) as said:
        await _read(
            auditor, f"/api/v1/compliance?division={division}&first=2026-01-01&last=2026-12-31"
        )
    assert len(said) <= MATRIX, (len(said), said)


async def test_the_list_for_review(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    await history(hall, corrections=2)
    sun = await hall.client_as(SUN_QI)
    sent = submission(hall, id=new_id(hall.clock(), 300), division=VILLAGE_B)
    assert (await sun.post("/api/v1/submissions", json=sent)).status_code == 201
    # Of one village, and of every village of the township.
    for person, villages in ((LI_SI, {"红河村"}), (WANG_WU, {"红河村", "宽坪村"})):
        reader = await hall.client_as(person)
        with counted(monkeypatch) as said:
            answer = await reader.get("/api/v1/submissions")
        assert {line["division_name"] for line in answer.json()["items"]} == villages
        assert len(said) <= FOR_REVIEW, (len(said), said)


async def test_choosing_a_village(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = hall.visitor()
    for asked, names in (
        ("q=村", ["古城村", "红河村", "宽坪村"]),
        (f"parent={TOWNSHIP}", ["红河村", "宽坪村"]),
        ("q=宽坪", ["宽坪村"]),
        ("", ["宁夏回族自治区"]),
    ):
        with counted(monkeypatch) as said:
            answer = await visitor.get(f"/api/v1/divisions?{asked}")
        found = answer.json()["items"]
        assert [line["name"] for line in found] == names
        assert len(said) <= DIVISIONS, (asked, len(said), said)
    path = (await visitor.get("/api/v1/divisions?q=宽坪")).json()["items"][0]["path"]
    assert path == ["宁夏回族自治区", "固原市", "彭阳县", "红河镇"]


@pytest.mark.parametrize(("address", "most"), [("/api/v1/search", SEARCH), ("/search", SEARCH + 1)])
async def test_searching(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, address: str, most: int
) -> None:
    await history(hall, corrections=2)
    scope = "in" if address == "/api/v1/search" else "division"
    with counted(monkeypatch) as said:
        answer = await hall.visitor().get(address, params={"q": "财务收支", scope: TOWNSHIP})
    assert "第三季度" in answer.text
    assert len(said) == most, said
