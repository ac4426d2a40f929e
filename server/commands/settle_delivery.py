"""Write down what came of sending a message: arrived, to be tried again, or given up."""

from __future__ import annotations

from datetime import datetime

from server.rules.deliveries import Outcome, State, next_try
from server.storage import deliveries, events, push_subscriptions, subscribers, webhooks
from server.storage.database import Tx
from server.storage.deliveries import Delivery


async def settle_delivery(
    tx: Tx, *, delivery: Delivery, outcome: Outcome, now: datetime
) -> State | None:
    """Settle a delivery and return its state; None when another worker has taken it over meanwhile.

    A device that is gone for good is not written to again, nor a site that took nothing for as long as it was tried.
    """
    again = (
        None
        if outcome.final
        else next_try(delivery.attempts, now, delivery.channel, outcome.why, outcome.wait)
    )
    state: State
    if outcome.arrived:
        state = "sent"
    elif again is None or again >= delivery.expires_at:
        state = "failed"
    else:
        state = "waiting"
    settled = await deliveries.settle(
        tx, delivery, outcome, state=state, next_at=again or now, now=now
    )
    if not settled:
        return None
    if delivery.channel == "subscriber":
        await _of_subscriber(tx, delivery, outcome, state, now)
        return state
    if delivery.channel == "site" and state == "failed":
        await _stop_site(tx, delivery, outcome, now)
    if outcome.why == "device_gone":
        await push_subscriptions.remove(tx, delivery.recipient, now)
    if state != "waiting":
        await events.record(
            tx,
            at=now,
            actor=None,
            action="reminder.sent" if state == "sent" else "reminder.given_up",
            subject=delivery.id,
            division=delivery.division,
            address="",
            details={
                "kind": delivery.kind,
                "channel": delivery.channel,
                "attempts": delivery.attempts,
                "why": outcome.why,
                "code": outcome.code,
            },
        )
    return state


async def _of_subscriber(
    tx: Tx, delivery: Delivery, outcome: Outcome, state: State, now: datetime
) -> None:
    """Forget a device that is gone, and one that waited for the answer that it now has.

    One whose push service this server may not write to stays: that is a setting of ours, and no word of the device.
    That news was told has one event for everybody: thousands of messages are no thousands of events.
    """
    over = delivery.kind == "answer" and state != "waiting"
    if not over and outcome.why != "device_gone":
        return
    if await subscribers.delete(tx, delivery.recipient):
        await events.record(
            tx,
            at=now,
            actor=None,
            action="subscriber.ended" if over else "subscriber.dropped",
            subject=delivery.recipient,
            division=delivery.division,
            address="",
            details={"why": outcome.why, "code": outcome.code},
        )


async def _stop_site(tx: Tx, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    if outcome.why in ("stopped", "recipient_gone"):
        return
    if not outcome.final and await deliveries.took_since(
        tx, delivery.recipient, delivery.created_at
    ):
        return  # it is there and takes what it can: this one message is given up, not the site
    if await webhooks.stop(tx, delivery.recipient, outcome.why or "expired", now):
        await events.record(
            tx,
            at=now,
            actor=None,
            action="webhook.stopped",
            subject=delivery.recipient,
            division=delivery.division,
            address="",
            details={"why": outcome.why, "code": outcome.code},
        )
