"""The calendar of the demonstration: quarters, due days, and moments in office hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from msgspec import Struct

from server.cli.demonstration.people import TOWNSHIP
from server.rules.periods import SHANGHAI, Period, local_date, period_containing
from server.rules.rulebook import Rulebook
from server.rules.windows import due_for

QUARTERS = 8


class Moments(Struct, frozen=True):
    """What `now` and the rulebook say about quarters."""

    now: datetime
    book: Rulebook

    @property
    def today(self) -> date:
        """The day in the village."""
        return local_date(self.now)

    def quarters(self) -> list[Period]:
        """Return the quarters, oldest first; the last is the newest that has been over for three days."""
        last = period_containing("quarterly", self.today - timedelta(days=3))
        found: list[Period] = []
        while len(found) < QUARTERS:
            last = before(last)
            found.append(last)
        return found[::-1]

    def settled(self, category: str) -> int:
        """Return the place of the newest quarter whose story can be over: due twelve days ago or more."""
        quarters = self.quarters()
        long_ago = self.today - timedelta(days=12)
        return [i for i, q in enumerate(quarters) if self.due(category, q) < long_ago][-1]

    def due(self, category: str, period: Period) -> date:
        """Return the day by which a quarter was owed here."""
        schedule = self.book.schedule(category, TOWNSHIP, period.end)
        return due_for(schedule, period, self.book.calendar).due_on


def office_hours(day: date, random: Random) -> datetime:
    """Return a moment of office hours on a day."""
    clock = time(random.randrange(9, 17), random.randrange(60), random.randrange(60))
    return datetime.combine(day, clock, tzinfo=SHANGHAI)


def tomorrow_morning(now: datetime) -> datetime:
    return datetime.combine(local_date(now) + timedelta(days=1), time(8), tzinfo=SHANGHAI)


def before(period: Period) -> Period:
    earlier = period.previous()
    if earlier is None:
        raise ValueError(f"{period.key} has no period before it")
    return earlier


def earlier_of_year(period: Period) -> list[str]:
    found: list[str] = []
    while period.start.month > 1:
        period = before(period)
        found.append(period.key)
    return found
