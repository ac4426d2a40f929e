"""A notice of every category that no other story tells: the category's own example, moved to the demonstration's days and village.

Whoever looks around sees the whole catalogue. Everything in the examples is made up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct

from server.cli.demonstration.acts import Act, Posting, Snapshot, Verdict, Who
from server.cli.demonstration.catalogue_story import LEASE_VILLAGE, county_policy
from server.cli.demonstration.ledger import Village
from server.cli.demonstration.moments import Moments, office_hours
from server.cli.demonstration.people import TOWNSHIP
from server.rules.periods import Cadence, Period, local_date, parse_period, period_containing
from server.rules.values import uuid7_at

VILLAGE = LEASE_VILLAGE
_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_YEAR = re.compile(r"20\d\d")
# The village of the examples.
_THERE = "清溪"


class _Event(Struct, frozen=True):
    """Something that happened: its example, the day on which it did so there, how long ago it did here, and when it was posted."""

    category: str
    example: str
    on: date
    days_ago: int
    posted_after: int


EVENTS = (
    _Event("democratic_review", "v2/good-2026", date(2026, 12, 20), 33, 2),
    _Event("department_budget", "v2/good-budget", date(2026, 2, 10), 71, 5),
    _Event("election", "v2/good-result", date(2026, 12, 15), 12, 0),
    _Event("homestead", "v1/good-two", date(2026, 10, 8), 5, 1),
    _Event("land_requisition", "v1/good-distributed", date(2026, 9, 21), 38, 9),
    _Event("one_project_one_meeting", "v1/good-collected", date(2026, 8, 15), 54, 3),
    _Event("special_funds", "v1/good-projects", date(2026, 8, 5), 47, 13),
    _Event("staffing", "v2/good-2026", date(2026, 3, 31), 63, 11),
    _Event("term_audit", "v2/good-problems", date(2026, 9, 28), 44, 13),
    _Event("township_gov_list", "v2/good-rules", date(2026, 9, 8), 26, 5),
)


class _Periodic(Struct, frozen=True):
    """Something for a period: its example, and the period that it is for there."""

    category: str
    example: str
    period: str
    cadence: Cadence


PERIODIC = (
    _Periodic("debts_receivables", "v2/good-2026-h1", "2026H1", "half_yearly"),
    _Periodic("disability_elder_allowance", "v2/good-2026-q3", "2026Q3", "quarterly"),
    _Periodic("donation_relief_goods", "v2/good-2026-q3", "2026Q3", "quarterly"),
    _Periodic("finance_annual_report", "v2/good-2025", "2025", "yearly"),
)


def policies(when: Moments) -> list[dict[str, Any]]:
    """Return what puts the periodic categories to use in the village, each for the one period that it publishes."""
    found = []
    for each in PERIODIC:
        period = _newest(when, each)
        name = f"demonstration-{each.category.replace('_', '-')}"
        put = county_policy(name, VILLAGE, period.start, {each.category: {"in_use": True}})
        found.append({**put, "valid_to": period.end.isoformat()})
    return found


def _newest(when: Moments, each: _Periodic) -> Period:
    """Return the newest period that has been due for twelve days."""
    period = period_containing(each.cadence, when.today)
    while period.end > when.today or when.due(each.category, period) > when.today - timedelta(12):
        earlier = period.previous()
        assert earlier is not None
        period = earlier
    return period


class ExamplesStory(Struct, frozen=True):
    """The notices of one village; `schemas`: where the categories lie with their examples.

    `boards`: what the village posted with a photo of its wall, by moment: each photo more is a moment more at the start.
    """

    when: Moments
    village: Village
    schemas: Path
    boards: Sequence[Posting]

    def acts(self) -> Iterator[Act]:
        """Yield the acts, in no order."""
        for event in EVENTS:
            day = self.when.today - timedelta(days=event.days_ago)
            content = self._moved(
                event.category, event.example, (day - event.on).days, day.year - event.on.year
            )
            posted = day + timedelta(days=event.posted_after)
            yield from self._posted(event.category, day, posted, content, event_on=day)
        for each in PERIODIC:
            there, here = parse_period(each.period), _newest(self.when, each)
            content = self._moved(
                each.category,
                each.example,
                (here.end - there.end).days,
                here.end.year - there.end.year,
            )
            posted = self.when.due(each.category, here) - timedelta(days=1)
            yield from self._posted(each.category, here.end, posted, content, period=here.key)

    def _posted(
        self, category: str, since: date, day: date, content: dict[str, Any], **more: Any
    ) -> Iterator[Act]:
        """Yield a posting by whoever publishes the category, and its review on the next day."""
        ours = self.when.book.categories[category].publisher == "township"
        poster: Who = (TOWNSHIP, "editor") if ours else (VILLAGE, "accountant")
        reviewer: Who = (TOWNSHIP, "auditor") if ours else (VILLAGE, "supervisor")
        name = f"{VILLAGE}/{category}/example"
        at = office_hours(day, Random(name))
        yield Posting(
            at,
            poster,
            name,
            uuid7_at(at, Random(name).randbytes(10)),
            VILLAGE,
            category,
            content,
            board=self._wall(category, since, at),
            **more,
        )
        review = office_hours(local_date(at) + timedelta(days=1), Random(f"{name}/verdict"))
        yield Verdict(min(review, self.when.now), reviewer, name)

    def _wall(self, category: str, since: date, at: datetime) -> Snapshot | None:
        """Return a photo of the wall, where one is wanted: one that came since then if there is one, or a new one."""
        if not self.when.book.schedule(category, VILLAGE, since).board_photo_required:
            return None
        there = [b for b in self.boards if local_date(b.at) >= since and b.at < at]
        return there[-1].board if there else Snapshot("board-dusk", at - timedelta(minutes=18))

    def _moved(self, category: str, example: str, days: int, years: int) -> dict[str, Any]:
        """Return an example's content as of so many days later, in this village."""
        path = self.schemas / "categories" / category / "examples" / f"{example}.json"
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))["content"]
        moved: dict[str, Any] = self._value(content, days, years)
        return moved

    def _value(self, value: Any, days: int, years: int) -> Any:
        match value:
            case dict():
                return {
                    key: each + years if key == "year" else self._value(each, days, years)
                    for key, each in value.items()
                }
            case list():
                return [self._value(each, days, years) for each in value]
            case str() if _DAY.fullmatch(value):
                return (date.fromisoformat(value) + timedelta(days=days)).isoformat()
            case str():
                here = self.village.name
                said = value.replace(f"{_THERE}村", here).replace(_THERE, here.removesuffix("村"))
                return _YEAR.sub(lambda year: str(int(year[0]) + years), said)
        return value
