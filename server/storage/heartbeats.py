"""What query points say: the newest heartbeat of each ten minutes for a while, and their days in bits for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from server.rules.query_points import Heartbeat, QueryPoint
from server.rules.uptime import SLOTS, Day, slot_number
from server.storage.columns import day, millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

_COLUMNS = "point_id, received_at, at, seq, on_screen, contents_as_of, skew_ms, battery, charging, network, version"
_HEX = 36


async def next_seq(tx: Tx, key_id: str, seq: int) -> bool:
    """Move a key's number forward; False where it is not greater than the last: it was heard before."""
    moved = await tx.execute(
        "UPDATE query_point_key SET seq = ? WHERE id = ? AND seq < ? AND replaced_at IS NULL",
        seq,
        key_id,
        seq,
    )
    return moved == 1


async def last_seq(db: Reader, key_id: str) -> int:
    """Return the number of a key's newest heartbeat; 0 before the first."""
    row = await db.row("SELECT seq FROM query_point_key WHERE id = ?", key_id)
    return int(row["seq"]) if row else 0


async def keep(tx: Tx, point: QueryPoint, beat: Heartbeat) -> None:
    """Keep a heartbeat in the place of an earlier one of the same ten minutes, and the moment it was heard."""
    await tx.execute(
        "INSERT INTO query_point_heartbeat (county, key_id, slot, "
        f"{_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (point_id, slot) DO UPDATE SET key_id = excluded.key_id, received_at = excluded.received_at,"
        " at = excluded.at, seq = excluded.seq, on_screen = excluded.on_screen,"
        " contents_as_of = excluded.contents_as_of, skew_ms = excluded.skew_ms, battery = excluded.battery,"
        " charging = excluded.charging, network = excluded.network, version = excluded.version",
        point.division[:6],
        point.key_id,
        slot_number(beat.received_at),
        point.id,
        millis(beat.received_at),
        millis(beat.at),
        beat.seq,
        beat.on_screen,
        millis(beat.contents_as_of),
        beat.skew_ms,
        beat.battery,
        beat.charging,
        beat.network,
        beat.version,
    )
    await tx.execute(
        "UPDATE query_point SET heard_at = ? WHERE id = ?", millis(beat.received_at), point.id
    )


async def newest(db: Reader, point_ids: Iterable[str]) -> dict[str, Heartbeat]:
    """Return the newest heartbeat of each point that is still kept; its missed stretches live in the days."""
    rows = await db.rows_in(
        f"SELECT {_COLUMNS} FROM query_point_heartbeat h WHERE h.slot = (SELECT MAX(n.slot) "
        "FROM query_point_heartbeat n WHERE n.point_id = h.point_id) AND h.point_id IN (*)",
        point_ids,
    )
    return {row["point_id"]: _of_row(row) for row in rows}


async def shown(
    db: Reader, point_ids: Iterable[str], first: date, last: date
) -> dict[str, set[tuple[str, date]]]:
    """Return on which days which points said a notice's page was on their screens, by notice: (point, day) each."""
    rows = await db.rows_in(
        "SELECT DISTINCT point_id, slot / ? AS at, on_screen FROM query_point_heartbeat"
        " WHERE slot >= ? AND slot < ? AND on_screen LIKE '/d/%' AND point_id IN (*)",
        point_ids,
        SLOTS,
        first.toordinal() * SLOTS,
        (last.toordinal() + 1) * SLOTS,
    )
    found: dict[str, set[tuple[str, date]]] = {}
    for row in rows:
        notice = row["on_screen"].removeprefix("/d/").split("/")[0].split("?")[0]
        found.setdefault(notice, set()).add((row["point_id"], date.fromordinal(int(row["at"]))))
    return found


def _of_row(row: Row) -> Heartbeat:
    return Heartbeat(
        received_at=moment(row["received_at"]),
        at=moment(row["at"]),
        seq=row["seq"],
        on_screen=row["on_screen"],
        contents_as_of=moment_or_none(row["contents_as_of"]),
        skew_ms=row["skew_ms"],
        battery=row["battery"],
        charging=None if row["charging"] is None else bool(row["charging"]),
        network=row["network"],
        version=row["version"],
    )


async def days(
    db: Reader, point_ids: Iterable[str], first: date, last: date
) -> dict[str, dict[date, Day]]:
    """Return the days of points from one to another, both included, by point and day."""
    rows = await db.rows_in(
        "SELECT point_id, day, heard, claimed FROM query_point_day WHERE day >= ? AND day <= ? AND point_id IN (*)",
        point_ids,
        first.isoformat(),
        last.isoformat(),
    )
    found: dict[str, dict[date, Day]] = {}
    for row in rows:
        at = day(row["day"])
        found.setdefault(row["point_id"], {})[at] = Day(
            at, int(row["heard"], 16), int(row["claimed"], 16)
        )
    return found


async def keep_days(tx: Tx, point: QueryPoint, changed: Mapping[date, Day]) -> None:
    """Keep days as they stand now."""
    await tx.execute_many(
        "INSERT INTO query_point_day (county, point_id, day, heard, claimed) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (point_id, day) DO UPDATE SET heard = excluded.heard, claimed = excluded.claimed",
        [
            (
                point.division[:6],
                point.id,
                each.day.isoformat(),
                f"{each.heard:0{_HEX}x}",
                f"{each.claimed:0{_HEX}x}",
            )
            for each in changed.values()
        ],
    )


async def any_before(db: Reader, before: datetime) -> bool:
    """Say whether a heartbeat is kept from a stretch before a moment's."""
    slot = slot_number(before)
    row = await db.row("SELECT 1 AS yes FROM query_point_heartbeat WHERE slot < ? LIMIT 1", slot)
    return row is not None


async def forget_before(tx: Tx, before: datetime, most: int) -> int:
    """Delete up to `most` heartbeats of stretches before a moment's, the oldest first; return how many there were."""
    return await tx.execute(
        "DELETE FROM query_point_heartbeat WHERE id IN (SELECT id FROM query_point_heartbeat "
        "WHERE slot < ? ORDER BY slot LIMIT ?)",
        slot_number(before),
        most,
    )
