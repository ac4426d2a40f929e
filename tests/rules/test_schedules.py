from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from server.rules.documents import BadDocument
from server.rules.schedules import (
    DayOfMonth,
    DaysAfter,
    FixedDate,
    parse_policy,
    parse_schedule,
    schedule_for,
)
from tests.rules.builders import (
    DIBAO,
    FINANCE,
    NOTICE,
    QUARTERLY,
    VILLAGE,
    Category,
    day,
    shipped_policies,
)

CHONGQING, SHANDONG = "500101100200", "370102100200"
AUTUMN = day("2026-09-30")


def test_the_three_due_rules_are_read() -> None:
    yearly = {**QUARTERLY, "cadence": "yearly"}
    fixed = {"kind": "fixed_date", "month": 3, "day": 31, "year_offset": 1}
    assert parse_schedule(QUARTERLY).due == DayOfMonth(1, 15)
    assert parse_schedule({**yearly, "due": fixed}).due == FixedDate(3, 31, 1)
    assert parse_schedule(NOTICE).due == DaysAfter(10, "working")
    assert parse_schedule(NOTICE).display.until == "fixed"
    assert parse_schedule(QUARTERLY).version == "1"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda d: d.pop("cadence"), "/cadence"),
        (lambda d: d.update(cadence="weekly"), "/cadence"),
        (lambda d: d.update(grace_hours=-1), "/grace_hours"),
        (lambda d: d.update(grace_hours=True), "/grace_hours"),
        (lambda d: d.update(commitment_hours=23), "/commitment_hours"),
        (lambda d: d.update(commitment_hours="72"), "/commitment_hours"),
        (lambda d: d.update(review_required="yes"), "/review_required"),
        (lambda d: d.update(source="here"), "/source"),
        (lambda d: d.update(board_foto_required=True), "/board_foto_required"),
        (lambda d: d.update(due=15), "/due"),
        (lambda d: d["due"].update(kind="someday"), "/due/kind"),
        (lambda d: d["due"].update(day=32), "/due/day"),
        (lambda d: d["due"].update(days=3), "/due/days"),
        (lambda d: d["display"].update(min_days=0), "/display/min_days"),
        (lambda d: d["display"].update(unit="weeks"), "/display/unit"),
        (lambda d: d["display"].pop("after"), "/display/after"),
        (lambda d: d["display"].update(until="fixed", min_days=None), "/display/min_days"),
    ],
)
def test_a_wrong_schedule_is_refused_at_its_pointer(
    change: Callable[[Any], object], pointer: str
) -> None:
    doc = deepcopy(QUARTERLY)
    change(doc)
    with pytest.raises(BadDocument) as refused:
        parse_schedule(doc)
    assert refused.value.pointer == f"schedule{pointer}"


def test_a_schedule_is_an_object() -> None:
    with pytest.raises(BadDocument, match="expected an object"):
        parse_schedule([QUARTERLY])


POLICY: dict[str, Any] = {
    "id": "test",
    "division_prefix": "64",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "title": {"zh": "测试", "en": "Test rule"},
    "legal_basis": [],
    "overrides": {"*": {"grace_hours": 1}},
}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"id": "Not A Name"}, "/id"),
        ({"division_prefix": "640"}, "/division_prefix"),
        ({"division_prefix": "6a"}, "/division_prefix"),
        ({"valid_from": "soon"}, "/valid_from"),
        ({"valid_from": None}, "/valid_from"),
        ({"valid_to": "2025-12-31"}, "/valid_to"),
        ({"title": "x"}, "/title"),
        ({"legal_basis": {}}, "/legal_basis"),
        ({"legal_basis": [{"title": {"zh": "", "en": ""}}]}, "/legal_basis/0/effective_from"),
        ({"overrides": {"cadence:weekly": {}}}, "/overrides/cadence:weekly"),
        ({"overrides": {"*": {"reply": 3}}}, "/overrides/*/reply"),
        ({"overrides": {"*": {"in_use": "yes"}}}, "/overrides/*/in_use"),
        ({"overrides": {"*": {"due": {"kind": "days_after", "days": 1}}}}, "/overrides/*/due/unit"),
        ({"reply": {"days": 0, "unit": "calendar"}}, "/reply/days"),
        ({"surprise": 1}, "/surprise"),
    ],
)
def test_a_wrong_policy_is_refused_at_its_pointer(change: dict[str, Any], pointer: str) -> None:
    with pytest.raises(BadDocument) as refused:
        parse_policy({**POLICY, **change})
    assert refused.value.pointer == f"policy{pointer}"


def test_a_policy_holds_below_its_prefix_between_its_days() -> None:
    policy = parse_policy(POLICY)
    assert policy.holds(VILLAGE, day("2026-01-01"))
    assert policy.holds(VILLAGE, day("2026-12-31"))
    assert not policy.holds(VILLAGE, day("2025-12-31"))
    assert not policy.holds(VILLAGE, day("2027-01-01"))
    assert not policy.holds(CHONGQING, day("2026-06-01"))


def made(selectors: dict[str, Any], **changes: Any) -> Any:
    return parse_policy({**POLICY, "overrides": selectors, **changes})


def test_longer_prefixes_win_and_display_is_merged_key_by_key() -> None:
    county = made({"*": {"display": {"min_days": 12}}}, id="county", division_prefix="640425")
    province = made({"finance_quarterly": {"display": {"min_days": 3, "unit": "working"}}})
    found = schedule_for(FINANCE, [county, province], VILLAGE, AUTUMN)
    assert (found.display.min_days, found.display.unit) == (12, "working")
    assert found.display.after == "archived"
    assert found.policy_id == "county"
    assert found.version == "1+test@2026-01-01+county@2026-01-01"


def test_within_a_policy_the_category_wins_over_the_cadence_and_it_over_all() -> None:
    policy = made(
        {
            "*": {"grace_hours": 1, "review_required": False, "board_photo_required": False},
            "cadence:quarterly": {"grace_hours": 2, "review_required": True},
            "finance_quarterly": {"grace_hours": 3},
        }
    )
    found = schedule_for(FINANCE, [policy], VILLAGE, AUTUMN)
    assert (found.grace_hours, found.review_required, found.board_photo_required) == (
        3,
        True,
        False,
    )
    assert found.source == policy.title


def test_a_policy_that_says_nothing_about_a_category_leaves_no_mark() -> None:
    found = schedule_for(FINANCE, [made({"other": {"grace_hours": 1}})], VILLAGE, AUTUMN)
    assert found == parse_schedule(QUARTERLY)


def test_the_rule_in_force_is_the_one_of_the_day_asked_about() -> None:
    policy = made({"*": {"grace_hours": 1}}, valid_from="2026-07-01", valid_to="2026-09-30")
    hours = [
        schedule_for(FINANCE, [policy], VILLAGE, day(on)).grace_hours
        for on in ("2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01")
    ]
    assert hours == [48, 1, 1, 48]


def test_chongqing() -> None:
    finance = schedule_for(FINANCE, shipped_policies(), CHONGQING, AUTUMN)
    assert (finance.cadence, finance.due) == ("quarterly", DayOfMonth(1, 15))
    assert (finance.display.min_days, finance.display.unit) == (10, "calendar")
    assert finance.policy_id == "chongqing-2013"
    tender = schedule_for(Category("contracts", NOTICE), shipped_policies(), CHONGQING, AUTUMN)
    assert tender.due == DaysAfter(10, "calendar")
    assert (tender.display.min_days, tender.display.unit) == (10, "calendar")
    # Relief notices follow the relief regulations: seven days, not ten.
    relief = schedule_for(DIBAO, shipped_policies(), CHONGQING, AUTUMN)
    assert (relief.display.min_days, relief.display.unit) == (7, "calendar")
    before = schedule_for(FINANCE, shipped_policies(), CHONGQING, day("2013-10-31"))
    assert before.policy_id is None


def test_shandong() -> None:
    finance = schedule_for(FINANCE, shipped_policies(), SHANDONG, AUTUMN)
    assert finance.cadence == "monthly"
    assert finance.due == DayOfMonth(1, 15)
    assert finance.display.min_days == 5
    assert schedule_for(DIBAO, shipped_policies(), SHANDONG, AUTUMN).display.min_days == 7


def test_everywhere_else_the_category_s_own_numbers_hold() -> None:
    assert schedule_for(FINANCE, shipped_policies(), VILLAGE, AUTUMN) == parse_schedule(QUARTERLY)


def test_shipped_policies_cite_their_law_and_say_what_nobody_read() -> None:
    by_id = {p.id: p for p in shipped_policies()}
    assert sorted(by_id) == ["chongqing-2013", "national", "shandong-2018"]
    assert [by_id[i].reply for i in sorted(by_id)] == [
        DaysAfter(3, "calendar"),
        None,
        DaysAfter(5, "calendar"),
    ]
    assert all(p.legal_basis for p in by_id.values())
    in_2026 = [b for b in by_id["national"].legal_basis if b.effective_from == date(2026, 1, 1)]
    assert [b.verified for b in in_2026] == [False]
    assert in_2026[0].note is not None
    assert "inferred" in in_2026[0].note.en
