from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.rules.commitments import (
    A_DAY,
    MOST_UNFINISHED,
    Commitment,
    counted_from,
    lapsed,
    may_replace,
    next_lapse,
    pending,
    state_at,
    wait_for_more,
)
from server.rules.compliance import judge
from server.rules.disclosures import arrived_at, judged_at, offered_at
from server.rules.periods import event_period, parse_period
from server.rules.schedules import COMMITMENT_HOURS, parse_schedule
from server.rules.windows import due_for
from tests.rules.builders import (
    QUARTERLY,
    VILLAGE,
    ZHANG,
    approved,
    at,
    calendar,
    day,
    edition,
    quick,
    schedule,
)
from tests.rules.test_compliance import EXEMPT, Q3, kinds, look, obligation, said

REGISTERED = "2026-10-15 23:59:59"
HASH = f"sha256:{'a' * 64}"
Q3_PERIOD = parse_period("2026Q3")
SECOND = timedelta(seconds=1)


def commitment(received: str = REGISTERED, hours: int = 72, **changes: Any) -> Commitment:
    """张三's registration of the third quarter's accounts."""
    moment = at(received)
    plain = Commitment(
        id=f"posting-{received}",
        division=VILLAGE,
        category="finance_quarterly",
        period_key="2026Q3",
        period_end=day("2026-09-30"),
        event_on=None,
        schema_version=1,
        content_hash=HASH,
        digest=HASH,
        photos=(),
        composed_at=moment - timedelta(hours=1),
        received_at=moment,
        lapses_at=moment + timedelta(hours=hours),
        committed_by=ZHANG,
    )
    return replace(plain, **changes)


LAPSES = at("2026-10-18 23:59:59")


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (at(REGISTERED) - SECOND, None),
        (at(REGISTERED), "pending"),
        (LAPSES - SECOND, "pending"),
        (LAPSES, "lapsed"),
        (LAPSES + timedelta(days=400), "lapsed"),
    ],
)
def test_it_lapses_by_itself_when_its_hours_are_over(moment: datetime, state: str | None) -> None:
    assert state_at(commitment(), moment) == state


@pytest.mark.parametrize(
    ("arrived", "state"),
    [
        (LAPSES - SECOND, "completed"),
        (LAPSES, "lapsed"),
        (LAPSES + timedelta(days=3), "lapsed"),
    ],
)
def test_content_counts_if_it_comes_before_the_end(arrived: datetime, state: str) -> None:
    done = commitment(completed_at=arrived)
    assert state_at(done, LAPSES + timedelta(days=9)) == state
    assert state_at(done, arrived - SECOND) in ("pending", "lapsed")
    begun = counted_from(commitment(), Q3_PERIOD, HASH, arrived)
    assert begun == (at(REGISTERED) if state == "completed" else None)


def test_what_was_replaced_in_time_never_lapses_and_counts_for_nothing() -> None:
    gone = commitment(replaced_at=LAPSES - SECOND)
    assert state_at(gone, LAPSES - SECOND * 2) == "pending"
    assert state_at(gone, LAPSES) == "replaced"
    assert counted_from(gone, Q3_PERIOD, HASH, LAPSES - SECOND) is None
    too_late = commitment(replaced_at=LAPSES)
    assert state_at(too_late, LAPSES) == "lapsed"


def test_it_counts_for_the_content_and_the_period_that_were_named() -> None:
    now = at("2026-10-16 12:00")
    assert counted_from(None, Q3_PERIOD, HASH, now) is None
    assert counted_from(commitment(), Q3_PERIOD, f"sha256:{'b' * 64}", now) is None
    assert counted_from(commitment(), parse_period("2026Q2"), HASH, now) is None
    assert counted_from(commitment(), Q3_PERIOD, HASH, now) == at(REGISTERED)


def test_only_the_same_matter_is_replaced() -> None:
    first = commitment()
    assert may_replace(first, "finance_quarterly", VILLAGE, Q3_PERIOD)
    assert not may_replace(first, "finance_quarterly", VILLAGE, parse_period("2026Q2"))
    assert not may_replace(first, "dibao_roster", VILLAGE, Q3_PERIOD)
    assert not may_replace(first, "finance_quarterly", "640425100201", Q3_PERIOD)
    fire = event_period(day("2026-10-10"), "00000001")
    notice = commitment(period_key=fire.key, event_on=fire.start)
    other = event_period(day("2026-10-11"), "00000002")
    assert may_replace(notice, "finance_quarterly", VILLAGE, other)
    assert not may_replace(first, "finance_quarterly", VILLAGE, other)


def test_a_day_s_registrations_without_content_have_an_end() -> None:
    now = at("2026-10-15 12:00")
    made = [now - timedelta(minutes=n) for n in range(MOST_UNFINISHED)]
    assert wait_for_more(made[:-1], now) is None
    wait = wait_for_more(made, now)
    assert wait == A_DAY - timedelta(minutes=MOST_UNFINISHED - 1)
    assert wait_for_more(made, now + wait - SECOND) == SECOND
    assert wait_for_more(made, now + wait) is None


# ---------------------------------------------------------------- the schedule's hours


def test_hours_are_the_schedule_s_or_seventy_two() -> None:
    assert COMMITMENT_HOURS == 72
    assert parse_schedule(QUARTERLY).commitment_hours == 72
    assert schedule(commitment_hours=24).commitment_hours == 24


# ---------------------------------------------------------------- on time or late


@pytest.mark.parametrize(
    ("registered", "state", "days"),
    [
        ("2026-10-15 23:59:59", "on_time", None),
        ("2026-10-16 00:00:00", "late", 1),
        ("2026-10-18 23:59:59", "late", 3),
        ("2026-10-19 00:00:00", "late", 4),
    ],
)
def test_the_registration_decides_at_midnight(
    registered: str, state: str, days: int | None
) -> None:
    arrived = at(registered) + timedelta(hours=71)
    posted = approved(
        "2026-10-20 00:00",
        received_at=arrived,
        committed_at=at(registered),
        opens_at=arrived + timedelta(hours=47),
        decided_at=arrived + timedelta(hours=47),
    )
    cell = look(posted)
    assert (cell.state, cell.late_days, cell.judged_at) == (state, days, at(registered))


def test_the_grace_of_the_review_begins_when_there_is_something_to_review() -> None:
    rule = schedule(grace_hours=48)
    arrived = at("2026-10-18 20:00:00")
    posted = approved(
        "2026-10-18 20:00:00",
        committed_at=at(REGISTERED),
        opens_at=arrived + timedelta(hours=48),
    )
    assert judged_at(posted, rule) == at(REGISTERED)
    slow = replace(posted, opens_at=arrived + timedelta(hours=48) + SECOND)
    assert judged_at(slow, rule) == slow.opens_at


def test_a_wish_to_show_it_later_still_judges() -> None:
    planned = at("2026-10-20 08:00")
    posted = edition("2026-10-17 08:00", committed_at=at(REGISTERED), plan_at=planned)
    assert arrived_at(posted) == at(REGISTERED)
    assert offered_at(posted) == planned


# ---------------------------------------------------------------- findings


@pytest.mark.parametrize(
    ("moment", "state", "days", "found"),
    [
        ("2026-10-15 23:59:58", "due_soon", None, []),
        ("2026-10-15 23:59:59", "due_soon", None, ["committed"]),
        ("2026-10-16 00:00:00", "missing", 1, ["committed"]),
        ("2026-10-18 23:59:58", "missing", 3, ["committed"]),
        ("2026-10-18 23:59:59", "missing", 3, ["commitment_lapsed"]),
        ("2026-10-19 00:00:00", "missing", 4, ["commitment_lapsed"]),
    ],
)
def test_the_timetable_of_a_registration_without_content(
    moment: str, state: str, days: int | None, found: list[str]
) -> None:
    cell = judge(Q3, [], [], at(moment), calendar(), [commitment()])
    assert (cell.state, cell.late_days, kinds(cell)) == (state, days, found)


def test_what_the_findings_say() -> None:
    waiting = judge(Q3, [], [], at("2026-10-16 08:00"), calendar(), [commitment()])
    assert said(waiting, "committed") == (
        "2026年10月15日已登记，内容还没有送到；2026年10月18日 23:59 前送到的，按登记时间算",
        "Registered on 15 October 2026, waiting for its content; it counts from then if that comes before "  # noqa: ISC004
        "18 October 2026, 23:59",
    )
    twice = [commitment("2026-10-14 09:00"), commitment()]
    gone = judge(Q3, [], [], at("2026-10-20 00:00"), calendar(), twice)
    assert said(gone, "commitment_lapsed") == (
        "2026年10月15日登记过，内容没有在 72 小时内送到（共登记 2 次）",
        "Registered on 15 October 2026, content did not follow within 72 hours (registered 2 times)",
    )
    assert gone.findings[0].numbers == {"lapsed": 2, "hours": 72}


def test_content_after_the_end_leaves_the_finding_and_its_own_arrival_judges() -> None:
    late = approved("2026-10-20 08:00")
    registered = commitment(completed_at=late.received_at)
    cell = judge(
        Q3, [late], [at("2026-10-20 08:00")], at("2026-11-20 12:00"), calendar(), [registered]
    )
    assert (cell.state, cell.late_days) == ("late", 5)
    assert kinds(cell) == ["commitment_lapsed"]


def test_an_exempt_cell_stays_exempt() -> None:
    cell = judge(EXEMPT, [], [], at("2026-10-20 00:00"), calendar(), [commitment()])
    assert cell.state == "exempt"


# ---------------------------------------------------------------- whatever happens, in whatever order

moments = st.integers(0, 40 * 24 * 60).map(lambda m: at("2026-10-01 00:00") + timedelta(minutes=m))
spans = st.integers(0, 10 * 24 * 60).map(lambda m: timedelta(minutes=m))


@st.composite
def registrations(draw: st.DrawFn) -> Commitment:
    """A commitment as the house writes it: each end after its beginning."""
    received = draw(moments)
    ends = {
        name: received + draw(spans) if draw(st.booleans()) else None
        for name in ("completed_at", "replaced_at")
    }
    return replace(
        commitment(),
        id=f"posting-{draw(st.integers(0, 9))}",
        received_at=received,
        lapses_at=received + timedelta(hours=draw(st.sampled_from([24, 72, 720]))),
        **ends,
    )


@quick
@given(registrations(), moments, spans)
def test_an_end_is_for_good(made: Commitment, now: datetime, since: timedelta) -> None:
    before, after = state_at(made, now), state_at(made, now + since)
    if before in ("completed", "lapsed", "replaced"):
        assert after == before
    if before == "pending":
        assert now < made.lapses_at
        assert after is not None


@quick
@given(registrations(), moments)
def test_a_past_moment_knows_nothing_of_what_came_later(made: Commitment, now: datetime) -> None:
    then = replace(
        made,
        completed_at=made.completed_at if made.completed_at and made.completed_at <= now else None,
        replaced_at=made.replaced_at if made.replaced_at and made.replaced_at <= now else None,
    )
    assert state_at(then, now) == state_at(made, now)
    mine = judge(Q3, [], [], now, calendar(), [made])
    assert judge(Q3, [], [], now, calendar(), [then]) == mine


@quick
@given(st.lists(registrations(), max_size=5), moments)
def test_every_one_is_in_one_state_and_the_next_lapse_is_one_of_those_that_wait(
    made: list[Commitment], now: datetime
) -> None:
    waiting, gone = pending(made, now), lapsed(made, now)
    assert not {id(c) for c in waiting} & {id(c) for c in gone}
    turn = next_lapse(made, now)
    assert (turn is None) == (not waiting)
    if turn is not None:
        assert turn > now
        assert len(lapsed(made, turn)) > len(gone) or any(
            state_at(c, turn) in ("completed", "replaced") for c in waiting
        )
    found = kinds(judge(Q3, [], [], now, calendar(), made))
    assert found == ["committed"] * bool(waiting) + ["commitment_lapsed"] * bool(gone)


@quick
@given(registrations(), st.sampled_from([24, 72, 720]), spans)
def test_on_time_is_decided_by_the_registration_exactly_when_content_came_in_time(
    made: Commitment, hours: int, delay: timedelta
) -> None:
    made = replace(
        made,
        lapses_at=made.received_at + timedelta(hours=hours),
        completed_at=None,
        replaced_at=None,
    )
    arrived = made.received_at + delay
    counted = counted_from(made, Q3_PERIOD, HASH, arrived)
    posted = approved(
        REGISTERED,
        received_at=arrived,
        committed_at=counted,
        opens_at=arrived + timedelta(hours=1),
        decided_at=arrived + timedelta(hours=1),
    )
    owed = obligation()
    due = due_for(owed.schedule, Q3_PERIOD, calendar())
    in_time = delay < timedelta(hours=hours)
    judged = made.received_at if in_time else arrived
    cell = look(posted, at_="2027-02-01 00:00", owed=owed)
    assert cell.judged_at == judged
    assert (cell.state == "on_time") == (judged < due.due_before)
