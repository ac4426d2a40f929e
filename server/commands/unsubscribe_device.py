"""End a subscription: one tap, for whoever holds the ticket that this site made for it."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.proofs import Mark
from server.rules.subscribing import subscriber_of
from server.storage import events, subscribers
from server.storage.database import Tx
from server.storage.subscribers import Subscriber


async def unsubscribe_device(
    tx: Tx, *, ticket: str, mark: Mark, now: datetime
) -> Subscriber | None:
    """Forget the subscription of a ticket and return what it was; None when it had ended before.

    Raises not_found for a ticket that this site did not make.
    """
    subscriber_id = subscriber_of(ticket, mark)
    if subscriber_id is None:
        raise problems.not_found()
    standing = await subscribers.get(tx, subscriber_id)
    if standing is None or not await subscribers.delete(tx, standing.id):
        return None
    await events.record(
        tx,
        at=now,
        actor=None,
        action="subscriber.left",
        subject=standing.id,
        division=standing.division,
        address="",
    )
    return standing
