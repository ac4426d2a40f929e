"""Checks of a yearly plan of disclosure: its days lie in its year, and no matter is planned twice for one place.

Where a plan says what, category.json says under `plan`; these checks are given that as their params.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from server.rules import pointers
from server.rules.findings import Check, CheckContext, Content, Found
from server.rules.plan_places import Where, where_of
from server.rules.tables import normal
from server.rules.values import Text


def in_year(content: Content, context: CheckContext) -> Iterable[Found]:
    """Each line is to be public on a day of the plan's year. params: year, lines, by (of `plan`)."""
    params = context.params
    year = pointers.get(content, params["year"])
    for at, line in pointers.find(content, f"{params['lines']}/*"):
        day = pointers.get(line, params["by"])
        if day is not None and date.fromisoformat(day).year != year:
            yield Found(
                at + params["by"],
                Text(
                    f"公开期限 {day} 不在计划年度 {year} 年。",
                    f"The day by which it is public, {day}, is not in {year}, the year of the plan.",
                ),
            )


def once(content: Content, context: CheckContext) -> Iterable[Found]:
    """No matter stands twice for the same place. params: lines, matter, where, everywhere (of `plan`)."""
    params = context.params
    seen: dict[str, list[tuple[int, Where]]] = {}
    for number, (at, line) in enumerate(pointers.find(content, f"{params['lines']}/*"), start=1):
        matter = str(pointers.get(line, params["matter"], ""))
        where = where_of(str(pointers.get(line, params["where"], "")), params["everywhere"])
        before = seen.setdefault(normal(matter), [])
        first = next((earlier for earlier, place in before if place.meets(where)), None)
        if first is not None:
            yield Found(
                at + params["matter"],
                Text(
                    f"“{matter}”在第 {first} 行已经写过，同一个地方一件事项只写一行。",
                    f"“{matter}” stands in row {first} already: a matter has one row for a place.",
                ),
            )
        before.append((number, where))


CHECKS: dict[str, Check] = {"plan.in_year": in_year, "plan.once": once}
