"""The register of query points, their pairing codes and the keys of their devices."""

from __future__ import annotations

from datetime import datetime

from server.rules.query_points import QueryPoint
from server.storage import models_query_points
from server.storage.columns import code_range, millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

_SELECT = (
    "SELECT p.id, p.division, p.name, p.place, p.kind, p.volume, p.created_by, p.created_at, p.paired_at, "
    "p.heard_at, p.retired_at, p.key_id, p.code_expires_at, p.code_used_at, p.revision, k.public_key "
    "FROM query_point p LEFT JOIN query_point_key k ON k.id = p.key_id"
)


def _of_row(row: Row) -> QueryPoint:
    return QueryPoint(
        **{
            **row,
            "created_at": moment(row["created_at"]),
            **{
                name: moment_or_none(row[name])
                for name in (
                    *("paired_at", "heard_at", "retired_at"),
                    *("code_expires_at", "code_used_at"),
                )
            },
        }
    )


async def get(db: Reader, point_id: str) -> QueryPoint | None:
    """Return a query point, also one that is retired, or None."""
    row = await db.row(f"{_SELECT} WHERE p.id = ?", point_id)
    return _of_row(row) if row else None


async def by_code(db: Reader, code_mark: str) -> QueryPoint | None:
    """Return the point whose newest code has this mark, used and expired ones too, or None."""
    row = await db.row(f"{_SELECT} WHERE p.code_mark = ?", code_mark)
    return _of_row(row) if row else None


async def in_scope(db: Reader, scope: str) -> list[QueryPoint]:
    """Return the points at and below a division, those that stand first, by division and age."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"{_SELECT} WHERE p.division >= ? AND p.division < ? "
        "ORDER BY CASE WHEN p.retired_at IS NULL THEN 0 ELSE 1 END, p.division, p.created_at, p.id",
        low,
        high,
    )
    return [_of_row(row) for row in rows]


async def standing(db: Reader, division: str) -> list[QueryPoint]:
    """Return the points of one division that are not retired, oldest first."""
    rows = await db.rows(
        f"{_SELECT} WHERE p.division = ? AND p.retired_at IS NULL ORDER BY p.created_at, p.id",
        division,
    )
    return [_of_row(row) for row in rows]


async def serving(db: Reader, village: str) -> list[QueryPoint]:
    """Return the points in a village and in its township that are not retired: the village's first, oldest first."""
    rows = await db.rows(
        f"{_SELECT} WHERE p.division IN (?, ?) AND p.retired_at IS NULL "
        "ORDER BY p.division DESC, p.created_at, p.id",
        village,
        f"{village[:9]}000",
    )
    return [_of_row(row) for row in rows]


async def insert(tx: Tx, point: QueryPoint) -> bool:
    """Insert a point that no device is paired with; False when its id is taken."""
    return await tx.insert(
        models_query_points.QueryPoint,
        id=point.id,
        county=point.division[:6],
        division=point.division,
        name=point.name,
        place=point.place,
        kind=point.kind,
        volume=point.volume,
        created_by=point.created_by,
        created_at=millis(point.created_at),
    )


async def change(tx: Tx, point: QueryPoint) -> bool:
    """Keep another name, place, kind or volume of a point; False when it was changed since the point's revision."""
    touched = await tx.execute(
        "UPDATE query_point SET name = ?, place = ?, kind = ?, volume = ?, revision = revision + 1 "
        "WHERE id = ? AND revision = ?",
        point.name,
        point.place,
        point.kind,
        point.volume,
        point.id,
        point.revision,
    )
    return touched == 1


async def set_code(tx: Tx, point_id: str, code_mark: str, expires_at: datetime) -> bool:
    """Give a point a new pairing code in the place of the last; False when another point has the same one."""
    if await tx.row(
        "SELECT id FROM query_point WHERE code_mark = ? AND id <> ?", code_mark, point_id
    ):
        return False
    await tx.execute(
        "UPDATE query_point SET code_mark = ?, code_expires_at = ?, code_used_at = NULL WHERE id = ?",
        code_mark,
        millis(expires_at),
        point_id,
    )
    return True


async def use_code(tx: Tx, point_id: str, code_mark: str, now: datetime) -> bool:
    """Use a point's code up; False when somebody else was first, or there is a newer code."""
    used = await tx.execute(
        "UPDATE query_point SET code_used_at = ? WHERE id = ? AND code_mark = ? AND code_used_at IS NULL",
        millis(now),
        point_id,
        code_mark,
    )
    return used == 1


async def add_key(
    tx: Tx, point: QueryPoint, *, key_id: str, public_key: str, now: datetime
) -> bool:
    """Keep the key of the device that is paired now, in the place of the last; False for a key that was ever paired."""
    if not await tx.insert(
        models_query_points.QueryPointKey,
        id=key_id,
        county=point.division[:6],
        point_id=point.id,
        public_key=public_key,
        seq=0,
        paired_at=millis(now),
    ):
        return False
    if point.key_id is not None:
        await tx.execute(
            "UPDATE query_point_key SET replaced_at = ? WHERE id = ?", millis(now), point.key_id
        )
    await tx.execute(
        # The first pairing is the beginning of what is counted; another device goes on from there.
        "UPDATE query_point SET key_id = ?, paired_at = COALESCE(paired_at, ?) WHERE id = ?",
        key_id,
        millis(now),
        point.id,
    )
    return True


async def retire(tx: Tx, point_id: str, now: datetime) -> bool:
    """Retire a point and end its code; False when that was done before."""
    retired = await tx.execute(
        "UPDATE query_point SET retired_at = ?, code_mark = NULL, code_expires_at = NULL "
        "WHERE id = ? AND retired_at IS NULL",
        millis(now),
        point_id,
    )
    return retired == 1
