"""Answer what a villager asked. Nobody reads the answer before its review; what is answered was taken up with it."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import gate, inquiries
from server.rules.canonical import content_hash
from server.rules.inquiries import Inquiry, InquiryAnswer
from server.rules.permissions import Actor
from server.storage import events, inquiry_answers
from server.storage import inquiries as kept
from server.storage.database import Tx


async def answer_inquiry(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    inquiry_id: str,
    answer_id: str,
    text: str,
    takes_up: bool | None,
    revision: int,
) -> Inquiry:
    """Keep an answer and return the inquiry as it now stands; the same answer again changes nothing.

    Raises: not_found (also what this person may not read), not_allowed, same_id_other_content, already_decided,
    edited_meanwhile, reason_needed (no words), answer_not_possible (a topic neither taken up nor declined, or
    declined although enough people signed), content_has_errors (a personal number).
    """
    inquiry = await kept.get(tx, inquiry_id)
    if inquiry is None or not inquiries.may_read(actor, inquiry):
        raise problems.not_found()
    if why := inquiries.refused_to_answer(actor, inquiry):
        raise problems.not_allowed(why)
    words = inquiries.written(text)
    known = await inquiry_answers.get(tx, answer_id)
    if known is not None:
        stored, received = _said(known.text, known.takes_up), _said(words, takes_up)
        if known.inquiry_id != inquiry.id or known.answered_by != actor.account_id:
            raise problems.same_id_other_content(answer_id, stored="-", received=received)
        if stored != received:
            raise problems.same_id_other_content(answer_id, stored=stored, received=received)
        return inquiry
    if reason := inquiries.failure_reason(inquiry, "waiting"):
        raise problems.already_decided(reason)
    if inquiry.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=inquiry.revision)
    if not words:
        raise problems.reason_needed("/text")
    if reason := inquiries.refused_answer(inquiry, takes_up):
        raise problems.answer_not_possible(reason)
    if found := gate.beside({"text": words}):
        raise problems.content_has_errors(found)
    answer = InquiryAnswer(
        id=answer_id,
        inquiry_id=inquiry.id,
        text=words,
        takes_up=takes_up,
        answered_by=actor.account_id,
        answered_by_name=actor.name,
        answered_at=now,
    )
    if not await inquiry_answers.insert(tx, answer, county=inquiry.division[:6]):
        raise problems.same_id_other_content(answer_id, stored="-", received=_said(words, takes_up))
    answered = replace(inquiry, state="answered")
    if inquiry.accepted_at is None:
        answered = replace(answered, accepted_at=now, accepted_by_name=actor.name)
    if not await kept.update(tx, answered, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inquiry.answered",
        subject=inquiry.id,
        division=inquiry.division,
        address=address,
        details={"number": inquiry.label, "answer": answer.id},
    )
    return replace(answered, revision=revision + 1)


def _said(text: str, takes_up: bool | None) -> str:
    return content_hash({"text": text, "takes_up": takes_up})
