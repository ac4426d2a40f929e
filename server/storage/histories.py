"""A series over time: the approved content of one category in one village, period after period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from server.rules.disclosures import Disclosure, Edition
from server.rules.findings import CheckContext
from server.rules.periods import Period
from server.storage import editions
from server.storage.database import Reader

History = Sequence[tuple[Disclosure, Edition]]


async def approved(db: Reader, division: str, category: str) -> list[tuple[Disclosure, Edition]]:
    """Return (disclosure, its newest approved edition) of a category in a village, oldest period first."""
    found = []
    for disclosure, of_disclosure in await editions.village_rows(db, division, category=category):
        standing = max(
            (e for e in of_disclosure if e.state == "approved"),
            key=lambda e: e.number or 0,
            default=None,
        )
        if standing is not None:
            found.append((disclosure, standing))
    return sorted(found, key=lambda row: (row[0].period_end, row[0].created_at))


def before(history: History, start: date) -> tuple[Disclosure, Edition] | None:
    """Return the last row whose period ended before a day, or None."""
    earlier = [row for row in history if row[0].period_end < start]
    return earlier[-1] if earlier else None


def year_to_date(history: History, period: Period) -> list[Mapping[str, Any]]:
    """Return the contents of the earlier periods of a period's calendar year, oldest first."""
    return [
        edition.content
        for disclosure, edition in history
        if disclosure.period_start.year == period.start.year
        and disclosure.period_end < period.start
    ]


async def check_context(db: Reader, division: str, category: str, period: Period) -> CheckContext:
    """Return what the content checks of a posting compare with: the last period and this year so far."""
    history = await approved(db, division, category)
    previous = before(history, period.start)
    return CheckContext(
        period=period,
        previous=previous[1].content if previous else None,
        year_to_date=year_to_date(history, period),
    )
