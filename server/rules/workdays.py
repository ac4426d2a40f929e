"""Working days of the State Council's calendar, with make-up days (调休) and honest doubt.

A year whose notice is not loaded is computed from weekends and the fixed solar festivals, and every
date that depends on it, or merely was counted across it, is provisional.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from server.rules.documents import expected
from server.rules.values import Text

DayUnit = Literal["calendar", "working"]

# Measures on festivals and memorial days, as amended from 2025: the ones that the moon does not move.
_FIXED_FESTIVALS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})

_DAY = timedelta(days=1)
_DAY_TEXT = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class BadNotice(ValueError):
    """A document that is not a year's notice: which field, and in both languages what it should hold."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(f"{field}: {text.zh} / {text.en}" if field else f"{text.zh} / {text.en}")
        self.pointer = field
        self.text = text


class YearNotice(Struct, frozen=True):
    """One year's holiday notice: days off, and weekend days worked instead.

    Days at the end of December may stand in the notice of the following year, where New Year's
    arrangement moved them.
    """

    year: int
    official: bool
    source: str
    holidays: frozenset[date]
    makeup_workdays: frozenset[date]


class Day(Struct, frozen=True):
    """A computed day; provisional when a notice still to come may move it."""

    date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class WorkdayCalendar:
    """The notices on record, by year. Every question has an answer for every year."""

    notices: Mapping[int, YearNotice]
    _off: frozenset[date] = field(init=False, repr=False, compare=False)
    _worked: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        off: set[date] = set()
        worked: set[date] = set()
        for _, notice in sorted(self.notices.items()):
            # The later year's notice knows better about the December days both may name.
            off = (off - notice.makeup_workdays) | notice.holidays
            worked = (worked - notice.holidays) | notice.makeup_workdays
        object.__setattr__(self, "_off", frozenset(off))
        object.__setattr__(self, "_worked", frozenset(worked))

    def is_workday(self, day: date) -> bool:
        """Say whether offices work on a day."""
        if day in self._worked:
            return True
        if day in self._off:
            return False
        if day.weekday() >= 5:
            return False
        return day.year in self.notices or (day.month, day.day) not in _FIXED_FESTIVALS

    def is_provisional(self, day: date) -> bool:
        """Say whether a notice still to come may change a day.

        So is every day of a year without an official notice, and the last four days of December
        until the next year's New Year is arranged.
        """
        if not self._official(day.year):
            return True
        return (day.month, day.day) >= (12, 28) and not self._official(day.year + 1)

    def _official(self, year: int) -> bool:
        notice = self.notices.get(year)
        return notice is not None and notice.official

    def add_workdays(self, day: date, n: int) -> Day:
        """Return the n-th working day after a day, or before it when n is negative.

        Provisional when any day counted or skipped on the way is. With n = 0 the day itself, which
        depends on nothing. Beyond the calendar's last day it stays there, provisional.
        """
        step = _DAY if n >= 0 else -_DAY
        left, provisional = abs(n), False
        while left:
            if day in (date.max, date.min):
                return Day(day, provisional=True)
            day += step
            provisional = provisional or self.is_provisional(day)
            if self.is_workday(day):
                left -= 1
        return Day(day, provisional)

    def add_days(self, day: date, n: int, unit: DayUnit) -> Day:
        """Return the day n calendar or working days after a day; calendar days are never provisional."""
        if unit == "working":
            return self.add_workdays(day, n)
        try:
            return Day(day + n * _DAY, provisional=False)
        except OverflowError:
            return Day(date.max if n > 0 else date.min, provisional=True)

    def workdays_between(self, a: date, b: date) -> int:
        """Return how many working days lie after `a` and up to `b`, `b` included; negative backwards."""
        if b < a:
            return -self.workdays_between(b, a)
        return sum(self.is_workday(a + i * _DAY) for i in range(1, (b - a).days + 1))

    def days_between(self, a: date, b: date, unit: DayUnit) -> int:
        """Return how many calendar or working days lie after `a` and up to `b`."""
        return self.workdays_between(a, b) if unit == "working" else (b - a).days


_FIELDS = {"year", "official", "source", "holidays", "makeup_workdays", "comment"}


def parse_year_notice(doc: object) -> YearNotice:
    """Read the document of `seeds/workdays/<year>.json`. Raises BadNotice naming the field."""
    if not isinstance(doc, dict):
        raise BadNotice("", expected("一年的通知，即对象 { }", "a year's notice, an object", doc))
    if unknown := sorted(map(str, doc.keys() - _FIELDS)):
        raise BadNotice(unknown[0], Text("没有这个字段", "unknown field"))
    year, official, source = doc.get("year"), doc.get("official"), doc.get("source")
    if not isinstance(year, int) or isinstance(year, bool) or not 1950 <= year <= 2199:
        raise BadNotice("year", expected("形如 2026 的年份", "a year like 2026", year))
    if not isinstance(official, bool):
        raise BadNotice("official", expected(" true 或 false", "true or false", official))
    if not isinstance(source, str) or not source.strip():
        raise BadNotice(
            "source", expected("通知的文号或标题", "the notice's number or title", source)
        )
    holidays = _days(doc.get("holidays"), "holidays", year)
    makeup = _days(doc.get("makeup_workdays"), "makeup_workdays", year)
    if both := sorted(holidays & makeup):
        raise BadNotice(
            "makeup_workdays",
            Text(f"{both[0]} 同时写成了放假", f"{both[0]} is also a holiday"),
        )
    return YearNotice(year, official, source, holidays, makeup)


def _days(doc: object, name: str, year: int) -> frozenset[date]:
    if not isinstance(doc, list):
        raise BadNotice(name, expected("日期的列表", "a list of days", doc))
    days: set[date] = set()
    for index, item in enumerate(doc):
        try:
            day = date.fromisoformat(item)
        except (TypeError, ValueError):
            if isinstance(item, str) and _DAY_TEXT.fullmatch(item):
                raise BadNotice(
                    f"{name}[{index}]",
                    Text(f"没有 {item} 这一天", f"there is no such day as {item}"),
                ) from None
            raise BadNotice(
                f"{name}[{index}]",
                expected("形如 2026-01-31 的日期", "a day like 2026-01-31", item),
            ) from None
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise BadNotice(
                f"{name}[{index}]",
                Text(
                    f"{day} 不在 {year} 年，也不在上一年的十二月",
                    f"{day} lies neither in {year} nor in the December before",
                ),
            )
        days.add(day)
    return frozenset(days)
