"""Prove that the tallies say what judging says, sign for sign; what differs is told, and made anew."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from server.rules.rulebook import Rulebook
from server.rules.tallies import Tally
from server.storage import divisions, tallies
from server.storage.database import Store
from server.storage.tallies import Kept, Line

# What the last look at everything found: how many signs differed.
DIFFERING = "tallies.differing"
# The day of that look.
VERIFIED = "tallies.verified"
AT_ONCE = 400
MOST_TOLD = 20


class Difference(Struct, frozen=True):
    """A sign that says something else than the verdict; `filed` or `judged` is empty where one has no such column."""

    division: str
    category: str
    period: str
    filed: str
    judged: str


class Verified(Struct, frozen=True):
    """How many lines and signs were compared, how many lines were out of date and so claim nothing, and what differed."""

    lines: int
    signs: int
    out_of_date: int
    differing: int
    differences: Sequence[Difference]


async def verify_tallies(
    store: Store, *, book: Rulebook, division: str, years: Sequence[int], now: datetime
) -> Verified:
    """Judge everything below a division anew, and compare it with every line that claims to be good now.

    What differs is written anew, so that a screen is right again.
    """
    villages = [v.code for v in await divisions.lives_under(store.reader, division, book.owners)]
    lines = signs = out_of_date = differing = 0
    told: list[Difference] = []
    for start in range(0, len(villages), AT_ONCE):
        part = villages[start : start + AT_ONCE]
        known = await tallies.read(store.reader, division, years, part, book=book, now=now)
        out_of_date += len(known.stale)
        filed = {(t.division, t.year): t for t in known.good}
        wrong: list[Line] = []
        for line in await tallies.make(store.reader, book, filed, now):
            mine = line.tally
            found = _differences(filed[mine.division, mine.year], mine)
            lines += 1
            signs += len(mine.signs)
            if found:
                wrong.append(line)
                differing += len(found)
                told += found[: MOST_TOLD - len(told)]
        if wrong:
            async with store.transaction() as tx:
                await tallies.put(tx, wrong, tallies.print_of(book))
        await asyncio.sleep(0)  # requests are answered in between
    async with store.transaction() as tx:
        await tallies.forget_shapes(tx)
    return Verified(lines, signs, out_of_date, differing, told)


def _differences(filed: Kept, judged: Tally) -> list[Difference]:
    was = dict(zip(filed.columns, filed.signs, strict=True))
    now = dict(zip(judged.columns, judged.signs, strict=True))
    return [
        Difference(judged.division, c.category, c.period, was.get(c, ""), now.get(c, ""))
        for c in dict.fromkeys((*was, *now))
        if was.get(c) != now.get(c)
    ]
