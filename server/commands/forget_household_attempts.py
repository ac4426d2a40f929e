"""Forget the attempts to ask for a household's payments once they are old, whether or not anybody asks again."""

from __future__ import annotations

from datetime import datetime

from server.rules.households import ATTEMPTS_KEPT
from server.storage import household_attempts
from server.storage.database import Store

# In one transaction: nobody waits for long.
AT_ONCE = 5_000


async def forget_household_attempts(store: Store, *, now: datetime) -> int:
    """Delete some of the attempts older than 400 days and return how many; the rest goes at the next call."""
    before = now - ATTEMPTS_KEPT
    if not await household_attempts.any_before(store.reader, before):
        return 0
    async with store.transaction() as tx:
        return await household_attempts.forget_before(tx, before, AT_ONCE)
