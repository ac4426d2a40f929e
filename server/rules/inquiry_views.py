"""What the public reads of what was asked: one shape for the village's page, beside a line, and in the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from server.rules.cards import public_edition, title_of
from server.rules.disclosures import Disclosure, EditionHead
from server.rules.inquiries import (
    KINDS,
    Inquiry,
    InquiryAnswer,
    Kind,
    ReplyClock,
    is_on_view,
    is_open_to_signing,
    public_text,
    reply_clock,
    standing_answer,
    term,
)
from server.rules.inquiry_handling import acceptance_clock
from server.rules.inquiry_photos import InquiryPhoto, InquiryPhotoView, views_of
from server.rules.periods import local_date
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Lang, Text
from server.rules.workdays import DayUnit

BODIES = {"village": Text("村委会", "village committee"), "township": Text("乡镇", "township")}

Notices = Mapping[str, tuple[Disclosure, Sequence[EditionHead]]]
"""Disclosures by id, each with its editions."""


class PublicAnswer(Struct, frozen=True):
    """A reviewed answer: who wrote it for which body, who reviewed it, and when it could first be read."""

    text: str
    takes_up: bool | None
    body: Text
    answered_by_name: str
    reviewed_by_name: str
    published_at: datetime


class ReplyDue(Struct, frozen=True):
    """By when an answer is owed, or was; `days_left` in the term's own days (`unit`), `days_late` in calendar days."""

    on: date
    provisional: bool
    days_left: int
    days_late: int
    unit: DayUnit
    term: Text


class Signing(Struct, frozen=True):
    """A topic's signatures: `needed` make it compulsory, `joined` they did, `open` more can sign."""

    signatures: int
    needed: int
    joined: bool
    open: bool


class PublicInquiry(Struct, frozen=True):
    """Something asked that the public may read, with its answer; of when it was asked only the day.

    `pointer` says beside which line of the notice it stands, where that line is still the one that was meant.
    `photos`: those that its reviewer let the public see.
    """

    id: str
    number: str
    kind: Kind
    kind_name: Text
    text: str
    asked_on: date
    disclosure_id: str | None
    notice: str | None
    pointer: str | None
    line: str | None
    answer: PublicAnswer | None
    due: ReplyDue
    signing: Signing | None
    photos: tuple[InquiryPhotoView, ...]


def due_of(inquiry: Inquiry, book: Rulebook, now: datetime) -> ReplyDue:
    """Return by when an inquiry is, or was, to be answered: the second time, where a second answer is owed."""
    rule = book.reply_rule(inquiry.division, local_date(inquiry.clock_starts))
    return _due(reply_clock(inquiry, rule, book.calendar, now))


def accept_due_of(inquiry: Inquiry, book: Rulebook, now: datetime) -> ReplyDue:
    """Return by when it is, or was, to be said whether an inquiry is taken up."""
    rules = book.inquiry_rules(inquiry.division, local_date(inquiry.asked_at))
    return _due(acceptance_clock(inquiry, rules, book.calendar, now))


def _due(clock: ReplyClock) -> ReplyDue:
    return ReplyDue(
        on=clock.due_on,
        provisional=clock.provisional,
        days_left=clock.days_left,
        days_late=clock.days_late,
        unit=clock.rule.unit,
        term=term(clock.rule),
    )


def _shown_due(inquiry: Inquiry, book: Rulebook, now: datetime) -> ReplyDue:
    """Return what the public reads beside an answer: while a second one is written, how the first one came."""
    if inquiry.reopened_at is not None and inquiry.state != "published":
        inquiry = replace(inquiry, reopened_at=None, state="published")
    return due_of(inquiry, book, now)


def due_when_asked(division: str, book: Rulebook, now: datetime) -> ReplyDue:
    """Return by when something asked now would be answered."""
    today = local_date(now)
    rule = book.reply_rule(division, today)
    due = book.calendar.add_days(today, rule.days, rule.unit)
    return ReplyDue(due.date, due.provisional, rule.days, 0, rule.unit, term(rule))


def signing_of(
    inquiry: Inquiry, answers: Sequence[InquiryAnswer], signatures: int, book: Rulebook
) -> Signing | None:
    """Return how the signing of a topic stands; None for everything else."""
    if inquiry.kind != "topic":
        return None
    needed = book.topic_signatures(inquiry.division, local_date(inquiry.asked_at))
    return Signing(
        signatures, needed, inquiry.joined_at is not None, is_open_to_signing(inquiry, answers)
    )


def answer_of(inquiry: Inquiry, answers: Sequence[InquiryAnswer]) -> PublicAnswer | None:
    """Return the answer that may be read, or None while there is none."""
    answer = standing_answer(answers)
    if answer is None or answer.decided_at is None:
        return None
    return PublicAnswer(
        text=answer.text,
        takes_up=answer.takes_up,
        body=BODIES[inquiry.respondent],
        answered_by_name=answer.answered_by_name,
        reviewed_by_name=answer.decided_by_name or "",
        published_at=answer.decided_at,
    )


def notice_on_view(
    inquiry: Inquiry, notices: Notices, book: Rulebook, now: datetime, lang: Lang
) -> str | None:
    """Return the title of the notice that is asked about; None when the public may not read that notice now."""
    found = notices.get(inquiry.disclosure_id or "")
    if found is None:
        return None
    disclosure, editions = found
    edition = public_edition(editions, book, disclosure, now)
    if edition is None or edition.state != "approved":
        return None
    return title_of(book.categories[disclosure.category], period_of(disclosure), lang)


def views(
    found: Sequence[Inquiry],
    answers: Mapping[str, Sequence[InquiryAnswer]],
    signatures: Mapping[str, int],
    photos: Mapping[str, Sequence[InquiryPhoto]],
    notices: Notices,
    book: Rulebook,
    now: datetime,
    lang: Lang,
) -> tuple[PublicInquiry, ...]:
    """Return what the public may read now, in the order given.

    What is about a notice goes where the notice goes: hidden or withdrawn, nothing asked about it is shown either.
    """
    made: list[PublicInquiry] = []
    for inquiry in found:
        if not is_on_view(inquiry):
            continue
        title = notice_on_view(inquiry, notices, book, now, lang)
        if inquiry.disclosure_id is not None and title is None:
            continue
        own = answers.get(inquiry.id, ())
        made.append(
            PublicInquiry(
                id=inquiry.id,
                number=inquiry.label,
                kind=inquiry.kind,
                kind_name=KINDS[inquiry.kind],
                text=public_text(inquiry),
                asked_on=local_date(inquiry.asked_at),
                disclosure_id=inquiry.disclosure_id,
                notice=title,
                pointer=inquiry.pointer,
                line=inquiry.line,
                answer=answer_of(inquiry, own),
                due=_shown_due(inquiry, book, now),
                signing=signing_of(inquiry, own, signatures.get(inquiry.id, 0), book),
                photos=views_of(photos.get(inquiry.id, ()), shown=True),
            )
        )
    return tuple(made)
