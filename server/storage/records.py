"""The record: every edition that villagers could read by a moment, as draws are seeded with it."""

from __future__ import annotations

from datetime import datetime

from server.rules.sampling import RecordLine
from server.storage.columns import code_range, millis
from server.storage.columns import moment as moment_of
from server.storage.database import Reader
from server.storage.editions import WAS_OPENED


async def lines_by(db: Reader, scope: str, moment: datetime) -> list[RecordLine]:
    """Return a line for each edition under a scope that had opened by a moment; asked later it says the same."""
    low, high = code_range(scope)
    rows = await db.rows(
        "SELECT e.disclosure_id, e.number, e.opens_at FROM edition e"
        f" WHERE e.division >= ? AND e.division < ? AND {WAS_OPENED} AND e.number IS NOT NULL",
        low,
        high,
        millis(moment),
    )
    return [
        RecordLine(row["disclosure_id"], row["number"], moment_of(row["opens_at"])) for row in rows
    ]


async def opened_disclosures(db: Reader, ids: list[str], moment: datetime) -> set[str]:
    """Return which of some disclosures had an edition that villagers could read by a moment."""
    rows = await db.rows_in(
        f"SELECT DISTINCT e.disclosure_id FROM edition e WHERE {WAS_OPENED} AND e.disclosure_id IN (*)",
        ids,
        millis(moment),
    )
    return {row["disclosure_id"] for row in rows}
