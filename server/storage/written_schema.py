"""The schema as one list of statements: what the migrations make of an empty database, in a tenth of a second.

Applying the migrations one by one costs a new database seconds, most of them spent on models of every state in between.
`written/sqlite.sql` and `written/postgres.sql` hold the statements that they end up running, written by `make generate`
and compared by a test. A file that does not stand for every migration is not used: slow, and right all the same.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from server.storage.database import APP, Tx
from server.storage.readiness import known_migrations

FOLDER = Path(__file__).parent / "written"
_APPLIED = "-- applied: "
_NEXT = "\n-- next\n"
_TABLES = {
    True: "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1",
    False: "SELECT 1 FROM sqlite_master LIMIT 1",
}


def text_of(migrations: list[str], statements: list[str]) -> str:
    """Return the file that `statements_of` reads: names of migrations, and what they run on an empty database."""
    return f"{_APPLIED}{' '.join(migrations)}\n{_NEXT.join(statements)}\n"


@cache
def statements_of(engine: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the migrations that an engine's file stands for, oldest first, and its statements in order."""
    first, _, rest = (FOLDER / f"{engine}.sql").read_text("utf-8").partition("\n")
    return tuple(first.removeprefix(_APPLIED).split()), tuple(rest.strip().split(_NEXT))


async def write_into_empty(tx: Tx) -> list[str]:
    """Make the schema in a database without a table, and return the migrations it stands for; else do nothing."""
    migrations, statements = statements_of("postgres" if tx.postgres else "sqlite")
    if set(migrations) != known_migrations() or await tx.row(_TABLES[tx.postgres]) is not None:
        return []
    from tortoise.migrations.recorder import MigrationRecorder

    for statement in statements:
        await tx.client.execute_script(statement)
    recorder = MigrationRecorder(tx.client)
    for name in migrations:
        await recorder.record_applied(APP, name)
    return list(migrations)
