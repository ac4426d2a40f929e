"""Say anew what something is and what it is about. What turns out to be a report leaves the village at once."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import inquiries
from server.rules.inquiries import Inquiry
from server.rules.inquiry_handling import (
    Classified,
    Referral,
    classification_told,
    classified,
    refused_classification,
    refused_referral,
)
from server.rules.permissions import Actor, refusal
from server.storage import events, inquiry_referrals
from server.storage import inquiries as kept
from server.storage.database import Tx


async def classify_inquiry(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    inquiry_id: str,
    chosen: Classified,
    revision: int,
) -> Inquiry:
    """Write what something is and return it as it now stands; the same again changes nothing.

    Where it is with an office that it may not go to any more, it is taken back in the same breath. Raises: not_found,
    not_allowed, classification_not_possible, already_decided, edited_meanwhile.
    """
    await tx.alone(f"inquiry {inquiry_id}")
    inquiry = await kept.get(tx, inquiry_id)
    if inquiry is None or not inquiries.may_read(actor, inquiry):
        raise problems.not_found()
    if why := refusal(actor, "handle_inquiry", inquiry.division):
        raise problems.not_allowed(why)
    if why := refused_classification(inquiry, chosen):
        raise problems.classification_not_possible(why)
    if (inquiry.kind, inquiry.subject, inquiry.about) == (
        chosen.kind,
        chosen.subject,
        chosen.about,
    ):
        return inquiry
    if why := inquiries.failure_reason(inquiry, "waiting"):
        raise problems.already_decided(why)
    if inquiry.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=inquiry.revision)
    after = classified(inquiry, chosen)
    standing = await _open_referral(tx, inquiry)
    back = standing is not None and (
        refused_referral(replace(after, referred_to=None), standing.office) is not None
        and chosen.kind == "report"
    )
    if standing is not None and back:
        after = replace(after, referred_to=None)
        await inquiry_referrals.end(
            tx, replace(standing, outcome="taken_back", ended_by_name=actor.name, ended_at=now)
        )
    if not await kept.update(tx, after, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inquiry.classified",
        subject=inquiry.id,
        division=inquiry.division,
        address=address,
        details={**classification_told(inquiry, chosen), "taken_back": bool(back)},
    )
    return replace(after, revision=revision + 1)


async def _open_referral(tx: Tx, inquiry: Inquiry) -> Referral | None:
    if inquiry.referred_to is None:
        return None
    found = await inquiry_referrals.for_inquiry(tx, inquiry.id)
    return next((each for each in found if each.ended_at is None), None)
