"""Divisions over time: each row is a code with one name and one parent, for a span of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from server.rules.divisions import is_group, village_of
from server.rules.obligations import VillageLife
from server.rules.owners import OWNERS, Owner
from server.rules.places import closed_name, group_name
from server.storage.columns import code_range, codes_above, day_or_none
from server.storage.database import Reader, Row, Tx

Level = Literal["province", "city", "county", "township", "village", "group"]
COLUMNS = "code, name, parent, level, valid_from, valid_to, successor"


class Division(Struct, frozen=True):
    """A division and the days, both included, between which it stood so; None: no known end.

    `successor`: the code of the division that it was merged into when it was closed, if one was named.
    """

    code: str
    name: str
    parent: str | None
    level: str
    valid_from: date | None
    valid_to: date | None
    successor: str | None = None


def _of_row(row: Row) -> Division:
    return Division(
        row["code"],
        row["name"],
        row["parent"],
        row["level"],
        day_or_none(row["valid_from"]),
        day_or_none(row["valid_to"]),
        row["successor"],
    )


async def get(db: Reader, code: str, on: date | None = None) -> Division | None:
    """Return a division as it stands (or stood on a day), or None."""
    if on is None:
        row = await db.row(
            f"SELECT {COLUMNS} FROM division WHERE code = ? AND valid_to IS NULL", code
        )
    else:
        day = on.isoformat()
        row = await db.row(
            f"SELECT {COLUMNS} FROM division WHERE code = ? AND valid_from <= ? "
            "AND (valid_to IS NULL OR valid_to >= ?)",
            code,
            day,
            day,
        )
    return _of_row(row) if row else None


async def names(db: Reader, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of divisions by code: of what stands the present one, of what was closed the last one it had, marked.

    A group is named with its village: 红河村一组.
    """
    wanted = set(codes)
    groups = {code for code in wanted if is_group(code)}
    rows = await db.rows_in(
        "SELECT code, name, valid_to FROM division WHERE code IN (*) ORDER BY valid_from",
        wanted | {village_of(code) for code in groups},
    )
    bare = {row["code"]: row["name"] for row in rows}
    found: dict[str, str] = {}
    for row in rows:
        code = row["code"]
        if code in wanted:
            name = (
                group_name(bare.get(village_of(code), ""), row["name"])
                if code in groups
                else row["name"]
            )
            found[code] = name if row["valid_to"] is None else closed_name(name)
    return found


async def standing(db: Reader, codes: Iterable[str]) -> set[str]:
    """Return those of some codes whose division stands."""
    rows = await db.rows_in(
        "SELECT code FROM division WHERE valid_to IS NULL AND code IN (*)", codes
    )
    return {row["code"] for row in rows}


async def ancestors(db: Reader, code: str) -> list[Division]:
    """Return the line from the province down to a division that stands, itself last; [] when it does not."""
    return (await lines(db, [code]))[code]


async def line_and_groups(db: Reader, code: str) -> tuple[list[Division], list[Division]]:
    """Return what `ancestors` does, and the groups of a village that stand: one statement for both."""
    rows = await db.rows_in(
        f"SELECT {COLUMNS} FROM division WHERE valid_to IS NULL AND (parent = ? OR code IN (*))",
        codes_above(code),
        village_of(code) if not code.endswith("000") else "",
    )
    stands = {row["code"]: _of_row(row) for row in rows}
    line = [stands[each] for each in codes_above(code) if each in stands] if code in stands else []
    groups = [stands[each] for each in sorted(stands) if is_group(each) and each != code]
    return line, groups


async def line_that_stood(db: Reader, code: str) -> list[Division]:
    """Return the line down to a division as each last stood, those that were closed too; [] for a code nobody ever had."""
    rows = await db.rows_in(
        f"SELECT {COLUMNS} FROM division WHERE code IN (*) ORDER BY valid_from", codes_above(code)
    )
    newest = {row["code"]: _of_row(row) for row in rows}
    return [newest[each] for each in codes_above(code) if each in newest] if code in newest else []


async def successors(db: Reader, gone: Division) -> list[Division]:
    """Return the villages of the county that stand under a closed one's name, then those that began on the day after its last: twenty at most."""
    day_after = (gone.valid_to + timedelta(days=1)).isoformat() if gone.valid_to else ""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM division WHERE level = 'village' AND valid_to IS NULL AND code >= ? AND code < ? "
        "AND (name = ? OR valid_from = ?) ORDER BY CASE WHEN name = ? THEN 0 ELSE 1 END, code LIMIT 20",
        *code_range(f"{gone.code[:6]}000000"),
        gone.name,
        day_after or "-",
        gone.name,
    )
    return [_of_row(row) for row in rows]


async def led_to(db: Reader, gone: Division) -> Division | None:
    """Return the village that stands at the end of a closed one's named successors; None when none was named, or the last was closed too."""
    seen, here = {gone.code}, gone
    while here.successor is not None and here.successor not in seen:
        seen.add(here.successor)
        rows = await rows_of(db, [here.successor])
        if not rows:
            return None
        here = rows[-1]
        if here.valid_to is None:
            return here
    return None


async def lines(db: Reader, codes: Iterable[str]) -> dict[str, list[Division]]:
    """Return the ancestors of many divisions, by code: one statement for all of them."""
    above = {code: codes_above(code) for code in codes}
    rows = await db.rows_in(
        f"SELECT {COLUMNS} FROM division WHERE valid_to IS NULL AND code IN (*)",
        (each for line in above.values() for each in line),
    )
    stands = {row["code"]: _of_row(row) for row in rows}
    return {
        code: [stands[each] for each in line if each in stands] if code in stands else []
        for code, line in above.items()
    }


async def children(
    db: Reader, parent: str | None, *, limit: int = 1000, after: str | None = None
) -> list[Division]:
    """Return the divisions directly below one, in the order of their codes; below None: the topmost ones."""
    above = "parent = ?" if parent else "(parent IS NULL OR parent = '')"
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM division WHERE {above} AND valid_to IS NULL AND code > ? ORDER BY code LIMIT ?",
        *([parent] if parent else []),
        after or "",
        limit,
    )
    return [_of_row(row) for row in rows]


async def search(
    db: Reader, q: str, limit: int, *, within: str | None = None, after: str | None = None
) -> list[Division]:
    """Return divisions whose name contains `q`, or one reading of whose initials starts with it."""
    low, high = code_range(within or "")
    asked = q.strip().lower()
    escaped = asked.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM division WHERE valid_to IS NULL AND code >= ? AND code < ? AND code > ? "
        "AND (name LIKE ? ESCAPE '!' OR initials LIKE ? ESCAPE '!') ORDER BY code LIMIT ?",
        low,
        high,
        after or "",
        f"%{escaped}%",
        f"% {escaped}%",
        limit,
    )
    return [_of_row(row) for row in rows]


async def villages_under(db: Reader, code: str) -> list[VillageLife]:
    """Return the villages at or below a division, those that were abolished too, in the order of their codes.

    A village that was renamed is one village: its first day and its last, under its newest name.
    """
    return await lives_under(db, code, ("village",))


async def lives_under(db: Reader, code: str, owners: Sequence[Owner]) -> list[VillageLife]:
    """Return the villages, the village groups or both at or below a division, as villages_under does; groups by their own names."""
    low, high = code_range(code)
    rows = await db.rows(
        f"SELECT {COLUMNS}, initials FROM division WHERE level IN ({', '.join('?' * len(owners))})"
        " AND code >= ? AND code < ? ORDER BY code, valid_from",
        *owners,
        low,
        high,
    )
    lives: dict[str, VillageLife] = {}
    for row in rows:
        division = _of_row(row)
        earlier = lives.get(division.code)
        lives[division.code] = VillageLife(
            code=division.code,
            name=division.name,
            parent=division.parent or "",
            valid_from=earlier.valid_from if earlier else division.valid_from,
            valid_to=division.valid_to,
            initials=row["initials"].strip(),
            successor=division.successor,
        )
    return list(lives.values())


async def owing_under(db: Reader, code: str) -> list[VillageLife]:
    """Return whoever can owe something at or below a division: villages, and groups under the names of both (红河村一组)."""
    lives = await lives_under(db, village_of(code), OWNERS)
    names = {life.code: life.name for life in lives}
    return [
        replace(life, name=group_name(names.get(life.parent, ""), life.name))
        if is_group(life.code)
        else life
        for life in lives
        if life.code.startswith(code) or not is_group(code)
    ]


async def village_that_stood(db: Reader, code: str) -> VillageLife | None:
    """Return a village or a group, a closed one too, with its first day and its last; None for what never was one."""
    lives = await owing_under(db, village_of(code))
    return next((each for each in lives if each.code == code), None)


async def counts(db: Reader) -> dict[str, int]:
    """Return how many divisions of each level stand."""
    rows = await db.rows(
        "SELECT level, COUNT(*) AS n FROM division WHERE valid_to IS NULL GROUP BY level"
    )
    return {row["level"]: int(row["n"]) for row in rows}


async def counties_with_villages(db: Reader) -> list[str]:
    """Return the codes of the counties that have, or had, a village."""
    rows = await db.rows(
        "SELECT DISTINCT county FROM division WHERE level = 'village' ORDER BY county"
    )
    return [f"{row['county']}000000" for row in rows]


async def standing_below(db: Reader, code: str) -> list[tuple[str, str, str]]:
    """Return (code, name, name of what it lies in) of every division that stands at or below one, by code; no groups."""
    low, high = code_range(code)
    rows = await db.rows(
        "SELECT d.code, d.name, p.name AS above FROM division d"
        " LEFT JOIN division p ON p.code = d.parent AND p.valid_to IS NULL"
        " WHERE d.valid_to IS NULL AND d.level <> 'group' AND d.code >= ? AND d.code < ? ORDER BY d.code",
        low,
        high,
    )
    return [(row["code"], row["name"], row["above"] or "") for row in rows]


async def rows_below(db: Reader, code: str) -> list[tuple[Division, str]]:
    """Return every row of the divisions at or below one, those that ended too, each with its initials; oldest first."""
    low, high = code_range(code)
    rows = await db.rows(
        f"SELECT {COLUMNS}, initials FROM division WHERE code >= ? AND code < ? ORDER BY code, valid_from",
        low,
        high,
    )
    return [(_of_row(row), row["initials"]) for row in rows]


async def rows_of(db: Reader, codes: Iterable[str]) -> list[Division]:
    """Return every row of some codes, by code, oldest first. In a transaction, on PostgreSQL, they are held until its end."""
    held = " FOR UPDATE" if db.postgres and isinstance(db, Tx) else ""
    rows = await db.rows_in(
        f"SELECT {COLUMNS} FROM division WHERE code IN (*) ORDER BY code, valid_from{held}", codes
    )
    return [_of_row(row) for row in rows]


async def taken_over(db: Reader, code: str) -> list[str]:
    """Return the closed villages of its county whose named successors end at a village that stands, by code."""
    return (await taken_over_by(db, [code])).get(code, [])


async def taken_over_by(db: Reader, codes: Iterable[str]) -> dict[str, list[str]]:
    """Return for each village that stands and took others over which closed ones those are, by code; one county each."""
    wanted = set(codes)
    rows = await db.rows_in(
        "SELECT code, successor FROM division WHERE county IN (*) AND level = 'village'"
        " AND valid_to IS NOT NULL AND successor IS NOT NULL ORDER BY code",
        sorted({code[:6] for code in wanted}),
    )
    into = {row["code"]: row["successor"] for row in rows}
    found: dict[str, list[str]] = {}
    for closed in into:
        for heir in _led_on(into, closed):
            if heir in wanted and heir[:6] == closed[:6] and heir != closed:
                found.setdefault(heir, []).append(closed)
    stands = await standing(db, found) if found else set()
    return {heir: villages for heir, villages in found.items() if heir in stands}


def _led_on(into: Mapping[str, str], closed: str) -> list[str]:
    """Return the successors of a closed village one after the other, each once."""
    line: list[str] = []
    while (following := into.get(closed)) is not None and following not in line:
        line.append(following)
        closed = following
    return line


async def merged_into(db: Reader, code: str) -> int:
    """Return how many closed divisions of its county name one as their successor."""
    low, high = code_range(f"{code[:6]}000000")
    row = await db.row(
        "SELECT COUNT(*) AS n FROM division WHERE code >= ? AND code < ? AND successor = ?",
        low,
        high,
        code,
    )
    return int(row["n"]) if row else 0


async def resting_on(db: Reader, codes: Iterable[str]) -> tuple[int, int]:
    """Return how many notices, and how many accounts that stand, belong to these divisions."""
    wanted = list(codes)
    notices = await db.rows_in("SELECT division FROM disclosure WHERE division IN (*)", wanted)
    people = await db.rows_in(
        "SELECT division FROM account WHERE disabled_at IS NULL AND division IN (*)", wanted
    )
    return len(notices), len(people)
