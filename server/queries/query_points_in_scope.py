"""Which query points stand in this area, what does each show, and which are silent?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from server.rules.periods import local_date
from server.rules.places import spoken_name
from server.rules.query_points import (
    Heartbeat,
    Kind,
    Network,
    QueryPoint,
    State,
    code_stands,
    silent_since,
    state,
)
from server.rules.uptime import LOOK_BACK_DAYS, Day, Uptime, uptimes
from server.storage import divisions, heartbeats, query_points
from server.storage.database import Reader


class Battery(Struct, frozen=True):
    """A device's battery: 0 to 1, and whether it is being charged."""

    level: float
    charging: bool | None


class Said(Struct, frozen=True):
    """A point's newest heartbeat. `skew_ms`: its clock against ours, ahead is positive, its way to us included."""

    received_at: datetime
    on_screen: str
    contents_as_of: datetime | None
    skew_ms: int
    battery: Battery | None
    network: Network
    version: str


class PointLine(Struct, frozen=True):
    """A query point as the township sees it; its `revision` is named by whoever changes it.

    `code_until`: until when the newest pairing code is open.
    """

    id: str
    division: str
    division_name: str
    name: str
    place: str
    kind: Kind
    volume: int
    state: State
    created_at: datetime
    paired_at: datetime | None
    retired_at: datetime | None
    code_until: datetime | None
    silent_since: datetime | None
    last: Said | None
    uptime: tuple[Uptime, ...]
    revision: int


class PointLines(Struct, frozen=True):
    """The query points of an area, those that stand first; `uptime` has up to 31 days, the oldest first."""

    items: tuple[PointLine, ...]


async def query_points_in_scope(db: Reader, division: str, now: datetime) -> PointLines:
    """Return the points at and below a division as they stand at a moment."""
    found = await query_points.in_scope(db, division)
    ids = [point.id for point in found]
    names = await divisions.names(db, {point.division for point in found})
    newest = await heartbeats.newest(db, ids)
    today = local_date(now)
    first = today - timedelta(days=LOOK_BACK_DAYS - 1)
    days = await heartbeats.days(db, ids, first, today)
    return PointLines(
        tuple(_line(p, names, newest.get(p.id), days.get(p.id, {}), now) for p in found)
    )


def _line(
    point: QueryPoint,
    names: dict[str, str],
    newest: Heartbeat | None,
    days: dict[date, Day],
    now: datetime,
) -> PointLine:
    return PointLine(
        id=point.id,
        division=point.division,
        division_name=spoken_name(names.get(point.division, "")),
        name=point.name,
        place=point.place,
        kind=point.kind,
        volume=point.volume,
        state=state(point, now),
        created_at=point.created_at,
        paired_at=point.paired_at,
        retired_at=point.retired_at,
        code_until=point.code_expires_at if code_stands(point, now) else None,
        silent_since=silent_since(point, now),
        last=_said(newest) if newest else None,
        uptime=tuple(uptimes(days, paired_at=point.paired_at, now=now, until=point.retired_at))
        if point.paired_at
        else (),
        revision=point.revision,
    )


def _said(beat: Heartbeat) -> Said:
    battery = None if beat.battery is None else Battery(beat.battery / 100, beat.charging)
    return Said(
        beat.received_at,
        beat.on_screen,
        beat.contents_as_of,
        beat.ahead // timedelta(milliseconds=1),
        battery,
        beat.network,
        beat.version,
    )
