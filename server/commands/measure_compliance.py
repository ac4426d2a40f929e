"""Count what is overdue, and what is due with nothing on its way, over the whole installation: for those who watch the machine."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict

from server.rules.periods import local_date
from server.rules.rates import counted
from server.rules.rulebook import Rulebook
from server.storage import divisions, installation, tallies
from server.storage.database import Store

GAUGES = "compliance.gauges"


class Gauges(Struct, frozen=True):
    """Obligations of this year and the last; `differing` cells of the last night's proof; when, in seconds since 1970."""

    overdue: int
    unscheduled: int
    differing: int
    measured_at: int


def decoded(text: str | None) -> Gauges | None:
    """Return what was measured last, or None."""
    return Gauges(**json.loads(text)) if text else None


async def measure_compliance(
    store: Store, *, book: Rulebook, now: datetime, differing: int
) -> Gauges:
    """Count from the tallies that are good now, and keep the numbers."""
    signs: Counter[str] = Counter()
    year = local_date(now).year
    for county in await divisions.counties_with_villages(store.reader):
        villages = [v.code for v in await divisions.lives_under(store.reader, county, book.owners)]
        read = await tallies.read(
            store.reader, county, (year - 1, year), villages, book=book, now=now
        )
        signs.update("".join(line.signs for line in read.good))
    count = counted(signs.items())
    found = Gauges(count.missing, count.unscheduled, differing, int(now.timestamp()))
    async with store.transaction() as tx:
        await installation.set_value(tx, GAUGES, json.dumps(asdict(found)))
    return found
