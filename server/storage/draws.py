"""Lists that were drawn for spot checks. None is ever changed or removed."""

from __future__ import annotations

from server.rules.inspections import Draw
from server.rules.listing import EVERYTHING, Wanted
from server.storage import models_inspections
from server.storage.columns import (
    code_range,
    day,
    millis,
    moment,
)
from server.storage.database import Reader, Row, Tx
from server.storage.listing import holding, in_order

COLUMNS = (
    "id, division, kind, purpose, first_day, last_day, share_permille, detect_permille, population, size, record_lines, seed, "
    "drawn_by, drawn_by_name, drawn_at"
)


def _of_row(row: Row) -> Draw:
    return Draw(
        **{
            **{name: row[name] for name in row if name not in ("first_day", "last_day")},
            "first": day(row["first_day"]),
            "last": day(row["last_day"]),
            "population": tuple(row["population"].split("\n")),
            "drawn_at": moment(row["drawn_at"]),
        }
    )


async def insert(tx: Tx, drawn: Draw) -> bool:
    """Insert a draw; False when its id is taken."""
    return await tx.insert(
        models_inspections.Draw,
        id=drawn.id,
        county=drawn.division[:6],
        division=drawn.division,
        kind=drawn.kind,
        purpose=drawn.purpose,
        first_day=drawn.first.isoformat(),
        last_day=drawn.last.isoformat(),
        share_permille=drawn.share_permille,
        detect_permille=drawn.detect_permille,
        population="\n".join(drawn.population),
        size=drawn.size,
        record_lines=drawn.record_lines,
        seed=drawn.seed,
        drawn_by=drawn.drawn_by,
        drawn_by_name=drawn.drawn_by_name,
        drawn_at=millis(drawn.drawn_at),
    )


async def get(db: Reader, draw_id: str) -> Draw | None:
    """Return a draw, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM draw WHERE id = ?", draw_id)
    return _of_row(row) if row else None


async def in_scope(
    db: Reader, scope: str, wanted: Wanted = EVERYTHING, *, after: str | None, limit: int
) -> list[Draw]:
    """Return the draws of a scope and below as wanted; `after`: where the page before ended."""
    held, sought = holding(wanted, scope, ("purpose", "drawn_by_name"))
    beyond, values, order = in_order(wanted.sort, "drawn_at", after)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM draw WHERE division >= ? AND division < ?{held}{beyond}{order} LIMIT {int(limit)}",
        *code_range(scope),
        *sought,
        *values,
    )
    return [_of_row(row) for row in rows]
