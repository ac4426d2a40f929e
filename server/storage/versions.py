"""Versions: a counter per division, raised by every change that its public pages can show."""

from __future__ import annotations

from collections.abc import Iterable

from server.storage.database import Reader, Tx


async def bump(tx: Tx, division: str) -> int:
    """Raise a division's counter and return it. Atomic on both engines: two bumps are two steps."""
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
    """Return a division's counter; 0 before its first change. Read it before what it is a version of."""
    row = await db.row("SELECT counter FROM division_version WHERE division = ?", division)
    return int(row["counter"]) if row else 0
