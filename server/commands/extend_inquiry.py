"""Put an answer off, once, with a reason that whoever asked reads together with the new day."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import gate, inquiries
from server.rules.inquiries import Inquiry, reply_clock
from server.rules.inquiry_handling import refused_extension
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.rules.rulebook import Rulebook
from server.storage import events
from server.storage import inquiries as kept
from server.storage.database import Tx


async def extend_inquiry(
    tx: Tx,
    *,
    book: Rulebook,
    actor: Actor,
    now: datetime,
    address: str,
    inquiry_id: str,
    days: int,
    reason: str,
    revision: int,
) -> Inquiry:
    """Put the answer off by some of its term's own days and return it as it now stands; the same again too.

    Raises: not_found, not_allowed, already_decided, edited_meanwhile, extension_not_possible (once, up to the policy's
    days, and never what is overdue), reason_needed, content_has_errors.
    """
    inquiry = await kept.get(tx, inquiry_id)
    if inquiry is None or not inquiries.may_read(actor, inquiry):
        raise problems.not_found()
    if why := refusal(actor, "handle_inquiry", inquiry.division):
        raise problems.not_allowed(why)
    words = inquiries.written(reason)
    if (inquiry.extended_by, inquiry.extension_reason) == (days, words):
        return inquiry
    if why := inquiries.failure_reason(inquiry, "waiting"):
        raise problems.already_decided(why)
    if inquiry.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=inquiry.revision)
    asked_on = local_date(inquiry.asked_at)
    rule = book.reply_rule(inquiry.division, local_date(inquiry.clock_starts))
    clock = reply_clock(inquiry, rule, book.calendar, now)
    if why := refused_extension(
        inquiry, days, book.inquiry_rules(inquiry.division, asked_on), clock
    ):
        raise problems.extension_not_possible(why)
    if not words:
        raise problems.reason_needed()
    if found := gate.beside({"reason": words}):
        raise problems.content_has_errors(found)
    extended = replace(inquiry, extended_by=days, extension_reason=words, extended_at=now)
    if not await kept.update(tx, extended, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inquiry.extended",
        subject=inquiry.id,
        division=inquiry.division,
        address=address,
        details={"number": inquiry.label, "days": days, "was_due": clock.due_on.isoformat()},
    )
    return replace(extended, revision=revision + 1)
