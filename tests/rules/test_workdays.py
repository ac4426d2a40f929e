from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.workdays import BadNotice, WorkdayCalendar, YearNotice, parse_year_notice
from tests.rules.builders import SEEDS, calendar, day, quick

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
EVERY_DAY = [date(2015, 1, 1) + timedelta(days=i) for i in range(4383)]


def test_the_notices_are_those_of_2015_to_2026_and_all_official() -> None:
    assert EVERY_DAY[-1] == date(2026, 12, 31)
    assert sorted(calendar().notices) == list(range(2015, 2027))
    assert all(n.official for n in calendar().notices.values())


def test_every_day_of_twelve_years_agrees_with_chinesecalendar() -> None:
    library = pytest.importorskip("chinese_calendar")
    wrong = [d for d in EVERY_DAY if calendar().is_workday(d) != library.is_workday(d)]
    assert wrong == []


def test_every_day_of_twelve_years_agrees_with_holidays() -> None:
    library = pytest.importorskip("holidays")
    china = library.country_holidays("CN", years=range(2015, 2027))
    wrong = [d for d in EVERY_DAY if calendar().is_workday(d) != china.is_working_day(d)]
    assert wrong == []


@pytest.mark.parametrize(
    ("on", "works"),
    [
        ("2018-12-29", True),  # a Saturday that the notice for 2019 has worked
        ("2018-12-31", False),
        ("2020-01-31", False),  # the extended Spring Festival
        ("2020-02-01", False),  # was to be worked before it was extended
        ("2020-02-03", True),
        ("2015-09-03", False),
        ("2015-09-06", True),
        ("2024-02-09", True),  # New Year's Eve: leave was encouraged, not given
        ("2026-10-10", True),
        ("2026-10-07", False),
        ("2027-10-01", False),  # no notice yet: the fixed festivals
        ("2027-05-02", False),
        ("2027-02-08", True),  # the moon's are not computed
        ("2027-01-02", False),
    ],
)
def test_days_that_surprise(on: str, works: bool) -> None:
    assert calendar().is_workday(day(on)) is works


def test_the_seven_working_days_around_the_national_holiday() -> None:
    # Counted from Friday 25 September 2026: 28, 29, 30 September, then 8, 9, 10 (a Saturday), 12 October.
    assert calendar().add_workdays(day("2026-09-25"), 7).date == day("2026-10-12")
    assert calendar().add_days(day("2026-09-25"), 7, "calendar").date == day("2026-10-02")
    assert calendar().workdays_between(day("2026-09-25"), day("2026-10-12")) == 7


@pytest.mark.parametrize(
    ("start", "n", "end", "provisional"),
    [
        ("2026-12-18", 5, "2026-12-25", False),
        ("2026-12-24", 2, "2026-12-28", True),  # New Year 2027 may still move it
        ("2026-12-30", 5, "2027-01-07", True),
        ("2027-01-04", -3, "2026-12-29", True),
        ("2025-12-30", 5, "2026-01-07", False),
        ("2030-03-01", 1, "2030-03-04", True),
        ("2030-03-01", 0, "2030-03-01", False),
    ],
)
def test_provisional_is_what_a_notice_may_still_move(
    start: str, n: int, end: str, provisional: bool
) -> None:
    found = calendar().add_workdays(day(start), n)
    assert (found.date, found.provisional) == (day(end), provisional)


@quick
@given(days, st.integers(-60, 60))
def test_adding_then_counting_gives_back_the_number(start: date, n: int) -> None:
    end = calendar().add_workdays(start, n).date
    if n > 0:
        assert calendar().workdays_between(start, end) == n
        assert calendar().is_workday(end)
        assert calendar().workdays_between(start, end - timedelta(days=1)) == n - 1
    if n < 0:
        assert calendar().is_workday(end)
        assert calendar().workdays_between(end, start) == -n - 1 + calendar().is_workday(start)


@quick
@given(days, st.integers(0, 40), st.integers(0, 40))
def test_adding_in_two_steps_is_adding_once(start: date, a: int, b: int) -> None:
    half = calendar().add_workdays(start, a)
    whole, stepped = calendar().add_workdays(start, a + b), calendar().add_workdays(half.date, b)
    assert stepped.date == whole.date
    assert (half.provisional or stepped.provisional) == whole.provisional


@quick
@given(days, st.integers(1, 40))
def test_provisional_says_whether_any_day_on_the_way_is(start: date, n: int) -> None:
    found = calendar().add_workdays(start, n)
    way = (start + timedelta(days=i) for i in range(1, (found.date - start).days + 1))
    assert found.provisional == any(calendar().is_provisional(d) for d in way)


@quick
@given(days, days)
def test_counting_backwards_is_negative(a: date, b: date) -> None:
    assert calendar().workdays_between(a, b) == -calendar().workdays_between(b, a)


@quick
@given(st.dates(), st.sampled_from([-3, -1, 0, 1, 3, 10**9, -(10**9)]))
def test_no_day_of_any_century_raises(on: date, n: int) -> None:
    empty = WorkdayCalendar({})
    assert empty.is_workday(on) in (True, False)
    assert empty.is_provisional(on) is True
    assert empty.add_days(on, n, "calendar").date
    if abs(n) < 100:
        assert empty.add_workdays(on, n).date


def test_a_county_s_guess_counts_but_stays_provisional() -> None:
    guess = YearNotice(2027, False, "ours", frozenset({day("2027-02-08")}), frozenset())
    guessed = WorkdayCalendar({**calendar().notices, 2027: guess})
    assert not guessed.is_workday(day("2027-02-08"))
    assert guessed.is_provisional(day("2027-02-08"))
    assert guessed.is_provisional(day("2026-12-31"))


def test_the_next_year_s_notice_settles_december() -> None:
    notice = YearNotice(
        2027, True, "a test", frozenset({day("2026-12-31")}), frozenset({day("2026-12-26")})
    )
    settled = WorkdayCalendar({**calendar().notices, 2027: notice})
    assert not settled.is_provisional(day("2026-12-31"))
    assert not settled.is_workday(day("2026-12-31"))
    assert settled.is_workday(day("2026-12-26"))


GOOD = {"year": 2026, "official": True, "source": "x", "holidays": [], "makeup_workdays": []}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"year": "2026"}, "year"),
        ({"year": True}, "year"),
        ({"year": 26}, "year"),
        ({"official": "yes"}, "official"),
        ({"source": " "}, "source"),
        ({"holidays": None}, "holidays"),
        ({"holidays": ["2026-01-01", "2026-13-01"]}, r"holidays\[1\]"),
        ({"holidays": [20260101]}, r"holidays\[0\]"),
        ({"holidays": ["2024-01-01"]}, r"holidays\[0\]"),
        ({"makeup_workdays": ["2025-11-30"]}, r"makeup_workdays\[0\]"),
        ({"holidays": ["2026-01-01"], "makeup_workdays": ["2026-01-01"]}, "makeup_workdays"),
        ({"holiday": []}, "holiday"),
    ],
)
def test_a_wrong_notice_is_refused_by_field(change: dict[str, object], named: str) -> None:
    with pytest.raises(BadNotice, match=f"^{named}: "):
        parse_year_notice({**GOOD, **change})


def test_a_notice_is_an_object() -> None:
    assert parse_year_notice(GOOD).year == 2026
    for doc in (None, [], "2026"):
        with pytest.raises(BadNotice, match="object"):
            parse_year_notice(doc)


def test_shipped_files_are_named_by_their_year() -> None:
    for path in (SEEDS / "workdays").glob("*.json"):
        notice = parse_year_notice(json.loads(path.read_text()))
        assert path.stem == str(notice.year)
        assert all(d.weekday() >= 5 for d in notice.makeup_workdays)
