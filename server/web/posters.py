"""Posters over HTTP: the sheet for the wall as a page to print and as a PDF, from one layout."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Literal

import anyio
import anyio.to_thread
import msgspec

from server import problems
from server.external import poster_pdf
from server.queries.submissions import submission_page
from server.rules.disclosure_pages import DisclosurePage
from server.rules.poster_formats import format_of
from server.rules.short_links import sheet_signs
from server.storage import office_phones, short_links
from server.web import pages
from server.web.answers import public_url, screen_of
from server.web.asking import Answer, Ask
from server.web.disclosures import division_of, page_of
from server.web.page_words import Words
from server.web.poster_layout import Poster, document_of, groups, poster_of
from server.web.shelf import Turn, public_answer

HTML = "text/html; charset=utf-8"
# A poster takes a second of a processor; whoever waits for one holds no thread that others need.
AT_ONCE = 1

_limit: anyio.CapacityLimiter | None = None


class PosterQuery(msgspec.Struct, kw_only=True):
    """On which paper, which way round, and whether with every entry. Chat apps add words of their own to shared addresses: they are passed over."""

    paper: Literal["a3", "a4"] = "a4"
    way: Literal["portrait", "landscape"] = "portrait"
    entries: Literal["no", "yes"] = "no"


async def poster(ask: Ask) -> Answer:
    """/d/{id}/poster: the sheets for the wall, each as it is printed."""
    disclosure_id, screen = ask.path["id"], screen_of(ask.request, ask.now)

    async def make() -> tuple[object, Turn]:
        page, short = await _published(ask, disclosure_id)
        return await poster_html(ask, page, short=short), Turn(page.changes_at)

    return await public_answer(
        ask,
        key=("poster", disclosure_id, screen.view, screen.path, screen.public_url),
        division=partial(division_of, ask, disclosure_id),
        make=make,
        media_type=HTML,
    )


async def poster_ahead(ask: Ask) -> Answer:
    """The sheets of what was approved and is not open yet, for whoever may see it at work: to hang on the day itself.

    They are the sheets that the public address has from its opening on; then this one shows them as well.
    """
    page, short, opens_at = await _ahead(ask)
    html = await poster_html(ask, page, opens_at, short=short, ahead=opens_at)
    return Answer(html, media_type=HTML, cache="no-store")


async def poster_ahead_pdf(ask: Ask) -> Answer:
    """The same sheets as a PDF. Painted anew each time, and kept nowhere."""
    page, short, opens_at = await _ahead(ask)
    data = await _pdf(ask, page, opens_at or ask.now, short)
    return Answer(
        data,
        media_type=poster_pdf.MEDIA_TYPE,
        cache="no-store",
        headers=_named(ask.path["id"], ask.query),
    )


async def _ahead(ask: Ask) -> tuple[DisclosurePage, str | None, datetime | None]:
    """Return what the public reads of a submission from its opening on, the signs of its sheets, and when it opens.

    None: it is open. Raises not_found for what was not approved, and for whom it is not there to see.
    """
    seen = await submission_page(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        submission_id=ask.path["id"],
        now=ask.now,
        lang=ask.lang,
    )
    line = seen.line
    if line.stage == "open":
        return (*await _published(ask, line.disclosure_id), None)
    if line.stage != "scheduled" or line.opens_at is None:
        raise problems.not_found()
    return (*await _published(ask, line.disclosure_id, line.opens_at), line.opens_at)


async def get_poster_pdf(ask: Ask) -> Answer:
    """/d/{id}/poster.pdf: the same sheets as a PDF, with the fonts inside."""
    asked: PosterQuery = ask.query
    disclosure_id = ask.path["id"]

    async def make() -> tuple[object, Turn]:
        page, short = await _published(ask, disclosure_id)
        return await _pdf(ask, page, ask.now, short), Turn(page.changes_at)

    return await public_answer(
        ask,
        key=(
            "poster.pdf",
            disclosure_id,
            asked.paper,
            asked.way,
            asked.entries,
            public_url(ask.request),
        ),
        division=partial(division_of, ask, disclosure_id),
        make=make,
        media_type=poster_pdf.MEDIA_TYPE,
        headers=_named(disclosure_id, asked),
        packed=True,
    )


async def _pdf(ask: Ask, page: DisclosurePage, now: datetime, short: str | None) -> bytes:
    """Return the poster of a page as a PDF. Raises no_chinese_font."""
    folder = ask.house.settings.fonts
    document = document_of(await _laid_out(ask, page, ask.query, now, short), Words(ask.lang, now))
    try:
        return await painted(partial(poster_pdf.paint, document, folder))
    except poster_pdf.NoChineseFont:
        raise problems.no_chinese_font(str(folder)) from None


def _named(of: str, asked: PosterQuery) -> dict[str, str]:
    return {"Content-Disposition": f'inline; filename="{of}-{asked.paper}-{asked.way}.pdf"'}


async def painted(paint: Callable[[], bytes]) -> bytes:
    """Return what a painter makes: one at a time, off the event loop."""
    global _limit
    _limit = _limit or anyio.CapacityLimiter(AT_ONCE)
    return await anyio.to_thread.run_sync(paint, limiter=_limit)


async def poster_html(
    ask: Ask,
    page: DisclosurePage,
    now: datetime | None = None,
    *,
    short: str | None = None,
    ahead: datetime | None = None,
) -> str:
    """Return the poster of a page as HTML. `short`: the signs of its sheets, which a preview does not have yet.

    `ahead`: when it opens, where it is printed before.
    """
    asked = ask.query if isinstance(ask.query, PosterQuery) else PosterQuery()
    now = now or ask.now
    made = await _laid_out(ask, page, asked, now, short)
    sheets = [groups(sheet) for sheet in made.sheets]
    return pages.render_poster(page, screen_of(ask.request, now), made, sheets, ahead)


async def _laid_out(
    ask: Ask, page: DisclosurePage, asked: PosterQuery, now: datetime, short: str | None
) -> Poster:
    """Return a page's poster. A roster of a thousand lines takes a moment: not on the event loop."""
    phone = await _phone(ask, page.division.code)
    return await anyio.to_thread.run_sync(
        partial(
            poster_of,
            page,
            ask.house.book.categories[page.card.category],
            format_of(asked.paper, asked.way),
            Words(ask.lang, now),
            origin=public_url(ask.request),
            short=short,
            entries=asked.entries == "yes",
            office=phone,
        )
    )


async def _phone(ask: Ask, code: str) -> str:
    """Return whom to call with doubts about a village's notice: the township, else the village, else the county; '' is nobody."""
    village, township, county = code[:12], f"{code[:9]}000", f"{code[:6]}000000"
    found = await office_phones.of(ask.db, [village, township, county])
    return found.get(township) or found.get(village) or found.get(county, "")


async def _published(
    ask: Ask, disclosure_id: str, at: datetime | None = None
) -> tuple[DisclosurePage, str | None]:
    """Return what the public reads of a notice at a moment, now by default, and the signs of its sheets.

    Raises not_found without content.
    """
    page = await page_of(ask, disclosure_id, None, at)
    if page.sheet is None:
        raise problems.not_found()
    notice = await short_links.of(ask.db, disclosure_id)
    return page, notice and sheet_signs(notice, page.edition, page.content_hash)
