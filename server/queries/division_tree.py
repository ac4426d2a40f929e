"""Divisions for choosing a village: one with what lies under it, or a search by name and pinyin initials."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from server import problems
from server.rules.places import Place, place_of, spoken_name
from server.storage import divisions
from server.storage.database import Reader

MOST = 50


class DivisionLine(Struct, frozen=True):
    """One division in a list, with the names above it."""

    code: str
    name: str
    level: str
    parent: str | None
    path: tuple[str, ...]


class DivisionList(Struct, frozen=True):
    """Divisions in the order of their codes; `next` is always null for lists that fit (they are capped)."""

    items: tuple[DivisionLine, ...]
    next: str | None


class DivisionPage(Struct, frozen=True):
    """A division, its place, and the divisions directly under it."""

    division: Place
    valid_from: date | None
    valid_to: date | None
    children: tuple[DivisionLine, ...]


async def search_divisions(
    db: Reader, *, q: str | None, parent: str | None, limit: int, cursor: str | None
) -> DivisionList:
    """Return divisions whose name contains `q` or whose pinyin initials start with it; without `q` the children of `parent`.

    Without either, the topmost divisions on record.
    """
    size = max(1, min(limit, MOST))
    if q:
        found = await divisions.search(db, q, size + 1, within=parent, after=cursor)
    else:
        found = await divisions.children(db, parent, limit=size + 1, after=cursor)
    above = await divisions.lines(db, [d.code for d in found[:size]])
    items = tuple(
        DivisionLine(
            d.code,
            spoken_name(d.name),
            d.level,
            d.parent,
            tuple(spoken_name(each.name) for each in above[d.code][:-1]),
        )
        for d in found[:size]
    )
    return DivisionList(items, found[size - 1].code if len(found) > size else None)


async def division_page(db: Reader, *, code: str) -> DivisionPage:
    """Return a division with its children. Raises not_found."""
    line = await divisions.ancestors(db, code)
    if not line or line[-1].code != code:
        raise problems.not_found()
    here = line[-1]
    path = tuple(spoken_name(d.name) for d in line)
    return DivisionPage(
        division=place_of(line),
        valid_from=here.valid_from,
        valid_to=here.valid_to,
        children=tuple(
            DivisionLine(d.code, spoken_name(d.name), d.level, d.parent, path)
            for d in await divisions.children(db, code)
        ),
    )
