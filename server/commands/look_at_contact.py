"""Look at how whoever asked can be reached. Each look is an event: who looked, and when."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.problems import Say
from server.rules import inquiries
from server.rules.inquiry_handling import CONTACT_SEEN, contact_refusal
from server.rules.permissions import Actor
from server.storage import events
from server.storage import inquiries as kept
from server.storage.database import Tx


async def look_at_contact(
    tx: Tx, *, actor: Actor, now: datetime, address: str, inquiry_id: str
) -> str:
    """Return the contact. What cannot be written down is not shown: the event is in the same transaction.

    Raises: not_found (also where none was left), not_allowed (for those who answer at the level it is with alone).
    """
    inquiry = await kept.get(tx, inquiry_id)
    if inquiry is None or not inquiries.may_read(actor, inquiry):
        raise problems.not_found()
    if why := contact_refusal(actor, inquiry):
        raise problems.not_allowed(why)
    contact = await kept.contact_of(tx, inquiry.id)
    if contact is None:
        raise problems.not_found(Say("联系方式", "contact"))
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action=CONTACT_SEEN,
        subject=inquiry.id,
        division=inquiry.division,
        address=address,
        details={"number": inquiry.label, "role": actor.role},
    )
    return contact
