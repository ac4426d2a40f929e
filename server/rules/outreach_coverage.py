"""Coverage: which villages and groups were reached by what in a span of days, and how often their pages were opened around it.

The 7 days before are those before an act's first day; the 7 days after begin with its last day. Days that have not come, or are
not over, are not made up: the line says how many there were. Views are no people, and what came after need not have come of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from server.rules.group_names import among
from server.rules.outreach import KINDS, Kind, Outreach
from server.rules.page_views import few
from server.rules.places import spoken_name
from server.rules.values import Text

AROUND: Final = 7
Counted = Mapping[tuple[str, date], int]


class VillageLine(Struct, frozen=True):
    """What reached a village in the span. `kinds`: how many acts of each kind; `last_on`: the newest.

    `whole`: something reached all of it; otherwise `groups` are those that were reached, of `groups_total`: as many as are
    registered, or else as last said. `missed`: those registered that nothing reached, by name.
    `views`: how often its pages were opened in the span, '<5' where that is few.
    """

    division: str
    name: str
    reached: bool
    kinds: Mapping[Kind, int]
    last_on: date | None
    whole: bool
    groups: tuple[str, ...]
    groups_total: int | None
    missed: tuple[str, ...]
    views: str


class ActLine(Struct, frozen=True):
    """One act in one village, with the views before and after; `after_days`: of how many days, `AROUND` when all are over.

    `households` and `people` are the record's, over all its `villages`.
    """

    record_id: str
    division: str
    name: str
    kind: Kind
    kind_name: Text
    first: date
    last: date
    groups: tuple[str, ...]
    villages: int
    households: int | None
    people: int | None
    counted_by: str
    views_before: str
    views_after: str
    after_days: int


class DayViews(Struct, frozen=True):
    """How often a village's pages were opened on a day: '<5' where that is few."""

    day: date
    views: str


class Coverage(Struct, frozen=True):
    """What an area's villages were told by in a span; villages in the order of their codes, which is no ranking.

    `groups_reached` of `groups_known`: over the villages whose groups are registered, or of which somebody said how many
    there are.
    """

    division: str
    division_name: str
    first: date
    last: date
    today: date
    reached: int
    groups_reached: int
    groups_known: int
    villages: tuple[VillageLine, ...]
    acts: tuple[ActLine, ...]


def days_looked_at(records: Sequence[Outreach], first: date, last: date) -> tuple[date, date]:
    """Return the days of which views are needed: the span, and those around each act."""
    begun = [first, *(r.first - timedelta(days=AROUND) for r in records)]
    ended = [last, *(r.last + timedelta(days=AROUND - 1) for r in records)]
    return min(begun), max(ended)


def coverage(
    villages: Mapping[str, str],
    records: Sequence[Outreach],
    views: Counted,
    groups: Mapping[str, Sequence[str]],
    *,
    division: str,
    division_name: str,
    first: date,
    last: date,
    today: date,
) -> Coverage:
    """Return the coverage of villages (names by code) by what was done in a span; `records`: what stands of it.

    `groups`: the names of a village's registered groups, by its code.
    """
    lines = tuple(
        _village(code, name, records, views, groups.get(code, ()), first, last)
        for code, name in villages.items()
    )
    known = [line for line in lines if line.groups_total is not None]
    return Coverage(
        division=division,
        division_name=division_name,
        first=first,
        last=last,
        today=today,
        reached=sum(line.reached for line in lines),
        groups_reached=sum(_reached_groups(line) for line in known),
        groups_known=sum(line.groups_total or 0 for line in known),
        villages=lines,
        acts=tuple(_acts(villages, records, views, today)),
    )


def _reached_groups(line: VillageLine) -> int:
    total = line.groups_total or 0
    if line.missed:
        return total - len(line.missed)
    return total if line.whole else min(len(line.groups), total)


def _village(
    code: str,
    name: str,
    records: Sequence[Outreach],
    views: Counted,
    registered: Sequence[str],
    first: date,
    last: date,
) -> VillageLine:
    here = [(r, reach) for r in records for reach in r.reaches if reach.division == code]
    kinds = Counter(r.kind for r, _ in here)
    said = [(r.recorded_at, reach.groups_total) for r, reach in here if reach.groups_total]
    seen = sum(n for (village, day), n in views.items() if village == code and first <= day <= last)
    whole = any(not reach.groups for _, reach in here)
    typed = dict.fromkeys(group for _, reach in here for group in reach.groups)
    _, missed = among(registered, typed)
    return VillageLine(
        division=code,
        name=spoken_name(name),
        reached=bool(here),
        kinds={kind: kinds[kind] for kind in KINDS},
        last_on=max((r.last for r, _ in here), default=None),
        whole=whole,
        groups=tuple(typed),
        groups_total=len(registered) or (max(said)[1] if said else None),
        missed=() if whole else tuple(missed),
        views=few(seen),
    )


def _acts(
    villages: Mapping[str, str], records: Sequence[Outreach], views: Counted, today: date
) -> list[ActLine]:
    made = []
    for record in records:
        for reach in record.reaches:
            if reach.division not in villages:
                continue
            before, after = around(record, reach.division, views, today)
            made.append(
                ActLine(
                    record_id=record.id,
                    division=reach.division,
                    name=spoken_name(villages[reach.division]),
                    kind=record.kind,
                    kind_name=KINDS[record.kind],
                    first=record.first,
                    last=record.last,
                    groups=reach.groups,
                    villages=len(record.reaches),
                    households=record.households,
                    people=record.people,
                    counted_by=record.counted_by,
                    views_before=few(sum(n for _, n in before)),
                    views_after=few(sum(n for _, n in after)),
                    after_days=len(after),
                )
            )
    return made


Days = list[tuple[date, int]]


def around(record: Outreach, village: str, views: Counted, today: date) -> tuple[Days, Days]:
    """Return the views of a village on the days before an act and from its last day on; of days that are over alone."""
    before = [record.first - timedelta(days=n) for n in range(AROUND, 0, -1)]
    after = [record.last + timedelta(days=n) for n in range(AROUND)]
    return (
        [(day, views.get((village, day), 0)) for day in before if day < today],
        [(day, views.get((village, day), 0)) for day in after if day < today],
    )


def shown(days: Days) -> tuple[DayViews, ...]:
    """Return the views of days as they are shown."""
    return tuple(DayViews(day, few(n)) for day, n in days)
