"""Submissions in a staff member's scope: the list to review or follow, and one of them with everything on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from server import problems
from server.rules import reviewing
from server.rules.cards import Figure
from server.rules.difference import Change, difference
from server.rules.disclosures import Disclosure, Edition, EditionHead, awaits_review
from server.rules.gists import figures
from server.rules.periods import event_period
from server.rules.permissions import Actor, refusal
from server.rules.places import Place, place_of, spoken_name
from server.rules.rulebook import Rulebook, period_of, reviewing_act, signing_act
from server.rules.sentences import sentences
from server.rules.sheets import Sheet, sheet_for
from server.rules.signatures import Signature
from server.rules.submission_lines import SubmissionLine, line_of
from server.rules.turns import Waiting, turn_of, waiting
from server.rules.values import Lang, Text
from server.storage import (
    accounts,
    disclosures,
    divisions,
    editions,
    events,
    histories,
    occurrences,
    photos,
    reviews,
)
from server.storage.database import Reader
from server.storage.reviews import Review

PAGE = 50


class SubmissionList(Struct, frozen=True):
    """Submissions, newest first, at most a page; `next` is the cursor of the following page."""

    items: tuple[SubmissionLine, ...]
    next: str | None


class PhotoLine(Struct, frozen=True):
    """A photo with its private capture time, for those who review it."""

    sha256: str
    role: str
    caption: str | None
    pointer: str | None
    width: int
    height: int
    captured_at: datetime | None
    received_at: datetime


class History(Struct, frozen=True):
    """One event of a submission: what happened, when, by whom."""

    at: datetime
    action: str
    actor_name: str


class SubmissionPage(Struct, frozen=True):
    """One submission for those who may see it: `content` is whole, not the public part; money in fen."""

    line: SubmissionLine
    division: Place
    period: str
    event_on: date | None
    # Which event: what is sent again, or corrects it, must name the same.
    occurrence_id: str | None
    content: Mapping[str, Any]
    content_hash: str
    schema_version: int
    sheet: Sheet
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Mapping[str, Any], ...]
    reason: str | None
    photos: tuple[PhotoLine, ...]
    reviews: tuple[Signature, ...]
    changes: tuple[Change, ...]
    history: tuple[History, ...]
    composed_at: datetime
    captured_at: datetime | None
    plan_at: datetime | None
    rule: Text
    revision: int
    turn: Waiting | None
    may_review: bool
    why_not: Text | None


async def submission_list(
    db: Reader,
    *,
    book: Rulebook,
    actor: Actor,
    state: str | None,
    cursor: str | None,
    now: datetime,
    lang: Lang,
) -> SubmissionList:
    """Return the submissions under the actor's division and those it took over, in one state or in all."""
    states = (state,) if state else ("in_review", "returned", "approved", "withdrawn")
    found = await editions.in_state(
        db, [actor.division, *actor.took_over], states, before=cursor, limit=PAGE + 1
    )
    about = await disclosures.get_many(db, [e.disclosure_id for e in found])
    names = await accounts.names(db, [e.submitted_by for e in found])
    places = await divisions.names(db, [d.division for d in about.values()])
    signed = await reviews.for_editions(db, [e.id for e in found if awaits_review(e)])
    beside = await _published_first(db, found)
    me = await accounts.get(db, actor.account_id)
    post = me.post if me else None
    lines = []
    for edition in found[:PAGE]:
        disclosure = about[edition.disclosure_id]
        why_not = _why_not(book, actor, disclosure, edition, post, signed.get(edition.id, []))
        lines.append(
            line_of(
                book,
                disclosure,
                edition,
                spoken_name(places.get(disclosure.division, "")),
                names.get(edition.submitted_by, ""),
                actor,
                now,
                lang,
                yours=why_not is None,
                beside=beside.get(disclosure.id, ()),
            )
        )
    return SubmissionList(tuple(lines), found[PAGE - 1].id if len(found) > PAGE else None)


async def submission_page(
    db: Reader, *, book: Rulebook, actor: Actor, submission_id: str, now: datetime, lang: Lang
) -> SubmissionPage:
    """Return one submission. Raises not_found, also for what lies outside the actor's division."""
    edition = await editions.get(db, submission_id)
    disclosure = await disclosures.get(db, edition.disclosure_id) if edition else None
    if (
        edition is None
        or disclosure is None
        or refusal(actor, "see_submissions", disclosure.division)
    ):
        raise problems.not_found()
    category = book.categories[disclosure.category]
    line = await divisions.line_that_stood(db, disclosure.division)
    uses = (await photos.for_editions(db, [edition.id])).get(edition.id, [])
    signed = (await reviews.for_editions(db, [edition.id])).get(edition.id, [])
    happened = await events.for_subject(db, edition.id)
    names = await accounts.names(db, [edition.submitted_by, *(e.actor for e in happened)])
    earlier = await histories.earlier_contents(
        db,
        await histories.approved(db, disclosure.division, disclosure.category),
        period_of(disclosure),
    )
    view = book.papers[category.key, edition.schema_version].view
    sheet = sheet_for(
        category,
        view,
        edition.content,
        lang,
        previous=earlier.previous,
        period=period_of(disclosure),
        calendar=book.calendar,
    )
    me = await accounts.get(db, actor.account_id)
    why_not = _why_not(book, actor, disclosure, edition, me.post if me else None, signed)
    return SubmissionPage(
        line=line_of(
            book,
            disclosure,
            edition,
            spoken_name(line[-1].name),
            names.get(edition.submitted_by, ""),
            actor,
            now,
            lang,
            yours=why_not is None,
            beside=(await _published_first(db, [edition])).get(disclosure.id, ()),
        ),
        division=place_of(line),
        period=disclosure.period_key,
        event_on=disclosure.event_on,
        occurrence_id=await _occurrence_of(db, disclosure),
        content=edition.content,
        content_hash=edition.content_hash,
        schema_version=edition.schema_version,
        sheet=sheet,
        sentences=tuple(sentences(sheet, lang)),
        figures=tuple(Figure(t, a) for t, a in figures(view, edition.gist)),
        findings=tuple(edition.findings),
        reason=edition.reason,
        photos=tuple(
            PhotoLine(
                p.sha256,
                p.role,
                p.caption,
                p.pointer,
                p.width,
                p.height,
                p.captured_at,
                p.received_at,
            )
            for p in uses
        ),
        reviews=tuple(r.signature(category.publisher) for r in signed),
        changes=await _changes(db, book, disclosure, edition),
        history=tuple(History(e.at, e.action, names.get(e.actor, "")) for e in happened),
        composed_at=edition.composed_at,
        captured_at=edition.captured_at,
        plan_at=edition.plan_at,
        rule=book.schedule_of(disclosure).source,
        revision=edition.revision,
        turn=waiting(book, disclosure, edition),
        may_review=why_not is None,
        why_not=why_not,
    )


async def _occurrence_of(db: Reader, disclosure: Disclosure) -> str | None:
    if disclosure.event_on is None:
        return None
    for each in await occurrences.for_scope(db, disclosure.division):
        key = event_period(each.occurred_on, each.id).key
        if each.category == disclosure.category and key == disclosure.period_key:
            return each.id
    return None


async def _published_first(
    db: Reader, found: Sequence[EditionHead]
) -> Mapping[str, Sequence[EditionHead]]:
    """Return all editions of the disclosures among these that were published before their review."""
    about = {e.disclosure_id for e in found if e.urgent_reason is not None}
    return await editions.heads_for_disclosures(db, sorted(about)) if about else {}


def _why_not(
    book: Rulebook,
    actor: Actor,
    disclosure: Disclosure,
    edition: Edition,
    post: str | None,
    signed: Sequence[Review],
) -> Text | None:
    """Return why this person may not review this submission now, or None."""
    category = book.categories[disclosure.category]
    turn = turn_of(book, disclosure, edition)
    act = signing_act(category, turn.by) if turn else reviewing_act(category)
    if why := refusal(actor, act, disclosure.division):
        return why
    if edition.submitted_by == actor.account_id:
        return Text(
            "这是您自己提交的，请由别人审议。",
            "You submitted this yourself; somebody else must review it.",
        )
    if not awaits_review(edition):
        return Text("已经审议过了。", "It has been decided already.")
    if actor.account_id in {r.reviewer for r in signed}:
        return reviewing.SIGNED
    return reviewing.refused_post(book.schedule_of(disclosure).review, post)


async def _changes(
    db: Reader, book: Rulebook, disclosure: Disclosure, edition: Edition
) -> tuple[Change, ...]:
    """Return what a correction changes against the edition that stood when it arrived."""
    earlier = [
        e
        for e in await editions.for_disclosure(db, disclosure.id)
        if e.number is not None and e.received_at < edition.received_at
    ]
    if not earlier:
        return ()
    base = max(earlier, key=lambda e: e.number or 0)
    form = book.papers[disclosure.category, edition.schema_version].form
    return tuple(difference(base.content, edition.content, form))
