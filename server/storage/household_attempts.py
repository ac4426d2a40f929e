"""Who asked for a household's payments is not on record; when, where, with what outcome and how often is."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server.rules.households import Outcome, counted_from
from server.storage.columns import code_range, millis, moment
from server.storage.database import Reader, Tx


class Attempt(Struct, frozen=True):
    """Attempts of one outcome: the first of them, and how many there were within some minutes."""

    division: str
    at: datetime
    outcome: Outcome
    many: int


async def record(tx: Tx, division: str, outcome: Outcome, now: datetime) -> None:
    """Count an attempt.

    Two at the same moment may make two rows of one stretch; both are counted.
    """
    # Both are done at every attempt: how much is written says nothing of what was found.
    stretch = "FROM household_attempt WHERE division = ? AND at >= ? AND at <= ? AND outcome = ?"
    here = (division, millis(counted_from(now)), millis(now), outcome)
    await tx.execute(
        "INSERT INTO household_attempt (county, division, at, outcome, many) SELECT ?, ?, ?, ?, 0"
        f" WHERE NOT EXISTS (SELECT 1 {stretch})",
        *(division[:6], division, millis(now), outcome, *here),
    )
    await tx.execute(
        f"UPDATE household_attempt SET many = many + 1 WHERE id = (SELECT MAX(id) {stretch})", *here
    )


async def any_before(db: Reader, before: datetime) -> bool:
    """Say whether an attempt is kept from before a moment."""
    row = await db.row(
        "SELECT 1 AS yes FROM household_attempt WHERE at < ? LIMIT 1", millis(before)
    )
    return row is not None


async def forget_before(tx: Tx, before: datetime, most: int) -> int:
    """Delete up to `most` attempts from before a moment, the oldest first; return how many there were."""
    return await tx.execute(
        "DELETE FROM household_attempt WHERE id IN (SELECT id FROM household_attempt WHERE at < ?"
        " ORDER BY at LIMIT ?)",
        millis(before),
        most,
    )


async def newest(db: Reader, scope: str, since: datetime, limit: int) -> list[Attempt]:
    """Return the attempts under a scope, newest first."""
    low, high = code_range(scope)
    rows = await db.rows(
        "SELECT division, at, outcome, many FROM household_attempt WHERE division >= ? AND division < ?"
        f" AND at >= ? ORDER BY at DESC, id DESC LIMIT {int(limit)}",
        low,
        high,
        millis(since),
    )
    return [
        Attempt(row["division"], moment(row["at"]), row["outcome"], row["many"]) for row in rows
    ]


async def counted(
    db: Reader, scope: str, since: datetime, until: datetime
) -> dict[tuple[str, Outcome], int]:
    """Return how many attempts there were in [since, until), by village and outcome."""
    low, high = code_range(scope)
    rows = await db.rows(
        "SELECT division, outcome, SUM(many) AS many FROM household_attempt"
        " WHERE division >= ? AND division < ? AND at >= ? AND at < ? GROUP BY division, outcome",
        low,
        high,
        millis(since),
        millis(until),
    )
    return {(row["division"], row["outcome"]): int(row["many"]) for row in rows}
