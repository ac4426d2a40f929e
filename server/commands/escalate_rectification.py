"""Take an order up to the county: with a reason and, where there is one, a graver measure. Its last day stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from server import problems
from server.rules import gate
from server.rules.inquiries import written
from server.rules.periods import local_date
from server.rules.permissions import Actor
from server.rules.rectifications import Rectification, Step, failure, may_read, refused
from server.rules.rulebook import Rulebook
from server.storage import events, rectifications
from server.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Escalated:
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
    order = await rectifications.get(tx, order_id)
    if order is None or not may_read(actor, order):
        raise problems.not_found()
    if why := refused(actor, order, "escalate"):
        raise problems.not_allowed(why)
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
    known = await rectifications.get_step(tx, step.id)
    if known is not None:
        if known.said() != step.said():
            raise problems.same_id_other_content(step.id, stored=known.said(), received=step.said())
        return order
    if why := failure(order, "escalate"):
        raise problems.rectification_not_possible(why)
    if order.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=order.revision)
    if not step.words:
        raise problems.reason_needed("/words")
    if found := gate.beside({"words": step.words}):
        raise problems.content_has_errors(found)
    up = replace(order, level="county")
    if measure is not None:
        up = replace(up, measure=measure.key, measure_name=measure.name)
    if not await rectifications.add_step(tx, step, county=order.division[:6]):
        raise problems.same_id_other_content(step.id, stored="-", received=step.said())
    if not await rectifications.update(tx, up, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="rectification.escalated",
        subject=order.id,
        division=order.division,
        address=address,
        details={"measure": up.measure},
    )
    return replace(up, revision=revision + 1)
