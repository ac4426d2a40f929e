"""Accept a proof and close the order: in words, with what came back in money. Without proof nothing is closed."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from server.rules.inquiries import written
from server.rules.permissions import Actor
from server.rules.rectifications import Rectification, Step
from server.rules.values import Fen
from server.storage.database import Tx
from server.storage.rectification_steps import order_for, take, taken_before


class Closed(Struct, frozen=True):
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
    order = await order_for(tx, actor, order_id, "close")
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
    if await taken_before(tx, order, step, "close", revision):
        return order
    done = replace(order, state="closed", closed_at=now, recovered=closed.recovered)
    return await take(
        tx,
        step,
        done,
        action="rectification.closed",
        address=address,
        details={"recovered": closed.recovered, "days_late": done.days_late(now)},
    )
