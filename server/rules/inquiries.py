"""What villagers ask: kinds, states, the clock of an answer, who answers and reviews, and what the public may read.

An inquiry waits for an answer, the answer for its review; then both are public. Nothing else ends it, except that a
person refuses something as no inquiry at all, with a reason that whoever asked can read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from server.rules.periods import local_date
from server.rules.permissions import Act, Actor, refusal, refusal_by_role
from server.rules.schedules import DaysAfter
from server.rules.values import Text
from server.rules.workdays import WorkdayCalendar

Kind = Literal["question", "complaint", "suggestion", "report", "topic"]
State = Literal["held", "waiting", "answered", "published", "refused"]
Respondent = Literal["village", "township"]
Decision = Literal["approve", "return"]
Subject = Literal["finance", "relief", "land", "projects", "conduct", "services", "other"]
Office = Literal["village", "department", "supervisor", "discipline"]
About = Literal["village", "supervisor", "department", "township"]

KINDS: dict[Kind, Text] = {
    "question": Text("咨询", "Question"),
    "complaint": Text("投诉", "Complaint"),
    "suggestion": Text("建议", "Suggestion"),
    "report": Text("举报", "Report"),
    "topic": Text("点题", "Topic request"),
}
STATES: dict[State, Text] = {
    "held": Text("已收到，等人工看过", "received, waiting to be looked at"),
    "waiting": Text("等待答复", "waiting for an answer"),
    "answered": Text("已写好答复，等待审核", "answered, waiting for review"),
    "published": Text("已答复", "answered"),
    "refused": Text("没有受理", "not taken up"),
}
LEAST_TEXT, MOST_TEXT = 4, 1000
MOST_ANSWER = 2000
MOST_CONTACT = 60
# What advertising cannot do without.
_ADDRESSES = ("://", "www.", ".com", ".cn/", ".net")


class Inquiry(Struct, frozen=True, kw_only=True):
    """Something asked. `clock_from`: since when an answer is owed; `proved`: work was done for it before it was sent.

    `disclosure_id`, `pointer` and `line` say what it is about: a notice, and one line of it in the notice's own words.
    `shown_text`: what the public reads instead of `text`, where the reviewer took a name out of it.
    `joined_at`: when a topic had all the signatures that make it compulsory.

    The desk (rules/inquiry_handling.py): `about` whom a report is; `referred_to` which office it is with now;
    `extended_by` how many days the answer was put off; `reopened_at` when its sender was not satisfied.
    """

    id: str
    division: str
    year: int
    number: int
    kind: Kind
    text: str
    respondent: Respondent
    content_hash: str
    proved: bool
    state: State
    asked_at: datetime
    clock_from: datetime
    disclosure_id: str | None = None
    pointer: str | None = None
    line: str | None = None
    shown_text: str | None = None
    refused_reason: str | None = None
    joined_at: datetime | None = None
    published_at: datetime | None = None
    subject: Subject | None = None
    about: About | None = None
    accepted_at: datetime | None = None
    accepted_by_name: str | None = None
    refused_ground: str | None = None
    turn_to: str | None = None
    refused_at: datetime | None = None
    referred_to: Office | None = None
    extended_by: int | None = None
    extension_reason: str | None = None
    extended_at: datetime | None = None
    reopened_at: datetime | None = None
    revision: int = 1
    follow_hash: str = ""

    def __repr__(self) -> str:
        return f"Inquiry({self.label}, {self.state})"  # what it says and its private link are in no log

    @property
    def label(self) -> str:
        """The number people name it by: '2026-007'."""
        return f"{self.year}-{self.number:03d}"

    @property
    def clock_starts(self) -> datetime:
        """Since when the answer that is owed now is owed: a second one since its sender was not satisfied."""
        return self.reopened_at or self.clock_from

    @property
    def round(self) -> int:
        """Which answer is owed or stands: the first, or the second."""
        return 1 if self.reopened_at is None else 2


class InquiryAnswer(Struct, frozen=True, kw_only=True):
    """An answer and, once there was one, its review. `takes_up`: whether a topic will be made public; else None."""

    id: str
    inquiry_id: str
    text: str
    takes_up: bool | None
    answered_by: str
    answered_by_name: str
    answered_at: datetime
    decision: Decision | None = None
    decided_by: str | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


class ReplyClock(Struct, frozen=True):
    """By when an answer is owed. `days_left` in the rule's own days, 0 on the last one; `days_late` in calendar days.

    Both stop at the moment of publication. `provisional`: a holiday notice still to come may move the day.
    """

    due_on: date
    provisional: bool
    days_left: int
    days_late: int
    rule: DaysAfter

    @property
    def overdue(self) -> bool:
        """The last day has passed without a public answer."""
        return self.days_late > 0


def reply_clock(
    inquiry: Inquiry, rule: DaysAfter, calendar: WorkdayCalendar, now: datetime
) -> ReplyClock:
    """Return the clock of an inquiry: the days begin after the one on which it was asked.

    Days by which the answer was put off since then are added to the rule's.
    """
    start = inquiry.clock_starts
    if inquiry.extended_by and inquiry.extended_at and inquiry.extended_at >= start:
        rule = DaysAfter(rule.days + inquiry.extended_by, rule.unit)
    due = calendar.add_days(local_date(start), rule.days, rule.unit)
    ended = {"published": inquiry.published_at, "refused": inquiry.refused_at}.get(inquiry.state)
    seen = local_date(ended or now)
    return ReplyClock(
        due_on=due.date,
        provisional=due.provisional,
        days_left=max(0, calendar.days_between(seen, due.date, rule.unit)),
        days_late=max(0, (seen - due.date).days),
        rule=rule,
    )


def term(rule: DaysAfter) -> Text:
    """Return the length of a term in words: '5个工作日'."""
    if rule.unit == "working":
        return Text(f"{rule.days}个工作日", f"{rule.days} working days")
    return Text(f"{rule.days}天", f"{rule.days} days")


def respondent(kind: Kind, publisher: Respondent) -> Respondent:
    """Return who answers: whoever published the notice, and the township for a report, which may be about the village."""
    return "township" if kind == "report" else publisher


def must_be_seen_first(kind: Kind, text: str, *, proved: bool) -> bool:
    """Say whether somebody looks before it goes on: no work was done for it, it names an address, or all will read it.

    A topic is read by everybody before it is answered, so that others can sign it.
    """
    lowered = text.lower()
    return not proved or kind == "topic" or any(sign in lowered for sign in _ADDRESSES)


def follow_hash(secret: str) -> str:
    """Return what is kept of a private link: its secret is random enough for a plain hash."""
    return hashlib.sha256(f"follow {secret}".encode()).hexdigest()


def device_mark(subject: str, device: str) -> str:
    """Return what is kept of a device under a topic or a notice; under another one it has another mark."""
    return hashlib.sha256(f"device {subject} {device}".encode()).hexdigest()[:32]


def written(text: str) -> str:
    """Return what somebody typed, as it is kept: line ends of one kind, no blank at the ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def too_short_or_long(text: str) -> Text | None:
    """Return what is wrong with the length of an inquiry, with both numbers; None when nothing is."""
    if len(text) < LEAST_TEXT:
        return Text(
            f"至少写 {LEAST_TEXT} 个字，现在是 {len(text)} 个",
            f"write at least {LEAST_TEXT} characters; there are {len(text)}",
        )
    if len(text) > MOST_TEXT:
        return Text(
            f"最多 {MOST_TEXT} 个字，现在是 {len(text)} 个，请分成几条来问",
            f"{MOST_TEXT} characters at most; there are {len(text)}. Ask in several parts",
        )
    return None


def answering_act(inquiry: Inquiry) -> Act:
    """Return the act of answering: the village's own, or the township's."""
    return "answer_inquiry" if inquiry.respondent == "village" else "answer_township_inquiry"


def refused_to_answer(actor: Actor, inquiry: Inquiry) -> Text | None:
    """Return why somebody may not answer; None when they may."""
    return refusal(actor, answering_act(inquiry), inquiry.division)


def may_read(actor: Actor, inquiry: Inquiry) -> bool:
    """Say whether somebody at work may read an inquiry as it was asked.

    Whoever reviews reads all of their area. Whoever answers reads what they are asked, once it is let through: a
    report never comes before the village it may be about. The village's supervisors read what they were asked to look
    into, as long as it is with them.
    """
    if refusal_by_role(actor, "review_answer", inquiry.division) is None:
        return True
    if inquiry.state in ("held", "refused"):
        return False
    if inquiry.referred_to == "supervisor" and (
        refusal_by_role(actor, "report_on_inquiry", inquiry.division) is None
    ):
        return True
    return refusal_by_role(actor, answering_act(inquiry), inquiry.division) is None


def standing_answer(answers: Sequence[InquiryAnswer]) -> InquiryAnswer | None:
    """Return the answer that is public: the newest that was approved."""
    approved = [a for a in answers if a.decision == "approve"]
    return max(approved, key=lambda a: a.decided_at or a.answered_at, default=None)


def is_open_to_signing(inquiry: Inquiry, answers: Sequence[InquiryAnswer]) -> bool:
    """Say whether a topic can be signed: it is on view, and nobody has promised yet to make it public."""
    if inquiry.kind != "topic" or inquiry.state in ("held", "refused"):
        return False
    answer = standing_answer(answers)
    return answer is None or not answer.takes_up


def is_on_view(inquiry: Inquiry) -> bool:
    """Say whether the public may read an inquiry: with its answer; a topic as soon as it can be signed.

    The first answer stays while a second one is written.
    """
    if inquiry.kind == "topic":
        return inquiry.state not in ("held", "refused")
    return inquiry.state == "published" or (
        inquiry.reopened_at is not None and inquiry.state in ("waiting", "answered")
    )


def public_text(inquiry: Inquiry) -> str:
    """Return the words of an inquiry that the public may read."""
    return inquiry.shown_text or inquiry.text


def refused_answer(inquiry: Inquiry, takes_up: bool | None) -> Text | None:
    """Return why an answer cannot stand; None when it can. Only a topic is taken up, or not."""
    if inquiry.kind != "topic":
        return (
            None
            if takes_up is None
            else Text("只有点题要写明是否公开", "only a topic request is taken up or not")
        )
    if takes_up is None:
        return Text("请写明是否按要求公开", "say whether it will be made public")
    if inquiry.joined_at is not None and not takes_up:
        return Text(
            "联名人数已够，按规定必须公开，不能答复不公开",
            "enough people signed: by the rule it must be made public and cannot be declined",
        )
    return None


def failure_reason(inquiry: Inquiry, wanted: State) -> Text | None:
    """Return why an inquiry is not in the state that an act needs; None when it is."""
    if inquiry.state == wanted:
        return None
    is_now = STATES[inquiry.state]
    return Text(
        f"{inquiry.label} 号现在是：{is_now.zh}，不能再这样处理",
        f"{inquiry.label} is now {is_now.en}; this cannot be done to it any more",
    )
