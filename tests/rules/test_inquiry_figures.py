"""The desk's figures: which way it went, in time or not, and rates that never pass a hundred."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.rules.inquiries import InquiryAnswer
from server.rules.inquiry_figures import Case, by_office, ended, figures, rate
from server.rules.inquiry_handling import Referral, Satisfaction
from server.rules.rulebook import Rulebook
from tests.rules.builders import at, calendar, day
from tests.rules.test_inquiries import answered, asked

BOOK = Rulebook({}, {}, (), calendar())
NOW = at("2026-11-20 09:00:00")


def answer(when: str) -> InquiryAnswer:
    return answered(decision="approve", decided_at=at(when))


def handed(
    outcome: Any = None, when: str = "2026-10-09 10:00:00", office: Any = "department"
) -> Referral:
    return Referral(
        id="1",
        inquiry_id="1",
        office=office,
        name="农经站",
        note="请核实",
        due_on=day("2026-10-12"),
        referred_by_name="赵六",
        referred_at=at(when),
        outcome=outcome,
    )


def case(
    *answers: str, referrals: tuple[Referral, ...] = (), rated: Any = None, **changes: Any
) -> Case:
    """Return a question of 8 October, due on the 14th, with the answers that were published."""
    inquiry = asked(accepted_at=at("2026-10-09 09:00:00"), **changes)
    if answers and "state" not in changes:
        inquiry = replace(inquiry, state="published", published_at=at(answers[-1]))
    said = [Satisfaction("1", 1, rated, None, NOW)] if rated else []
    return Case(inquiry, [answer(a) for a in answers], referrals, said)


IN_TIME, LATE = "2026-10-14 23:59:59", "2026-10-15 00:00:00"


@pytest.mark.parametrize(
    ("one", "route", "in_time"),
    [
        (case(IN_TIME), "direct", True),
        (case(LATE), "direct", False),
        (case(IN_TIME, referrals=(handed("reported"),)), "referred", True),
        (case(IN_TIME, referrals=(handed("taken_back"),)), "direct", True),
        (case(IN_TIME, referrals=(handed(when="2026-10-20 09:00:00"),)), "direct", True),
        (case(LATE, extended_by=5, extended_at=at("2026-10-13 09:00:00")), "direct", True),
        # Only the second answer was put off: the first one stays late.
        (
            case(
                LATE,
                "2026-10-22 09:00:00",
                reopened_at=at("2026-10-16 09:00:00"),
                extended_by=5,
                extended_at=at("2026-10-19 09:00:00"),
            ),
            "direct",
            False,
        ),
        # A second answer that waits, or came late, does not make the first one late.
        (case(IN_TIME, state="waiting", reopened_at=at("2026-10-16 09:00:00")), "direct", True),
        (
            Case(
                asked(state="refused", refused_ground="elsewhere", refused_at=at(IN_TIME)),
                (),
                (),
                (),
            ),
            "other",
            True,
        ),
        (
            Case(
                asked(state="refused", refused_ground="elsewhere", refused_at=at(LATE)), (), (), ()
            ),
            "other",
            False,
        ),
    ],
)
def test_how_and_when_it_ended(one: Case, route: str, in_time: bool) -> None:
    found = ended(one, BOOK)
    assert found is not None
    assert (found.route, found.in_time) == (route, in_time)


def test_the_source_countys_62() -> None:
    """31 answered directly, 25 referred, one of them more to the discipline office, 5 otherwise: 62, all answered."""
    refused = Case(
        asked(state="refused", refused_ground="by_law", refused_at=at(IN_TIME)), (), (), ()
    )
    cases = [
        *[case(IN_TIME)] * 31,
        *[case(IN_TIME, referrals=(handed("reported"),))] * 25,
        case(IN_TIME, referrals=(handed("reported", office="discipline"),)),
        *[refused] * 5,
        Case(asked(state="refused", refused_at=at(IN_TIME)), (), (), ()),  # advertising
    ]
    found = figures(cases, BOOK, NOW)
    assert (found.direct, found.referred, found.other) == (31, 26, 5)
    assert (found.received, found.finished, found.still_open) == (62, 62, 0)
    assert (found.reply_rate, found.in_time_rate) == (10_000, 10_000)
    assert by_office(cases) == {"village": 0, "department": 25, "supervisor": 0, "discipline": 1}


def test_open_ones_lower_the_reply_rate_and_not_the_in_time_rate() -> None:
    cases = [
        case(IN_TIME, rated="not", reopened_at=at("2026-10-16 09:00:00")),
        case(LATE, rated="satisfied"),
        case(),
    ]
    found = figures(cases, BOOK, NOW)
    assert (found.finished, found.still_open, found.overdue) == (2, 1, 1)
    assert (found.in_time_rate, found.reply_rate) == (5_000, 6_667)
    assert (found.satisfied, found.not_satisfied) == (1, 1)
    assert (found.second_rounds, found.second_answered) == (1, 1)


def test_of_nothing_there_is_no_rate() -> None:
    found = figures([], BOOK, NOW)
    assert (found.received, found.in_time_rate, found.reply_rate) == (0, None, None)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_rate_lies_between_nothing_and_all(part: int, more: int) -> None:
    found = rate(part, part + more - 1) if part + more > 1 else None
    assert found is None or 0 <= found <= 10_000
