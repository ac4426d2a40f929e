"""Take messages that are due, so that no other worker sends them meanwhile."""

from __future__ import annotations

from datetime import datetime

from server.rules.deliveries import LEASE
from server.storage import deliveries
from server.storage.database import Tx
from server.storage.deliveries import Delivery


async def claim_deliveries(tx: Tx, *, token: str, most: int, now: datetime) -> list[Delivery]:
    """Return up to `most` deliveries that belong to the holder of the token for the length of a lease.

    What another worker took and never settled (it was killed) is taken over when its lease is out; what
    was not sent in its time is given up. A killed worker may have sent a message that it did not
    write down, so that one message can come twice; none is lost.
    """
    await deliveries.give_up_expired(tx, now)
    return await deliveries.claim(tx, now=now, until=now + LEASE, token=token, most=most)
