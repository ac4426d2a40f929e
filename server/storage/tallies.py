"""Tallies on record: written whole, read whole, and good only for the facts, the rules and the time they were made of.

Whether a line is good is asked of the village's version (storage/versions.py), which every change of facts raises in its own
transaction: so no command needs to know of tallies, and none can forget them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from server import rules as rules_folder
from server.rules.divisions import is_group, village_of
from server.rules.owners import owner_of
from server.rules.permissions import covers
from server.rules.rulebook import Rulebook
from server.rules.tallies import Column, Tally, tallied, year_span
from server.rules.verdicts import judged
from server.storage import facts
from server.storage.columns import (
    code_range,
    codes_above,
    document,
    millis,
    parsed,
)
from server.storage.database import Reader, Tx

# From so many on, all of a place is read at once instead of village by village.
_MANY_OF_A_TOWNSHIP, _MANY_OF_A_COUNTY = 3, 40
_MOST_SHAPES = 20_000
_shapes: dict[str, tuple[Column, ...]] = {}
_prints: list[tuple[Rulebook, str]] = []


class Line(Struct, frozen=True):
    """A tally, and the village's version that it was made of."""

    tally: Tally
    version: int


class Kept(NamedTuple):
    """A line that is good now. Lines of one shape share their `columns`, the same object."""

    division: str
    year: int
    columns: tuple[Column, ...]
    signs: str


class Read(Struct, frozen=True):
    """What is on record of some villages: the lines that are good now, and (village, year) of those that are not."""

    good: Sequence[Kept]
    stale: Sequence[tuple[str, int]]


def print_of(book: Rulebook) -> str:
    """Return what changes when the rules do: the program's, the categories', the policies' and the calendar's."""
    if not _prints or _prints[0][0] is not book:
        _prints[:] = [(book, _print(book))]
    return _prints[0][1]


def _print(book: Rulebook) -> str:
    digest = hashlib.sha256()
    folder = Path(next(iter(rules_folder.__path__)))
    for path in sorted(folder.glob("*.py")):
        digest.update(path.read_bytes())
    for key, category in sorted(book.categories.items()):
        digest.update(f"{key} {document(dict(category.schedule_doc))}\n".encode())
    for policy in sorted(book.policies, key=lambda p: (p.id, p.valid_from)):
        digest.update(f"{policy!r}\n".encode())
    for year, notice in sorted(book.calendar.notices.items()):
        days = (notice.official, sorted(notice.holidays), sorted(notice.makeup_workdays))
        digest.update(f"{year} {days}\n".encode())
    return digest.hexdigest()[:32]


async def versions_under(db: Reader, division: str, villages: Iterable[str]) -> dict[str, int]:
    """Return the version of each village: how often it, or what is above it, changed."""
    low, high = code_range(division)
    rows = await db.rows(
        "SELECT division, counter FROM division_version WHERE division >= ? AND division < ?",
        low,
        high,
    )
    rows += await db.rows_in(
        "SELECT division, counter FROM division_version WHERE division IN (*)",
        [code for code in codes_above(division) if not low <= code < high],
    )
    counters = {row["division"]: int(row["counter"]) for row in rows}
    if not counters:
        return dict.fromkeys(villages, 0)
    return {v: sum(counters.get(code, 0) for code in codes_above(v)) for v in villages}


async def read(
    db: Reader,
    division: str,
    years: Iterable[int],
    villages: Sequence[str],
    *,
    book: Rulebook,
    now: datetime,
) -> Read:
    """Return the tallies of some villages below a division that are good now, and which are missing or out of date."""
    low, high = code_range(division)
    wanted = sorted(set(years))
    rows = await db.rows_in(
        "SELECT division, year, shape, signs, judged_at, holds_until, version, rules FROM tally"
        " WHERE division >= ? AND division < ? AND year IN (*)",
        wanted,
        low,
        high,
    )
    # Read after the lines: what changed in between makes one of them out of date.
    versions = await versions_under(db, division, villages)
    columns = await _columns(db, {row["shape"] for row in rows})
    rules, at = print_of(book), millis(now)
    good: dict[tuple[str, int], Kept] = {}
    for row in rows:
        until = row["holds_until"]
        if (
            row["rules"] == rules
            and row["version"] == versions.get(row["division"])
            and row["judged_at"] <= at
            and (until is None or at < until)
            and row["shape"] in columns
        ):
            code, year = row["division"], row["year"]
            good[code, year] = Kept(code, year, columns[row["shape"]], row["signs"])
    stale = [(v, year) for year in wanted for v in villages if (v, year) not in good]
    return Read(list(good.values()), stale)


async def make(
    db: Reader, book: Rulebook, stale: Iterable[tuple[str, int]], now: datetime
) -> list[Line]:
    """Return the tallies of villages and years, judged anew; nothing is written."""
    by_year: dict[int, list[str]] = {}
    for village, year in stale:
        by_year.setdefault(year, []).append(village)
    found: list[Line] = []
    for year, villages in by_year.items():
        wanted = set(villages)
        first, last = year_span(year)
        for place in _places(villages):
            of_place = [v for v in villages if covers(place, v)]
            owners = tuple({owner_of(v) for v in of_place})
            # Before the facts: what changes in between leaves an older version on the line.
            versions = await versions_under(db, place, of_place)
            known = await facts.read(db, place, first, last, owners=owners)
            cells = judged(known, book, now)
            found += [
                Line(tally, versions[tally.division])
                for tally in tallied(known, cells, book, now)
                if tally.division in wanted and tally.division in versions
            ]
    return found


def _places(villages: Sequence[str]) -> list[str]:
    """Return where to read the facts of villages: their counties, their townships, or each by itself."""
    places: list[str] = []
    for county, of_county in _grouped(villages, 6).items():
        if len(of_county) > _MANY_OF_A_COUNTY:
            places.append(county.ljust(12, "0"))
            continue
        for township, of_township in _grouped(of_county, 9).items():
            many = len(of_township) > _MANY_OF_A_TOWNSHIP
            places += [township.ljust(12, "0")] if many else _apart(of_township)
    return places


def _apart(codes: Sequence[str]) -> list[str]:
    """Return places none of which lies in another one: a group is read with its village where that is read."""
    return [code for code in codes if not (is_group(code) and village_of(code) in codes)]


def _grouped(codes: Iterable[str], digits: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code[:digits], []).append(code)
    return found


async def put(tx: Tx, lines: Sequence[Line], rules: str) -> None:
    """Write tallies in place of those that are there; one of a newer version stays."""
    shapes = {_shape_of(line.tally.columns): line.tally.columns for line in lines}
    await tx.execute_many(
        "INSERT INTO tally_shape (id, county, columns) VALUES (?, '', ?) ON CONFLICT DO NOTHING",
        [(shape, _document_of(columns)) for shape, columns in sorted(shapes.items())],
    )
    await tx.execute_many(
        "INSERT INTO tally (id, county, division, year, shape, signs, judged_at, holds_until, version, rules)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET shape = excluded.shape,"
        " signs = excluded.signs, judged_at = excluded.judged_at, holds_until = excluded.holds_until,"
        " version = excluded.version, rules = excluded.rules WHERE tally.version <= excluded.version",
        [
            (
                f"{tally.division}{tally.year}",
                tally.division[:6],
                tally.division,
                tally.year,
                _shape_of(tally.columns),
                tally.signs,
                millis(tally.judged_at),
                millis(tally.holds_until),
                line.version,
                rules,
            )
            for line in sorted(lines, key=lambda each: (each.tally.division, each.tally.year))
            for tally in (line.tally,)
        ],
    )


async def forget(tx: Tx, division: str) -> None:
    """Delete the tallies below a division; the next reader or worker makes them anew."""
    low, high = code_range(division)
    await tx.execute("DELETE FROM tally WHERE division >= ? AND division < ?", low, high)


async def forget_shapes(tx: Tx) -> None:
    """Delete the shapes that no tally has any more: events come, and with each another one."""
    await tx.execute("DELETE FROM tally_shape WHERE id NOT IN (SELECT shape FROM tally)")


async def _columns(db: Reader, shapes: Iterable[str]) -> dict[str, tuple[Column, ...]]:
    """Return what the signs of some shapes are about; a shape never changes, so it is read once."""
    wanted = set(shapes)
    if missing := wanted - _shapes.keys():
        if len(_shapes) > _MOST_SHAPES:
            _shapes.clear()
            missing = wanted
        for row in await db.rows_in(
            "SELECT id, columns FROM tally_shape WHERE id IN (*)", sorted(missing)
        ):
            _shapes[row["id"]] = tuple(map(_column, parsed(row["columns"])))
    return {shape: _shapes[shape] for shape in wanted if shape in _shapes}


def _shape_of(columns: tuple[Column, ...]) -> str:
    return hashlib.sha256(_document_of(columns).encode()).hexdigest()[:32]


def _document_of(columns: tuple[Column, ...]) -> str:
    return document(
        [
            [c.category, c.period, c.ended_on.isoformat(), c.due_on.isoformat(), c.event]
            for c in columns
        ]
    )


def _column(kept: list[str]) -> Column:
    category, period, ended_on, due_on, event = kept
    return Column(
        category, period, date.fromisoformat(ended_on), date.fromisoformat(due_on), bool(event)
    )
