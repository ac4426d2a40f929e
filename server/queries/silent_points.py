"""Which query points are silent and may be spoken of now?"""

from __future__ import annotations

from datetime import datetime

from server.rules.periods import local_date
from server.rules.places import spoken_name
from server.rules.query_points import silent_since
from server.rules.reminders import may_speak
from server.rules.rulebook import Rulebook
from server.rules.schedules import reminder_rule_for
from server.rules.silent_points import SilentPoint
from server.storage import divisions, query_points
from server.storage.database import Reader


async def silent_points(
    db: Reader, *, book: Rulebook, scope: str, now: datetime
) -> list[SilentPoint]:
    """Return the silent points below a division, by division; none in quiet hours."""
    today = local_date(now)
    found = [
        (point, since)
        for point in await query_points.in_scope(db, scope)
        if (since := silent_since(point, now)) is not None
        and may_speak(reminder_rule_for(book.policies, point.division, today), now)
    ]
    names = await divisions.names(db, {point.division for point, _ in found})
    return [
        SilentPoint(p.id, p.division, spoken_name(names.get(p.division, p.division)), p.name, since)
        for p, since in found
    ]
