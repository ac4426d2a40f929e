"""Search in two dialects: words under FTS5 on SQLite, an array under GIN on PostgreSQL; the records are the same.

A record's id says when its edition opens, so that the newest come first out of the index. Whether a record may be
shown is not kept here: it is asked of its edition, with the moment, each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from server.rules import searching
from server.rules.categories import Category
from server.rules.disclosures import Disclosure, Edition
from server.rules.searching import Wanted, scope_word, scope_words, words
from server.rules.spelling import Readings
from server.storage import editions, photos, search_names
from server.storage.columns import code_range, millis
from server.storage.database import Reader, Tx

_RECORD = "r.id, r.edition_id, r.disclosure_id, r.pointer, r.text"
# An edition that was never opened, or was withdrawn, has nothing to show; the rest is for rules to judge.
_OPENED = (
    "e.number IS NOT NULL AND e.opens_at <= ? AND (e.withdrawn_at IS NULL OR e.withdrawn_at > ?)"
)
_NOT_FILED = (
    "e.opens_at IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM search_record r WHERE r.edition_id = e.id)"
)
# So many records of editions that open in one second have an id of their own; more take those of the next.
_A_SECOND = 1 << 16
# What the index narrowed down too little is looked at in so many turns before an answer is given.
_TURNS = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: a division with everything below it, a category, a period, periods of a year; None: all of them."""

    division: str | None = None
    category: str | None = None
    period: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A record that holds what was looked for; a greater `id` opened later."""

    id: int
    edition_id: str
    disclosure_id: str
    pointer: str
    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, the newest first; `stopped_at` is the id where looking stopped, None when all was looked at."""

    found: tuple[Found, ...]
    stopped_at: int | None


@dataclass(frozen=True, slots=True)
class Filing:
    """An edition whose opening is decided, what it belongs to and the category that says what of it may be found."""

    category: Category
    disclosure: Disclosure
    edition: Edition


async def file(
    tx: Tx, category: Category, disclosure: Disclosure, edition: Edition, readings: Readings
) -> None:
    """File what may be found of an edition whose opening is decided, once; `readings`: how characters are read."""
    await file_all(tx, [Filing(category, disclosure, edition)], readings)


async def file_all(tx: Tx, filings: Sequence[Filing], readings: Readings) -> int:
    """File what may be found of editions, each once, and return how many records that are.

    Editions in the order in which they open take a third of the time: FTS5 begins anew at every smaller id.
    """
    uses = await photos.for_editions(tx, [each.edition.id for each in filings])
    rows: list[tuple[object, ...]] = []
    cut: list[tuple[int, list[str]]] = []
    names: dict[str, dict[str, None]] = {}
    taken: dict[int, int] = {}
    for each in filings:
        of, edition = each.disclosure, each.edition
        captions = [use.caption for use in uses.get(edition.id, ())]
        records, said = searching.findable(each.category, of, edition.content, captions)
        assert edition.opens_at is not None, "its opening is decided"
        first = await _free_ids(tx, millis(edition.opens_at) // 1000, len(records), taken)
        scope = scope_words(of.division)
        belongs = (of.county, edition.id, of.id, of.division, of.category, of.period_key)
        for number, record in enumerate(records, first):
            rows.append((number, *belongs, record.pointer, record.text))
            cut.append((number, [*words(record.text), *scope]))
        names.setdefault(of.county, {}).update(dict.fromkeys(said))
    await tx.execute_many(
        "INSERT INTO search_record (id, county, edition_id, disclosure_id, division, category,"
        " period_key, pointer, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    await _file_words(tx, cut)
    for county, said_there in sorted(names.items()):
        await search_names.file(tx, county, said_there, readings)
    return len(rows)


async def _file_words(tx: Tx, cut: Sequence[tuple[int, list[str]]]) -> None:
    if tx.postgres:
        await tx.execute_many("INSERT INTO search_words (id, words) VALUES (?, ?)", cut)
    else:
        await tx.execute_many(
            "INSERT INTO search_words (rowid, words) VALUES (?, ?)",
            [(number, " ".join(words_of)) for number, words_of in cut],
        )


async def _free_ids(tx: Tx, second: int, count: int, taken: dict[int, int]) -> int:
    """Return the first of so many ids in a row that nobody has, of this second or of one soon after.

    `taken`: the first free id of each second that was asked for already, written on.
    """
    while True:
        low = second * _A_SECOND
        if second not in taken:
            await tx.alone(f"search {second}")
            row = await tx.row(
                "SELECT max(id) AS last FROM search_record WHERE id >= ? AND id < ?",
                low,
                low + _A_SECOND,
            )
            taken[second] = low if row is None or row["last"] is None else int(row["last"]) + 1
        first = taken[second]
        if first + count <= low + _A_SECOND:
            taken[second] = first + count
            return first
        second += 1


async def forget(tx: Tx) -> None:
    """Empty the index: everything is filed again."""
    await search_names.forget(tx)
    await tx.execute("DELETE FROM search_record")
    await tx.execute(
        "DELETE FROM search_words"
        if tx.postgres
        else "INSERT INTO search_words (search_words) VALUES ('delete-all')"
    )


async def not_filed(db: Reader, limit: int, after: Edition | None = None) -> list[Edition]:
    """Return editions whose opening is decided and of which nothing was filed yet, in the order in which they open.

    `after`: only those that come behind this one.
    """
    behind = ""
    values: Sequence[object] = ()
    if after is not None:
        behind, values = " AND (e.opens_at, e.id) > (?, ?)", (millis(after.opens_at), after.id)
    rows = await db.rows(
        f"SELECT {editions.COLUMNS} FROM edition e WHERE {_NOT_FILED}{behind}"
        f" ORDER BY e.opens_at, e.id LIMIT {int(limit)}",
        *values,
    )
    return [editions.edition_of(row) for row in rows]


async def count_not_filed(db: Reader) -> int:
    """Return of how many editions whose opening is decided nothing was filed yet."""
    row = await db.row(f"SELECT count(*) AS many FROM edition e WHERE {_NOT_FILED}")
    return int(row["many"]) if row else 0


async def find(
    db: Reader, *, wanted: Wanted, scope: Scope, now: datetime, before: int | None, limit: int
) -> Looked:
    """Return records of opened editions that hold every term, the newest first; `before`: those that opened earlier.

    Where no term has a word to look up (rules/searching.py) nothing is found.
    """
    found: list[Found] = []
    in_doubt = searching.in_doubt(wanted)
    for _ in range(_TURNS):
        size = limit - len(found)
        rows = await _candidates(db, wanted, scope, now, before, size + 1)
        found += [each for each in rows[:size] if searching.holds(each.text, in_doubt)]
        if len(rows) <= size:
            return Looked(tuple(found), None)
        before = rows[size - 1].id
        if len(found) == limit:
            break
    return Looked(tuple(found), before)


async def _candidates(
    db: Reader, wanted: Wanted, scope: Scope, now: datetime, before: int | None, limit: int
) -> list[Found]:
    looked = _looked_up(wanted)
    if not looked:
        return []
    if scope.division and (word := scope_word(scope.division)):
        looked.append([(word,)])
    index, values = _index_postgres(looked) if db.postgres else _index_sqlite(looked)
    conditions, arguments = [_OPENED], [*values, millis(now), millis(now)]
    for condition, given in _conditions(scope, before):
        conditions.append(condition)
        arguments += given
    rows = await db.rows(
        f"{index} JOIN search_record r ON r.id = hit.id JOIN edition e ON e.id = r.edition_id"
        f" WHERE {' AND '.join(conditions)} ORDER BY hit.id DESC LIMIT {int(limit)}",
        *arguments,
    )
    return [Found(**row) for row in rows]


def _conditions(scope: Scope, before: int | None) -> list[tuple[str, Sequence[object]]]:
    parts: list[tuple[str, Sequence[object]]] = []
    if scope.division:
        parts.append(("r.division >= ? AND r.division < ?", code_range(scope.division)))
    if scope.category:
        parts.append(("r.category = ?", [scope.category]))
    if scope.period:
        parts.append(("r.period_key = ?", [scope.period]))
    if scope.year:
        of_year = [f"{scope.year:04d}%", f"E{scope.year:04d}-%"]
        parts.append(("(r.period_key LIKE ? OR r.period_key LIKE ?)", of_year))
    if before is not None:
        parts.append(("r.id < ?", [before]))
    return parts


_Ways = list[tuple[str, ...]]


def _looked_up(wanted: Wanted) -> list[_Ways]:
    """Return for each term the words of its ways; a term of which one way has none narrows nothing down."""
    cut = [[searching.asked(way) for way in ways] for ways in wanted]
    return [ways for ways in cut if all(ways)]


def _index_sqlite(looked: Sequence[_Ways]) -> tuple[str, list[object]]:
    def all_of(cut: tuple[str, ...]) -> str:
        return "(" + " AND ".join(f'"{word}"' for word in cut) + ")"

    match = " AND ".join("(" + " OR ".join(all_of(cut) for cut in ways) + ")" for ways in looked)
    hit = "SELECT rowid AS id FROM search_words WHERE search_words MATCH ? ORDER BY rowid DESC"
    return f"SELECT {_RECORD} FROM ({hit}) hit", [match]


def _index_postgres(looked: Sequence[_Ways]) -> tuple[str, list[object]]:
    has = " AND ".join("(" + " OR ".join(["words @> ?"] * len(ways)) + ")" for ways in looked)
    # Materialized: PostgreSQL would otherwise walk the records backwards and look each one up.
    hit = f"WITH hit AS MATERIALIZED (SELECT id FROM search_words WHERE {has})"
    return f"{hit} SELECT {_RECORD} FROM hit", [list(cut) for ways in looked for cut in ways]
