"""What the desk does with something asked: take it up or not, classify it, refer it, put its answer off, hear how it was received.

A report never goes to those it is about, and as long as nobody said whom it is about, to nobody in the village. Nothing
here ends an inquiry without words that its sender can read.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from server.rules.inquiries import (
    About,
    Inquiry,
    Kind,
    Office,
    ReplyClock,
    Respondent,
    Subject,
    answering_act,
    may_read,
)
from server.rules.inquiry_rules import InquiryRules
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.rules.schedules import DaysAfter
from server.rules.values import Text
from server.rules.workdays import WorkdayCalendar

Outcome = Literal["reported", "taken_back", "answered"]
Way = Literal[
    "accept", "refuse", "classify", "refer", "report", "take_back", "extend", "see_contact", "slips"
]
Rating = Literal["satisfied", "basically", "not"]

SUBJECTS: dict[Subject, Text] = {
    "finance": Text("财务收支", "Accounts"),
    "relief": Text("救助补贴", "Relief and subsidies"),
    "land": Text("土地和承包", "Land and contracts"),
    "projects": Text("工程项目", "Projects"),
    "conduct": Text("干部作风", "Conduct of officials"),
    "services": Text("生活和办事", "Daily life and services"),
    "other": Text("其他", "Other"),
}
OFFICES: dict[Office, Text] = {
    "village": Text("村委会", "village committee"),
    "department": Text("有关部门", "department"),
    "supervisor": Text("村务监督委员会", "supervision committee"),
    "discipline": Text("纪检监察机关", "discipline office"),
}
# Whom a report may be about, by the office that it then never goes to.
ABOUT: dict[About, Text] = {
    "village": Text("村委会、村干部", "the village committee or its people"),
    "supervisor": Text("村务监督委员会的人", "somebody of the supervision committee"),
    "department": Text("县、乡的部门", "a department"),
    "township": Text("乡镇干部", "somebody of the township"),
}
RATINGS: dict[Rating, Text] = {
    "satisfied": Text("满意", "satisfied"),
    "basically": Text("基本满意", "more or less satisfied"),
    "not": Text("不满意", "not satisfied"),
}
CONTACT_SEEN = "inquiry.contact_seen"
"""The event of each look at how whoever asked can be reached."""
ROUNDS = 2
MOST_NAME = 60
MOST_NOTE = 500
MOST_WORDS = 1000


class Classified(Struct, frozen=True):
    """What something is and is about; `about`: of a report, whom it is about."""

    kind: Kind
    subject: Subject
    about: About | None = None


class Referral(Struct, frozen=True, kw_only=True):
    """Something handed to an office until a day, with a note; `report`: what the office found, once it said so."""

    id: str
    inquiry_id: str
    office: Office
    name: str
    note: str
    due_on: date
    referred_by_name: str
    referred_at: datetime
    outcome: Outcome | None = None
    report: str | None = None
    ended_by_name: str | None = None
    ended_at: datetime | None = None

    def days_late(self, now: datetime) -> int:
        """Return how many days the office is, or was, over its day."""
        return max(0, (local_date(self.ended_at or now) - self.due_on).days)


class Satisfaction(Struct, frozen=True):
    """How whoever asked received an answer, in their own words; `round`: the first answer's or the second's."""

    inquiry_id: str
    round: int
    rating: Rating
    words: str | None
    rated_at: datetime


def acceptance_clock(
    inquiry: Inquiry, rules: InquiryRules, calendar: WorkdayCalendar, now: datetime
) -> ReplyClock:
    """Return by when it is to be said whether something is taken up; it stops at that moment.

    The days begin after the one on which it came, also while it waits to be looked at.
    """
    rule = DaysAfter(rules.accept.days, rules.accept.unit)
    due = calendar.add_days(local_date(inquiry.asked_at), rule.days, rule.unit)
    seen = local_date(inquiry.accepted_at or inquiry.refused_at or now)
    return ReplyClock(
        due_on=due.date,
        provisional=due.provisional,
        days_left=max(0, calendar.days_between(seen, due.date, rule.unit)),
        days_late=max(0, (seen - due.date).days),
        rule=rule,
    )


def waits_for_acceptance(inquiry: Inquiry) -> bool:
    """Say whether nobody said yet that it is taken up, or that it is not."""
    return inquiry.accepted_at is None and inquiry.state in ("held", "waiting", "answered")


def refused_classification(inquiry: Inquiry, chosen: Classified) -> Text | None:
    """Return why something cannot be classified like this; None when it can.

    A topic has signatures and stays one; nothing else becomes one. Only a report is about somebody.
    """
    if (chosen.kind == "topic") != (inquiry.kind == "topic"):
        return Text(
            "点题带着联名，不能改成别的，别的也不能改成点题",
            "a topic request has signatures: it stays one, and nothing else becomes one",
        )
    if chosen.about is not None and chosen.kind != "report":
        return Text("只有举报要写明举报的是谁", "only a report says whom it is about")
    return None


def respondent_after(inquiry: Inquiry, kind: Kind) -> Respondent:
    """Return who answers once it is of this kind: what turns out to be a report leaves the village at once."""
    return "township" if kind == "report" else inquiry.respondent


def classified(inquiry: Inquiry, chosen: Classified) -> Inquiry:
    """Return it as it stands once it is classified like this."""
    return replace(
        inquiry,
        kind=chosen.kind,
        subject=chosen.subject,
        about=chosen.about,
        respondent=respondent_after(inquiry, chosen.kind),
    )


def classification_told(before: Inquiry, chosen: Classified) -> dict[str, str | None]:
    """Return what the event of a classification says of it."""
    return {
        "number": before.label,
        "kind": chosen.kind,
        "was": before.kind,
        "subject": chosen.subject,
        "about": chosen.about,
    }


def refused_refusal(inquiry: Inquiry) -> Text | None:
    """Return why something can no longer be refused, though it waits; None when it can."""
    if inquiry.joined_at is not None:
        return Text(
            "联名人数已够，按规定必须公开，不能不受理",
            "enough people signed: by the rule it must be made public and cannot be refused",
        )
    if inquiry.accepted_at is not None:
        return Text(
            f"{inquiry.label} 号已经受理，要用答复来办结，不能再不受理",
            f"{inquiry.label} was taken up already: it ends with an answer and can no longer be refused",
        )
    return None


def refused_referral(inquiry: Inquiry, office: Office) -> Text | None:
    """Return why something cannot go to an office; None when it can."""
    if inquiry.referred_to is not None:
        is_with = OFFICES[inquiry.referred_to]
        return Text(
            f"{inquiry.label} 号已经转给{is_with.zh}，等回了话或者先收回，才能再转",
            f"{inquiry.label} is with the {is_with.en}: wait for its word, or take it back first",
        )
    if inquiry.kind == "topic" and office != "village":
        return Text("点题只能转给村委会", "a topic request can go to the village committee only")
    if office == "village" and inquiry.respondent == "village" and inquiry.kind != "report":
        return Text(
            "这条本来就由村委会答复，不用再转",
            "the village committee answers it already; there is nothing to refer",
        )
    return _about_them(inquiry, office) if inquiry.kind == "report" else None


def _about_them(inquiry: Inquiry, office: Office) -> Text | None:
    """Return why a report cannot go to an office: those it is about, or may be about."""
    if office == "discipline":
        return None
    if office == "village" or (inquiry.about is None and office == "supervisor"):
        return Text(
            "举报可能和村里的人有关，不能转给村委会；没写明举报的是谁以前，也不能转给村务监督委员会",
            "a report may be about the village's people: it never goes to the village committee, nor to its supervision "
            "committee before it is said whom it is about",
        )
    if inquiry.about is not None and inquiry.about in (office, "township"):
        about = ABOUT[inquiry.about]
        return Text(
            f"举报的是{about.zh}，不能转给{OFFICES[office].zh}，请转纪检监察机关",
            f"the report is about {about.en}: it cannot go to the {OFFICES[office].en}, refer it to the discipline office",
        )
    return None


def refused_deadline(due_on: date, today: date, answer_due: date) -> Text | None:
    """Return why a day cannot be an office's deadline: it lies between today and the day of the answer itself."""
    if today <= due_on <= max(today, answer_due):
        return None
    return Text(
        f"交办期限应在 {today} 至 {max(today, answer_due)} 之间，现在写的是 {due_on}；答复本身最迟 {answer_due}",
        f"the day must be from {today} to {max(today, answer_due)}, not {due_on}: the answer itself is due on {answer_due}",
    )


def refused_extension(
    inquiry: Inquiry, days: int, rules: InquiryRules, clock: ReplyClock
) -> Text | None:
    """Return why an answer cannot be put off by so many days; None when it can."""
    if inquiry.extended_at is not None:
        return Text(
            f"已经延长过一次（{inquiry.extended_by} 天），只能延长一次",
            f"it was put off once already, by {inquiry.extended_by} days, and can be only once",
        )
    if not 1 <= days <= rules.most_extension:
        return Text(
            f"最多延长 {rules.most_extension} 天，现在写的是 {days} 天",
            f"it can be put off by 1 to {rules.most_extension} days, not by {days}",
        )
    if clock.overdue:
        return Text(
            f"答复期限 {clock.due_on} 已过 {clock.days_late} 天，过期以后不能再延长，请尽快答复",
            f"the answer was due on {clock.due_on}, {clock.days_late} days ago: what is overdue cannot be put off, answer it",
        )
    return None


def refused_rating(inquiry: Inquiry, rated: int) -> Text | None:
    """Return why an answer cannot be rated; None when it can. `rated`: how many ratings there are."""
    if inquiry.state != "published":
        return Text("还没有公开的答复", "there is no answer yet that could be rated")
    if rated >= inquiry.round:
        return Text("这次答复已经评过，评了就不再改", "this answer was rated; a rating stays")
    return None


def opens_another_round(inquiry: Inquiry, rating: Rating) -> bool:
    """Say whether somebody has to answer once more: its sender was not satisfied, for the first time."""
    return rating == "not" and inquiry.round < ROUNDS


def contact_refusal(actor: Actor, inquiry: Inquiry) -> Text | None:
    """Return why somebody may not see how whoever asked can be reached; None when they may.

    It is for those who answer at the level the matter is with, and for nobody who reviews, looks on or looks into it. Who
    complains is for the township alone, also while the village answers: it may be the village that is complained of.
    """
    if inquiry.kind == "complaint":
        return refusal(actor, "answer_township_inquiry", inquiry.division)
    return refusal(actor, answering_act(inquiry), inquiry.division)


def ways(actor: Actor, inquiry: Inquiry, *, contact_left: bool) -> tuple[Way, ...]:
    """Return what somebody can do at the desk with an inquiry now, beside looking, answering and reviewing."""
    found: list[Way] = []
    handles = refusal(actor, "handle_inquiry", inquiry.division) is None
    if handles and inquiry.state == "waiting":
        if inquiry.accepted_at is None:
            found.append("accept")
            if refused_refusal(inquiry) is None:
                found.append("refuse")
        else:
            found.append("classify")
            found += ["take_back"] if inquiry.referred_to else ["refer"]
            if inquiry.extended_at is None:
                found.append("extend")
    if may_report(actor, inquiry) is None and inquiry.referred_to not in (None, "village"):
        found.append("report")
    if contact_left and may_read(actor, inquiry) and contact_refusal(actor, inquiry) is None:
        found.append("see_contact")
    if handles:
        found.append("slips")
    return tuple(found)


def may_report(actor: Actor, inquiry: Inquiry) -> Text | None:
    """Return why somebody may not write down what an office found; None when they may.

    The village's supervisors do it where it is with them; for offices outside the system the township does.
    """
    if inquiry.referred_to == "supervisor":
        return refusal(actor, "report_on_inquiry", inquiry.division)
    return refusal(actor, "handle_inquiry", inquiry.division)
