"""Page views: a number for each village, day and kind of page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from server.rules.page_views import Views
from server.storage.columns import day, day_text
from server.storage.database import Reader, Tx


async def add(tx: Tx, counted: Iterable[Views]) -> None:
    """Add what was counted to what is there; several processes add to the same number."""
    # In one order: two processes that write the same rows never wait for each other in a ring.
    rows = sorted((v.division, day_text(v.day), v.kind, v.views) for v in counted)
    await tx.execute_many(
        "INSERT INTO page_view (county, division, day, kind, views) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (division, day, kind) DO UPDATE SET views = page_view.views + excluded.views",
        [(row[0][:6], *row) for row in rows],
    )


async def of_villages(
    db: Reader, villages: Sequence[str], first: date, last: date
) -> dict[tuple[str, date], int]:
    """Return how often any page of some villages was opened, by village and day, first and last day included."""
    rows = await db.rows_in(
        "SELECT division, day, SUM(views) AS views FROM page_view"
        " WHERE day >= ? AND day <= ? AND division IN (*) GROUP BY division, day",
        villages,
        day_text(first),
        day_text(last),
    )
    return {(row["division"], day(row["day"])): int(row["views"]) for row in rows}
