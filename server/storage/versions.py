"""Versions: a counter per division, raised by every change that its public pages can show."""

from __future__ import annotations

from collections.abc import Iterable

from server.rules.divisions import is_group, village_of
from server.storage.columns import codes_above
from server.storage.database import Reader, Tx


async def bump(tx: Tx, division: str) -> int:
    """Raise a division's counter and return it; of a group, its village's too. Atomic on both engines: two bumps are two steps."""
    if is_group(division):
        await bump_all(tx, [village_of(division)])
    row = await tx.row(
        "INSERT INTO division_version (division, county, counter) VALUES (?, ?, 1)"
        " ON CONFLICT (division) DO UPDATE SET counter = division_version.counter + 1"
        " RETURNING counter",
        division,
        division[:6],
    )
    assert row is not None
    return int(row["counter"])


async def bump_all(tx: Tx, divisions: Iterable[str]) -> None:
    """Raise the counters of many divisions."""
    await tx.execute_many(
        "INSERT INTO division_version (division, county, counter) VALUES (?, ?, 1)"
        " ON CONFLICT (division) DO UPDATE SET counter = division_version.counter + 1",
        [(division, division[:6]) for division in dict.fromkeys(divisions)],
    )


async def get(db: Reader, division: str) -> int:
    """Return how often a division or one above it changed; 0 before. Read it before what it is a version of.

    What is recorded for a township (an exemption) changes the pages of its villages too.
    """
    line = codes_above(division)
    marks = ", ".join("?" * len(line))
    row = await db.row(
        f"SELECT SUM(counter) AS total FROM division_version WHERE division IN ({marks})", *line
    )
    return int((row or {}).get("total") or 0)
