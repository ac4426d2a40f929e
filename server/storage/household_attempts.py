"""Who asked for a household's payments is not on record; when, where and with what outcome is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.rules.households import ATTEMPTS_KEPT, Outcome
from server.storage import models_payments
from server.storage.columns import code_range, millis, moment
from server.storage.database import Reader, Tx

FORGOTTEN_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt."""

    division: str
    at: datetime
    outcome: Outcome


async def record(tx: Tx, division: str, outcome: Outcome, now: datetime) -> None:
    """Write an attempt and forget some that are too old: more than one attempt adds."""
    await tx.insert(
        models_payments.HouseholdAttempt,
        county=division[:6],
        division=division,
        at=millis(now),
        outcome=outcome,
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
        "SELECT division, at, outcome FROM household_attempt WHERE division >= ? AND division < ?"
        f" AND at >= ? ORDER BY at DESC, id DESC LIMIT {int(limit)}",
        low,
        high,
        millis(since),
    )
    return [Attempt(row["division"], moment(row["at"]), row["outcome"]) for row in rows]


async def counted(
    db: Reader, scope: str, since: datetime, until: datetime
) -> dict[tuple[str, Outcome], int]:
    """Return how many attempts there were in [since, until), by village and outcome."""
    low, high = code_range(scope)
    rows = await db.rows(
        "SELECT division, outcome, COUNT(*) AS many FROM household_attempt"
        " WHERE division >= ? AND division < ? AND at >= ? AND at < ? GROUP BY division, outcome",
        low,
        high,
        millis(since),
        millis(until),
    )
    return {(row["division"], row["outcome"]): int(row["many"]) for row in rows}
