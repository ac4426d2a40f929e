"""How a matter went, step by step: who answers for each step, within how many days, when it was done and how long it took.

category.json lists the steps (`process`), a content the days on which they were done. The rows are those of a table, so
that page, paper, workbook and app show them without knowing of steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from server.rules import pointers
from server.rules.categories import Category, ProcessStep
from server.rules.values import Lang, Text
from server.rules.workdays import DayUnit, WorkdayCalendar

HEADS = {
    "step": Text("步骤", "Step"),
    "on": Text("办完", "Done"),
    "took": Text("用时", "Took"),
    "within": Text("时限", "Limit"),
    "post": Text("谁负责", "Who answers for it"),
}
_UNITS: dict[DayUnit, Text] = {
    "calendar": Text("天", "days"),
    "working": Text("个工作日", "working days"),
}


def rows(
    category: Category,
    content: Mapping[str, Any],
    at: str,
    lang: Lang,
    calendar: WorkdayCalendar | None,
) -> Iterator[tuple[tuple[str | None, ...], str]]:
    """Yield the cells of each step, in the order of HEADS, and where its day stands; nothing before the first is done.

    The time of a step runs from the day on which the step before it was done; one that was done earlier than that (urgent
    relief is paid first) says none. Working days need a calendar; without one, and for a step without a limit, days of
    the calendar are counted.
    """
    done = {row["step"]: (place, row["on"]) for place, row in pointers.find(content, f"{at}/*")}
    if not done:
        return
    before: date | None = None
    for step in category.process:
        place, on = done.get(step.step, ("", None))
        day = date.fromisoformat(on) if on else None
        yield (
            (
                step.name.pick(lang),
                on,
                _took(step, before, day, calendar).pick(lang)
                if before and day and day >= before
                else "",
                _limit(step).pick(lang),
                step.post.pick(lang),
            ),
            place,
        )
        before = max(day, before or day) if day else before


def _limit(step: ProcessStep) -> Text:
    if step.days is not None:
        return _days(step.days, step.unit)
    return step.term or Text("", "")


def _took(step: ProcessStep, before: date, day: date, calendar: WorkdayCalendar | None) -> Text:
    unit: DayUnit = step.unit if calendar is not None and step.days is not None else "calendar"
    took = calendar.days_between(before, day, unit) if calendar else (day - before).days
    said = _days(took, unit)
    if step.days is None or unit != step.unit or took <= step.days:
        return said
    over = _days(took - step.days, unit)
    return Text(f"{said.zh}，超 {over.zh}", f"{said.en}, {over.en} too long")


def _days(days: int, unit: DayUnit) -> Text:
    words = _UNITS[unit]
    return Text(
        f"{days} {words.zh}", f"{days} {words.en.removesuffix('s') if days == 1 else words.en}"
    )
