"""Published first: when the review is due to the second, how it stands at any moment, and what the matrix says of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.rules import reviewing, urgency
from server.rules.compliance import Cell, judge, needs_person
from server.rules.disclosures import Edition, awaits_review
from server.rules.documents import BadDocument
from server.rules.obligations import Obligation
from server.rules.periods import event_period, local_date
from server.rules.reviewing import ReviewRule, Step, Turn, UrgentRule
from server.rules.schedules import parse_policy, parse_schedule, schedule_for
from server.rules.urgency import AfterReview, after_review, mark_of, words
from server.rules.values import Text
from server.rules.windows import due_for
from tests.rules.builders import (
    DIBAO,
    NOTICE,
    VILLAGE,
    ZHANG,
    Category,
    approved,
    at,
    calendar,
    day,
    edition,
    quick,
    schedule,
)

SOURCE = {"zh": "先救助、后补手续", "en": "Relief first, papers after"}
URGENT = {"review_within_workdays": 5, "source": SOURCE}
RULE = UrgentRule(5, Text(SOURCE["zh"], SOURCE["en"]))
TOWNSHIP = {"steps": [{"by": "township", "signatures": 1}]}
WHY = "房屋失火，当晚没有住处"
# Thursday after the holidays; Saturday the 10th is worked, so that the fifth working day is the 14th.
OPENED = "2026-10-08 09:00:00"
DUE = day("2026-10-14")
EVENT = event_period(day("2026-10-08"), "01990000-0000-7000-8000-000000000009")


def first(**changes: Any) -> Edition:
    """What was published first at the moment it arrived."""
    moment = at(OPENED)
    plain = edition(
        OPENED,
        state="approved",
        number=1,
        decided_at=moment,
        opens_at=moment,
        urgent_reason=WHY,
        turn=Turn("township", 0, 1, moment),
    )
    return replace(plain, **changes)


def look(*editions: Edition, when: str, rule: UrgentRule | None = RULE) -> AfterReview:
    found = after_review(editions, rule, calendar(), at(when))
    assert found is not None
    return found


def cell(*editions: Edition, when: str, review: Any = TOWNSHIP) -> Cell:
    rule = schedule(NOTICE, urgent=URGENT, review=review, board_photo_required=False)
    owed = Obligation(
        VILLAGE, "temporary_relief", EVENT, rule, due_for(rule, EVENT, calendar()), None, None
    )
    return judge(owed, list(editions), [], at(when), calendar())


def said(found: Cell) -> list[tuple[str, str]]:
    return [(f.kind, f.text.zh) for f in found.findings if f.kind != "provisional"]


@pytest.mark.parametrize(
    ("when", "state", "late"),
    [
        (OPENED, "waiting", 0),
        ("2026-10-14 23:59:59", "waiting", 0),
        ("2026-10-15 00:00:00", "overdue", 1),
        ("2026-10-15 23:59:59", "overdue", 1),
        ("2026-10-16 00:00:00", "overdue", 2),
    ],
)
def test_it_is_overdue_from_the_midnight_that_ends_the_last_day(
    when: str, state: str, late: int
) -> None:
    found = look(first(), when=when)
    assert (found.state, found.days_late, found.due_on) == (state, late, DUE)
    assert found.reason == WHY


@pytest.mark.parametrize(
    ("reviewed", "state", "late"),
    [
        ("2026-10-08 09:00:01", "reviewed", 0),
        ("2026-10-14 23:59:59", "reviewed", 0),
        ("2026-10-15 00:00:00", "late", 1),
    ],
)
def test_a_review_counts_by_its_own_day_however_long_ago_it_was(
    reviewed: str, state: str, late: int
) -> None:
    signed = first(reviewed_at=at(reviewed), turn=None)
    for when in (reviewed, "2027-06-01 12:00:00"):
        found = look(signed, when=when)
        assert (found.state, found.days_late, found.reviewed_at) == (state, late, at(reviewed))
    before = look(signed, when="2026-10-08 09:00:00")
    assert (before.state, before.reviewed_at) == ("waiting", None)


def test_before_it_opened_and_for_what_was_reviewed_first_there_is_nothing_to_say() -> None:
    assert after_review([first()], RULE, calendar(), at("2026-10-08 08:59:59")) is None
    assert after_review([approved(OPENED)], RULE, calendar(), at("2026-10-20 00:00:00")) is None
    assert after_review([], RULE, calendar(), at("2026-10-20 00:00:00")) is None


def test_an_objection_stands_until_a_correction_is_approved() -> None:
    objected = first(reviewed_at=at("2026-10-12 10:00:00"), objection="金额与审批表不符", turn=None)
    assert look(objected, when="2026-10-12 09:59:59").state == "waiting"
    found = look(objected, when="2026-10-30 00:00:00")
    assert (found.state, found.objection, found.days_late) == ("objected", "金额与审批表不符", 0)
    waiting = edition("2026-10-13 09:00:00", id="second", reason="改正金额")
    assert look(objected, waiting, when="2026-10-13 10:00:00").state == "objected"
    corrected = approved("2026-10-13 09:00:00", "2026-10-16 11:00:00", 2, id="second")
    gone = replace(objected, superseded_at=at("2026-10-16 11:00:00"))
    assert look(gone, corrected, when="2026-10-16 10:59:59").state == "objected"
    found = look(gone, corrected, when="2026-10-16 11:00:00")
    # The reviewers answered in time; that the correction took longer is not their being late.
    assert (found.state, found.corrected, found.days_late) == ("reviewed", True, 0)
    assert found.objection == "金额与审批表不符"


def test_an_approved_correction_is_the_review_of_what_nobody_had_looked_at() -> None:
    corrected = approved("2026-10-13 09:00:00", "2026-10-15 00:00:00", 2, id="second")
    gone = first(superseded_at=at("2026-10-15 00:00:00"))
    assert awaits_review(first())
    assert not awaits_review(gone)
    assert look(gone, corrected, when="2026-10-14 23:59:59").state == "waiting"
    found = look(gone, corrected, when="2026-10-15 00:00:00")
    assert (found.state, found.days_late, found.corrected) == ("late", 1, True)


def test_taken_down_before_anybody_looked_stays_said() -> None:
    gone = first(
        state="withdrawn", withdrawn_at=at("2026-10-09 10:00:00"), withdrawn_reason="不是本村的人"
    )
    assert look(gone, when="2026-10-09 09:59:59").state == "waiting"
    found = look(gone, when="2026-10-30 12:00:00")
    assert found.state == "withdrawn"
    assert mark_of(found, gone=True).reason is None
    assert not awaits_review(gone)


def test_without_a_rule_any_more_the_day_itself_was_the_last() -> None:
    assert look(first(), when="2026-10-08 23:59:59", rule=None).state == "waiting"
    assert look(first(), when="2026-10-09 00:00:00", rule=None).state == "overdue"


def test_a_day_that_no_holiday_notice_fixes_is_said_to_be_provisional() -> None:
    moment = at("2026-12-30 09:00:00")
    late = first(received_at=moment, decided_at=moment, opens_at=moment)
    found = look(late, when="2026-12-30 10:00:00")
    assert found.provisional
    assert "暂定" in words(found).zh
    assert "provisional" in words(found).en


ROWS: list[tuple[dict[str, Any], str, str, str, bool]] = [
    ({}, "2026-10-14 23:59:59", "unreviewed",
     "急事先公布，审议待补，最迟2026年10月14日；等乡镇备案（已签 0/1）", False),
    ({}, "2026-10-15 00:00:00", "unreviewed",
     "急事先公布，审议待补，最迟2026年10月14日，已过 1 天；等乡镇备案（已签 0/1）", True),
    ({"reviewed_at": "2026-10-12 10:00:00"}, "2026-10-12 09:59:59", "unreviewed",
     "急事先公布，审议待补，最迟2026年10月14日；等乡镇备案（已签 0/1）", False),
    ({"reviewed_at": "2026-10-12 10:00:00"}, "2026-10-12 10:00:00", "reviewed_after",
     "急事先公布，已于2026年10月12日补审", False),
    ({"reviewed_at": "2026-10-16 10:00:00"}, "2026-10-20 10:00:00", "reviewed_after",
     "急事先公布，已于2026年10月16日补审，迟了 2 天", True),
    ({"reviewed_at": "2026-10-12 10:00:00", "objection": "金额不符"}, "2026-10-13 10:00:00", "objected",
     "急事先公布，2026年10月12日补审没有同意：金额不符", True),
]  # fmt: skip


@pytest.mark.parametrize(("fate", "when", "kind", "sentence", "asks"), ROWS)
def test_what_the_matrix_says_and_whether_somebody_must_look(
    fate: dict[str, Any], when: str, kind: str, sentence: str, asks: bool
) -> None:
    fate = {k: at(v) if k == "reviewed_at" else v for k, v in fate.items()}
    # What is on record when nobody waits any more: the turn is gone from the row.
    turn = {"turn": None} if fate else {}
    found = cell(first(**fate, **turn), when=when)
    assert found.state == "on_time"
    assert said(found) == [(kind, sentence)]
    assert needs_person(found) is asks
    assert found.findings[0].numbers["due_on"] == "2026-10-14"


def test_after_a_first_signature_of_several_the_matrix_names_the_next() -> None:
    both = {"steps": [{"by": "supervisor", "signatures": 1}, {"by": "township", "signatures": 1}]}
    signed = first(turn=Turn("township", 0, 1, at("2026-10-09 15:00:00")))
    assert "等乡镇备案" in said(cell(signed, when="2026-10-09 15:00:00", review=both))[0][1]
    # Who waited before that is not kept: then nobody is named.
    assert "等" not in said(cell(signed, when="2026-10-09 14:59:59", review=both))[0][1]


def test_whoever_publishes_first_without_a_rule_for_it_is_still_said_to_be_unreviewed() -> None:
    rule = schedule(NOTICE, board_photo_required=False)
    owed = Obligation(VILLAGE, "x", EVENT, rule, due_for(rule, EVENT, calendar()), None, None)
    alone = approved(OPENED, OPENED, decided_by=ZHANG)
    assert [f.kind for f in judge(owed, [alone], [], at(OPENED), calendar()).findings] == [
        "unreviewed"
    ]
    assert needs_person(judge(owed, [alone], [], at(OPENED), calendar()))


moments = st.integers(0, 60 * 24 * 40).map(lambda m: at(OPENED) + timedelta(minutes=m))


@quick
@given(reviewed=st.none() | moments, objected=st.booleans(), when=moments, later=moments)
def test_what_was_known_on_a_day_does_not_change_afterwards(
    reviewed: datetime | None, objected: bool, when: datetime, later: datetime
) -> None:
    """A past moment looks the same with the rows of then and with those of now."""
    known = first()
    if reviewed is not None:
        known = first(reviewed_at=reviewed, objection="不符" if objected else None, turn=None)
    of_then = known if reviewed is not None and reviewed <= when else first()
    now = after_review([known], RULE, calendar(), when)
    then = after_review([of_then], RULE, calendar(), when)
    assert now == then
    assert now is not None
    assert now.due_on == DUE
    answered = reviewed is not None and reviewed <= when
    expected_late = max(0, (local_date(reviewed if answered and reviewed else when) - DUE).days)
    assert now.days_late == expected_late
    if later >= when and answered:
        assert after_review([known], RULE, calendar(), later) == now


def test_the_rule_is_read_laid_over_and_taken_back_by_a_policy() -> None:
    assert parse_schedule(NOTICE).urgent is None
    assert parse_schedule({**NOTICE, "urgent": URGENT}).urgent == RULE
    own = Category(DIBAO.key, {**NOTICE, "urgent": URGENT})

    def county(urgent: Any) -> Any:
        doc = {
            "id": "county",
            "division_prefix": "640425",
            "valid_from": "2026-01-01",
            "valid_to": None,
            "title": {"zh": "县里的规定", "en": "The county's rule"},
            "legal_basis": [],
            "overrides": {DIBAO.key: {"urgent": urgent}},
        }
        return [parse_policy(doc)]

    shorter = schedule_for(
        own, county({**URGENT, "review_within_workdays": 3}), VILLAGE, day("2026-10-08")
    )
    assert shorter.urgent == replace(RULE, workdays=3)
    assert schedule_for(own, county(None), VILLAGE, day("2026-10-08")).urgent is None
    assert schedule_for(own, county(None), "110000000000", day("2026-10-08")).urgent == RULE
    with pytest.raises(BadDocument, match="review_within_workdays"):
        county({**URGENT, "review_within_workdays": 0})


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"review_within_workdays": 0}, "/urgent/review_within_workdays"),
        ({"review_within_workdays": "5"}, "/urgent/review_within_workdays"),
        ({"source": "省里"}, "/urgent/source"),
        ({"days": 5}, "/urgent/days"),
    ],
)
def test_a_rule_that_is_half_written_is_refused(change: dict[str, Any], place: str) -> None:
    with pytest.raises(BadDocument) as refused:
        parse_schedule({**NOTICE, "urgent": {**URGENT, **change}})
    assert place in str(refused.value)


def test_one_turn_is_known_only_where_every_content_waits_for_the_same() -> None:
    since = at(OPENED)
    alone = ReviewRule((Step("township", 1),))
    assert reviewing.only_turn(alone, since) == Turn("township", 0, 1, since)
    assert reviewing.only_turn(ReviewRule((Step("supervisor", 2),)), since) is None
    both = ReviewRule((Step("supervisor", 1), Step("township", 1)))
    assert reviewing.only_turn(both, since) is None


def test_every_state_has_its_words_in_both_languages() -> None:
    states: list[urgency.State] = [
        "waiting",
        "overdue",
        "reviewed",
        "late",
        "objected",
        "withdrawn",
    ]
    plain = look(
        first(reviewed_at=at("2026-10-12 10:00:00"), objection="x"), when="2026-10-13 00:00:00"
    )
    for state in states:
        text = words(replace(plain, state=state, corrected=False))
        assert text.zh.startswith("急事先公布，")
        assert text.en.startswith("Published first as urgent; ")
        assert text.en.isascii()
