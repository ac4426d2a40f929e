"""How a list of the desk is asked for: what its lines hold, in which order, which page; and all of it as a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated, Protocol, TypeVar

import msgspec

from server import problems
from server.problems import Say
from server.rules.listing import Sort, Wanted
from server.rules.values import Text
from server.web.asking import Answer, Ask
from server.web.csv_files import csv_file
from server.web.wire import In, Position

MOST_LINES = 20_000
# So many lines are read at once for a file.
AT_ONCE = 500


class Paged(Protocol):
    """A page of a list, which says where the following one begins."""

    @property
    def next(self) -> str | None:
        """The cursor of the following page; None after the last."""


Page = TypeVar("Page", bound=Paged)


class ListQuery(In):
    """Lines that hold `q`: in their words, in the names of their places and kinds; and in which order they come."""

    q: Annotated[str, msgspec.Meta(max_length=60)] = ""
    sort: Sort = "usual"

    def wanted(self) -> Wanted:
        """Return what is wanted of the list."""
        return Wanted(self.q.strip(), self.sort)


class ListPageQuery(ListQuery):
    """Likewise, in pages."""

    cursor: Position | None = None


async def every_line(
    read: Callable[[str | None], Awaitable[Page]],
    lines: Callable[[Page], Iterable[tuple[object, ...]]],
) -> list[tuple[object, ...]]:
    """Return a row for every line of a list, page by page. Raises parameter_not_valid beyond MOST_LINES."""
    rows: list[tuple[object, ...]] = []
    cursor: str | None = None
    while True:
        page = await read(cursor)
        rows += lines(page)
        cursor = page.next
        if len(rows) > MOST_LINES:
            raise problems.parameter_not_valid(
                "q",
                Say(
                    f"一次最多导出 {MOST_LINES} 条，这里不止。请先查找，分几次导出",
                    f"at most {MOST_LINES} lines leave at once, and there are more; search first, and export in parts",
                ),
            )
        if cursor is None:
            return rows


def list_file(
    ask: Ask, name: str, heads: Iterable[Text], rows: Iterable[tuple[object, ...]]
) -> Answer:
    """Return a list of my area as a file for a spreadsheet, under its name, my area and the day."""
    head = tuple(each.pick(ask.lang) for each in heads)
    return csv_file([head, *rows], f"{name}-{ask.me.division}-{ask.now:%Y%m%d}.csv")
