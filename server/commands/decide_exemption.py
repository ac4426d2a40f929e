"""Approve or refuse what somebody else asked for. Approved, it counts from now on and not before."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import exemption_words, gate
from server.rules.exemptions import Exemption, failure, refused
from server.rules.inquiries import written
from server.rules.permissions import Actor, refusal
from server.rules.places import spoken_name
from server.rules.values import Text
from server.storage import accounts, divisions, events, exemptions, versions
from server.storage.database import Tx


async def decide_exemption(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    exemption_id: str,
    approve: bool,
    words: str,
    revision: int,
) -> Exemption:
    """Decide and return what stands; the same decision of the same person again changes nothing.

    Raises: not_found, not_allowed, own_work (who asked never decides), exemption_not_possible (it is decided),
    edited_meanwhile, reason_needed (a refusal without one), content_has_errors.
    """
    standing = await exemptions.get(tx, exemption_id)
    if standing is None or refusal(actor, "see_matrix", standing.division):
        raise problems.not_found()
    words = written(words)
    if standing.decided_by == actor.account_id and (
        standing.state == ("approved" if approve else "refused") and standing.decision == words
    ):
        return standing
    if standing.asked_by == actor.account_id:
        raise problems.own_work()
    if why := refused(actor, standing, "decide"):
        raise problems.not_allowed(why)
    if why := failure(standing, "decide"):
        raise problems.exemption_not_possible(why)
    if standing.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=standing.revision)
    if not approve and not words:
        raise problems.reason_needed("/words")
    if found := gate.beside({"words": words}):
        raise problems.content_has_errors(found)
    decided = replace(
        standing,
        state="approved" if approve else "refused",
        decided_by=actor.account_id,
        decided_by_name=actor.name,
        post=await _post_of(tx, actor),
        decided_at=now,
        decision=words,
    )
    if not await exemptions.update(tx, decided, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    if approve:
        await versions.bump(tx, decided.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="exemption.granted" if approve else "exemption.refused",
        subject=decided.id,
        division=decided.division,
        address=address,
        details={
            "kind": decided.kind,
            "category": decided.category,
            "period": decided.period_key,
            "due_on": decided.due_on.isoformat() if decided.due_on else None,
            "reason": decided.reason,
            "words": words,
        },
    )
    return replace(decided, revision=revision + 1)


async def _post_of(tx: Tx, actor: Actor) -> Text:
    """Return in which post somebody acts, as the public reads it."""
    account = await accounts.get(tx, actor.account_id)
    names = await divisions.names(tx, [actor.division])
    place = spoken_name(names.get(actor.division, ""))
    return exemption_words.post_of(place, actor.role, account.post if account else None)
