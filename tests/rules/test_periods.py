from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.periods import (
    BadPeriod,
    Cadence,
    Period,
    day_start,
    event_period,
    label,
    local_date,
    parse_period,
    period_containing,
    periods_ended_between,
)
from tests.rules.builders import at, day, quick

calendar_cadences: st.SearchStrategy[Cadence] = st.sampled_from(
    ["monthly", "quarterly", "half_yearly", "yearly"]
)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("key", "start", "end", "zh", "en"),
    [
        ("2026-09", "2026-09-01", "2026-09-30", "2026年9月", "September 2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月", "February 2024"),
        ("2026Q3", "2026-07-01", "2026-09-30", "2026年第三季度", "Third quarter 2026"),
        ("2026Q4", "2026-10-01", "2026-12-31", "2026年第四季度", "Fourth quarter 2026"),
        ("2026H1", "2026-01-01", "2026-06-30", "2026年上半年", "First half of 2026"),
        ("2026H2", "2026-07-01", "2026-12-31", "2026年下半年", "Second half of 2026"),
        ("2026", "2026-01-01", "2026-12-31", "2026年度", "Year 2026"),
        ("E2026-10-14-0f3a9c1b", "2026-10-14", "2026-10-14", "2026年10月14日", "14 October 2026"),
    ],
)
def test_keys_and_what_people_call_them(key: str, start: str, end: str, zh: str, en: str) -> None:
    period = parse_period(key)
    assert (period.key, period.start, period.end) == (key, day(start), day(end))
    assert (label(period).zh, label(period).en) == (zh, en)


def test_a_standing_item_has_no_end_that_anybody_meets() -> None:
    standing = parse_period("L")
    assert standing.cadence == "long_term"
    assert standing.start <= date(2026, 1, 1) < date(9000, 1, 1) < standing.end
    assert standing.previous() is None
    assert period_containing("long_term", date(2026, 1, 1)) == standing
    assert label(standing).en == "Standing item"


@pytest.mark.parametrize(
    "key",
    [
        *("", "2026-13", "2026-00", "2026Q5", "2026Q0", "2026H3", "26Q1", "2026q1", " 2026"),
        *("2026\n", "E2026-02-30-00000000", "E2026-10-14", "E2026-10-14-XYZ", "l", "0000", "9999"),
        "２０２６",
    ],
)
def test_other_texts_are_no_periods(key: str) -> None:
    with pytest.raises(BadPeriod) as refused:
        parse_period(key)
    assert refused.value.text.zh
    assert refused.value.text.en


@quick
@given(calendar_cadences, days)
def test_a_day_lies_in_its_period_and_the_key_leads_back(cadence: Cadence, on: date) -> None:
    period = period_containing(cadence, on)
    assert period.start <= on <= period.end
    assert parse_period(period.key) == period


@quick
@given(calendar_cadences, days)
def test_periods_follow_without_gap(cadence: Cadence, on: date) -> None:
    period = period_containing(cadence, on)
    before = period.previous()
    assert before is not None
    assert before.end + timedelta(days=1) == period.start
    year_ago = period.same_last_year()
    assert year_ago is not None
    assert (year_ago.start.year, year_ago.start.month) == (
        period.start.year - 1,
        period.start.month,
    )


@quick
@given(calendar_cadences, days, st.integers(-10, 900))
def test_periods_ended_between_are_exactly_those(cadence: Cadence, first: date, n: int) -> None:
    last = first + timedelta(days=n)
    found = periods_ended_between(cadence, first, last)
    every_day = (first + timedelta(days=i) for i in range(max(0, n + 1)))
    assert found == [p for d in every_day if (p := period_containing(cadence, d)).end == d]


def test_an_event_is_its_day_and_the_random_end_of_its_id() -> None:
    period = event_period(day("2026-10-14"), "019a0000-0000-7000-8000-00000f3a9c1b")
    assert period == parse_period("E2026-10-14-0f3a9c1b")
    assert period.previous() is None
    assert period.same_last_year() is None
    assert periods_ended_between("event", day("2026-01-01"), day("2026-12-31")) == []
    with pytest.raises(BadPeriod):
        period_containing("event", day("2026-10-14"))


def test_a_day_begins_at_local_midnight() -> None:
    assert day_start(day("2026-10-16")) == datetime(2026, 10, 15, 16, tzinfo=UTC)
    assert local_date(at("2026-10-15 23:59:59")) == day("2026-10-15")
    assert local_date(at("2026-10-16 00:00:00")) == day("2026-10-16")
    assert local_date(datetime(2026, 10, 15, 16, tzinfo=UTC)) == day("2026-10-16")
    with pytest.raises(ValueError, match="aware"):
        local_date(datetime(2026, 10, 15))  # noqa: DTZ001


@quick
@given(days)
def test_a_day_lasts_from_its_start_to_the_next(on: date) -> None:
    start, tomorrow = day_start(on), day_start(on + timedelta(days=1))
    assert local_date(start) == local_date(tomorrow - timedelta(microseconds=1)) == on
    assert local_date(tomorrow) > on


def test_the_fixed_offset_is_the_zone_since_1992() -> None:
    zoneinfo = pytest.importorskip("zoneinfo")
    zone = zoneinfo.ZoneInfo("Asia/Shanghai")
    for year in range(1992, 2060):
        for month in range(1, 13):
            noon = datetime(year, month, 15, 12, tzinfo=zone)
            assert day_start(noon.date()) == datetime(year, month, 15, tzinfo=zone)


def test_periods_compare_by_what_they_are() -> None:
    assert parse_period("2026Q3") == Period(
        "quarterly", "2026Q3", day("2026-07-01"), day("2026-09-30")
    )
