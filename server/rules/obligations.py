"""Obligations: which village owed which category for which period, by the rules in force then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from server.rules import exemptions as lifting
from server.rules.divisions import is_group
from server.rules.exemptions import Exemption, Moved
from server.rules.periods import Period, event_period, periods_ended_between
from server.rules.places import closed_name, spoken_name
from server.rules.schedules import Policy, Schedule, Scheduled, schedule_for
from server.rules.windows import Due, due_for
from server.rules.workdays import WorkdayCalendar


class VillageLife(Struct, frozen=True):
    """A village, or a village group, and the days, both included, between which its code existed; None: no known end.

    `initials`: of its name in pinyin, with blanks between the readings. `successor`: the code it was merged into.
    """

    code: str
    name: str
    parent: str
    valid_from: date | None
    valid_to: date | None
    initials: str = ""
    successor: str | None = None

    def shown_on(self, day: date) -> str:
        """Return its name as a list of a day shows it: marked once its last day has passed."""
        gone = self.valid_to is not None and self.valid_to < day
        return closed_name(self.name) if gone else spoken_name(self.name)

    def alive_on(self, day: date) -> bool:
        """Say whether the village existed on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Occurrence(Struct, frozen=True):
    """An event that makes a disclosure due, counted from the day it happened."""

    id: str
    division: str
    category: str
    title: str
    occurred_on: date
    recorded_at: datetime


class Obligation(Struct, frozen=True):
    """A village owes a category for a period until a moment; exempt obligations stay listed, with why.

    `due`: as it counts. `moved`: by which decision it differs from the rule's. `afterwards`: what was decided when it was
    overdue already.
    """

    division: str
    category: str
    period: Period
    schedule: Schedule
    due: Due
    exempt: Exemption | None
    occurrence_id: str | None
    moved: Moved | None = None
    afterwards: tuple[Exemption, ...] = ()

    @property
    def rule_due(self) -> Due:
        """When it is due by the rule, whatever was decided for this village."""
        return self.moved.rule_due if self.moved else self.due

    def relieved(self, as_of: datetime) -> bool:
        """Say whether nobody waits for it at a moment although it is overdue: lifted or given time afterwards."""
        until = lifting.waits_until(self.afterwards)
        return lifting.lifted_at(self.afterwards) is not None or (
            until is not None and as_of < until
        )


CalendarCadence = Literal["monthly", "quarterly", "half_yearly", "yearly"]
_CALENDAR: tuple[CalendarCadence, ...] = ("monthly", "quarterly", "half_yearly", "yearly")


def owed(
    villages: Iterable[VillageLife],
    categories: Mapping[str, Scheduled],
    policies: Sequence[Policy],
    calendar: WorkdayCalendar,
    first: date,
    last: date,
    exemptions: Iterable[Exemption],
    occurrences: Iterable[Occurrence],
    as_of: datetime,
) -> list[Obligation]:
    """Return what villages owe for the periods that end, and the events that happen, in [first, last].

    - A period counts when its cadence is the one in force on its last day: a policy that turns
      quarterly into monthly changes which periods are owed from its first day on.
    - A village owes what its schedule has villages owe, a group what it has groups owe.
    - What is not in use on a period's last day, or on an event's day, is owed by nobody.
    - A village that did not exist on the period's last day, or on the event's day, owes nothing.
    - Standing items are owed when an occurrence says they changed; no span contains their end.
    - Exemptions decided, and occurrences recorded, after `as_of` are unknown.

    In the villages' order, then by due day, category and period.
    """
    known_exemptions = lifting.known_at(exemptions, as_of)
    by_village: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        if occurrence.recorded_at <= as_of and first <= occurrence.occurred_on <= last:
            by_village.setdefault(occurrence.division, []).append(occurrence)
    rules = _rules_of(categories, policies, calendar)
    found: list[Obligation] = []
    for village in villages:
        mine = [
            Obligation(village.code, category, period, schedule, due, None, None)
            for category, period, schedule, due in rules.calendar_duties(village.code, first, last)
            if village.alive_on(period.end)
        ]
        events = [
            rules.event_duty(occurrence)
            for occurrence in by_village.get(village.code, [])
            if occurrence.category in categories and village.alive_on(occurrence.occurred_on)
        ]
        mine += [duty for duty in events if duty.schedule.is_owed_by(village.code)]
        mine.sort(key=lambda o: (o.due.due_on, o.category, o.period.key))
        found += [_weighed(obligation, known_exemptions) for obligation in mine]
    return found


def _weighed(obligation: Obligation, known: Sequence[Exemption]) -> Obligation:
    if not known:
        return obligation
    found = lifting.weigh(
        obligation.due, obligation.division, obligation.category, obligation.period, known
    )
    if found.exempt is None and found.moved is None and not found.afterwards:
        return obligation
    return replace(
        obligation,
        due=found.due,
        exempt=found.exempt,
        moved=found.moved,
        afterwards=found.afterwards,
    )


_Duty = tuple[str, Period, Schedule, Due]


# Spans people ask for: this year, a quarter, eight quarters, each under a few sets of policies.
_MOST_DUTIES = 256


class _Rules:
    """Schedules looked up once per category and set of policies, not once per village and period."""

    def fits(
        self,
        categories: Mapping[str, Scheduled],
        policies: Sequence[Policy],
        calendar: WorkdayCalendar,
    ) -> bool:
        """Say whether these are the very rules it was made of."""
        return (
            self._categories is categories
            and self._policies is policies
            and self._calendar is calendar
        )

    def __init__(
        self,
        categories: Mapping[str, Scheduled],
        policies: Sequence[Policy],
        calendar: WorkdayCalendar,
    ) -> None:
        self._categories = categories
        self._policies = policies
        self._calendar = calendar
        self._schedules: dict[tuple[str, tuple[int, ...]], Schedule] = {}
        self._duties: dict[tuple[tuple[int, ...], bool, date, date], list[_Duty]] = {}

    def schedule(self, category: str, division: str, on: date) -> Schedule:
        holding = tuple(i for i, p in enumerate(self._policies) if p.holds(division, on))
        key = (category, holding)
        if key not in self._schedules:
            self._schedules[key] = schedule_for(
                self._categories[category], [self._policies[i] for i in holding], division, on
            )
        return self._schedules[key]

    def calendar_duties(self, division: str, first: date, last: date) -> list[_Duty]:
        # Villages under the same policies owe the same periods: computed once for all of them.
        policies = tuple(
            i for i, p in enumerate(self._policies) if division.startswith(p.division_prefix)
        )
        key = (policies, is_group(division), first, last)
        if len(self._duties) > _MOST_DUTIES:
            self._duties.clear()
        if key not in self._duties:
            self._duties[key] = [
                (category, period, schedule, due_for(schedule, period, self._calendar))
                for category in self._categories
                for cadence in _CALENDAR
                for period in periods_ended_between(cadence, first, last)
                if (schedule := self.schedule(category, division, period.end)).cadence == cadence
                and schedule.is_owed_by(division)
            ]
        return self._duties[key]

    def event_duty(self, occurrence: Occurrence) -> Obligation:
        schedule = self.schedule(occurrence.category, occurrence.division, occurrence.occurred_on)
        period = event_period(occurrence.occurred_on, occurrence.id)
        return Obligation(
            occurrence.division,
            occurrence.category,
            period,
            schedule,
            due_for(schedule, period, self._calendar),
            None,
            occurrence.id,
        )


_newest: list[_Rules] = []


def _rules_of(
    categories: Mapping[str, Scheduled], policies: Sequence[Policy], calendar: WorkdayCalendar
) -> _Rules:
    """Return what was worked out for these rules so far; a process has one rulebook at a time."""
    if not _newest or not _newest[0].fits(categories, policies, calendar):
        _newest[:] = [_Rules(categories, policies, calendar)]
    return _newest[0]
