"""Windows: when a disclosure is owed, how long it must stay, and whether it can be seen at a moment.

Visibility is a function of (edition, now) and of nothing else; no job flips a flag. Every public
surface asks `visibility`, so nothing leaks a second early and nothing is late because a worker died.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from server.rules.periods import Period, day_start, local_date, next_midnight
from server.rules.schedules import (
    DayOfMonth,
    DaysAfter,
    Display,
    FixedDate,
    Retention,
    Schedule,
)
from server.rules.workdays import Day, WorkdayCalendar

_DAY = timedelta(days=1)


class Displayed(Protocol):
    """What visibility is decided by: an edition's state and its moments."""

    @property
    def state(self) -> str: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def comes_down_at(self) -> datetime | None: ...
    @property
    def superseded_at(self) -> datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


class Due(Struct, frozen=True):
    """When a disclosure is owed: from `opens_on`, through `due_on`, strictly before `due_before`.

    `due_before` is the midnight in Asia/Shanghai that ends `due_on`. Provisional: see `workdays`.
    """

    opens_on: date
    due_on: date
    due_before: datetime
    provisional: bool


def due_for(schedule: Schedule, period: Period, calendar: WorkdayCalendar) -> Due:
    """Return the window in which a period must be published.

    A calendar period opens on the day after it ends, an event on its own day; a standing item ('L') is
    owed on no particular day, so its due day is the period's far end.
    """
    if period.cadence == "long_term":
        return Due(period.start, period.end, day_start(period.end + _DAY), provisional=False)
    due_on = _due_on(schedule, period, calendar)
    opens_on = period.start if period.cadence == "event" else period.end + _DAY
    return Due(opens_on, due_on.date, day_start(due_on.date + _DAY), due_on.provisional)


def _due_on(schedule: Schedule, period: Period, calendar: WorkdayCalendar) -> Day:
    rule, end = schedule.due, period.end
    match rule:
        case DaysAfter():
            return calendar.add_days(end, rule.days, rule.unit)
        case DayOfMonth():
            months = end.year * 12 + end.month - 1 + rule.month_offset
            year, month = divmod(months, 12)
            return Day(_clamped(year, month + 1, rule.day), provisional=False)
        case FixedDate():
            return Day(
                _clamped(end.year + rule.year_offset, rule.month, rule.day), provisional=False
            )


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


class Span(Struct, frozen=True):
    """The days a display must last: posted on `first_day`, through `last_day`, up to `until` (exclusive)."""

    first_day: date
    last_day: date
    until: datetime
    provisional: bool


def display_span(display: Display, opened_at: datetime, calendar: WorkdayCalendar) -> Span | None:
    """Return how long what opened at a moment must stay up; None where the rule sets no minimum."""
    if display.min_days is None:
        return None
    first = local_date(opened_at)
    last = calendar.add_days(_counted_after(display, first), display.min_days, display.unit)
    return Span(first, last.date, day_start(last.date + _DAY), last.provisional)


def days_displayed(
    display: Display, opened_at: datetime, down_at: datetime, calendar: WorkdayCalendar
) -> int:
    """Return the k of 'displayed k of n days': counted days that were over when it came down.

    The day of posting counts, although it began before, where the rule counts it.
    """
    last_whole_day = local_date(down_at) - _DAY
    start = _counted_after(display, local_date(opened_at))
    return max(0, calendar.days_between(start, last_whole_day, display.unit))


def _counted_after(display: Display, first: date) -> date:
    return first - _DAY if display.counts_first_day else first


class Visibility(StrEnum):
    """What the public may see of an edition.

    HIDDEN nothing; OPEN everything, on show; ARCHIVED everything, no longer on show; WITHDRAWN only the
    tombstone: that it was there, when it went and why, and no content. EXPIRED: its term to be read is over; no list
    has it, and its address says from when to when it was there.
    """

    HIDDEN = "hidden"
    OPEN = "open"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def visibility(edition: Displayed, display: Display, now: datetime) -> Visibility:
    """Return what the public may see of an edition at a moment: open while `opens_at <= now < down`.

    It comes down at `comes_down_at` or when a newer edition or period took its place, whichever is
    first; from then its retention runs, of a withdrawn one too. Withdrawn before it opened, it was never there.
    Moments later than `now` have not happened.
    """
    if edition.state not in ("approved", "withdrawn"):
        return Visibility.HIDDEN
    if edition.opens_at is None or now < edition.opens_at:
        return Visibility.HIDDEN
    gone = edition.withdrawn_at if edition.state == "withdrawn" else None
    if edition.state == "withdrawn" and (gone is None or gone <= edition.opens_at):
        return Visibility.HIDDEN
    down = down_at(edition)
    if down is None or now < down:
        return Visibility.OPEN
    withdrawn = gone is not None and gone <= now
    if display.after == "hidden" and not withdrawn:
        return Visibility.HIDDEN
    over = expires_at(edition, display)
    if over is not None and over <= now:
        return Visibility.EXPIRED
    return Visibility.WITHDRAWN if withdrawn else Visibility.ARCHIVED


def is_public(seen: Visibility) -> bool:
    """Say whether the content may be shown. A tombstone has none."""
    return seen in (Visibility.OPEN, Visibility.ARCHIVED)


def is_told(seen: Visibility) -> bool:
    """Say whether lists may speak of it: its content may be shown, or it was withdrawn."""
    return is_public(seen) or seen is Visibility.WITHDRAWN


def readable_through(edition: Displayed, display: Display) -> date | None:
    """Return the last day on which an edition may be read, counted from its last day on show.

    None: for ever, or its display has no end yet.
    """
    over = term_over(edition, display)
    return None if over is None else over[0]


def term_over(edition: Displayed, display: Display) -> tuple[date, Retention] | None:
    """Return the last day on which an edition may be read, and the term that says so; None: see `readable_through`.

    Each term holds from its first day to the next one's: an edition is over on the first day on which the term of that
    day is. What was over stays so, whatever term comes then.
    """
    down = down_at(edition) if display.retention or display.later else None
    if down is None:
        return None
    ended = local_date(down - timedelta(microseconds=1))
    term, before = display.retention, ended
    for first, following in (*display.later, (date.max, None)):
        if term is not None:
            last = max(term.last_day(ended), before)
            if last + _DAY < first:
                return last, term
        term, before = following, first - _DAY
    return None


def expires_at(edition: Displayed, display: Display) -> datetime | None:
    """Return the midnight from which an edition may no longer be read; None: see `readable_through`."""
    last = readable_through(edition, display)
    return None if last is None else day_start(last + _DAY)


def expired_at(edition: Displayed, display: Display, now: datetime) -> datetime | None:
    """Return since when the public may not read an edition any more because its term is over; None while it may."""
    expired = visibility(edition, display, now) is Visibility.EXPIRED
    return expires_at(edition, display) if expired else None


def hides_at(edition: Displayed, display: Display) -> datetime | None:
    """Return when an edition that opened leaves every public surface; None when it stays readable."""
    return down_at(edition) if display.after == "hidden" else expires_at(edition, display)


def down_at(edition: Displayed) -> datetime | None:
    """Return when an edition leaves the board by plan, by succession or by withdrawal; None: no end known."""
    down = edition.comes_down_at
    for moment in (edition.superseded_at, edition.withdrawn_at):
        if moment is not None and (down is None or moment < down):
            down = moment
    return down


def next_change(editions: Iterable[Displayed], display: Display, now: datetime) -> datetime | None:
    """Return the next moment at which the visibility of any edition changes; None when none will.

    Counts of days ('3 days left') change at midnight too; that is the caller's to add.
    """
    return min((m for e in editions if (m := _next_change(e, display, now))), default=None)


def next_turn(editions: Iterable[Displayed], display: Display, now: datetime) -> datetime:
    """Return when what a page says of editions changes next: their visibility, or the count of days at midnight."""
    change = next_change(editions, display, now)
    midnight = next_midnight(now)
    return midnight if change is None else min(change, midnight)


def _next_change(edition: Displayed, display: Display, now: datetime) -> datetime | None:
    seen = visibility(edition, display, now)
    moments = (
        edition.opens_at,
        edition.comes_down_at,
        edition.superseded_at,
        edition.withdrawn_at,
        expires_at(edition, display),
    )
    coming = sorted(m for m in moments if m is not None and m > now)
    return next((m for m in coming if visibility(edition, display, m) != seen), None)
