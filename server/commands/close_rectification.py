"""Accept a proof and close the order: in words, with what came back in money. Without proof nothing is closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from server import problems
from server.rules import gate
from server.rules.inquiries import written
from server.rules.permissions import Actor
from server.rules.rectifications import Rectification, Step, failure, may_read, refused
from server.rules.values import Fen
from server.storage import events, rectifications
from server.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Closed:
    """What was seen to be right; `recovered`: the money that came back, in fen."""

    id: str
    words: str
    recovered: Fen = 0


async def close_rectification(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    order_id: str,
    closed: Closed,
    revision: int,
) -> Rectification:
    """Close the order and return it; the same again changes nothing.

    Raises: not_found, not_allowed (also: it went up, and the county closes it), same_id_other_content,
    rectification_not_possible (there is no proof, or it is closed), edited_meanwhile, reason_needed, content_has_errors.
    """
    order = await rectifications.get(tx, order_id)
    if order is None or not may_read(actor, order):
        raise problems.not_found()
    if why := refused(actor, order, "close"):
        raise problems.not_allowed(why)
    step = Step(
        id=closed.id,
        rectification_id=order.id,
        kind="closure",
        words=written(closed.words),
        recovered=closed.recovered,
        by=actor.account_id,
        by_name=actor.name,
        at=now,
    )
    known = await rectifications.get_step(tx, step.id)
    if known is not None:
        if known.said() != step.said():
            raise problems.same_id_other_content(step.id, stored=known.said(), received=step.said())
        return order
    if why := failure(order, "close"):
        raise problems.rectification_not_possible(why)
    if order.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=order.revision)
    if not step.words:
        raise problems.reason_needed("/words")
    if found := gate.beside({"words": step.words}):
        raise problems.content_has_errors(found)
    done = replace(order, state="closed", closed_at=now, recovered=closed.recovered)
    if not await rectifications.add_step(tx, step, county=order.division[:6]):
        raise problems.same_id_other_content(step.id, stored="-", received=step.said())
    if not await rectifications.update(tx, done, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="rectification.closed",
        subject=order.id,
        division=order.division,
        address=address,
        details={"recovered": closed.recovered, "days_late": done.days_late(now)},
    )
    return replace(done, revision=revision + 1)
