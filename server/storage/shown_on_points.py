"""On how many days notices were on the screens of query points: beside the coverage, never added to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from server.rules.periods import local_date
from server.storage import heartbeats, query_points
from server.storage.database import Reader

# Heartbeats are kept for 400 days (commands/forget_heartbeats.py).
LONGEST = timedelta(days=400)


class PointDays(Struct, frozen=True):
    """Days on which at least one point reported a notice on its screen, and how many points did."""

    days: int
    points: int


async def shown_on_points(
    db: Reader, division: str, first: date, as_of: datetime
) -> dict[str, PointDays]:
    """Return the days of notices on the points of a place and of its township, by notice: days that were over by `as_of`."""
    last = local_date(as_of) - timedelta(days=1)
    standing = await query_points.in_scope(db, f"{division[:9]:0<12}")
    found = await heartbeats.shown(db, [p.id for p in standing], max(first, last - LONGEST), last)
    return {
        notice: PointDays(len({day for _, day in seen}), len({point for point, _ in seen}))
        for notice, seen in found.items()
    }
