"""Forget the heartbeats of query points once they are old; the days they made stay."""

from __future__ import annotations

from datetime import datetime

from server.rules.query_points import RAW_KEPT
from server.storage import heartbeats
from server.storage.database import Store

# In one transaction: nobody waits for long.
AT_ONCE = 5_000


async def forget_heartbeats(store: Store, *, now: datetime) -> int:
    """Delete some of the heartbeats older than 400 days and return how many; the rest goes at the next call."""
    before = now - RAW_KEPT
    if not await heartbeats.any_before(store.reader, before):
        return 0
    async with store.transaction() as tx:
        return await heartbeats.forget_before(tx, before, AT_ONCE)
