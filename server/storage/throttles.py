"""Token buckets on record. Names that nobody asks for again do not stay: each sign-in clears some that are full."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from server.rules import throttling
from server.rules.throttling import Bucket, Limit
from server.storage.columns import millis, moment
from server.storage.database import Reader, Tx

# More than an attempt can add (three buckets), so that a flood of made-up names is cleared faster than it grew.
CLEARED_AT_ONCE = 100


async def take(tx: Tx, key: str, limit: Limit, now: datetime) -> float | None:
    """Take a token; return the seconds to wait when there is none, else None."""
    taken = throttling.take(await _get(tx, key), limit, now)
    if not isinstance(taken, Bucket):
        return taken
    await _put(tx, key, taken)
    return None


async def wait(db: Reader, key: str, limit: Limit, now: datetime) -> float | None:
    """Return the seconds to wait where there is no token, else None; nothing is taken, and nobody is waited for."""
    taken = throttling.take(await _get(db, key), limit, now)
    return None if isinstance(taken, Bucket) else taken


async def take_each(tx: Tx, buckets: Mapping[str, Limit], now: datetime) -> float | None:
    """Take a token from each bucket; return the longest wait where one has none. The last thing a transaction takes."""
    waits = [await take(tx, key, limit, now) for key, limit in buckets.items()]
    await clear_full(tx, now)
    return max((wait for wait in waits if wait is not None), default=None)


async def left(tx: Tx, key: str, limit: Limit, now: datetime) -> float:
    """Return how many tokens there are, and take none."""
    return throttling.filled(await _get(tx, key), limit, now)


async def put(tx: Tx, key: str, tokens: float, now: datetime) -> None:
    """Write how many tokens there are from now on."""
    await _put(tx, key, Bucket(tokens, now))


async def give_back(tx: Tx, key: str, limit: Limit, now: datetime) -> None:
    """Give back the token of an attempt that succeeded."""
    await _put(tx, key, throttling.give_back(await _get(tx, key), limit, now))


async def clear_full(tx: Tx, now: datetime) -> None:
    """Remove some buckets that are full again: no row and a full bucket are the same.

    After a transaction's last bucket: it waits for none that is in use, and nobody who waits for one that goes
    here holds what this transaction still needs.
    """
    free = " FOR UPDATE SKIP LOCKED" if tx.postgres else ""
    await tx.execute(
        "DELETE FROM throttle WHERE key IN (SELECT key FROM throttle WHERE updated_at < ?"
        f" ORDER BY updated_at LIMIT {CLEARED_AT_ONCE}{free})",
        millis(now - throttling.FULL_AGAIN),
    )


async def _get(db: Reader, key: str) -> Bucket | None:
    lock = " FOR UPDATE" if db.postgres and isinstance(db, Tx) else ""
    row = await db.row(f"SELECT tokens, updated_at FROM throttle WHERE key = ?{lock}", key)
    return Bucket(row["tokens"], moment(row["updated_at"])) if row else None


async def _put(tx: Tx, key: str, bucket: Bucket) -> None:
    await tx.execute(
        "INSERT INTO throttle (key, county, tokens, updated_at) VALUES (?, '', ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET tokens = excluded.tokens, updated_at = excluded.updated_at",
        key,
        float(bucket.tokens),
        millis(bucket.updated_at),
    )
