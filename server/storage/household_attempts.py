"""Who asked for a household's payments is not on record; when, where, with what outcome and how often is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.rules.households import ATTEMPTS_KEPT, Outcome, counted_from
from server.storage.columns import code_range, millis, moment
from server.storage.database import Reader, Tx

FORGOTTEN_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """Attempts of one outcome: the first of them, and how many there were within some minutes."""

    division: str
    at: datetime
    outcome: Outcome
    many: int


async def record(tx: Tx, division: str, outcome: Outcome, now: datetime) -> None:
    """Count an attempt and forget some that are too old: more than one attempt adds.

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
    free = " FOR UPDATE SKIP LOCKED" if tx.postgres else ""
    await tx.execute(
        "DELETE FROM household_attempt WHERE id IN (SELECT id FROM household_attempt WHERE at < ?"
        f" ORDER BY at LIMIT {FORGOTTEN_AT_ONCE}{free})",
        millis(now - ATTEMPTS_KEPT),
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
