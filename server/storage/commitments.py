"""Commitments on record: inserted once; completion and replacement are each written once."""

from __future__ import annotations

from datetime import date, datetime

from server.rules.commitments import Commitment
from server.storage import models_commitments
from server.storage.columns import (
    code_range,
    day,
    day_or_none,
    day_text,
    document,
    millis,
    moment,
    moment_or_none,
    parsed,
)
from server.storage.database import Reader, Row, Tx

COLUMNS = (
    "id, division, category, period_key, period_end, event_on, schema_version, content_hash, digest,"
    " photos, composed_at, received_at, lapses_at, committed_by, plan_at, replaces, completed_at,"
    " replaced_at"
)


async def get(db: Reader, commitment_id: str) -> Commitment | None:
    """Return a commitment, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM commitment WHERE id = ?", commitment_id)
    return _of_row(row) if row else None


async def insert(tx: Tx, commitment: Commitment) -> bool:
    """Insert a commitment once; False when its id is taken."""
    return await tx.insert(
        models_commitments.Commitment,
        id=commitment.id,
        county=commitment.division[:6],
        division=commitment.division,
        category=commitment.category,
        period_key=commitment.period_key,
        period_end=commitment.period_end.isoformat(),
        event_on=day_text(commitment.event_on),
        schema_version=commitment.schema_version,
        content_hash=commitment.content_hash,
        digest=commitment.digest,
        photos=document(list(commitment.photos)),
        composed_at=millis(commitment.composed_at),
        received_at=millis(commitment.received_at),
        lapses_at=millis(commitment.lapses_at),
        committed_by=commitment.committed_by,
        plan_at=millis(commitment.plan_at),
        replaces=commitment.replaces,
        completed_at=millis(commitment.completed_at),
        replaced_at=millis(commitment.replaced_at),
    )


async def complete(tx: Tx, commitment_id: str, at: datetime) -> bool:
    """Write when the content arrived; False when it had arrived before."""
    touched = await tx.execute(
        "UPDATE commitment SET completed_at = ? WHERE id = ? AND completed_at IS NULL",
        millis(at),
        commitment_id,
    )
    return touched == 1


async def replace(tx: Tx, commitment_id: str, at: datetime) -> bool:
    """Write that another takes its place; False when it was completed or replaced before."""
    touched = await tx.execute(
        "UPDATE commitment SET replaced_at = ?"
        " WHERE id = ? AND completed_at IS NULL AND replaced_at IS NULL",
        millis(at),
        commitment_id,
    )
    return touched == 1


async def any_waits(db: Reader, person: str, now: datetime) -> bool:
    """Say whether something that a person registered still waits for its content."""
    row = await db.row(
        "SELECT 1 AS one FROM commitment WHERE committed_by = ? AND lapses_at > ?"
        " AND completed_at IS NULL AND replaced_at IS NULL LIMIT 1",
        person,
        millis(now),
    )
    return row is not None


async def unfinished_since(tx: Tx, person: str, since: datetime) -> list[datetime]:
    """Return when a person's commitments after a moment arrived that have no content.

    On PostgreSQL the person's row is locked first, so that two at once are counted one after the other.
    """
    if tx.postgres:
        await tx.row("SELECT id FROM account WHERE id = ? FOR UPDATE", person)
    rows = await tx.rows(
        "SELECT received_at FROM commitment WHERE committed_by = ? AND received_at > ?"
        " AND completed_at IS NULL ORDER BY received_at",
        person,
        millis(since),
    )
    return [moment(row["received_at"]) for row in rows]


async def of_obligation(
    db: Reader, division: str, category: str, period_key: str
) -> list[Commitment]:
    """Return the commitments to one obligation, oldest first."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM commitment WHERE division = ? AND category = ? AND period_key = ?"
        " ORDER BY received_at, id",
        division,
        category,
        period_key,
    )
    return [_of_row(row) for row in rows]


async def for_scope(
    db: Reader, scope: str, first: date, last: date
) -> dict[tuple[str, str, str], list[Commitment]]:
    """Return the commitments under a scope for periods that end in [first, last], oldest first.

    By (division, category, period key). `scope` is a division's code or the digits its codes begin with.
    """
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM commitment WHERE division >= ? AND division < ?"
        " AND period_end >= ? AND period_end <= ? ORDER BY received_at, id",
        low,
        high,
        first.isoformat(),
        last.isoformat(),
    )
    found: dict[tuple[str, str, str], list[Commitment]] = {}
    for row in rows:
        key = (row["division"], row["category"], row["period_key"])
        found.setdefault(key, []).append(_of_row(row))
    return found


def _of_row(row: Row) -> Commitment:
    return Commitment(
        id=row["id"],
        division=row["division"],
        category=row["category"],
        period_key=row["period_key"],
        period_end=day(row["period_end"]),
        event_on=day_or_none(row["event_on"]),
        schema_version=row["schema_version"],
        content_hash=row["content_hash"],
        digest=row["digest"],
        photos=tuple(parsed(row["photos"])),
        composed_at=moment(row["composed_at"]),
        received_at=moment(row["received_at"]),
        lapses_at=moment(row["lapses_at"]),
        committed_by=row["committed_by"],
        plan_at=moment_or_none(row["plan_at"]),
        replaces=row["replaces"],
        completed_at=moment_or_none(row["completed_at"]),
        replaced_at=moment_or_none(row["replaced_at"]),
    )
