"""Do not take something up: on a ground of the policy, in words, and with where to turn instead.

The refusal is itself the answer: whoever asked reads all three behind their link.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.rules import gate, inquiries
from server.rules.inquiries import Inquiry
from server.rules.inquiry_handling import refused_refusal
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.rules.rulebook import Rulebook
from server.storage import events, subscribers, versions
from server.storage import inquiries as kept
from server.storage.database import Tx


class NotTakenUp(Struct, frozen=True):
    """Why, by the ground's name and in words, and where to turn; without `turn_to` the policy's own words are said."""

    ground: str
    words: str
    turn_to: str = ""


async def refuse_inquiry(
    tx: Tx,
    *,
    book: Rulebook,
    actor: Actor,
    now: datetime,
    address: str,
    inquiry_id: str,
    why: NotTakenUp,
    revision: int,
) -> Inquiry:
    """Refuse something and return it as it now stands; the same refusal again changes nothing.

    Raises: not_found, not_allowed, ground_unknown, reason_needed, refusal_not_possible (taken up already, or enough
    people signed), already_decided, edited_meanwhile, content_has_errors.
    """
    await tx.alone(f"inquiry {inquiry_id}")
    inquiry = await kept.get(tx, inquiry_id)
    if inquiry is None or not inquiries.may_read(actor, inquiry):
        raise problems.not_found()
    if reason := refusal(actor, "handle_inquiry", inquiry.division):
        raise problems.not_allowed(reason)
    rules = book.inquiry_rules(inquiry.division, local_date(inquiry.asked_at))
    ground = rules.ground(why.ground)
    if ground is None:
        raise problems.ground_unknown(len(rules.grounds))
    words = inquiries.written(why.words)
    turn_to = inquiries.written(why.turn_to) or ground.turn_to.zh
    if inquiry.state == "refused" and (
        (inquiry.refused_ground, inquiry.refused_reason, inquiry.turn_to)
        == (ground.key, words, turn_to)
    ):
        return inquiry
    if reason := inquiries.failure_reason(inquiry, "waiting"):
        raise problems.already_decided(reason)
    if reason := refused_refusal(inquiry):
        raise problems.refusal_not_possible(reason)
    if inquiry.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=inquiry.revision)
    if not words:
        raise problems.reason_needed("/words")
    if found := gate.beside({"words": words, "turn_to": turn_to}):
        raise problems.content_has_errors(found)
    refused = replace(
        inquiry,
        state="refused",
        refused_ground=ground.key,
        refused_reason=words,
        turn_to=turn_to,
        refused_at=now,
    )
    if not await kept.update(tx, refused, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await subscribers.delete_of_inquiry(tx, inquiry.id)  # there is no answer to wait for
    if inquiry.kind == "topic":
        await versions.bump(tx, inquiry.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inquiry.not_taken_up",
        subject=inquiry.id,
        division=inquiry.division,
        address=address,
        details={"number": inquiry.label, "ground": ground.key},
    )
    return replace(refused, revision=revision + 1)
