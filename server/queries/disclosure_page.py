"""One disclosure as the public reads it: the sheet, its window, its editions, who signed, what the wall showed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import plans_beside
from server.rules.cards import public_edition
from server.rules.categories import Category
from server.rules.disclosure_pages import (
    DisclosurePage,
    PhotoView,
    ReviewLine,
    assembled,
    neighbours,
)
from server.rules.disclosures import Disclosure, Edition, EditionHead
from server.rules.inquiry_lines import lines_of
from server.rules.inquiry_views import Notices, PublicInquiry, views
from server.rules.places import place_of
from server.rules.privacy import public_content
from server.rules.reviewing import BODIES, signed_for
from server.rules.rulebook import Rulebook, period_of
from server.rules.sheets import sheet_for
from server.rules.tombstones import ending_of, expired_editions
from server.rules.values import Lang
from server.rules.windows import Visibility, is_told, readable_through, visibility
from server.storage import (
    accounts,
    asked,
    disclosures,
    divisions,
    editions,
    photos,
    ratings,
    reviews,
)
from server.storage.database import Reader
from server.storage.photos import PhotoUse
from server.storage.reviews import Review

# The words of a line that was asked about are kept as the village wrote them.
ASKED_IN: Lang = "zh"


async def disclosure_page(
    db: Reader,
    *,
    book: Rulebook,
    disclosure_id: str,
    number: int | None,
    now: datetime,
    lang: Lang,
    demo: bool,
) -> DisclosurePage:
    """Return the page of the standing edition, or of edition `number` when it is public.

    Raises notice_ended or notice_no_longer_public for what was on show and is no longer read by anybody; edition_not_there
    or edition_no_longer_public where the public may read other editions of it; not_found for what the public may not see
    or never could.
    """
    disclosure = await disclosures.get(db, disclosure_id)
    if disclosure is None:
        raise problems.not_found()
    of_category = await editions.village_rows(db, disclosure.division, category=disclosure.category)
    rows = {d.id: (d, es) for d, es in of_category}
    heads = rows[disclosure_id][1]
    line = await divisions.line_that_stood(db, disclosure.division)
    edition = _chosen(heads, book, disclosure, number, now)
    if edition is None or edition.opens_at is None or edition.number is None:
        if number is not None:
            _refuse_edition(heads, book, disclosure, number, now)
        ending = ending_of(disclosure, heads, line, book, now)
        raise problems.not_found() if ending is None else problems.notice_over(ending)
    beside = neighbours(rows, book, disclosure, now)
    gone = visibility(edition, book.schedule_of(disclosure).display, now) is Visibility.WITHDRAWN
    of_plans = None if gone else plans_beside.category_beside(book, disclosure, edition)
    planned = (
        await editions.village_rows(db, disclosure.division, category=of_plans) if of_plans else []
    )
    plans, plans_turn = plans_beside.public_plans(planned, book, now)
    year = plans_beside.year_so_far(rows, book, disclosure, edition, now) if plans else {}
    others = (*(each for each in beside if each), *plans)
    wanted = {edition.id, *(e.id for _, e in others), *(e.id for e in year.values())}
    found = {} if gone else await editions.get_many(db, wanted)
    uses = {} if gone else await photos.for_editions(db, [edition.id])
    found_asked = (
        () if gone else await _asked(db, book, rows, disclosure, found[edition.id], now, lang)
    )
    signed = await reviews.for_editions(db, [edition.id])
    author = await accounts.get(db, edition.submitted_by)
    page = assembled(
        rows,
        book,
        disclosure,
        edition,
        now,
        lang,
        beside=beside,
        contents={key: each.content for key, each in found.items()},
        division=place_of(line),
        signed=tuple(
            _review_line(r, book.categories[disclosure.category])
            for r in signed.get(edition.id, [])
            if r.decision == "approve"
        ),
        shown=_photos(uses.get(edition.id, [])),
        author=author.name if author else "",
        demo=demo,
        inquiries=found_asked,
        plan=plans_beside.laid(book, disclosure, edition, plans, year, found, lang),
        rated=None if gone else await ratings.tallied(db, disclosure_id),
    )
    if page is None:
        raise problems.not_found()
    turns = [m for m in (page.changes_at, plans_turn) if m is not None]
    return replace(page, changes_at=min(turns, default=None))


async def _asked(
    db: Reader,
    book: Rulebook,
    rows: Notices,
    disclosure: Disclosure,
    edition: Edition,
    now: datetime,
    lang: Lang,
) -> tuple[PublicInquiry, ...]:
    """Return what was asked about a notice. After a correction another line may stand where one was asked about."""
    found = await asked.on_view(db, disclosure.division, disclosure.id)
    shown = views(
        found.inquiries, found.answers, found.signatures, found.photos, rows, book, now, lang
    )
    if not any(each.pointer for each in shown):
        return shown
    category = book.categories[disclosure.category]
    view = book.papers[category.key, edition.schema_version].view
    content = public_content(category, edition.content)
    lines = lines_of(
        sheet_for(
            category, view, content, ASKED_IN, period=period_of(disclosure), calendar=book.calendar
        )
    )
    return tuple(
        each
        if each.pointer and lines.get(each.pointer) == each.line
        else replace(each, pointer=None)
        for each in shown
    )


def _review_line(review: Review, category: Category) -> ReviewLine:
    by = signed_for(review.step, category.publisher)
    return ReviewLine(
        review.decided_at, review.reviewer_name, by, BODIES[by], review.post, review.points
    )


def _chosen(
    of_disclosure: Sequence[EditionHead],
    book: Rulebook,
    disclosure: Disclosure,
    number: int | None,
    now: datetime,
) -> EditionHead | None:
    if number is None:
        return public_edition(of_disclosure, book, disclosure, now)
    return _readable(of_disclosure, book, disclosure, now).get(number)


def _refuse_edition(
    heads: Sequence[EditionHead], book: Rulebook, disclosure: Disclosure, number: int, now: datetime
) -> None:
    """Raise why one edition is not read where another may be."""
    readable = sorted(_readable(heads, book, disclosure, now))
    if not readable:
        return
    expired = expired_editions(disclosure, heads, book, now).get(number)
    until = readable_through(expired, book.schedule_of(disclosure).display) if expired else None
    if until is not None:
        raise problems.edition_no_longer_public(edition=number, until=until, editions=readable)
    raise problems.edition_not_there(edition=number, editions=readable)


def _readable(
    of_disclosure: Sequence[EditionHead], book: Rulebook, disclosure: Disclosure, now: datetime
) -> dict[int, EditionHead]:
    """Return the editions that the public may read or read about now, by number."""
    display = book.schedule_of(disclosure).display
    return {
        edition.number: edition
        for edition in of_disclosure
        if edition.number is not None and is_told(visibility(edition, display, now))
    }


def _photos(uses: Sequence[PhotoUse]) -> tuple[PhotoView, ...]:
    return tuple(
        PhotoView(p.sha256, p.role, p.caption, p.pointer, p.width, p.height, p.received_at)
        for p in uses
    )
