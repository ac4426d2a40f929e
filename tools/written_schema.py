"""Write server/storage/written/*.sql: what the migrations run on an empty SQLite file and on an empty PostgreSQL.

python -m tools.written_schema      write both (a PostgreSQL is started for it)
written(url)                        what a test compares them with
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tortoise.backends.asyncpg.client import AsyncpgDBClient

from server.storage.migrate import migrate
from server.storage.sqlite_client import ImmediateTransaction
from server.storage.written_schema import FOLDER, text_of
from tools.postgres import Postgres


async def written(url: str) -> str:
    """Apply every migration to the empty database at `url`, one by one, and return the file that says the same."""
    run: list[str] = []
    # Tortoise hands a statement for SQLite to the first inside a transaction; migrations of ours use the second.
    client: Any = AsyncpgDBClient if url.startswith("postgres") else ImmediateTransaction
    query, script = client.execute_query, client.execute_script

    async def execute_query(self: Any, text: str, values: list[Any] | None = None) -> Any:
        if text.lstrip().upper().startswith(("CREATE ", "ALTER ", "DROP ")):
            run.append(text.strip().removesuffix(";"))
        return await query(self, text, values)

    async def execute_script(self: Any, text: str) -> None:
        if client is AsyncpgDBClient:
            run.append(text.strip())
        await script(self, text)

    with (
        patch.object(client, "execute_query", execute_query),
        patch.object(client, "execute_script", execute_script),
    ):
        migrations = await migrate(url, one_by_one=True)
    # A statement may come twice and be meant twice: a table that was dropped in between.
    return text_of(migrations, [each for each in run if each])


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        text = asyncio.run(written(f"sqlite://{Path(folder) / 'empty.db'}"))
    (FOLDER / "sqlite.sql").write_text(text, "utf-8")
    server = Postgres.start()
    try:
        text = asyncio.run(written(server.create("empty")))
    finally:
        server.stop()
    (FOLDER / "postgres.sql").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
