"""Give a query point a new pairing code: the old one ran out, or another device is to stand there."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.permissions import Actor, may
from server.rules.proofs import Mark
from server.storage import events, pairing_codes, query_points
from server.storage.database import Tx
from server.storage.pairing_codes import Issued


async def renew_pairing_code(
    tx: Tx, *, actor: Actor, point_id: str, mark: Mark, now: datetime, address: str
) -> Issued:
    """Return the point with a new code; the earlier code ends, the device that is paired now stays so until another is.

    Raises not_found, query_point_gone.
    """
    point = await query_points.get(tx, point_id)
    if point is None or not may(actor, "manage_query_points", point.division):
        raise problems.not_found(problems.Say("这个查询点", "such query point"))
    if point.retired_at is not None:
        raise problems.query_point_gone()
    issued = await pairing_codes.issue(tx, point, mark, now)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="query_point.code_made",
        subject=point.id,
        division=point.division,
        address=address,
    )
    return issued
