"""Send a proof back: it is not enough, in words, with a new last day."""

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
class Returned:
    """Why the proof is not enough, and how many working days the village has from tomorrow on."""

    id: str
    words: str
    days: int


async def return_rectification(
    tx: Tx,
    *,
    book: Rulebook,
    actor: Actor,
    now: datetime,
    address: str,
    order_id: str,
    returned: Returned,
    revision: int,
) -> Rectification:
    """Send the proof back and return the order, which waits for the village again; the same again changes nothing.

    Raises: not_found, not_allowed, same_id_other_content, rectification_not_possible (there is no proof),
    edited_meanwhile, term_too_long, reason_needed, content_has_errors.
    """
    order = await rectifications.get(tx, order_id)
    if order is None or not may_read(actor, order):
        raise problems.not_found()
    if why := refused(actor, order, "return"):
        raise problems.not_allowed(why)
    today = local_date(now)
    step = Step(
        id=returned.id,
        rectification_id=order.id,
        kind="return",
        words=written(returned.words),
        due_on=book.calendar.add_workdays(today, returned.days).date,
        by=actor.account_id,
        by_name=actor.name,
        at=now,
    )
    known = await rectifications.get_step(tx, step.id)
    if known is not None:
        # On another day the same term ends on another one.
        if known.said() != replace(step, due_on=known.due_on).said():
            raise problems.same_id_other_content(step.id, stored=known.said(), received=step.said())
        return order
    if why := failure(order, "return"):
        raise problems.rectification_not_possible(why)
    if order.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=order.revision)
    most = book.inspection_rules(order.division, today).most_days
    if returned.days > most:
        raise problems.term_too_long(returned.days, most)
    if not step.words:
        raise problems.reason_needed("/words")
    if found := gate.beside({"words": step.words}):
        raise problems.content_has_errors(found)
    assert step.due_on is not None
    again = replace(order, state="open", proved_at=None, due_on=step.due_on)
    if not await rectifications.add_step(tx, step, county=order.division[:6]):
        raise problems.same_id_other_content(step.id, stored="-", received=step.said())
    if not await rectifications.update(tx, again, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="rectification.returned",
        subject=order.id,
        division=order.division,
        address=address,
        details={"due_on": step.due_on.isoformat()},
    )
    return replace(again, revision=revision + 1)
