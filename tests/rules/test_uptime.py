"""Uptime: days in 144 stretches, at their edges, and what a device may and may not say of the past."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from server.rules.query_points import Heartbeat, Missed
from server.rules.uptime import SLOTS, Day, Uptime, days_of, merged, slot_of, uptimes
from tests.rules.builders import at, quick

PAIRED = at("2026-10-08 09:00")
DAY = date(2026, 10, 8)


def beat(received: datetime, *missed: Missed, ahead: timedelta = timedelta()) -> Heartbeat:
    return Heartbeat(
        received_at=received,
        at=received + ahead,
        seq=1,
        on_screen="/",
        contents_as_of=None,
        skew_ms=0,
        battery=None,
        charging=None,
        network="online",
        version="1",
        missed=missed,
    )


def test_a_day_begins_and_ends_in_the_village() -> None:
    assert slot_of(at("2026-10-08 00:00")) == 0
    assert slot_of(at("2026-10-08 00:09:59")) == 0
    assert slot_of(at("2026-10-08 00:10")) == 1
    assert slot_of(at("2026-10-08 23:59:59")) == SLOTS - 1 == 143


def test_a_heartbeat_on_each_side_of_midnight() -> None:
    late, early = at("2026-10-08 23:59:59"), at("2026-10-09 00:00")
    assert days_of(beat(late), PAIRED) == {DAY: Day(DAY, heard=1 << 143)}
    next_day = date(2026, 10, 9)
    assert days_of(beat(early), PAIRED) == {next_day: Day(next_day, heard=1)}


def test_a_night_without_network_lies_in_two_days() -> None:
    night = Missed(at("2026-10-08 23:40"), at("2026-10-09 00:10"))
    found = days_of(beat(at("2026-10-09 00:20"), night), PAIRED)
    assert found[DAY] == Day(DAY, claimed=0b11 << 142)
    assert found[date(2026, 10, 9)] == Day(date(2026, 10, 9), heard=0b100, claimed=0b11)


def test_one_heartbeat_that_was_missed_is_one_stretch() -> None:
    moment = at("2026-10-08 10:05")
    found = days_of(beat(at("2026-10-08 10:15"), Missed(moment, moment)), PAIRED)
    assert found[DAY].claimed.bit_count() == 1


def test_stretches_that_lie_on_one_another_cost_nothing_more() -> None:
    now, always = at("2026-11-20 10:00"), Missed(at("2026-10-01 00:00"), at("2026-11-20 09:50"))
    started = process_time()
    found = days_of(beat(now, *[always] * 200), PAIRED)
    assert process_time() - started < 0.25
    assert len(found) == 31
    assert sum(each.claimed.bit_count() for each in found.values()) == 30 * SLOTS + 60


def test_a_wrong_clock_is_put_right() -> None:
    ahead = timedelta(days=400)
    said = Missed(at("2026-10-08 10:00") + ahead, at("2026-10-08 10:20") + ahead)
    found = days_of(beat(at("2026-10-08 10:30"), said, ahead=ahead), PAIRED)
    assert found == {DAY: Day(DAY, heard=1 << 63, claimed=0b111 << 60)}


def test_a_stretch_counts_once_it_is_over_or_was_heard() -> None:
    now = at("2026-10-08 09:25")
    assert uptimes({}, paired_at=PAIRED, now=now) == [Uptime(DAY, of=2, heard=0, claimed=0)]
    heard = {DAY: Day(DAY, heard=1 << 56)}  # the one that is running, 9:20 to 9:30
    assert uptimes(heard, paired_at=PAIRED, now=now) == [Uptime(DAY, of=3, heard=1, claimed=0)]
    assert uptimes({}, paired_at=now, now=now) == []


def test_what_was_heard_is_not_claimed_too() -> None:
    both = {DAY: Day(DAY, heard=0b1 << 54, claimed=0b11 << 54)}
    now = at("2026-10-08 09:20")
    assert uptimes(both, paired_at=PAIRED, now=now) == [Uptime(DAY, of=2, heard=1, claimed=1)]


def test_a_month_is_31_days_and_ends_with_the_retirement() -> None:
    now = at("2026-12-01 12:00")
    found = uptimes({}, paired_at=PAIRED, now=now)
    assert [found[0].day, found[-1].day, len(found)] == [date(2026, 11, 1), date(2026, 12, 1), 31]
    assert {each.of for each in found[:-1]} == {SLOTS}
    assert found[-1].of == 72
    retired = uptimes({}, paired_at=PAIRED, now=now, until=at("2026-11-02 01:00"))
    assert [(each.day.day, each.of) for each in retired] == [(1, SLOTS), (2, 6)]


# Any moment that a heartbeat may name, in seconds around the pairing.
moments = st.integers(-50 * 365 * 86_400, 170 * 365 * 86_400).map(
    lambda seconds: PAIRED + timedelta(seconds=seconds)
)


@quick
@given(st.lists(st.tuples(moments, moments), max_size=5), moments, st.integers(0, 400))
def test_no_device_claims_what_was_before_its_pairing_or_is_to_come(
    said: list[tuple[datetime, datetime]], clock: datetime, hours: int
) -> None:
    received = PAIRED + timedelta(hours=hours)
    missed = [Missed(min(pair), max(pair)) for pair in said]
    found = days_of(beat(received, *missed, ahead=clock - received), PAIRED)
    assert min(found) >= DAY
    assert max(found) == received.astimezone(PAIRED.tzinfo).date() or len(found) == 1
    counted = uptimes(found, paired_at=PAIRED, now=received)
    assert all(each.heard + each.claimed <= each.of <= SLOTS for each in counted)
    assert merged(found, found) == found
