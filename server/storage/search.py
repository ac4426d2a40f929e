"""Search in two dialects: words under FTS5 on SQLite, an array under GIN on PostgreSQL; the records are the same.

Whether a record may be shown is not kept here: it is asked of its edition, with the moment, each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from server.rules.disclosures import Disclosure, Edition
from server.rules.searching import Record, scope_word, scope_words, words
from server.storage import editions
from server.storage.columns import code_range, millis
from server.storage.database import Reader, Tx

_RECORD = (
    "r.id, r.edition_id, r.disclosure_id, r.division, r.category, r.period_key, r.pointer, r.text"
)
# An edition that was never opened, or was withdrawn, has nothing to show; the rest is for rules to judge.
_OPENED = (
    "e.number IS NOT NULL AND e.opens_at <= ? AND (e.withdrawn_at IS NULL OR e.withdrawn_at > ?)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: a division with everything below it, a category, a period; None: all of them."""

    division: str | None = None
    category: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A record that holds what was looked for; `id` grows with the order of filing."""

    id: int
    edition_id: str
    disclosure_id: str
    division: str
    category: str
    period_key: str
    pointer: str
    text: str


async def file(tx: Tx, disclosure: Disclosure, edition_id: str, records: Sequence[Record]) -> None:
    """File what may be found of an edition."""
    scope = scope_words(disclosure.division)
    for record in records:
        row = await tx.row(
            "INSERT INTO search_record (county, edition_id, disclosure_id, division, category,"
            " period_key, pointer, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            disclosure.county,
            edition_id,
            disclosure.id,
            disclosure.division,
            disclosure.category,
            disclosure.period_key,
            record.pointer,
            record.text,
        )
        assert row is not None
        filed = [*words(record.text), *scope]
        if tx.postgres:
            await tx.execute("INSERT INTO search_words (id, words) VALUES (?, ?)", row["id"], filed)
        else:
            await tx.execute(
                "INSERT INTO search_words (rowid, words) VALUES (?, ?)", row["id"], " ".join(filed)
            )


async def forget(tx: Tx) -> None:
    """Empty the index: everything is filed again."""
    await tx.execute("DELETE FROM search_record")
    await tx.execute(
        "DELETE FROM search_words"
        if tx.postgres
        else "INSERT INTO search_words (search_words) VALUES ('delete-all')"
    )


async def not_filed(db: Reader, limit: int) -> list[Edition]:
    """Return editions of which nothing was filed yet, in the order in which they arrived."""
    rows = await db.rows(
        f"SELECT {editions.COLUMNS} FROM edition e WHERE NOT EXISTS"
        f" (SELECT 1 FROM search_record r WHERE r.edition_id = e.id)"
        f" ORDER BY e.received_at, e.id LIMIT {int(limit)}"
    )
    return [editions.edition_of(row) for row in rows]


async def find(
    db: Reader,
    *,
    terms: Sequence[str],
    asked: Sequence[str],
    scope: Scope,
    now: datetime,
    before: int | None,
    limit: int,
) -> list[Found]:
    """Return records of opened editions that hold every term, the newest first; `before`: those filed earlier.

    `asked` are the words of the terms (rules/searching.py); without one nothing is found.
    """
    if not asked:
        return []
    wanted = list(asked)
    if scope.division and (word := scope_word(scope.division)):
        wanted.append(word)
    conditions, values = [_OPENED], [millis(now), millis(now)]
    parts: list[tuple[str, Sequence[object]]] = [
        ("lower(r.text) LIKE ? ESCAPE '!'", [f"%{_literal(term)}%"]) for term in terms
    ]
    if scope.division:
        parts.append(("r.division >= ? AND r.division < ?", code_range(scope.division)))
    if scope.category:
        parts.append(("r.category = ?", [scope.category]))
    if scope.period:
        parts.append(("r.period_key = ?", [scope.period]))
    if before is not None:
        parts.append(("r.id < ?", [before]))
    arguments: list[object] = [*values]
    for condition, given in parts:
        conditions.append(condition)
        arguments += given
    # Materialized: PostgreSQL would otherwise walk the records backwards and look each one up.
    hit, looked = (
        ("SELECT id FROM search_words WHERE words @> ?", wanted)
        if db.postgres
        else (
            "SELECT rowid AS id FROM search_words WHERE search_words MATCH ?",
            " AND ".join(f'"{word}"' for word in wanted),
        )
    )
    source = (
        f"WITH hit AS MATERIALIZED ({hit}) SELECT {_RECORD} FROM hit"
        if db.postgres
        else f"SELECT {_RECORD} FROM ({hit} ORDER BY rowid DESC) hit"
    )
    rows = await db.rows(
        f"{source} JOIN search_record r ON r.id = hit.id JOIN edition e ON e.id = r.edition_id"
        f" WHERE {' AND '.join(conditions)} ORDER BY hit.id DESC LIMIT {int(limit)}",
        looked,
        *arguments,
    )
    return [Found(**row) for row in rows]


def _literal(term: str) -> str:
    return term.replace("!", "!!").replace("%", "!%").replace("_", "!_")
