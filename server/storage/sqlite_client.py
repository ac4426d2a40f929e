"""Tortoise's SQLite client with the two habits this product needs.

- `BEGIN IMMEDIATE`: a transaction takes the write lock before it reads. A deferred one that reads first fails
  with 'database is locked' as soon as a second process does the same, whatever the busy timeout says.
- statements of a script run one by one inside a transaction: `executescript` would commit it.

- between BEGIN and COMMIT the connection may be asked from the event loop itself (`directly`): the lock is held, so
  a statement waits for nobody, and handing each of twenty short ones to a thread and back costs more than they do.

Tortoise finds this engine by its module's name, in which 'sqlite' must stand.
"""

from __future__ import annotations

import asyncio
import sqlite3

import aiosqlite
from tortoise.backends.base.client import NestedTransactionContext, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.exceptions import OperationalError


class ImmediateTransaction(SqliteTransactionWrapper):
    """A transaction that holds the file's write lock from its first moment."""

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(ImmediateTransaction(self))

    async def begin(self) -> None:
        """Take the write lock, waiting for other processes as long as the busy timeout says."""
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error

    @property
    def directly(self) -> sqlite3.Connection:
        """The connection, for statements of this transaction; nobody else uses it before it ends."""
        return self._connection._conn

    async def execute_script(self, query: str) -> None:
        """Run a script's statements one by one, inside the transaction."""
        statement = ""
        for part in query.split(";"):
            statement += part + ";"
            if sqlite3.complete_statement(statement):
                if statement.strip(" \n;"):
                    await self.execute_query(statement)
                statement = ""


class ImmediateClient(SqliteClient):
    """A SQLite connection whose transactions begin immediately."""

    def _in_transaction(self) -> TransactionContext:
        return SqliteTransactionContext(ImmediateTransaction(self), self._lock)

    async def create_connection(self, with_db: bool) -> None:
        """Connect as Tortoise does, but not for one thread alone: see `directly`."""
        del with_db
        if self._connection is not None:
            return
        self._connection = await aiosqlite.connect(
            self.filename, isolation_level=None, check_same_thread=False
        )
        self._connection._conn.row_factory = sqlite3.Row
        for pragma, value in self.pragmas.items():
            await (await self._connection.execute(f"PRAGMA {pragma}={value}")).close()

    @property
    def writer_lock(self) -> asyncio.Lock:
        """One transaction at a time in this process: they share the connection."""
        return self._lock


client_class = ImmediateClient
