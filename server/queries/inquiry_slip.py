"""A slip of the desk, for those who handle what was asked."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.inquiries import may_read
from server.rules.inquiry_slips import Kind, Slip, SlipOf, slip, slip_refusal
from server.rules.permissions import Actor, refusal
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook
from server.storage import asked, divisions, inquiries, inquiry_referrals, inquiry_satisfaction
from server.storage.database import Reader


async def inquiry_slip(
    db: Reader, *, book: Rulebook, actor: Actor, inquiry_id: str, kind: Kind, now: datetime
) -> Slip:
    """Return a slip of an inquiry. Raises not_found, not_allowed, slip_not_possible (it is not that far yet)."""
    inquiry = await inquiries.get(db, inquiry_id)
    if inquiry is None or not may_read(actor, inquiry):
        raise problems.not_found()
    if why := refusal(actor, "handle_inquiry", inquiry.division):
        raise problems.not_allowed(why)
    if why := slip_refusal(kind, inquiry):
        raise problems.slip_not_possible(why)
    found = await asked.with_answers(db, [inquiry])
    line = await divisions.line_that_stood(db, inquiry.division)
    names = [spoken_name(each.name) for each in line if each.level in ("township", "village")]
    of = SlipOf(
        inquiry=inquiry,
        answers=found.answers.get(inquiry.id, []),
        referrals=await inquiry_referrals.for_inquiry(db, inquiry.id),
        rated=await inquiry_satisfaction.for_inquiry(db, inquiry.id),
        photos=len(found.photos.get(inquiry.id, [])),
        place=" ".join(names),
    )
    return slip(kind, of, book, now)
