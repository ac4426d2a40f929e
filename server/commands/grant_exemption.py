"""Exempt a village from one obligation, or a category for a span: with a reason, an approver and a date."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.obligations import Exemption
from server.rules.permissions import Actor, refusal
from server.rules.rulebook import Rulebook
from server.storage import divisions, events, exemptions, versions
from server.storage.database import Tx


async def grant_exemption(
    tx: Tx, *, book: Rulebook, actor: Actor, now: datetime, address: str, exemption: Exemption
) -> Exemption:
    """Record an exemption and return it; the same id again answers what is on record.

    It is dated and never rewrites the past: a matrix as of an earlier moment does not know it.
    Raises: not_allowed, unknown_category, unknown_division, reason_needed, same_id_other_content.
    """
    if why := refusal(actor, "grant_exemption", exemption.division):
        raise problems.not_allowed(why)
    if exemption.category not in book.categories:
        raise problems.unknown_category(exemption.category, sorted(book.categories))
    if await divisions.get(tx, exemption.division) is None:
        raise problems.unknown_division(exemption.division)
    if not exemption.reason.strip():
        raise problems.reason_needed()
    if not await exemptions.insert(tx, exemption, county=exemption.division[:6]):
        return exemption
    await versions.bump(tx, exemption.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="exemption.granted",
        subject=exemption.id,
        division=exemption.division,
        address=address,
        details={
            "category": exemption.category,
            "period": exemption.period_key,
            "reason": exemption.reason,
        },
    )
    return exemption
