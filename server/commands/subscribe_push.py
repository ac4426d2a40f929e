"""Switch reminders on for the device somebody is signed in on."""

from __future__ import annotations

from datetime import datetime

from server.rules.permissions import Actor
from server.storage import events, push_subscriptions
from server.storage.database import Tx
from server.storage.push_subscriptions import Subscription


async def subscribe_push(
    tx: Tx, *, actor: Actor, now: datetime, address: str, subscription: Subscription
) -> None:
    """Keep a subscription in the place of any earlier one of this sign-in or this device."""
    await push_subscriptions.remove_others(
        tx,
        session_id=subscription.session_id,
        endpoint_hash=subscription.endpoint_hash,
        now=now,
    )
    if not await push_subscriptions.insert(tx, subscription):
        return  # the same id again: it was kept and has ended since, or is another's; nothing to switch on
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="push.switched_on",
        subject=subscription.id,
        division=actor.division,
        address=address,
    )
