"""Who is to be reminded of what, now? From the same obligations as the matrix and the tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from server.rules import obligations, windows
from server.rules.disclosures import EditionHead, was_opened
from server.rules.listening import Device, Group, Listening
from server.rules.obligations import Obligation
from server.rules.periods import day_start, local_date, next_midnight
from server.rules.places import spoken_name
from server.rules.reminders import CATCH_UP, may_speak, reminder_now
from server.rules.reminding import Due, ReviewDue, SignatureDue
from server.rules.rulebook import Rulebook, period_of
from server.rules.schedules import reminder_rule_for
from server.rules.tallies import Column, Tally
from server.rules.urgency import after_review
from server.rules.warnings import warnings_of
from server.storage import (
    disclosures,
    divisions,
    editions,
    exemptions,
    occurrences,
    push_subscriptions,
    reviews,
    tallies,
    webhooks,
)
from server.storage.database import Reader
from server.storage.tallies import Kept

LOOK_BACK = timedelta(days=400)
# So many lines of tallies are judged anew for one round of messages; what is beyond is told without 'again'.
MOST_ANEW = 200


async def who_listens(db: Reader, now: datetime) -> Listening:
    """Return everybody who wants reminders now: chat groups and signed-in devices."""
    groups = [Group(w.id, w.division) for w in await webhooks.standing(db) if w.robot != "site"]
    listeners = await push_subscriptions.listening(db, now)
    # Who posts and signs for a closed village: the people of the one that it was merged into.
    posting = {each.division for each in listeners if each.role in ("accountant", "supervisor")}
    took_over = await divisions.taken_over_by(db, posting)
    devices = [
        Device(
            id=each.subscription.id,
            role=each.role,
            division=each.division,
            lang=each.subscription.lang,
            account=each.subscription.account_id,
            post=each.post,
            took_over=tuple(took_over.get(each.division, ())) if each.division in posting else (),
        )
        for each in listeners
    ]
    return Listening(tuple(groups), tuple(devices))


async def reminders_due(db: Reader, *, book: Rulebook, scope: str, now: datetime) -> list[Due]:
    """Return what is to be said now below a division: nothing in quiet hours, nothing that was answered.

    A disclosure on its way (in review, approved) is answered; one that was returned is owed again.
    """
    today = local_date(now)
    villages = await divisions.owing_under(db, scope)
    rules = {v.code: reminder_rule_for(book.policies, v.code, today) for v in villages}
    awake = [v for v in villages if may_speak(rules[v.code], now)]
    if not awake:
        return []
    owed = obligations.owed(
        awake,
        book.categories,
        book.policies,
        book.calendar,
        today - LOOK_BACK,
        today,
        await exemptions.for_scope(db, scope),
        await occurrences.for_scope(db, scope),
        now,
    )
    found = [
        (o, reminder)
        for o in owed
        if o.exempt is None
        and not o.relieved(now)
        and (
            reminder := reminder_now(
                rules[o.division], o.due.opens_on, o.due.due_on, book.calendar, today
            )
        )
    ]
    answered = await _answered(db, scope, [o for o, _ in found], now)
    names = {v.code: v.shown_on(today) for v in awake}
    left = [
        Due(o, reminder, names[o.division])
        for o, reminder in found
        if (o.division, o.category, o.period.key) not in answered
    ]
    missed = await _missed(db, book, scope, left, now)
    return [replace(due, missed=missed.get(_which(due.obligation), 1)) for due in left]


def _which(owed: Obligation) -> tuple[str, str, str]:
    return owed.division, owed.category, owed.period.key


async def _missed(
    db: Reader, book: Rulebook, scope: str, due: Sequence[Due], now: datetime
) -> dict[tuple[str, str, str], int]:
    """Return how often what is overdue was late lately, by obligation: from tallies, as in the list of warnings."""
    today = local_date(now)
    late = sorted({d.obligation.division for d in due if d.obligation.due.due_on < today})
    if not late:
        return {}
    read = await tallies.read(db, scope, (today.year - 1, today.year), late, book=book, now=now)
    anew = [stale for stale in read.stale if stale[0] in set(late)]
    made = await tallies.make(db, book, anew[:MOST_ANEW], now)
    lines: dict[str, list[tuple[tuple[Column, ...], str]]] = {}
    known: list[Kept | Tally] = [*read.good, *(each.tally for each in made)]
    for line in known:
        lines.setdefault(line.division, []).append((line.columns, line.signs))
    return {
        (code, each.column.category, each.column.period): each.missed
        for code, of_village in lines.items()
        for each in warnings_of(of_village, today, 0)
    }


async def reviews_due(db: Reader, *, book: Rulebook, scope: str, now: datetime) -> list[ReviewDue]:
    """Return which reviews that are to follow an urgent publication are to be spoken of now below a division."""
    waiting = [e for e in await editions.published_first(db, scope) if was_opened(e, now)]
    about = await disclosures.get_many(db, [e.disclosure_id for e in waiting])
    names = await divisions.names(db, [d.division for d in about.values()])
    today = local_date(now)
    found = []
    for edition in waiting:
        disclosure = about[edition.disclosure_id]
        schedule = book.schedule_of(disclosure)
        after = after_review([edition], schedule.urgent, book.calendar, now)
        rule = reminder_rule_for(book.policies, disclosure.division, today)
        if after is None or not may_speak(rule, now):
            continue
        opened_on = local_date(after.opened_at)
        reminder = reminder_now(rule, opened_on, after.due_on, book.calendar, today)
        if reminder is None:
            continue
        found.append(
            ReviewDue(
                division=disclosure.division,
                village=spoken_name(names.get(disclosure.division, "")),
                category=disclosure.category,
                period=period_of(disclosure),
                due=windows.Due(
                    opened_on,
                    after.due_on,
                    next_midnight(day_start(after.due_on)),
                    after.provisional,
                ),
                reminder=reminder,
                by=edition.turn.by if edition.turn else None,
            )
        )
    return found


async def signatures_due(
    db: Reader, *, book: Rulebook, scope: str, now: datetime
) -> list[SignatureDue]:
    """Return which editions below a division came to somebody's turn lately: said once, and never at night.

    What has waited for longer is on the list of whoever reviews, and is not said again.
    """
    today = local_date(now)
    waiting = [
        (edition, edition.turn)
        for edition in await editions.awaiting_review(db, scope)
        if edition.turn and today - local_date(edition.turn.since) <= CATCH_UP
    ]
    about = await disclosures.get_many(db, [e.disclosure_id for e, _ in waiting])
    names = await divisions.names(db, [d.division for d in about.values()])
    signed = await reviews.for_editions(db, [e.id for e, _ in waiting])
    found = []
    for edition, turn in waiting:
        disclosure = about[edition.disclosure_id]
        if not may_speak(reminder_rule_for(book.policies, disclosure.division, today), now):
            continue
        schedule, period = book.schedule_of(disclosure), period_of(disclosure)
        found.append(
            SignatureDue(
                edition=edition.id,
                division=disclosure.division,
                village=spoken_name(names.get(disclosure.division, "")),
                category=disclosure.category,
                period=period,
                by=turn.by,
                since=local_date(turn.since),
                due=None if edition.reason else windows.due_for(schedule, period, book.calendar),
                but_not=frozenset(
                    {edition.submitted_by, *(r.reviewer for r in signed.get(edition.id, ()))}
                ),
                excluded_posts=schedule.review.excluded_posts,
            )
        )
    return found


async def _answered(
    db: Reader, scope: str, owed: Sequence[Obligation], now: datetime
) -> set[tuple[str, str, str]]:
    if not owed:
        return set()
    first: date = min(o.period.start for o in owed)
    last: date = max(o.period.end for o in owed)
    posted = await disclosures.list_for_scope(db, scope, first, last)
    by_disclosure = await editions.heads_for_disclosures(db, [d.id for d in posted])
    return {
        (d.division, d.category, d.period_key)
        for d in posted
        if any(_answers(e, now) for e in by_disclosure.get(d.id, []))
    }


def _answers(edition: EditionHead, now: datetime) -> bool:
    if edition.state == "withdrawn":
        return was_opened(edition, now)
    return edition.state != "returned"
