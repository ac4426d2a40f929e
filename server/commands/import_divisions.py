"""Import a list of divisions: read row by row, checked as a whole, applied in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice

from msgspec.structs import asdict

from server.external import pinyin
from server.rules.divisions import COUNTRY, DivisionRow
from server.storage import division_import, events
from server.storage.database import Tx
from server.storage.division_import import Changes

# Lists of changes stay out of the event: they are on record in the divisions themselves.
_COUNTS = ("listed", "added", "renamed", "moved", "closed")


async def import_divisions(
    tx: Tx,
    rows: Iterable[DivisionRow],
    *,
    on: date,
    now: datetime,
    scope: str | None = None,
    actor: str | None = None,
    address: str = "terminal",
) -> Changes:
    """Bring the divisions on record in line with a list, as of a day, and return what changed.

    `rows` is read once and never held: the whole country fits in little memory. The same list again
    changes nothing. Raises rules.divisions.BadDivision with the line of the first row that cannot stand:
    malformed, twice, without a parent, or outside `scope`.
    """
    await division_import.begin(tx)
    source = iter(rows)
    while batch := list(islice(source, division_import.BATCH)):
        await division_import.stage(tx, list(pinyin.with_initials(batch)))
    changes = await division_import.apply(tx, on=on, scope=scope)
    counts = {name: count for name, count in asdict(changes).items() if name in _COUNTS}
    await events.record(
        tx,
        at=now,
        actor=actor,
        action="divisions.imported",
        subject=scope or COUNTRY,
        division=scope or COUNTRY,
        address=address,
        details={**counts, "on": on.isoformat()},
    )
    return changes
