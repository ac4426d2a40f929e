"""Let a chat group's robot have the reminders of a division."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.external.addresses import OutwardRules, read_target
from server.rules.permissions import Actor, refusal
from server.rules.values import Text
from server.storage import divisions, events, webhooks
from server.storage.database import Tx
from server.storage.webhooks import Webhook

MOST = 20


async def add_webhook(
    tx: Tx, *, actor: Actor, now: datetime, address: str, rules: OutwardRules, webhook: Webhook
) -> Webhook:
    """Keep a webhook and return it; the same id again answers what is on record.

    `address` is where the request came from, for the event. Raises: not_allowed, unknown_division,
    address_not_allowed, wrong_type (too many groups), same_id_other_content.
    """
    if why := refusal(actor, "manage_webhooks", webhook.division):
        raise problems.not_allowed(why)
    if await divisions.get(tx, webhook.division) is None:
        raise problems.unknown_division(webhook.division)
    target = read_target(webhook.address, rules)
    if isinstance(target, Text):
        raise problems.address_not_allowed(target)
    if not await webhooks.insert(tx, webhook):
        standing = await webhooks.get(tx, webhook.id)
        assert standing is not None
        if (standing.division, standing.address) != (webhook.division, webhook.address):
            raise problems.same_id_other_content(
                webhook.id, stored=standing.robot, received=webhook.robot
            )
        return standing
    there = [
        w for w in await webhooks.standing(tx, webhook.division) if w.division == webhook.division
    ]
    if len(there) > MOST:
        raise problems.wrong_type(
            "/division",
            Text(
                f"这里已有 {len(there) - 1} 个群，最多 {MOST} 个，请先取消用不到的",
                f"there are {len(there) - 1} groups here, {MOST} at most; remove one that is not needed",
            ),
        )
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="webhook.added",
        subject=webhook.id,
        division=webhook.division,
        address=address,
        details={"robot": webhook.robot, "host": target.host, "signed": webhook.secret is not None},
    )
    return webhook
