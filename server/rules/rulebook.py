"""The rulebook: categories, policies and the working-day calendar of one installation, read together.

Everything that judges needs the same three things; passing them as one value keeps signatures short and
makes it impossible to judge a period with one half of a reload.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from server.rules.categories import Category
from server.rules.inquiry_rules import InquiryRules
from server.rules.inspection_rules import InspectionRules, inspection_rules_among
from server.rules.owners import Owner, owners_in
from server.rules.periods import Period, local_date, parse_period
from server.rules.permissions import Act
from server.rules.reviewing import By
from server.rules.schedules import (
    DaysAfter,
    Policy,
    Retention,
    Schedule,
    holding,
    inquiry_rules_for,
    reply_rule_for,
    schedule_for,
    topic_signatures_for,
)
from server.rules.windows import Due, due_for
from server.rules.workdays import WorkdayCalendar

# A county's pages of a day need a few thousand; a replay of years begins anew now and then.
MOST_FOUND = 20_000
# Some forty KB each: of the notices that are read most.
MOST_LAID_OUT = 64

T = TypeVar("T")


class Matter(Protocol):
    """What answers an obligation: a disclosure, or a commitment to one."""

    @property
    def division(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def period_key(self) -> str: ...
    @property
    def period_end(self) -> date: ...
    @property
    def event_on(self) -> date | None: ...


class Papers(Struct, frozen=True):
    """The three versioned files of a category: its shape, how it is asked, how it is shown."""

    schema: Mapping[str, Any]
    form: Mapping[str, Any]
    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Categories by key, their papers by (key, version), the policies on record and the calendar of working days."""

    categories: Mapping[str, Category]
    papers: Mapping[tuple[str, int], Papers]
    policies: Sequence[Policy]
    calendar: WorkdayCalendar
    # What was worked out once: schedules by category and by which policies hold, and what a disclosure is
    # judged by. The rest never changes.
    _worked_out: dict[tuple[str, tuple[int, ...]], Schedule] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _found: dict[tuple[str, str, date], Schedule] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _dues: dict[tuple[str, str, str, date], Due] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    # The days on which a term to be read may change, by division, and schedules that a later term follows.
    _term_days: dict[str, tuple[date, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _followed: dict[tuple[str, str, date], Schedule] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    _laid_out: dict[Hashable, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def under(self, policies: Sequence[Policy]) -> Rulebook:
        """Return the same book as these policies would have it, with nothing worked out yet."""
        return Rulebook(self.categories, self.papers, policies, self.calendar)

    def laid_out(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of contents that `key` names by their hashes: once, as long as it is asked for.

        It must follow from them and from these rules alone, and nobody may write into it.
        """
        found: T = self._laid_out.pop(key, None) or make()
        self._laid_out[key] = found  # the one that was asked for last stands last
        if len(self._laid_out) > MOST_LAID_OUT:
            del self._laid_out[next(iter(self._laid_out))]
        return found

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Who owes anything by these rules, in some place on some day: villages, and their groups where a rule names them."""
        parts = [category.schedule_doc for category in self.categories.values()]
        for policy in self.policies:
            parts += policy.overrides.values()
        return owners_in(parts)

    def schedule(self, category: str, division: str, on: date) -> Schedule:
        """Return the schedule in force for a division on a day (the period's end or the event's day)."""
        key = (category, division, on)
        if (known := self._found.get(key)) is not None:
            return known
        holding = tuple(i for i, p in enumerate(self.policies) if p.holds(division, on))
        found = self._worked_out.get((category, holding))
        if found is None:
            found = schedule_for(self.categories[category], self.policies, division, on)
            self._worked_out[category, holding] = found
        if len(self._found) >= MOST_FOUND:
            self._found.clear()
        self._found[key] = found
        return found

    def urgent_categories(self, division: str, on: date) -> list[Category]:
        """Return the categories of which something urgent may be published before its review, in a division on a day."""
        schedules = ((c, self.schedule(c.key, division, on)) for c in self.categories.values())
        return [
            c
            for c, s in schedules
            if s.urgent is not None and s.review_required and s.is_owed_by(division)
        ]

    def in_use(self, division: str, on: date) -> list[Category]:
        """Return the categories that are in use in a division on a day, by key; of a group, those that groups owe."""
        return [
            c
            for key, c in sorted(self.categories.items())
            if self.schedule(key, division, on).is_owed_by(division)
        ]

    def schedule_of(self, matter: Matter) -> Schedule:
        """Return the schedule by which a disclosure is judged: the one in force at its period's end.

        The term to be read judges nobody and holds day by day: those that took its place since are with the display.
        """
        category, division, on = matter.category, matter.division, self.judged_on(matter)
        found = self.schedule(category, division, on)
        turns = self._term_turns(division)
        if not turns or turns[-1] <= on:
            return found
        followed = self._followed.get((category, division, on))
        if followed is None:
            later = self._later_terms(category, division, found.display.retention, turns, on)
            followed = replace(found, display=replace(found.display, later=later))
            if len(self._followed) >= MOST_FOUND:
                self._followed.clear()
            self._followed[category, division, on] = followed
        return followed

    def _term_turns(self, division: str) -> tuple[date, ...]:
        """Return the days on which a policy that names a term begins, or no longer holds, in a division."""
        known = self._term_days.get(division)
        if known is None:
            naming = [p for p in self.policies if p.names_term and p.concerns(division)]
            begun = {p.valid_from for p in naming}
            over = {p.valid_to + timedelta(days=1) for p in naming if p.valid_to}
            known = self._term_days[division] = tuple(sorted(begun | over))
        return known

    def _later_terms(
        self,
        category: str,
        division: str,
        term: Retention | None,
        turns: Sequence[date],
        after: date,
    ) -> tuple[tuple[date, Retention | None], ...]:
        found: list[tuple[date, Retention | None]] = []
        for turn in turns:
            if turn > after:
                then = self.schedule(category, division, turn).display.retention
                if then != term:
                    found.append((turn, then))
                    term = then
        return tuple(found)

    def judged_on(self, matter: Matter) -> date:
        """Return the day whose rules judge a disclosure: its event's, or the last day of its period."""
        return matter.event_on or matter.period_end

    def due_of(self, matter: Matter) -> Due:
        """Return when a disclosure was owed."""
        on = self.judged_on(matter)
        key = (matter.category, matter.division, matter.period_key, on)
        found = self._dues.get(key)
        if found is None:
            found = due_for(self.schedule_of(matter), period_of(matter), self.calendar)
            if len(self._dues) >= MOST_FOUND:
                self._dues.clear()
            self._dues[key] = found
        return found

    def reply_rule(self, division: str, on: date) -> DaysAfter:
        """Return within how many days a villager who asks on a day is answered."""
        return reply_rule_for(self.policies, division, on)

    def inquiry_rules(self, division: str, on: date) -> InquiryRules:
        """Return what the desk goes by for something asked in a division on a day."""
        return inquiry_rules_for(self.policies, division, on)

    def inspection_rules(self, division: str, on: date) -> InspectionRules:
        """Return how what is found in a division on a day is put right."""
        return inspection_rules_among(p.inspections for p in holding(self.policies, division, on))

    def topic_signatures(self, division: str, on: date) -> int:
        """Return how many signatures make a topic compulsory."""
        return topic_signatures_for(self.policies, division, on)

    def today(self, now: datetime) -> date:
        """Return the calendar day in Asia/Shanghai."""
        return local_date(now)


def period_of(matter: Matter) -> Period:
    """Return the period of a disclosure; an event's period is the day it happened on."""
    if matter.event_on is not None:
        return Period(
            cadence="event",
            key=matter.period_key,
            start=matter.event_on,
            end=matter.event_on,
        )
    return parse_period(matter.period_key)


def posting_act(category: Category) -> Act:
    """Return the act of posting a category: the village's own, or the township's in its villages."""
    return "post_disclosure" if category.publisher == "village" else "post_township_disclosure"


def reviewing_act(category: Category) -> Act:
    """Return the act of reviewing a category before publication."""
    return "review_edition" if category.publisher == "village" else "review_township_edition"


def signing_act(category: Category, by: By) -> Act:
    """Return the act of signing one step of a review."""
    acts: dict[By, Act] = {"supervisor": "review_edition", "township": "record_edition"}
    return acts.get(by, reviewing_act(category))


def withdrawing_act(category: Category) -> Act:
    """Return the act of taking a category's disclosures down."""
    return (
        "withdraw_disclosure" if category.publisher == "village" else "withdraw_township_disclosure"
    )
