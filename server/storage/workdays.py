"""Holiday notices that were imported; the newest recording of a year counts, older ones are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.rules.workdays import YearNotice, parse_year_notice
from server.storage.columns import document, millis, moment, parsed
from server.storage.database import Reader, Tx


async def insert(tx: Tx, year: int, doc: dict[str, Any], *, recorded_at: datetime) -> None:
    """Record a year's notice that has been parsed before."""
    await tx.execute(
        "INSERT INTO workday_year (county, year, document, recorded_at) VALUES ('', ?, ?, ?)",
        year,
        document(doc),
        millis(recorded_at),
    )


async def all_current(db: Reader) -> list[YearNotice]:
    """Return the newest recording of every year."""
    rows = await db.rows("SELECT year, document FROM workday_year ORDER BY id")
    newest = {row["year"]: row["document"] for row in rows}
    return [parse_year_notice(parsed(text)) for text in newest.values()]


async def recorded_at(db: Reader) -> dict[int, datetime]:
    """Return when the newest notice of each year was recorded here."""
    rows = await db.rows("SELECT year, MAX(recorded_at) AS at FROM workday_year GROUP BY year")
    return {row["year"]: moment(row["at"]) for row in rows}
