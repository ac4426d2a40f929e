"""The village page and its list of disclosures over HTTP."""

from __future__ import annotations

from functools import partial

from server.queries.past_disclosures import PastDisclosures, past_disclosures
from server.queries.village_page import VillagePage, village_page
from server.web.asking import Answer, Ask
from server.web.shelf import Turn, itself, public_answer
from server.web.wire import CategoryKey, Id, In


class PastQuery(In):
    """Everything a village posted, newest first, of one category or all."""

    category: CategoryKey | None = None
    cursor: Id | None = None


async def page_of_village(ask: Ask, code: str) -> tuple[VillagePage, Turn]:
    """Return a village's page in the reader's language, and when time alone changes it."""
    looked = await village_page(
        ask.db, book=ask.house.book, code=code, now=ask.now, lang=ask.lang, demo=ask.house.demo
    )
    page = looked.page
    return page, Turn(page.changes_at, looked.next_lapse, looked.lapsed)


async def get_village(ask: Ask) -> Answer:
    """The village's first screen."""
    code = ask.path["code"]

    async def make() -> tuple[object, Turn]:
        return await page_of_village(ask, code)

    return await public_answer(
        ask, key=("village", code), division=partial(itself, code), make=make
    )


async def list_disclosures(ask: Ask) -> PastDisclosures:
    """Everything a village posted."""
    asked: PastQuery = ask.query
    return await past_disclosures(
        ask.db,
        book=ask.house.book,
        code=ask.path["code"],
        category=asked.category,
        cursor=asked.cursor,
        now=ask.now,
        lang=ask.lang,
    )
