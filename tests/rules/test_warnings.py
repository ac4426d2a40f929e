"""Warnings: who hears of what, from the working day before the limit to the county."""

from __future__ import annotations

from datetime import date

import pytest

from server.rules.tallies import ALL_SIGNS, Column
from server.rules.warnings import ESCALATED, warnings_of


def sign(state: str, *, ahead: bool = False) -> str:
    return next(
        s
        for s, seen in ALL_SIGNS.items()
        if (seen.state, seen.ahead, seen.empty, seen.needs_person) == (state, ahead, False, False)
    )


def column(due: str, category: str = "finance_quarterly") -> Column:
    day = date.fromisoformat(due)
    return Column(category, "2026Q3", date(2026, 9, 30), day, False)


@pytest.mark.parametrize(
    ("what", "state", "ahead", "today", "level", "days"),
    [
        ("not yet near", "open", False, "2026-10-10", None, 0),
        ("a working day before", "due_soon", False, "2026-10-14", "prompt", 0),
        ("it is under review", "due_soon", True, "2026-10-14", None, 0),
        ("the day after", "missing", False, "2026-10-16", "yellow", 1),
        ("nine days", "missing", False, "2026-10-24", "yellow", 9),
        ("ten days", "missing", False, "2026-10-25", "red", 10),
        ("overdue, but its moment is set", "missing", True, "2026-10-25", None, 0),
        ("it came late", "late", False, "2026-10-25", None, 0),
        ("exempt", "exempt", False, "2026-10-25", None, 0),
    ],
)
def test_levels(
    what: str, state: str, ahead: bool, today: str, level: str | None, days: int
) -> None:
    line = ((column("2026-10-15"),), sign(state, ahead=ahead))
    found = warnings_of([line], date.fromisoformat(today), 10)
    assert [(w.level, w.days) for w in found] == ([(level, days)] if level else []), what


@pytest.mark.parametrize(
    ("before", "level"),
    [("2026-07-15", "red"), ("2025-09-11", "red"), ("2025-09-10", "yellow")],
)
def test_what_is_missed_again_is_red_at_once(before: str, level: str) -> None:
    line = ((column(before), column("2026-10-15")), sign("late") + sign("missing"))
    (found,) = warnings_of([line], date(2026, 10, 16), 10)
    assert (found.level, ESCALATED[found.level]) == (
        (level, "county") if level == "red" else (level, "township")
    )


def test_another_category_missed_before_is_no_repetition() -> None:
    line = (
        (column("2026-07-15", "staffing"), column("2026-10-15")),
        sign("late") + sign("missing"),
    )
    (found,) = warnings_of([line], date(2026, 10, 16), 10)
    assert (found.level, found.missed) == ("yellow", 1)
