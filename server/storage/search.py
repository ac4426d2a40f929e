"""What may be found of editions, and finding it: a filing for each edition, and its records under their words.

A record's id says when its edition opens, so that the newest come first out of the index. Whether a record may be
shown is not kept here: it is judged by the moments of its notice's editions, each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from msgspec import Struct

from server.rules import searching
from server.rules.categories import Category
from server.rules.disclosures import Disclosure, Edition, EditionMoments
from server.rules.findable import Labels, findable
from server.rules.searching import Wanted, scope_word, scope_words
from server.rules.spelling import Readings
from server.storage import editions, photos, search_names, search_words
from server.storage.columns import (
    code_range,
    day,
    day_or_none,
    day_text,
    millis,
)
from server.storage.database import Reader, Tx

_NOT_FILED = (
    "e.opens_at IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM search_filing f WHERE f.edition_id = e.id)"
)
# So many records of editions that open in one second have an id of their own; more take those of the next.
_A_SECOND = 1 << 16
# What the index narrowed down too little, to less than half, is looked at in so many turns before an answer is given.
_TURNS = 3
# Of what is looked for PostgreSQL finds so many times as much at first: some of it may not be open, or elsewhere.
_AHEAD = 4


class Scope(Struct, frozen=True):
    """Where to look: a division with everything below it, a category, a period, periods of a year; None: all of them."""

    division: str | None = None
    category: str | None = None
    period: str | None = None
    year: int | None = None


class Found(NamedTuple):
    """A record that holds what was looked for; a greater `id` opened later, `filing` is its edition's."""

    id: int
    filing: int
    pointer: str
    text: str


class Looked(Struct, frozen=True):
    """What was found, the newest first; `stopped_at` is the id where looking stopped, None when all was looked at."""

    found: tuple[Found, ...]
    stopped_at: int | None


class Filing(Struct, frozen=True):
    """An edition whose opening is decided, what it belongs to, and what says what of it may be found and how it is called."""

    category: Category
    labels: Labels
    disclosure: Disclosure
    edition: Edition


class Filed(Struct):
    """A filed edition and what it belongs to; `moments`: of its notice's numbered editions."""

    edition_id: str
    disclosure_id: str
    division: str
    category: str
    period_key: str
    period_end: date
    event_on: date | None
    moments: list[EditionMoments]


async def file_all(tx: Tx, filings: Sequence[Filing], readings: Readings) -> int:
    """File what may be found of editions, each once, and return how many records that are.

    Editions in the order in which they open take a third of the time: FTS5 begins anew at every smaller id.
    `readings`: how characters are read.
    """
    uses = await photos.for_editions(tx, [each.edition.id for each in filings])
    filed: list[tuple[object, ...]] = []
    rows: list[tuple[object, ...]] = []
    cut: list[tuple[int, list[str]]] = []
    names: dict[str, dict[str, None]] = {}
    taken: dict[int, int] = {}
    for each in filings:
        of, edition = each.disclosure, each.edition
        captions = [use.caption for use in uses.get(edition.id, ())]
        records, said = findable(each.category, each.labels, of, edition.content, captions)
        assert edition.opens_at is not None, "its opening is decided"
        opens = millis(edition.opens_at)
        first = await _free_ids(tx, opens // 1000, len(records), taken)
        scope = scope_words(of.division)
        belongs = (of.county, edition.id, of.id, of.division, of.category, of.period_key)
        filed.append((first, *belongs, of.period_end.isoformat(), day_text(of.event_on), opens))
        for number, record in enumerate(records, first):
            rows.append((number, first, record.pointer, record.text))
            cut.append((number, [*record.words, *scope]))
        names.setdefault(of.county, {}).update(dict.fromkeys(said))
    await tx.execute_many(
        "INSERT INTO search_filing (id, county, edition_id, disclosure_id, division, category,"
        " period_key, period_end, event_on, opens_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        filed,
    )
    await tx.execute_many(
        "INSERT INTO search_record (id, filing, pointer, text) VALUES (?, ?, ?, ?)", rows
    )
    await search_words.file(tx, "search_words", cut)
    for county, said_there in sorted(names.items()):
        await search_names.file(tx, county, said_there, readings)
    return len(rows)


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
    await tx.execute("DELETE FROM search_filing")
    await search_words.forget(tx, "search_words")


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
    looked: list[search_words.Ways] = list(_looked_up(wanted))
    if not looked:
        return Looked((), None)
    if scope.division and await _elsewhere(db, scope.division):
        word = scope_word(scope.division)
        assert word is not None, "nothing lies outside the country"
        looked.append([(word,)])
    found: list[Found] = []
    in_doubt = searching.in_doubt(wanted)
    for _ in range(_TURNS):
        size = limit - len(found)
        rows = await _candidates(db, looked, scope, now, before, size + 1)
        found += [each for each in rows[:size] if searching.holds(each.text, in_doubt)]
        if len(rows) <= size:
            return Looked(tuple(found), None)
        before = rows[size - 1].id
        if len(found) * 2 > limit:
            break
    return Looked(tuple(found), before)


async def filings(db: Reader, ids: Iterable[int]) -> dict[int, Filed]:
    """Return filed editions by the id of their filing, with what visibility is decided by."""
    wanted = list(ids)
    rows = await db.tuples(
        f"SELECT f.id, f.edition_id, f.disclosure_id, f.division, f.category, f.period_key,"
        f" f.period_end, f.event_on, {editions.MOMENTS}"
        " FROM search_filing f JOIN edition e ON e.disclosure_id = f.disclosure_id"
        f" WHERE e.number IS NOT NULL AND f.id IN ({', '.join('?' * len(wanted)) or 'NULL'})",
        *wanted,
    )
    found: dict[int, Filed] = {}
    for row in rows:
        filed = found.get(row[0])
        if filed is None:
            key, edition, disclosure, division, category, period, end, event = row[:8]
            judged = day(end), day_or_none(event)
            filed = Filed(edition, disclosure, division, category, period, *judged, [])
            found[key] = filed
        filed.moments.append(editions.moments_of(row[8:]))
    return found


async def _elsewhere(db: Reader, division: str) -> bool:
    """Tell whether something is filed outside a division: else its word narrows nothing down."""
    low, high = code_range(division)
    row = await db.row(
        "SELECT EXISTS (SELECT 1 FROM search_filing WHERE division < ?)"
        " OR EXISTS (SELECT 1 FROM search_filing WHERE division >= ?) AS some",
        low,
        high,
    )
    return bool(row and row["some"])


async def _candidates(
    db: Reader,
    looked: Sequence[search_words.Ways],
    scope: Scope,
    now: datetime,
    before: int | None,
    limit: int,
) -> list[Found]:
    conditions, arguments = ["f.opens_at <= ?"], [millis(now)]
    for condition, given in _conditions(scope):
        conditions.append(condition)
        arguments += given

    async def some(most: int | None) -> Sequence[Sequence[Any]]:
        index, values = search_words.hits(
            "search_words", looked, postgres=db.postgres, down=True, before=before, most=most
        )
        hits = ", (SELECT count(*) FROM hit)" if most else ""
        return await db.tuples(
            f"{index} SELECT r.id, r.filing, r.pointer, r.text{hits} FROM hit"
            " JOIN search_record r ON r.id = hit.id JOIN search_filing f ON f.id = r.filing"
            f" WHERE {' AND '.join(conditions)} ORDER BY hit.id DESC LIMIT {int(limit)}",
            *values,
            *arguments,
        )

    if db.postgres:
        most = limit * _AHEAD
        rows = await some(most)
        if len(rows) == limit or (rows and rows[0][4] < most):
            return [Found(*row[:4]) for row in rows]
        # Nothing, or too little of so many: the rest lies beyond them, if anywhere.
    return [Found(*row) for row in await some(None)]


def _conditions(scope: Scope) -> list[tuple[str, Sequence[Any]]]:
    parts: list[tuple[str, Sequence[Any]]] = []
    if scope.category:
        parts.append(("f.category = ?", [scope.category]))
    if scope.period:
        parts.append(("f.period_key = ?", [scope.period]))
    if scope.year:
        of_year = [f"{scope.year:04d}%", f"E{scope.year:04d}-%"]
        parts.append(("(f.period_key LIKE ? OR f.period_key LIKE ?)", of_year))
    return parts


def _looked_up(wanted: Wanted) -> list[list[tuple[str, ...]]]:
    """Return for each term the words of its ways; a term of which one way has none narrows nothing down."""
    cut = [[searching.asked(way) for way in ways] for ways in wanted]
    return [ways for ways in cut if all(ways)]
