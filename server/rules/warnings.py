"""Warnings in three colours: a prompt a working day before the limit, yellow once it has passed, red when long or again.

Only what nobody has sent yet is warned of: what is under review or has its moment set is on its way. The colours are told by
reminders (rules/reminders.py), each once; here is what stands in the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from server.rules.tallies import ALL_SIGNS, Column

Level = Literal["prompt", "yellow", "red"]
# A category that a village misses now and missed at another time in these many days is missed repeatedly.
AGAIN_WITHIN_DAYS = 400
# Who is to act: the village, then the township, then the county.
ESCALATED: dict[Level, Literal["village", "township", "county"]] = {
    "prompt": "village",
    "yellow": "township",
    "red": "county",
}
_OPEN = {s for s, seen in ALL_SIGNS.items() if seen.state == "due_soon" and not seen.ahead}
_OVERDUE = {s for s, seen in ALL_SIGNS.items() if seen.state == "missing" and not seen.ahead}
_MISSED = {s for s, seen in ALL_SIGNS.items() if seen.state in ("late", "missing")}


class Warned(Struct, frozen=True):
    """One obligation that nobody has answered: `days` calendar days late, 0 before; `missed` how often of late, itself included."""

    level: Level
    column: Column
    days: int
    missed: int


def warnings_of(
    lines: Iterable[tuple[tuple[Column, ...], str]], today: date, red_after_days: int
) -> list[Warned]:
    """Return what a village is warned of, by its lines of signs; the oldest first."""
    open_now: list[tuple[Column, str]] = []
    missed: Counter[str] = Counter()
    for columns, signs in lines:
        for column, sign in zip(columns, signs, strict=True):
            if sign in _MISSED and (today - column.due_on).days <= AGAIN_WITHIN_DAYS:
                missed[column.category] += 1
            if sign in _OPEN or sign in _OVERDUE:
                open_now.append((column, sign))
    found = []
    for column, sign in open_now:
        days = max(0, (today - column.due_on).days)
        often = missed[column.category]
        level: Level = "prompt"
        if sign in _OVERDUE:
            level = "red" if days >= red_after_days or often > 1 else "yellow"
        found.append(Warned(level, column, days, often))
    return sorted(found, key=lambda w: (w.column.due_on, w.column.category, w.column.period))
