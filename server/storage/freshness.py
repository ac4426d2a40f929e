"""Freshness: was anything committed since an answer was made?

What this process commits is known at once. What others commit (a second worker, an import at the terminal)
is looked for at most every LEASE seconds, so an answer may be that much older than their commit and no more.
SQLite tells from memory (PRAGMA data_version); on PostgreSQL something may always have been committed,
and whoever keeps an answer then asks for its version again.
"""

from __future__ import annotations

import sqlite3
import time
from urllib.parse import quote

LEASE = 0.05


class Freshness:
    """A number that is another one whenever a commit may have happened: ask before you read what you keep."""

    def __init__(self, path: str | None, lease: float = LEASE) -> None:
        self._path = path
        self._lease = lease
        self._watch: sqlite3.Connection | None = None
        self._seen = -1
        self._look_after = 0.0
        self._mark = 0

    def committed(self) -> None:
        """Note that this process committed something."""
        self._mark += 1

    def mark(self) -> int:
        """Return the number as of now."""
        moment = time.monotonic()
        if moment >= self._look_after:
            self._look()
            self._look_after = moment + self._lease
        return self._mark

    def _look(self) -> None:
        if self._path is None:
            self._mark += 1
            return
        if self._watch is None:
            # A connection of its own that never writes: to its own changes it would be blind.
            self._watch = sqlite3.connect(f"file:{quote(self._path)}?mode=ro", uri=True)
        seen: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
        if seen != self._seen:
            self._seen = seen
            self._mark += 1

    def close(self) -> None:
        """Close the connection it looks through."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
