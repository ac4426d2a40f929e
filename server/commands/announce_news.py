"""Put news on record, each subject once; who is told follows in batches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from server.rules.news import News, stays_new
from server.rules.values import uuid7_at
from server.storage import announcements
from server.storage.database import Tx


async def announce_news(
    tx: Tx, *, news: Sequence[News], noise: Sequence[bytes], now: datetime
) -> int:
    """Record news and return how many are new. Any number of processes may announce the same at once.

    `noise`: ten random bytes for each one's id.
    """
    new = 0
    for each, random in zip(news, noise, strict=True):
        expires_at = max(each.at, now) + stays_new(each.kind)
        new += await announcements.insert(tx, uuid7_at(now, random), each, expires_at=expires_at)
    return new
