"""What became of mine: an inquiry behind its private link. How its sender can be reached is not shown even there."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from server import problems
from server.rules.handling_views import (
    Extension,
    Satisfied,
    extension_of,
    ground_name,
    satisfaction_of,
)
from server.rules.inquiries import (
    KINDS,
    STATES,
    Inquiry,
    Kind,
    Office,
    State,
    follow_hash,
    is_on_view,
)
from server.rules.inquiry_handling import refused_rating, waits_for_acceptance
from server.rules.inquiry_photos import InquiryPhotoView, views_of
from server.rules.inquiry_views import (
    PublicAnswer,
    ReplyDue,
    Signing,
    accept_due_of,
    answer_of,
    due_of,
    notice_on_view,
    signing_of,
)
from server.rules.periods import local_date
from server.rules.places import Place, place_of
from server.rules.rulebook import Rulebook
from server.rules.values import Lang, Text
from server.storage import (
    asked,
    disclosures,
    divisions,
    editions,
    inquiries,
    inquiry_referrals,
    inquiry_satisfaction,
)
from server.storage.database import Reader


class FollowedReferral(Struct, frozen=True):
    """The office that looks into it, by name, and until when; what the desk wrote to it is not shown."""

    office: Office
    name: str
    due_on: date


class FollowedInquiry(Struct, frozen=True):
    """An inquiry as its sender reads it. `answer`: once it was reviewed. `refused_reason`: why it was not taken up.

    `on_view`: others may read it too, at /q/{id}. `contact_left`: whether it was said how to be reached. `photos`: all
    that came with it. `accept_due`: by when it is said whether it is taken up, while nobody said so. `referral`: where
    it is. `ground`, `turn_to`: of a refusal. `may_rate`: the answer may be rated now.
    """

    id: str
    number: str
    division: Place
    kind: Kind
    kind_name: Text
    state: State
    state_name: Text
    text: str
    asked_at: datetime
    disclosure_id: str | None
    notice: str | None
    line: str | None
    due: ReplyDue
    answer: PublicAnswer | None
    refused_reason: str | None
    signing: Signing | None
    on_view: bool
    contact_left: bool
    photos: tuple[InquiryPhotoView, ...]
    accepted_on: date | None
    accept_due: ReplyDue | None
    referral: FollowedReferral | None
    extension: Extension | None
    ground: Text | None
    turn_to: str | None
    satisfaction: tuple[Satisfied, ...]
    may_rate: bool
    round: int


async def follow_inquiry(
    db: Reader, *, book: Rulebook, secret: str, now: datetime, lang: Lang
) -> FollowedInquiry:
    """Return the inquiry of a private link. Raises not_found for a link of nobody's."""
    inquiry = await inquiries.by_follow_hash(db, follow_hash(secret))
    if inquiry is None:
        raise problems.not_found(problems.Say("这个链接对应的提问", "inquiry behind this link"))
    found = await asked.with_answers(db, [inquiry])
    own = found.answers.get(inquiry.id, [])
    notice = await disclosures.get(db, inquiry.disclosure_id) if inquiry.disclosure_id else None
    title = None
    if notice is not None:
        rows = {notice.id: (notice, await editions.for_disclosure(db, notice.id))}
        title = notice_on_view(inquiry, rows, book, now, lang)
    hidden = inquiry.disclosure_id is not None and title is None
    shown = is_on_view(inquiry)
    rated = await inquiry_satisfaction.for_inquiry(db, inquiry.id)
    return FollowedInquiry(
        id=inquiry.id,
        number=inquiry.label,
        division=place_of(await divisions.line_that_stood(db, inquiry.division)),
        kind=inquiry.kind,
        kind_name=KINDS[inquiry.kind],
        state=inquiry.state,
        state_name=STATES[inquiry.state],
        text=inquiry.text,
        asked_at=inquiry.asked_at,
        disclosure_id=inquiry.disclosure_id if title is not None else None,
        notice=title,
        # What the public may not read of a notice any more is not read here either.
        line=None if hidden else inquiry.line,
        due=due_of(inquiry, book, now),
        answer=answer_of(inquiry, own),
        refused_reason=inquiry.refused_reason,
        signing=signing_of(inquiry, own, found.signatures.get(inquiry.id, 0), book),
        on_view=shown and not hidden,
        contact_left=await inquiries.contact_of(db, inquiry.id) is not None,
        photos=views_of(found.photos.get(inquiry.id, ())),
        accepted_on=local_date(inquiry.accepted_at) if inquiry.accepted_at else None,
        accept_due=accept_due_of(inquiry, book, now) if waits_for_acceptance(inquiry) else None,
        referral=await _referral(db, inquiry),
        extension=extension_of(inquiry),
        ground=ground_name(inquiry, book),
        turn_to=inquiry.turn_to,
        satisfaction=satisfaction_of(rated),
        may_rate=refused_rating(inquiry, len(rated)) is None,
        round=inquiry.round,
    )


async def _referral(db: Reader, inquiry: Inquiry) -> FollowedReferral | None:
    if inquiry.referred_to is None:
        return None
    found = await inquiry_referrals.for_inquiry(db, inquiry.id)
    standing = next((each for each in found if each.ended_at is None), None)
    return FollowedReferral(standing.office, standing.name, standing.due_on) if standing else None
