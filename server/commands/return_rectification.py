"""Send a proof back: it is not enough, in words, with a new last day."""

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


class Returned(Struct, frozen=True):
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
    order = await order_for(tx, actor, order_id, "return")
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
    if await taken_before(tx, order, step, "return", revision):
        return order
    most = book.inspection_rules(order.division, today).most_days
    if returned.days > most:
        raise problems.term_too_long(returned.days, most)
    assert step.due_on is not None
    again = replace(order, state="open", proved_at=None, due_on=step.due_on)
    return await take(
        tx,
        step,
        again,
        action="rectification.returned",
        address=address,
        details={"due_on": step.due_on.isoformat()},
    )
