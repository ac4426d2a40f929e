"""The Store: two connections to one database, transactions on one of them.

- `store.reader` cannot write (query_only on SQLite, a read-only pool on PostgreSQL) and waits for no writer.
- `async with store.transaction() as tx` is all or nothing. On SQLite it takes the write lock at once, one
  transaction at a time in this process, other processes wait their turn.

Statements are written with `?` on both engines. Models give names of tables and columns, and migrations; nobody asks
them anything, so what a queryset would need (thousands of filters) is never made.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Iterable, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import parse_qs, quote, urlsplit

from tortoise.backends.base.client import BaseDBAsyncClient, TransactionalDBClient
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.context import TortoiseContext
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.models import Model

from server import problems
from server.storage.freshness import Freshness
from server.storage.sqlite_client import ImmediateClient, ImmediateTransaction

if TYPE_CHECKING:
    import asyncpg

T = TypeVar("T")
Row = dict[str, Any]

APP = "storage"
# How long a transaction waits for the write lock of another process before it gives up.
PATIENCE_MS = 10_000
# The engines allow 32,766 and 32,767 values in a statement.
MOST_VALUES = 20_000

_in_transaction: ContextVar[bool] = ContextVar("in_transaction", default=False)


class DatabaseAddressNotValid(ValueError):
    """The database's address cannot be used; the message says what would be."""


class Reader:
    """A connection that answers questions."""

    def __init__(self, client: BaseDBAsyncClient) -> None:
        self.client = client
        self.postgres = client.capabilities.dialect == "postgres"

    async def rows(self, sql: str, *args: object) -> list[Row]:
        """Return the rows of a statement, each a dict; `?` stands for an argument."""
        statement = numbered(sql) if self.postgres else sql
        return await self.client.execute_query_dict(statement, list(args))

    async def tuples(self, sql: str, *args: object) -> Sequence[Sequence[Any]]:
        """Return the rows of a statement by position, for looking at many: a dict of each costs more than its row."""
        statement = numbered(sql) if self.postgres else sql
        _, found = await self.client.execute_query(statement, list(args))
        return cast(Sequence[Sequence[Any]], found)

    async def row(self, sql: str, *args: object) -> Row | None:
        """Return the first row of a statement, or None."""
        found = await self.rows(sql, *args)
        return found[0] if found else None

    async def rows_in(self, sql: str, values: Iterable[object], *args: object) -> list[Row]:
        """Return the rows of a statement in which `IN (*)` stands for a list of any length.

        `args` are the arguments before the list; the statement has none after it. No values, no rows.
        """
        wanted = list(dict.fromkeys(values))
        found: list[Row] = []
        for start in range(0, len(wanted), MOST_VALUES):
            part = wanted[start : start + MOST_VALUES]
            marks = ", ".join("?" * len(part))
            found += await self.rows(sql.replace("(*)", f"({marks})"), *args, *part)
        return found


class NearReader(Reader):
    """The reader of the hot public pages: on SQLite a connection of its own, asked without leaving the event loop.

    A handful of statements over indexes take less time than handing them to a thread and back. Nothing else
    may use it: a statement that reads much would keep everybody waiting.
    """

    def __init__(self, client: BaseDBAsyncClient, path: str | None) -> None:
        super().__init__(client)
        self._path = path
        self._near: sqlite3.Connection | None = None

    async def rows(self, sql: str, *args: object) -> list[Row]:
        """Return the rows of a statement, each a dict; `?` stands for an argument."""
        if self._path is None:
            return await super().rows(sql, *args)
        if self._near is None:
            self._near = sqlite3.connect(f"file:{quote(self._path)}?mode=ro", uri=True)
        found = self._near.execute(sql, args)
        names = [column[0] for column in found.description]
        return [dict(zip(names, values, strict=True)) for values in found.fetchall()]

    def close(self) -> None:
        """Close its own connection."""
        if self._near is not None:
            self._near.close()


class Tx(Reader):
    """A connection inside a transaction: it also writes."""

    async def rows(self, sql: str, *args: object) -> list[Row]:
        """Return the rows of a statement, each a dict; `?` stands for an argument."""
        if self.postgres:
            return await super().rows(sql, *args)
        return list(map(dict, self._ask(sql, args)))

    async def execute(self, sql: str, *args: object) -> int:
        """Run a statement and return how many rows it touched."""
        if not self.postgres:
            connection = cast(ImmediateTransaction, self.client).directly
            before = connection.total_changes
            found = len(self._ask(sql, args))
            return (connection.total_changes - before) or found
        connection = cast("asyncpg.Connection", cast(Any, self.client)._connection)
        status: str = await connection.execute(numbered(sql), *args)
        count = status.rsplit(" ", 1)[-1]
        # 'INSERT 0 1', 'UPDATE 2', but 'CREATE TABLE'.
        return int(count) if count.isdigit() else 0

    def _ask(self, sql: str, args: tuple[object, ...]) -> list[Any]:
        connection = cast(ImmediateTransaction, self.client).directly
        try:
            return connection.execute(sql, args).fetchall()
        except sqlite3.IntegrityError as error:
            raise IntegrityError(error) from error
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error

    async def execute_many(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each row of values."""
        statement = numbered(sql) if self.postgres else sql
        await cast(Any, self.client).execute_many(statement, values)

    async def alone(self, key: str) -> None:
        """Wait until no other transaction works on this key, and hold it to the end of this one.

        On SQLite there is only ever one transaction; on PostgreSQL two that read before they write would pass
        each other unseen.
        """
        if self.postgres:
            await self.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", key)

    async def insert(self, model: type[Model], **values: object) -> bool:
        """Insert a row unless its key, or another unique column, is taken; return whether it was inserted."""
        columns = tuple(values)
        sql = _insertion(model, columns)
        return await self.execute(sql, *values.values()) == 1


class Store:
    """An open database. Made by `Store.open`."""

    def __init__(self, context: TortoiseContext) -> None:
        self._context = context
        self._writer = context.connections.get("default")
        path: str | None = getattr(self._writer, "filename", None)
        self.freshness = Freshness(path)
        self.reader = Reader(context.connections.get("reader"))
        self.near = NearReader(context.connections.get("reader"), path)

    @classmethod
    async def open(cls, url: str) -> Store:
        """Open a migrated database."""
        context = TortoiseContext()
        with context:
            await context.init(config=configuration(url), init_connections=False)
        return cls(context)

    @property
    def postgres(self) -> bool:
        """The database is PostgreSQL, not SQLite."""
        return self.reader.postgres

    async def close(self) -> None:
        """Close both connections; what was not committed is lost."""
        self.freshness.close()
        self.near.close()
        await self._context.close_connections()

    async def ping(self) -> None:
        """Ask the database for a sign of life; raises whatever it raises."""
        await self.reader.rows("SELECT 1 AS alive")

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """All or nothing: committed when the block ends, undone when it raises or is cancelled.

        Raises problems.temporary_failure when another process holds the write lock for too long, and
        RuntimeError inside another transaction: who needs two things at once wants one transaction.
        """
        if _in_transaction.get():
            raise RuntimeError("a transaction inside a transaction")
        token = _in_transaction.set(True)
        try:
            begin = self._pooled() if self.postgres else self._immediate()
            async with begin as client:
                yield Tx(client)
            self.freshness.committed()
        finally:
            _in_transaction.reset(token)

    @asynccontextmanager
    async def _immediate(self) -> AsyncIterator[TransactionalDBClient]:
        writer = cast(ImmediateClient, self._writer)
        async with writer.writer_lock:
            if writer._connection is None:
                await writer.create_connection(with_db=True)
            client = ImmediateTransaction(writer)
            try:
                await _to_the_end(client.begin())
            except OperationalError as error:
                raise problems.temporary_failure() from error
            except BaseException:
                await _to_the_end(client.rollback())
                raise
            async with _ended(client):
                yield client

    @asynccontextmanager
    async def _pooled(self) -> AsyncIterator[TransactionalDBClient]:
        writer = cast(Any, self._writer)
        if writer._pool is None:
            async with writer._pool_init_lock:
                if writer._pool is None:
                    await writer.create_connection(with_db=True)
        async with writer._pool.acquire() as connection:
            client = writer._in_transaction().client
            client._connection = connection
            await client.begin()
            async with _ended(client):
                yield client


@asynccontextmanager
async def _ended(client: TransactionalDBClient) -> AsyncIterator[None]:
    try:
        yield
    except BaseException:
        await _to_the_end(client.rollback())
        raise
    await _to_the_end(client.commit())


async def _to_the_end(work: Awaitable[T]) -> T:
    """Wait for work that must not be left half done, even when the caller is cancelled meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


@lru_cache(maxsize=1024)
def numbered(sql: str) -> str:
    """Return a statement with `?` turned into `$1`, `$2` …; a `?` between quotes stays."""
    count = 0

    def turn(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] != "?":
            return found[0]
        count += 1
        return f"${count}"

    return re.sub(r"'[^']*'|\"[^\"]*\"|\?", turn, sql)


@lru_cache(maxsize=256)
def _insertion(model: type[Model], columns: tuple[str, ...]) -> str:
    unknown = set(columns) - set(model._meta.fields_db_projection.values())
    if unknown:
        raise TypeError(f"{model.__name__} has no column {sorted(unknown)}")
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"


def configuration(url: str) -> dict[str, Any]:
    """Return what Tortoise is told about a database's address: two connections and our models.

    Raises DatabaseAddressNotValid.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        connections = _sqlite(url)
    elif scheme in ("postgres", "postgresql", "asyncpg"):
        connections = _postgres(url)
    else:
        raise DatabaseAddressNotValid(
            f"数据库地址应为 sqlite://文件 或 postgres://主机/库 / "
            f"a database's address is sqlite://file or postgres://host/name, not {scheme or 'empty'}"
        )
    app = {
        "models": [
            "server.storage.models",
            "server.storage.models_administration",
            "server.storage.models_commitments",
            "server.storage.models_exemptions",
            "server.storage.models_inquiries",
            "server.storage.models_inspections",
            "server.storage.models_ratings",
            "server.storage.models_payments",
            "server.storage.models_keys",
            "server.storage.models_ledgers",
            "server.storage.models_links",
            "server.storage.models_matters",
            "server.storage.models_outreach",
            "server.storage.models_query_points",
            "server.storage.models_reminders",
            "server.storage.models_subscribers",
            "server.storage.models_rules",
            "server.storage.models_search",
            "server.storage.models_site_notices",
            "server.storage.models_tallies",
        ],
        "migrations": "server.storage.migrations",
        "default_connection": "default",
    }
    return {"connections": connections, "apps": {APP: app}}


def _sqlite(url: str) -> dict[str, Any]:
    # sqlite:////data/x.db, as others write an absolute path: two slashes in front would name a host in a URI.
    path = re.sub("^//+", "/", url.removeprefix("sqlite://").split("?")[0])
    if not path or path == ":memory:":
        # Two connections to one database need a file.
        raise DatabaseAddressNotValid(
            "SQLite 需要一个文件 / SQLite needs a file: sqlite://./data/x.db"
        )
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    credentials = {
        "file_path": path,
        # First, so that the pragmas below already wait for another process.
        "busy_timeout": PATIENCE_MS,
        "journal_mode": "WAL",
        # A receipt promises that what it names survives a power cut.
        "synchronous": "FULL",
        "foreign_keys": "ON",
        "temp_store": "FILE",
    }
    engine = "server.storage.sqlite_client"
    return {
        "default": {"engine": engine, "credentials": credentials},
        "reader": {"engine": engine, "credentials": {**credentials, "query_only": "1"}},
    }


def _postgres(url: str) -> dict[str, Any]:
    query = parse_qs(urlsplit(url).query)
    base = expand_db_url(url.replace("postgresql://", "postgres://", 1))
    credentials = dict(base["credentials"])
    if "maxsize" not in query:
        credentials["maxsize"] = 10
    read_only = {"default_transaction_read_only": "on"}
    engine = "tortoise.backends.asyncpg"
    return {
        "default": {"engine": engine, "credentials": credentials},
        "reader": {"engine": engine, "credentials": {**credentials, "server_settings": read_only}},
    }


__all__ = ["DatabaseAddressNotValid", "Reader", "Row", "Store", "Tx", "configuration", "numbered"]
