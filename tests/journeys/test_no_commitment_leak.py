"""Whoever registers is seen by nobody but themselves and the township, until it lapses.

At every public address, and for every colleague, the answers are compared byte for byte, headers included,
with those of a world in which nothing had been registered.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest

from server.storage import commitments
from server.web.shelf import Shelf
from tests.cast import LI_SI, SUN_QI, TOWNSHIP, VILLAGE_A, WANG_WU, ZHANG_SAN, Hall
from tests.journeys.posting import accounts_of, approve, board_photo, send_photo, submission
from tests.journeys.registering import hash_of, register
from tests.journeys.surfaces import answers

SECOND = timedelta(seconds=1)
REGISTERED = "2026-10-15 20:00+08:00"
# Colleagues who work in the village or beside it, and what they may read.
STAFF = {
    LI_SI: ("/api/v1/submissions", "/api/v1/tasks"),
    SUN_QI: ("/api/v1/submissions", "/api/v1/tasks"),
}


async def everything(hall: Hall, sent: dict[str, Any], *, fresh: bool = True) -> dict[str, Any]:
    """Return every public answer and every colleague's, as bytes with their headers."""
    if fresh:
        hall.house.shelf = Shelf()
    photos = [p["sha256"] for p in sent["photos"]]
    public = await answers(hall, sent["id"], photos)
    # Each copy of the form for asking brings an id, a secret and a puzzle of its own.
    found = {a: said(r) for a, r in public.items() if not a.endswith("/ask")}
    for person, addresses in STAFF.items():
        client = await hall.client_as(person)
        for address in (*addresses, f"/api/v1/commitments/{sent['id']}"):
            found[f"{person.name} {address}"] = said(await client.get(address))
        hashes = f"/api/v1/photos/{'0' * 64}/960.webp"
        found[f"{person.name} {hashes}"] = said(await client.get(hashes))
    return found


def said(answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    headers = {k: v for k, v in answer.headers.items() if k != "set-cookie"}
    return answer.status_code, headers, answer.content


@asynccontextmanager
async def never_registered(hall: Hall, sent: dict[str, Any]) -> AsyncIterator[None]:
    """The world in which this was not registered, and afterwards the other one again."""
    kept = await commitments.get(hall.store.reader, sent["id"])
    assert kept is not None
    async with hall.store.transaction() as tx:
        await tx.execute("DELETE FROM commitment WHERE id = ?", sent["id"])
    yield
    async with hall.store.transaction() as tx:
        await commitments.insert(tx, kept)


@pytest.mark.one_engine
async def test_nothing_shows_before_it_lapses_and_then_only_the_village_s_pages(
    hall: Hall,
) -> None:
    hall.clock.set(REGISTERED)
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(
        hall,
        content=accounts_of("2026-q3") | {"prepared_by": "印记九号"},
        photos=[{"sha256": board_photo(1)[0], "role": "board"}],
    )
    before = await everything(hall, sent)
    await register(phone, sent)
    assert await everything(hall, sent, fresh=False) == before
    assert await everything(hall, sent) == before
    await send_photo(phone)
    lapses = hall.clock() + timedelta(hours=72)
    for moment in (
        hall.clock() + timedelta(hours=3, minutes=59, seconds=59),  # the last second of the due day
        hall.clock() + timedelta(hours=4),
        hall.clock() + timedelta(hours=30),
        lapses - SECOND,
    ):
        hall.clock.now = moment
        seen = await everything(hall, sent)
        async with never_registered(hall, sent):
            assert await everything(hall, sent) == seen, moment
        assert not [a for a, (_, _, body) in seen.items() if hash_of(sent).encode() in body]

    # A page that was kept since before is not served past the moment, although no counter moved.
    kept = await everything(hall, sent)
    hall.clock.now = lapses
    told = await everything(hall, sent, fresh=False)
    pages = {f"/v/{VILLAGE_A}", f"/api/v1/villages/{VILLAGE_A}"}
    for address in pages:
        tag = kept[address][1]["etag"]
        stale = await hall.visitor().get(address, headers={"If-None-Match": tag})
        assert stale.status_code == 200
        assert stale.headers["etag"] == told[address][1]["etag"] != tag
    async with never_registered(hall, sent):
        untold = await everything(hall, sent)
    changed = {address for address in told if told[address] != untold[address]}
    assert changed == pages
    for address in pages:
        _, _, body = told[address]
        assert "内容没有在 72 小时内送到".encode() in body
        # What it was stays between the sender and the township.
        assert hash_of(sent).encode() not in body


async def test_what_was_completed_never_shows(hall: Hall) -> None:
    hall.clock.set(REGISTERED)
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await register(phone, sent)
    hall.clock.pass_(hours=71)
    await phone.post("/api/v1/submissions", json=sent)
    for hours in (0, 1, 30):
        hall.clock.pass_(hours=hours)
        seen = await everything(hall, sent)
        async with never_registered(hall, sent):
            assert await everything(hall, sent) == seen


async def test_the_sender_and_the_township_see_it(hall: Hall) -> None:
    hall.clock.set(REGISTERED)
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await register(phone, sent)
    auditor = await hall.client_as(WANG_WU)
    span = "first=2026-09-30&last=2026-09-30"
    matrix = await auditor.get(f"/api/v1/compliance?division={TOWNSHIP}&{span}")
    assert "2026年10月15日已登记" in matrix.text
    table = await auditor.get(f"/api/v1/compliance.csv?division={TOWNSHIP}&{span}&lang=en")
    assert "Registered on 15 October 2026, waiting for its content" in table.text
    cell = f"division={VILLAGE_A}&category=finance_quarterly&period=2026Q3"
    evidence = (await auditor.get(f"/api/v1/compliance/evidence?{cell}")).json()
    assert [(c["state"], c["committed_by_name"]) for c in evidence["commitments"]] == [
        ("pending", "张三")
    ]
    assert [e["action"] for e in evidence["events"]] == ["posting.committed"]
    hall.clock.pass_(hours=72)
    evidence = (await auditor.get(f"/api/v1/compliance/evidence?{cell}")).json()
    assert [c["state"] for c in evidence["commitments"]] == ["lapsed"]
    past = (
        await auditor.get(f"/api/v1/compliance/evidence?{cell}&as_of=2026-10-15T19:00:00%2B08:00")
    ).json()
    assert (past["commitments"], past["events"]) == ([], [])
    # In time after all, for another posting: the clocks of the edition say which one judged.
    again = submission(hall, id=sent["id"][:-1] + "f")
    await register(phone, again)
    hall.clock.pass_(hours=5)
    await phone.post("/api/v1/submissions", json=again)
    await approve(hall, again["id"])
    evidence = (await auditor.get(f"/api/v1/compliance/evidence?{cell}")).json()
    clocks = {c["name"]: c["judges"] for c in evidence["editions"][0]["clocks"]}
    assert clocks == {
        "composed": False,
        "captured": False,
        "committed": True,
        "received": False,
        "published": True,
    }
