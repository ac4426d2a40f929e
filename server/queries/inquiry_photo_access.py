"""Who may see a photo of a question: whoever asked, who may read the question at work, and anyone once it is shown.

Everybody else hears the same 'not found', whether there is such a photo or not.
"""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.inquiries import Inquiry, follow_hash, is_on_view, may_read
from server.rules.inquiry_photos import InquiryPhoto
from server.rules.inquiry_views import notice_on_view
from server.rules.permissions import Actor
from server.rules.rulebook import Rulebook
from server.storage import disclosures, editions, inquiries, inquiry_photos
from server.storage.database import Reader


async def photo_behind_link(db: Reader, *, secret: str, number: int) -> InquiryPhoto:
    """Return a photo of the question of a private link. Raises not_found."""
    return await _photo(db, await inquiries.by_follow_hash(db, follow_hash(secret)), number)


async def photo_at_desk(db: Reader, *, actor: Actor, inquiry_id: str, number: int) -> InquiryPhoto:
    """Return a photo of a question that this person may read. Raises not_found."""
    inquiry = await inquiries.get(db, inquiry_id)
    if inquiry is None or not may_read(actor, inquiry):
        raise problems.not_found()
    return await _photo(db, inquiry, number)


async def public_photo(
    db: Reader, *, book: Rulebook, inquiry_id: str, number: int, now: datetime
) -> InquiryPhoto:
    """Return a photo that its reviewer let the public see, while the question is on view. Raises not_found."""
    inquiry = await inquiries.get(db, inquiry_id)
    if inquiry is None or not await _on_view(db, inquiry, book, now):
        raise problems.not_found()
    photo = await _photo(db, inquiry, number)
    if not photo.shown:
        raise problems.not_found()
    return photo


async def _on_view(db: Reader, inquiry: Inquiry, book: Rulebook, now: datetime) -> bool:
    if not is_on_view(inquiry):
        return False
    if inquiry.disclosure_id is None:
        return True
    notice = await disclosures.get(db, inquiry.disclosure_id)
    if notice is None:
        return False
    rows = {notice.id: (notice, await editions.for_disclosure(db, notice.id))}
    return notice_on_view(inquiry, rows, book, now, "zh") is not None


async def _photo(db: Reader, inquiry: Inquiry | None, number: int) -> InquiryPhoto:
    photos = await inquiry_photos.for_inquiry(db, inquiry.id) if inquiry is not None else []
    for each in photos:
        if each.position == number:
            return each
    raise problems.not_found()
