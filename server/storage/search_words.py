"""Words and where they stand, in two dialects: FTS5 on SQLite, an array under GIN on PostgreSQL.

Each engine's own index is no model. It knows whole words only, and gives the ids of what holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from server.storage.database import Tx

Index = Literal["search_words", "search_name_words"]
Ways = Sequence[tuple[str, ...]]
"""Ways of being written, of which one must be there: of each the words that stand together."""


async def file(tx: Tx, index: Index, cut: Sequence[tuple[int, Sequence[str]]]) -> None:
    """File words under ids that have none yet; ascending ids take a third of the time."""
    if tx.postgres:
        await tx.execute_many(f"INSERT INTO {index} (id, words) VALUES (?, ?)", cut)
    else:
        await tx.execute_many(
            f"INSERT INTO {index} (rowid, words) VALUES (?, ?)",
            [(number, " ".join(words)) for number, words in cut],
        )


async def settle(tx: Tx) -> None:
    """After much was filed: put it in one piece on SQLite, and in place on PostgreSQL. Either halves what a query takes."""
    for index in ("search_words", "search_name_words"):
        if tx.postgres:
            await tx.row(f"SELECT gin_clean_pending_list('{index}_by_word'::regclass) AS pages")
        else:
            await tx.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


async def forget(tx: Tx, index: Index) -> None:
    """Empty an index."""
    await tx.execute(
        f"DELETE FROM {index}"
        if tx.postgres
        else f"INSERT INTO {index} ({index}) VALUES ('delete-all')"
    )


def hits(
    index: Index,
    wanted: Sequence[Ways],
    *,
    postgres: bool,
    down: bool,
    before: int | None = None,
    most: int | None = None,
) -> tuple[str, list[object]]:
    """Return a query for the ids, as a table `hit`, of what holds one way of each that is wanted, and its values.

    `down`: the greatest first, below `before`. SQLite gives them one by one; PostgreSQL finds all, or only the `most`
    greatest: of a common word it then goes through the newest instead. Words have letters and digits alone
    (rules/searching.py).
    """
    below = [] if before is None else [before]
    if postgres:
        has = " AND ".join("(" + " OR ".join(map(_array_of, ways)) + ")" for ways in wanted)
        has += " AND id < ?" if below else ""
        has += f" ORDER BY id DESC LIMIT {int(most)}" if most is not None else ""
        # Materialized: PostgreSQL would otherwise walk the ids backwards and look each one up.
        return (
            f"WITH hit AS MATERIALIZED (SELECT id FROM {index} WHERE {has})",
            [*below],
        )
    match = " AND ".join("(" + " OR ".join(map(_all_of, ways)) + ")" for ways in wanted)
    has = f"{index} MATCH ?" + (" AND rowid < ?" if below else "")
    order = "DESC" if down else "ASC"
    return (
        f"WITH hit AS (SELECT rowid AS id FROM {index} WHERE {has} ORDER BY rowid {order})",
        [match, *below],
    )


def _array_of(words: tuple[str, ...]) -> str:
    # In the statement and not beside it: PostgreSQL plans for how often these very words stand there.
    if any(sign in word for word in words for sign in "'\\"):
        raise ValueError("a word has letters and digits alone")
    return "words @> ARRAY[" + ", ".join(f"'{word}'" for word in words) + "]"


def _all_of(words: tuple[str, ...]) -> str:
    return "(" + " AND ".join(f'"{word}"' for word in words) + ")"
