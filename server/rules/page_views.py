"""How often a village's pages are opened: numbers by day and kind of page, and nothing of who opened them.

No address, no cookie and no name of a device is kept, not even for a moment: an answer is looked at for whether a person
asked for it, and a number goes up. A view is a page that was handed out, a 304 among them: whoever has the page already
reads it all the same. HEAD, what a browser fetches ahead, robots that say so, and people at work are no views.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final, Literal

from msgspec import Struct

from server.rules.periods import day_start, local_date, next_midnight
from server.rules.values import Text

Kind = Literal["village", "notice", "more"]
Page = tuple[str, Kind]
"""Whose page, and of which kind."""

KINDS: Final[Mapping[Kind, Text]] = {
    "village": Text("村的首页", "village's first page"),
    "notice": Text("一项公开", "notice"),
    "more": Text("往期、答复等", "past notices, answers"),
}
# A day with fewer is told as "<5": so few are people one might know.
FEW: Final = 5
# Headers that tell whether a person reads: the browser's word on fetching ahead, and what sort of program it is.
TELLING: Final = frozenset({b"sec-purpose", b"purpose", b"x-moz", b"user-agent"})
_BROWSERS: Final = ("mozilla/", "opera/")


def by_a_person(said: Sequence[bytes]) -> bool:
    """Say whether a request whose telling headers have these values comes from somebody who reads.

    A browser says what it is and nothing else; with a second word it fetches ahead of what somebody may want. Robots
    nearly all leave an address (+http://…). One that calls itself a browser and nothing more counts.
    """
    if len(said) != 1:
        return False
    # As text: looking for a word in bytes takes five times as long, and this is asked of every page.
    words = said[0].decode("latin-1").lower()
    return (
        words.startswith(_BROWSERS)
        and "http" not in words
        and "spider" not in words
        and ("bot" not in words or "cubot" in words)  # a make of telephones
    )


class Views(Struct, frozen=True):
    """So many views of a kind of a village's pages on a day."""

    division: str
    day: date
    kind: Kind
    views: int


class ViewCounter:
    """Numbers in memory, by page and day, until somebody takes them to be written down."""

    def __init__(self) -> None:
        self._today: dict[Page, int] = {}
        self._past: dict[tuple[Page, date], int] = {}
        self._day = date.min
        self._begins = self._ends = datetime.min.replace(tzinfo=UTC)

    def add(self, page: Page, now: datetime) -> None:
        """Count one view of a page."""
        if not self._begins <= now < self._ends:
            self._turn(now)
        self._today[page] = self._today.get(page, 0) + 1

    def taken(self) -> list[Views]:
        """Return what was counted since the last time, and begin at nothing."""
        self._put_by()
        found = [Views(page[0], day, page[1], count) for (page, day), count in self._past.items()]
        self._past = {}
        return found

    def put_back(self, views: Iterable[Views]) -> None:
        """Keep what could not be written down for the next time."""
        for one in views:
            self._keep((one.division, one.kind), one.day, one.views)

    def _turn(self, now: datetime) -> None:
        self._put_by()
        self._day = local_date(now)
        self._begins, self._ends = day_start(self._day), next_midnight(now)

    def _put_by(self) -> None:
        for page, count in self._today.items():
            self._keep(page, self._day, count)
        self._today = {}

    def _keep(self, page: Page, day: date, count: int) -> None:
        self._past[page, day] = self._past.get((page, day), 0) + count


def few(views: int) -> str:
    """Return a number of views as it is shown: '<5' where they are few."""
    return str(views) if views >= FEW or views == 0 else f"<{FEW}"
