"""What villages are to put right: for those who ordered it, and for the village that owes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from server import problems
from server.rules import rectifications as rules
from server.rules.cards import title_of
from server.rules.disclosures import Disclosure
from server.rules.listing import Wanted
from server.rules.periods import local_date
from server.rules.permissions import Actor
from server.rules.places import spoken_name
from server.rules.rectifications import LEVELS, STATES, STEPS, Rectification, Step, Way, may_read
from server.rules.rulebook import Rulebook, period_of
from server.rules.values import Fen, Lang, Text
from server.storage import disclosures, divisions, rectifications
from server.storage.database import Reader
from server.storage.listing import cursor_after

PAGE = 50
EXCERPT = 60
MOST_NOTICES = 30


class OrderLine(Struct, frozen=True):
    """An order in short. `days_left`: working days until its last day; `days_late`: calendar days over it."""

    id: str
    division: str
    division_name: str
    excerpt: str
    measure_name: Text
    state: str
    state_name: Text
    level: str
    level_name: Text
    due_on: date
    days_left: int
    days_late: int
    overdue: bool
    mine: bool
    ordered_at: datetime
    closed_at: datetime | None
    recovered: Fen


class OrderList(Struct, frozen=True):
    """First what is not closed, by its last day; then what is, newest first. `overdue`: how many villages' proofs are late."""

    open: tuple[OrderLine, ...]
    closed: tuple[OrderLine, ...]
    overdue: int
    next: str | None


class StepView(Struct, frozen=True):
    """One thing that happened to an order."""

    id: str
    kind: str
    kind_name: Text
    words: str
    photos: tuple[str, ...]
    disclosure_id: str | None
    title: str | None
    measure_name: Text | None
    due_on: date | None
    recovered: Fen | None
    by_name: str
    at: datetime


class MeasureChoice(Struct, frozen=True):
    """A measure as the policy names it."""

    key: str
    name: Text


class OrderChoices(Struct, frozen=True):
    """What an order can say: measures, the usual term and the longest, in working days."""

    measures: tuple[MeasureChoice, ...]
    term_days: int
    most_days: int


class NoticeChoice(Struct, frozen=True):
    """A notice that a proof can point at."""

    id: str
    title: str


class VillageChoice(Struct, frozen=True):
    """A village that an order can be given to."""

    code: str
    name: str


class OrderingChoices(Struct, frozen=True):
    """What somebody who orders can choose from."""

    villages: tuple[VillageChoice, ...]
    choices: OrderChoices


class OrderPage(Struct, frozen=True):
    """One order with every step, and what the reader may do with it. `draw_id`: the list on which it was found."""

    head: OrderLine
    finding: str
    demand: str
    draw_id: str | None
    disclosure_id: str | None
    title: str | None
    ordered_by_name: str
    steps: tuple[StepView, ...]
    ways: tuple[Way, ...]
    choices: OrderChoices
    notices: tuple[NoticeChoice, ...]
    revision: int


async def rectification_list(
    db: Reader,
    *,
    book: Rulebook,
    actor: Actor,
    wanted: Wanted,
    cursor: str | None,
    now: datetime,
    limit: int | None = None,
) -> OrderList:
    """Return what is to be put right in the actor's area, as wanted; after the first page only what is closed goes on."""
    most = limit or PAGE
    waiting = [] if cursor else await rectifications.unclosed(db, actor.division, wanted)
    done = await rectifications.closed(db, actor.division, wanted, after=cursor, limit=most + 1)
    shown = done[:most]
    names = await divisions.names(db, [o.division for o in (*waiting, *shown)])
    last = shown[-1] if len(done) > most else None
    return OrderList(
        open=tuple(_line(o, names, book, actor, now) for o in waiting),
        closed=tuple(_line(o, names, book, actor, now) for o in shown),
        overdue=sum(o.overdue(now) for o in waiting),
        next=cursor_after(last.closed_at, last.id, last.division)
        if last and last.closed_at
        else None,
    )


async def rectification_page(
    db: Reader, *, book: Rulebook, actor: Actor, order_id: str, now: datetime, lang: Lang
) -> OrderPage:
    """Return one order. Raises not_found, also for what is not in the actor's area."""
    order = await rectifications.get(db, order_id)
    if order is None or not may_read(actor, order):
        raise problems.not_found()
    steps = (await rectifications.steps(db, [order.id])).get(order.id, [])
    names = await divisions.names(db, [order.division])
    ways = rules.ways(actor, order)
    own = await _notices(db, order, steps, offers="prove" in ways)
    titles = {d.id: _title(d, book, lang) for d in own}
    return OrderPage(
        head=_line(order, names, book, actor, now),
        finding=order.finding,
        demand=order.demand,
        draw_id=order.inspection_id.partition(".")[0] if order.inspection_id else None,
        disclosure_id=order.disclosure_id,
        title=titles.get(order.disclosure_id or ""),
        ordered_by_name=order.ordered_by_name,
        steps=tuple(_step(s, titles) for s in steps),
        ways=ways,
        choices=_choices(book, order.division, now),
        notices=tuple(NoticeChoice(d.id, titles[d.id]) for d in own) if "prove" in ways else (),
        revision=order.revision,
    )


async def ordering_choices(
    db: Reader, *, book: Rulebook, actor: Actor, now: datetime
) -> OrderingChoices:
    """Return to which villages an order can be given, and what it can say."""
    today = local_date(now)
    lives = await divisions.villages_under(db, actor.division)
    return OrderingChoices(
        villages=tuple(
            VillageChoice(v.code, spoken_name(v.name)) for v in lives if v.alive_on(today)
        ),
        choices=_choices(book, actor.division, now),
    )


async def _notices(
    db: Reader, order: Rectification, steps: Sequence[Step], *, offers: bool
) -> list[Disclosure]:
    """Return the notices that an order and its steps point at; for whoever proves, the village's newest too."""
    named = {order.disclosure_id, *(s.disclosure_id for s in steps)} - {None}
    found = await disclosures.get_many(db, [i for i in named if i])
    if offers:
        newest = await disclosures.list_for_division(db, order.division)
        found = {d.id: d for d in newest[:MOST_NOTICES]} | found
    return list(found.values())


def _title(notice: Disclosure, book: Rulebook, lang: Lang) -> str:
    category = book.categories.get(notice.category)
    return title_of(category, period_of(notice), lang) if category else notice.title


def _choices(book: Rulebook, division: str, now: datetime) -> OrderChoices:
    found = book.inspection_rules(division, local_date(now))
    return OrderChoices(
        measures=tuple(MeasureChoice(m.key, m.name) for m in found.measures),
        term_days=found.term_days,
        most_days=found.most_days,
    )


def _line(
    order: Rectification, names: dict[str, str], book: Rulebook, actor: Actor, now: datetime
) -> OrderLine:
    words = " ".join(order.finding.split())
    today = local_date(now)
    left = book.calendar.workdays_between(today, order.due_on) if order.due_on > today else 0
    can = rules.ways(actor, order)
    return OrderLine(
        id=order.id,
        division=order.division,
        division_name=spoken_name(names.get(order.division, order.division)),
        excerpt=words if len(words) <= EXCERPT else f"{words[: EXCERPT - 1]}…",
        measure_name=order.measure_name,
        state=order.state,
        state_name=STATES[order.state],
        level=order.level,
        level_name=LEVELS[order.level],
        due_on=order.due_on,
        days_left=left,
        days_late=order.days_late(now),
        overdue=order.overdue(now),
        mine="prove" in can or "close" in can,
        ordered_at=order.ordered_at,
        closed_at=order.closed_at,
        recovered=order.recovered,
    )


def _step(step: Step, titles: dict[str, str]) -> StepView:
    return StepView(
        id=step.id,
        kind=step.kind,
        kind_name=STEPS[step.kind],
        words=step.words,
        photos=step.photos,
        disclosure_id=step.disclosure_id,
        title=titles.get(step.disclosure_id or ""),
        measure_name=step.measure_name,
        due_on=step.due_on,
        recovered=step.recovered,
        by_name=step.by_name,
        at=step.at,
    )
