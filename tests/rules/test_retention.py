"""Retention: how long a notice may be read after its display, to the second; what is over does not come back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.rules.documents import BadDocument
from server.rules.due_rules import Retention
from server.rules.periods import day_start
from server.rules.rule_words import display_words, policy_words
from server.rules.schedules import Policy, parse_policy, schedule_for
from server.rules.windows import (
    Visibility,
    expires_at,
    hides_at,
    is_public,
    is_told,
    next_change,
    readable_through,
    visibility,
)
from tests.rules.builders import FINANCE, NOTICE, at, edition, quick, schedule

SECOND = timedelta(seconds=1)
MONTHS = schedule(display={"retention": {"months": 6}}).display
E = Visibility.EXPIRED


@pytest.mark.parametrize(
    ("count", "unit", "ended", "last"),
    [
        (6, "months", "2026-10-25", "2027-04-25"),
        (1, "months", "2027-01-31", "2027-02-28"),
        (1, "months", "2028-01-31", "2028-02-29"),
        (2, "months", "2026-12-31", "2027-02-28"),
        (12, "months", "2028-02-29", "2029-02-28"),
        (600, "months", "2026-12-31", "2076-12-31"),
        (30, "days", "2026-10-25", "2026-11-24"),
        (1, "days", "2026-12-31", "2027-01-01"),
        # Whatever somebody plans, no page breaks over it.
        (600, "months", "9999-12-31", "9998-12-31"),
        (3660, "days", "9990-01-01", "9998-12-31"),
    ],
)
def test_the_last_day(count: int, unit: Any, ended: str, last: str) -> None:
    assert Retention(count, unit).last_day(date.fromisoformat(ended)) == date.fromisoformat(last)


def policy(name: str, **said: Any) -> Policy:
    return parse_policy(
        {
            "id": name,
            "division_prefix": "640425",
            "valid_from": "2026-01-01",
            "valid_to": None,
            "title": {"zh": "县里的办法", "en": "The county's measures"},
            "legal_basis": [],
            **said,
        }
    )


def shown(**changes: Any) -> Any:
    return edition(
        "2026-10-14 09:00",
        **{"state": "approved", "number": 1, "opens_at": at("2026-10-15 08:00:00"), **changes},
    )


@pytest.mark.parametrize("ends", ["2026-10-26 00:00:00", "2026-10-25 10:30:00"])
def test_six_months_after_its_last_day_and_not_a_second_longer(ends: str) -> None:
    """It hung on the 25th last, whether it came down at its end or in the middle of it."""
    for how in ({"comes_down_at": at(ends)}, {"superseded_at": at(ends)}):
        ended = shown(**how)
        over = at("2027-04-26 00:00:00")
        assert expires_at(ended, MONTHS) == hides_at(ended, MONTHS) == over
        seen = [visibility(ended, MONTHS, over + n * SECOND) for n in (-1, 0, 1)]
        assert seen == [Visibility.ARCHIVED, E, E]
        assert next_change([ended], MONTHS, at(ends)) == over


def test_what_has_no_end_and_what_has_no_term_stay_for_ever() -> None:
    late = at("2190-01-01 00:00:00")
    assert visibility(shown(), MONTHS, late) is Visibility.OPEN
    ended = shown(comes_down_at=at("2026-10-26 00:00:00"))
    assert visibility(ended, schedule().display, late) is Visibility.ARCHIVED
    assert expires_at(shown(), MONTHS) is expires_at(ended, schedule().display) is None


def test_a_withdrawn_one_keeps_its_tombstone_for_as_long() -> None:
    gone = shown(state="withdrawn", withdrawn_at=at("2026-10-20 10:00:00"))
    over = at("2027-04-21 00:00:00")
    assert visibility(gone, MONTHS, over - SECOND) is Visibility.WITHDRAWN
    assert visibility(gone, MONTHS, over) is E


def test_what_is_hidden_as_it_comes_down_is_hidden_then() -> None:
    display = schedule(NOTICE, display={"retention": {"months": 6}}).display
    ended = shown(comes_down_at=at("2026-10-26 00:00:00"))
    assert hides_at(ended, display) == at("2026-10-26 00:00:00")
    assert visibility(ended, display, at("2026-10-26 00:00:00")) is Visibility.HIDDEN
    assert visibility(ended, display, at("2029-10-26 00:00:00")) is Visibility.HIDDEN


def test_no_list_tells_of_it() -> None:
    assert not is_public(E)
    assert not is_told(E)
    assert [v for v in Visibility if is_told(v)] == [
        Visibility.OPEN,
        Visibility.ARCHIVED,
        Visibility.WITHDRAWN,
    ]


moments = st.integers(0, 1000 * 86_400).map(
    lambda s: at("2026-01-01 00:00:00") + timedelta(seconds=s)
)
terms = st.builds(Retention, st.integers(1, 14), st.sampled_from(["months", "days"]))


@quick
@given(st.lists(moments, min_size=2, max_size=5, unique=True), terms, moments, st.integers(1, 90))
def test_an_older_edition_is_over_no_later_than_the_one_that_took_its_place(
    opened: list[datetime], term: Retention, now: datetime, days: int
) -> None:
    display = replace(MONTHS, retention=term)
    opened.sort()
    editions = [
        shown(
            number=n + 1,
            opens_at=opens,
            comes_down_at=day_start(opens.date() + timedelta(days=days)),
            superseded_at=opened[n + 1] if n + 1 < len(opened) else None,
        )
        for n, opens in enumerate(opened)
    ]
    over = [expires_at(e, display) for e in editions]
    assert over == sorted(over, key=lambda moment: moment or now)
    seen = [visibility(e, display, now) for e in editions]
    if seen[-1] is E:
        assert set(seen) == {E}


def test_the_policy_in_force_at_the_end_of_the_period_decides() -> None:
    before = policy(
        "a", valid_to="2026-12-31", overrides={"*": {"display": {"retention": {"months": 6}}}}
    )
    after = policy("b", valid_from="2027-01-01", overrides={"*": {"display": {"retention": None}}})
    days = {
        on: schedule_for(FINANCE, [before, after], "640425103200", date.fromisoformat(on)).display
        for on in ("2026-12-31", "2027-01-01")
    }
    assert days["2026-12-31"].retention == Retention(6, "months")
    assert days["2027-01-01"].retention is None
    # A term is no rule about when something is due: that one keeps its own name.
    named = schedule_for(FINANCE, [before], "640425103200", date(2026, 12, 31))
    assert (named.source.zh, named.policy_id) == ("产品默认", "a")
    assert display_words(days["2026-12-31"]).zh == "至少 10 天，结束后可查 6 个月"
    assert display_words(days["2027-01-01"]).zh == "至少 10 天"
    said = [(w.field, w.value.zh, w.value.en) for p in (before, after) for w in policy_words(p, {})]
    assert said == [
        ("overrides/*/display/retention", "6 个月", "6 months"),
        ("overrides/*/display/retention", "一直可以查", "for ever"),
    ]


@pytest.mark.parametrize(
    ("later", "last"),
    [
        ((), "2027-04-18"),
        # A shorter one from January on: at once what is over by it, and by its days what is not.
        ((("2027-01-01", Retention(1, "months")),), "2026-12-31"),
        ((("2027-01-01", Retention(3, "months")),), "2027-01-18"),
        # A longer one, and none: as long as the first has not run out, that one holds.
        ((("2027-01-01", Retention(12, "months")),), "2027-10-18"),
        ((("2027-01-01", None),), None),
        # What was over is not read again.
        ((("2027-06-01", None),), "2027-04-18"),
        ((("2027-01-01", None), ("2027-05-01", Retention(1, "months"))), "2027-04-30"),
    ],
)
def test_the_term_of_the_day_holds_for_what_was_over_before_it_too(
    later: Any, last: str | None
) -> None:
    display = replace(MONTHS, later=tuple((date.fromisoformat(on), term) for on, term in later))
    ended = shown(comes_down_at=at("2026-10-19 00:00:00"))
    through = readable_through(ended, display)
    assert through == (date.fromisoformat(last) if last else None)
    if through:
        over = day_start(through + timedelta(days=1))
        assert visibility(ended, display, over - SECOND) is Visibility.ARCHIVED
        assert visibility(ended, display, over) is E
        assert next_change([ended], display, over - SECOND) == over


@pytest.mark.parametrize(
    ("term", "pointer"),
    [
        ({}, "months"),
        ({"months": 6, "days": 3}, "months"),
        ({"months": 0}, "months"),
        ({"months": 601}, "months"),
        ({"days": 3661}, "days"),
        ({"days": "90"}, "days"),
        ({"months": 6, "unit": "working"}, "unit"),
        (6, ""),
    ],
)
def test_a_wrong_term_is_named_with_its_place(term: Any, pointer: str) -> None:
    with pytest.raises(BadDocument) as refused:
        policy("a", overrides={"cadence:event": {"display": {"retention": term}}})
    where = "policy/overrides/cadence:event/display/retention"
    assert refused.value.pointer == (f"{where}/{pointer}" if pointer else where)
