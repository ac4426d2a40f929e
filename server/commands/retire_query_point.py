"""Retire a query point: its device is told so, forgets what it keeps, and is heard no more."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.permissions import Actor, may
from server.storage import events, query_points, versions
from server.storage.database import Tx


async def retire_query_point(
    tx: Tx, *, actor: Actor, point_id: str, now: datetime, address: str
) -> None:
    """Retire the point for good; what it said stays on record. Twice is once. Raises not_found."""
    point = await query_points.get(tx, point_id)
    if point is None or not may(actor, "manage_query_points", point.division):
        raise problems.not_found(problems.Say("这个查询点", "such query point"))
    if not await query_points.retire(tx, point_id, now):
        return
    await versions.bump(tx, point.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="query_point.retired",
        subject=point.id,
        division=point.division,
        address=address,
    )
