"""File the tallies that are missing or out of date: a worker does this all day, an operator when something is to be made anew."""

from __future__ import annotations

import asyncio
from datetime import datetime

from server.rules.rulebook import Rulebook
from server.storage import divisions, tallies
from server.storage.database import Store

# This year, and as many before it as eight quarters reach into.
YEARS_BACK = 2
# A county's villages in one go: their facts are read together and written in one short transaction.
AT_ONCE = 400


async def file_tallies(
    store: Store, *, book: Rulebook, division: str, year: int, now: datetime, afresh: bool = False
) -> int:
    """File what is missing or out of date below a division, for a year and those before it; return how many lines.

    `afresh`: all of it. Nothing is locked while villages are judged; who files the same at the same time files the same.
    """
    villages = [v.code for v in await divisions.lives_under(store.reader, division, book.owners)]
    years = range(year - YEARS_BACK, year + 1)
    rules = tallies.print_of(book)
    if afresh:
        async with store.transaction() as tx:
            await tallies.forget(tx, division)
            await tallies.forget_shapes(tx)
    filed = 0
    for start in range(0, len(villages), AT_ONCE):
        part = villages[start : start + AT_ONCE]
        known = await tallies.read(store.reader, division, years, part, book=book, now=now)
        if known.stale:
            lines = await tallies.make(store.reader, book, known.stale, now)
            async with store.transaction() as tx:
                await tallies.put(tx, lines, rules)
            filed += len(lines)
        await asyncio.sleep(0)  # a province is many counties; requests are answered in between
    return filed
