"""Say why a list was paid late: it stays late, and stands in the figures with its cause."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.payments import PaymentList
from server.rules.permissions import Actor, refusal
from server.rules.processing_times import Cause
from server.storage import events, payments
from server.storage.database import Tx


async def explain_delay(
    tx: Tx,
    *,
    actor: Actor,
    list_id: str,
    cause: Cause | None,
    words: str,
    revision: int,
    now: datetime,
    address: str,
) -> PaymentList:
    """Return the list with its cause; None takes a cause back.

    Raises: not_found (also for a list that was taken down), not_allowed, reason_needed (a cause without words),
    content_has_errors (a personal number in the words), edited_meanwhile.
    """
    found = await payments.get_list(tx, list_id)
    if found is None or found.removed_at is not None:
        raise problems.not_found()
    if why := refusal(actor, "load_payments", found.division):
        raise problems.not_allowed(why)
    said = words.strip() or None
    if cause is not None and said is None:
        raise problems.reason_needed()
    if personal := gate.beside({"words": said}):
        raise problems.content_has_errors(personal)
    await tx.alone(payments.place_of(found.division, found.category, found.period_key))
    standing = await payments.get_list(tx, list_id)
    if standing is None or standing.removed_at is not None:
        raise problems.not_found()
    if standing.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=standing.revision)
    kept = replace(
        standing,
        delay_cause=cause,
        delay_words=said if cause else None,
        revision=standing.revision + 1,
    )
    await payments.keep_list(tx, kept)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="payments.delay_explained",
        subject=list_id,
        division=kept.division,
        address=address,
        details={"before": standing.delay_cause, "cause": cause, "words": kept.delay_words},
    )
    return kept
