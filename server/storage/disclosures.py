"""Disclosures: one row per obligation that was answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from server.rules.disclosures import Disclosure
from server.rules.periods import Period
from server.storage import models
from server.storage.columns import code_range, day, day_or_none, day_text, millis, moment
from server.storage.database import Reader, Row, Tx

COLUMNS = (
    "id, county, division, category, period_key, period_start, period_end, event_on, title,"
    " created_at"
)


async def get(db: Reader, disclosure_id: str) -> Disclosure | None:
    """Return a disclosure, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM disclosure WHERE id = ?", disclosure_id)
    return disclosure_of(row) if row else None


async def get_many(db: Reader, ids: Iterable[str]) -> dict[str, Disclosure]:
    """Return the disclosures with these ids, by id."""
    rows = await db.rows_in(f"SELECT {COLUMNS} FROM disclosure WHERE id IN (*)", ids)
    return {row["id"]: disclosure_of(row) for row in rows}


async def find(db: Reader, division: str, category: str, period_key: str) -> Disclosure | None:
    """Return the disclosure that answers an obligation, or None."""
    row = await db.row(
        f"SELECT {COLUMNS} FROM disclosure WHERE division = ? AND category = ? AND period_key = ?",
        division,
        category,
        period_key,
    )
    return disclosure_of(row) if row else None


async def insert(tx: Tx, disclosure: Disclosure) -> bool:
    """Insert a disclosure once; False when its id, or its obligation's answer, is there already."""
    return await tx.insert(
        models.Disclosure,
        id=disclosure.id,
        county=disclosure.county,
        division=disclosure.division,
        category=disclosure.category,
        period_key=disclosure.period_key,
        period_start=disclosure.period_start.isoformat(),
        period_end=disclosure.period_end.isoformat(),
        event_on=day_text(disclosure.event_on),
        title=disclosure.title,
        created_at=millis(disclosure.created_at),
    )


async def list_for_division(
    db: Reader, division: str, category: str | None = None
) -> list[Disclosure]:
    """Return a division's own disclosures, newest period first."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM disclosure WHERE division = ? AND (category = ? OR ? = '')"
        " ORDER BY period_start DESC, id DESC",
        division,
        category or "",
        category or "",
    )
    return [disclosure_of(row) for row in rows]


async def list_between(db: Reader, low: str, high: str) -> list[Disclosure]:
    """Return every disclosure of the divisions whose codes lie between two, both included, newest period first."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM disclosure WHERE division >= ? AND division <= ?"
        " ORDER BY division, period_start DESC, id",
        low,
        high,
    )
    return [disclosure_of(row) for row in rows]


async def list_for_scope(
    db: Reader, scope: str, first: date, last: date, category: str | None = None
) -> list[Disclosure]:
    """Return the disclosures under a scope whose period touches [first, last], both included.

    `scope` is a division's code or the digits its codes begin with.
    """
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM disclosure WHERE division >= ? AND division < ?"
        " AND period_start <= ? AND period_end >= ? AND (category = ? OR ? = '')"
        " ORDER BY division, period_start, id",
        low,
        high,
        last.isoformat(),
        first.isoformat(),
        category or "",
        category or "",
    )
    return [disclosure_of(row) for row in rows]


async def in_period(
    db: Reader, scope: str, period: Period, *, after: str, limit: int
) -> list[Disclosure]:
    """Return the disclosures under a scope whose period lies within one, in the order of their ids; `after`: an id.

    Of an event, or of standing items, exactly these: their days say nothing about others.
    """
    low, high = code_range(scope)
    exact = period.cadence in ("event", "long_term")
    within = "period_key = ?" if exact else "period_start >= ? AND period_end <= ?"
    asked = [period.key] if exact else [period.start.isoformat(), period.end.isoformat()]
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM disclosure WHERE division >= ? AND division < ? AND {within}"
        f" AND id > ? ORDER BY id LIMIT {int(limit)}",
        low,
        high,
        *asked,
        after,
    )
    return [disclosure_of(row) for row in rows]


def disclosure_of(row: Row) -> Disclosure:
    """Return the value of a row with COLUMNS; rows with the same columns share it."""
    return _with(_columns(row))


_columns = itemgetter(*COLUMNS.split(", "))


@lru_cache(maxsize=2048)
def _with(columns: tuple[Any, ...]) -> Disclosure:
    key, county, division, category, period, start, end, event_on, title, created_at = columns
    return Disclosure(
        id=key,
        county=county,
        division=division,
        category=category,
        period_key=period,
        period_start=day(start),
        period_end=day(end),
        event_on=day_or_none(event_on),
        title=title,
        created_at=moment(created_at),
    )
