"""Names that stand in search records, by their pinyin initials: what somebody means who types slwx."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from server.rules import spelling
from server.rules.permissions import scope_prefix
from server.rules.searching import scope_word, scope_words
from server.rules.spelling import Readings
from server.storage import search_words
from server.storage.columns import code_range
from server.storage.database import Reader, Tx

_LONGEST = 400
# A name's id is its length and a number: so many names of one length have one of their own.
_A_LENGTH = 1 << 40


async def file(tx: Tx, county: str, names: Iterable[str], readings: Readings) -> None:
    """Keep names of a county with how they may be read, each once."""
    new = await _unknown(tx, county, dict.fromkeys(names))
    if new:
        # One at a time, so that no two give a name the same number; and a name may have come meanwhile.
        await tx.alone("search names")
        new = await _unknown(tx, county, new) if tx.postgres else new
    scope = scope_words(county)
    following: dict[int, int] = {}
    rows: list[tuple[object, ...]] = []
    cut: list[tuple[int, list[str]]] = []
    for name in sorted(new):
        ways = spelling.initials(name, readings)
        if not ways:
            continue
        kept = "".join(f" {way}" for way in ways)[:_LONGEST]
        long = len(name)
        if long not in following:
            following[long] = await _free_id(tx, long)
        rows.append((following[long], county, name, kept))
        cut.append((following[long], [*spelling.pairs(kept.split()), *scope]))
        following[long] += 1
    if rows:
        await tx.execute_many(
            "INSERT INTO search_name (id, county, name, initials) VALUES (?, ?, ?, ?)", rows
        )
        await search_words.file(tx, "search_name_words", cut)


async def _unknown(tx: Tx, county: str, names: Iterable[str]) -> list[str]:
    # Most names are known from earlier notices, and reading one costs more than looking it up.
    named = dict.fromkeys(names)
    known = await tx.rows_in(
        "SELECT name FROM search_name WHERE county = ? AND name IN (*)", named, county
    )
    for row in known:
        del named[row["name"]]
    return list(named)


async def _free_id(tx: Tx, long: int) -> int:
    low = long * _A_LENGTH
    row = await tx.row(
        "SELECT max(id) AS last FROM search_name WHERE id >= ? AND id < ?", low, low + _A_LENGTH
    )
    return low if row is None or row["last"] is None else int(row["last"]) + 1


async def forget(tx: Tx) -> None:
    """Remove all names: everything is filed again."""
    await tx.execute("DELETE FROM search_name")
    await search_words.forget(tx, "search_name_words")


async def like(
    db: Reader, initials: Sequence[str], *, division: str | None, limit: int
) -> list[str]:
    """Return names of the counties around or in a division in which one of these initials stands, the shortest first."""
    if not initials:
        return []
    county = scope_prefix(division)[:6] if division else ""
    wanted: list[search_words.Ways] = [[tuple(spelling.pairs([each])) for each in initials]]
    if county and await _elsewhere(db, county) and (word := scope_word(county)):
        wanted.append([(word,)])
    index, values = search_words.hits("search_name_words", wanted, postgres=db.postgres, down=False)
    some = " OR ".join(["n.initials LIKE ?"] * len(initials))
    rows = await db.rows(
        f"{index} SELECT n.name FROM hit JOIN search_name n ON n.id = hit.id"
        f" WHERE {some} ORDER BY hit.id LIMIT {int(limit)}",
        *values,
        *(f"%{each}%" for each in initials),
    )
    return list(dict.fromkeys(row["name"] for row in rows))


async def _elsewhere(db: Reader, county: str) -> bool:
    """Tell whether there are names of other counties: else a county's word narrows nothing down."""
    row = await db.row(
        "SELECT EXISTS (SELECT 1 FROM search_name WHERE county < ?)"
        " OR EXISTS (SELECT 1 FROM search_name WHERE county >= ?) AS some",
        *code_range(county),
    )
    return bool(row and row["some"])
