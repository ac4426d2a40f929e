"""What villagers of a village asked and were answered, newest first; and one of it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules.inquiry_views import PublicInquiry, views
from server.rules.places import Place, place_of
from server.rules.rulebook import Rulebook
from server.rules.values import Lang
from server.storage import asked, divisions, editions, inquiries
from server.storage.database import Reader

PAGE = 30


class PublicInquiries(Struct, frozen=True):
    """A page of what was asked; `next` is the cursor of the following page."""

    division: Place
    items: tuple[PublicInquiry, ...]
    next: str | None


class InquiryPage(Struct, frozen=True):
    """One inquiry and its village."""

    division: Place
    inquiry: PublicInquiry


async def public_inquiries(
    db: Reader, *, book: Rulebook, code: str, cursor: str | None, now: datetime, lang: Lang
) -> PublicInquiries:
    """Return a page of what was asked in a village. Raises not_found for what is not a village."""
    line = await divisions.ancestors(db, code)
    if not line or line[-1].level != "village":
        raise problems.not_found()
    found = await asked.on_view(db, code)
    rows = {d.id: (d, es) for d, es in await editions.village_rows(db, code)}
    every = views(
        found.inquiries, found.answers, found.signatures, found.photos, rows, book, now, lang
    )
    start = next((n + 1 for n, each in enumerate(every) if each.id == cursor), 0)
    shown = every[start : start + PAGE]
    more = start + PAGE < len(every)
    return PublicInquiries(place_of(line), shown, shown[-1].id if more else None)


async def public_inquiry(
    db: Reader, *, book: Rulebook, inquiry_id: str, now: datetime, lang: Lang
) -> InquiryPage:
    """Return one inquiry that is on view. Raises not_found for everything else."""
    inquiry = await inquiries.get(db, inquiry_id)
    if inquiry is None:
        raise problems.not_found()
    found = await asked.with_answers(db, [inquiry])
    about = [inquiry.disclosure_id] if inquiry.disclosure_id else []
    rows = {
        d.id: (d, es)
        for d, es in (await editions.village_rows(db, inquiry.division) if about else ())
        if d.id in about
    }
    shown = views([inquiry], found.answers, found.signatures, found.photos, rows, book, now, lang)
    if not shown:
        raise problems.not_found()
    return InquiryPage(place_of(await divisions.line_that_stood(db, inquiry.division)), shown[0])
