"""Write down what was counted of page views: background work, a short transaction of its own."""

from __future__ import annotations

from server.rules.page_views import ViewCounter
from server.storage import page_views
from server.storage.database import Store


async def keep_page_views(store: Store, counter: ViewCounter) -> int:
    """Add what was counted to the record and return how many views those were. What cannot be written stays counted."""
    counted = counter.taken()
    if not counted:
        return 0
    try:
        async with store.transaction() as tx:
            await page_views.add(tx, counted)
    except BaseException:
        counter.put_back(counted)
        raise
    return sum(one.views for one in counted)
