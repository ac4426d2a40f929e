"""Transactions: all or nothing, one at a time, and nobody reads behind them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from contextvars import Context
from pathlib import Path

import pytest

from server.problem import Problem
from server.storage import installation, versions
from server.storage.database import Store, numbered
from tests.storage.conftest import VILLAGE

ROOT = Path(__file__).parents[2]


async def test_what_a_transaction_wrote_is_there_after_it(store: Store) -> None:
    async with store.transaction() as tx:
        await installation.set_value(tx, "demo", "yes")
        assert await installation.get(store.reader, "demo") is None
    assert await installation.get(store.reader, "demo") == "yes"


async def test_a_failure_undoes_everything(store: Store) -> None:
    async def fail() -> None:
        async with store.transaction() as tx:
            await installation.set_value(tx, "demo", "yes")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await installation.get(store.reader, "demo") is None
    async with store.transaction() as tx:  # and the next one finds the way free
        await installation.set_value(tx, "demo", "later")


async def test_a_cancelled_request_undoes_everything(store: Store) -> None:
    async def forever() -> None:
        async with store.transaction() as tx:
            await installation.set_value(tx, "demo", "yes")
            await asyncio.sleep(60)

    task = asyncio.create_task(forever())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5), store.transaction() as tx:
        assert await installation.get(tx, "demo") is None


async def test_a_transaction_inside_a_transaction_is_refused(store: Store) -> None:
    async with store.transaction():
        with pytest.raises(RuntimeError, match="inside a transaction"):
            async with store.transaction():
                pass


async def test_a_read_does_not_wait_for_a_transaction(store: Store) -> None:
    await installation.get(store.reader, "demo")
    async with store.transaction() as tx:
        await installation.set_value(tx, "demo", "yes")
        begun = time.monotonic()
        await asyncio.gather(
            asyncio.sleep(1), *(installation.get(store.reader, "demo") for _ in range(5))
        )
        read = time.monotonic()
        assert await installation.get(store.reader, "demo") is None
        assert time.monotonic() - read < 0.5
        assert read - begun >= 1


async def test_the_reader_cannot_write(store: Store) -> None:
    smuggled = "INSERT INTO installation (key, county, value) VALUES ('demo', '', '') RETURNING key"
    with pytest.raises(Exception, match=r"readonly database|read-only transaction"):
        await store.reader.rows(smuggled)


async def test_transactions_of_one_process_queue_up(store: Store) -> None:
    async def one() -> None:
        async with store.transaction() as tx:
            await versions.bump(tx, VILLAGE)

    await asyncio.gather(*(one() for _ in range(20)))
    assert await versions.get(store.reader, VILLAGE) == 20


WORK = """
import asyncio, sys
from server.storage.database import Store
from server.storage import installation

async def main():
    store = await Store.open(sys.argv[1])
    try:
        for _ in range(25):
            async with store.transaction() as tx:
                if tx.postgres:  # there a row is locked, here the file
                    await tx.rows("SELECT value FROM installation WHERE key = 'n' FOR UPDATE")
                n = int(await installation.get(tx, "n"))
                await asyncio.sleep(0.002)
                await installation.set_value(tx, "n", str(n + 1))
    finally:
        await store.close()

asyncio.run(main())
"""


async def _worker(url: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WORK, url, cwd=ROOT, stderr=subprocess.PIPE
    )
    return (await process.communicate())[1].decode()


async def test_three_processes_that_read_and_then_write_never_meet_a_lock(
    store: Store, database_url: str
) -> None:
    async with store.transaction() as tx:
        await installation.set_value(tx, "n", "0")
    failures = await asyncio.gather(*(_worker(database_url) for _ in range(3)))
    assert failures == ["", "", ""]
    assert await installation.get(store.reader, "n") == "75"


@pytest.mark.sqlite
async def test_a_writer_that_waits_too_long_is_told_to_come_back(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.storage.database.PATIENCE_MS", 50)
    one, other = await Store.open(database_url), await Store.open(database_url)
    try:
        async with one.transaction():
            # In a context of its own, as another request is.
            task = asyncio.create_task(_write(other), context=Context())
            with pytest.raises(Problem) as refused:
                await task
            assert refused.value.slug == "temporary-failure"
        await _write(other)
    finally:
        await one.close()
        await other.close()


async def _write(store: Store) -> None:
    async with store.transaction() as tx:
        await installation.set_value(tx, "demo", "yes")


async def test_stores_open_one_after_another_and_side_by_side(database_url: str) -> None:
    first = await Store.open(database_url)
    second = await Store.open(database_url)
    await first.close()
    assert await installation.get(second.reader, "x") is None
    await second.close()


def test_placeholders_are_numbered_outside_quotes() -> None:
    assert numbered("a = ? AND b = '?' AND \"c?\" = ?") == "a = $1 AND b = '?' AND \"c?\" = $2"


async def test_a_long_list_of_values_is_asked_in_parts(store: Store) -> None:
    keys = [f"k{n}" for n in range(45_000)]
    async with store.transaction() as tx:
        await installation.set_value(tx, "k44999", "last")
    rows = await store.reader.rows_in("SELECT value FROM installation WHERE key IN (*)", keys)
    assert [row["value"] for row in rows] == ["last"]
    assert await store.reader.rows_in("SELECT value FROM installation WHERE key IN (*)", []) == []


@pytest.mark.sqlite
@pytest.mark.parametrize("slashes", ["sqlite://", "sqlite:///"])
async def test_an_absolute_path_may_be_written_either_way(database_url: str, slashes: str) -> None:
    """Others write four slashes for it; every connection must find the same file, those by URI too."""
    store = await Store.open(database_url.replace("sqlite://", slashes))
    try:
        store.freshness.mark()
        assert await store.near.rows("SELECT COUNT(*) AS n FROM account") == [{"n": 0}]
    finally:
        await store.close()
