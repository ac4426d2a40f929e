"""Send a test message to a chat group or a site, now, and say what came of it. A site that takes it is told again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from server import problems
from server.rules.deliveries import Outcome
from server.rules.permissions import Actor, may
from server.rules.places import spoken_name
from server.rules.reminder_words import to_try
from server.rules.throttling import Limit
from server.rules.values import Lang
from server.storage import divisions, events, throttles, webhooks
from server.storage.database import Store
from server.storage.webhooks import Webhook

# The robots themselves take twenty messages a minute; a person needs a few.
TRIES = Limit(capacity=5, per_minute=2)

Say = Callable[[Webhook, str], Awaitable[Outcome]]


async def try_webhook(
    store: Store,
    *,
    actor: Actor,
    webhook_id: str,
    now: datetime,
    address: str,
    site: str,
    lang: Lang,
    say: Say,
) -> Outcome:
    """Let the robot say a test sentence and return what came of it; no transaction is open meanwhile.

    Raises: not_found, too_many_attempts.
    """
    async with store.transaction() as tx:
        webhook = await webhooks.get(tx, webhook_id)
        if (
            webhook is None
            or webhook.removed_at is not None
            or not may(actor, "manage_webhooks", webhook.division)
        ):
            raise problems.not_found()
        wait = await throttles.take(tx, f"webhook-try {actor.account_id}", TRIES, now)
        names = await divisions.names(tx, [webhook.division])
    if wait is not None:
        raise problems.too_many_attempts(retry_after=wait)
    place = spoken_name(names.get(webhook.division, webhook.division))
    outcome = await say(webhook, to_try(site, place, lang))
    async with store.transaction() as tx:
        if outcome.arrived and webhook.stopped_at is not None:
            await webhooks.go_on(tx, webhook.id)
        await events.record(
            tx,
            at=now,
            actor=actor.account_id,
            action="webhook.tried",
            subject=webhook.id,
            division=webhook.division,
            address=address,
            details={"why": outcome.why, "code": outcome.code},
        )
    return outcome
