"""Exposure: the stretches of time during which a disclosure hung without a gap, and their days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

from server.rules.disclosures import EditionHead, was_opened
from server.rules.schedules import Display
from server.rules.windows import days_displayed, down_at
from server.rules.workdays import WorkdayCalendar


class Run(Struct, frozen=True):
    """One stretch on show; `down_at` None: still up. A correction in time continues the same run."""

    opened_at: datetime
    down_at: datetime | None


def by_opening(edition: EditionHead) -> tuple[datetime, int, str]:
    """Return the order in which editions were opened."""
    return (edition.opens_at or datetime.max.replace(tzinfo=UTC), edition.number or 0, edition.id)


def runs(editions: Iterable[EditionHead], as_of: datetime) -> list[Run]:
    """Return the stretches on show up to a moment, in order. Ends later than it have not happened."""
    found: list[Run] = []
    for edition in sorted((e for e in editions if was_opened(e, as_of)), key=by_opening):
        assert edition.opens_at is not None
        down = down_at(edition)
        if down is not None and down > as_of:
            down = None
        last = found[-1] if found else None
        if last is not None and (last.down_at is None or edition.opens_at <= last.down_at):
            still_up = last.down_at is None or down is None
            end = (
                None
                if still_up
                else max(last.down_at or edition.opens_at, down or edition.opens_at)
            )
            found[-1] = Run(last.opened_at, end)
        else:
            found.append(Run(edition.opens_at, down))
    return found


def days_of(run: Run, display: Display, as_of: datetime, calendar: WorkdayCalendar) -> int:
    """Return how many counted days a run lasted, up to a moment while it is still up."""
    return days_displayed(display, run.opened_at, run.down_at or as_of, calendar)
