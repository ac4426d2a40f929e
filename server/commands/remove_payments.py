"""Take a list of payments down again: it was loaded for the wrong village, or should not have been. With a reason."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.permissions import Actor, refusal
from server.storage import events, payments
from server.storage.database import Tx


async def remove_payments(
    tx: Tx, *, actor: Actor, now: datetime, address: str, list_id: str, reason: str
) -> None:
    """Remove a list: nobody finds its payments any more, its marks are gone. Removing it again changes nothing.

    Raises: not_found, not_allowed, reason_needed, content_has_errors (a personal number in the reason).
    """
    found = await payments.get_list(tx, list_id)
    if found is None:
        raise problems.not_found()
    if why := refusal(actor, "load_payments", found.division):
        raise problems.not_allowed(why)
    if not reason.strip():
        raise problems.reason_needed()
    if personal := gate.beside({"reason": reason}):
        raise problems.content_has_errors(personal)
    # As a list is loaded: a corrected one that arrives meanwhile is taken down whole, or not at all.
    await tx.alone(payments.place_of(found.division, found.category, found.period_key))
    found = await payments.get_list(tx, list_id)
    if found is None or found.removed_at is not None:
        return
    gone = await payments.of_list(tx, list_id)
    await payments.remove(tx, [payment.id for payment in gone], now)
    await payments.keep_list(tx, replace(found, removed_at=now, revision=found.revision + 1))
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="payments.removed",
        subject=list_id,
        division=found.division,
        address=address,
        details={
            "category": found.category,
            "period": found.period_key,
            "rows": found.rows,
            "total": found.total,
            "reason": reason.strip(),
        },
    )
