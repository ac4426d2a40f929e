"""Migrations: bring a database to the newest schema, all of them or none."""

from __future__ import annotations

from typing import Any

from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError

from server.problem import Problem
from server.storage.database import APP, Store, configuration
from server.storage.readiness import pending_migrations
from server.storage.written_schema import write_into_empty

# Two processes that start at once: one migrates, the other waits here.
MIGRATION_LOCK = 0x6773_6C5F_6D69
# On SQLite it waits so many times as long as a request would: making a whole schema takes a slow machine a while.
PATIENT_TIMES = 12


async def migrate(url: str, *, to: str | None = None, one_by_one: bool = False) -> list[str]:
    """Bring a database to the newest schema and return the migrations applied now, oldest first.

    One transaction for all of them: a failure leaves the schema as it was. Two processes at once are
    safe, the second finds nothing left to do. `to`: a migration's name, to stop after it. An empty database
    gets the written schema instead of every step, unless a step is asked for or all of them, `one_by_one`.
    """
    async with TortoiseContext() as context:
        chosen = configuration(url)
        await context.init(config=chosen, init_connections=False)
        store = Store(context)
        if await _is_newest(store):
            return []
        begin = not one_by_one and to is None
        for _ in range(PATIENT_TIMES - 1):
            try:
                return await _migrated(store, context, chosen["apps"], to, begin)
            except Problem as problem:
                if problem.slug != "temporary-failure":
                    raise
        return await _migrated(store, context, chosen["apps"], to, begin)


async def _is_newest(store: Store) -> bool:
    """Say whether every migration was applied: most starts have nothing to do, and need no machinery for it."""
    try:
        return not await pending_migrations(store.reader)
    except OperationalError:  # an empty database
        return False


async def _migrated(
    store: Store, context: TortoiseContext, apps: dict[str, Any], to: str | None, begin: bool
) -> list[str]:
    """Apply what is missing in one transaction; `begin`: with the written schema, where nothing is there yet."""
    async with store.transaction() as tx:
        if tx.postgres:
            await tx.execute("SELECT pg_advisory_xact_lock(?)", MIGRATION_LOCK)
        if begin and (written := await write_into_empty(tx)):
            return written
        from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

        applied: list[str] = []
        token = context.connections.set("default", tx.client)
        try:
            executor = MigrationExecutor(tx.client, apps)
            # Before the executor asks for what was applied: on PostgreSQL a question about a
            # table that is not there would end the transaction.
            await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))
            await executor.migrate(
                [MigrationTarget(APP, to)] if to else None,
                progress=lambda event, _, name: (
                    applied.append(name) if event == "apply_done" else None
                ),
            )
        finally:
            context.connections.reset(token)
    return applied
