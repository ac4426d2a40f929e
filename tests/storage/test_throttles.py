"""Buckets on record: an attempt is counted, and names that nobody asks for again do not pile up."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from server.rules.throttling import ACCOUNT, ACCOUNT_AND_ADDRESS, FULL_AGAIN
from server.storage import throttles
from server.storage.database import Store
from tests.storage.conftest import NOW

JUST_BEFORE, JUST_AFTER = (FULL_AGAIN + timedelta(seconds=s) for s in (-1, 1))


async def _attempts(store: Store, keys: list[str], now: datetime) -> None:
    async with store.transaction() as tx:
        for key in keys:
            assert await throttles.take(tx, key, ACCOUNT_AND_ADDRESS, now) is None
        await throttles.clear_full(tx, now)


async def _on_record(store: Store) -> set[str]:
    return {row["key"] for row in await store.reader.rows("SELECT key FROM throttle")}


async def test_a_bucket_goes_when_it_must_be_full_and_not_before(store: Store) -> None:
    await _attempts(store, ["a"], NOW)
    await _attempts(store, ["b"], NOW + JUST_BEFORE)
    assert await _on_record(store) == {"a", "b"}
    await _attempts(store, ["c"], NOW + JUST_AFTER)
    assert await _on_record(store) == {"b", "c"}


async def test_who_has_to_wait_waits_as_long_as_before(store: Store) -> None:
    """Clearing takes no failure out of the count."""
    async with store.transaction() as tx:
        for _ in range(ACCOUNT.capacity):
            assert await throttles.take(tx, "guessed", ACCOUNT, NOW) is None
        assert await throttles.take(tx, "guessed", ACCOUNT, NOW) is not None
    # Forty seconds fill one token and not two.
    later = NOW + timedelta(seconds=40)
    async with store.transaction() as tx:
        await throttles.clear_full(tx, later)
        assert await throttles.take(tx, "guessed", ACCOUNT, later) is None
        assert await throttles.take(tx, "guessed", ACCOUNT, later) is not None


async def test_a_flood_of_names_is_cleared_faster_than_it_grew(store: Store) -> None:
    flood = [f"login:{n}" for n in range(3 * throttles.CLEARED_AT_ONCE)]
    await _attempts(store, flood, NOW)
    for number in range(3):
        await _attempts(store, [f"later {number}"], NOW + JUST_AFTER)
    assert await _on_record(store) == {"later 0", "later 1", "later 2"}


async def test_many_attempts_at_once_do_not_wait_for_each_other(store: Store) -> None:
    old = [f"login:{n}" for n in range(20)]
    await _attempts(store, old, NOW)

    async with asyncio.timeout(60):
        await asyncio.gather(*(_attempts(store, [key], NOW + JUST_AFTER) for key in old * 2))
    # Each stands again with what was taken now, or somebody else's clearing came after it was full: never less.
    rows = await store.reader.rows("SELECT tokens FROM throttle")
    assert all(row["tokens"] >= ACCOUNT_AND_ADDRESS.capacity - 2 for row in rows)
