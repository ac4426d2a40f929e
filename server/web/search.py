"""Search over HTTP: as JSON, and as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal
from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.problem import Problem
from server.queries.search_disclosures import (
    SearchPage,
    Wider,
    places_around,
    search_disclosures,
    search_wider,
)
from server.queries.village_elsewhere import village_elsewhere
from server.rules.places import Place
from server.storage.search import Scope
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.page_words import Words
from server.web.wire import CategoryKey, DivisionCode, In, PlaceCode

# Positions and numbers of records: a column holds no larger one.
Cursor = Annotated[
    str,
    msgspec.Meta(pattern=r"^[0-9]{1,18}$", max_length=18, description="`next` of the page before"),
]
PeriodKey = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Year = Annotated[int, msgspec.Meta(ge=1950, le=2199, description="periods and events of a year")]
Order = Literal["newest", "best"]


class SearchQuery(In):
    """Words that must all stand in a line; `in` is a division with everything below it."""

    q: str
    inside: DivisionCode | None = msgspec.field(name="in", default=None)
    category: CategoryKey | None = None
    period: PeriodKey | None = None
    year: Year | None = None
    order: Order = "newest"
    cursor: Cursor | None = None


class SearchAddress(msgspec.Struct, kw_only=True):
    """What the page takes; words that others add to an address are passed over."""

    q: str = ""
    division: PlaceCode | None = None
    category: CategoryKey | None = None
    year: Year | None = None
    order: Order = "newest"
    cursor: Cursor | None = None
    view: str | None = None

    def changed(self, **changes: str | None) -> str:
        """Return the address of this search with something changed, from its first page on."""
        said = {
            "q": self.q.strip(),
            "division": self.division,
            "category": self.category,
            "year": self.year,
            "order": None if self.order == "newest" else self.order,
            **changes,
        }
        return "/search?" + urlencode({name: value for name, value in said.items() if value})


class Shown(Struct, frozen=True, kw_only=True):
    """What the page shows: what was asked, where one can look, and what came of it.

    `refused`: why nothing was looked for. `wider`: where there is what was not found here.
    """

    q: str
    division: str | None
    village: Place | None
    places: Sequence[Place]
    where: str
    category: str | None
    year: str | None
    order: Order
    refused: dict[str, str] | None = None
    result: SearchPage | None = None
    wider: Wider | None = None


async def find(ask: Ask) -> SearchPage:
    """Search what villagers may read now."""
    asked: SearchQuery = ask.query
    _in_turn(ask)
    return await search_disclosures(
        ask.db,
        book=ask.house.book,
        q=asked.q,
        scope=Scope(asked.inside, asked.category, asked.period, asked.year),
        order=asked.order,
        cursor=int(asked.cursor) if asked.cursor else None,
        now=ask.now,
        lang=ask.lang,
    )


async def page(ask: Ask) -> Answer:
    """/search: the same for readers. Search engines keep no copy of it."""
    asked: SearchAddress = ask.query
    screen = screen_of(ask.request, ask.now)
    try:
        places = await places_around(ask.db, asked.division) if asked.division else []
    except Problem:
        return await _elsewhere(ask, asked)
    here = next((place for place in places if place.code == asked.division), None)
    shown = Shown(
        q=asked.q.strip(),
        division=asked.division,
        village=next((place for place in places if place.level == "village"), None),
        places=places,
        where=here.name if here else Words(screen.lang, ask.now).say("search.everywhere"),
        category=asked.category,
        year=str(asked.year) if asked.year else None,
        order=asked.order,
    )
    if shown.q:
        _in_turn(ask)
        shown = await _answered(ask, asked, shown)
    return Answer(
        pages.render_search(shown, screen, asked.changed),
        media_type="text/html; charset=utf-8",
        cache="no-cache",
        headers={"X-Robots-Tag": "noindex, nofollow"},
    )


async def _elsewhere(ask: Ask, asked: SearchAddress) -> Answer:
    """Lead a search in a village that is no more to the one that took its place, or else to their township."""
    assert asked.division is not None
    found = await village_elsewhere(ask.db, code=asked.division)
    if found.closed is None or found.near is None:
        raise problems.not_found()
    only = found.successors[0] if len(found.successors) == 1 else found.near
    return Answer(
        status=303, headers={"Location": asked.changed(division=only.code)}, cache="no-cache"
    )


async def _answered(ask: Ask, asked: SearchAddress, shown: Shown) -> Shown:
    scope = Scope(asked.division, asked.category, None, asked.year)
    try:
        result = await search_disclosures(
            ask.db,
            book=ask.house.book,
            q=asked.q,
            scope=scope,
            order=asked.order,
            cursor=int(asked.cursor) if asked.cursor else None,
            now=ask.now,
            lang=ask.lang,
        )
    except Problem as problem:
        # Too little or too much was typed: said beside the box.
        return replace(shown, refused=problem.detail._asdict())
    wider = None
    if not result.total:
        wider = await search_wider(ask.db, book=ask.house.book, q=asked.q, scope=scope, now=ask.now)
    return replace(shown, result=result, wider=wider)


def _in_turn(ask: Ask) -> None:
    wait = ask.house.searches.take(ask.address, ask.now)
    if wait is not None:
        most = int(ask.house.searches.limit.per_minute)
        raise problems.too_many_searches(most=most, retry_after=wait)
