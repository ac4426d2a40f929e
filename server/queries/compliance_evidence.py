"""The evidence behind one cell of the matrix: clocks, rule in force, editions, photos, days on show, events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from server import problems
from server.rules import compliance, exposure, obligations
from server.rules.cards import title_of
from server.rules.categories import LegalBasis, in_force
from server.rules.commitments import Commitment, state_at
from server.rules.coverage import Coverage
from server.rules.disclosures import Disclosure, Edition, first_publication, judged_at, known_at
from server.rules.exemptions import Kind
from server.rules.owners import owner_of
from server.rules.periods import day_start, local_date
from server.rules.places import Place, place_of
from server.rules.ratings import Ratings, summed
from server.rules.rulebook import Rulebook
from server.rules.schedules import Display, Schedule
from server.rules.signatures import Signature
from server.rules.urgency import UrgentMark, after_review, mark_of
from server.rules.values import Lang, Text
from server.rules.windows import display_span, expired_at
from server.storage import (
    accounts,
    disclosures,
    divisions,
    editions,
    events,
    exemptions,
    occurrences,
    photos,
    ratings,
    reviews,
)
from server.storage import commitments as registered
from server.storage.database import Reader
from server.storage.shown_on_points import PointDays, shown_on_points

MOST_DAYS = 60


class Clock(Struct, frozen=True):
    """One of an edition's times, and whether it judges or only claims."""

    name: str
    at: datetime | None
    judges: bool


class Day(Struct, frozen=True):
    """One day of the minimum display: shown, not shown, or still to come."""

    on: date
    state: str


class EvidenceEdition(Struct, frozen=True):
    """An edition with its clocks, every signature in the order it was given, and its board photos.

    `expired_at`: since when the public may not read it any more, because the term of its rule is over.
    """

    id: str
    number: int | None
    state: str
    reason: str | None
    content_hash: str
    submitted_by_name: str
    signatures: tuple[Signature, ...]
    clocks: tuple[Clock, ...]
    boards: tuple[str, ...]
    warnings: tuple[Text, ...]
    expired_at: datetime | None


class EvidenceCommitment(Struct, frozen=True):
    """A registration: when it came, until when its content counted from then, and what became of it."""

    id: str
    received_at: datetime
    lapses_at: datetime
    state: str
    content_hash: str
    photos: int
    committed_by_name: str


class EvidenceEvent(Struct, frozen=True):
    """What happened, when and by whom."""

    at: datetime
    action: str
    actor_name: str


class EvidenceExemption(Struct, frozen=True):
    """An exemption or another deadline that counts for it. `afterwards`: it was overdue when that was decided."""

    id: str
    kind: Kind
    reason: str
    asked_by_name: str
    asked_at: datetime
    decided_by_name: str
    post: Text
    decided_at: datetime | None
    rule_due_on: date
    due_on: date | None
    afterwards: bool
    ended_at: datetime | None


class Evidence(Struct, frozen=True):
    """Everything behind one verdict, as of a moment."""

    division: Place
    category: str
    title: str
    as_of: datetime
    state: str
    days: int
    findings: tuple[Text, ...]
    due_on: date
    judged_at: datetime | None
    rule: Text
    rule_version: str
    # What asks for it: the sources in force on the day by which its period is judged.
    legal_basis: tuple[LegalBasis, ...]
    display: tuple[Day, ...]
    # Days shown of days required, for what is decided; and, beside it, the days on query points' screens.
    coverage: Coverage | None
    points: PointDays
    commitments: tuple[EvidenceCommitment, ...]
    editions: tuple[EvidenceEdition, ...]
    events: tuple[EvidenceEvent, ...]
    disclosure_id: str | None
    # What was decided of its duty or its day: each with who asked and who decided, for whoever may read it.
    exemptions: tuple[EvidenceExemption, ...]
    # It was published before its review: why, and how the review stood then.
    urgent: UrgentMark | None
    # What villagers said of it, from the first rating on: as last changed by then.
    ratings: Ratings


async def compliance_evidence(
    db: Reader,
    *,
    book: Rulebook,
    division: str,
    category: str,
    period: str,
    as_of: datetime,
    lang: Lang,
) -> Evidence:
    """Return the evidence of one obligation. Raises not_found when nothing of the kind was owed or posted."""
    line = await divisions.line_that_stood(db, division)
    disclosure = await disclosures.find(db, division, category, period)
    registrations = await registered.of_obligation(db, division, category, period)
    cell = await _cell(db, book, division, category, period, disclosure, registrations, as_of)
    if not line or cell is None:
        raise problems.not_found()
    owed = cell.obligation
    of_disclosure = [
        e
        for e in (await editions.for_disclosure(db, disclosure.id) if disclosure else [])
        if e.received_at <= as_of
    ]
    first = first_publication(of_disclosure, as_of)
    after = after_review(of_disclosure, owed.schedule.urgent, book.calendar, as_of)
    return Evidence(
        division=place_of(line),
        category=category,
        title=title_of(book.categories[category], owed.period, lang),
        as_of=as_of,
        state=cell.state,
        days=cell.late_days or 0,
        findings=tuple(f.text for f in cell.findings),
        due_on=owed.due.due_on,
        judged_at=judged_at(first, owed.schedule) if first else None,
        rule=owed.schedule.source,
        rule_version=owed.schedule.version,
        legal_basis=in_force(book.categories[category].legal_basis, owed.due.due_on),
        display=_days(owed.schedule, book, of_disclosure, as_of),
        coverage=cell.coverage,
        points=await _points(db, division, cell, as_of),
        commitments=await _commitments(db, registrations, as_of),
        editions=await _editions(
            db,
            of_disclosure,
            book.categories[category].publisher,
            book.schedule_of(disclosure).display if disclosure else owed.schedule.display,
            as_of,
        ),
        events=await _events(
            db, {*(e.id for e in of_disclosure), *(c.id for c in registrations)}, as_of
        ),
        disclosure_id=disclosure.id if disclosure else None,
        exemptions=_decided(owed),
        urgent=mark_of(after) if after else None,
        ratings=summed(
            await ratings.tallied(db, disclosure.id, until=as_of) if disclosure else (),
            edition=max((e.number or 0 for e in of_disclosure), default=0),
            public_from=0,
        ),
    )


async def _cell(
    db: Reader,
    book: Rulebook,
    division: str,
    category: str,
    period: str,
    disclosure: Disclosure | None,
    registrations: Sequence[Commitment],
    as_of: datetime,
) -> compliance.Cell | None:
    lives = await divisions.lives_under(db, division, (owner_of(division),))
    village = [v for v in lives if v.code == division]
    if category not in book.categories or not village:
        return None
    today = local_date(as_of)
    owed = obligations.owed(
        village,
        {category: book.categories[category]},
        book.policies,
        book.calendar,
        disclosure.period_end if disclosure else date(today.year - 10, 1, 1),
        disclosure.period_end if disclosure else date(today.year + 1, 12, 31),
        await exemptions.for_scope(db, division),
        await occurrences.for_scope(db, division),
        as_of,
    )
    found = next((o for o in owed if o.period.key == period), None)
    if found is None:
        return None
    of_disclosure = await editions.for_disclosure(db, disclosure.id) if disclosure else []
    uses = await photos.for_editions(db, [e.id for e in of_disclosure])
    boards = [p.received_at for ps in uses.values() for p in ps if p.role == "board"]
    return compliance.judge(found, of_disclosure, boards, as_of, book.calendar, registrations)


async def _points(db: Reader, division: str, cell: compliance.Cell, as_of: datetime) -> PointDays:
    if cell.disclosure_id is None or cell.opened_on is None:
        return PointDays(0, 0)
    found = await shown_on_points(db, division, cell.opened_on, as_of)
    return found.get(cell.disclosure_id, PointDays(0, 0))


def _decided(owed: obligations.Obligation) -> tuple[EvidenceExemption, ...]:
    found = [(owed.moved.exemption, False)] if owed.moved else []
    found += [(owed.exempt, False)] if owed.exempt else []
    found += [(each, True) for each in owed.afterwards]
    return tuple(
        EvidenceExemption(
            id=each.id,
            kind=each.kind,
            reason=each.reason,
            asked_by_name=each.asked_by_name,
            asked_at=each.asked_at,
            decided_by_name=each.decided_by_name,
            post=each.post,
            decided_at=each.decided_at,
            rule_due_on=owed.rule_due.due_on,
            due_on=each.due_on,
            afterwards=after,
            ended_at=each.ended_at,
        )
        for each, after in found
    )


def _days(
    schedule: Schedule, book: Rulebook, of_disclosure: Sequence[Edition], as_of: datetime
) -> tuple[Day, ...]:
    """Return the days of the minimum display from the first opening on: shown, absent or still ahead."""
    stretches = exposure.runs([k for e in of_disclosure if (k := known_at(e, as_of))], as_of)
    if not stretches:
        return ()
    span = display_span(schedule.display, stretches[0].opened_at, book.calendar)
    if span is None:
        return ()
    days: list[Day] = []
    on = span.first_day
    while on <= span.last_day and len(days) < MOST_DAYS:
        days.append(Day(on, _state_of(on, stretches, as_of)))
        on += timedelta(days=1)
    return tuple(days)


def _state_of(on: date, stretches: Sequence[exposure.Run], as_of: datetime) -> str:
    if on > local_date(as_of):
        return "ahead"
    ends = day_start(on + timedelta(days=1))
    shown = any(
        local_date(run.opened_at) <= on and (run.down_at is None or ends <= run.down_at)
        for run in stretches
    )
    return "shown" if shown else "absent"


async def _editions(
    db: Reader, found: list[Edition], publisher: str, display: Display, as_of: datetime
) -> tuple[EvidenceEdition, ...]:
    uses = await photos.for_editions(db, [e.id for e in found])
    signed = await reviews.for_editions(db, [e.id for e in found])
    names = await accounts.names(db, [e.submitted_by for e in found])
    lines = []
    for edition in sorted(found, key=lambda e: e.received_at):
        opened = edition.opens_at if edition.opens_at and edition.opens_at <= as_of else None
        lines.append(
            EvidenceEdition(
                id=edition.id,
                number=edition.number,
                state=edition.state,
                reason=edition.withdrawn_reason or edition.reason,
                content_hash=edition.content_hash,
                submitted_by_name=names.get(edition.submitted_by, ""),
                signatures=tuple(
                    r.signature(publisher)
                    for r in signed.get(edition.id, [])
                    if r.decided_at <= as_of
                ),
                clocks=(
                    Clock("composed", edition.composed_at, judges=False),
                    Clock("captured", edition.captured_at, judges=False),
                    *_registered_clock(edition),
                    Clock("received", edition.received_at, judges=edition.committed_at is None),
                    Clock("published", opened, judges=True),
                ),
                boards=tuple(p.sha256 for p in uses.get(edition.id, []) if p.role == "board"),
                warnings=tuple(
                    Text(f["message"]["zh"], f["message"]["en"]) for f in edition.findings
                ),
                expired_at=expired_at(edition, display, as_of),
            )
        )
    return tuple(lines)


def _registered_clock(edition: Edition) -> tuple[Clock, ...]:
    """Return the clock of an edition that was registered first, which then judges in its receipt's place."""
    at = edition.committed_at
    return () if at is None else (Clock("committed", at, judges=True),)


async def _commitments(
    db: Reader, found: Sequence[Commitment], as_of: datetime
) -> tuple[EvidenceCommitment, ...]:
    names = await accounts.names(db, [c.committed_by for c in found])
    return tuple(
        EvidenceCommitment(
            id=c.id,
            received_at=c.received_at,
            lapses_at=c.lapses_at,
            state=state,
            content_hash=c.content_hash,
            photos=len(c.photos),
            committed_by_name=names.get(c.committed_by, ""),
        )
        for c in found
        if (state := state_at(c, as_of)) is not None
    )


async def _events(
    db: Reader, subjects: Iterable[str], as_of: datetime
) -> tuple[EvidenceEvent, ...]:
    found = [
        e for subject in subjects for e in await events.for_subject(db, subject) if e.at <= as_of
    ]
    names = await accounts.names(db, [e.actor for e in found])
    return tuple(
        EvidenceEvent(e.at, e.action, names.get(e.actor, ""))
        for e in sorted(found, key=lambda e: e.at)
    )
