"""Datasette over the same lines as our search, tuned: what bench/search.py asks beside ours.

Tuned: it gets a file of its own that it may take for unchangeable, the words cut as ours are (its own tokenisers know no
Chinese), no counting and no facets, and one thread. It is asked in this process, as ours is: no line is in between.
"""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from server.rules.searching import field_words, terms

PAGE = 21
SETTINGS = {
    "sql_time_limit_ms": 60_000,
    "num_sql_threads": 1,
    "default_facet_size": 1,
    "suggest_facets": False,
    "allow_facet": False,
    "default_page_size": PAGE,
}


def _copy_lines(source: Path, target: Path) -> None:
    """Fill a new file with the lines of ours and their words, under the same ids."""
    copy = sqlite3.connect(f"file:{target}", uri=True)
    copy.create_function("cut", 1, lambda text: " ".join(field_words(text)), deterministic=True)
    copy.execute("ATTACH ? AS ours", (f"file:{source}?mode=ro",))
    copy.executescript(
        """
        PRAGMA main.journal_mode = OFF;
        CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT);
        INSERT INTO line SELECT id, text FROM ours.search_record ORDER BY id;
        CREATE VIRTUAL TABLE line_words USING fts5 (text, content="line", content_rowid="id", detail=full);
        INSERT INTO line_words (rowid, text) SELECT id, cut(text) FROM line ORDER BY id;
        INSERT INTO line_words (line_words) VALUES ('optimize');
        """
    )
    copy.commit()
    copy.close()


def matching(q: str) -> str:
    """Return what stands for a query in FTS5: the words of each term, one after the other."""
    return " AND ".join('"' + " ".join(field_words(term)) + '"' for term in terms(q))


class Lines:
    """A Datasette in this process."""

    def __init__(self, database: Path) -> None:
        from datasette.app import Datasette

        self._datasette = Datasette(immutables=[str(database)], settings=SETTINGS)
        self._table = f"/{database.stem}/line.json"

    async def ask(self, q: str) -> Sequence[int]:
        """Return the ids of the newest lines that hold what was typed, a page of them."""
        query = {
            "_search": matching(q),
            "_searchmode": "raw",
            "_sort_desc": "id",
            "_size": PAGE,
            "_shape": "objects",
            "_nocount": 1,
            "_nofacet": 1,
        }
        answer: Any = await self._datasette.client.get(f"{self._table}?{urlencode(query)}")
        answer.raise_for_status()
        return [row["id"] for row in answer.json()["rows"]]


def datasette(ours: Path) -> Lines | None:
    """Return the peer over a copy of our lines, beside them; None where it is not installed."""
    if importlib.util.find_spec("datasette") is None:
        return None
    theirs = ours.with_name("lines.db")
    _copy_lines(ours, theirs)
    return Lines(theirs)
