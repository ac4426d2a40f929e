"""Say something else about a query point: its name, where it stands, its kind, how loud it is."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.permissions import Actor, may
from server.rules.query_points import Kind, QueryPoint
from server.storage import events, query_points, versions
from server.storage.database import Tx


async def change_query_point(
    tx: Tx,
    *,
    actor: Actor,
    point_id: str,
    name: str,
    place: str,
    kind: Kind,
    volume: int,
    revision: int,
    now: datetime,
    address: str,
) -> QueryPoint:
    """Return the point as it stands now; its device learns it with the answer to its next heartbeat.

    What is said of it already changes nothing, whatever was looked at. `revision`: of the point that was looked at.
    Raises not_found, query_point_gone, content_has_errors (a personal number in its name or place), edited_meanwhile.
    """
    point = await query_points.get(tx, point_id)
    if point is None or not may(actor, "manage_query_points", point.division):
        raise problems.not_found(problems.Say("这个查询点", "such query point"))
    if point.retired_at is not None:
        raise problems.query_point_gone()
    if found := gate.beside({"name": name, "place": place}):
        raise problems.content_has_errors(found)
    changed = replace(point, name=name, place=place, kind=kind, volume=volume)
    if changed.described == point.described:
        return point
    if point.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=point.revision)
    if not await query_points.change(tx, changed):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await versions.bump(tx, point.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="query_point.changed",
        subject=point.id,
        division=point.division,
        address=address,
        details={"name": name, "place": place, "kind": kind, "volume": volume},
    )
    return replace(changed, revision=revision + 1)
