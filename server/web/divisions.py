"""Divisions over HTTP: choose, search, look below."""

from __future__ import annotations

from typing import Annotated

import msgspec

from server.queries.division_tree import DivisionList, DivisionPage, division_page, search_divisions
from server.web.asking import Ask
from server.web.wire import In, Limit, PlaceCode


class DivisionQuery(In):
    """`q` is part of a name or pinyin initials; `parent` narrows to what lies under a division."""

    q: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    parent: PlaceCode | None = None
    limit: Limit = 20
    cursor: PlaceCode | None = None


async def list_divisions(ask: Ask) -> DivisionList:
    """Search divisions, or list the children of one."""
    asked: DivisionQuery = ask.query
    return await search_divisions(
        ask.db,
        q=(asked.q or "").strip() or None,
        parent=asked.parent,
        limit=asked.limit,
        cursor=asked.cursor,
    )


async def get_division(ask: Ask) -> DivisionPage:
    """One division with what lies directly under it."""
    return await division_page(ask.db, code=ask.path["code"])
