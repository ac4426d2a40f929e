"""Reminders fall on their days and on no others, and the night is quiet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from server.rules.deliveries import MOST_ATTEMPTS, next_try
from server.rules.documents import BadDocument
from server.rules.reminder_words import Late, to_a_group, what_is_left
from server.rules.reminders import (
    CATCH_UP,
    USUAL,
    ReminderRule,
    may_speak,
    reminder_now,
    reminders_of,
)
from server.rules.schedules import (
    Policy,
    common_day_for,
    next_common_day,
    parse_policy,
    reminder_rule_for,
)
from server.rules.windows import Due
from tests.rules.builders import VILLAGE, at, calendar

# The third quarter of 2026: open from the first of October, due on the 15th; the holidays lie between.
OPENS, DUE = date(2026, 10, 1), date(2026, 10, 15)
DAY = timedelta(days=1)


def days(opens_on: date, due_on: date) -> dict[str, date]:
    return {r.kind: r.day for r in reminders_of(USUAL, opens_on, due_on, calendar())}


def test_working_days_are_counted_around_weekends_and_make_up_days() -> None:
    # The first quarter of 2026: the Qingming holiday lies between.
    found = days(date(2026, 4, 1), date(2026, 4, 15))
    assert list(found) == ["before-7", "before-1", "due", "after-1", "red"]
    assert calendar().workdays_between(found["before-7"], date(2026, 4, 15)) == 7
    assert found["before-1"] == date(2026, 4, 14)


def test_a_reminder_waits_until_there_is_something_to_post_and_somebody_at_work() -> None:
    # Seven working days before 15 October is 30 September; the quarter is over on the first, in the holidays.
    assert days(OPENS, DUE) == {
        "before-7": date(2026, 10, 8),
        "before-1": date(2026, 10, 14),
        "due": DUE,
        "after-1": date(2026, 10, 16),
        "red": date(2026, 10, 25),
    }


def test_two_reminders_never_fall_on_one_day() -> None:
    assert list(days(date(2026, 10, 14), DUE)) == ["before-1", "due", "after-1", "red"]
    assert list(days(DUE, DUE)) == ["due", "after-1", "red"]


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 10, 7), None),
        (date(2026, 10, 10), "before-7"),
        (date(2026, 10, 13), None),
        (date(2026, 10, 14), "before-1"),
        (DUE, "due"),
        (DUE + DAY, "after-1"),
        (DUE + DAY + CATCH_UP, "after-1"),
        (DUE + 2 * DAY + CATCH_UP, None),
        (DUE + 10 * DAY, "red"),
        (DUE + 11 * DAY + CATCH_UP, None),
        (DUE + 400 * DAY, None),
    ],
)
def test_the_reminder_of_a_day(day: date, kind: str | None) -> None:
    found = reminder_now(USUAL, OPENS, DUE, calendar(), day)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("moment", "speaks"),
    [
        ("2026-10-14 07:59:59", False),
        ("2026-10-14 08:00:00", True),
        ("2026-10-14 20:59:59", True),
        ("2026-10-14 21:00:00", False),
        ("2026-10-15 00:00:00", False),
    ],
)
def test_the_night_is_quiet(moment: str, speaks: bool) -> None:
    assert may_speak(USUAL, at(moment)) is speaks


def policy(**parts: object) -> Policy:
    return parse_policy(
        {
            "id": "county",
            "division_prefix": VILLAGE[:6],
            "valid_from": "2026-01-01",
            "valid_to": None,
            "title": {"zh": "县", "en": "County"},
            "legal_basis": [],
            "overrides": {},
            **parts,
        }
    )


REMINDERS = {
    "working_days_before": [3],
    "on_the_day": False,
    "days_after": [1, 5],
    "red_after_days": 5,
    "quiet_from": "18:30",
    "quiet_until": "09:00",
}


def test_a_county_sets_its_own_days_and_hours() -> None:
    county = policy(reminders=REMINDERS, common_day=15)
    rule = reminder_rule_for([county], VILLAGE, DUE)
    assert [r.kind for r in reminders_of(rule, OPENS, DUE, calendar())] == [
        "before-3",
        "after-1",
        "red",  # on the day of another reminder: one message, the graver
    ]
    assert not may_speak(rule, at("2026-10-14 18:30:00"))
    assert reminder_rule_for([county], "500000000000", DUE) == ReminderRule()
    assert common_day_for([county], VILLAGE, DUE) == 15
    assert common_day_for([county], VILLAGE, date(2025, 12, 31)) is None


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"quiet_from": "24:00"}, "policy/reminders/quiet_from"),
        ({"quiet_from": "08:00"}, "policy/reminders/quiet_until"),
        ({"days_after": [0]}, "policy/reminders/days_after"),
        ({"working_days_before": [1, 2, 3, 4, 5, 6]}, "policy/reminders/working_days_before"),
        ({"often": True}, "policy/reminders/often"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, object], pointer: str) -> None:
    with pytest.raises(BadDocument) as found:
        policy(reminders={**REMINDERS, **change})
    assert found.value.pointer == pointer


def due(provisional: bool = False) -> Due:
    return Due(OPENS, DUE, at("2026-10-16 00:00:00"), provisional)


def test_the_sentence_names_the_day_and_both_counts() -> None:
    said = what_is_left(due(), calendar(), date(2026, 10, 10))
    assert said.zh == "2026年10月15日到期，还剩 5 天，其中工作日 4 天。"
    assert said.en == "Due on 15 October 2026: 5 days left, 4 of them working days."
    assert "24:00" in what_is_left(due(), calendar(), DUE).zh
    assert "已迟 1 天" in what_is_left(due(), calendar(), DUE + DAY).zh
    assert "暂定" in what_is_left(due(provisional=True), calendar(), DUE).zh


def test_a_long_list_of_villages_is_cut_and_says_so() -> None:
    text = to_a_group(
        "公示栏",
        "财务",
        [Late(f"村{n}") for n in range(30)],
        what_is_left(due(), calendar(), DUE),
        "zh",
    )
    assert text.startswith("【公示栏】财务")
    assert "村19等 30 个村" in text
    assert "村20" not in text
    again = to_a_group(
        "Board", "Accounts", [Late("甲"), Late("乙", 2)], what_is_left(due(), calendar(), DUE), "en"
    )
    assert again.endswith("Not published yet: 乙 (2 times in 400 days), 甲")


def test_attempts_come_at_growing_distances_and_end() -> None:
    now = at("2026-10-14 08:00:00")
    waits = []
    for attempt in range(1, MOST_ATTEMPTS):
        again = next_try(attempt, now)
        assert again is not None
        waits.append(again - now)
    assert waits == sorted(waits)
    assert waits[-1] <= timedelta(hours=1)
    assert next_try(MOST_ATTEMPTS, now) is None


@pytest.mark.parametrize(
    ("day_of_month", "today", "found"),
    [
        (15, date(2026, 10, 14), date(2026, 10, 15)),
        (15, date(2026, 10, 15), date(2026, 10, 15)),
        (15, date(2026, 10, 16), date(2026, 11, 15)),
        (31, date(2026, 11, 1), date(2026, 11, 30)),
        (31, date(2026, 1, 31), date(2026, 1, 31)),
        (10, date(2026, 12, 11), date(2027, 1, 10)),
    ],
)
def test_the_next_common_disclosure_day(day_of_month: int, today: date, found: date) -> None:
    assert next_common_day(day_of_month, today) == found
