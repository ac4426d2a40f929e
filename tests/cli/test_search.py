"""`gongshilan search rebuild`: whatever became of the index, it is what the editions say again."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
import pytest
from click.testing import CliRunner

from server.cli import main
from tests.cast import SUN_QI, ZHANG_SAN, Hall, Person, hall
from tests.journeys.posting import accounts_of, approve, new_id, submission

__all__ = ["hall"]

RECORDS = (
    "SELECT r.id, f.edition_id, r.pointer, r.text FROM search_record r"
    " JOIN search_filing f ON f.id = r.filing ORDER BY r.id"
)
NAMES = "SELECT name, initials FROM search_name ORDER BY name"


async def _hits(hall: Hall, q: str) -> int:
    answer = await hall.visitor().get("/api/v1/search", params={"q": q})
    return sum(len(item["lines"]) for item in answer.json()["items"])


async def _posted(hall: Hall, person: Person, seed: int, **changes: Any) -> str:
    phone = await hall.client_as(person)
    sent = submission(hall, id=new_id(hall.clock(), seed), division=person.division, **changes)
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    return str(sent["id"])


async def test_a_damaged_index_is_made_again(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGSHILAN_DATABASE_URL", hall.house.settings.database_url)
    # Two that open in the same second share its ids.
    for seed, quarter in enumerate(("2026-q2", "2026-q3")):
        changes = {"content": accounts_of(quarter), "period": quarter.upper().replace("-", "")}
        await approve(hall, await _posted(hall, ZHANG_SAN, seed, **changes), seed=seed)
    await _posted(hall, SUN_QI, 9)  # waits for its review and is no part of it
    whole = await hall.rows(RECORDS), await hall.rows(NAMES)
    found = await _hits(hall, "租金")
    assert await _hits(hall, "zujin") == found == 3
    assert len({row["edition_id"] for row in whole[0]}) == 2

    async with hall.store.transaction() as tx:
        await tx.execute("DELETE FROM search_record WHERE text LIKE '%租金%'")
        await tx.execute("DELETE FROM search_name")
    assert await _hits(hall, "租金") == await _hits(hall, "zujin") == 0

    for _ in range(2):
        done = await anyio.to_thread.run_sync(CliRunner().invoke, main, ["search", "rebuild"])
        assert done.exit_code == 0, done.output
        assert "2 / 2\n" in done.output
        assert "done: 2 editions" in done.output
        assert (await hall.rows(RECORDS), await hall.rows(NAMES)) == whole
    assert await _hits(hall, "租金") == await _hits(hall, "zujin") == found


async def test_without_a_usable_address_it_says_what_one_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GONGSHILAN_DATABASE_URL", "mysql://here/db")
    done = await anyio.to_thread.run_sync(CliRunner().invoke, main, ["search", "rebuild"])
    assert done.exit_code == 1
    assert "sqlite://" in done.output
    assert "Traceback" not in done.output
