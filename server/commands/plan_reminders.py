"""Put the messages that are to go out on record, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from server.rules.reminding import Planned
from server.rules.values import uuid7_at
from server.storage import deliveries
from server.storage.database import Tx
from server.storage.deliveries import Delivery


async def plan_reminders(
    tx: Tx, *, planned: Sequence[Planned], noise: Sequence[bytes], now: datetime
) -> int:
    """Record messages and return how many are new; one that is on record already stays as it is.

    `noise`: ten random bytes for each message's id. Any number of processes may plan the same at once.
    """
    new = 0
    for each, random in zip(planned, noise, strict=True):
        new += await deliveries.insert(
            tx,
            Delivery(
                id=uuid7_at(now, random),
                division=each.division,
                subject=each.subject,
                kind=each.kind,
                channel=each.channel,
                recipient=each.recipient,
                message=each.message,
                state="waiting",
                attempts=0,
                next_at=now,
                expires_at=each.expires_at,
                claim=None,
                why=None,
                code=None,
                created_at=now,
                settled_at=None,
            ),
        )
    return new
