"""Commit a posting: register that it exists, and what it holds, before content and photos can travel.

Order, all inside the caller's transaction:

1. the same id again: same bytes answer the same, other bytes are refused with both hashes;
2. refused where its submission would be: permission, category, period, form version, one in review already;
3. an id that somebody else registered, and a person with too many registrations without content;
4. the commitment (once), its event, and the end of the one that it replaces. What had been sent
   unregistered is complete at once, and its own arrival still judges it.

Nothing public changes: no counter, no page. Lapsing is nobody's act (rules/commitments.py).
"""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from server import problems
from server.rules import commitments
from server.rules.canonical import content_hash
from server.rules.commitments import Commitment
from server.rules.disclosures import Disclosure
from server.rules.periods import Period
from server.rules.permissions import Actor
from server.rules.rulebook import Rulebook
from server.storage import commitments as registered
from server.storage import disclosures, editions, events, photos, submissions
from server.storage.database import Tx


class Registration(Struct, frozen=True):
    """What is registered, already decoded: hashes as text, moments aware; `id` is the submission's to come.

    `replaces`: an earlier registration of the same person for the same matter that will not be completed.
    """

    id: str
    division: str
    category: str
    schema_version: int
    content_hash: str
    photos: tuple[str, ...]
    composed_at: datetime
    period: str | None = None
    event_on: date | None = None
    occurrence_id: str | None = None
    publish_at: datetime | None = None
    replaces: str | None = None

    def digest(self) -> str:
        """Return the hash of everything that is registered: the same id stands for one of these."""
        return content_hash(
            {
                "category": self.category,
                "composed_at": self.composed_at.astimezone(UTC).isoformat(),
                "content_hash": self.content_hash,
                "division": self.division,
                "event_on": self.event_on.isoformat() if self.event_on else None,
                "occurrence": self.occurrence_id,
                "period": self.period,
                "photos": list(self.photos),
                "publish_at": self.publish_at.astimezone(UTC).isoformat()
                if self.publish_at
                else None,
                "replaces": self.replaces,
                "schema_version": self.schema_version,
            }
        )


class Committed(Struct, frozen=True):
    """The commitment on record, the photos that have not arrived, and whether it had arrived itself before."""

    commitment: Commitment
    missing: tuple[str, ...]
    replayed: bool


async def commit_posting(
    tx: Tx,
    *,
    book: Rulebook,
    versions: Container[tuple[str, int]],
    actor: Actor,
    now: datetime,
    address: str,
    registration: Registration,
) -> Committed:
    """Register a posting and return its commitment. `versions`: the (category, form version) pairs there are.

    Raises: not_allowed (also for an id that somebody else registered), unknown_category, category_not_in_use, unknown_period,
    period_not_over and the other refusals of a posting's place, unknown_schema_version, already_in_review,
    same_id_other_content, too_many_commitments.
    """
    await tx.alone(registration.division)
    digest = registration.digest()
    standing = await registered.get(tx, registration.id)
    if standing is not None and standing.committed_by == actor.account_id:
        return await _replayed(tx, standing, registration, digest)
    category = submissions.category_of(book, registration, actor)
    period = await submissions.period_of(tx, book, registration, now)
    if (registration.category, registration.schema_version) not in versions:
        raise problems.unknown_schema_version(registration.category, registration.schema_version)
    if standing is not None:
        raise problems.not_allowed(commitments.not_yours(standing.id))
    known = await disclosures.find(tx, registration.division, category.key, period.key)
    submissions.refuse_unused(book, registration, period, known)
    sent = await _sent_before(tx, registration, actor)
    if sent is None:
        await _refuse_while_in_review(tx, registration, known)
        await _refuse_too_many(tx, actor, now)

    day = registration.event_on or period.end
    hours = book.schedule(category.key, registration.division, day).commitment_hours
    commitment = Commitment(
        id=registration.id,
        division=registration.division,
        category=category.key,
        period_key=period.key,
        period_end=period.end,
        event_on=registration.event_on,
        schema_version=registration.schema_version,
        content_hash=registration.content_hash,
        digest=digest,
        photos=registration.photos,
        composed_at=registration.composed_at,
        received_at=now,
        lapses_at=now + timedelta(hours=hours),
        committed_by=actor.account_id,
        plan_at=registration.publish_at,
        replaces=registration.replaces,
        completed_at=now if sent is not None else None,
    )
    if not await registered.insert(tx, commitment):
        # Sent twice at once: the other one was faster.
        faster = await registered.get(tx, registration.id)
        if faster is None or faster.committed_by != actor.account_id:
            raise problems.not_allowed(commitments.not_yours(registration.id))
        return await _replayed(tx, faster, registration, digest)
    await _record(
        tx,
        commitment,
        "posting.committed",
        actor,
        now,
        address,
        {
            "category": commitment.category,
            "period": commitment.period_key,
            "content_hash": commitment.content_hash,
            "photos": len(commitment.photos),
        },
    )
    await _replace_earlier(tx, commitment, period, actor, now, address)
    return await _committed(tx, commitment, replayed=False)


async def _replayed(
    tx: Tx, standing: Commitment, registration: Registration, digest: str
) -> Committed:
    if standing.digest == digest:
        return await _committed(tx, standing, replayed=True)
    stored, received = standing.content_hash, registration.content_hash
    if stored == received:
        stored, received = standing.digest, digest
    raise problems.same_id_other_content(standing.id, stored=stored, received=received)


async def _committed(tx: Tx, commitment: Commitment, *, replayed: bool) -> Committed:
    missing = await photos.missing(
        tx, commitment.photos, village=commitment.division, account=commitment.committed_by
    )
    return Committed(commitment, missing, replayed)


async def _sent_before(tx: Tx, registration: Registration, actor: Actor) -> datetime | None:
    """Return when this very posting arrived, if it came unregistered first; refuse an id that holds something else."""
    sent = await editions.get(tx, registration.id)
    if sent is None:
        return None
    if sent.submitted_by != actor.account_id:
        raise problems.not_allowed(commitments.not_yours(registration.id))
    if sent.content_hash != registration.content_hash:
        raise problems.same_id_other_content(
            registration.id, stored=sent.content_hash, received=registration.content_hash
        )
    return sent.received_at


async def _refuse_while_in_review(
    tx: Tx, registration: Registration, disclosure: Disclosure | None
) -> None:
    """Refuse a matter with one in review already: photos would travel for nothing."""
    earlier = await editions.for_disclosure(tx, disclosure.id) if disclosure else []
    if any(e.state == "in_review" for e in earlier):
        raise problems.already_in_review(registration.id)


async def _refuse_too_many(tx: Tx, actor: Actor, now: datetime) -> None:
    unfinished = await registered.unfinished_since(tx, actor.account_id, now - commitments.A_DAY)
    wait = commitments.wait_for_more(unfinished, now)
    if wait is not None:
        raise problems.too_many_commitments(
            count=len(unfinished),
            most=commitments.MOST_UNFINISHED,
            retry_after=wait.total_seconds(),
        )


async def _replace_earlier(
    tx: Tx, commitment: Commitment, period: Period, actor: Actor, now: datetime, address: str
) -> None:
    """End the commitment that this one replaces, if it is the person's own and about the same matter.

    One that never arrived, or is somebody else's, is passed over: the new registration stands by itself.
    """
    if commitment.replaces is None:
        return
    earlier = await registered.get(tx, commitment.replaces)
    if earlier is None or earlier.committed_by != actor.account_id:
        return
    if not commitments.may_replace(earlier, commitment.category, commitment.division, period):
        return
    if await registered.replace(tx, earlier.id, now):
        await _record(tx, earlier, "posting.replaced", actor, now, address, {"by": commitment.id})


async def _record(
    tx: Tx,
    commitment: Commitment,
    action: str,
    actor: Actor,
    now: datetime,
    address: str,
    details: dict[str, object],
) -> None:
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action=action,
        subject=commitment.id,
        division=commitment.division,
        address=address,
        details=details,
    )
