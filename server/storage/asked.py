"""What was asked, with its answers, signatures and photos: read together, in as few statements as there is to read."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from server.rules.inquiries import Inquiry, InquiryAnswer
from server.rules.inquiry_photos import InquiryPhoto
from server.storage import inquiries, inquiry_answers, inquiry_photos, inquiry_signatures
from server.storage.database import Reader


class Asked(Struct, frozen=True):
    """Inquiries, and by their ids the answers to each, how many signed it, and its photos."""

    inquiries: list[Inquiry]
    answers: dict[str, list[InquiryAnswer]]
    signatures: dict[str, int]
    photos: dict[str, list[InquiryPhoto]]


async def with_answers(db: Reader, found: Sequence[Inquiry]) -> Asked:
    """Return inquiries with what belongs to them; where there are none, nothing more is asked."""
    ids = [i.id for i in found]
    topics = [i.id for i in found if i.kind == "topic"]
    others = [i.id for i in found if i.kind != "topic"]
    return Asked(
        list(found),
        await inquiry_answers.for_inquiries(db, ids) if ids else {},
        await inquiry_signatures.counts(db, topics) if topics else {},
        await inquiry_photos.for_inquiries(db, others) if others else {},
    )


async def on_view(db: Reader, division: str, disclosure_id: str | None = None) -> Asked:
    """Return what the public may read of a village, or about one of its notices."""
    return await with_answers(db, await inquiries.on_view(db, division, disclosure_id))
