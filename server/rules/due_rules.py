"""By when something is owed and how long it stays up: the closed vocabulary that schedules and policies are written in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from server.rules.documents import Fields
from server.rules.values import Text
from server.rules.workdays import DayUnit

Until = Literal["superseded", "fixed", "event_end"]
After = Literal["archived", "hidden"]
_LEAP_YEAR = 2024
MOST_MONTHS = 600
MOST_DAYS = 3660
# Where years have four digits no longer, with a day to spare.
_FAR = date(9998, 12, 31)


class DayOfMonth(Struct, frozen=True):
    """Due on a day of the month, `month_offset` months after the month in which the period ends.

    Day 31 in a shorter month is that month's last day.
    """

    month_offset: int
    day: int


class FixedDate(Struct, frozen=True):
    """Due on a date, `year_offset` years after the year in which the period ends."""

    month: int
    day: int
    year_offset: int


class DaysAfter(Struct, frozen=True):
    """Due n calendar or working days after the event, or after the period's last day."""

    days: int
    unit: DayUnit


DueRule = DayOfMonth | FixedDate | DaysAfter


class Retention(Struct, frozen=True):
    """How long what is no longer on show stays readable by the public: some calendar months or days.

    Laws that ask for a term (the Personal Information Protection Law, art. 19: no longer than its purpose needs) name no
    number: a county's policy does.
    """

    count: int
    unit: Literal["months", "days"]

    def last_day(self, ended_on: date) -> date:
        """Return the last day on which what ended on a day may be read; the 31st is a shorter month's last day."""
        if ended_on.year > _FAR.year - MOST_MONTHS // 12 - 1:
            return _FAR
        if self.unit == "days":
            return ended_on + timedelta(days=self.count)
        year, month = divmod(ended_on.year * 12 + ended_on.month - 1 + self.count, 12)
        return date(year, month + 1, min(ended_on.day, monthrange(year, month + 1)[1]))


class Display(Struct, frozen=True):
    """How long a disclosure stays up, and what follows.

    `min_days`: None where no minimum is set. `counts_first_day`: whether the day of posting is the
    first counted day. `until`: what ends the display beside the minimum. `after`: kept readable or not;
    `retention`: for how long, None: for ever; `later`: the terms that took its place since, by the first day of each.
    """

    min_days: int | None
    unit: DayUnit
    counts_first_day: bool
    until: Until
    after: After
    retention: Retention | None = None
    later: tuple[tuple[date, Retention | None], ...] = ()


def parse_due(f: Fields) -> DueRule:
    """Read the `due` part of a schedule. Raises BadDocument with the pointer of the wrong field."""
    kind = f.choice("kind", ("day_of_month", "fixed_date", "days_after"))
    rule: DueRule
    if kind == "day_of_month":
        rule = DayOfMonth(f.whole("month_offset", 0, 24), f.whole("day", 1, 31))
    elif kind == "fixed_date":
        month, day = f.whole("month", 1, 12), f.whole("day", 1, 31)
        if day > (longest := monthrange(_LEAP_YEAR, month)[1]):
            raise f.wrong(
                "day",
                Text(
                    f"{month} 月没有 {day} 日，最后一天是 {longest} 日",
                    f"month {month} has no day {day}, its last is {longest}",
                ),
            )
        rule = FixedDate(month, day, f.whole("year_offset", 0, 5))
    else:
        rule = DaysAfter(f.whole("days", 0, 3660), f.choice("unit", ("calendar", "working")))
    f.finish()
    return rule


def parse_display(f: Fields) -> Display:
    """Read the `display` part of a schedule. Raises BadDocument with the pointer of the wrong field."""
    display = Display(
        min_days=f.whole_or_null("min_days", 1, 3660),
        unit=f.choice("unit", ("calendar", "working")),
        counts_first_day=f.flag("counts_first_day"),
        until=f.choice("until", ("superseded", "fixed", "event_end")),
        after=f.choice("after", ("archived", "hidden")),
        retention=parse_retention(f.part("retention")) if f.has("retention") else None,
    )
    if display.until == "fixed" and display.min_days is None:
        raise f.wrong(
            "min_days",
            Text("固定天数的公开要写明天数", "a fixed display needs its number of days"),
        )
    f.finish()
    return display


def parse_retention(f: Fields) -> Retention:
    """Read a retention term: months or days, not both. Raises BadDocument with the pointer of the wrong field."""
    if f.has("months") == f.has("days"):
        raise f.wrong(
            "months",
            Text(
                "写 months（几个月）或 days（几天），写一个",
                "say months or days: one of the two",
            ),
        )
    if f.has("months"):
        term = Retention(f.whole("months", 1, MOST_MONTHS), "months")
    else:
        term = Retention(f.whole("days", 1, MOST_DAYS), "days")
    f.finish()
    return term
