"""Uptime: of a day's 144 stretches of ten minutes, those in which a query point was heard, or says it ran unheard.

A day is two rows of bits. `heard` is what reached us, by our clock. `claimed` is what a later heartbeat said under its
signature: the device ran, the network did not. They are counted apart and never become one number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from server.rules.periods import day_start, local_date
from server.rules.query_points import HEARTBEAT_EVERY, Heartbeat

SLOTS = timedelta(days=1) // HEARTBEAT_EVERY
# How far back a device may say that it ran, and how many days are shown.
LOOK_BACK_DAYS = 31


class Day(Struct, frozen=True):
    """A day of a query point; bit n stands for the n-th ten minutes since midnight."""

    day: date
    heard: int = 0
    claimed: int = 0

    def with_bits(self, *, heard: int = 0, claimed: int = 0) -> Day:
        """Return the day with more bits."""
        return replace(self, heard=self.heard | heard, claimed=self.claimed | claimed)


class Uptime(Struct, frozen=True):
    """A day in slots: how many could have been, were heard, and were only claimed afterwards."""

    day: date
    of: int
    heard: int
    claimed: int


def slot_of(moment: datetime) -> int:
    """Return which ten minutes of its day in Asia/Shanghai a moment lies in: 0 to 143."""
    return (moment - day_start(local_date(moment))) // HEARTBEAT_EVERY


def slot_number(moment: datetime) -> int:
    """Return the number of a moment's ten minutes, counted from the first day there is: later ones are greater."""
    return local_date(moment).toordinal() * SLOTS + slot_of(moment)


def days_of(beat: Heartbeat, paired_at: datetime) -> dict[date, Day]:
    """Return the bits that one heartbeat sets, by day.

    A stretch is moved from the device's clock to ours by how far apart the two are, cut to the time between the
    pairing and this heartbeat, and to the days that are looked back upon.
    """
    today = local_date(beat.received_at)
    found = {today: Day(today, heard=1 << slot_of(beat.received_at))}
    oldest = (today.toordinal() - LOOK_BACK_DAYS + 1) * SLOTS
    earliest, latest = max(slot_number(paired_at), oldest), slot_number(beat.received_at)
    # One row of bits from the oldest day on: stretches that lie on one another cost nothing more.
    ran = 0
    for stretch in beat.missed:
        first = max(_slot_or(stretch.first, beat.ahead, earliest), earliest)
        last = min(_slot_or(stretch.last, beat.ahead, latest), latest)
        ran |= _bits(first - oldest, last + 1 - oldest)
    for back in range(LOOK_BACK_DAYS):
        day = today - timedelta(days=back)
        claimed = ran >> (day.toordinal() * SLOTS - oldest) & _bits(0, SLOTS)
        if claimed:
            found[day] = found.get(day, Day(day)).with_bits(claimed=claimed)
    return found


def _slot_or(moment: datetime, ahead: timedelta, otherwise: int) -> int:
    """Return the slot of a moment by our clock; `otherwise` for one that no calendar has."""
    try:
        return slot_number(moment - ahead)
    except OverflowError:
        return otherwise


def uptimes(
    days: Mapping[date, Day], *, paired_at: datetime, now: datetime, until: datetime | None = None
) -> list[Uptime]:
    """Return the last 31 days up to now, the oldest first, from the pairing to the retirement.

    A slot counts once it is over, or once something was heard in it.
    """
    end = min(now, until) if until else now
    first, over = slot_number(paired_at), slot_number(end)
    found = []
    for back in reversed(range(LOOK_BACK_DAYS)):
        day = local_date(now) - timedelta(days=back)
        stored = days.get(day, Day(day))
        start = day.toordinal() * SLOTS
        low, high = max(first - start, 0), min(over - start, SLOTS)
        could = _bits(low, high) | stored.heard
        if could:
            claimed = stored.claimed & could & ~stored.heard
            found.append(
                Uptime(day, could.bit_count(), stored.heard.bit_count(), claimed.bit_count())
            )
    return found


def _bits(low: int, high: int) -> int:
    """Return the bits from `low` up to, not with, `high`."""
    return (1 << high) - (1 << low) if high > low else 0


def merged(stored: Mapping[date, Day], new: Mapping[date, Day]) -> dict[date, Day]:
    """Return the new days with the bits that stood before."""
    return {
        at: day.with_bits(heard=stored[at].heard, claimed=stored[at].claimed)
        if at in stored
        else day
        for at, day in sorted(new.items())
    }
