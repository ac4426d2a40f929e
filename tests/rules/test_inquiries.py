"""What villagers ask: the clock in working days, who answers, who reads what, what can be answered to a topic."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from server.rules.inquiries import (
    STATES,
    Inquiry,
    InquiryAnswer,
    Kind,
    Respondent,
    State,
    is_on_view,
    is_open_to_signing,
    may_read,
    must_be_seen_first,
    public_text,
    refused_answer,
    refused_to_answer,
    reply_clock,
    respondent,
    standing_answer,
    too_short_or_long,
    written,
)
from server.rules.permissions import Actor, Role
from server.rules.schedules import DaysAfter, parse_policy, reply_rule_for, topic_signatures_for
from tests.rules.builders import LI, VILLAGE, ZHANG, at, calendar, day, shipped_policies

FIVE_WORKING, THREE_DAYS = DaysAfter(5, "working"), DaysAfter(3, "calendar")


def asked(when: str = "2026-10-08 09:00:00", **changes: Any) -> Inquiry:
    """Return a question that waits for the village's answer."""
    moment = at(when)
    parts: dict[str, Any] = {
        "id": "01a11906-3680-7000-8000-000000000001",
        "division": VILLAGE,
        "year": 2026,
        "number": 7,
        "kind": "question",
        "text": "办公费为什么比上季度多？",
        "respondent": "village",
        "content_hash": "sha256:0",
        "proved": True,
        "state": "waiting",
        "asked_at": moment,
        "clock_from": moment,
    }
    return Inquiry(**{**parts, **changes})


def answered(**changes: Any) -> InquiryAnswer:
    """Return an answer that nobody reviewed yet."""
    parts: dict[str, Any] = {
        "id": "01a11906-3680-7000-8000-000000000002",
        "inquiry_id": asked().id,
        "text": "多出来的是打印机。",
        "takes_up": None,
        "answered_by": ZHANG,
        "answered_by_name": "张三",
        "answered_at": at("2026-10-09 10:00:00"),
    }
    return InquiryAnswer(**{**parts, **changes})


@pytest.mark.parametrize(
    ("when", "rule", "due", "provisional"),
    [
        # 8 October is a Thursday after the long holiday; Saturday the 10th is worked, the weekend of 17 is not.
        ("2026-10-08 00:00:00", FIVE_WORKING, "2026-10-14", False),
        ("2026-10-08 23:59:59", FIVE_WORKING, "2026-10-14", False),
        ("2026-10-09 00:00:00", FIVE_WORKING, "2026-10-15", False),
        # Asked in the middle of the holiday: the first working day is the 8th.
        ("2026-10-03 12:00:00", FIVE_WORKING, "2026-10-13", False),
        # Friday 25 September to Sunday 27 are off.
        ("2026-09-24 18:00:00", FIVE_WORKING, "2026-10-09", False),
        # Counted over a New Year that no notice has arranged yet.
        ("2026-12-28 09:00:00", FIVE_WORKING, "2027-01-05", True),
        ("2026-10-01 09:00:00", THREE_DAYS, "2026-10-04", False),
        ("2026-12-30 09:00:00", THREE_DAYS, "2027-01-02", False),
    ],
)
def test_when_an_answer_is_owed(when: str, rule: DaysAfter, due: str, provisional: bool) -> None:
    clock = reply_clock(asked(when), rule, calendar(), at(when))
    assert (clock.due_on, clock.provisional) == (day(due), provisional)


@pytest.mark.parametrize(
    ("now", "left", "late"),
    [
        ("2026-10-08 09:00:00", 5, 0),
        ("2026-10-08 23:59:59", 5, 0),
        ("2026-10-09 00:00:00", 4, 0),
        ("2026-10-11 12:00:00", 3, 0),  # Sunday; the Saturday before was worked
        ("2026-10-14 23:59:59", 0, 0),
        ("2026-10-15 00:00:00", 0, 1),
        ("2026-10-20 08:00:00", 0, 6),
    ],
)
def test_the_clock_on_its_way(now: str, left: int, late: int) -> None:
    clock = reply_clock(asked(), FIVE_WORKING, calendar(), at(now))
    assert (clock.days_left, clock.days_late, clock.overdue) == (left, late, late > 0)


def test_the_clock_stops_when_the_answer_is_public_and_not_before() -> None:
    written_in_time = asked(state="answered")
    later = at("2026-10-20 08:00:00")
    assert reply_clock(written_in_time, FIVE_WORKING, calendar(), later).days_late == 6
    public = replace(written_in_time, state="published", published_at=at("2026-10-15 00:00:00"))
    assert reply_clock(public, FIVE_WORKING, calendar(), later).days_late == 1


def test_the_policys_own_term_holds_between_its_dates() -> None:
    chongqing = "500231100200"
    assert reply_rule_for(shipped_policies(), chongqing, day("2026-10-08")) == THREE_DAYS
    assert reply_rule_for(shipped_policies(), VILLAGE, day("2026-10-08")) == FIVE_WORKING
    own = parse_policy(
        {
            "id": "own",
            "division_prefix": VILLAGE,
            "valid_from": "2026-10-09",
            "valid_to": "2026-10-31",
            "title": {"zh": "本村", "en": "own"},
            "legal_basis": [],
            "overrides": {},
            "reply": {"days": 10, "unit": "working"},
            "topic_signatures": 30,
        }
    )
    for on, days, signatures in (
        ("2026-10-08", 5, 20),
        ("2026-10-09", 10, 30),
        ("2026-11-01", 5, 20),
    ):
        assert reply_rule_for([own], VILLAGE, day(on)).days == days
        assert topic_signatures_for([own], VILLAGE, day(on)) == signatures


@pytest.mark.parametrize(
    ("kind", "publisher", "who"),
    [
        ("question", "village", "village"),
        ("complaint", "township", "township"),
        ("topic", "village", "village"),
        ("report", "village", "township"),
        ("report", "township", "township"),
    ],
)
def test_a_report_never_goes_to_those_it_may_be_about(
    kind: Kind, publisher: Respondent, who: Respondent
) -> None:
    assert respondent(kind, publisher) == who


def someone(role: Role, division: str = VILLAGE) -> Actor:
    return Actor(LI, "李四", role, division, "session")


@pytest.mark.parametrize(
    ("role", "division", "state", "to", "reads", "answers"),
    [
        ("accountant", VILLAGE, "waiting", "village", True, True),
        ("accountant", VILLAGE, "held", "village", False, True),
        ("accountant", VILLAGE, "refused", "village", False, True),
        ("accountant", VILLAGE, "waiting", "township", False, False),
        ("accountant", "640425100201", "waiting", "village", False, False),
        ("editor", "640425100000", "held", "village", True, False),
        ("editor", "640425100000", "waiting", "township", True, True),
        ("auditor", "640425100000", "waiting", "village", True, False),
        ("auditor", "640425101000", "waiting", "village", False, False),
        ("supervisor", VILLAGE, "waiting", "village", False, False),
        ("administrator", "640425000000", "waiting", "village", False, False),
    ],
)
def test_who_reads_and_who_answers(
    role: Role, division: str, state: State, to: Respondent, reads: bool, answers: bool
) -> None:
    inquiry = asked(state=state, respondent=to)
    assert may_read(someone(role, division), inquiry) is reads
    assert (refused_to_answer(someone(role, division), inquiry) is None) is answers


@pytest.mark.parametrize(
    ("kind", "text", "proved", "first"),
    [
        ("question", "办公费为什么多？", True, False),
        ("question", "办公费为什么多？", False, True),
        ("question", "贷款请看 HTTPS://example.com", True, True),
        ("suggestion", "看看 www.example.cn", True, True),
        ("topic", "公开鱼塘承包合同", True, True),
    ],
)
def test_what_somebody_looks_at_first(kind: Kind, text: str, proved: bool, first: bool) -> None:
    assert must_be_seen_first(kind, text, proved=proved) is first


@pytest.mark.parametrize("state", STATES)
def test_only_what_was_reviewed_is_public_and_topics_that_were_let_through(state: State) -> None:
    assert is_on_view(asked(state=state)) is (state == "published")
    assert is_on_view(asked(state=state, kind="topic")) is (state not in ("held", "refused"))


def test_a_topic_is_signed_until_somebody_promises_to_publish() -> None:
    topic = asked(kind="topic", state="published")
    declined = answered(takes_up=False, decision="approve", decided_at=at("2026-10-10 09:00:00"))
    assert is_open_to_signing(replace(topic, state="waiting"), [])
    assert is_open_to_signing(topic, [declined])
    assert not is_open_to_signing(
        topic, [declined, replace(declined, takes_up=True, decided_at=at("2026-10-12 09:00:00"))]
    )
    assert not is_open_to_signing(replace(topic, state="held"), [])
    assert not is_open_to_signing(asked(), [])


def test_a_topic_that_enough_people_signed_cannot_be_declined() -> None:
    topic = asked(kind="topic")
    assert refused_answer(topic, None) is not None
    assert refused_answer(topic, False) is None
    assert refused_answer(replace(topic, joined_at=topic.asked_at), False) is not None
    assert refused_answer(replace(topic, joined_at=topic.asked_at), True) is None
    assert refused_answer(asked(), None) is None
    assert refused_answer(asked(), True) is not None


def test_the_public_reads_the_newest_answer_that_was_approved() -> None:
    first = answered(decision="approve", decided_at=at("2026-10-10 09:00:00"))
    second = replace(first, id="2", decided_at=at("2026-10-11 09:00:00"))
    returned = replace(first, id="3", decision="return", decided_at=at("2026-10-12 09:00:00"))
    assert standing_answer([]) is None
    assert standing_answer([answered()]) is None
    assert standing_answer([second, first, returned, answered(id="4")]) == second


def test_the_public_reads_other_words_where_the_reviewer_chose_them() -> None:
    assert public_text(asked()) == "办公费为什么比上季度多？"
    assert public_text(asked(shown_text="办公费为何增加")) == "办公费为何增加"


@pytest.mark.parametrize(
    ("text", "numbers"), [("啊", ("4", "1")), ("好" * 1001, ("1000", "1001")), ("为什么多", ())]
)
def test_too_short_and_too_long_say_both_numbers(text: str, numbers: tuple[str, ...]) -> None:
    why = too_short_or_long(text)
    assert (why is None) is (not numbers)
    for number in numbers:
        assert why is not None
        assert number in why.zh
        assert number in why.en


def test_line_ends_of_a_form_and_of_a_program_are_the_same() -> None:
    assert written("  第一行 \r\n第二行\r第三行\n\n") == "第一行\n第二行\n第三行"
