"""Write down what came of sending a message: arrived, to be tried again, or given up."""

from __future__ import annotations

from datetime import datetime

from server.rules.deliveries import Outcome, State, next_try
from server.storage import deliveries, events, push_subscriptions
from server.storage.database import Tx
from server.storage.deliveries import Delivery


async def settle_delivery(
    tx: Tx, *, delivery: Delivery, outcome: Outcome, now: datetime
) -> State | None:
    """Settle a delivery and return its state; None when another worker has taken it over meanwhile.

    A device that is gone for good is not written to again.
    """
    again = None if outcome.final else next_try(delivery.attempts, now)
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
