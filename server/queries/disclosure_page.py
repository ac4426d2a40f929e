"""One disclosure as the public reads it: the sheet, its window, its editions, who signed, what the wall showed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from server import problems
from server.rules.cards import NoticeCard, notice_card, public_edition
from server.rules.categories import Category
from server.rules.disclosures import Disclosure, EditionHead, was_opened
from server.rules.gists import trend_point
from server.rules.periods import Period, local_date
from server.rules.places import Place, place_of
from server.rules.privacy import public_content
from server.rules.rulebook import Rulebook, period_of
from server.rules.sentences import sentences
from server.rules.sheets import Sheet, sheet_for
from server.rules.values import Lang, Text
from server.rules.windows import Visibility, display_span, next_turn, visibility
from server.storage import accounts, disclosures, divisions, editions, photos, reviews
from server.storage.database import Reader

TREND = 8
Rows = Collection[tuple[Disclosure, list[EditionHead]]]


@dataclass(frozen=True, slots=True)
class WindowView:
    """The window on a line of days: when it could open, when it was due, when it opened, until when it stays."""

    opens_on: date
    due_on: date
    opened_at: datetime | None
    must_stay_until: datetime | None
    comes_down_at: datetime | None
    provisional: bool
    today: date
    rule: Text


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition in the public list; the reason is why it was corrected or taken down."""

    number: int
    opened_at: datetime
    reason: str | None
    state: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """Who reviewed, when, and the five points."""

    decided_at: datetime
    reviewer_name: str
    points: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A public photo: its hash, what it is for, and the line it belongs to."""

    sha256: str
    role: str
    caption: str | None
    pointer: str | None
    width: int
    height: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Clocks:
    """Two times that claim (composed, captured), two that judge (received, published).

    Where the posting was registered first and its content followed in time, `committed_at` judges for received.
    """

    composed_at: datetime
    captured_at: datetime | None
    committed_at: datetime | None
    received_at: datetime
    published_at: datetime


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of a series, amounts in fen."""

    period: str
    income: int
    expense: int
    closing: int


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """When and why a disclosure was taken down."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DisclosurePage:
    """A disclosure's page as of one moment; `sheet` is None when it was withdrawn."""

    card: NoticeCard
    division: Place
    sheet: Sheet | None
    sentences: tuple[str, ...]
    window: WindowView
    edition: int
    editions: tuple[EditionLine, ...]
    reviews: tuple[ReviewLine, ...]
    photos: tuple[PhotoView, ...]
    clocks: Clocks
    content_hash: str
    submitted_by_name: str
    previous_id: str | None
    last_year_id: str | None
    trend: tuple[TrendPoint, ...]
    explanation: str | None
    withdrawn: WithdrawnView | None
    changes_at: datetime | None
    demo: bool


async def disclosure_page(
    db: Reader,
    *,
    book: Rulebook,
    disclosure_id: str,
    number: int | None,
    now: datetime,
    lang: Lang,
    demo: bool,
) -> DisclosurePage:
    """Return the page of the standing edition, or of edition `number` when it is public.

    Raises not_found for what the public may not see (not yet open, hidden after its window, unknown).
    """
    disclosure = await disclosures.get(db, disclosure_id)
    if disclosure is None:
        raise problems.not_found()
    of_category = await editions.village_rows(db, disclosure.division, category=disclosure.category)
    rows = {d.id: (d, es) for d, es in of_category}
    of_disclosure = rows[disclosure_id][1]
    schedule = book.schedule_of(disclosure)
    edition = _chosen(of_disclosure, book, disclosure, number, now)
    card = notice_card(disclosure, of_disclosure, book, now, lang)
    if edition is None or card is None or edition.opens_at is None or edition.number is None:
        raise problems.not_found()
    gone = visibility(edition, schedule.display, now) is Visibility.WITHDRAWN
    category = book.categories[disclosure.category]
    previous = _neighbour(rows.values(), book, period_of(disclosure).previous(), now)
    last_year = _neighbour(rows.values(), book, period_of(disclosure).same_last_year(), now)
    sheet = None
    if not gone:
        beside = [each[1] if each else None for each in (previous, last_year)]
        shown = await _public_contents(db, category, [edition, *beside])
        sheet = sheet_for(
            category,
            book.papers[category.key, edition.schema_version].view,
            shown[0] or {},
            lang,
            previous=shown[1],
            last_year=shown[2],
            period=period_of(disclosure),
        )
    span = display_span(schedule.display, card.opened_at or edition.opens_at, book.calendar)
    due = book.due_of(disclosure)
    signed = await reviews.for_editions(db, [edition.id])
    author = await accounts.get(db, edition.submitted_by)
    return DisclosurePage(
        card=card,
        division=place_of(await divisions.ancestors(db, disclosure.division)),
        sheet=sheet,
        sentences=tuple(sentences(sheet, lang)) if sheet else (),
        window=WindowView(
            opens_on=due.opens_on,
            due_on=due.due_on,
            opened_at=card.opened_at,
            must_stay_until=span.until if span else None,
            comes_down_at=edition.comes_down_at,
            provisional=due.provisional or bool(span and span.provisional),
            today=local_date(now),
            rule=schedule.source,
        ),
        edition=edition.number,
        editions=edition_lines(of_disclosure, now),
        reviews=tuple(
            ReviewLine(r.decided_at, r.reviewer_name, r.points)
            for r in signed.get(edition.id, [])
            if r.decision == "approve"
        ),
        photos=() if gone else await _photos(db, edition),
        clocks=Clocks(
            edition.composed_at,
            edition.captured_at,
            edition.committed_at,
            edition.received_at,
            edition.opens_at,
        ),
        content_hash=edition.content_hash,
        submitted_by_name=author.name if author else "",
        previous_id=previous[0].id if previous else None,
        last_year_id=last_year[0].id if last_year else None,
        trend=() if gone else _trend(rows.values(), book, disclosure, now),
        explanation=None if gone else edition.explanation,
        withdrawn=WithdrawnView(edition.withdrawn_at, edition.withdrawn_reason or "")
        if gone and edition.withdrawn_at
        else None,
        changes_at=next_turn(of_disclosure, schedule.display, now),
        demo=demo,
    )


def edition_lines(of_disclosure: Sequence[EditionHead], now: datetime) -> tuple[EditionLine, ...]:
    """Return every edition that was ever open by now, newest first; withdrawn ones say so."""
    lines = [
        EditionLine(
            e.number,
            e.opens_at,
            e.withdrawn_reason if e.state == "withdrawn" else e.reason,
            e.state,
            e.content_hash,
        )
        for e in of_disclosure
        if was_opened(e, now) and e.number is not None and e.opens_at is not None
    ]
    return tuple(sorted(lines, key=lambda line: line.number, reverse=True))


def _chosen(
    of_disclosure: Sequence[EditionHead],
    book: Rulebook,
    disclosure: Disclosure,
    number: int | None,
    now: datetime,
) -> EditionHead | None:
    if number is None:
        return public_edition(of_disclosure, book, disclosure, now)
    display = book.schedule_of(disclosure).display
    for edition in of_disclosure:
        if edition.number == number and visibility(edition, display, now) is not Visibility.HIDDEN:
            return edition
    return None


def _neighbour(
    rows: Rows, book: Rulebook, period: Period | None, now: datetime
) -> tuple[Disclosure, EditionHead] | None:
    """Return the disclosure of another period with the edition the public may see of it."""
    if period is None:
        return None
    for disclosure, of_disclosure in rows:
        if disclosure.period_key == period.key:
            edition = public_edition(of_disclosure, book, disclosure, now)
            if edition is not None and edition.state == "approved":
                return disclosure, edition
    return None


async def _public_contents(
    db: Reader, category: Category, wanted: Sequence[EditionHead | None]
) -> list[dict[str, Any] | None]:
    """Return what the public may see of some editions, None where there is none: one statement."""
    found = await editions.get_many(db, [edition.id for edition in wanted if edition])
    return [
        public_content(category, found[edition.id].content) if edition else None
        for edition in wanted
    ]


async def _photos(db: Reader, edition: EditionHead) -> tuple[PhotoView, ...]:
    uses = await photos.for_editions(db, [edition.id])
    return tuple(
        PhotoView(p.sha256, p.role, p.caption, p.pointer, p.width, p.height, p.received_at)
        for p in uses.get(edition.id, [])
    )


def _trend(
    rows: Rows, book: Rulebook, disclosure: Disclosure, now: datetime
) -> tuple[TrendPoint, ...]:
    category = book.categories[disclosure.category]
    points = []
    for other, of_other in sorted(rows, key=lambda row: row[0].period_end):
        edition = public_edition(of_other, book, other, now)
        if (
            other.period_end > disclosure.period_end
            or edition is None
            or edition.state != "approved"
        ):
            continue
        point = trend_point(book.papers[category.key, edition.schema_version].view, edition.gist)
        if point is not None:
            points.append(TrendPoint(other.period_key, *point))
    return tuple(points[-TREND:])
