"""Editions: inserted once, decided by conditional update, never edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from server.rules.disclosures import Disclosure, Edition, EditionHead, EditionMoments
from server.rules.reviewing import Turn
from server.storage import disclosures, models
from server.storage.columns import (
    code_range,
    document,
    millis,
    moment,
    moment_or_none,
    parsed,
)
from server.storage.database import Reader, Row, Tx

_NAMES = (  # noqa: SIM905 as words they stand on three lines
    "id disclosure_id number state schema_version content_hash reason explanation findings"
    " composed_at captured_at committed_at received_at submitted_by plan_at plan_until decided_at decided_by"
    " opens_at comes_down_at superseded_at withdrawn_at withdrawn_reason revision gist turn"
    " urgent_reason reviewed_at objection"
).split()
_MOMENTS = [name for name in _NAMES if name.endswith("_at") or name == "plan_until"]
HEAD = ", ".join(f"e.{name}" for name in _NAMES)
COLUMNS = f"{HEAD}, e.content"


async def get(db: Reader, edition_id: str) -> Edition | None:
    """Return an edition, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM edition e WHERE e.id = ?", edition_id)
    return edition_of(row) if row else None


async def for_disclosure(db: Reader, disclosure_id: str) -> list[Edition]:
    """Return a disclosure's editions in the order they arrived."""
    return (await for_disclosures(db, [disclosure_id])).get(disclosure_id, [])


async def for_disclosures(db: Reader, ids: Iterable[str]) -> dict[str, list[Edition]]:
    """Return the editions of many disclosures, by disclosure, in the order they arrived."""
    rows = await db.rows_in(
        f"SELECT {COLUMNS} FROM edition e WHERE e.disclosure_id IN (*)"
        " ORDER BY e.received_at, e.id",
        ids,
    )
    found: dict[str, list[Edition]] = {}
    for row in rows:
        found.setdefault(row["disclosure_id"], []).append(edition_of(row))
    return found


async def heads_for_disclosures(db: Reader, ids: Iterable[str]) -> dict[str, list[EditionHead]]:
    """Return the heads of many disclosures' editions, by disclosure, in the order they arrived."""
    rows = await db.rows_in(
        f"SELECT {HEAD} FROM edition e WHERE e.disclosure_id IN (*) ORDER BY e.received_at, e.id",
        ids,
    )
    found: dict[str, list[EditionHead]] = {}
    for row in rows:
        found.setdefault(row["disclosure_id"], []).append(head_of(row))
    return found


# Read out of the index `edition_moments` alone.
MOMENTS = "e.id, e.number, e.state, e.opens_at, e.comes_down_at, e.superseded_at, e.withdrawn_at"


def moments_of(columns: Sequence[Any]) -> EditionMoments:
    """Return what visibility is decided by, of the MOMENTS of a row."""
    key, number, state, *at = columns
    return EditionMoments(key, number, state, *map(moment_or_none, at))


async def get_many(db: Reader, ids: Iterable[str]) -> dict[str, Edition]:
    """Return editions with their content, by id."""
    rows = await db.rows_in(f"SELECT {COLUMNS} FROM edition e WHERE e.id IN (*)", ids)
    return {row["id"]: edition_of(row) for row in rows}


async def without_gist(db: Reader, limit: int) -> list[Edition]:
    """Return editions whose amounts were not added up yet."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM edition e WHERE e.gist IS NULL ORDER BY e.id LIMIT {int(limit)}"
    )
    return [edition_of(row) for row in rows]


async def set_gist(tx: Tx, edition_id: str, gist: Mapping[str, int]) -> None:
    """Keep the amounts that lists show of an edition; nothing that anybody signed changes."""
    await tx.execute("UPDATE edition SET gist = ? WHERE id = ?", document(gist), edition_id)


async def forget_gists(tx: Tx) -> None:
    """Have all amounts added up again: a view asks for others than it did."""
    await tx.execute("UPDATE edition SET gist = NULL")


async def village_rows(
    db: Reader, division: str, category: str | None = None
) -> list[tuple[Disclosure, list[EditionHead]]]:
    """Return a village's disclosures with the heads of their editions, newest period first: two statements."""
    found = await disclosures.list_for_division(db, division, category)
    rows = await db.rows(
        f"SELECT {HEAD} FROM edition e JOIN disclosure d ON d.id = e.disclosure_id"
        " WHERE d.division = ? AND (d.category = ? OR ? = '') ORDER BY e.received_at, e.id",
        division,
        category or "",
        category or "",
    )
    by_disclosure: dict[str, list[EditionHead]] = {d.id: [] for d in found}
    for row in rows:
        # An edition that arrived between the two statements waits for the next reader.
        if row["disclosure_id"] in by_disclosure:
            by_disclosure[row["disclosure_id"]].append(head_of(row))
    return [(d, by_disclosure[d.id]) for d in found]


async def group_rows(db: Reader, village: str) -> list[tuple[Disclosure, list[EditionHead]]]:
    """Return the disclosures of a village's groups with the heads of their editions, as village_rows does."""
    low, high = f"{village}00", f"{village}99"
    found = await disclosures.list_between(db, low, high)
    heads = await heads_for_disclosures(db, [d.id for d in found])
    return [(d, heads.get(d.id, [])) for d in found]


async def decided_between(
    db: Reader, scope: str, since: datetime, before: datetime
) -> list[tuple[datetime, datetime]]:
    """Return when each edition under a scope that was decided in [since, before) arrived, and when it was decided."""
    low, high = code_range(scope)
    rows = await db.rows(
        "SELECT COALESCE(committed_at, received_at) AS came, COALESCE(reviewed_at, decided_at) AS done"
        " FROM edition WHERE division >= ? AND division < ? AND COALESCE(reviewed_at, decided_at) >= ?"
        " AND COALESCE(reviewed_at, decided_at) < ?",
        low,
        high,
        millis(since),
        millis(before),
    )
    return [(moment(row["came"]), moment(row["done"])) for row in rows]


async def standing(db: Reader, disclosure_id: str) -> Edition | None:
    """Return the newest approved edition of a disclosure, opened or not, or None."""
    row = await db.row(
        f"SELECT {COLUMNS} FROM edition e WHERE e.disclosure_id = ? AND e.state = 'approved'"
        " ORDER BY e.number DESC LIMIT 1",
        disclosure_id,
    )
    return edition_of(row) if row else None


async def in_state(
    db: Reader,
    scopes: Sequence[str],
    states: Sequence[str],
    *,
    before: str | None = None,
    limit: int = 50,
) -> list[Edition]:
    """Return the editions under any of some scopes in these states, newest first; `before`: an edition's id, those after it.

    What was published first and waits for its review is in review, too. A cursor that is no edition's id begins at the newest.
    """
    bounds = [each for scope in scopes for each in code_range(scope)]
    under = " OR ".join(["(e.division >= ? AND e.division < ?)"] * len(scopes))
    start = await get(db, before) if before else None
    seen = "" if start is None else " AND (e.received_at < ? OR (e.received_at = ? AND e.id < ?))"
    at = [] if start is None else [millis(start.received_at), millis(start.received_at), start.id]
    marks = ", ".join("?" * len(states))
    first = f" OR ({_PUBLISHED_FIRST})" if "in_review" in states else ""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM edition e WHERE ({under})"
        f" AND (e.state IN ({marks}){first}){seen} ORDER BY e.received_at DESC, e.id DESC LIMIT {int(limit)}",
        *bounds,
        *states,
        *at,
    )
    return [edition_of(row) for row in rows]


# What disclosures.awaits_review says, for the database.
_PUBLISHED_FIRST = (
    "e.state = 'approved' AND e.urgent_reason IS NOT NULL AND e.reviewed_at IS NULL"
    " AND e.superseded_at IS NULL"
)


async def published_first(db: Reader, scope: str) -> list[EditionHead]:
    """Return the editions under a scope that were published before a review that is still to come."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {HEAD} FROM edition e WHERE e.division >= ? AND e.division < ?"
        f" AND {_PUBLISHED_FIRST} ORDER BY e.received_at, e.id",
        low,
        high,
    )
    return [head_of(row) for row in rows]


# When the public last heard of an edition by a moment: that it was taken down, or that it opened.
LAST_HEARD = "CASE WHEN e.withdrawn_at <= ? THEN e.withdrawn_at ELSE e.opens_at END"
WAS_OPENED = (
    "e.state IN ('approved', 'withdrawn') AND e.opens_at <= ?"
    " AND (e.withdrawn_at IS NULL OR e.withdrawn_at > e.opens_at)"
)


async def newest_opened(
    db: Reader, scope: str, category: str | None, now: datetime, limit: int
) -> list[EditionHead]:
    """Return the editions under a scope that were ever on show by a moment, the one last heard of first."""
    low, high = code_range(scope)
    at = millis(now)
    rows = await db.rows(
        f"SELECT {HEAD} FROM edition e JOIN disclosure d ON d.id = e.disclosure_id"
        f" WHERE e.division >= ? AND e.division < ? AND (d.category = ? OR ? = '') AND {WAS_OPENED}"
        f" ORDER BY {LAST_HEARD} DESC, e.id DESC LIMIT {int(limit)}",
        low,
        high,
        category or "",
        category or "",
        at,
        at,
    )
    return [head_of(row) for row in rows]


async def awaiting_review(db: Reader, scope: str) -> list[EditionHead]:
    """Return the editions under a scope that are in review, in the order they came."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {HEAD} FROM edition e WHERE e.division >= ? AND e.division < ?"
        " AND e.state = 'in_review' ORDER BY e.received_at, e.id",
        low,
        high,
    )
    return [head_of(row) for row in rows]


async def next_number(db: Reader, disclosure_id: str) -> int:
    """Return the number the next approved edition of a disclosure gets: 1, 2 …"""
    row = await db.row(
        "SELECT COALESCE(MAX(number), 0) AS newest FROM edition WHERE disclosure_id = ?",
        disclosure_id,
    )
    return int(row["newest"]) + 1 if row else 1


async def insert(tx: Tx, edition: Edition) -> bool:
    """Insert an edition once; False when its id, or its number within the disclosure, is taken."""
    place = await tx.row(
        "SELECT county, division FROM disclosure WHERE id = ?", edition.disclosure_id
    )
    if place is None:
        raise ValueError(f"edition {edition.id} belongs to no disclosure")
    return await tx.insert(
        models.Edition,
        **place,
        id=edition.id,
        disclosure_id=edition.disclosure_id,
        schema_version=edition.schema_version,
        content=document(edition.content),
        content_hash=edition.content_hash,
        reason=edition.reason,
        explanation=edition.explanation,
        findings=document(edition.findings),
        composed_at=millis(edition.composed_at),
        captured_at=millis(edition.captured_at),
        committed_at=millis(edition.committed_at),
        received_at=millis(edition.received_at),
        submitted_by=edition.submitted_by,
        revision=edition.revision,
        gist=document(edition.gist),
        urgent_reason=edition.urgent_reason,
        **_decision(edition),
    )


async def update(tx: Tx, edition: Edition, expect_revision: int) -> bool:
    """Write an edition's decision columns if it still has the revision; False: somebody was faster.

    The revision goes up by one. Content, hashes and times of arrival are not written: they never change.
    """
    values = _decision(edition)
    assignments = ", ".join(f"{name} = ?" for name in values)
    touched = await tx.execute(
        f"UPDATE edition SET {assignments}, revision = revision + 1 WHERE id = ? AND revision = ?",
        *values.values(),
        edition.id,
        expect_revision,
    )
    return touched == 1


async def set_superseded(tx: Tx, edition_id: str, moment: datetime | None) -> None:
    """Say from when on a newer edition or period takes this one's place; the revision stays.

    It follows from another edition's decision: a reviewer of this one has nothing new to see.
    """
    await tx.execute(
        "UPDATE edition SET superseded_at = ? WHERE id = ?", millis(moment), edition_id
    )


async def give_way(tx: Tx, places: Iterable[tuple[str, datetime]]) -> None:
    """Say for each edition when another takes its place."""
    for edition_id, gives_way_at in places:
        await set_superseded(tx, edition_id, gives_way_at)


def _decision(edition: Edition) -> dict[str, object]:
    return {
        "number": edition.number,
        "state": edition.state,
        "plan_at": millis(edition.plan_at),
        "plan_until": millis(edition.plan_until),
        "decided_at": millis(edition.decided_at),
        "decided_by": edition.decided_by,
        "opens_at": millis(edition.opens_at),
        "comes_down_at": millis(edition.comes_down_at),
        "superseded_at": millis(edition.superseded_at),
        "withdrawn_at": millis(edition.withdrawn_at),
        "withdrawn_reason": edition.withdrawn_reason,
        "turn": _turn_document(edition.turn),
        "reviewed_at": millis(edition.reviewed_at),
        "objection": edition.objection,
    }


def edition_of(row: Row) -> Edition:
    """Return the value of a row with COLUMNS."""
    return Edition(**_head(row), content=parsed(row["content"]))


def head_of(row: Row) -> EditionHead:
    """Return the value of a row with HEAD. Rows with the same columns share it: nobody writes into it."""
    return _head_with(_columns(row))


_columns = itemgetter(*_NAMES)


# Nearly all rows of a page that is made anew are as they were; reading one costs twenty times looking it up.
@lru_cache(maxsize=2048)
def _head_with(columns: tuple[Any, ...]) -> EditionHead:
    return EditionHead(**_head(dict(zip(_NAMES, columns, strict=True))))


def _head(row: Row) -> dict[str, Any]:
    values = {name: row[name] for name in _NAMES}
    for name in _MOMENTS:
        values[name] = moment_or_none(values[name])
    values["findings"] = parsed(values["findings"])
    values["turn"] = _turn_of(values["turn"])
    values["gist"] = parsed(values["gist"]) if values["gist"] else {}
    return values


def _turn_document(turn: Turn | None) -> str | None:
    if turn is None:
        return None
    return document(
        {"by": turn.by, "given": turn.given, "needed": turn.needed, "since": millis(turn.since)}
    )


def _turn_of(text: str | None) -> Turn | None:
    if not text:
        return None
    kept = parsed(text)
    return Turn(kept["by"], kept["given"], kept["needed"], moment(kept["since"]))
