"""Lists of the desk in the database: which rows hold what is sought, in which order, and where a page goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from server.rules.listing import Sort, Wanted
from server.storage.columns import code_range, millis

Values = list[int | str]
PLACE = "division IN ({})"


def holding(
    wanted: Wanted,
    scope: str,
    texts: Sequence[str],
    *,
    named: Mapping[str, Sequence[str]] | None = None,
    places: str = PLACE,
    also: Sequence[tuple[str, Values]] = (),
) -> tuple[str, Values]:
    """Return the condition, and its values, for rows that hold what is sought: ' AND (...)'; of all where nothing is.

    `texts`: columns of words. `named`: columns of keys, with the keys whose names hold it. `places`: how a row belongs to
    a division, with a mark for a list of them; its names are sought under the scope, earlier ones too. `also`: whatever else a row may be found by.
    """
    if wanted.q == "":
        return "", []
    escaped = wanted.q.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    like = f"%{escaped}%"
    ways = [f"LOWER({column}) LIKE ? ESCAPE '!'" for column in texts]
    values: Values = [like] * len(texts)
    for column, keys in (named or {}).items():
        if keys:
            ways.append(f"{column} IN ({', '.join('?' * len(keys))})")
            values += keys
    for condition, its in also:
        ways.append(condition)
        values += its
    sought = (
        "SELECT code FROM division WHERE code >= ? AND code < ? AND LOWER(name) LIKE ? ESCAPE '!'"
    )
    ways.append(places.format(sought))
    values += [*code_range(scope), like]
    return f" AND ({' OR '.join(ways)})", values


def in_order(
    sort: Sort, at: str, cursor: str | None, *, place: str = "division", row_id: str = "id"
) -> tuple[str, Values, str]:
    """Return the condition and its values for what comes after a cursor, and ' ORDER BY ...'; `at`: the moment it goes by.

    A position and not a row: what was taken away or moved up since leaves no gap on the next page.
    """
    older = "<" if sort != "oldest" else ">"
    way = "DESC" if sort != "oldest" else "ASC"
    order = f" ORDER BY {at} {way}, {row_id} {way}"
    beyond = f"({at} {older} ? OR ({at} = ? AND {row_id} {older} ?))"
    by_place = sort == "place"
    if by_place:
        order = f" ORDER BY {place}, {at} DESC, {row_id} DESC"
        beyond = f"({place} > ? OR ({place} = ? AND {beyond}))"
    if cursor is None:
        return "", [], order
    when, _, rest = cursor.partition(".")
    last, _, code = rest.partition(".")
    values: Values = [int(when), int(when), last]
    return f" AND {beyond}", [code, code, *values] if by_place else values, order


def cursor_after(at: datetime, row_id: str, division: str) -> str:
    """Return where a row stands, whatever the order: the cursor of a page that ends with it."""
    return f"{millis(at)}.{row_id}.{division}"
