"""One PostgreSQL database that many tests use one after the other, each finding it as migrated and empty.

Copying and dropping a database moves some six hundred files each time: more of the processor than most tests.
"""

from __future__ import annotations

from typing import Any

import asyncpg

from tools.postgres import Postgres

KEPT = "tortoise_migrations"

# Foreign keys look away (replica), so that no order of tables need be known.
EMPTY = f"""
DO $$
DECLARE
  named text;
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  SET LOCAL session_replication_role = replica;
  FOR named IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '{KEPT}' LOOP
    EXECUTE format('DELETE FROM %I', named);
  END LOOP;
  FOR named IN SELECT sequencename FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename <> '{KEPT}_id_seq' LOOP
    PERFORM setval(quote_ident(named), 1, false);
  END LOOP;
END $$
"""

# What a test that changed more than rows cannot leave as it was.
SHAPE = f"""
SELECT (SELECT count(*) FROM pg_class), (SELECT max(oid) FROM pg_class), (SELECT count(*) FROM pg_attribute),
  (SELECT count(*) FROM pg_proc), (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM {KEPT})
"""


class Emptied:
    """A copy of the template that is made once, and again only when a test left another shape."""

    def __init__(self, server: Postgres, template: str, name: str) -> None:
        self._server = server
        self._template = template
        self._name = name
        self._connection: asyncpg.Connection | None = None
        self._shape: Any = None

    def ready(self) -> str:
        """Return the address of the database, as migrated and without a row."""
        if self._connection is None:
            self._server.create(self._name, self._template)
            address = self._server.url(self._name).replace("postgres:", "postgresql:", 1)
            self._connection = self._server.wait_for(asyncpg.connect(address))
            self._shape = self._server.wait_for(self._connection.fetchrow(SHAPE))
        return self._server.url(self._name)

    def empty(self) -> None:
        """Take every row out; where a test changed more than rows, let the next one begin with a new copy."""
        assert self._connection is not None
        self._server.wait_for(self._connection.execute(EMPTY))
        if self._server.wait_for(self._connection.fetchrow(SHAPE)) != self._shape:
            self.drop()

    def drop(self) -> None:
        """Close the connection and drop the database."""
        if self._connection is not None:
            self._server.wait_for(self._connection.close())
            self._connection = None
        self._server.drop(self._name)
