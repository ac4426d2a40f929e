"""What was made public and holds what somebody looks for, with how it spreads over categories, periods and places.

Candidates come from the index; whether one may be shown now is judged like on every other surface, by its edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from server import problems
from server.rules import searching
from server.rules.cards import public_edition, title_of
from server.rules.disclosures import Disclosure, EditionHead
from server.rules.periods import label
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook, period_of
from server.rules.searching import Piece
from server.rules.values import Lang, Text
from server.rules.windows import is_public, visibility
from server.storage import disclosures, divisions, editions, search
from server.storage.database import Reader
from server.storage.search import Found, Scope

Order = Literal["newest", "best"]
PAGE = 20
# So many of the newest records are looked at for one answer; counts stop there.
CANDIDATES = 1000


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A line that holds what was looked for; `pointer` is where it stands in the content, '' the title."""

    disclosure_id: str
    title: str
    division: str
    division_name: str
    category: str
    period: str
    edition: int
    opened_at: datetime
    pointer: str
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """How many hits lie in a category, a period or a division."""

    key: str
    label: Text
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Where the hits lie, each list with the fullest first."""

    categories: tuple[Facet, ...]
    periods: tuple[Facet, ...]
    divisions: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of hits; `total` counts from here on, and there are `more` where it stopped counting."""

    q: str
    total: int
    more: bool
    items: tuple[SearchHit, ...]
    facets: Facets
    next: str | None


Shown = tuple[Found, Disclosure, EditionHead]


async def search_disclosures(
    db: Reader,
    *,
    book: Rulebook,
    q: str,
    scope: Scope,
    order: Order,
    cursor: int | None,
    now: datetime,
    lang: Lang,
) -> SearchPage:
    """Return a page of what may be read now. `cursor`: where the page before ended.

    Newest first means as it was filed. Best first puts titles before lines and short lines before long ones, among the
    newest records. Raises search_too_short and search_too_long.
    """
    terms, asked = _read(q)
    newest = order == "newest"
    found = await search.find(
        db,
        terms=terms,
        asked=asked,
        scope=scope,
        now=now,
        before=cursor if newest else None,
        limit=CANDIDATES + 1,
    )
    shown = await _public(db, book, found[:CANDIDATES], now)
    start = 0 if newest else cursor or 0
    if not newest:
        shown.sort(key=lambda each: (each[0].pointer != "", len(each[0].text), -each[0].id))
    page = shown[start : start + PAGE]
    cut = len(found) > CANDIDATES
    if newest:
        last = page[-1][0].id if len(shown) > PAGE else found[CANDIDATES - 1].id if cut else None
    else:
        last = start + PAGE if len(shown) > start + PAGE else None
    names = await divisions.names(db, {each.division for each, _, _ in shown})
    return SearchPage(
        q=" ".join(terms),
        total=len(shown),
        more=cut,
        items=tuple(_hit(each, names, book, terms, lang) for each in page),
        facets=_facets(shown, names, book),
        next=None if last is None else str(last),
    )


def _read(q: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    typed = q.strip()
    if len(typed) > searching.MOST:
        raise problems.search_too_long(count=len(typed), most=searching.MOST)
    terms = searching.terms(typed)
    asked = searching.asked(terms)
    longest = max(map(len, asked), default=min(1, len(typed)))
    if longest < searching.LEAST:
        raise problems.search_too_short(count=longest, least=searching.LEAST)
    return terms, asked


async def _public(db: Reader, book: Rulebook, found: Sequence[Found], now: datetime) -> list[Shown]:
    """Return those records whose edition is the one that the public reads now."""
    ids = {each.disclosure_id for each in found}
    of = await disclosures.get_many(db, ids)
    heads = await editions.heads_for_disclosures(db, ids)
    seen: dict[str, EditionHead] = {}
    for key, disclosure in of.items():
        edition = public_edition(heads.get(key, []), book, disclosure, now)
        display = book.schedule_of(disclosure).display
        if edition is not None and is_public(visibility(edition, display, now)):
            seen[edition.id] = edition
    return [
        (each, of[each.disclosure_id], seen[each.edition_id])
        for each in found
        if each.edition_id in seen
    ]


def _hit(
    shown: Shown, names: dict[str, str], book: Rulebook, terms: Sequence[str], lang: Lang
) -> SearchHit:
    found, disclosure, edition = shown
    assert edition.opens_at is not None
    assert edition.number is not None
    return SearchHit(
        disclosure_id=disclosure.id,
        title=title_of(book.categories[disclosure.category], period_of(disclosure), lang),
        division=disclosure.division,
        division_name=spoken_name(names.get(disclosure.division, disclosure.division)),
        category=disclosure.category,
        period=disclosure.period_key,
        edition=edition.number,
        opened_at=edition.opens_at,
        pointer=found.pointer,
        excerpt=searching.excerpt(found.text, terms),
    )


def _facets(shown: Sequence[Shown], names: dict[str, str], book: Rulebook) -> Facets:
    labels = {d.period_key: label(period_of(d)) for _, d, _ in shown}
    places = {code: spoken_name(name) for code, name in names.items()}
    return Facets(
        categories=_counted(
            [d.category for _, d, _ in shown], {k: c.name for k, c in book.categories.items()}
        ),
        periods=_counted([d.period_key for _, d, _ in shown], labels),
        divisions=_counted(
            [d.division for _, d, _ in shown], {k: Text(n, n) for k, n in places.items()}
        ),
    )


def _counted(keys: Sequence[str], labels: dict[str, Text]) -> tuple[Facet, ...]:
    counts = sorted(Counter(keys).items(), key=lambda each: (-each[1], each[0]))
    return tuple(Facet(key, labels.get(key, Text(key, key)), count) for key, count in counts)
