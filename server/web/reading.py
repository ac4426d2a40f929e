"""Public addresses: every one answers HTML with the notice already inside."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec

from server import problems
from server.problems import Problem
from server.queries.division_tree import DivisionPage, division_page, search_divisions
from server.queries.edition_difference import edition_difference
from server.queries.past_disclosures import past_disclosures
from server.queries.short_link import short_link
from server.queries.village_elsewhere import village_elsewhere
from server.rules.cards import disclosure_id_of
from server.rules.disclosure_pages import DisclosurePage
from server.rules.periods import local_date
from server.rules.places import Place
from server.rules.short_links import paper_mark, read_paper
from server.web import pages
from server.web.answers import in_words, screen_of, wants_page
from server.web.asking import Answer, Ask
from server.web.counting import seen
from server.web.disclosures import division_of, page_in_full, page_of
from server.web.shelf import Turn, itself, public_answer
from server.web.villages import page_of_village
from server.web.wire import CategoryKey, DivisionCode, Id, Number

HTML = "text/html; charset=utf-8"
_OTHER_EDITIONS = {"edition-not-there", "edition-no-longer-public"}


class PageQuery(msgspec.Struct, kw_only=True):
    """What any page takes. Chat apps add words of their own to shared addresses: they are passed over."""

    view: str | None = None


class ChoosePage(PageQuery):
    """A search by name or initials, or (`in`) the division whose children are listed."""

    q: str | None = None
    inside: DivisionCode | None = msgspec.field(name="in", default=None)


class PastPage(PageQuery):
    """A village's past, of one category or all."""

    category: CategoryKey | None = None
    cursor: Id | None = None


class EditionPage(PageQuery):
    """Which edition to read; the standing one by default. `paper`: the sheet that was scanned, as '2-K4P'."""

    edition: Number | None = None
    paper: str | None = None


class DifferencePage(PageQuery):
    """Which editions to compare."""

    before: Number
    after: Number


async def choose(ask: Ask) -> Answer:
    """Choose or search a village."""
    asked: ChoosePage = ask.query
    q, inside = (asked.q or "").strip()[:40], asked.inside
    found = await search_divisions(ask.db, q=q, parent=None, limit=50, cursor=None) if q else None
    here = await division_page(ask.db, code=inside) if inside else await _first_fork(ask)
    top = (
        here.children
        if here
        else (await search_divisions(ask.db, q=None, parent=None, limit=50, cursor=None)).items
    )
    line = (
        []
        if here is None
        else [{"code": c, "name": n} for c, n in _trail(here.division.code, here.division.path)]
    )
    page = {
        "q": q,
        "items": found.items if found else None,
        "place": here.division if here else None,
        "ancestors": line,
        "children": top,
    }
    return Answer(
        pages.render_choose(page, screen_of(ask.request, ask.now)),
        media_type=HTML,
        cache="no-cache",
    )


async def _first_fork(ask: Ask) -> DivisionPage | None:
    """Return the first division from the top that has more than one below it; None when there are several tops."""
    found = (await search_divisions(ask.db, q=None, parent=None, limit=2, cursor=None)).items
    here = None
    while len(found) == 1 and found[0].level != "village":
        here = await division_page(ask.db, code=found[0].code)
        found = here.children
    return here


def _trail(code: str, path: tuple[str, ...]) -> list[tuple[str, str]]:
    ends = (2, 4, 6, 9)
    return [(code[:end].ljust(12, "0"), name) for end, name in zip(ends, path, strict=False)]


async def village(ask: Ask) -> Answer:
    """/v/{code}: a village's first screen."""
    code, screen = ask.path["code"], screen_of(ask.request, ask.now)

    async def make() -> tuple[object, Turn]:
        page, turn = await page_of_village(ask, code)
        return pages.render_village(page, screen), turn

    try:
        return await public_answer(
            ask,
            key=("v", code, screen.view, screen.path, screen.public_url),
            division=partial(itself, code),
            make=make,
            media_type=HTML,
            views="village",
        )
    except Problem as problem:
        if problem.slug not in {"not-found", "village-closed"} or not wants_page(ask.request):
            raise
        found = await village_elsewhere(ask.db, code=code)
        page = pages.render_elsewhere(found, in_words(problem), screen)
        return Answer(page, problem.status, media_type=HTML, cache="no-store")


async def past(ask: Ask) -> Answer:
    """/v/{code}/past: everything a village posted."""
    asked: PastPage = ask.query
    found = await past_disclosures(
        ask.db,
        book=ask.house.book,
        code=ask.path["code"],
        category=asked.category,
        cursor=asked.cursor,
        now=ask.now,
        lang=ask.lang,
    )
    seen(ask, found.division.code, "more")
    page = {
        "division": found.division,
        "items": found.items,
        "next": found.next,
        "took_over": found.took_over,
        "category": asked.category,
        "categories": _in_use(ask, found.division.code),
    }
    return Answer(
        pages.render_past(page, screen_of(ask.request, ask.now)), media_type=HTML, cache="no-cache"
    )


async def data(ask: Ask) -> Answer:
    """/v/{code}/data: feeds, calendars and files of a village, and of its township."""
    here = await division_page(ask.db, code=ask.path["code"])
    village = here.division
    if village.level != "village":
        raise problems.not_found()
    year = local_date(ask.now).year
    page = {
        "division": village,
        "places": [village, *_township(village)],
        "categories": _in_use(ask, village.code),
        "years": [year, year - 1],
    }
    return Answer(
        pages.render_data(page, screen_of(ask.request, ask.now)), media_type=HTML, cache="no-cache"
    )


def _in_use(ask: Ask, code: str) -> list[dict[str, Any]]:
    """Return what can be chosen of: the categories that are in use in a place today."""
    found = ask.house.book.in_use(code, local_date(ask.now))
    return [{"key": c.key, "name": c.name} for c in found]


def _township(village: Place) -> list[dict[str, str]]:
    code = f"{village.code[:9]}000"
    return [{"code": code, "name": village.path[-1]}] if village.path else []


async def disclosure(ask: Ask) -> Answer:
    """/d/{id}: one notice."""
    asked: EditionPage = ask.query
    disclosure_id, screen = ask.path["id"], screen_of(ask.request, ask.now)
    paper = read_paper(asked.paper)

    async def make() -> tuple[object, Turn]:
        page, turn = await page_in_full(ask, disclosure_id, asked.edition)
        mark = paper_mark(paper, page.editions, page.card.edition) if paper else None
        return pages.render_disclosure(page, screen, mark), turn

    try:
        return await public_answer(
            ask,
            key=("d", disclosure_id, screen.view, screen.path, screen.public_url),
            division=partial(division_of, ask, disclosure_id),
            make=make,
            media_type=HTML,
            views="notice",
        )
    except Problem as problem:
        if problem.slug not in _OTHER_EDITIONS or not wants_page(ask.request):
            raise
        page = await page_of(ask, disclosure_id, None)
        text = pages.render_editions(_editions(page, in_words(problem)), screen)
        return Answer(text, problem.status, media_type=HTML, cache="no-store")


async def editions(ask: Ask) -> Answer:
    """/d/{id}/editions: every edition with its time and reason."""
    page = await page_of(ask, ask.path["id"], None)
    seen(ask, page.division.code, "more")
    return Answer(
        pages.render_editions(_editions(page), screen_of(ask.request, ask.now)),
        media_type=HTML,
        cache="no-cache",
    )


def _editions(page: DisclosurePage, problem: object = None) -> dict[str, object]:
    return {
        "card": page.card,
        "division": page.division,
        "items": page.editions,
        "problem": problem,
    }


async def plan(ask: Ask) -> Answer:
    """/d/{id}/plan: an account beside the year's plan, where the village published one."""
    page = await page_of(ask, ask.path["id"], None)
    if page.plan is None or page.sheet is None:
        raise problems.not_found()
    seen(ask, page.division.code, "more")
    return Answer(
        pages.render_plan(page, screen_of(ask.request, ask.now)), media_type=HTML, cache="no-cache"
    )


async def difference(ask: Ask) -> Answer:
    """/d/{id}/difference: what changed between two editions."""
    asked: DifferencePage = ask.query
    page = await page_of(ask, ask.path["id"], None)
    found = await edition_difference(
        ask.db,
        book=ask.house.book,
        disclosure_id=ask.path["id"],
        before=asked.before,
        after=asked.after,
        now=ask.now,
        lang=ask.lang,
    )
    seen(ask, page.division.code, "more")
    numbered = {e.number: e for e in page.editions}
    shown = {
        "card": page.card,
        "division": page.division,
        "before": numbered[asked.before],
        "after": numbered[asked.after],
        "reason": found.reason,
        "changes": found.changes,
        "editions": page.editions,
        "hides_at": found.hides_at,
    }
    return Answer(
        pages.render_difference(shown, screen_of(ask.request, ask.now)),
        media_type=HTML,
        cache="no-cache",
    )


async def board(ask: Ask) -> Answer:
    """/C/{place}: what the QR code on a board holds; a village's code or a disclosure's short code."""
    place = ask.path["place"]
    if len(place) in (12, 14) and place.isdigit():
        return _to(f"/v/{place}")
    if (found := disclosure_id_of(place)) is not None:
        return _to(f"/d/{found}")
    raise problems.not_found()


async def short(ask: Ask) -> Answer:
    """/s/{short}: a permanent short link; a sheet of paper is shown beside what stands today."""
    found = await short_link(ask.db, book=ask.house.book, signs=ask.path["short"], now=ask.now)
    paper = f"?paper={found.paper}" if found.paper else ""
    return _to(f"/d/{found.disclosure_id}{paper}")


def _to(address: str) -> Answer:
    return Answer(status=303, headers={"Location": address}, cache="no-cache")


async def offline(ask: Ask) -> Answer:
    """/offline: what the service worker shows when it has kept nothing."""
    return Answer(
        pages.render_offline(screen_of(ask.request, ask.now)), media_type=HTML, cache="no-cache"
    )


async def staff(ask: Ask) -> Answer:
    """/app and below: where the staff screens start."""
    return Answer(
        pages.render_staff_shell(screen_of(ask.request, ask.now)), media_type=HTML, cache="no-cache"
    )


async def kiosk(ask: Ask) -> Answer:
    """/kiosk: where a query point starts; its own worker keeps it from then on."""
    return Answer(
        pages.render_kiosk_shell(screen_of(ask.request, ask.now)), media_type=HTML, cache="no-cache"
    )
