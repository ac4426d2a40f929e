"""Post a disclosure: what an accountant (or a township editor) sends from the phone.

Order, all inside the caller's transaction:

1. the same id again: same bytes answer the same receipt, other bytes are refused with both hashes;
2. permission, category, period, shape (JSON Schema), meaning (the category's checks);
3. where it belongs: a first posting, a re-posting after a return, or a correction with a reason; only a first
   one may be published before its review, where the schedule lets what is urgent be;
4. what was registered under this id before: it must be this content, and counts if it has not lapsed;
5. disclosure (once), edition, photo links, what search may find of what needs no review first, the commitment's end, event.

If anything fails nothing has happened. Late is accepted and marked, never refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.external import pinyin
from server.external.json_schema import SchemaError
from server.rules import checks, commitments, finance_books, gate, publication, reviewing
from server.rules.canonical import NotCanonical
from server.rules.categories import Category
from server.rules.commitments import Commitment
from server.rules.disclosures import Disclosure, Edition, takes_reason
from server.rules.findable import labels_of
from server.rules.gists import gist_of
from server.rules.obligations import Occurrence
from server.rules.periods import Period
from server.rules.permissions import Actor
from server.rules.rulebook import Rulebook
from server.rules.schedules import Schedule
from server.rules.submissions import Submission
from server.storage import commitments as registered
from server.storage import (
    disclosures,
    editions,
    events,
    histories,
    occurrences,
    photos,
    search,
    short_links,
    submissions,
    versions,
)
from server.storage.database import Tx

Validators = Mapping[tuple[str, int], Callable[[Any], Sequence[SchemaError]]]


class Posted(Struct, frozen=True):
    """The edition that now stands, its disclosure, and whether this very submission had arrived before."""

    edition: Edition
    disclosure: Disclosure
    replayed: bool


async def post_disclosure(
    tx: Tx,
    *,
    book: Rulebook,
    validators: Validators,
    actor: Actor,
    now: datetime,
    address: str,
    submission: Submission,
) -> Posted:
    """Store a submission as an edition in review, or published first as urgent, and return it.

    Raises: problems.not_allowed and its kin, unknown_category, category_not_in_use, unknown_period, period_not_over,
    same_id_other_content, schema_errors, content_has_errors, reason_needed, already_in_review,
    urgent_not_allowed, urgent_only_first, unknown_photo, unknown_division.
    """
    # The same submission twice at once, or two for one period: the second finds what the first left.
    await tx.alone(submission.division)
    digest = _hash_of(submission)
    if replay := await _replayed(tx, submission, digest, actor):
        return replay
    finishing = await _begun_in_office(tx, submission, actor, now)
    category = submissions.category_of(book, submission, actor, finishing=finishing)
    period = await submissions.period_of(tx, book, submission, now)
    _refuse_bad_shape(validators, submission)
    standing = await disclosures.find(tx, submission.division, submission.category, period.key)
    submissions.refuse_unused(book, submission, period, standing)
    earlier = await editions.for_disclosure(tx, standing.id) if standing else []
    _refuse_out_of_turn(earlier, submission)
    context = await histories.check_context(tx, submission.division, submission.category, period)
    findings = checks.run_checks(category, submission.content, context)
    judged_on = submission.event_on or period.end
    schedule = book.schedule(category.key, submission.division, judged_on)
    _refuse_urgent(book, submission, schedule, judged_on, earlier)
    refused, overridden = gate.passed(
        [
            *(gate.of_the_whole(f) for f in findings if f.severity == "blocking"),
            *gate.beside(_texts_beside(submission), category),
            # Why a word may stand names the word; only those who review read it.
            *gate.beside({"overrides": [{"reason": o.reason} for o in submission.overrides]}),
        ],
        submission.overrides,
        # Of what is published first nobody has confirmed anything.
        reviewed=schedule.review_required and submission.urgent_reason is None,
    )
    if refused:
        raise problems.content_has_errors(refused)
    await _refuse_unknown_photos(tx, submission, actor)
    commitment = await _registered(tx, submission, digest, actor)
    committed_at = commitments.counted_from(commitment, period, digest, now)

    disclosure = standing or await _open_disclosure(tx, category, submission, period, now)
    edition = Edition(
        id=submission.id,
        disclosure_id=disclosure.id,
        number=None,
        state="in_review",
        schema_version=submission.schema_version,
        content=submission.content,
        content_hash=digest,
        reason=submission.reason,
        explanation=finance_books.explanation(submission.content, findings),
        findings=[
            *(f.kept() for f in findings if f.severity == "warning"),
            *(gate.kept(found, asked) for found, asked in overridden),
        ],
        gist=gist_of(book.papers[category.key, submission.schema_version].view, submission.content),
        composed_at=submission.composed_at,
        captured_at=await _captured_at(tx, submission),
        committed_at=committed_at,
        received_at=now,
        submitted_by=actor.account_id,
        plan_at=submission.publish_at,
        plan_until=submission.publish_until,
        decided_at=None,
        decided_by=None,
        opens_at=None,
        comes_down_at=None,
        superseded_at=None,
        withdrawn_at=None,
        withdrawn_reason=None,
        revision=1,
        turn=reviewing.turn(schedule.review, submission.content, (), now),
        urgent_reason=submission.urgent_reason,
    )
    if not schedule.review_required:
        edition = await _published_unreviewed(tx, book, disclosure, edition, now)
    elif submission.urgent_reason is not None:
        # Its review follows: whoever signs first still has their turn.
        opened = await _published_unreviewed(tx, book, disclosure, edition, now)
        edition = replace(opened, turn=edition.turn)
    await editions.insert(tx, edition)
    await photos.attach(tx, edition.id, submission.photos)
    if edition.opens_at is not None:
        labels = labels_of(book.papers[category.key, edition.schema_version].form)
        filing = search.Filing(category, labels, disclosure, edition)
        await search.file_all(tx, [filing], pinyin.readings)
    if commitment is not None and commitment.period_key == period.key:
        await registered.complete(tx, commitment.id, now)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="edition.submitted"
        if submission.urgent_reason is None
        else "edition.published_first",
        subject=edition.id,
        division=disclosure.division,
        address=address,
        details={
            "disclosure": disclosure.id,
            "content_hash": digest,
            "correction": bool(submission.reason),
            "committed_at": committed_at.isoformat() if committed_at else None,
            "overrides": [[asked.pointer, asked.kind] for _, asked in overridden],
            "urgent_reason": submission.urgent_reason,
        },
    )
    return Posted(edition, disclosure, replayed=False)


async def _published_unreviewed(
    tx: Tx, book: Rulebook, disclosure: Disclosure, edition: Edition, now: datetime
) -> Edition:
    """Return the edition as published by its rule: no review is asked for, or it may follow."""
    schedule = book.schedule_of(disclosure)
    opened = publication.approved(
        edition,
        schedule,
        book.calendar,
        number=await editions.next_number(tx, disclosure.id),
        now=now,
        decided_by=None,
    )
    places = publication.succession(
        opened,
        disclosure,
        await editions.for_disclosure(tx, disclosure.id),
        await histories.approved(tx, disclosure.division, disclosure.category),
        schedule.display,
        book.calendar,
    )
    await editions.give_way(tx, places)
    await versions.bump(tx, disclosure.division)
    own = [moment for edition_id, moment in places if edition_id == opened.id]
    return replace(opened, superseded_at=min(own, default=None))


def _hash_of(submission: Submission) -> str:
    """Return what a receipt promises; refuse what cannot be promised byte for byte (1.5, 10**20)."""
    try:
        return submission.hash()
    except NotCanonical as error:
        reason = problems.Say(
            "应为整数（分），不能带小数，也不能超过 9007199254740991",
            "a whole number up to 9007199254740991",
        )
        raise problems.wrong_type(error.pointer, reason) from None


async def _replayed(tx: Tx, submission: Submission, digest: str, actor: Actor) -> Posted | None:
    known = await editions.get(tx, submission.id)
    if known is None:
        return None
    if known.submitted_by != actor.account_id or known.content_hash != digest:
        raise problems.same_id_other_content(
            submission.id, stored=known.content_hash, received=digest
        )
    disclosure = await disclosures.get(tx, known.disclosure_id)
    assert disclosure is not None
    return Posted(known, disclosure, replayed=True)


async def _begun_in_office(tx: Tx, submission: Submission, actor: Actor, now: datetime) -> bool:
    """Say whether the actor, out of office by now, registered this before and it may still follow."""
    if actor.out is None:
        return False
    commitment = await registered.get(tx, submission.id)
    return (
        commitment is not None
        and commitment.committed_by == actor.account_id
        and commitments.state_at(commitment, now) == "pending"
    )


async def _registered(
    tx: Tx, submission: Submission, digest: str, actor: Actor
) -> Commitment | None:
    """Return what was registered under this id, refusing somebody else's and other content."""
    commitment = await registered.get(tx, submission.id)
    if commitment is None:
        return None
    if commitment.committed_by != actor.account_id:
        raise problems.not_allowed(commitments.not_yours(commitment.id))
    if commitment.content_hash != digest:
        raise problems.same_id_other_content(
            commitment.id, stored=commitment.content_hash, received=digest
        )
    return commitment


def _refuse_bad_shape(validators: Validators, submission: Submission) -> None:
    validate = validators.get((submission.category, submission.schema_version))
    if validate is None:
        raise problems.unknown_schema_version(submission.category, submission.schema_version)
    if errors := validate(submission.content):
        raise problems.schema_errors([("/content" + e.pointer, e.message) for e in errors])


def _refuse_out_of_turn(earlier: Sequence[Edition], submission: Submission) -> None:
    if any(e.state == "in_review" for e in earlier):
        raise problems.already_in_review(submission.id)
    if takes_reason(earlier) and not (submission.reason or "").strip():
        raise problems.reason_needed()


def _refuse_urgent(
    book: Rulebook,
    submission: Submission,
    schedule: Schedule,
    on: date,
    earlier: Sequence[Edition],
) -> None:
    """Refuse to publish before the review what may not be, and what somebody reviewed, or may review, already."""
    if submission.urgent_reason is None:
        return
    if schedule.urgent is None or not schedule.review_required:
        raise problems.urgent_not_allowed(
            book.categories[submission.category].name,
            [c.name for c in book.urgent_categories(submission.division, on)],
        )
    if not submission.urgent_reason.strip():
        raise problems.reason_needed("/publish/reason")
    if earlier:
        raise problems.urgent_only_first(len(earlier))


def _texts_beside(submission: Submission) -> dict[str, Any]:
    """Return the texts beside the content: they are published with it."""
    return {
        "photos": [{"caption": p.caption, "pointer": p.pointer} for p in submission.photos],
        "reason": submission.reason,
        "publish": {"reason": submission.urgent_reason},
    }


async def _refuse_unknown_photos(tx: Tx, submission: Submission, actor: Actor) -> None:
    """Refuse photos that nobody sent for this village; whether another village has them is not said."""
    known = await photos.usable(
        tx,
        [p.sha256 for p in submission.photos],
        village=submission.division,
        account=actor.account_id,
    )
    missing = [(i, p.sha256) for i, p in enumerate(submission.photos) if p.sha256 not in known]
    if missing:
        raise problems.unknown_photo([(f"/photos/{i}/sha256", sha) for i, sha in missing])


async def _captured_at(tx: Tx, submission: Submission) -> datetime | None:
    """Return the earliest capture time the board photos claim; kept as a claim, never used to judge."""
    boards = [p.sha256 for p in submission.photos if p.role == "board"]
    times = [p.captured_at for p in (await photos.get_many(tx, boards)).values()]
    return min((t for t in times if t is not None), default=None)


async def _open_disclosure(
    tx: Tx, category: Category, submission: Submission, period: Period, now: datetime
) -> Disclosure:
    if period.cadence == "event" and submission.occurrence_id is None:
        # What is posted for an event was owed for it: the matrix must know the event too.
        event = Occurrence(
            submission.id,
            submission.division,
            category.key,
            category.name.zh,
            period.end,
            recorded_at=now,
        )
        await occurrences.insert(tx, event, county=submission.division[:6])
    disclosure = Disclosure(
        id=submission.id,
        county=submission.division[:6],
        division=submission.division,
        category=category.key,
        period_key=period.key,
        period_start=period.start,
        period_end=period.end,
        event_on=submission.event_on,
        title=category.name.zh,
        created_at=now,
    )
    await disclosures.insert(tx, disclosure)
    await short_links.give(tx, disclosure.id, county=disclosure.county)
    return disclosure
