"""Exempt a village from one obligation, or a category for a span: with a reason, an approver and a date."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules import gate
from server.rules.canonical import content_hash
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
    Raises: not_allowed, unknown_category, unknown_division, reason_needed, content_has_errors (a personal number in
    the reason), wrong_type (a span that ends before it begins), same_id_other_content.
    """
    if why := refusal(actor, "grant_exemption", exemption.division):
        raise problems.not_allowed(why)
    if exemption.category not in book.categories:
        raise problems.unknown_category(exemption.category, sorted(book.categories))
    if await divisions.get(tx, exemption.division) is None:
        raise problems.unknown_division(exemption.division)
    if not exemption.reason.strip():
        raise problems.reason_needed()
    if found := gate.beside({"reason": exemption.reason}):
        raise problems.content_has_errors(found)
    if exemption.valid_from and exemption.valid_to and exemption.valid_to < exemption.valid_from:
        backwards = problems.Say("结束日期早于开始日期", "it ends before it begins")
        raise problems.wrong_type("/valid_to", backwards)
    if not await exemptions.insert(tx, exemption, county=exemption.division[:6]):
        standing = await exemptions.get(tx, exemption.id)
        assert standing is not None
        if _said(standing) != _said(exemption):
            raise problems.same_id_other_content(
                exemption.id, stored=_said(standing), received=_said(exemption)
            )
        return standing
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


def _said(exemption: Exemption) -> str:
    return content_hash(
        {
            "division": exemption.division,
            "category": exemption.category,
            "period": exemption.period_key,
            "reason": exemption.reason,
            "valid_from": exemption.valid_from.isoformat() if exemption.valid_from else None,
            "valid_to": exemption.valid_to.isoformat() if exemption.valid_to else None,
        }
    )
