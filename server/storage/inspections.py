"""Drawn items and what was found on the spot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from server.rules.inspections import Inspection, Visit
from server.storage import models_inspections
from server.storage.columns import code_range, millis, moment
from server.storage.database import Reader, Row, Tx

COLUMNS = (
    "id, draw_id, rank, division, item, ticket, published, accurate, complete, timely, note, asked, knew, satisfied, "
    "composed_at, received_at, visited_by, visited_by_name"
)
_FOUND = (
    *("published", "accurate", "complete", "timely", "note", "asked", "knew", "satisfied"),
    *("visited_by", "visited_by_name"),
)


def _of_row(row: Row, photos: Sequence[str]) -> Inspection:
    visit = None
    if row["received_at"] is not None:
        visit = Visit(
            **{name: row[name] for name in _FOUND},
            photos=tuple(photos),
            composed_at=moment(row["composed_at"]),
            received_at=moment(row["received_at"]),
        )
    return Inspection(
        draw_id=row["draw_id"],
        rank=row["rank"],
        division=row["division"],
        item=row["item"],
        ticket=row["ticket"],
        visit=visit,
    )


async def insert_all(tx: Tx, drawn: Sequence[Inspection], *, county: str) -> None:
    """Insert the items of a draw."""
    for one in drawn:
        await tx.insert(
            models_inspections.Inspection,
            id=one.id,
            county=county,
            draw_id=one.draw_id,
            rank=one.rank,
            division=one.division,
            item=one.item,
            ticket=one.ticket,
        )


async def keep_visit(tx: Tx, one: Inspection, visit: Visit) -> bool:
    """Write what was found at a drawn item; False when somebody did already. Its photos are on record."""
    marks = ", ".join(f"{name} = ?" for name in _FOUND)
    touched = await tx.execute(
        f"UPDATE inspection SET {marks}, composed_at = ?, received_at = ? WHERE id = ? AND received_at IS NULL",
        *(getattr(visit, name) for name in _FOUND),
        millis(visit.composed_at),
        millis(visit.received_at),
        one.id,
    )
    if touched != 1:
        return False
    for position, sha256 in enumerate(visit.photos):
        await tx.insert(
            models_inspections.InspectionPhoto,
            county=one.division[:6],
            inspection_id=one.id,
            photo_id=sha256,
            position=position,
        )
    return True


async def get(db: Reader, inspection_id: str) -> Inspection | None:
    """Return a drawn item, or None."""
    rows = await db.rows(f"SELECT {COLUMNS} FROM inspection WHERE id = ?", inspection_id)
    return next(iter(await _with_photos(db, rows)), None)


async def of_draws(db: Reader, draws: Iterable[str]) -> dict[str, list[Inspection]]:
    """Return the items of some draws, by draw, in the order in which they were drawn."""
    rows = await db.rows_in(f"SELECT {COLUMNS} FROM inspection WHERE draw_id IN (*)", draws)
    found: dict[str, list[Inspection]] = {}
    for one in await _with_photos(db, sorted(rows, key=lambda row: row["rank"])):
        found.setdefault(one.draw_id, []).append(one)
    return found


async def visited_between(
    db: Reader, scope: str, first: datetime, last: datetime
) -> list[Inspection]:
    """Return what was found under a scope in [first, last), as it reached us, oldest first."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM inspection WHERE division >= ? AND division < ? AND received_at >= ? AND received_at < ?"
        " ORDER BY received_at, id",
        low,
        high,
        millis(first),
        millis(last),
    )
    return await _with_photos(db, rows)


async def _with_photos(db: Reader, rows: Sequence[Row]) -> list[Inspection]:
    visited = [row["id"] for row in rows if row["received_at"] is not None]
    photos: dict[str, list[str]] = {}
    for row in sorted(
        await db.rows_in(
            "SELECT inspection_id, photo_id, position FROM inspection_photo WHERE inspection_id IN (*)",
            visited,
        ),
        key=lambda row: row["position"],
    ):
        photos.setdefault(row["inspection_id"], []).append(row["photo_id"])
    return [_of_row(row, photos.get(row["id"], ())) for row in rows]
