"""The desk's figures for a span: how what was asked went its way, and what of it was answered, and in time.

Counted is what was asked in the span, each once, whatever became of it later; what was no inquiry at all is counted
beside. Rates are over what is finished, except the reply rate, which is over all; a rate of nothing is None, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from server.rules.inquiries import KINDS, Inquiry, InquiryAnswer, Office, reply_clock
from server.rules.inquiry_handling import OFFICES, Referral, Satisfaction, acceptance_clock
from server.rules.periods import local_date
from server.rules.places import name_in
from server.rules.rulebook import Rulebook
from server.rules.values import Text

Route = Literal["direct", "referred", "other"]

ROUTES: dict[Route, Text] = {
    "direct": Text("直接答复", "Answered directly"),
    "referred": Text("转办后答复", "Answered after a referral"),
    "other": Text("不受理", "Not taken up"),
}
_KIND_NAMES: dict[str, Text] = {str(kind): name for kind, name in KINDS.items()}


class Case(Struct, frozen=True):
    """One inquiry with all that its figures are made of."""

    inquiry: Inquiry
    answers: Sequence[InquiryAnswer]
    referrals: Sequence[Referral]
    rated: Sequence[Satisfaction]


class Ended(Struct, frozen=True):
    """How a case ended the first time: when, by which way, in time or not."""

    at: datetime
    route: Route
    in_time: bool


class Figures(Struct, frozen=True, kw_only=True):
    """The counts of some cases. direct + referred + other = finished; finished + still_open = received.

    Rates in hundredths of a percent, rounded half up; None where there is nothing to divide by. `accepted_in_time`: of
    those of which it was said whether they are taken up (`decided`). `second_rounds`: of the first answers that did not
    satisfy; `second_answered`: those of them that were answered once more.
    """

    received: int
    still_open: int
    overdue: int
    finished: int
    direct: int
    referred: int
    other: int
    in_time: int
    decided: int
    accepted_in_time: int
    satisfied: int
    basically: int
    not_satisfied: int
    second_rounds: int
    second_answered: int
    in_time_rate: int | None
    reply_rate: int | None


class Group(Struct, frozen=True):
    """Some cases under one name: a kind, a village."""

    key: str
    name: Text
    figures: Figures


def is_no_inquiry(inquiry: Inquiry) -> bool:
    """Say whether it was put aside as no inquiry at all, such as advertising."""
    return inquiry.state == "refused" and inquiry.refused_ground is None


def ended(case: Case, book: Rulebook) -> Ended | None:
    """Return how a case ended the first time; None while it did not. A second answer never changes it."""
    inquiry = case.inquiry
    if inquiry.state == "refused" and inquiry.refused_at is not None:
        rules = book.inquiry_rules(inquiry.division, local_date(inquiry.asked_at))
        late = acceptance_clock(inquiry, rules, book.calendar, inquiry.refused_at).overdue
        return Ended(inquiry.refused_at, "other", not late)
    public = [
        a.decided_at
        for a in case.answers
        if a.decision == "approve" and a.decided_at and a.decided_at >= inquiry.clock_from
    ]
    if not public:
        return None
    at = min(public)
    # Put off later than the first answer, it was the second one that was put off.
    extended = inquiry.extended_at is not None and inquiry.extended_at <= at
    first = replace(
        inquiry,
        state="published",
        published_at=at,
        reopened_at=None,
        extended_by=inquiry.extended_by if extended else None,
    )
    rule = book.reply_rule(inquiry.division, local_date(inquiry.clock_from))
    in_time = not reply_clock(first, rule, book.calendar, at).overdue
    handed = any(r.referred_at <= at and r.outcome != "taken_back" for r in case.referrals)
    return Ended(at, "referred" if handed else "direct", in_time)


def figures(cases: Iterable[Case], book: Rulebook, now: datetime) -> Figures:
    """Return the figures of some cases as they stand now."""
    counted = [case for case in cases if not is_no_inquiry(case.inquiry)]
    ends = [ended(case, book) for case in counted]
    done = [end for end in ends if end is not None]
    waiting = [case for case, end in zip(counted, ends, strict=True) if end is None]
    said = [case for case in counted if case.inquiry.accepted_at or case.inquiry.refused_at]
    first_rated = [case.rated[0].rating for case in counted if case.rated]
    again = [case for case in counted if case.inquiry.reopened_at is not None]
    in_time = sum(end.in_time for end in done)
    return Figures(
        received=len(counted),
        still_open=len(waiting),
        overdue=sum(_is_overdue(case.inquiry, book, now) for case in waiting),
        finished=len(done),
        direct=sum(end.route == "direct" for end in done),
        referred=sum(end.route == "referred" for end in done),
        other=sum(end.route == "other" for end in done),
        in_time=in_time,
        decided=len(said),
        accepted_in_time=sum(not _accepted_late(case.inquiry, book, now) for case in said),
        satisfied=first_rated.count("satisfied"),
        basically=first_rated.count("basically"),
        not_satisfied=first_rated.count("not"),
        second_rounds=len(again),
        second_answered=sum(case.inquiry.state == "published" for case in again),
        in_time_rate=rate(in_time, len(done)),
        reply_rate=rate(len(done), len(counted)),
    )


def rate(part: int, whole: int) -> int | None:
    """Return a share in hundredths of a percent, rounded half up; None of nothing."""
    return None if whole == 0 else (part * 20_000 + whole) // (2 * whole)


def by_kind(cases: Sequence[Case], book: Rulebook, now: datetime) -> tuple[Group, ...]:
    """Return the figures of every kind that was asked, in the order of the kinds."""
    return _grouped(cases, lambda case: case.inquiry.kind, _KIND_NAMES, book, now)


def by_village(
    cases: Sequence[Case], names: Mapping[str, str], book: Rulebook, now: datetime
) -> tuple[Group, ...]:
    """Return the figures of every village where something was asked, in the order of their codes."""
    codes = sorted({case.inquiry.division for case in cases})
    said = {
        code: Text(names.get(code, code), name_in(names.get(code, code), "en")) for code in codes
    }
    return _grouped(cases, lambda case: case.inquiry.division, said, book, now)


def by_office(cases: Iterable[Case]) -> dict[Office, int]:
    """Return how many referrals went to each office, those that were taken back not counted."""
    sent = [r.office for case in cases for r in case.referrals if r.outcome != "taken_back"]
    return {office: sent.count(office) for office in OFFICES}


def _grouped(
    cases: Sequence[Case],
    key: Callable[[Case], str],
    names: Mapping[str, Text],
    book: Rulebook,
    now: datetime,
) -> tuple[Group, ...]:
    made = []
    for each, name in names.items():
        own = [case for case in cases if key(case) == each and not is_no_inquiry(case.inquiry)]
        if own:
            made.append(Group(each, name, figures(own, book, now)))
    return tuple(made)


def _is_overdue(inquiry: Inquiry, book: Rulebook, now: datetime) -> bool:
    rule = book.reply_rule(inquiry.division, local_date(inquiry.clock_starts))
    return reply_clock(inquiry, rule, book.calendar, now).overdue


def _accepted_late(inquiry: Inquiry, book: Rulebook, now: datetime) -> bool:
    rules = book.inquiry_rules(inquiry.division, local_date(inquiry.asked_at))
    return acceptance_clock(inquiry, rules, book.calendar, now).overdue
