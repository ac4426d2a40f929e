"""Tortoise's SQLite client with the two habits this product needs.

- `BEGIN IMMEDIATE`: a transaction takes the write lock before it reads. A deferred one that reads first fails
  with 'database is locked' as soon as a second process does the same, whatever the busy timeout says.
- statements of a script run one by one inside a transaction: `executescript` would commit it.

Tortoise finds this engine by its module's name, in which 'sqlite' must stand.
"""

from __future__ import annotations

import asyncio
import sqlite3

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

    @property
    def writer_lock(self) -> asyncio.Lock:
        """One transaction at a time in this process: they share the connection."""
        return self._lock


client_class = ImmediateClient
