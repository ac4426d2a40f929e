"""A circular about a place and a period: what fell due, what was seen on the spot, what was ordered."""

from __future__ import annotations

from datetime import datetime, timedelta

from server import problems
from server.problems import Say
from server.rules import circulars
from server.rules.circular_kinds import BY_DUE_DAY, CADENCES, Kind, circular
from server.rules.circulars import Circular
from server.rules.periods import BadPeriod, day_start, local_date, parse_period
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook
from server.rules.schedules import grade_rule_for
from server.rules.verdicts import judged
from server.storage import divisions, facts, inspections, rectifications
from server.storage.database import Reader

MOST_VILLAGES = 400
# What falls due in a span may be about a period that ended up to this long before.
BEFORE = timedelta(days=400)


async def circular_of(
    db: Reader, *, book: Rulebook, kind: Kind, division: str, period: str, as_of: datetime
) -> Circular:
    """Return a circular. Raises not_found (no such division, or no village for a village's year), parameter_not_valid
    (a period of another length, or one that has not begun), too_many_villages.
    """
    try:
        span = parse_period(period)
    except BadPeriod as error:
        raise problems.parameter_not_valid("period", error.text) from None
    if span.cadence != CADENCES[kind]:
        wanted = {"monthly": "2026-09", "quarterly": "2026Q3", "yearly": "2026"}[CADENCES[kind]]
        raise problems.parameter_not_valid(
            "period", Say(f"这一种要写成 {wanted} 的样式", f"this one takes a period like {wanted}")
        )
    first, after = day_start(span.start), day_start(span.end + timedelta(days=1))
    if first > as_of:
        raise problems.parameter_not_valid("period", Say("还没有开始", "it has not begun"))
    line = await divisions.ancestors(db, division)
    if not line or (kind == "village" and line[-1].level != "village"):
        raise problems.not_found()
    by_due_day = kind in BY_DUE_DAY
    found = await facts.read(
        db, division, span.start - BEFORE if by_due_day else span.start, span.end
    )
    if len(found.villages) > MOST_VILLAGES:
        raise problems.too_many_villages(len(found.villages), MOST_VILLAGES)
    cells = [
        cell
        for cell in judged(found, book, as_of)
        if not by_due_day or span.start <= cell.obligation.due.due_on <= span.end
    ]
    alive = [v for v in found.villages if v.alive_on(min(span.end, local_date(as_of)))]
    return circular(
        kind,
        circulars.Facts(
            cells=cells,
            inspections=await inspections.visited_between(db, division, first, after),
            orders=await rectifications.ordered_between(db, division, first, after),
            open_orders=await rectifications.unclosed(db, division),
            villages={v.code: spoken_name(v.name) for v in alive},
            categories={key: category.name for key, category in book.categories.items()},
        ),
        place=" ".join(spoken_name(d.name) for d in line[-2:]),
        period=span,
        as_of=as_of,
        grades=grade_rule_for(book.policies, division, span.end)
        if kind == "assessment" and line[-1].level != "village"
        else None,
    )
