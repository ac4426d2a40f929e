"""A disclosure's page, worked out from what was loaded: the sheet, its window, its editions, its neighbours.

The public page and the preview of what was not sent yet are the same function of (rows, moment).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from server.rules.cards import NoticeCard, figures_of, notice_card, public_edition
from server.rules.disclosures import Disclosure, EditionHead, was_opened
from server.rules.gists import trend_point
from server.rules.inquiry_views import PublicInquiry
from server.rules.matters import MatterThread
from server.rules.periods import Period, local_date
from server.rules.places import Place
from server.rules.plans import PlanView
from server.rules.privacy import public_content
from server.rules.ratings import Ratings, Tallied, summed
from server.rules.reviewing import By
from server.rules.rulebook import Rulebook, period_of
from server.rules.schedules import Display
from server.rules.sentences import sentences
from server.rules.sheets import Sheet, sheet_for
from server.rules.values import Lang, Text
from server.rules.windows import Visibility, display_span, hides_at, next_turn, visibility

TREND = 8
Rows = Collection[tuple[Disclosure, list[EditionHead]]]
Neighbour = tuple[Disclosure, EditionHead]


class WindowView(Struct, frozen=True):
    """The window on a line of days: when it could open, when it was due, when it opened, until when it stays.

    A standing item was due on no day: `opens_on` and `due_on` are None.
    """

    opens_on: date | None
    due_on: date | None
    opened_at: datetime | None
    must_stay_until: datetime | None
    comes_down_at: datetime | None
    provisional: bool
    today: date
    rule: Text


class EditionLine(Struct, frozen=True):
    """One edition in the public list; the reason is why it was corrected or taken down."""

    number: int
    opened_at: datetime
    reason: str | None
    state: str
    content_hash: str


class ReviewLine(Struct, frozen=True):
    """Who reviewed, when, the five points; for which body (`by`), and in what post there, as it was then."""

    decided_at: datetime
    reviewer_name: str
    by: By
    body: Text
    post: str | None
    points: Mapping[str, bool]


class PhotoView(Struct, frozen=True):
    """A public photo: its hash, what it is for, and the line it belongs to."""

    sha256: str
    role: str
    caption: str | None
    pointer: str | None
    width: int
    height: int
    received_at: datetime


class Clocks(Struct, frozen=True):
    """Two times that claim (composed, captured), two that judge (received, published).

    Where the posting was registered first and its content followed in time, `committed_at` judges for received.
    """

    composed_at: datetime
    captured_at: datetime | None
    committed_at: datetime | None
    received_at: datetime
    published_at: datetime


class TrendPoint(Struct, frozen=True):
    """One period of a series, amounts in fen."""

    period: str
    income: int
    expense: int
    closing: int


class WithdrawnView(Struct, frozen=True):
    """When and why a disclosure was taken down."""

    at: datetime
    reason: str


class DisclosurePage(Struct, frozen=True):
    """A disclosure's page as of one moment; `sheet` is None when it was withdrawn.

    `plan`: the year's plan beside the year so far, where the category has one and the village published it.
    `inquiries`: what was asked about it and answered, each beside its line as long as that is still the same.
    `ratings`: what villagers say of it; None where nobody can say anything, before it is up and after it was taken down;
    `takes_ratings`: it is up now. `matters`: what it tells of together with other notices that are public.
    """

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
    plan: PlanView | None
    explanation: str | None
    withdrawn: WithdrawnView | None
    inquiries: tuple[PublicInquiry, ...]
    ratings: Ratings | None
    takes_ratings: bool
    changes_at: datetime | None
    demo: bool
    matters: tuple[MatterThread, ...] = ()


def assembled(
    rows: Mapping[str, tuple[Disclosure, list[EditionHead]]],
    book: Rulebook,
    disclosure: Disclosure,
    edition: EditionHead,
    now: datetime,
    lang: Lang,
    *,
    beside: tuple[Neighbour | None, Neighbour | None],
    contents: Mapping[str, Mapping[str, Any]],
    division: Place,
    signed: tuple[ReviewLine, ...],
    shown: tuple[PhotoView, ...],
    author: str,
    demo: bool,
    inquiries: tuple[PublicInquiry, ...] = (),
    rated: Sequence[Tallied] | None = None,
    plan: PlanView | None = None,
) -> DisclosurePage | None:
    """Return the page of one edition from what was loaded; None when its disclosure has no card now.

    `beside`: its `neighbours`; `contents`: those of the edition and of its neighbours, unless it is withdrawn;
    `rated`: None where it cannot have been rated.
    """
    of_disclosure = rows[disclosure.id][1]
    schedule = book.schedule_of(disclosure)
    card = notice_card(disclosure, of_disclosure, book, now, lang)
    if card is None or edition.opens_at is None or edition.number is None:
        return None
    gone = visibility(edition, schedule.display, now) is Visibility.WITHDRAWN
    category = book.categories[disclosure.category]
    if edition.number != card.edition:
        # The card is the standing edition's: what an older page says in large is what it says in small, as long as
        # that one may be read.
        card = replace(
            card,
            figures=() if gone else figures_of(book, category, edition),
            hides_at=hides_at(edition, schedule.display),
        )
    previous, last_year = beside
    sheet, told = (
        (None, ()) if gone else _laid_out(book, disclosure, edition, beside, contents, lang)
    )
    span = display_span(schedule.display, card.opened_at or edition.opens_at, book.calendar)
    due = book.due_of(disclosure)
    standing = disclosure.period_key == "L"
    return DisclosurePage(
        card=card,
        division=division,
        sheet=sheet,
        sentences=told,
        window=WindowView(
            opens_on=None if standing else due.opens_on,
            due_on=None if standing else due.due_on,
            opened_at=card.opened_at,
            must_stay_until=span.until if span else None,
            comes_down_at=edition.comes_down_at,
            provisional=due.provisional or bool(span and span.provisional),
            today=local_date(now),
            rule=schedule.source,
        ),
        edition=edition.number,
        editions=edition_lines(of_disclosure, schedule.display, now),
        reviews=signed,
        photos=shown,
        clocks=Clocks(
            edition.composed_at,
            edition.captured_at,
            edition.committed_at,
            edition.received_at,
            edition.opens_at,
        ),
        content_hash=edition.content_hash,
        submitted_by_name=author,
        previous_id=previous[0].id if previous else None,
        last_year_id=last_year[0].id if last_year else None,
        trend=() if gone else _trend(rows.values(), book, disclosure, now),
        plan=None if gone else plan,
        explanation=None if gone else edition.explanation,
        withdrawn=WithdrawnView(edition.withdrawn_at, edition.withdrawn_reason or "")
        if gone and edition.withdrawn_at
        else None,
        inquiries=inquiries,
        ratings=None
        if rated is None or card.stage == "withdrawn"
        else summed(rated, edition=card.edition),
        takes_ratings=rated is not None and card.stage in ("open", "standing"),
        changes_at=next_turn(of_disclosure, schedule.display, now),
        demo=demo,
    )


def _laid_out(
    book: Rulebook,
    disclosure: Disclosure,
    edition: EditionHead,
    beside: tuple[Neighbour | None, Neighbour | None],
    contents: Mapping[str, Mapping[str, Any]],
    lang: Lang,
) -> tuple[Sheet, tuple[str, ...]]:
    """Return the sheet of an edition beside its neighbours', and what it says in sentences."""

    def make() -> tuple[Sheet, tuple[str, ...]]:
        category = book.categories[disclosure.category]
        earlier = [
            public_content(category, contents[each[1].id]) if each else None for each in beside
        ]
        sheet = sheet_for(
            category,
            book.papers[category.key, edition.schema_version].view,
            public_content(category, contents[edition.id]),
            lang,
            previous=earlier[0],
            last_year=earlier[1],
            period=period_of(disclosure),
            calendar=book.calendar,
        )
        return sheet, tuple(sentences(sheet, lang))

    if not edition.content_hash:
        return make()  # a draft: it was not sent yet
    hashes = (edition.content_hash, *(each and each[1].content_hash for each in beside))
    of = (disclosure.category, edition.schema_version, disclosure.period_key, disclosure.event_on)
    return book.laid_out((of, hashes, lang), make)


def neighbours(
    rows: Mapping[str, tuple[Disclosure, list[EditionHead]]],
    book: Rulebook,
    disclosure: Disclosure,
    now: datetime,
) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the period before and the same one last year, each with the edition the public may see of it."""
    period = period_of(disclosure)
    return (
        _neighbour(rows.values(), book, period.previous(), now),
        _neighbour(rows.values(), book, period.same_last_year(), now),
    )


def edition_lines(
    of_disclosure: Sequence[EditionHead], display: Display, now: datetime
) -> tuple[EditionLine, ...]:
    """Return every edition that was ever open by now, newest first; withdrawn ones say so.

    Of an 'expired' one, whose term to be read is over, the reason is not told any more.
    """
    lines = []
    for e in of_disclosure:
        if not was_opened(e, now) or e.number is None or e.opens_at is None:
            continue
        state: str = e.state
        reason = e.withdrawn_reason if state == "withdrawn" else e.reason
        if visibility(e, display, now) is Visibility.EXPIRED:
            state, reason = "expired", None
        lines.append(EditionLine(e.number, e.opens_at, reason, state, e.content_hash))
    return tuple(sorted(lines, key=lambda line: line.number, reverse=True))


def _neighbour(
    rows: Rows, book: Rulebook, period: Period | None, now: datetime
) -> Neighbour | None:
    """Return the disclosure of another period with the edition the public may see of it."""
    if period is None:
        return None
    for disclosure, of_disclosure in rows:
        if disclosure.period_key == period.key:
            edition = public_edition(of_disclosure, book, disclosure, now)
            if edition is not None and edition.state == "approved":
                return disclosure, edition
    return None


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
