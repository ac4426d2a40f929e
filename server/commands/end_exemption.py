"""End early what was approved: what has fallen due meanwhile may rely on it, what falls due from now on may not."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import exemption_words, gate
from server.rules.exemptions import Exemption, failure, refused
from server.rules.inquiries import written
from server.rules.permissions import Actor, refusal
from server.rules.places import spoken_name
from server.storage import accounts, divisions, events, exemptions, versions
from server.storage.database import Tx


async def end_exemption(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    exemption_id: str,
    reason: str,
    revision: int,
) -> Exemption:
    """End it now and return what stands; the same again changes nothing. Nothing is deleted.

    Raises: not_found, not_allowed, exemption_not_possible (it is not approved), edited_meanwhile, reason_needed,
    content_has_errors.
    """
    standing = await exemptions.get(tx, exemption_id)
    if standing is None or refusal(actor, "see_matrix", standing.division):
        raise problems.not_found()
    reason = written(reason)
    if why := refused(actor, standing, "end"):
        raise problems.not_allowed(why)
    if standing.state == "ended" and standing.ended_reason == reason:
        return standing
    if why := failure(standing, "end"):
        raise problems.exemption_not_possible(why)
    if standing.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=standing.revision)
    if not reason:
        raise problems.reason_needed()
    if found := gate.beside({"reason": reason}):
        raise problems.content_has_errors(found)
    account = await accounts.get(tx, actor.account_id)
    names = await divisions.names(tx, [actor.division])
    ended = replace(
        standing,
        state="ended",
        ended_at=now,
        ended_by_name=actor.name,
        ended_post=exemption_words.post_of(
            spoken_name(names.get(actor.division, "")),
            actor.role,
            account.post if account else None,
        ),
        ended_reason=reason,
    )
    if not await exemptions.update(tx, ended, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await versions.bump(tx, ended.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="exemption.ended",
        subject=ended.id,
        division=ended.division,
        address=address,
        details={"category": ended.category, "period": ended.period_key, "reason": reason},
    )
    return replace(ended, revision=revision + 1)
