"""The desk: what villagers asked in my area, what of it waits for me, and one inquiry with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from server import problems
from server.rules.handling_views import Handling, ReferralView, handling_of, referral_view
from server.rules.inquiries import (
    KINDS,
    STATES,
    Inquiry,
    InquiryAnswer,
    Kind,
    Respondent,
    State,
    may_read,
    refused_to_answer,
)
from server.rules.inquiry_handling import Referral, may_report, waits_for_acceptance
from server.rules.inquiry_photos import InquiryPhotoView, views_of
from server.rules.inquiry_views import (
    ReplyDue,
    Signing,
    accept_due_of,
    due_of,
    notice_on_view,
    signing_of,
)
from server.rules.listing import Sort, Wanted, said_by
from server.rules.permissions import Actor, refusal
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook
from server.rules.values import Lang, Text
from server.storage import (
    asked,
    disclosures,
    divisions,
    editions,
    inquiries,
    inquiry_referrals,
    inquiry_satisfaction,
)
from server.storage.columns import millis
from server.storage.database import Reader

Turn = Literal["look", "accept", "answer", "report", "review"]
EXCERPT = 80
PAGE = 50
# Beyond every moment in milliseconds, so that what is newer sorts first.
_LAST = 10**15 - 1


class DeskLine(Struct, frozen=True):
    """One inquiry in the list. `turn`: what of it waits for me. `returned`: its last answer was sent back.

    `accept_due`: by when it is to be said whether it is taken up, while nobody said so. `referral`: the office that it
    is with. `round`: 2 once its sender was not satisfied with the first answer.
    """

    id: str
    number: str
    division: str
    division_name: str
    kind: Kind
    kind_name: Text
    state: State
    state_name: Text
    respondent: Respondent
    excerpt: str
    line: str | None
    asked_at: datetime
    due: ReplyDue
    signing: Signing | None
    returned: bool
    accept_due: ReplyDue | None
    referral: ReferralView | None
    round: int
    turn: Turn | None


class DeskList(Struct, frozen=True):
    """What is open, what waits for me and then what falls due first; and what ended, the newest first.

    At most a page of each; `next` is the cursor of the following page.
    """

    open: tuple[DeskLine, ...]
    ended: tuple[DeskLine, ...]
    next: str | None


class DeskAnswer(Struct, frozen=True):
    """An answer and what came of it."""

    id: str
    text: str
    takes_up: bool | None
    answered_by_name: str
    answered_at: datetime
    decision: str | None
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None


class DeskPage(Struct, frozen=True):
    """One inquiry for people at work. `notice`: the title of what it is about, if on view.

    `contact_left`: whether whoever asked can be reached; how is asked for by itself, and every look is written down.

    `photos`: all that came with it; `shown_photos`: the numbers of those that the public may see.
    """

    head: DeskLine
    text: str
    shown_text: str | None
    contact_left: bool
    proved: bool
    disclosure_id: str | None
    notice: str | None
    pointer: str | None
    refused_reason: str | None
    answers: tuple[DeskAnswer, ...]
    photos: tuple[InquiryPhotoView, ...]
    shown_photos: tuple[int, ...]
    handling: Handling
    revision: int


async def inquiry_desk(
    db: Reader,
    *,
    book: Rulebook,
    actor: Actor,
    wanted: Wanted,
    cursor: str | None,
    now: datetime,
    limit: int | None = None,
) -> DeskList:
    """Return a page of what somebody at work may read of what was asked in their area; `cursor`: `next` of the last.

    First what is open, and with the last of it the first of what ended.
    """
    most = limit or PAGE
    group, _, after = (cursor or "open.").partition(".")
    kinds = said_by(wanted.q, KINDS)
    is_open: list[DeskLine] = []
    if group == "open":
        # By when each is owed is not in the database: all that is open is looked at to know which come first.
        waiting = await inquiries.in_scope(
            db, actor.division, ("held", "waiting", "answered"), wanted, kinds
        )
        readable = [i for i in waiting if may_read(actor, i)]
        lines = await _lines(db, readable, book, actor, now)
        places = {_place(line, wanted.sort): line for line in lines}
        left = sorted(place for place in places if place > after)
        is_open = [places[place] for place in left[:most]]
        if len(left) > most:
            return DeskList(tuple(is_open), (), f"open.{left[most - 1]}")
        after = ""
    ended, following = await _ended(db, actor, wanted, kinds, after or None, most)
    over = await _lines(db, ended, book, actor, now)
    return DeskList(tuple(is_open), tuple(over), f"ended.{following}" if following else None)


async def _ended(
    db: Reader,
    actor: Actor,
    wanted: Wanted,
    kinds: Sequence[Kind],
    after: str | None,
    limit: int,
) -> tuple[list[Inquiry], str | None]:
    """Return a page of what ended and somebody may read, and the position of its last where more follows."""
    found: list[Inquiry] = []
    while len(found) <= limit:
        page = await inquiries.ended(
            db, actor.division, wanted, kinds, after=after, limit=limit + 1
        )
        found += [i for i in page if may_read(actor, i)]
        if len(page) <= limit:
            break
        after = inquiries.ended_position(page[-1], wanted.sort)
    ended = found[:limit]
    more = len(found) > limit
    return ended, inquiries.ended_position(ended[-1], wanted.sort) if more else None


async def _lines(
    db: Reader, about: list[Inquiry], book: Rulebook, actor: Actor, now: datetime
) -> list[DeskLine]:
    found = await asked.with_answers(db, about)
    names = await divisions.names(db, [i.division for i in about])
    referred = await inquiry_referrals.for_inquiries(db, [i.id for i in about if i.referred_to])
    return [
        _line(
            i,
            found.answers.get(i.id, []),
            found.signatures.get(i.id, 0),
            referred.get(i.id, []),
            spoken_name(names.get(i.division, i.division)),
            book,
            actor,
            now,
        )
        for i in about
    ]


def _place(line: DeskLine, sort: Sort) -> str:
    """Return where an open line stands, as text that sorts: what waits for me, then by the day, then as it was asked.

    Or then by its village, or only as it was asked. A cursor is this text and not an inquiry, which may be answered before
    the next page is read.
    """
    mine = 0 if line.turn else 1
    asked_at = millis(line.asked_at)
    if sort in ("newest", "place"):
        asked_at = _LAST - asked_at
    by = {"usual": _next_due(line).isoformat(), "place": line.division}.get(sort, "0000-00-00")
    return f"{mine}.{by}.{asked_at:015d}.{line.id}"


async def inquiry_at_desk(
    db: Reader, *, book: Rulebook, actor: Actor, inquiry_id: str, now: datetime, lang: Lang
) -> DeskPage:
    """Return one inquiry with every answer and how it is handled. Raises not_found, also for what this person may not read."""
    inquiry = await inquiries.get(db, inquiry_id)
    if inquiry is None or not may_read(actor, inquiry):
        raise problems.not_found()
    found = await asked.with_answers(db, [inquiry])
    answers = found.answers.get(inquiry.id, [])
    names = await divisions.names(db, [inquiry.division])
    notice = await disclosures.get(db, inquiry.disclosure_id) if inquiry.disclosure_id else None
    rows = {}
    if notice is not None:
        rows = {notice.id: (notice, await editions.for_disclosure(db, notice.id))}
    signatures = found.signatures.get(inquiry.id, 0)
    photos = found.photos.get(inquiry.id, [])
    name = spoken_name(names.get(inquiry.division, inquiry.division))
    referrals = await inquiry_referrals.for_inquiry(db, inquiry.id)
    contact_left = await inquiries.contact_of(db, inquiry.id) is not None
    return DeskPage(
        head=_line(inquiry, answers, signatures, referrals, name, book, actor, now),
        text=inquiry.text,
        shown_text=inquiry.shown_text,
        contact_left=contact_left,
        proved=inquiry.proved,
        disclosure_id=inquiry.disclosure_id,
        notice=notice_on_view(inquiry, rows, book, now, lang),
        pointer=inquiry.pointer,
        refused_reason=inquiry.refused_reason,
        answers=tuple(_answer(a) for a in answers),
        photos=views_of(photos),
        shown_photos=tuple(each.position for each in photos if each.shown),
        handling=handling_of(
            inquiry,
            referrals,
            await inquiry_satisfaction.for_inquiry(db, inquiry.id),
            book,
            actor,
            contact_left=contact_left,
            now=now,
        ),
        revision=inquiry.revision,
    )


def _next_due(line: DeskLine) -> date:
    """Return the next day on which something is owed: whether it is taken up, or its answer."""
    return min(line.accept_due.on, line.due.on) if line.accept_due else line.due.on


def _line(
    inquiry: Inquiry,
    answers: list[InquiryAnswer],
    signatures: int,
    referrals: list[Referral],
    division_name: str,
    book: Rulebook,
    actor: Actor,
    now: datetime,
) -> DeskLine:
    words = " ".join(inquiry.text.split())
    is_with = next((r for r in referrals if inquiry.referred_to and r.ended_at is None), None)
    return DeskLine(
        id=inquiry.id,
        number=inquiry.label,
        division=inquiry.division,
        division_name=division_name,
        kind=inquiry.kind,
        kind_name=KINDS[inquiry.kind],
        state=inquiry.state,
        state_name=STATES[inquiry.state],
        respondent=inquiry.respondent,
        excerpt=words if len(words) <= EXCERPT else f"{words[: EXCERPT - 1]}…",
        line=inquiry.line,
        asked_at=inquiry.asked_at,
        due=due_of(inquiry, book, now),
        signing=signing_of(inquiry, answers, signatures, book),
        returned=inquiry.state == "waiting" and bool(answers) and answers[-1].decision == "return",
        accept_due=accept_due_of(inquiry, book, now) if waits_for_acceptance(inquiry) else None,
        referral=referral_view(is_with, now) if is_with else None,
        round=inquiry.round,
        turn=_turn(inquiry, answers, actor),
    )


def _turn(inquiry: Inquiry, answers: list[InquiryAnswer], actor: Actor) -> Turn | None:
    reviews = refusal(actor, "review_answer", inquiry.division) is None
    if inquiry.state == "held" and reviews:
        return "look"
    if inquiry.state == "waiting":
        if (
            inquiry.accepted_at is None
            and refusal(actor, "handle_inquiry", inquiry.division) is None
        ):
            return "accept"
        if refused_to_answer(actor, inquiry) is None:
            return "answer"
        asked_to_look = actor.role == "supervisor" and inquiry.referred_to == "supervisor"
        return "report" if asked_to_look and may_report(actor, inquiry) is None else None
    if inquiry.state == "answered" and reviews and answers[-1].answered_by != actor.account_id:
        return "review"
    return None


def _answer(answer: InquiryAnswer) -> DeskAnswer:
    return DeskAnswer(
        id=answer.id,
        text=answer.text,
        takes_up=answer.takes_up,
        answered_by_name=answer.answered_by_name,
        answered_at=answer.answered_at,
        decision=answer.decision,
        decided_by_name=answer.decided_by_name,
        decided_at=answer.decided_at,
        reason=answer.reason,
    )
