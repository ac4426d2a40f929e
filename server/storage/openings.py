"""What was ever on show by a moment: how many disclosures, which villages; for lists of addresses.

What a village group shows stands on its village's page: it counts there.
"""

from __future__ import annotations

from datetime import datetime

from server.storage.columns import millis, moment, moment_or_none
from server.storage.database import Reader
from server.storage.editions import LAST_HEARD, WAS_OPENED


async def counts(db: Reader, now: datetime) -> tuple[int, int]:
    """Return how many villages that stand, and how many disclosures, ever had something on show."""
    row = await db.row(
        "SELECT COUNT(DISTINCT SUBSTR(e.division, 1, 12)) AS villages, COUNT(DISTINCT e.disclosure_id) AS notices"
        f" FROM edition e WHERE {WAS_OPENED}",
        millis(now),
    )
    return (int(row["villages"]), int(row["notices"])) if row else (0, 0)


async def notices(db: Reader, now: datetime, *, skip: int, limit: int) -> list[str]:
    """Return the ids of disclosures that ever were on show, in their order."""
    rows = await db.rows(
        f"SELECT DISTINCT e.disclosure_id FROM edition e WHERE {WAS_OPENED}"
        f" ORDER BY e.disclosure_id LIMIT {int(limit)} OFFSET {int(skip)}",
        millis(now),
    )
    return [row["disclosure_id"] for row in rows]


async def villages(
    db: Reader, now: datetime, *, skip: int, limit: int
) -> list[tuple[str, datetime]]:
    """Return the codes of villages that ever had something on show, and when the public last heard of them."""
    at = millis(now)
    rows = await db.rows(
        f"SELECT SUBSTR(e.division, 1, 12) AS village, MAX({LAST_HEARD}) AS heard FROM edition e WHERE {WAS_OPENED}"
        f" GROUP BY SUBSTR(e.division, 1, 12) ORDER BY village LIMIT {int(limit)} OFFSET {int(skip)}",
        at,
        at,
    )
    return [(row["village"], moment(int(row["heard"]))) for row in rows]


async def next_opening(db: Reader, now: datetime) -> datetime | None:
    """Return when an edition opens next after a moment; None: none is planned. For those who wake at it, not for pages."""
    row = await db.row(
        "SELECT MIN(opens_at) AS at FROM edition WHERE opens_at > ? AND state = 'approved'",
        millis(now),
    )
    return moment_or_none((row or {}).get("at"))
