"""Hand something to an office, until a day and with a note. A report never goes to those it is about."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.problems import Say
from server.rules import gate, inquiries
from server.rules.inquiries import Inquiry, Office
from server.rules.inquiry_handling import (
    OFFICES,
    Referral,
    refused_deadline,
    refused_referral,
)
from server.rules.inquiry_views import due_of
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.rules.rulebook import Rulebook
from server.storage import events, inquiry_referrals
from server.storage import inquiries as kept
from server.storage.database import Tx

NAMED = ("department", "discipline")
NOT_TAKEN_UP = Say("先受理，再转办", "take it up first, then refer it")


class Handed(Struct, frozen=True):
    """To which office, by name where there are many of its kind, until when, and what it is asked to do."""

    id: str
    office: Office
    due_on: date
    note: str
    name: str = ""


async def refer_inquiry(
    tx: Tx,
    *,
    book: Rulebook,
    actor: Actor,
    now: datetime,
    address: str,
    inquiry_id: str,
    handed: Handed,
    revision: int,
) -> Inquiry:
    """Hand it over and return it as it now stands; the same referral again changes nothing.

    The village answers what is referred to it; of everything else the township answers once the office said what it
    found. Raises: not_found, not_allowed, same_id_other_content, referral_not_possible, reason_needed (no note, or no
    name of a department), already_decided, edited_meanwhile, content_has_errors.
    """
    inquiry = await kept.get(tx, inquiry_id)
    if inquiry is None or not inquiries.may_read(actor, inquiry):
        raise problems.not_found()
    if why := refusal(actor, "handle_inquiry", inquiry.division):
        raise problems.not_allowed(why)
    referral = _referral(inquiry, handed, actor, now)
    known = await inquiry_referrals.get(tx, handed.id)
    if known is not None:
        if _said(known) != _said(referral):
            raise problems.same_id_other_content(handed.id, stored="-", received="-")
        return inquiry
    if why := inquiries.failure_reason(inquiry, "waiting"):
        raise problems.already_decided(why)
    if inquiry.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=inquiry.revision)
    if inquiry.accepted_at is None:
        raise problems.referral_not_possible(NOT_TAKEN_UP)
    if why := refused_referral(inquiry, handed.office):
        raise problems.referral_not_possible(why)
    if why := refused_deadline(handed.due_on, local_date(now), due_of(inquiry, book, now).on):
        raise problems.referral_not_possible(why, "/due_on")
    if handed.office in NAMED and not handed.name.strip():
        raise problems.reason_needed("/name")
    if not referral.note:
        raise problems.reason_needed("/note")
    if found := gate.beside({"note": referral.note, "name": referral.name}):
        raise problems.content_has_errors(found)
    if not await inquiry_referrals.insert(tx, referral, county=inquiry.division[:6]):
        raise problems.same_id_other_content(handed.id, stored="-", received="-")
    referred = replace(
        inquiry,
        referred_to=handed.office,
        respondent="village" if handed.office == "village" else "township",
    )
    if not await kept.update(tx, referred, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inquiry.referred",
        subject=inquiry.id,
        division=inquiry.division,
        address=address,
        details={
            "number": inquiry.label,
            "referral": referral.id,
            "office": handed.office,
            "due_on": handed.due_on.isoformat(),
        },
    )
    return replace(referred, revision=revision + 1)


def _referral(inquiry: Inquiry, handed: Handed, actor: Actor, now: datetime) -> Referral:
    return Referral(
        id=handed.id,
        inquiry_id=inquiry.id,
        office=handed.office,
        name=inquiries.written(handed.name) or OFFICES[handed.office].zh,
        note=inquiries.written(handed.note),
        due_on=handed.due_on,
        referred_by_name=actor.name,
        referred_at=now,
    )


def _said(referral: Referral) -> tuple[object, ...]:
    return (referral.inquiry_id, referral.office, referral.name, referral.note, referral.due_on)
