"""The coverage of an area by outreach in a span of days."""

from __future__ import annotations

from datetime import date, datetime

from server import problems
from server.rules.outreach_coverage import Coverage, coverage, days_looked_at
from server.rules.periods import local_date
from server.rules.places import spoken_name
from server.storage import divisions, outreach, page_views
from server.storage.database import Reader

MOST_VILLAGES = 400


async def outreach_coverage(
    db: Reader, *, division: str, first: date, last: date, now: datetime
) -> Coverage:
    """Return the coverage of the villages below a division. Raises not_found, too_many_villages."""
    line = await divisions.ancestors(db, division)
    if not line:
        raise problems.not_found()
    today = local_date(now)
    villages = [
        v for v in await divisions.villages_under(db, division) if v.alive_on(min(last, today))
    ]
    if len(villages) > MOST_VILLAGES:
        raise problems.too_many_villages(len(villages), MOST_VILLAGES)
    records = await outreach.standing_between(db, division, first, last)
    begun, ended = days_looked_at(records, first, last)
    codes = [v.code for v in villages]
    groups: dict[str, list[str]] = {}
    for group in await divisions.lives_under(db, division, ("group",)):
        if group.alive_on(min(last, today)):
            groups.setdefault(group.parent, []).append(group.name)
    return coverage(
        {v.code: v.name for v in villages},
        records,
        await page_views.of_villages(db, codes, begun, ended),
        groups,
        division=division,
        division_name=" ".join(spoken_name(d.name) for d in line[-2:]),
        first=first,
        last=last,
        today=today,
    )
