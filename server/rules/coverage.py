"""Coverage: on how many of the days that a rule asks for a notice could provably be read online.

Proof is what this system did itself: from when on a notice was open to everybody here, and until when. A day counts as
its rule counts days (calendar or working), once it was over, and in one stretch without a gap: a display that ended early is
to be made good by another one, not by adding the two up. Never more than was asked for.

Not proof, and in no number: what a phone or a photo says of a day, a board photo (it proves one moment; the finding 'no
board photo' is about that), views of a page. Days on which a query point reported the notice on its screen are additional
evidence, told beside the figure and never added to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from server.rules import exposure
from server.rules.disclosures import EditionHead
from server.rules.schedules import Display
from server.rules.workdays import DayUnit, WorkdayCalendar


class Coverage(Struct, frozen=True):
    """`shown` of `required` days; `running`: it is up, and the rest may still come."""

    shown: int
    required: int
    unit: DayUnit
    running: bool = False


class Covered(Struct, frozen=True):
    """What is finished of some notices: how many, how many of them long enough, and days shown of days required."""

    notices: int
    enough: int
    shown: int
    required: int


def covered_until(
    display: Display, known: Sequence[EditionHead], as_of: datetime, calendar: WorkdayCalendar
) -> Coverage | None:
    """Return the coverage by editions as they were known at a moment; None where the rule asks for no days.

    What was never open has 0 days.
    """
    if display.min_days is None:
        return None
    runs = exposure.runs(known, as_of)
    best = max((exposure.days_of(run, display, as_of, calendar) for run in runs), default=0)
    shown = min(best, display.min_days)
    running = shown < display.min_days and any(run.down_at is None for run in runs)
    return Coverage(shown, display.min_days, display.unit, running)


def added_up(found: Iterable[Coverage | None]) -> Covered:
    """Return the sum over what is finished: what still runs, and what no rule asks days of, is in none."""
    done = [each for each in found if each is not None and not each.running]
    return Covered(
        notices=len(done),
        enough=sum(each.shown >= each.required for each in done),
        shown=sum(each.shown for each in done),
        required=sum(each.required for each in done),
    )
