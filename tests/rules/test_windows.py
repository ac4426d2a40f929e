from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.disclosures import Edition
from server.rules.periods import parse_period
from server.rules.windows import (
    Visibility,
    days_displayed,
    display_span,
    due_for,
    is_public,
    next_change,
    visibility,
)
from server.rules.workdays import WorkdayCalendar
from tests.rules.builders import (
    NOTICE,
    QUARTERLY,
    approved,
    at,
    calendar,
    day,
    edition,
    quick,
    schedule,
    withdrawn,
)

SECOND = timedelta(seconds=1)
YEARLY = {**QUARTERLY, "cadence": "yearly"}
FORTY_DAYS = {"kind": "days_after", "days": 40, "unit": "calendar"}


@pytest.mark.parametrize(
    ("doc", "due", "period", "opens_on", "due_on"),
    [
        (QUARTERLY, None, "2026Q3", "2026-10-01", "2026-10-15"),
        (QUARTERLY, None, "2026Q4", "2027-01-01", "2027-01-15"),
        (QUARTERLY, {"month_offset": 0, "day": 31}, "2026Q3", "2026-10-01", "2026-09-30"),
        (QUARTERLY, {"month_offset": 2, "day": 31}, "2026Q4", "2027-01-01", "2027-02-28"),
        (QUARTERLY, {"month_offset": 1, "day": 8}, "2026-09", "2026-10-01", "2026-10-08"),
        (
            YEARLY,
            {"kind": "fixed_date", "month": 2, "day": 8, "year_offset": 1},
            "2026",
            "2027-01-01",
            "2027-02-08",
        ),
        (
            YEARLY,
            {"kind": "fixed_date", "month": 2, "day": 29, "year_offset": 1},
            "2026",
            "2027-01-01",
            "2027-02-28",
        ),
        (YEARLY, FORTY_DAYS, "2026", "2027-01-01", "2027-02-09"),
        (NOTICE, None, "E2026-09-25-00000000", "2026-09-25", "2026-10-15"),
        (NOTICE, {"days": 0}, "E2026-09-25-00000000", "2026-09-25", "2026-09-25"),
        (NOTICE, {"unit": "calendar"}, "E2026-09-25-00000000", "2026-09-25", "2026-10-05"),
    ],
)
def test_due_days(doc: dict[str, Any], due: Any, period: str, opens_on: str, due_on: str) -> None:
    base = {} if due and "kind" in due else doc["due"]
    rule = schedule(doc, due={**base, **(due or {})})
    found = due_for(rule, parse_period(period), calendar())
    assert (found.opens_on, found.due_on) == (day(opens_on), day(due_on))
    assert found.due_before == at(due_on + " 00:00") + timedelta(days=1)
    assert not found.provisional


def test_the_due_day_ends_at_midnight_in_the_village() -> None:
    due = due_for(schedule(), parse_period("2026Q3"), calendar())
    assert at("2026-10-15 23:59:59") < due.due_before
    assert due.due_before == at("2026-10-16 00:00:00")


def test_a_due_day_counted_into_a_year_without_notice_is_provisional() -> None:
    rule = schedule(NOTICE)
    assert due_for(rule, parse_period("E2026-12-24-00000000"), calendar()).provisional
    assert not due_for(rule, parse_period("E2026-12-09-00000000"), calendar()).provisional
    assert not due_for(schedule(), parse_period("2027Q1"), calendar()).provisional


def test_a_standing_item_is_due_on_no_day_that_comes() -> None:
    due = due_for(schedule(), parse_period("L"), calendar())
    assert due.due_on.year > 9000
    assert not due.provisional


@pytest.mark.parametrize(
    ("days", "unit", "first_counts", "last_day"),
    [
        (7, "calendar", False, "2026-10-05"),
        (7, "calendar", True, "2026-10-04"),
        (7, "working", False, "2026-10-13"),
        (7, "working", True, "2026-10-12"),
        (1, "calendar", True, "2026-09-28"),
    ],
)
def test_seven_days_are_four_different_rules(
    days: int, unit: str, first_counts: bool, last_day: str
) -> None:
    # 1 to 7 October 2026 are off, Saturday the 10th is worked.
    counting = {"min_days": days, "unit": unit, "counts_first_day": first_counts}
    span = display_span(schedule(display=counting).display, at("2026-09-28 15:00"), calendar())
    assert span is not None
    assert (span.first_day, span.last_day) == (day("2026-09-28"), day(last_day))
    assert span.until == at(f"{last_day} 00:00") + timedelta(days=1)


def test_a_first_day_that_is_no_working_day_is_not_counted_as_one() -> None:
    spans = [
        display_span(
            schedule(display={"unit": "working", "counts_first_day": first}).display,
            at("2026-10-01 09:00"),
            calendar(),
        )
        for first in (True, False)
    ]
    assert spans[0] == spans[1]


def test_a_display_without_minimum_has_no_span() -> None:
    display = schedule(display={"min_days": None}).display
    assert display_span(display, at("2026-10-10 08:00"), calendar()) is None


def test_days_displayed_count_whole_days() -> None:
    display = schedule().display
    opened = at("2026-10-10 09:00")
    for down, days in [
        ("2026-10-10 18:00", 0),
        ("2026-10-11 23:59:59", 0),
        ("2026-10-12 00:00:00", 1),
        ("2026-10-15 08:00", 4),
        ("2026-10-20 23:59:59", 9),
        ("2026-10-21 00:00:00", 10),
    ]:
        assert days_displayed(display, opened, at(down), calendar()) == days


displays = st.builds(
    lambda n, unit, first: (
        schedule(display={"min_days": n, "unit": unit, "counts_first_day": first}).display
    ),
    st.integers(1, 30),
    st.sampled_from(["calendar", "working"]),
    st.booleans(),
)
moments = st.integers(0, 330 * 86_400).map(lambda s: at("2026-01-01 00:00") + timedelta(seconds=s))


@given(displays, moments)
def test_what_stays_until_the_span_ends_was_displayed_long_enough(
    display: Any, opened: datetime
) -> None:
    span = display_span(display, opened, calendar())
    assert span is not None
    assert days_displayed(display, opened, span.until, calendar()) == display.min_days
    early = days_displayed(display, opened, span.until - SECOND, calendar())
    assert early == display.min_days - 1


DISPLAY = schedule().display
HIDING = schedule(display={"after": "hidden"}).display
OPENS, ENDS = "2026-10-15 08:00:00", "2026-10-26 00:00:00"
H, O, A, W = Visibility.HIDDEN, Visibility.OPEN, Visibility.ARCHIVED, Visibility.WITHDRAWN  # noqa: E741
RETAINING = schedule(display={"retention": {"days": 40}}).display


@pytest.mark.parametrize(
    ("shown", "moment", "archiving", "hiding"),
    [
        (approved("2026-10-14 09:00", OPENS), "2026-10-15 07:59:59", H, H),
        (approved("2026-10-14 09:00", OPENS), "2026-10-15 08:00:00", O, O),
        (approved("2026-10-14 09:00", OPENS), "2030-01-01 00:00:00", O, O),
        (approved("2026-10-14 09:00", OPENS, comes_down_at=at(ENDS)), "2026-10-25 23:59:59", O, O),
        (approved("2026-10-14 09:00", OPENS, comes_down_at=at(ENDS)), "2026-10-26 00:00:00", A, H),
        (approved("2026-10-14 09:00", OPENS, superseded_at=at(ENDS)), "2026-10-25 23:59:59", O, O),
        (approved("2026-10-14 09:00", OPENS, superseded_at=at(ENDS)), "2026-10-26 00:00:00", A, H),
        (withdrawn("2026-10-14 09:00", ENDS, opens=OPENS), "2026-10-15 07:59:59", H, H),
        (withdrawn("2026-10-14 09:00", ENDS, opens=OPENS), "2026-10-25 23:59:59", O, O),
        (withdrawn("2026-10-14 09:00", ENDS, opens=OPENS), "2026-10-26 00:00:00", W, W),
        # Withdrawn before it opened: never there, and no tombstone either.
        (
            withdrawn("2026-10-14 09:00", "2026-10-15 07:00", opens=OPENS),
            "2026-10-16 00:00:00",
            H,
            H,
        ),
        (edition("2026-10-14 09:00"), "2026-10-16 00:00:00", H, H),
        (edition("2026-10-14 09:00", state="returned"), "2026-10-16 00:00:00", H, H),
        (edition("2026-10-14 09:00", opens_at=at(OPENS)), "2026-10-16 00:00:00", H, H),
    ],
)
def test_visibility_to_the_second(
    shown: Edition, moment: str, archiving: Visibility, hiding: Visibility
) -> None:
    assert visibility(shown, DISPLAY, at(moment)) is archiving
    assert visibility(shown, HIDING, at(moment)) is hiding


def test_content_is_public_while_open_and_in_the_archive_only() -> None:
    assert [is_public(v) for v in (H, O, A, W)] == [False, True, True, False]


maybe = st.none() | moments
editions = st.builds(
    lambda received, opens, down, over, gone, state: edition(
        "2026-01-01 00:00",
        received_at=received,
        state=state,
        number=1,
        opens_at=opens,
        comes_down_at=down,
        superseded_at=over,
        withdrawn_at=gone if state == "withdrawn" else None,
    ),
    moments,
    maybe,
    maybe,
    maybe,
    moments,
    st.sampled_from(["approved", "approved", "withdrawn", "in_review", "returned"]),
)
ORDER = {H: 0, O: 1, A: 2, W: 3, Visibility.EXPIRED: 4}


@quick
@given(editions, st.lists(moments, min_size=2, max_size=6))
def test_visibility_never_goes_back(shown: Edition, at_moments: list[datetime]) -> None:
    seen = [visibility(shown, DISPLAY, t) for t in sorted(at_moments)]
    places = [ORDER[v] for v in seen]
    assert places == sorted(places)
    kept = [ORDER[visibility(shown, RETAINING, t)] for t in sorted(at_moments)]
    assert kept == sorted(kept)
    hiding = [visibility(shown, HIDING, t) for t in sorted(at_moments)]
    assert [v for v in hiding if v is O] == [v for v in seen if v is O]


@given(editions, moments)
def test_nothing_is_seen_before_it_opens(shown: Edition, now: datetime) -> None:
    if shown.opens_at is None or now < shown.opens_at:
        assert visibility(shown, DISPLAY, now) is H
    if visibility(shown, DISPLAY, now) is O:
        ends = (shown.comes_down_at, shown.superseded_at, shown.withdrawn_at)
        assert all(end is None or now < end for end in ends)


@quick
@given(st.lists(editions, max_size=4), moments, st.sampled_from([DISPLAY, HIDING, RETAINING]))
def test_next_change_is_the_next_moment_anything_changes(
    shown: list[Edition], now: datetime, display: Any
) -> None:
    coming = next_change(shown, display, now)
    look = [visibility(e, display, now) for e in shown]
    if coming is None:
        late = now + timedelta(days=3650)
        assert [visibility(e, display, late) for e in shown] == look
        return
    assert coming > now
    just_before = max(now, coming - timedelta(microseconds=1))
    assert [visibility(e, display, just_before) for e in shown] == look
    assert [visibility(e, display, coming) for e in shown] != look


def test_an_empty_calendar_answers_too() -> None:
    due = due_for(schedule(NOTICE), parse_period("E2026-09-25-00000000"), WorkdayCalendar({}))
    assert due.provisional
