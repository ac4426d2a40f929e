"""Put a query point into the register: a kiosk or a screen in a public place, and the code that its device pairs with."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules import gate
from server.rules.canonical import content_hash
from server.rules.permissions import Actor, refusal
from server.rules.proofs import Mark
from server.rules.query_points import MOST_POINTS, QueryPoint
from server.storage import divisions, events, pairing_codes, query_points, versions
from server.storage.database import Tx
from server.storage.pairing_codes import Issued


async def create_query_point(
    tx: Tx, *, actor: Actor, point: QueryPoint, mark: Mark, now: datetime, address: str
) -> Issued:
    """Keep the point and return it with a pairing code.

    The same id with the same words again answers a fresh code and ends the earlier one: the first answer may have been
    lost on its way. Raises not_allowed, unknown_division, content_has_errors (a personal number in its name or place),
    same_id_other_content, query_point_gone (that id was retired), too_many_query_points.
    """
    if why := refusal(actor, "manage_query_points", point.division):
        raise problems.not_allowed(why)
    place = await divisions.get(tx, point.division)
    if place is None or place.level not in ("township", "village"):
        raise problems.unknown_division(point.division)
    if found := gate.beside({"name": point.name, "place": point.place}):
        raise problems.content_has_errors(found)
    await tx.alone(f"query points of {point.division}")
    if not await query_points.insert(tx, point):
        standing = await _standing(tx, point)
        await events.record(
            tx,
            at=now,
            actor=actor.account_id,
            action="query_point.code_made",
            subject=point.id,
            division=point.division,
            address=address,
        )
        return await pairing_codes.issue(tx, standing, mark, now)
    there = len(await query_points.standing(tx, point.division)) - 1
    if there >= MOST_POINTS:
        raise problems.too_many_query_points(count=there, most=MOST_POINTS)
    await versions.bump(tx, point.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="query_point.created",
        subject=point.id,
        division=point.division,
        address=address,
        details={"name": point.name, "place": point.place, "kind": point.kind},
    )
    return await pairing_codes.issue(tx, point, mark, now)


async def _standing(tx: Tx, wanted: QueryPoint) -> QueryPoint:
    standing = await query_points.get(tx, wanted.id)
    assert standing is not None
    if standing.described != wanted.described:
        raise problems.same_id_other_content(
            wanted.id,
            stored=content_hash(list(standing.described)),
            received=content_hash(list(wanted.described)),
        )
    if standing.retired_at is not None:
        raise problems.query_point_gone()
    return standing
