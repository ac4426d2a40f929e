"""Switch reminders off on the device somebody is signed in on."""

from __future__ import annotations

from datetime import datetime

from server.rules.permissions import Actor
from server.storage import events, push_subscriptions
from server.storage.database import Tx


async def unsubscribe_push(tx: Tx, *, actor: Actor, now: datetime, address: str) -> None:
    """End the subscription of this sign-in; none is well too."""
    found = await push_subscriptions.for_session(tx, actor.session_id, now)
    if found is None:
        return
    await push_subscriptions.remove(tx, found.id, now)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="push.switched_off",
        subject=found.id,
        division=actor.division,
        address=address,
    )
