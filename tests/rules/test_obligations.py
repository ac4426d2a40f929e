from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.rules.exemptions import Exemption
from server.rules.obligations import Obligation, Occurrence, VillageLife, owed
from server.rules.schedules import parse_policy
from tests.rules.builders import (
    DIBAO,
    FINANCE,
    NOTICE,
    QUARTERLY,
    VILLAGE,
    Category,
    at,
    calendar,
    day,
    quick,
    shipped_policies,
)

NOW = at("2026-11-23 12:00")
HERE = VillageLife(VILLAGE, "示范村", "640425100000", None, None)
CATEGORIES = {c.key: c for c in (FINANCE, DIBAO)}


def ask(
    *villages: VillageLife,
    first: str = "2026-01-01",
    last: str = "2026-12-31",
    categories: Any = CATEGORIES,
    policies: Any = (),
    exemptions: Any = (),
    occurrences: Any = (),
    as_of: datetime = NOW,
) -> list[Obligation]:
    return owed(
        villages or (HERE,),
        categories,
        list(policies) or list(shipped_policies()),
        calendar(),
        day(first),
        day(last),
        exemptions,
        occurrences,
        as_of,
    )


def keys(obligations: list[Obligation]) -> list[str]:
    return [o.period.key for o in obligations]


def test_a_year_owes_four_quarters_in_order() -> None:
    found = ask()
    assert keys(found) == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
    assert [o.due.due_on for o in found][2] == day("2026-10-15")
    assert {o.division for o in found} == {VILLAGE}


def test_a_span_contains_a_period_by_its_last_day() -> None:
    assert keys(ask(first="2026-09-30", last="2026-09-30")) == ["2026Q3"]
    assert keys(ask(first="2026-10-01", last="2026-12-30")) == []


def test_a_village_owes_nothing_before_it_existed_or_after() -> None:
    merged = VillageLife("640425100201", "旧村", "640425100000", None, day("2026-06-30"))
    founded = VillageLife("640425100202", "新村", "640425100000", day("2026-07-01"), None)
    found = ask(merged, founded)
    assert [(o.division, o.period.key) for o in found] == [
        ("640425100201", "2026Q1"),
        ("640425100201", "2026Q2"),
        ("640425100202", "2026Q3"),
        ("640425100202", "2026Q4"),
    ]
    closed_a_day_early = replace(merged, valid_to=day("2026-06-29"))
    assert keys(ask(closed_a_day_early)) == ["2026Q1"]


def test_shandong_owes_its_accounts_every_month() -> None:
    there = VillageLife("370102100200", "山东村", "370102100000", None, None)
    assert keys(ask(there, first="2026-01-01", last="2026-03-31")) == [
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    assert keys(ask(there, HERE, first="2026-01-01", last="2026-03-31"))[-1] == "2026Q1"


def test_a_policy_that_begins_in_the_middle_changes_what_is_owed_from_then_on() -> None:
    monthly = parse_policy(
        {
            "id": "monthly-from-july",
            "division_prefix": "640425",
            "valid_from": "2026-07-01",
            "valid_to": None,
            "title": {"zh": "每月", "en": "Monthly"},
            "legal_basis": [],
            "overrides": {"finance_quarterly": {"cadence": "monthly"}},
        }
    )
    found = ask(policies=[monthly])
    assert keys(found) == ["2026Q1", "2026Q2"] + [f"2026-{m:02d}" for m in range(7, 13)]
    assert {o.schedule.policy_id for o in found} == {None, "monthly-from-july"}


def occurrence(on: str, recorded: str = "2026-09-01 09:00", **changes: Any) -> Occurrence:
    plain = Occurrence(
        "019a0000-0000-7000-8000-00000f3a9c1b",
        VILLAGE,
        "dibao_preliminary",
        "张三户初审",
        day(on),
        at(recorded),
    )
    return replace(plain, **changes)


def test_an_event_is_owed_from_its_day() -> None:
    found = ask(first="2026-09-01", last="2026-09-29", occurrences=[occurrence("2026-09-01")])
    assert keys(found) == ["E2026-09-01-0f3a9c1b"]
    assert found[0].due.opens_on == day("2026-09-01")
    assert found[0].due.due_on == day("2026-09-15")
    assert found[0].occurrence_id == "019a0000-0000-7000-8000-00000f3a9c1b"


def test_events_elsewhere_unknown_or_outside_the_span_are_not_owed() -> None:
    for other in (
        occurrence("2026-08-31"),
        occurrence("2026-09-01", division="640425100299"),
        occurrence("2026-09-01", category="unheard_of"),
        occurrence("2026-09-01", recorded="2026-11-23 12:00:01"),
    ):
        assert ask(first="2026-09-01", last="2026-09-29", occurrences=[other]) == []
    before = replace(HERE, valid_from=day("2026-09-02"))
    assert (
        ask(before, first="2026-09-01", last="2026-09-29", occurrences=[occurrence("2026-09-01")])
        == []
    )


def test_a_standing_item_is_owed_when_an_occurrence_says_it_changed() -> None:
    doc = {**NOTICE, "cadence": "long_term"}
    standing = {"rules": Category("rules", doc)}
    changed = occurrence("2026-09-01", category="rules")
    assert ask(categories=standing) == []
    assert len(ask(categories=standing, occurrences=[changed])) == 1


def test_what_a_county_puts_to_use_on_a_day_is_owed_from_the_period_that_ends_then() -> None:
    unused = {
        "finance_quarterly": Category("finance_quarterly", {**QUARTERLY, "in_use": False}),
        "dibao_preliminary": Category("dibao_preliminary", {**NOTICE, "in_use": False}),
    }
    happened = [occurrence("2026-09-01"), occurrence("2026-06-29", recorded="2026-07-01 09:00")]
    assert ask(categories=unused, occurrences=happened) == []
    used = parse_policy(
        {
            "id": "from-the-summer-on",
            "division_prefix": "640425",
            "valid_from": "2026-06-30",
            "valid_to": None,
            "title": {"zh": "启用", "en": "Put to use"},
            "legal_basis": [],
            "overrides": {"*": {"in_use": True}},
        }
    )
    found = ask(categories=unused, policies=[used], occurrences=happened)
    assert keys(found) == ["2026Q2", "E2026-09-01-0f3a9c1b", "2026Q3", "2026Q4"]
    assert {o.schedule.source.zh for o in found} == {
        QUARTERLY["source"]["zh"],
        NOTICE["source"]["zh"],
    }


def exemption(**changes: Any) -> Exemption:
    plain = Exemption(
        id="exemption",
        division=VILLAGE,
        category="finance_quarterly",
        period_key="2026Q3",
        reason="洪灾",
        asked_at=at("2026-01-04 09:00"),
        state="approved",
        decided_at=at("2026-01-05 09:00"),
    )
    return replace(plain, **changes)


def exempt(*given_exemptions: Exemption, as_of: datetime = NOW) -> list[str]:
    found = ask(exemptions=given_exemptions, as_of=as_of)
    assert keys(found) == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
    return [o.period.key for o in found if o.exempt]


def test_an_exemption_lifts_its_period_and_stays_listed() -> None:
    assert exempt(exemption()) == ["2026Q3"]
    assert exempt(exemption(division="640425100000")) == ["2026Q3"]
    assert exempt(exemption(division="640425100201")) == []
    assert exempt(exemption(category="dibao_preliminary")) == []


def test_an_exemption_without_a_period_lifts_those_that_end_between_its_days() -> None:
    span = exemption(period_key=None, valid_from=day("2026-06-30"), valid_to=day("2026-09-30"))
    assert exempt(span) == ["2026Q2", "2026Q3"]
    assert exempt(replace(span, valid_from=day("2026-07-01"))) == ["2026Q3"]
    assert exempt(replace(span, valid_to=None)) == ["2026Q2", "2026Q3", "2026Q4"]


def test_an_exemption_is_unknown_before_it_was_decided() -> None:
    assert exempt(exemption(), as_of=at("2026-01-05 08:59:59")) == []
    assert exempt(exemption(), as_of=at("2026-01-05 09:00:00")) == ["2026Q3"]
    assert exempt(exemption(state="asked", decided_at=None)) == []
    assert exempt(exemption(state="refused")) == []


some_days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
lives = st.builds(
    lambda a, b: VillageLife(VILLAGE, "村", "640425100000", a, b),
    st.none() | some_days,
    st.none() | some_days,
)
BOTH = {
    "finance_quarterly": FINANCE,
    "yearly": Category("yearly", {**QUARTERLY, "cadence": "yearly"}),
}


@quick
@given(lives, some_days, some_days)
def test_what_is_owed_lies_in_the_span_and_in_the_village_s_life(
    village: VillageLife, first: date, last: date
) -> None:
    found = ask(village, first=str(first), last=str(last), categories=BOTH)
    always = ask(first=str(first), last=str(last), categories=BOTH)
    assert keys(found) == [o.period.key for o in always if village.alive_on(o.period.end)]
    assert all(first <= o.period.end <= last for o in always)


@quick
@given(some_days, st.integers(0, 300), st.integers(0, 300))
def test_two_spans_owe_what_one_does(first: date, a: int, b: int) -> None:
    middle, last = first + timedelta(days=a), first + timedelta(days=a + b + 1)
    left = ask(first=str(first), last=str(middle))
    right = ask(first=str(middle + timedelta(days=1)), last=str(last))
    assert keys(left) + keys(right) == keys(ask(first=str(first), last=str(last)))


@quick
@given(st.lists(st.sampled_from(["2026Q1", "2026Q2", "2026Q3", None]), max_size=3), some_days)
def test_exemptions_never_change_what_is_listed(lifted: list[str | None], until: date) -> None:
    given_ones = [exemption(period_key=k, valid_to=None if k else until) for k in lifted]
    found = ask(exemptions=given_ones)
    assert [replace(o, exempt=None) for o in found] == ask()
