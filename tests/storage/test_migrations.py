"""Migrations: the schema they make is the schema the models describe, on both engines."""

from __future__ import annotations

import asyncio
import importlib
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector

from server.rules.short_links import notice_signs
from server.storage import short_links, written_schema
from server.storage.database import Store, configuration
from server.storage.migrate import migrate
from server.storage.readiness import pending_migrations
from server.storage.written_schema import FOLDER
from tools.written_schema import written

ROOT = Path(__file__).parents[2]


def test_they_are_one_chain() -> None:
    names = sorted(p.stem for p in (ROOT / "server/storage/migrations").glob("0*.py"))
    for number, name in enumerate(names, 1):
        assert name.startswith(f"{number:04}_"), f"{name}: give it the next number, {number:04}"
        found = importlib.import_module(f"server.storage.migrations.{name}").Migration.dependencies
        before = [("storage", names[number - 2])] if number > 1 else []
        assert found == before, f"{name}: depend on the one before, {before}"


async def _schema(url: str) -> dict[str, Any]:
    """Return columns, keys, unique columns and indexes of every table, without the names of constraints."""
    store = await Store.open(url)
    try:
        return await (_postgres_schema(store) if store.postgres else _sqlite_schema(store))
    finally:
        await store.close()


async def _sqlite_schema(store: Store) -> dict[str, Any]:
    found: dict[str, Any] = {}
    rows = store.reader.rows
    for table in await rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        name = table["name"]
        # The words of search are each engine's own: no model describes them.
        if name.startswith(("sqlite_", "tortoise_", "search_words", "search_name_words")):
            continue
        indexes = set()
        for index in await rows(f"PRAGMA index_list({name})"):
            columns = [c["name"] for c in await rows(f"PRAGMA index_info({index['name']})")]
            named = index["name"] if index["origin"] == "c" and not index["unique"] else ""
            indexes.add((named, index["unique"], tuple(columns)))
        columns = [
            (c["name"], c["type"], c["notnull"], c["pk"])
            for c in await rows(f"PRAGMA table_info({name})")
        ]
        keys = {
            (k["from"], k["table"], k["to"], k["on_delete"])
            for k in await rows(f"PRAGMA foreign_key_list({name})")
        }
        found[name] = (sorted(columns), indexes, keys)
    return found


async def _postgres_schema(store: Store) -> dict[str, Any]:
    found: dict[str, Any] = {}
    rows = store.reader.rows
    for column in await rows(
        "SELECT table_name, column_name, data_type, character_maximum_length AS length, is_nullable"
        " FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name NOT LIKE 'tortoise%' AND table_name NOT IN ('search_words', 'search_name_words') ORDER BY table_name, column_name"
    ):
        found.setdefault(column.pop("table_name"), []).append(tuple(column.values()))
    for index in await rows(
        "SELECT t.relname AS table, i.indisunique AS uniq,"
        " CASE WHEN i.indisunique THEN '' ELSE c.relname END AS name,"
        " (SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(i.indkey) WITH ORDINALITY k(att, n)"
        " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.att) AS columns"
        " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid"
        " JOIN pg_namespace s ON s.oid = t.relnamespace WHERE s.nspname = 'public'"
        " AND t.relname NOT LIKE 'tortoise%' AND t.relname NOT IN ('search_words', 'search_name_words') ORDER BY 1, 4, 3"
    ):
        found.setdefault(index.pop("table"), []).append(tuple(index.values()))
    for key in await rows(
        "SELECT conrelid::regclass::text AS table, confrelid::regclass::text AS to_table, confdeltype::text AS d"
        " FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2"
    ):
        found.setdefault(key.pop("table"), []).append(tuple(key.values()))
    return found


async def test_a_migrated_schema_equals_a_fresh_one(
    database_url: str, empty_database_url: str
) -> None:
    context = TortoiseContext()
    async with context:
        await context.init(config=configuration(empty_database_url))
        from tortoise.utils import generate_schema_for_client

        await generate_schema_for_client(context.connections.get("default"), safe=False)
    migrated, fresh = await _schema(database_url), await _schema(empty_database_url)
    assert migrated.keys() == fresh.keys()
    for table, parts in migrated.items():
        assert parts == fresh[table], table
    assert "edition" in migrated


async def test_every_index_that_the_queries_count_on_is_there(database_url: str) -> None:
    text = str(await _schema(database_url))
    for name in (
        "disclosure_by_division",
        "edition_by_division",
        "event_by_subject",
        "session_by_account",
    ):
        assert name in text


async def test_models_and_migrations_say_the_same(empty_database_url: str) -> None:
    chosen = configuration(empty_database_url)
    async with TortoiseContext() as context:
        await context.init(config=chosen)
        detector = MigrationAutodetector(context.apps, chosen["apps"])
        assert [writer.operations for writer in await detector.changes()] == []


async def test_a_new_database_gets_what_the_migrations_would_make(empty_database_url: str) -> None:
    engine = "postgres" if empty_database_url.startswith("postgres") else "sqlite"
    kept = (FOLDER / f"{engine}.sql").read_text("utf-8")
    assert await written(empty_database_url) == kept, (
        f"server/storage/written/{engine}.sql is not what the migrations make. Write it again: make generate"
    )


async def test_a_written_schema_that_lags_behind_is_not_used(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written_schema, "known_migrations", lambda: frozenset({"9999_newer"}))
    store = await Store.open(empty_database_url)
    async with store.transaction() as tx:
        assert await written_schema.write_into_empty(tx) == []
    await store.close()


async def test_migrating_twice_changes_nothing(empty_database_url: str) -> None:
    assert await migrate(empty_database_url) != []
    assert await migrate(empty_database_url) == []
    store = await Store.open(empty_database_url)
    assert await pending_migrations(store.reader) == []
    await store.close()


async def test_a_photo_from_before_may_still_be_used_where_it_was_sent(
    empty_database_url: str,
) -> None:
    assert await migrate(empty_database_url, to="0001_initial") == ["0001_initial"]
    store = await Store.open(empty_database_url)
    async with store.transaction() as tx:
        await tx.execute(
            "INSERT INTO photo (sha256, county, division, media_type, bytes, width, height, received_at,"
            " uploaded_by) VALUES (?, '640425', '640425103200', 'image/jpeg', 9, 4, 3, 1790000000000, ?)",
            "a" * 64,
            "01990000-0000-7000-8000-000000000001",
        )
    await store.close()
    step = "0002_photo_sending"
    assert await migrate(empty_database_url, to=step) == [step]
    store = await Store.open(empty_database_url)
    rows = await store.reader.rows(
        "SELECT county, photo_id, division, account, sent_at FROM photo_sending"
    )
    await store.close()
    assert [tuple(row.values()) for row in rows] == [
        (
            "640425",
            "a" * 64,
            "640425103200",
            "01990000-0000-7000-8000-000000000001",
            1790000000000,
        )
    ]


async def test_what_was_posted_before_gets_its_short_link_too(empty_database_url: str) -> None:
    disclosures = [f"01990000-0000-7000-8000-00000000000{n}" for n in (1, 2, 3)]
    await migrate(empty_database_url, to="0010_search")
    store = await Store.open(empty_database_url)
    async with store.transaction() as tx:
        for number, disclosure in enumerate(disclosures):
            await tx.execute(
                "INSERT INTO disclosure (id, county, division, category, period_key, period_start, period_end,"
                " title, created_at) VALUES (?, '640425', '640425103200', 'finance_quarterly', ?, '2026-07-01',"
                " '2026-09-30', '', 1790000000000)",
                disclosure,
                str(number),
            )
    await store.close()
    assert await migrate(empty_database_url, to="0011_short_link") == ["0011_short_link"]
    store = await Store.open(empty_database_url)
    found = [await short_links.of(store.reader, each) for each in disclosures]
    await store.close()
    assert found == [notice_signs(each) for each in disclosures]


async def test_two_processes_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    code = (
        "import asyncio, sys\nfrom server.storage.migrate import migrate\n"
        "print(len(asyncio.run(migrate(sys.argv[1]))))"
    )

    async def start() -> str:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, empty_database_url, cwd=ROOT, stdout=subprocess.PIPE
        )
        return (await process.communicate())[0].decode().strip()

    ends = await asyncio.gather(start(), start())
    files = list((ROOT / "server/storage/migrations").glob("0*.py"))
    assert sorted(ends) == ["0", str(len(files))]


@pytest.mark.sqlite  # PostgreSQL waits by itself
async def test_a_process_waits_longer_for_a_migration_than_for_a_request(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(empty_database_url, to="0001_initial")
    monkeypatch.setattr("server.storage.database.PATIENCE_MS", 50)
    other = sqlite3.connect(empty_database_url.removeprefix("sqlite://"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(migrate(empty_database_url, to="0002_photo_sending"))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    other.execute("COMMIT")
    other.close()
    assert await waiting == ["0002_photo_sending"]


def test_no_migration_depends_on_what_happens_to_be_installed() -> None:
    for path in (ROOT / "server/storage/migrations").glob("0*.py"):
        assert "orjson" not in path.read_text("utf-8"), path.name
