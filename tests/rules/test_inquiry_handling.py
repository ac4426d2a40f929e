"""The desk: the clock of acceptance, what may be refused, where a report may go, when an answer may be put off."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from server.rules.documents import BadDocument
from server.rules.inquiries import About, Inquiry, Kind, Office, may_read, reply_clock
from server.rules.inquiry_handling import (
    OFFICES,
    Classified,
    acceptance_clock,
    opens_another_round,
    refused_classification,
    refused_deadline,
    refused_extension,
    refused_rating,
    refused_referral,
    refused_refusal,
    respondent_after,
    ways,
)
from server.rules.inquiry_rules import USUAL
from server.rules.schedules import DaysAfter, inquiry_rules_for, parse_policy
from tests.rules.builders import VILLAGE, at, calendar, day
from tests.rules.test_inquiries import asked, someone

FIVE = DaysAfter(5, "working")
TOWNSHIP = "640425100000"


def taken_up(**changes: Any) -> Inquiry:
    """Return a question of 8 October that was taken up the next day."""
    return asked(accepted_at=at("2026-10-09 09:00:00"), **changes)


@pytest.mark.parametrize(
    ("when", "due"),
    [
        # Thursday 8 October; Saturday the 10th is worked.
        ("2026-10-08 00:00:00", "2026-10-14"),
        ("2026-10-08 23:59:59", "2026-10-14"),
        ("2026-10-09 00:00:00", "2026-10-15"),
        # In the long holiday the days begin on the 8th.
        ("2026-10-01 08:00:00", "2026-10-13"),
        # A Saturday that is off, and the Saturday that is worked.
        ("2026-10-17 10:00:00", "2026-10-23"),
        ("2026-10-10 10:00:00", "2026-10-16"),
        # Spring Festival: off from Sunday 15 to Monday 23 February, Saturdays 14 and 28 are worked.
        ("2026-02-13 10:00:00", "2026-02-27"),
    ],
)
def test_by_when_it_is_said_whether_it_is_taken_up(when: str, due: str) -> None:
    assert acceptance_clock(asked(when), USUAL, calendar(), at(when)).due_on == day(due)


@pytest.mark.parametrize(
    ("now", "left", "late"),
    [
        ("2026-10-08 09:00:00", 5, 0),
        ("2026-10-10 09:00:00", 3, 0),
        ("2026-10-11 09:00:00", 3, 0),
        ("2026-10-14 23:59:59", 0, 0),
        ("2026-10-15 00:00:00", 0, 1),
    ],
)
def test_the_clock_of_acceptance_runs_while_it_is_held_and_stops_once_somebody_said(
    now: str, left: int, late: int
) -> None:
    for state in ("held", "waiting"):
        clock = acceptance_clock(asked(state=state), USUAL, calendar(), at(now))
        assert (clock.days_left, clock.days_late) == (left, late)
    much_later = at("2026-12-01 09:00:00")
    assert (
        acceptance_clock(asked(accepted_at=at(now)), USUAL, calendar(), much_later).days_late
        == late
    )
    assert (
        acceptance_clock(
            asked(state="refused", refused_at=at(now)), USUAL, calendar(), much_later
        ).days_late
        == late
    )


def test_the_policy_says_the_terms_and_the_grounds() -> None:
    ground = {
        "key": "own",
        "name": {"zh": "理由", "en": "why"},
        "turn_to": {"zh": "去处", "en": "where"},
    }
    doc = {
        "id": "own",
        "division_prefix": VILLAGE[:6],
        "valid_from": "2026-10-09",
        "valid_to": None,
        "title": {"zh": "本县", "en": "own"},
        "legal_basis": [],
        "overrides": {},
        "inquiries": {"accept": {"days": 3, "unit": "calendar"}, "grounds": [ground]},
    }
    policy = parse_policy(doc)
    before = inquiry_rules_for([policy], VILLAGE, day("2026-10-08"))
    own = inquiry_rules_for([policy], VILLAGE, day("2026-10-09"))
    assert before == USUAL
    assert (own.accept.days, own.accept.unit, own.most_extension) == (3, "calendar", 15)
    assert [g.key for g in own.grounds] == ["own"]
    for wrong in (
        {"accept": {"days": 0, "unit": "working"}},
        {"grounds": []},
        {"grounds": [ground, ground]},
    ):
        with pytest.raises(BadDocument):
            parse_policy({**doc, "inquiries": wrong})


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("about", [None, "village", "supervisor", "department", "township"])
def test_a_report_never_goes_to_those_it_is_about(office: Office, about: About | None) -> None:
    allowed: dict[About | None, set[Office]] = {
        None: {"department", "discipline"},
        "village": {"department", "supervisor", "discipline"},
        "supervisor": {"department", "discipline"},
        "department": {"supervisor", "discipline"},
        "township": {"discipline"},
    }
    report = taken_up(kind="report", respondent="township", about=about)
    assert (refused_referral(report, office) is None) is (office in allowed[about])


@pytest.mark.parametrize(
    ("changes", "office", "goes"),
    [
        ({"respondent": "township"}, "village", True),
        ({"respondent": "village"}, "village", False),
        ({"respondent": "village"}, "department", True),
        ({"respondent": "township", "referred_to": "department"}, "supervisor", False),
        ({"kind": "topic", "respondent": "township"}, "village", True),
        ({"kind": "topic"}, "department", False),
    ],
)
def test_where_everything_else_goes(changes: dict[str, Any], office: Office, goes: bool) -> None:
    assert (refused_referral(taken_up(**changes), office) is None) is goes


@pytest.mark.parametrize(
    ("was", "kind", "about", "stands"),
    [
        ("question", "complaint", None, True),
        ("question", "report", "village", True),
        ("question", "complaint", "village", False),
        ("question", "topic", None, False),
        ("topic", "question", None, False),
        ("topic", "topic", None, True),
    ],
)
def test_what_can_be_classified_as_what(
    was: Kind, kind: Kind, about: About | None, stands: bool
) -> None:
    why = refused_classification(asked(kind=was), Classified(kind, "finance", about))
    assert (why is None) is stands
    assert respondent_after(asked(kind=was), kind) == (
        "township" if kind == "report" else "village"
    )


def test_what_was_taken_up_or_signed_by_enough_can_no_longer_be_refused() -> None:
    assert refused_refusal(asked()) is None
    assert refused_refusal(taken_up()) is not None
    assert refused_refusal(asked(kind="topic", joined_at=at("2026-10-09 09:00:00"))) is not None


@pytest.mark.parametrize(
    ("due", "stands"),
    [("2026-10-08", False), ("2026-10-09", True), ("2026-10-14", True), ("2026-10-15", False)],
)
def test_an_offices_day_lies_before_the_answers_own(due: str, stands: bool) -> None:
    why = refused_deadline(day(due), day("2026-10-09"), day("2026-10-14"))
    assert (why is None) is stands
    # Overdue already: today is the last day there can be.
    assert refused_deadline(day("2026-10-20"), day("2026-10-20"), day("2026-10-14")) is None


@pytest.mark.parametrize(
    ("changes", "days", "now", "stands"),
    [
        ({}, 1, "2026-10-14 23:59:59", True),
        ({}, 15, "2026-10-12 09:00:00", True),
        ({}, 16, "2026-10-12 09:00:00", False),
        ({}, 5, "2026-10-15 00:00:00", False),
        (
            {"extended_by": 5, "extended_at": at("2026-10-12 09:00:00")},
            5,
            "2026-10-13 09:00:00",
            False,
        ),
    ],
)
def test_an_answer_is_put_off_once_and_never_once_it_is_overdue(
    changes: dict[str, Any], days: int, now: str, stands: bool
) -> None:
    inquiry = taken_up(**changes)
    clock = reply_clock(inquiry, FIVE, calendar(), at(now))
    assert (refused_extension(inquiry, days, USUAL, clock) is None) is stands


def test_days_that_were_put_off_count_for_the_answer_that_was_put_off_alone() -> None:
    put_off = taken_up(extended_by=5, extended_at=at("2026-10-12 09:00:00"))
    assert reply_clock(put_off, FIVE, calendar(), at("2026-10-12 10:00:00")).due_on == day(
        "2026-10-21"
    )
    again = replace(put_off, reopened_at=at("2026-10-22 10:00:00"))
    assert reply_clock(again, FIVE, calendar(), at("2026-10-22 10:00:00")).due_on == day(
        "2026-10-29"
    )


def test_who_is_not_satisfied_is_answered_once_more_and_once_only() -> None:
    public = taken_up(state="published", published_at=at("2026-10-12 09:00:00"))
    assert refused_rating(public, 0) is None
    assert refused_rating(public, 1) is not None
    assert refused_rating(asked(), 0) is not None
    assert opens_another_round(public, "not")
    assert not opens_another_round(public, "basically")
    second = replace(public, reopened_at=at("2026-10-13 09:00:00"))
    assert refused_rating(second, 1) is None
    assert not opens_another_round(second, "not")


def test_the_villages_supervisors_read_what_is_with_them_and_nothing_else() -> None:
    lent = taken_up(respondent="township", referred_to="supervisor")
    assert may_read(someone("supervisor"), lent)
    assert not may_read(someone("supervisor", "640425100201"), lent)
    assert not may_read(someone("supervisor"), replace(lent, referred_to=None))
    assert not may_read(someone("supervisor"), replace(lent, state="refused"))
    assert ways(someone("supervisor"), lent, contact_left=True) == ("report",)


@pytest.mark.parametrize(
    ("role", "changes", "can"),
    [
        ("editor", {}, {"accept", "refuse", "slips"}),
        ("auditor", {}, {"accept", "refuse", "slips"}),
        ("accountant", {}, {"see_contact"}),
        ("accountant", {"kind": "complaint"}, set()),
        ("editor", {"kind": "complaint"}, {"accept", "refuse", "see_contact", "slips"}),
        (
            "editor",
            {"respondent": "township", "accepted_at": at("2026-10-09 09:00:00")},
            {"classify", "refer", "extend", "see_contact", "slips"},
        ),
        (
            "auditor",
            {
                "respondent": "township",
                "referred_to": "department",
                "accepted_at": at("2026-10-09 09:00:00"),
                "extended_at": at("2026-10-09 10:00:00"),
            },
            {"classify", "take_back", "report", "slips"},
        ),
        ("editor", {"state": "held", "respondent": "township"}, {"see_contact", "slips"}),
        ("editor", {"state": "refused"}, {"slips"}),
    ],
)
def test_what_somebody_can_do_now(role: Any, changes: dict[str, Any], can: set[str]) -> None:
    place = VILLAGE if role == "accountant" else TOWNSHIP
    assert set(ways(someone(role, place), asked(**changes), contact_left=True)) == can
