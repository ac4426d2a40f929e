"""Stop the reminders to a chat group."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.permissions import Actor, may
from server.storage import events, webhooks
from server.storage.database import Tx


async def remove_webhook(
    tx: Tx, *, actor: Actor, webhook_id: str, now: datetime, address: str
) -> None:
    """Remove a webhook and forget its address; what was sent stays on record. Raises not_found."""
    webhook = await webhooks.get(tx, webhook_id)
    if webhook is None or not may(actor, "manage_webhooks", webhook.division):
        raise problems.not_found()
    if webhook.removed_at is not None:
        return
    await webhooks.remove(tx, webhook_id, now)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="webhook.removed",
        subject=webhook_id,
        division=webhook.division,
        address=address,
    )
