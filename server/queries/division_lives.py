"""Which divisions are, and were, in an area; and what a file says of them."""

from __future__ import annotations

import anyio.to_thread
from msgspec import Struct

from server import problems
from server.external import delimited_files
from server.external.spreadsheet_files import Limits
from server.rules.division_lives import DivisionLife, Sort, State, chosen, lives_of
from server.rules.division_sheets import read_divisions
from server.rules.divisions import DivisionRow
from server.rules.wrong_rows import SheetNotRead
from server.storage import divisions
from server.storage.database import Reader


class LifeList(Struct, frozen=True):
    """A page of divisions, how many there are in all, and where the following page begins."""

    items: tuple[DivisionLife, ...]
    count: int
    next: int | None


async def division_lives(
    db: Reader, scope: str, *, q: str, state: State, sort: Sort, start: int, limit: int
) -> LifeList:
    """Return the divisions at and below one through time."""
    lives = lives_of(await divisions.rows_below(db, scope))
    found = chosen(lives, q=q, state=state, sort=sort)
    end = start + limit
    return LifeList(tuple(found[start:end]), len(found), end if end < len(found) else None)


async def division_file(data: bytes, limits: Limits) -> list[DivisionRow]:
    """Return the rows of a list (.xlsx or CSV). Raises the spreadsheet problems, division_list_not_read."""
    return await anyio.to_thread.run_sync(_read, data, limits)


def _read(data: bytes, limits: Limits) -> list[DivisionRow]:
    try:
        return read_divisions(delimited_files.read(data, limits))
    except SheetNotRead as error:
        raise problems.division_list_not_read(error.text) from None
