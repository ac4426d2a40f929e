"""Records of outreach with the villages they reached, the notices they tell of and the photos that show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from server.rules.listing import Wanted
from server.rules.outreach import Outreach, Reach
from server.storage import models_outreach
from server.storage.columns import (
    code_range,
    day,
    day_text,
    millis,
    moment,
)
from server.storage.database import Reader, Row, Tx
from server.storage.listing import holding, in_order

_PLAIN = (
    *(
        "id",
        "division",
        "kind",
        "stage",
        "from_time",
        "until_time",
        "place",
        "households",
        "people",
    ),
    *("counted_by", "note", "recorded_by", "recorded_by_name", "replaces"),
)
_COLUMNS = ", ".join(f"o.{name}" for name in (*_PLAIN, "first_day", "last_day", "recorded_at"))
# What stands: no later record has taken its place.
_STANDS = "NOT EXISTS (SELECT 1 FROM outreach later WHERE later.replaces = o.id)"
_WORDS = ("o.place", "o.note", "o.counted_by", "o.recorded_by_name")
_REACHED = "o.id IN (SELECT outreach_id FROM outreach_reach WHERE division IN ({}))"
# What reached a village of an area, or belongs to one.
_REACHES = "EXISTS (SELECT 1 FROM outreach_reach r WHERE r.outreach_id = o.id AND r.division >= ? AND r.division < ?)"


async def insert(tx: Tx, record: Outreach) -> bool:
    """Insert a record; False when its id, or the place it would take, is taken already."""
    county = record.division[:6]
    values: dict[str, Any] = {name: getattr(record, name) for name in _PLAIN}
    if not await tx.insert(
        models_outreach.Outreach,
        **values,
        county=county,
        first_day=day_text(record.first),
        last_day=day_text(record.last),
        recorded_at=millis(record.recorded_at),
    ):
        return False
    for reach in record.reaches:
        await tx.insert(
            models_outreach.OutreachReach,
            county=county,
            outreach_id=record.id,
            division=reach.division,
            village_groups="\n".join(reach.groups),
            groups_total=reach.groups_total,
        )
    for position, disclosure_id in enumerate(record.notices):
        await tx.insert(
            models_outreach.OutreachNotice,
            county=county,
            outreach_id=record.id,
            disclosure_id=disclosure_id,
            position=position,
        )
    for position, sha256 in enumerate(record.photos):
        await tx.insert(
            models_outreach.OutreachPhoto,
            county=county,
            outreach_id=record.id,
            photo_id=sha256,
            position=position,
        )
    return True


async def reached_by_those_showing(db: Reader, sha256: str) -> list[str]:
    """Return the villages that were reached by records which a photo belongs to."""
    rows = await db.rows(
        "SELECT DISTINCT r.division FROM outreach_photo p"
        " JOIN outreach_reach r ON r.outreach_id = p.outreach_id WHERE p.photo_id = ?",
        sha256,
    )
    return [row["division"] for row in rows]


async def get(db: Reader, record_id: str) -> Outreach | None:
    """Return a record, or None."""
    rows = await db.rows(f"SELECT {_COLUMNS} FROM outreach o WHERE o.id = ?", record_id)
    return next(iter(await _whole(db, rows)), None)


async def replacing(db: Reader, records: Iterable[str]) -> dict[str, str]:
    """Return which record took the place of each of these, of those whose place was taken."""
    rows = await db.rows_in("SELECT id, replaces FROM outreach WHERE replaces IN (*)", records)
    return {row["replaces"]: row["id"] for row in rows}


async def page(
    db: Reader,
    scope: str,
    wanted: Wanted,
    *,
    kinds: Sequence[str],
    after: str | None,
    limit: int,
) -> list[Outreach]:
    """Return records that reached a scope, those that no longer stand among them, as wanted, beyond a position.

    `kinds`: those whose name is what is sought.
    """
    held, sought = holding(wanted, scope, _WORDS, named={"o.kind": kinds}, places=_REACHED)
    beyond, args, order = in_order(
        wanted.sort, "o.recorded_at", after, place="o.division", row_id="o.id"
    )
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM outreach o WHERE {_REACHES}{held}{beyond}{order} LIMIT {limit:d}",
        *code_range(scope),
        *sought,
        *args,
    )
    return await _whole(db, rows)


async def standing_between(db: Reader, scope: str, first: date, last: date) -> list[Outreach]:
    """Return what stands, was done and touches a span of days in a scope, oldest first."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM outreach o WHERE {_REACHES} AND o.stage = 'done' AND o.first_day <= ?"
        f" AND o.last_day >= ? AND {_STANDS} ORDER BY o.first_day, o.id",
        low,
        high,
        day_text(last),
        day_text(first),
    )
    return await _whole(db, rows)


async def announced(db: Reader, village: str, today: date) -> list[Outreach]:
    """Return the visiting days that are announced in a village and have not passed, the next one first."""
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM outreach o WHERE {_REACHES} AND o.stage = 'planned' AND o.last_day >= ?"
        f" AND {_STANDS} ORDER BY o.first_day, o.from_time, o.id",
        *code_range(village),
        day_text(today),
    )
    return await _whole(db, rows)


async def _whole(db: Reader, rows: Sequence[Row]) -> list[Outreach]:
    ids = [row["id"] for row in rows]
    reaches: dict[str, list[Reach]] = {}
    for row in sorted(
        await db.rows_in(
            "SELECT outreach_id, division, village_groups, groups_total FROM outreach_reach"
            " WHERE outreach_id IN (*)",
            ids,
        ),
        key=lambda row: row["division"],
    ):
        named = tuple(row["village_groups"].split("\n")) if row["village_groups"] else ()
        reaches.setdefault(row["outreach_id"], []).append(
            Reach(row["division"], named, row["groups_total"])
        )
    notices = await _in_order(db, "outreach_notice", "disclosure_id", ids)
    photos = await _in_order(db, "outreach_photo", "photo_id", ids)
    return [
        Outreach(
            **{name: row[name] for name in _PLAIN},
            first=day(row["first_day"]),
            last=day(row["last_day"]),
            recorded_at=moment(row["recorded_at"]),
            reaches=tuple(reaches.get(row["id"], ())),
            notices=tuple(notices.get(row["id"], ())),
            photos=tuple(photos.get(row["id"], ())),
        )
        for row in rows
    ]


async def _in_order(
    db: Reader, table: str, column: str, ids: Sequence[str]
) -> dict[str, list[str]]:
    """Return what belongs to each of some records, in its order."""
    rows = await db.rows_in(
        f"SELECT outreach_id, {column} AS part, position FROM {table} WHERE outreach_id IN (*)", ids
    )
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row["position"]):
        found.setdefault(row["outreach_id"], []).append(row["part"])
    return found
