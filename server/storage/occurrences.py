"""Occurrences on record: what happened and made a disclosure due."""

from __future__ import annotations

from datetime import date

from server.rules.obligations import Occurrence
from server.rules.permissions import scope_prefix
from server.storage import models
from server.storage.columns import millis, moment
from server.storage.database import Reader, Row, Tx

COLUMNS = "id, division, category, title, occurred_on, recorded_at"


def _of_row(row: Row) -> Occurrence:
    return Occurrence(
        row["id"],
        row["division"],
        row["category"],
        row["title"],
        date.fromisoformat(row["occurred_on"]),
        moment(row["recorded_at"]),
    )


async def insert(
    tx: Tx, occurrence: Occurrence, *, county: str, recorded_by: str | None = None
) -> bool:
    """Insert an occurrence; False when its id is taken."""
    return await tx.insert(
        models.Occurrence,
        id=occurrence.id,
        county=county,
        division=occurrence.division,
        category=occurrence.category,
        title=occurrence.title,
        occurred_on=occurrence.occurred_on.isoformat(),
        recorded_at=millis(occurrence.recorded_at),
        recorded_by=recorded_by,
    )


async def get(db: Reader, occurrence_id: str) -> Occurrence | None:
    """Return an occurrence, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM occurrence WHERE id = ?", occurrence_id)
    return _of_row(row) if row else None


async def for_scope(db: Reader, scope: str) -> list[Occurrence]:
    """Return what happened below a division, in the order in which it happened."""
    prefix = scope_prefix(scope)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM occurrence WHERE division >= ? AND division <= ? ORDER BY occurred_on, id",
        prefix.ljust(12, "0"),
        prefix.ljust(12, "9"),
    )
    return [_of_row(row) for row in rows]
