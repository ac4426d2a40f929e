"""Review an answer: approved, the question and the answer are public from this moment; returned, it is written anew.

The reviewer may let the public read the question in other words, where a name or a reproach in it is nobody's
business; whoever asked still reads their own. Of the photos that came with it the public sees those that the reviewer
names, and no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.problems import Say
from server.rules import gate, inquiries
from server.rules.inquiries import Decision, Inquiry, InquiryAnswer
from server.rules.inquiry_photos import InquiryPhoto
from server.rules.permissions import Actor, refusal
from server.storage import events, inquiry_answers, inquiry_photos, inquiry_referrals, versions
from server.storage import inquiries as kept
from server.storage.database import Tx


class AnswerVerdict(Struct, frozen=True):
    """What the reviewer decided; `shown_text`: the question as the public reads it, when not as it was asked.

    `shown_photos`: the numbers of the photos that the public may see.
    """

    decision: Decision
    reason: str | None = None
    shown_text: str | None = None
    shown_photos: tuple[int, ...] = ()


async def review_answer(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    inquiry_id: str,
    verdict: AnswerVerdict,
    revision: int,
) -> Inquiry:
    """Record the verdict on the newest answer and return the inquiry as it now stands; the same verdict again too.

    Raises: not_found, not_allowed, own_answer, already_decided, edited_meanwhile, reason_needed (returning without
    one), answer_not_possible (declined, and enough signed meanwhile), content_has_errors, wrong_type (no such photo).
    """
    await tx.alone(f"inquiry {inquiry_id}")
    inquiry = await kept.get(tx, inquiry_id)
    if inquiry is None:
        raise problems.not_found()
    if why := refusal(actor, "review_answer", inquiry.division):
        raise problems.not_allowed(why)
    answers = await inquiry_answers.for_inquiry(tx, inquiry.id)
    newest = answers[-1] if answers else None
    reason, shown = (verdict.reason or "").strip(), inquiries.written(verdict.shown_text or "")
    photos = await inquiry_photos.for_inquiry(tx, inquiry.id)
    for_all = _for_all(photos, verdict.shown_photos)
    if newest is not None and _repeated(newest, actor, verdict.decision, reason):
        same_words = not shown or inquiry.shown_text == shown
        same_photos = for_all == [photo for photo in photos if photo.shown]
        if verdict.decision == "return" or (same_words and same_photos):
            return inquiry
    if why := inquiries.failure_reason(inquiry, "answered"):
        raise problems.already_decided(why)
    assert newest is not None
    if newest.answered_by == actor.account_id:
        raise problems.own_answer()
    if inquiry.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=inquiry.revision)
    approve = verdict.decision == "approve"
    if not approve and not reason:
        raise problems.reason_needed()
    if approve and (why := inquiries.refused_answer(inquiry, newest.takes_up)):
        raise problems.answer_not_possible(why, "/decision")
    if found := gate.beside({"reason": reason, "shown_text": shown}):
        raise problems.content_has_errors(found)
    await inquiry_answers.decide(
        tx,
        replace(
            newest,
            decision=verdict.decision,
            decided_by=actor.account_id,
            decided_by_name=actor.name,
            decided_at=now,
            reason=None if approve else reason,
        ),
    )
    decided = replace(inquiry, state="waiting")
    if approve:
        decided = replace(
            inquiry,
            state="published",
            published_at=now,
            shown_text=shown or inquiry.shown_text,
            referred_to=None,
        )
        await _end_referral(tx, inquiry, actor, now)
    if not await kept.update(tx, decided, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    if approve:
        await inquiry_photos.show(tx, for_all)
        await versions.bump(tx, inquiry.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inquiry.published" if approve else "inquiry.returned",
        subject=inquiry.id,
        division=inquiry.division,
        address=address,
        details={
            "number": inquiry.label,
            "answer": newest.id,
            "reworded": bool(shown),
            "photos": [photo.position for photo in for_all] if approve else [],
        },
    )
    return replace(decided, revision=revision + 1)


async def _end_referral(tx: Tx, inquiry: Inquiry, actor: Actor, now: datetime) -> None:
    """What is still with an office ends with the answer."""
    for each in await inquiry_referrals.for_inquiry(tx, inquiry.id) if inquiry.referred_to else ():
        if each.ended_at is None:
            await inquiry_referrals.end(
                tx, replace(each, outcome="answered", ended_by_name=actor.name, ended_at=now)
            )


def _for_all(photos: Sequence[InquiryPhoto], numbers: Sequence[int]) -> list[InquiryPhoto]:
    """Return the photos that the public may see; raise wrong_type for a number that there is none of."""
    for number in numbers:
        if not 1 <= number <= len(photos):
            raise problems.wrong_type(
                "/shown_photos",
                Say(
                    f"这条提问有 {len(photos)} 张照片，没有第 {number} 张",
                    f"there are {len(photos)} photos and no number {number}",
                ),
            )
    return [photo for photo in photos if photo.position in numbers]


def _repeated(newest: InquiryAnswer, actor: Actor, decision: Decision, reason: str) -> bool:
    if newest.decided_by != actor.account_id or newest.decision != decision:
        return False
    return decision == "approve" or newest.reason == reason
