"""Take an order up to the county: with a reason and, where there is one, a graver measure. Its last day stays."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.rules.inquiries import written
from server.rules.periods import local_date
from server.rules.permissions import Actor
from server.rules.rectifications import Rectification, Step
from server.rules.rulebook import Rulebook
from server.storage.database import Tx
from server.storage.rectification_steps import order_for, take, taken_before


class Escalated(Struct, frozen=True):
    """Why it goes up; `measure`: what is done about it from now on, None: what was ordered stands."""

    id: str
    words: str
    measure: str | None = None


async def escalate_rectification(
    tx: Tx,
    *,
    book: Rulebook,
    actor: Actor,
    now: datetime,
    address: str,
    order_id: str,
    escalated: Escalated,
    revision: int,
) -> Rectification:
    """Hand the order to the county and return it; the same again changes nothing.

    Raises: not_found, not_allowed, same_id_other_content, rectification_not_possible (it is closed, or there already),
    edited_meanwhile, measure_unknown, reason_needed, content_has_errors.
    """
    order = await order_for(tx, actor, order_id, "escalate")
    rules = book.inspection_rules(order.division, local_date(now))
    measure = rules.measure(escalated.measure) if escalated.measure else None
    if escalated.measure and measure is None:
        raise problems.measure_unknown(len(rules.measures))
    step = Step(
        id=escalated.id,
        rectification_id=order.id,
        kind="escalation",
        words=written(escalated.words),
        measure=measure.key if measure else None,
        measure_name=measure.name if measure else None,
        by=actor.account_id,
        by_name=actor.name,
        at=now,
    )
    if await taken_before(tx, order, step, "escalate", revision):
        return order
    up = replace(order, level="county")
    if measure is not None:
        up = replace(up, measure=measure.key, measure_name=measure.name)
    return await take(
        tx,
        step,
        up,
        action="rectification.escalated",
        address=address,
        details={"measure": up.measure},
    )
