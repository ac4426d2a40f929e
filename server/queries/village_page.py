"""What a villager sees first: open windows, what is due but missing, the newest disclosures, the wall, the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from server import problems
from server.rules import commitments, compliance, obligations, sayings
from server.rules.cards import NoticeCard, card_of, public_edition, title_of
from server.rules.commitments import Commitment
from server.rules.disclosures import Disclosure, EditionHead
from server.rules.divisions import is_group, village_of
from server.rules.exemptions import Kind
from server.rules.inquiry_views import PublicInquiry, views
from server.rules.obligations import VillageLife
from server.rules.outreach import Outreach
from server.rules.owners import OWNERS
from server.rules.periods import local_date, next_midnight
from server.rules.places import Place, place_of, spoken_name
from server.rules.rulebook import Rulebook, period_of
from server.rules.site_notices import FOR_VILLAGERS
from server.rules.values import Lang, Text
from server.rules.windows import next_change
from server.storage import (
    asked,
    divisions,
    editions,
    exemptions,
    occurrences,
    office_phones,
    outreach,
    photos,
    query_points,
)
from server.storage import commitments as registered
from server.storage.database import Reader
from server.storage.divisions import Division
from server.storage.photos import PhotoUse
from server.storage.shown_site_notices import ShownSiteNotice, shown_in

_BEFORE: frozenset[compliance.FindingKind] = frozenset({"exempted", "deadline_moved"})
_AFTERWARDS: frozenset[compliance.FindingKind] = frozenset({"exempted_after", "deadline_after"})
LATEST = 20
BOARDS = 6
ASKED = 3
GROUP_LATEST = 2


class Missing(Struct, frozen=True):
    """An obligation past its limit without a valid publication; `days_late` are calendar days.

    `note`: it was registered, and its content did not follow in time. `decided`: what was decided afterwards: who in which
    post, when and why. Where nobody waits for it any more, the days end then.
    """

    category: str
    title: str
    period: str
    due_on: date
    days_late: int
    rule: Text
    note: Text | None
    decided: tuple[Text, ...]


class Lifted(Struct, frozen=True):
    """What the village need not post, or may post on another day than the rule's, this year: who decided so, when, why.

    `due_on`: the day that counts now; null: none does.
    """

    category: str
    title: str
    period: str
    kind: Kind
    due_on: date | None
    text: Text


class Board(Struct, frozen=True):
    """A public board photo, with the day it reached us; where and when it was taken stay private."""

    sha256: str
    width: int
    height: int
    received_at: datetime
    disclosure_id: str
    title: str


class Year(Struct, frozen=True):
    """The calendar year so far in four numbers."""

    year: int
    owed: int
    on_time: int
    late: int
    missing: int


class PublicPoint(Struct, frozen=True):
    """A query point that villagers may go to: its name and where it stands, nothing about its device."""

    name: str
    place: str


class Phone(Struct, frozen=True):
    """The telephone of an office that answers villagers, and whose it is."""

    office: str
    number: str


class VisitDay(Struct, frozen=True):
    """A day on which somebody explains what was published: when, where, and about which notices (none: all of them)."""

    first: date
    last: date
    from_time: str
    until_time: str
    place: str
    notices: tuple[str, ...]


class GroupNotices(Struct, frozen=True):
    """A village group that shows something: its newest notices, and how many the public may read in all."""

    code: str
    name: str
    latest: tuple[NoticeCard, ...]
    total: int


class VillagePage(Struct, frozen=True):
    """Everything on a village's first screen, as of one moment; `changes_at` is when time alone changes it next.

    `inquiries`: the newest of what was asked and answered, and of the topics that can be signed. `points`: where else it
    can be read, in the village and in its township. `phones`: of the village's office and of those above it, the nearest
    first. `visits`: announced days that have not passed. `site_notices`: what the
    offices above it have to say now. `groups`: its groups that show something, with their newest; of a group's own page none.
    """

    division: Place
    as_of: datetime
    site_notices: tuple[ShownSiteNotice, ...]
    open: tuple[NoticeCard, ...]
    missing: tuple[Missing, ...]
    lifted: tuple[Lifted, ...]
    latest: tuple[NoticeCard, ...]
    total: int
    boards: tuple[Board, ...]
    year: Year
    inquiries: tuple[PublicInquiry, ...]
    inquiries_total: int
    points: tuple[PublicPoint, ...]
    phones: tuple[Phone, ...]
    visits: tuple[VisitDay, ...]
    groups: tuple[GroupNotices, ...]
    changes_at: datetime | None
    demo: bool


class Looked(Struct, frozen=True):
    """The page, and what nobody outside may know: when the next registration lapses unless its content comes.

    `lapsed`: how many the page tells of.
    """

    page: VillagePage
    next_lapse: datetime | None
    lapsed: int


async def village_page(
    db: Reader, *, book: Rulebook, code: str, now: datetime, lang: Lang, demo: bool
) -> Looked:
    """Return a village's page, or a village group's: the same of what the group owes and posts, without what is its village's.

    Raises village_closed for a code that no longer stands, not_found for no village.
    """
    line, neighbours = await divisions.line_and_groups(db, code)
    if not line:
        line = await divisions.line_that_stood(db, code)
    if not line or line[-1].level not in OWNERS:
        raise problems.not_found()
    if line[-1].valid_to is not None:
        raise problems.village_closed(village=spoken_name(line[-1].name), last=line[-1].valid_to)
    village = line[-1]
    rows = await editions.village_rows(db, code)
    seen = [(d, es, e) for d, es in rows if (e := public_edition(es, book, d, now)) is not None]
    uses = await photos.for_editions(db, [e.id for _, _, e in seen])
    cards = [
        card_of(e, d, es, book, now, lang, photo=_first_board(uses.get(e.id, ())))
        for d, es, e in seen
    ]
    cards.sort(key=lambda c: c.opened_at or now, reverse=True)
    cells = await _cells(db, village, rows, book, now)
    year = compliance.summary(cells)
    missing = [cell for cell in cells if cell.state == "missing"]
    registrations = await _registered(db, code, now) if missing else {}
    lapsed = [commitments.lapsed(registrations.get(_key(cell), []), now) for cell in missing]
    found = await asked.on_view(db, code)
    notices = {d.id: (d, es) for d, es in rows}
    inquiries = views(
        found.inquiries, found.answers, found.signatures, found.photos, notices, book, now, lang
    )
    said, said_until = await shown_in(db, code, FOR_VILLAGERS, now)
    changes = [next_change(es, book.schedule_of(d).display, now) for d, es in rows]
    changes.append(said_until)
    groups, group_changes = await _groups(db, [] if is_group(code) else neighbours, book, now, lang)
    changes += group_changes
    page = VillagePage(
        division=place_of(line),
        as_of=now,
        site_notices=said,
        open=tuple(sorted((c for c in cards if c.stage == "open"), key=lambda c: c.days_left or 0)),
        missing=tuple(
            _missing(cell, book, lang, gone) for cell, gone in zip(missing, lapsed, strict=True)
        ),
        lifted=tuple(_lifted(cell, book, lang) for cell in cells if _is_lifted(cell)),
        latest=tuple(cards[:LATEST]),
        total=len(cards),
        boards=_boards(seen, uses, book, lang),
        year=Year(local_date(now).year, year.owed, year.on_time, year.late, year.missing),
        inquiries=inquiries[:ASKED],
        inquiries_total=len(inquiries),
        points=tuple(PublicPoint(p.name, p.place) for p in await query_points.serving(db, code)),
        phones=await _phones(db, line),
        visits=tuple(
            _visit(each, cards) for each in await outreach.announced(db, code, local_date(now))
        ),
        groups=groups,
        changes_at=min([next_midnight(now), *(m for m in changes if m is not None)]),
        demo=demo,
    )
    waiting = [each for of_key in registrations.values() for each in of_key]
    return Looked(page, commitments.next_lapse(waiting, now), sum(map(len, lapsed)))


async def _groups(
    db: Reader, standing: Sequence[Division], book: Rulebook, now: datetime, lang: Lang
) -> tuple[tuple[GroupNotices, ...], list[datetime | None]]:
    """Return those of a village's groups that show something, and when each of their notices changes next."""
    if not standing:
        return (), []
    posted: dict[str, list[NoticeCard]] = {}
    changes: list[datetime | None] = []
    for disclosure, es in await editions.group_rows(db, village_of(standing[0].code)):
        changes.append(next_change(es, book.schedule_of(disclosure).display, now))
        if (edition := public_edition(es, book, disclosure, now)) is not None:
            card = card_of(edition, disclosure, es, book, now, lang, photo=None)
            posted.setdefault(disclosure.division, []).append(card)
    found = []
    for group in standing:
        cards = sorted(posted.get(group.code, []), key=lambda c: c.opened_at or now, reverse=True)
        if cards:
            latest = tuple(cards[:GROUP_LATEST])
            found.append(GroupNotices(group.code, spoken_name(group.name), latest, len(cards)))
    return tuple(found), changes


async def _phones(db: Reader, line: Sequence[Division]) -> tuple[Phone, ...]:
    """Return whom villagers may call: the offices of a line that have a telephone, the nearest first."""
    found = await office_phones.of(db, [d.code for d in line])
    return tuple(
        Phone(spoken_name(d.name), found[d.code]) for d in reversed(line) if d.code in found
    )


def _visit(record: Outreach, cards: Sequence[NoticeCard]) -> VisitDay:
    """Return an announced day as villagers read it; a notice that they cannot read is not named."""
    titles = {card.disclosure_id: card.title for card in cards if card.stage != "withdrawn"}
    return VisitDay(
        record.first,
        record.last,
        record.from_time or "",
        record.until_time or "",
        record.place,
        tuple(titles[n] for n in record.notices if n in titles),
    )


Key = tuple[str, str]


async def _registered(db: Reader, code: str, now: datetime) -> dict[Key, list[Commitment]]:
    """Return what was registered for the periods of this year, by category and period."""
    first = date(local_date(now).year, 1, 1)
    found = await registered.for_scope(db, code, first, local_date(now))
    return {(category, period): of_key for (_, category, period), of_key in found.items()}


def _key(cell: compliance.Cell) -> Key:
    return cell.obligation.category, cell.obligation.period.key


def _first_board(uses: Sequence[PhotoUse]) -> str | None:
    return next((use.sha256 for use in uses if use.role == "board"), None)


def _boards(
    seen: Sequence[tuple[Disclosure, list[EditionHead], EditionHead]],
    uses: dict[str, list[PhotoUse]],
    book: Rulebook,
    lang: Lang,
) -> tuple[Board, ...]:
    found: list[Board] = []
    for disclosure, _, edition in seen:
        if edition.state != "approved":
            continue
        title = title_of(book.categories[disclosure.category], period_of(disclosure), lang)
        found += [
            Board(use.sha256, use.width, use.height, use.received_at, disclosure.id, title)
            for use in uses.get(edition.id, ())
            if use.role == "board"
        ]
    found.sort(key=lambda b: b.received_at, reverse=True)
    return tuple(found[:BOARDS])


async def _cells(
    db: Reader,
    village: Division,
    rows: Sequence[tuple[Disclosure, list[EditionHead]]],
    book: Rulebook,
    now: datetime,
) -> list[compliance.Cell]:
    today = local_date(now)
    first = date(today.year, 1, 1)
    life = VillageLife(
        village.code, village.name, village.parent or "", village.valid_from, village.valid_to
    )
    owed = obligations.owed(
        [life],
        book.categories,
        book.policies,
        book.calendar,
        first,
        today,
        await exemptions.for_scope(db, village.code),
        await occurrences.for_scope(db, village.code),
        now,
    )
    by_key = {(d.category, d.period_key): es for d, es in rows}
    return [
        compliance.judge(o, by_key.get((o.category, o.period.key), []), [], now, book.calendar)
        for o in owed
    ]


def _missing(
    cell: compliance.Cell, book: Rulebook, lang: Lang, lapsed: Sequence[Commitment]
) -> Missing:
    owed = cell.obligation
    category = book.categories[owed.category]
    return Missing(
        category=owed.category,
        title=title_of(category, owed.period, lang),
        period=owed.period.key,
        due_on=owed.due.due_on,
        days_late=cell.late_days or 0,
        rule=owed.schedule.source,
        note=sayings.commitment_lapsed(lapsed[-1].received_at, lapsed[-1].hours, len(lapsed))
        if lapsed
        else None,
        decided=tuple(f.text for f in cell.findings if f.kind in _AFTERWARDS),
    )


def _is_lifted(cell: compliance.Cell) -> bool:
    return any(f.kind in _BEFORE for f in cell.findings)


def _lifted(cell: compliance.Cell, book: Rulebook, lang: Lang) -> Lifted:
    owed = cell.obligation
    said = next(f for f in cell.findings if f.kind in _BEFORE)
    return Lifted(
        category=owed.category,
        title=title_of(book.categories[owed.category], owed.period, lang),
        period=owed.period.key,
        kind="exempt" if said.kind == "exempted" else "deadline",
        due_on=None if said.kind == "exempted" else owed.due.due_on,
        text=said.text,
    )
