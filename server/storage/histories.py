"""A village's history in one category: what was approved, period after period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from server.rules.disclosures import Disclosure, EditionHead
from server.rules.findings import CheckContext
from server.rules.periods import Period
from server.storage import editions
from server.storage.database import Reader

History = Sequence[tuple[Disclosure, EditionHead]]


async def approved(
    db: Reader, division: str, category: str
) -> list[tuple[Disclosure, EditionHead]]:
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
    earlier = await earlier_contents(db, await approved(db, division, category), period)
    return CheckContext(period=period, previous=earlier.previous, year_to_date=earlier.year_to_date)


class Earlier(Struct, frozen=True):
    """The contents of the periods before one: the last of them, and those of its year, oldest first."""

    previous: dict[str, Any] | None
    year_to_date: list[dict[str, Any]]


async def earlier_contents(db: Reader, history: History, period: Period) -> Earlier:
    """Return the contents that a period is measured by; nothing else of the history is read."""
    last = before(history, period.start)
    year = [
        edition
        for disclosure, edition in history
        if disclosure.period_start.year == period.start.year
        and disclosure.period_end < period.start
    ]
    wanted = [edition.id for edition in year] + ([last[1].id] if last else [])
    found = await editions.get_many(db, wanted)
    return Earlier(
        previous=found[last[1].id].content if last else None,
        year_to_date=[found[edition.id].content for edition in year],
    )


def before(history: History, start: date) -> tuple[Disclosure, EditionHead] | None:
    """Return the newest of a history whose period ended before a day, or None."""
    earlier = [pair for pair in history if pair[0].period_end < start]
    return max(earlier, key=lambda pair: (pair[0].period_end, pair[0].id), default=None)
