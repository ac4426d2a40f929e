"""Who asks how often what households received: counts by day and village, and the newest attempts. Nobody's name."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from server.rules.households import Outcome, looks_like_guessing
from server.rules.periods import day_start, local_date
from server.rules.permissions import Actor
from server.rules.places import spoken_name
from server.storage import divisions, household_attempts
from server.storage.database import Reader

DAYS = 14
NEWEST = 60


class DayOf(Struct, frozen=True):
    """One village's day. `guessing`: many wrong tries; somebody should look."""

    day: date
    division: str
    division_name: str
    known: int
    unknown: int
    limited: int
    guessing: bool


class LoggedAttempt(Struct, frozen=True):
    """Attempts: since when, where, with what outcome; `many` of them within ten minutes."""

    at: datetime
    division: str
    division_name: str
    outcome: Outcome
    many: int


class HouseholdLog(Struct, frozen=True):
    """The last two weeks, newest day first, and the newest attempts."""

    days: tuple[DayOf, ...]
    newest: tuple[LoggedAttempt, ...]


async def household_log(db: Reader, *, actor: Actor, now: datetime) -> HouseholdLog:
    """Return the attempts in the actor's area."""
    today = local_date(now)
    first = today - timedelta(days=DAYS - 1)
    newest = await household_attempts.newest(db, actor.division, day_start(first), NEWEST)
    counted = []
    for back in range(DAYS):
        day = today - timedelta(days=back)
        start, end = day_start(day), day_start(day + timedelta(days=1))
        counted.append((day, await household_attempts.counted(db, actor.division, start, end)))
    codes = {code for _, found in counted for code, _ in found}
    names = await divisions.names(db, codes)

    def said(code: str) -> str:
        return spoken_name(names.get(code, code))

    days = [
        _day(day, code, said(code), found)
        for day, found in counted
        for code in sorted({each for each, _ in found})
    ]
    attempts = tuple(
        LoggedAttempt(a.at, a.division, said(a.division), a.outcome, a.many) for a in newest
    )
    return HouseholdLog(tuple(days), attempts)


def _day(day: date, code: str, name: str, found: dict[tuple[str, Outcome], int]) -> DayOf:
    known, unknown = found.get((code, "known"), 0), found.get((code, "unknown"), 0)
    limited = found.get((code, "limited"), 0)
    # A try that was refused is one of somebody who had been wrong before.
    return DayOf(
        day, code, name, known, unknown, limited, looks_like_guessing(known, unknown + limited)
    )
