"""Everything a village ever posted that the public may still read, newest first."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules.cards import NoticeCard, notice_card
from server.rules.owners import OWNERS
from server.rules.places import Place, place_of
from server.rules.rulebook import Rulebook
from server.rules.values import Lang
from server.storage import divisions, editions
from server.storage.database import Reader

PAGE = 30


class TakenOver(Struct, frozen=True):
    """A closed village under the name that it had, marked."""

    code: str
    name: str


class PastDisclosures(Struct, frozen=True):
    """A page of notice cards; `next` is the cursor of the following page.

    `took_over`: the closed villages that were merged into this one, whose own pages go on.
    """

    division: Place
    items: tuple[NoticeCard, ...]
    next: str | None
    took_over: tuple[TakenOver, ...]


async def past_disclosures(
    db: Reader,
    *,
    book: Rulebook,
    code: str,
    category: str | None,
    cursor: str | None,
    now: datetime,
    lang: Lang,
) -> PastDisclosures:
    """Return a page of a village's or a group's disclosures, of a closed one too. Raises not_found for what never was a village."""
    line = await divisions.line_that_stood(db, code)
    if not line or line[-1].level not in OWNERS:
        raise problems.not_found()
    rows = await editions.village_rows(db, code, category=category)
    cards = [card for d, es in rows if (card := notice_card(d, es, book, now, lang))]
    cards.sort(key=lambda c: (c.opened_at or now, c.disclosure_id), reverse=True)
    start = next((i + 1 for i, c in enumerate(cards) if c.disclosure_id == cursor), 0)
    shown = cards[start : start + PAGE]
    more = start + PAGE < len(cards)
    names = await divisions.names(db, await divisions.taken_over(db, code))
    return PastDisclosures(
        place_of(line),
        tuple(shown),
        shown[-1].disclosure_id if more else None,
        tuple(TakenOver(each, name) for each, name in sorted(names.items())),
    )
