"""Order a village to put something right, within working days: what was found, what is to be done, by which measure."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.problems import Say
from server.rules.inquiries import written
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.rules.rectifications import Rectification
from server.rules.rulebook import Rulebook
from server.storage import disclosures, divisions, events, inspections, rectifications
from server.storage.database import Tx
from server.storage.rectification_steps import must_be_worded

NOT_THERE = Say("不是这个村的", "it is not this village's")


class Ordered(Struct, frozen=True):
    """What is ordered. `days`: working days from tomorrow on; `inspection_id`: the drawn item where it was found."""

    id: str
    division: str
    finding: str
    demand: str
    measure: str
    days: int
    inspection_id: str | None = None
    disclosure_id: str | None = None


async def order_rectification(
    tx: Tx, *, book: Rulebook, actor: Actor, now: datetime, address: str, ordered: Ordered
) -> Rectification:
    """Give an order and return it; the same id with the same words answers what stands.

    Raises: not_allowed, unknown_division, measure_unknown, term_too_long, reason_needed (no finding, no demand),
    content_has_errors, wrong_type (an inspection or a notice of another village), same_id_other_content.
    """
    if why := refusal(actor, "order_rectification", ordered.division):
        raise problems.not_allowed(why)
    village = await divisions.get(tx, ordered.division)
    if village is None or village.level != "village":
        raise problems.unknown_division(ordered.division)
    today = local_date(now)
    rules = book.inspection_rules(ordered.division, today)
    measure = rules.measure(ordered.measure)
    if measure is None:
        raise problems.measure_unknown(len(rules.measures))
    if ordered.days > rules.most_days:
        raise problems.term_too_long(ordered.days, rules.most_days)
    order = Rectification(
        id=ordered.id,
        division=ordered.division,
        inspection_id=ordered.inspection_id,
        disclosure_id=ordered.disclosure_id,
        finding=written(ordered.finding),
        demand=written(ordered.demand),
        measure=measure.key,
        measure_name=measure.name,
        due_on=book.calendar.add_workdays(today, ordered.days).date,
        ordered_by=actor.account_id,
        ordered_by_name=actor.name,
        ordered_at=now,
    )
    known = await rectifications.get(tx, order.id)
    if known is not None:
        return _the_same(known, order)
    must_be_worded({"finding": order.finding, "demand": order.demand})
    await _about_here(tx, order)
    if not await rectifications.insert(tx, order):
        raise problems.same_id_other_content(order.id, stored="-", received=order.said())
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="rectification.ordered",
        subject=order.id,
        division=order.division,
        address=address,
        details={
            "measure": order.measure,
            "due_on": order.due_on.isoformat(),
            "inspection": order.inspection_id,
        },
    )
    return order


async def _about_here(tx: Tx, order: Rectification) -> None:
    """Refuse an order that points at what is another village's."""
    if order.inspection_id is not None:
        found = await inspections.get(tx, order.inspection_id)
        if found is None or found.division != order.division:
            raise problems.wrong_type("/inspection", NOT_THERE)
    if order.disclosure_id is not None:
        notice = await disclosures.get(tx, order.disclosure_id)
        if notice is None or notice.division != order.division:
            raise problems.wrong_type("/disclosure_id", NOT_THERE)


def _the_same(known: Rectification, asked: Rectification) -> Rectification:
    """Return what stands if it is what was asked for; on another day the same term ends on another one."""
    first = replace(known, measure=asked.measure)
    if first.said() != replace(asked, due_on=known.due_on).said():
        raise problems.same_id_other_content(known.id, stored=known.said(), received=asked.said())
    return known
