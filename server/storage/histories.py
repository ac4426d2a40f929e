"""A village's history in one category: what was approved, period after period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from server.rules.disclosures import Disclosure, Edition
from server.rules.findings import CheckContext
from server.rules.periods import Period
from server.storage import editions
from server.storage.database import Reader

History = Sequence[tuple[Disclosure, Edition]]


async def approved(db: Reader, division: str, category: str) -> list[tuple[Disclosure, Edition]]:
    """Return each disclosure with its newest approved edition, oldest period first; withdrawn ones are left out."""
    found = []
    for disclosure, of_disclosure in await editions.village_rows(db, division, category):
        standing = max(
            (e for e in of_disclosure if e.state == "approved"),
            key=lambda e: e.number or 0,
            default=None,
        )
        if standing is not None:
            found.append((disclosure, standing))
    return sorted(found, key=lambda pair: (pair[0].period_start, pair[0].period_end, pair[0].id))


async def check_context(db: Reader, division: str, category: str, period: Period) -> CheckContext:
    """Return what a content is checked against: the period before, and the year so far."""
    history = await approved(db, division, category)
    previous = before(history, period.start)
    return CheckContext(
        period=period,
        previous=previous[1].content if previous else None,
        year_to_date=year_to_date(history, period),
    )


def before(history: History, start: date) -> tuple[Disclosure, Edition] | None:
    """Return the newest of a history whose period ended before a day, or None."""
    earlier = [pair for pair in history if pair[0].period_end < start]
    return max(earlier, key=lambda pair: (pair[0].period_end, pair[0].id), default=None)


def year_to_date(history: History, period: Period) -> list[dict[str, Any]]:
    """Return the contents of the earlier periods of a period's year, without its own, oldest first."""
    return [
        edition.content
        for disclosure, edition in history
        if disclosure.period_start.year == period.start.year
        and disclosure.period_end < period.start
    ]
