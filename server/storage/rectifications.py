"""What villages are to put right, and every step on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from server.rules.listing import EVERYTHING, Wanted
from server.rules.rectifications import Rectification, Step
from server.rules.values import Text
from server.storage import models_inspections
from server.storage.columns import (
    code_range,
    day,
    day_or_none,
    day_text,
    millis,
    moment,
    moment_or_none,
)
from server.storage.database import Reader, Row, Tx
from server.storage.listing import holding, in_order

COLUMNS = (
    "id, division, inspection_id, disclosure_id, finding, demand, measure, measure_zh, measure_en, due_on, ordered_by, "
    "ordered_by_name, ordered_at, state, level, proved_at, closed_at, recovered, revision"
)
_WORDS = ("finding", "demand", "measure_zh", "measure_en", "ordered_by_name")
_STEP = "id, rectification_id, kind, words, disclosure_id, measure, measure_zh, measure_en, due_on, recovered, by, by_name, at"


def _of_row(row: Row) -> Rectification:
    plain = {k: v for k, v in row.items() if k not in ("measure_zh", "measure_en")}
    return Rectification(
        **{
            **plain,
            "measure_name": Text(row["measure_zh"], row["measure_en"]),
            "due_on": day(row["due_on"]),
            "ordered_at": moment(row["ordered_at"]),
            "proved_at": moment_or_none(row["proved_at"]),
            "closed_at": moment_or_none(row["closed_at"]),
        }
    )


def _step(row: Row, photos: Sequence[str]) -> Step:
    plain = {k: v for k, v in row.items() if k not in ("measure_zh", "measure_en")}
    named = row["measure_zh"] is not None
    return Step(
        **{
            **plain,
            "photos": tuple(photos),
            "measure_name": Text(row["measure_zh"], row["measure_en"]) if named else None,
            "due_on": day_or_none(row["due_on"]),
            "at": moment(row["at"]),
        }
    )


async def insert(tx: Tx, order: Rectification) -> bool:
    """Insert an order; False when its id is taken."""
    return await tx.insert(
        models_inspections.Rectification,
        id=order.id,
        county=order.division[:6],
        division=order.division,
        inspection_id=order.inspection_id,
        disclosure_id=order.disclosure_id,
        finding=order.finding,
        demand=order.demand,
        measure=order.measure,
        measure_zh=order.measure_name.zh,
        measure_en=order.measure_name.en,
        due_on=order.due_on.isoformat(),
        ordered_by=order.ordered_by,
        ordered_by_name=order.ordered_by_name,
        ordered_at=millis(order.ordered_at),
        state=order.state,
        level=order.level,
        recovered=order.recovered,
        revision=order.revision,
    )


async def update(tx: Tx, order: Rectification, *, expect_revision: int) -> bool:
    """Write how an order stands now; False when somebody changed it meanwhile."""
    touched = await tx.execute(
        "UPDATE rectification SET measure = ?, measure_zh = ?, measure_en = ?, due_on = ?, state = ?, level = ?,"
        " proved_at = ?, closed_at = ?, recovered = ?, revision = revision + 1 WHERE id = ? AND revision = ?",
        order.measure,
        order.measure_name.zh,
        order.measure_name.en,
        order.due_on.isoformat(),
        order.state,
        order.level,
        millis(order.proved_at),
        millis(order.closed_at),
        order.recovered,
        order.id,
        expect_revision,
    )
    return touched == 1


async def add_step(tx: Tx, step: Step, *, county: str) -> bool:
    """Insert a step with its photos, which are on record; False when its id is taken."""
    named = step.measure_name
    fresh = await tx.insert(
        models_inspections.RectificationStep,
        id=step.id,
        county=county,
        rectification_id=step.rectification_id,
        kind=step.kind,
        words=step.words,
        disclosure_id=step.disclosure_id,
        measure=step.measure,
        measure_zh=named.zh if named else None,
        measure_en=named.en if named else None,
        due_on=day_text(step.due_on),
        recovered=step.recovered,
        by=step.by,
        by_name=step.by_name,
        at=millis(step.at),
    )
    for position, sha256 in enumerate(step.photos if fresh else ()):
        await tx.insert(
            models_inspections.RectificationPhoto,
            county=county,
            step_id=step.id,
            photo_id=sha256,
            position=position,
        )
    return fresh


async def get(db: Reader, order_id: str) -> Rectification | None:
    """Return an order, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM rectification WHERE id = ?", order_id)
    return _of_row(row) if row else None


async def get_step(db: Reader, step_id: str) -> Step | None:
    """Return a step, or None."""
    rows = await db.rows(f"SELECT {_STEP} FROM rectification_step WHERE id = ?", step_id)
    return next(iter(await _with_photos(db, rows)), None)


async def steps(db: Reader, orders: Iterable[str]) -> dict[str, list[Step]]:
    """Return the steps of some orders, by order, oldest first."""
    rows = await db.rows_in(
        f"SELECT {_STEP} FROM rectification_step WHERE rectification_id IN (*)", orders
    )
    found: dict[str, list[Step]] = {}
    for step in await _with_photos(db, sorted(rows, key=lambda row: (row["at"], row["id"]))):
        found.setdefault(step.rectification_id, []).append(step)
    return found


async def unclosed(db: Reader, scope: str, wanted: Wanted = EVERYTHING) -> list[Rectification]:
    """Return every order of a scope that is not closed, as wanted: by itself the one that is due first first."""
    held, sought = holding(wanted, scope, _WORDS)
    order = in_order(wanted.sort, "ordered_at", None)[2]
    if wanted.sort == "usual":
        order = " ORDER BY due_on, ordered_at, id"
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM rectification WHERE division >= ? AND division < ? AND state <> 'closed'{held}{order}",
        *code_range(scope),
        *sought,
    )
    return [_of_row(row) for row in rows]


async def closed(
    db: Reader, scope: str, wanted: Wanted, *, after: str | None, limit: int
) -> list[Rectification]:
    """Return the closed orders of a scope as wanted, by when they were closed; `after`: where the page before ended."""
    held, sought = holding(wanted, scope, _WORDS)
    beyond, values, order = in_order(wanted.sort, "closed_at", after)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM rectification WHERE division >= ? AND division < ? AND state = 'closed'{held}{beyond}"
        f"{order} LIMIT {int(limit)}",
        *code_range(scope),
        *sought,
        *values,
    )
    return [_of_row(row) for row in rows]


async def ordered_between(
    db: Reader, scope: str, first: datetime, last: datetime
) -> list[Rectification]:
    """Return what was ordered under a scope in [first, last), oldest first, as it stands now."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM rectification WHERE division >= ? AND division < ? AND ordered_at >= ? AND ordered_at < ?"
        " ORDER BY ordered_at, id",
        low,
        high,
        millis(first),
        millis(last),
    )
    return [_of_row(row) for row in rows]


async def of_inspections(db: Reader, ids: Iterable[str]) -> dict[str, list[Rectification]]:
    """Return the orders that came of some inspections, by inspection, oldest first."""
    rows = await db.rows_in(f"SELECT {COLUMNS} FROM rectification WHERE inspection_id IN (*)", ids)
    found: dict[str, list[Rectification]] = {}
    for row in sorted(rows, key=lambda row: (row["ordered_at"], row["id"])):
        found.setdefault(row["inspection_id"], []).append(_of_row(row))
    return found


async def _with_photos(db: Reader, rows: Sequence[Row]) -> list[Step]:
    used = await db.rows_in(
        "SELECT step_id, photo_id, position FROM rectification_photo WHERE step_id IN (*)",
        [row["id"] for row in rows if row["kind"] == "proof"],
    )
    photos: dict[str, list[str]] = {}
    for row in sorted(used, key=lambda row: row["position"]):
        photos.setdefault(row["step_id"], []).append(row["photo_id"])
    return [_step(row, photos.get(row["id"], ())) for row in rows]
