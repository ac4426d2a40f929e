"""What I owe: the obligations of my place and of its groups, from the same calculation as the auditor's matrix."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from server.rules import compliance, obligations, urgency
from server.rules.cards import public_edition, title_of
from server.rules.categories import Category
from server.rules.disclosures import Disclosure, EditionHead, awaits_review, stage_at
from server.rules.exemptions import lifted_at
from server.rules.obligations import Obligation, VillageLife
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal_by_role
from server.rules.reminders import reminder_now
from server.rules.rulebook import Rulebook, posting_act
from server.rules.schedules import reminder_rule_for
from server.rules.turns import Waiting, waiting
from server.rules.urgency import UrgentMark
from server.rules.values import Lang, Text
from server.storage import disclosures, divisions, editions, exemptions, occurrences, reviews
from server.storage.database import Reader

LOOK_BACK = timedelta(days=400)
LOOK_AHEAD = timedelta(days=100)


class Task(Struct, frozen=True):
    """One obligation of one place. Days left count from tomorrow; negative: days late."""

    division: str
    division_name: str
    category: str
    category_name: Text
    title: str
    period: str
    event_on: date | None
    occurrence_id: str | None
    opens_on: date
    due_on: date
    due_before: datetime
    days_left: int
    working_days_left: int
    provisional: bool
    rule: Text
    # The reminder that falls on today ('before-7', 'due', 'after-1'), while nothing was sent.
    reminder: str | None
    state: str
    late_days: int
    stage: str | None
    disclosure_id: str | None
    submission_id: str | None
    opens_at: datetime | None
    received_at: datetime | None
    returned_reason: str | None
    # Whom the newest edition waits for while it is reviewed.
    turn: Waiting | None
    # It was published before its review: how that stands.
    urgent: UrgentMark | None


class Tasks(Struct, frozen=True):
    """Everything an accountant or editor owes, due soonest first, as of `today` in Asia/Shanghai."""

    today: date
    items: tuple[Task, ...]


async def tasks_of_accountant(
    db: Reader, *, book: Rulebook, actor: Actor, now: datetime, lang: Lang
) -> Tasks:
    """Return what the actor may post and owes, for closed villages that were merged into theirs too: the last thirteen months and what falls due next."""
    today = local_date(now)
    places = (actor.division, *actor.took_over)
    first, last = today - LOOK_BACK, today + LOOK_AHEAD
    villages = await _villages(db, actor)
    mine = {key: c for key, c in book.categories.items() if not _refused(actor, c)}
    owed = obligations.owed(
        villages,
        mine,
        book.policies,
        book.calendar,
        first,
        last,
        # What counts for a whole township is found once for each place in it.
        {e.id: e for place in places for e in await exemptions.for_scope(db, place)}.values(),
        [each for place in places for each in await occurrences.for_scope(db, place)],
        now,
    )
    posted = [d for p in places for d in await disclosures.list_for_scope(db, p, first, last)]
    by_disclosure = await editions.heads_for_disclosures(db, [d.id for d in posted])
    by_key = {(d.division, d.category, d.period_key): d for d in posted}
    reasons = await _return_reasons(db, by_disclosure)
    turns = await _turns(db, book, posted, by_disclosure)
    names = {v.code: v.shown_on(today) for v in villages}
    items = []
    for obligation in owed:
        if obligation.exempt is not None or obligation.period.start > today:
            continue
        disclosure = by_key.get((obligation.division, obligation.category, obligation.period.key))
        mine_editions = by_disclosure.get(disclosure.id, []) if disclosure else []
        if lifted_at(obligation.afterwards) is not None and not mine_editions:
            continue  # overdue when it was lifted: nobody waits for it any more
        cell = compliance.judge(obligation, mine_editions, [], now, book.calendar)
        items.append(_task(book, cell, disclosure, mine_editions, reasons, turns, names, now, lang))
    return Tasks(today, tuple(sorted(items, key=lambda t: (t.due_on, t.category, t.division))))


async def _villages(db: Reader, actor: Actor) -> list[VillageLife]:
    """Return the actor's villages and their groups, and the closed ones for whose debts the actor answers."""
    return [
        village
        for place in (actor.division, *actor.took_over)
        for village in await divisions.owing_under(db, place)
    ]


def _refused(actor: Actor, category: Category) -> bool:
    return refusal_by_role(actor, posting_act(category), actor.division) is not None


async def _return_reasons(
    db: Reader, by_disclosure: dict[str, list[EditionHead]]
) -> dict[str, str]:
    returned = [e.id for es in by_disclosure.values() for e in es if e.state == "returned"]
    found = await reviews.for_editions(db, returned)
    return {edition: rs[-1].reason or "" for edition, rs in found.items() if rs}


async def _turns(
    db: Reader,
    book: Rulebook,
    posted: Sequence[Disclosure],
    by_disclosure: dict[str, list[EditionHead]],
) -> dict[str, Waiting | None]:
    """Return whom each edition under review waits for; how many sign may depend on its content."""
    about = {d.id: d for d in posted}
    asked = [e.id for es in by_disclosure.values() for e in es if awaits_review(e)]
    found = await editions.get_many(db, asked)
    return {key: waiting(book, about[e.disclosure_id], e) for key, e in found.items()}


def _is_back(edition: EditionHead) -> bool:
    return edition.state == "returned"


def _reminder(book: Rulebook, owed: Obligation, today: date) -> str | None:
    rule = reminder_rule_for(book.policies, owed.division, today)
    found = reminder_now(rule, owed.due.opens_on, owed.due.due_on, book.calendar, today)
    return found.kind if found else None


def _task(
    book: Rulebook,
    cell: compliance.Cell,
    disclosure: Disclosure | None,
    of_disclosure: Sequence[EditionHead],
    reasons: dict[str, str],
    turns: dict[str, Waiting | None],
    names: dict[str, str],
    now: datetime,
    lang: Lang,
) -> Task:
    owed = cell.obligation
    today = local_date(now)
    newest = max(of_disclosure, key=lambda e: e.received_at, default=None)
    standing = public_edition(of_disclosure, book, disclosure, now) if disclosure else None
    shown = newest or standing
    category = book.categories[owed.category]
    after = urgency.after_review(of_disclosure, owed.schedule.urgent, book.calendar, now)
    return Task(
        division=owed.division,
        division_name=names.get(owed.division, ""),
        category=owed.category,
        category_name=category.name,
        title=title_of(category, owed.period, lang),
        period=owed.period.key,
        event_on=owed.period.end if owed.period.cadence == "event" else None,
        occurrence_id=owed.occurrence_id,
        opens_on=owed.due.opens_on,
        due_on=owed.due.due_on,
        due_before=owed.due.due_before,
        days_left=(owed.due.due_on - today).days,
        working_days_left=book.calendar.workdays_between(today, owed.due.due_on),
        provisional=owed.due.provisional,
        rule=owed.schedule.source,
        reminder=_reminder(book, owed, today) if shown is None or _is_back(shown) else None,
        state=cell.state,
        late_days=cell.late_days or 0,
        stage=stage_at(shown, book.schedule_of(disclosure).display, now)
        if shown and disclosure
        else None,
        disclosure_id=disclosure.id if disclosure else None,
        submission_id=shown.id if shown else None,
        opens_at=shown.opens_at if shown else None,
        received_at=shown.received_at if shown else None,
        returned_reason=reasons.get(shown.id) if shown and shown.state == "returned" else None,
        turn=turns.get(shown.id) if shown else None,
        urgent=urgency.mark_of(after) if after else None,
    )
