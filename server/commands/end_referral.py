"""Say what an office found, or take back what it was handed: then it is the township's to answer."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.problems import Say
from server.rules import gate, inquiries
from server.rules.inquiries import Inquiry
from server.rules.inquiry_handling import Referral, may_report
from server.rules.permissions import Actor, refusal
from server.storage import events, inquiry_referrals
from server.storage import inquiries as kept
from server.storage.database import Tx

VILLAGE_ANSWERS = Say(
    "转给村委会的，由村委会直接写答复；要改办法，请先收回",
    "what is with the village committee it answers itself; to do otherwise, take it back",
)


class Ended(Struct, frozen=True):
    """What came of a referral: what the office found, or why it is taken back."""

    outcome: Literal["reported", "taken_back"]
    words: str


async def end_referral(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    inquiry_id: str,
    ended: Ended,
    revision: int,
) -> Inquiry:
    """End the referral that is open and return the inquiry as it now stands; the same again changes nothing.

    The words are for people at work: the asker reads the answer that is written from them. Raises: not_found,
    not_allowed, referral_not_possible (the village answers itself), already_decided (no open referral),
    edited_meanwhile, reason_needed, content_has_errors.
    """
    await tx.alone(f"inquiry {inquiry_id}")
    inquiry = await kept.get(tx, inquiry_id)
    if inquiry is None:
        raise problems.not_found()
    found = await inquiry_referrals.for_inquiry(tx, inquiry.id)
    words = inquiries.written(ended.words)
    newest = found[-1] if found else None
    if newest is not None and _repeated(newest, actor, ended.outcome, words):
        return inquiry
    if not inquiries.may_read(actor, inquiry):
        raise problems.not_found()
    reported = ended.outcome == "reported"
    why = (
        may_report(actor, inquiry)
        if reported
        else refusal(actor, "handle_inquiry", inquiry.division)
    )
    if why:
        raise problems.not_allowed(why)
    if newest is None or newest.ended_at is not None:
        raise problems.already_decided(
            Say(f"{inquiry.label} 号现在没有转给谁", f"{inquiry.label} is with no office now")
        )
    if reported and newest.office == "village":
        raise problems.referral_not_possible(VILLAGE_ANSWERS, "/outcome")
    if why := inquiries.failure_reason(inquiry, "waiting"):
        raise problems.already_decided(why)
    if inquiry.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=inquiry.revision)
    if not words:
        raise problems.reason_needed("/words")
    if seen := gate.beside({"words": words}):
        raise problems.content_has_errors(seen)
    await inquiry_referrals.end(
        tx,
        replace(
            newest, outcome=ended.outcome, report=words, ended_by_name=actor.name, ended_at=now
        ),
    )
    back = replace(inquiry, referred_to=None, respondent="township")
    if not await kept.update(tx, back, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inquiry.reported_back" if reported else "inquiry.taken_back",
        subject=inquiry.id,
        division=inquiry.division,
        address=address,
        details={"number": inquiry.label, "referral": newest.id, "office": newest.office},
    )
    return replace(back, revision=revision + 1)


def _repeated(newest: Referral, actor: Actor, outcome: str, words: str) -> bool:
    return (newest.outcome, newest.report, newest.ended_by_name) == (outcome, words, actor.name)
