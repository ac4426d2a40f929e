"""Lists drawn for spot checks: as the township works through them, and as anyone may draw them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from server import problems
from server.rules import sampling
from server.rules.cards import title_of
from server.rules.inspections import KINDS, METHOD, Draw, Inspection, Question, Reply, Visit
from server.rules.listing import EVERYTHING, Wanted
from server.rules.permissions import Actor, may
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Lang, Text
from server.storage import disclosures, divisions, draws, inspections, records
from server.storage.database import Reader
from server.storage.listing import cursor_after

PAGE = 50


class DrawLine(Struct, frozen=True):
    """A list in short; `visited` of its `size` items were looked at, `faulty` of those answered no to something."""

    id: str
    division: str
    division_name: str
    kind: str
    kind_name: Text
    purpose: str
    first: date
    last: date
    population: int
    size: int
    visited: int
    faulty: int
    drawn_by_name: str
    drawn_at: datetime


class DrawList(Struct, frozen=True):
    """The lists of an area, newest first; `next`: where the following page goes on."""

    items: tuple[DrawLine, ...]
    next: str | None


class VisitView(Struct, frozen=True):
    """What was found on the spot; `faults`: what was answered with no."""

    published: Reply
    accurate: Reply
    complete: Reply
    timely: Reply
    faults: tuple[Question, ...]
    note: str
    asked: int
    knew: int
    satisfied: int
    photos: tuple[str, ...]
    composed_at: datetime
    received_at: datetime
    visited_by_name: str


class DrawnItem(Struct, frozen=True):
    """One drawn item: a village, or a disclosure with its title; its visit once somebody was there."""

    rank: int
    division: str
    division_name: str
    disclosure_id: str | None
    title: str | None
    ticket: str
    visit: VisitView | None


class DrawPage(Struct, frozen=True):
    """A list as the township works through it."""

    head: DrawLine
    share_permille: int
    detect_permille: int
    seed: str
    record_lines: int
    method: Text
    items: tuple[DrawnItem, ...]


class PublicTicket(Struct, frozen=True):
    """A drawn item as anyone may know it: its place, its id and the hash that put it there."""

    rank: int
    item: str
    ticket: str


class PublicDraw(Struct, frozen=True):
    """Everything that it takes to draw a list again, and nothing of what was found."""

    id: str
    division: str
    kind: str
    purpose: str
    first: date
    last: date
    drawn_at: datetime
    method: Text
    share_permille: int
    detect_permille: int
    faulty_assumed: int
    population: tuple[str, ...]
    size: int
    record_lines: int
    seed: str
    drawn: tuple[PublicTicket, ...]


class PublicDraws(Struct, frozen=True):
    """Every list that was drawn in an area, newest first, also those that nobody followed."""

    items: tuple[PublicDraw, ...]
    next: str | None


async def draws_in_scope(
    db: Reader, *, division: str, wanted: Wanted, cursor: str | None, limit: int | None = None
) -> DrawList:
    """Return a page of the lists drawn in a division and below, as wanted."""
    most = limit or PAGE
    found, following = await _page(db, division, wanted, cursor, most)
    items = await inspections.of_draws(db, [d.id for d in found])
    names = await divisions.names(db, [d.division for d in found])
    lines = tuple(_line(d, items.get(d.id, ()), names) for d in found)
    return DrawList(lines, following)


async def draw_page(
    db: Reader, *, book: Rulebook, actor: Actor, draw_id: str, lang: Lang
) -> DrawPage:
    """Return a list with its items and what was found. Raises not_found, also outside the actor's area."""
    drawn = await draws.get(db, draw_id)
    if drawn is None or not may(actor, "see_inspections", drawn.division):
        raise problems.not_found()
    items = (await inspections.of_draws(db, [draw_id])).get(draw_id, [])
    names = await divisions.names(db, [drawn.division, *(i.division for i in items)])
    titles = await _titles(db, book, drawn, items, lang)
    return DrawPage(
        head=_line(drawn, items, names),
        share_permille=drawn.share_permille,
        detect_permille=drawn.detect_permille,
        seed=drawn.seed,
        record_lines=drawn.record_lines,
        method=METHOD,
        items=tuple(
            DrawnItem(
                rank=i.rank,
                division=i.division,
                division_name=spoken_name(names.get(i.division, i.division)),
                disclosure_id=i.item if drawn.kind == "disclosures" else None,
                title=titles.get(i.item),
                ticket=i.ticket,
                visit=visit_view(i.visit) if i.visit else None,
            )
            for i in items
        ),
    )


async def public_draws(db: Reader, *, division: str, cursor: str | None) -> PublicDraws:
    """Return a page of the lists drawn in a division and below, as anyone may know them."""
    found, following = await _page(db, division, EVERYTHING, cursor, PAGE)
    return PublicDraws(tuple(_public(d) for d in found), following)


async def public_draw(db: Reader, *, draw_id: str) -> PublicDraw:
    """Return a list as anyone may draw it again. Raises not_found."""
    drawn = await draws.get(db, draw_id)
    if drawn is None:
        raise problems.not_found()
    return _public(drawn)


async def record_of_draw(db: Reader, *, draw_id: str) -> str:
    """Return the record that a list was drawn from, as its seed hashes it. Raises not_found."""
    drawn = await draws.get(db, draw_id)
    if drawn is None:
        raise problems.not_found()
    return sampling.record_text(await records.lines_by(db, drawn.division, drawn.drawn_at))


def visit_view(visit: Visit) -> VisitView:
    """Return a visit as the township reads it."""
    return VisitView(
        published=visit.published,
        accurate=visit.accurate,
        complete=visit.complete,
        timely=visit.timely,
        faults=visit.faults,
        note=visit.note,
        asked=visit.asked,
        knew=visit.knew,
        satisfied=visit.satisfied,
        photos=visit.photos,
        composed_at=visit.composed_at,
        received_at=visit.received_at,
        visited_by_name=visit.visited_by_name,
    )


async def _page(
    db: Reader, division: str, wanted: Wanted, cursor: str | None, limit: int
) -> tuple[Sequence[Draw], str | None]:
    found = await draws.in_scope(db, division, wanted, after=cursor, limit=limit + 1)
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    return shown, cursor_after(last.drawn_at, last.id, last.division) if last else None


def _line(drawn: Draw, items: Sequence[Inspection], names: dict[str, str]) -> DrawLine:
    visits = [i.visit for i in items if i.visit is not None]
    return DrawLine(
        id=drawn.id,
        division=drawn.division,
        division_name=spoken_name(names.get(drawn.division, drawn.division)),
        kind=drawn.kind,
        kind_name=KINDS[drawn.kind],
        purpose=drawn.purpose,
        first=drawn.first,
        last=drawn.last,
        population=len(drawn.population),
        size=drawn.size,
        visited=len(visits),
        faulty=sum(bool(v.faults) for v in visits),
        drawn_by_name=drawn.drawn_by_name,
        drawn_at=drawn.drawn_at,
    )


async def _titles(
    db: Reader, book: Rulebook, drawn: Draw, items: Sequence[Inspection], lang: Lang
) -> dict[str, str]:
    if drawn.kind != "disclosures":
        return {}
    found = await disclosures.get_many(db, [i.item for i in items])
    return {
        d.id: title_of(book.categories[d.category], period_of(d), lang)
        if d.category in book.categories
        else d.title
        for d in found.values()
    }


def _public(drawn: Draw) -> PublicDraw:
    tickets = sampling.draw(drawn.population, drawn.seed, drawn.size)
    return PublicDraw(
        id=drawn.id,
        division=drawn.division,
        kind=drawn.kind,
        purpose=drawn.purpose,
        first=drawn.first,
        last=drawn.last,
        drawn_at=drawn.drawn_at,
        method=METHOD,
        share_permille=drawn.share_permille,
        detect_permille=drawn.detect_permille,
        faulty_assumed=sampling.assumed_faulty(len(drawn.population), drawn.share_permille),
        population=drawn.population,
        size=drawn.size,
        record_lines=drawn.record_lines,
        seed=drawn.seed,
        drawn=tuple(PublicTicket(t.rank, t.item, t.hash) for t in tickets),
    )
