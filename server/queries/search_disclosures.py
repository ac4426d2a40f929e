"""What was made public and holds what somebody looks for, with how it spreads over categories, years and places.

Candidates come from the index; whether one may be shown now is judged like on every other surface, by its edition.
Lines of one notice are one answer. What the newest records hold is looked at, counts stop there and say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.external import pinyin
from server.rules import searching, spelling
from server.rules.cards import NoticeCard, card_of, public_view, title_of
from server.rules.excerpts import Piece, excerpt, marked
from server.rules.periods import label
from server.rules.places import Place, place_of, spoken_name
from server.rules.rulebook import Matter, Rulebook, period_of
from server.rules.searching import Wanted
from server.rules.values import Lang, Text
from server.rules.windows import is_public
from server.storage import disclosures, divisions, editions, search, search_names
from server.storage.database import Reader
from server.storage.search import Filed, Found, Looked, Scope

Order = Literal["newest", "best"]
_LEVELS = ("village", "township", "county")
PAGE = 10
# So many lines of a notice are shown; the rest is counted.
LINES = 3
# So many of the newest records are looked at for one answer; counts stop there.
CANDIDATES = 200
# So many places are named, the fullest first: a page shows eight.
PLACES = 20
# Of what is typed as pinyin: so many names are looked at, and so many ways of writing it are looked for.
NAMES, WAYS = 400, 8


class Line(Struct, frozen=True):
    """A line that holds what was looked for; `pointer` is where it stands in the content."""

    pointer: str
    excerpt: tuple[Piece, ...]


class SearchHit(Struct, frozen=True):
    """A notice that holds what was looked for: its card, its title marked, its first lines and how many `lines_more`.

    `opened_at`: when the edition that is read now could first be read.
    """

    card: NoticeCard
    opened_at: datetime
    title: tuple[Piece, ...]
    division: str
    division_name: str
    lines: tuple[Line, ...]
    lines_more: int


class Facet(Struct, frozen=True):
    """How many notices lie in a category, a year, a period or a division."""

    key: str
    label: Text
    count: int


class Facets(Struct, frozen=True):
    """Where the notices lie: years and periods the latest first, the others the fullest first, of places the first 20."""

    categories: tuple[Facet, ...]
    years: tuple[Facet, ...]
    periods: tuple[Facet, ...]
    divisions: tuple[Facet, ...]


class SearchPage(Struct, frozen=True):
    """A page of notices; `total` counts all of them, not this page's, and there are `more` where it stopped counting."""

    q: str
    total: int
    more: bool
    items: tuple[SearchHit, ...]
    facets: Facets
    next: str | None


class Wider(Struct, frozen=True):
    """A place around the one that was searched in, and how many notices there are; `more` as in SearchPage."""

    place: Place
    total: int
    more: bool


class _Notice(Struct):
    """What was found of one notice: the filing that is read now, and its lines, the newest first."""

    filed: Filed
    lines: list[Found]


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

    Newest first means by when it opened. Best first puts titles before lines and short lines before long ones, among the
    newest records. Raises search_too_short and search_too_long.
    """
    wanted = await _wanted(db, q, scope)
    looked = await _look(db, wanted, scope, now, None)
    notices = await _public(db, book, looked.found, now)
    if order == "newest":
        page, following = await _newest(db, book, wanted, scope, now, notices, looked, cursor)
    else:
        start = cursor or 0
        ranked = sorted(notices, key=lambda each: min(map(_rank, each.lines)))
        page = ranked[start : start + PAGE]
        following = start + PAGE if len(ranked) > start + PAGE else None
    facets = _facets(notices, book)
    places = {each.filed.division for each in page} | {each.key for each in facets.divisions}
    names = await divisions.names(db, places)
    return SearchPage(
        q=" ".join(q.split()),
        total=len(notices),
        more=looked.stopped_at is not None,
        items=await _hits(db, book, page, names, wanted, now, lang),
        facets=replace(facets, divisions=_named(facets.divisions, names)),
        next=None if following is None else str(following),
    )


async def search_wider(
    db: Reader, *, book: Rulebook, q: str, scope: Scope, now: datetime
) -> Wider | None:
    """Return the nearest place around the one searched in that has what it has not; None where none has."""
    line = await divisions.ancestors(db, scope.division) if scope.division else []
    for end in range(len(line) - 1, 0, -1):
        around = replace(scope, division=line[end - 1].code)
        wanted = await _wanted(db, q, around)
        looked = await _look(db, wanted, around, now, None)
        if notices := await _public(db, book, looked.found, now):
            return Wider(place_of(line[:end]), len(notices), looked.stopped_at is not None)
    return None


async def places_around(db: Reader, code: str) -> list[Place]:
    """Return where one can look from a place: itself, and the township and county around it. Raises not_found."""
    line = await divisions.ancestors(db, code)
    if not line or line[-1].code != code:
        raise problems.not_found()
    found = [place_of(line[: end + 1]) for end in range(len(line))]
    return [each for each in reversed(found) if each.level in _LEVELS or each.code == code]


async def _wanted(db: Reader, q: str, scope: Scope) -> Wanted:
    """Return what must stand in a text: each term as it was typed, or what it spells.

    Syllables in a row are read as one, where a name is read so, and else each for itself.
    """
    terms = read(q)
    joined = spelling.together(terms, pinyin.syllables())
    found = [(term, *await _spelled(db, term, scope)) for term in joined]
    if joined == terms or all(ways for term, *ways in found if term not in terms):
        return found
    return [(term, *await _spelled(db, term, scope)) for term in terms]


async def _spelled(db: Reader, term: str, scope: Scope) -> tuple[str, ...]:
    typed = spelling.letters(term)
    if typed is None:
        return ()
    meant = spelling.initials_meant(typed, pinyin.syllables())
    names = await search_names.like(db, meant, division=scope.division, limit=NAMES)
    return spelling.meant(typed, map(searching.small, names), pinyin.readings, WAYS)


def read(q: str) -> list[str]:
    """Return the terms that must all stand in a text. Raises search_too_short and search_too_long."""
    typed = q.strip()
    if len(typed) > searching.MOST:
        raise problems.search_too_long(count=len(typed), most=searching.MOST)
    terms = searching.terms(typed)
    longest = max(
        (len(word) for term in terms for word in searching.asked(term)),
        default=min(1, len(typed)),
    )
    if longest < searching.LEAST:
        raise problems.search_too_short(count=longest, least=searching.LEAST)
    return list(terms)


async def _look(
    db: Reader, wanted: Wanted, scope: Scope, now: datetime, before: int | None
) -> Looked:
    return await search.find(
        db, wanted=wanted, scope=scope, now=now, before=before, limit=CANDIDATES
    )


async def _newest(
    db: Reader,
    book: Rulebook,
    wanted: Wanted,
    scope: Scope,
    now: datetime,
    notices: list[_Notice],
    looked: Looked,
    cursor: int | None,
) -> tuple[list[_Notice], int | None]:
    """Return the notices after a cursor, and the cursor of those that follow them."""
    left = [each for each in notices if cursor is None or each.lines[0].id < cursor]
    stopped = looked.stopped_at
    if cursor is not None and stopped is not None and len(left) <= PAGE:
        # Beyond what is counted: look on from here.
        deeper = await _look(db, wanted, scope, now, cursor)
        left, stopped = await _public(db, book, deeper.found, now), deeper.stopped_at
    if len(left) <= PAGE and (stopped is None or len(left) < 2):
        return left, stopped
    # Of the last notice that was looked at some lines may lie beyond: it comes whole on the next page.
    page = left[:PAGE] if len(left) > PAGE else left[:-1]
    return page, page[-1].lines[-1].id


def _rank(found: Found) -> tuple[bool, int, int]:
    return found.pointer != "", len(found.text), -found.id


async def _public(
    db: Reader, book: Rulebook, found: Sequence[Found], now: datetime
) -> list[_Notice]:
    """Return the notices of those records whose edition is the one that the public reads now."""
    of = await search.filings(db, {each.filing for each in found})
    notices = {key: _Notice(filed, []) for key, filed in of.items() if _is_read(book, filed, now)}
    for each in found:
        if each.filing in notices:
            notices[each.filing].lines.append(each)
    return sorted(notices.values(), key=lambda each: each.lines[0].id, reverse=True)


def _is_read(book: Rulebook, filed: Filed, now: datetime) -> bool:
    found = public_view(filed.moments, book, filed, now)
    return found is not None and found[0].id == filed.edition_id and is_public(found[1])


async def _hits(
    db: Reader,
    book: Rulebook,
    page: Sequence[_Notice],
    names: dict[str, str],
    wanted: Wanted,
    now: datetime,
    lang: Lang,
) -> tuple[SearchHit, ...]:
    ids = [each.filed.disclosure_id for each in page]
    of = await disclosures.get_many(db, ids)
    heads = await editions.heads_for_disclosures(db, ids)
    hits = []
    for each in page:
        disclosure = of[each.filed.disclosure_id]
        edition = next(e for e in heads[disclosure.id] if e.id == each.filed.edition_id)
        assert edition.opens_at is not None, "the public reads it"
        # As they stand in the notice; the title has a place of its own.
        lines = [line for line in reversed(each.lines) if line.pointer]
        title = title_of(book.categories[disclosure.category], period_of(disclosure), lang)
        hits.append(
            SearchHit(
                card=card_of(edition, disclosure, heads[disclosure.id], book, now, lang),
                opened_at=edition.opens_at,
                title=marked(title, wanted),
                division=disclosure.division,
                division_name=spoken_name(names.get(disclosure.division, disclosure.division)),
                lines=tuple(Line(r.pointer, excerpt(r.text, wanted)) for r in lines[:LINES]),
                lines_more=max(0, len(lines) - LINES),
            )
        )
    return tuple(hits)


def _facets(notices: Sequence[_Notice], book: Rulebook) -> Facets:
    """Return where notices lie; divisions are still called by their codes."""
    found = [each.filed for each in notices]
    periods = {key: period_of(each) for key, each in {f.period_key: f for f in found}.items()}
    latest = sorted(
        _counted([each.period_key for each in found], {k: label(p) for k, p in periods.items()}),
        key=lambda each: (periods[each.key].start, periods[each.key].end),
        reverse=True,
    )
    years = [str(year) for each in found if (year := year_of(each))]
    return Facets(
        categories=_counted(
            [each.category for each in found], {k: c.name for k, c in book.categories.items()}
        ),
        years=tuple(sorted(_counted(years, {}), key=lambda each: each.key, reverse=True)),
        periods=tuple(latest),
        divisions=_counted([each.division for each in found], {})[:PLACES],
    )


def _named(places: Sequence[Facet], names: dict[str, str]) -> tuple[Facet, ...]:
    spoken = {code: spoken_name(name) for code, name in names.items()}
    return tuple(
        replace(each, label=Text(name, name)) if (name := spoken.get(each.key)) else each
        for each in places
    )


def year_of(matter: Matter) -> int | None:
    """Return the year of a notice's period or event; None for a standing one."""
    return None if matter.period_key == "L" else matter.period_end.year


def _counted(keys: Sequence[str], labels: dict[str, Text]) -> tuple[Facet, ...]:
    counts = sorted(Counter(keys).items(), key=lambda each: (-each[1], each[0]))
    return tuple(Facet(key, labels.get(key, Text(key, key)), count) for key, count in counts)
