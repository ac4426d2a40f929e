"""End the waiting of devices for answers that they were told, or will not be told any more."""

from __future__ import annotations

from datetime import datetime

from server.rules.news import ANSWERS_STAY_NEW
from server.storage import events, subscribers
from server.storage.database import Store

# In one transaction: nobody waits for long.
AT_ONCE = 500


async def end_waiting(store: Store, *, now: datetime) -> int:
    """Forget some of the devices that wait in vain and return how many; the rest goes at the next call.

    Whoever has the answer is forgotten with the message that brought it. Here are those whose message was never sent in
    its time, and those whose answer left the public's view before it was told.
    """
    before = now - ANSWERS_STAY_NEW
    if not await subscribers.waiting_in_vain(store.reader, before=before, limit=1):
        return 0
    ended = 0
    async with store.transaction() as tx:
        for each in await subscribers.waiting_in_vain(tx, before=before, limit=AT_ONCE):
            if not await subscribers.delete(tx, each.id):
                continue
            ended += 1
            await events.record(
                tx,
                at=now,
                actor=None,
                action="subscriber.ended",
                subject=each.id,
                division=each.division,
                address="",
                details={"why": "expired", "code": None},
            )
    return ended
