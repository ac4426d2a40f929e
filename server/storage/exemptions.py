"""Exemptions on record; none is ever changed."""

from __future__ import annotations

from server.rules.obligations import Exemption
from server.rules.permissions import scope_prefix
from server.storage import models
from server.storage.columns import day_or_none, millis, moment
from server.storage.database import Reader, Row, Tx

COLUMNS = "id, division, category, period_key, valid_from, valid_to, reason, approver, recorded_at"


def _of_row(row: Row) -> Exemption:
    return Exemption(
        id=row["id"],
        division=row["division"],
        category=row["category"],
        period_key=row["period_key"],
        valid_from=day_or_none(row["valid_from"]),
        valid_to=day_or_none(row["valid_to"]),
        reason=row["reason"],
        approver=row["approver"],
        recorded_at=moment(row["recorded_at"]),
    )


async def insert(tx: Tx, exemption: Exemption, *, county: str) -> bool:
    """Insert an exemption; False when its id is taken."""
    return await tx.insert(
        models.Exemption,
        id=exemption.id,
        county=county,
        division=exemption.division,
        category=exemption.category,
        period_key=exemption.period_key,
        valid_from=exemption.valid_from.isoformat() if exemption.valid_from else None,
        valid_to=exemption.valid_to.isoformat() if exemption.valid_to else None,
        reason=exemption.reason,
        approver=exemption.approver,
        recorded_at=millis(exemption.recorded_at),
    )


async def get(db: Reader, exemption_id: str) -> Exemption | None:
    """Return an exemption, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM exemption WHERE id = ?", exemption_id)
    return _of_row(row) if row else None


async def for_scope(db: Reader, scope: str) -> list[Exemption]:
    """Return the exemptions that touch a division: its own, those below it, and those above it."""
    prefix = scope_prefix(scope)
    above = [scope[:end].ljust(12, "0") for end in (2, 4, 6, 9)]
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM exemption WHERE (division >= ? AND division <= ?) OR division IN (?, ?, ?, ?) "
        "ORDER BY recorded_at, id",
        prefix.ljust(12, "0"),
        prefix.ljust(12, "9"),
        *above,
    )
    return [_of_row(row) for row in rows]
