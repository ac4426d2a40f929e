"""Search over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from server.queries.search_disclosures import SearchPage, search_disclosures
from server.storage.search import Scope
from server.web.asking import Ask
from server.web.wire import CategoryKey, DivisionCode, In

# Positions and numbers of records: a column holds no larger one.
Cursor = Annotated[
    str,
    msgspec.Meta(pattern=r"^[0-9]{1,18}$", max_length=18, description="`next` of the page before"),
]
PeriodKey = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


Year = Annotated[int, msgspec.Meta(ge=1950, le=2199, description="periods and events of a year")]


class SearchQuery(In):
    """Words that must all stand in a line; `in` is a division with everything below it."""

    q: str
    inside: DivisionCode | None = msgspec.field(name="in", default=None)
    category: CategoryKey | None = None
    period: PeriodKey | None = None
    year: Year | None = None
    order: Literal["newest", "best"] = "newest"
    cursor: Cursor | None = None


async def find(ask: Ask) -> SearchPage:
    """Search what villagers may read now."""
    asked: SearchQuery = ask.query
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
