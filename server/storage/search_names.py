"""Names that stand in search records, by their pinyin initials: what somebody means who types slwx."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from server.rules import spelling
from server.rules.permissions import scope_prefix
from server.rules.spelling import Readings
from server.storage.database import Reader, Tx

_LONGEST = 400


async def file(tx: Tx, county: str, names: Iterable[str], readings: Readings) -> None:
    """Keep names of a county with how they may be read, each once."""
    named = dict.fromkeys(names)
    # Most names are known from earlier notices, and reading one costs more than looking it up.
    known = await tx.rows_in(
        "SELECT name FROM search_name WHERE county = ? AND name IN (*)", named, county
    )
    for row in known:
        del named[row["name"]]
    read = {name: spelling.initials(name, readings) for name in named}
    # In one order, so that two who file the same names wait for each other and not in a ring.
    rows = [
        (county, name, "".join(f" {way}" for way in ways)[:_LONGEST])
        for name, ways in sorted(read.items())
        if ways
    ]
    if rows:
        await tx.execute_many(
            "INSERT INTO search_name (county, name, initials) VALUES (?, ?, ?)"
            " ON CONFLICT (county, name) DO NOTHING",
            rows,
        )


async def forget(tx: Tx) -> None:
    """Remove all names: everything is filed again."""
    await tx.execute("DELETE FROM search_name")


async def like(
    db: Reader, initials: Sequence[str], *, division: str | None, limit: int
) -> list[str]:
    """Return names of the counties around or in a division in which one of these initials stands, the shortest first."""
    if not initials:
        return []
    county = scope_prefix(division)[:6] if division else ""
    within = "county = ?" if len(county) == 6 else "county LIKE ?"
    some = " OR ".join(["initials LIKE ?"] * len(initials))
    rows = await db.rows(
        f"SELECT DISTINCT name, length(name) AS long FROM search_name WHERE {within} AND ({some})"
        f" ORDER BY long, name LIMIT {int(limit)}",
        county if len(county) == 6 else f"{county}%",
        *(f"%{each}%" for each in initials),
    )
    return [row["name"] for row in rows]
