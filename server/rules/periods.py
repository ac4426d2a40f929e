"""Periods a disclosure is about, and the only place where moments meet the calendar of Asia/Shanghai."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from server.rules.values import Text

Cadence = Literal["monthly", "quarterly", "half_yearly", "yearly", "event", "long_term"]
CADENCES: tuple[Cadence, ...] = (
    "monthly",
    "quarterly",
    "half_yearly",
    "yearly",
    "event",
    "long_term",
)

# A fixed offset on purpose: China has had no summer time since 1991, and a zone file would be IO.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

LONG_TERM_START = date(1970, 1, 1)
LONG_TERM_END = date(9998, 12, 31)
"""A standing item has no end; this is the day that stands for 'never' in a date column."""

_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


class BadPeriod(ValueError):
    """A key that names no period; `text` says so in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.text = text


def local_date(moment: datetime) -> date:
    """Return the calendar day in the village at a moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment must be aware: it has no day without a zone")
    return moment.astimezone(SHANGHAI).date()


@lru_cache(maxsize=4096)
def day_start(day: date) -> datetime:
    """Return the moment, in UTC, at which a day begins in the village."""
    # Local midnight on purpose: 'by the 15th' ends there, not at midnight UTC.
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)


def next_midnight(moment: datetime) -> datetime:
    """Return the moment at which the next calendar day begins in Asia/Shanghai, in UTC."""
    return day_start(local_date(moment) + timedelta(days=1))


class Period(Struct, frozen=True):
    """A span of days with a key: '2026-09', '2026Q3', '2026H1', '2026', 'E2026-10-14-…', 'L'.

    `start` and `end` are both part of it. An event's period is the day it happened on.
    """

    cadence: Cadence
    key: str
    start: date
    end: date

    def previous(self) -> Period | None:
        """Return the period before this one; None for events and standing items."""
        if self.cadence not in _MONTHS or self.start == date.min:
            return None
        return period_containing(self.cadence, self.start - timedelta(days=1))

    def same_last_year(self) -> Period | None:
        """Return the same month, quarter, half or year one year earlier; None for the others."""
        if self.cadence not in _MONTHS:
            return None
        return period_containing(self.cadence, self.start.replace(year=self.start.year - 1))


_KEYS: tuple[tuple[Cadence, re.Pattern[str]], ...] = (
    ("monthly", re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)),
    ("quarterly", re.compile(r"(\d{4})Q([1-4])", re.ASCII)),
    ("half_yearly", re.compile(r"(\d{4})H([12])", re.ASCII)),
    ("yearly", re.compile(r"(\d{4})", re.ASCII)),
)
_EVENT_KEY = re.compile(r"E(\d{4}-\d{2}-\d{2})-[0-9a-f]{8}", re.ASCII)


@lru_cache(maxsize=4096)
def parse_period(key: str) -> Period:
    """Return the period a key names. Raises BadPeriod for any other text."""
    if key == "L":
        return Period("long_term", "L", LONG_TERM_START, LONG_TERM_END)
    for cadence, pattern in _KEYS:
        found = pattern.fullmatch(key)
        if found and 1950 <= int(found[1]) <= 2199:
            months = _MONTHS[cadence]
            number = int(found[2]) if months < 12 else 1
            return period_containing(cadence, date(int(found[1]), (number - 1) * months + 1, 1))
    if event := _EVENT_KEY.fullmatch(key):
        try:
            day = date.fromisoformat(event[1])
        except ValueError:
            pass
        else:
            return Period("event", key, day, day)
    raise BadPeriod(
        Text(
            f"“{key[:40]}”不是期次，应为 2026-09、2026Q3、2026H1、2026 等",
            f"“{key[:40]}” is not a period; write 2026-09, 2026Q3, 2026H1 or 2026",
        )
    )


def event_period(day: date, occurrence_id: str) -> Period:
    """Return the period of an event: its day, and the last eight digits of the occurrence's id.

    The last digits of a UUIDv7 are random; the first ones are the same for a whole minute.
    """
    return Period("event", f"E{day.isoformat()}-{occurrence_id[-8:]}", day, day)


@lru_cache(maxsize=4096)
def period_containing(cadence: Cadence, day: date) -> Period:
    """Return the calendar period a day lies in. Events have no period of their own: BadPeriod."""
    if cadence == "long_term":
        return parse_period("L")
    if cadence == "event":
        raise BadPeriod(
            Text("事项的期次由事项本身决定", "An event's period comes from the event, not a day")
        )
    months = _MONTHS[cadence]
    number = (day.month - 1) // months + 1
    start = date(day.year, (number - 1) * months + 1, 1)
    key = {
        "monthly": f"{day.year:04d}-{number:02d}",
        "quarterly": f"{day.year:04d}Q{number}",
        "half_yearly": f"{day.year:04d}H{number}",
        "yearly": f"{day.year:04d}",
    }[cadence]
    return Period(cadence, key, start, _month_end(day.year, number * months))


def periods_ended_between(cadence: Cadence, first: date, last: date) -> list[Period]:
    """Return the calendar periods whose last day lies in [first, last], in order."""
    if cadence not in _MONTHS or first > last:
        return []
    found: list[Period] = []
    period = period_containing(cadence, first)
    while period.end <= last:
        found.append(period)
        period = period_containing(cadence, period.end + timedelta(days=1))
    return found


def _month_end(year: int, month: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)


_QUARTERS = (("一", "First"), ("二", "Second"), ("三", "Third"), ("四", "Fourth"))
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@lru_cache(maxsize=4096)
def label(period: Period) -> Text:
    """Return what people call a period: '2026年第三季度' / 'Third quarter 2026'."""
    year, month = period.start.year, period.start.month
    if period.cadence == "monthly":
        return Text(f"{year}年{month}月", f"{_MONTH_NAMES[month - 1]} {year}")
    if period.cadence == "quarterly":
        zh, en = _QUARTERS[month // 3]
        return Text(f"{year}年第{zh}季度", f"{en} quarter {year}")
    if period.cadence == "half_yearly":
        zh, en = ("上", "First") if month == 1 else ("下", "Second")
        return Text(f"{year}年{zh}半年", f"{en} half of {year}")
    if period.cadence == "yearly":
        return Text(f"{year}年度", f"Year {year}")
    if period.cadence == "event":
        return day_label(period.start)
    return Text("长期公开", "Standing item")


def day_label(day: date) -> Text:
    """Return a day as people write it: '2026年10月14日' / '14 October 2026'."""
    return Text(
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}",
    )
