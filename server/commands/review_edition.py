"""Review an edition: the supervision committee's five points, approve or return.

Approval gives the edition its number and its opening moment, `max(now, planned)`, and files what search may
find of it from then on. Nothing else has to happen for it to appear or to come down: visibility is computed from these columns as time passes.

What was published first as urgent stays where it is: the review is put on record and read by everybody, and so is
why it did not agree. Then its author corrects or withdraws it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.external import pinyin
from server.rules import gate, publication, reviewing
from server.rules.canonical import content_hash
from server.rules.categories import Category
from server.rules.disclosures import Disclosure, Edition, State, failure_reasons_review
from server.rules.findable import labels_of
from server.rules.permissions import Actor, refusal
from server.rules.reviewing import ReviewRule, Turn
from server.rules.rulebook import Rulebook, signing_act
from server.storage import (
    accounts,
    disclosures,
    editions,
    events,
    histories,
    reviews,
    search,
    versions,
)
from server.storage.database import Tx
from server.storage.reviews import Note, Review

POINTS = ("process", "decision", "result", "scope", "form")


class Verdict(Struct, frozen=True):
    """What the reviewer decided: a client-made id, the five points, and a reason when returned."""

    id: str
    edition_id: str
    decision: Literal["approve", "return"]
    points: Mapping[str, bool]
    reason: str | None = None
    # Places of the gate's findings, each with its kind, that the reviewer confirms may be published.
    confirmed: tuple[tuple[str, str], ...] = ()
    # What the reviewer wrote beside single lines of the content.
    notes: tuple[Note, ...] = ()


async def review_edition(
    tx: Tx,
    *,
    book: Rulebook,
    actor: Actor,
    now: datetime,
    address: str,
    verdict: Verdict,
    revision: int,
) -> Edition:
    """Record a verdict and return the edition as it now stands.

    The same verdict id again answers the edition unchanged. Raises: not_found, not_allowed, own_work,
    same_id_other_content, already_decided, edited_meanwhile (the revision is not the one the reviewer saw), points_not_met
    (approving with a point refused), reason_needed (returning without one), content_has_errors (a personal number in
    the reason), overrides_not_confirmed.
    """
    edition = await editions.get(tx, verdict.edition_id)
    if edition is None:
        raise problems.not_found()
    disclosure = await disclosures.get(tx, edition.disclosure_id)
    assert disclosure is not None
    category = book.categories[disclosure.category]
    rule = book.schedule_of(disclosure).review
    acts = [signing_act(category, step.by) for step in rule.steps]
    refusals = [refusal(actor, act, disclosure.division) for act in acts]
    if all(refusals) and refusals[0]:
        raise problems.not_allowed(refusals[0])
    given = await reviews.for_edition(tx, edition.id)
    for known in given:
        if known.id == verdict.id:
            return _replayed(known, verdict, actor, edition)
    if edition.submitted_by == actor.account_id:
        raise problems.own_work()
    if reasons := failure_reasons_review(edition, actor.account_id):
        raise problems.already_decided(reasons[0])
    if edition.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=edition.revision)
    turn = reviewing.turn(rule, edition.content, _steps(given), edition.received_at)
    if turn is None:
        raise problems.already_decided(reviewing.SIGNED)
    post = await _post_for_turn(tx, category, disclosure, rule, turn, given, actor)
    _refuse_half_a_verdict(verdict)
    texts = {"reason": verdict.reason, "notes": [{"text": n.text} for n in verdict.notes]}
    if found := gate.beside(texts, category):
        raise problems.content_has_errors(found)
    left = gate.unconfirmed(edition.findings, verdict.confirmed)
    if left and verdict.decision == "approve":
        raise problems.overrides_not_confirmed(left)

    approve = verdict.decision == "approve"
    left_over = (
        reviewing.turn(rule, edition.content, [*_steps(given), turn.by], now) if approve else None
    )
    public = edition.state == "approved"
    if left_over:
        decided = replace(edition, turn=left_over)
    elif public:
        decided = publication.reviewed_after(
            edition,
            book.schedule_of(disclosure),
            book.calendar,
            now=now,
            objection=None if approve else (verdict.reason or "").strip(),
        )
    else:
        decided = await _decided(tx, book, disclosure, edition, actor, now, approve=approve)
    if not await editions.update(tx, decided, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=edition.revision + 1)
    signed = Review(
        id=verdict.id,
        edition_id=edition.id,
        reviewer=actor.account_id,
        reviewer_name=actor.name,
        decision=verdict.decision,
        points=dict(verdict.points),
        reason=verdict.reason,
        decided_at=now,
        step=turn.by,
        notes=verdict.notes,
        post=post,
    )
    if not await reviews.insert(tx, signed, county=disclosure.county):
        # The id stands for a verdict on another submission: nothing is decided without a signature of its own.
        raise problems.same_id_other_content(
            verdict.id, stored="-", received=_hash(verdict.decision, verdict.points, verdict.reason)
        )
    if decided.state == "approved" and not public:
        await editions.give_way(tx, await _places_taken(tx, book, disclosure, decided))
        labels = labels_of(book.papers[category.key, decided.schema_version].form)
        filing = search.Filing(category, labels, disclosure, decided)
        await search.file_all(tx, [filing], pinyin.readings)
    if decided.state == "approved":
        await versions.bump(tx, disclosure.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action=_action(decided, public=public),
        subject=edition.id,
        division=disclosure.division,
        address=address,
        details={
            "disclosure": disclosure.id,
            "number": decided.number,
            "reason": verdict.reason,
            "confirmed": [[o.pointer, o.kind] for o in gate.asked_in(edition.findings)]
            if approve
            else [],
            "step": turn.by,
        },
    )
    return replace(decided, revision=revision + 1)


_ACTIONS: Mapping[State, str] = {
    "in_review": "edition.signed",
    "approved": "edition.approved",
    "returned": "edition.returned",
}


def _action(decided: Edition, *, public: bool) -> str:
    if not public:
        return _ACTIONS[decided.state]
    if decided.reviewed_at is None:
        return "edition.signed"
    return "edition.reviewed_after" if decided.objection is None else "edition.objected"


def _steps(given: Sequence[Review]) -> list[str]:
    return [r.step or "reviewer" for r in given if r.decision == "approve"]


async def _post_for_turn(
    tx: Tx,
    category: Category,
    disclosure: Disclosure,
    rule: ReviewRule,
    turn: Turn,
    given: Sequence[Review],
    actor: Actor,
) -> str | None:
    """Return the post the actor signs for; refuse whoever may not sign now: not their step, an excluded post, signed already."""
    if why := refusal(actor, signing_act(category, turn.by), disclosure.division):
        raise problems.not_allowed(why)
    account = await accounts.get(tx, actor.account_id)
    post = account.post if account else None
    if why := reviewing.refused_post(rule, post):
        raise problems.not_allowed(why)
    if actor.account_id in {r.reviewer for r in given}:
        raise problems.already_decided(reviewing.SIGNED)
    return post


def _replayed(known: Review, verdict: Verdict, actor: Actor, edition: Edition) -> Edition:
    stored = _hash(known.decision, known.points, known.reason)
    received = _hash(verdict.decision, verdict.points, verdict.reason)
    if known.reviewer != actor.account_id or stored != received:
        raise problems.same_id_other_content(verdict.id, stored=stored, received=received)
    return edition


def _hash(decision: str, points: Mapping[str, bool], reason: str | None) -> str:
    return content_hash({"decision": decision, "points": dict(points), "reason": reason})


def _refuse_half_a_verdict(verdict: Verdict) -> None:
    unanswered = [p for p in POINTS if p not in verdict.points]
    if unanswered:
        raise problems.points_not_met([f"/points/{p}" for p in unanswered])
    if verdict.decision == "approve":
        refused = [p for p in POINTS if not verdict.points[p]]
        if refused:
            raise problems.points_not_met([f"/points/{p}" for p in refused])
    elif not (verdict.reason or "").strip():
        raise problems.reason_needed()


async def _decided(
    tx: Tx,
    book: Rulebook,
    disclosure: Disclosure,
    edition: Edition,
    actor: Actor,
    now: datetime,
    *,
    approve: bool,
) -> Edition:
    if not approve:
        return replace(
            edition, state="returned", decided_at=now, decided_by=actor.account_id, turn=None
        )
    return publication.approved(
        edition,
        book.schedule_of(disclosure),
        book.calendar,
        number=await editions.next_number(tx, disclosure.id),
        now=now,
        decided_by=actor.account_id,
    )


async def _places_taken(
    tx: Tx, book: Rulebook, disclosure: Disclosure, opened: Edition
) -> list[tuple[str, datetime]]:
    return publication.succession(
        opened,
        disclosure,
        await editions.for_disclosure(tx, disclosure.id),
        await histories.approved(tx, disclosure.division, disclosure.category),
        book.schedule_of(disclosure).display,
        book.calendar,
    )
