"""Take something up: from now on an answer is owed to whoever asked, and they read so behind their link."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import inquiries
from server.rules.inquiries import Inquiry
from server.rules.inquiry_handling import (
    Classified,
    classification_told,
    classified,
    refused_classification,
)
from server.rules.permissions import Actor, refusal
from server.storage import events
from server.storage import inquiries as kept
from server.storage.database import Tx


async def accept_inquiry(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    inquiry_id: str,
    chosen: Classified,
    revision: int,
) -> Inquiry:
    """Take something up as what it is, and return it as it now stands; the same again changes nothing.

    Raises: not_found, not_allowed, classification_not_possible, already_decided, edited_meanwhile.
    """
    inquiry = await kept.get(tx, inquiry_id)
    if inquiry is None or not inquiries.may_read(actor, inquiry):
        raise problems.not_found()
    if why := refusal(actor, "handle_inquiry", inquiry.division):
        raise problems.not_allowed(why)
    if why := refused_classification(inquiry, chosen):
        raise problems.classification_not_possible(why)
    standing = (inquiry.kind, inquiry.subject, inquiry.about)
    if inquiry.accepted_at is not None and standing == (chosen.kind, chosen.subject, chosen.about):
        return inquiry
    if why := inquiries.failure_reason(inquiry, "waiting"):
        raise problems.already_decided(why)
    if inquiry.revision != revision or inquiry.accepted_at is not None:
        raise problems.edited_meanwhile(expected=revision, actual=inquiry.revision)
    accepted = replace(classified(inquiry, chosen), accepted_at=now, accepted_by_name=actor.name)
    if not await kept.update(tx, accepted, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inquiry.accepted",
        subject=inquiry.id,
        division=inquiry.division,
        address=address,
        details=classification_told(inquiry, chosen),
    )
    return replace(accepted, revision=revision + 1)
