"""Record that something happened which makes a disclosure due: a preliminary opinion, an allocated batch."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules import gate
from server.rules.canonical import content_hash
from server.rules.obligations import Occurrence
from server.rules.owners import OWNERS
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.rules.rulebook import Rulebook
from server.storage import divisions, events, occurrences, submissions, versions
from server.storage.database import Tx


async def record_occurrence(
    tx: Tx, *, book: Rulebook, actor: Actor, now: datetime, address: str, occurrence: Occurrence
) -> Occurrence:
    """Record an occurrence and return it; the same id again answers what is on record.

    Raises: not_allowed, unknown_category, category_not_in_use, category_of_other_level, unknown_division, period_not_over (a day to come), reason_needed (no title),
    content_has_errors (a personal number in the title), same_id_other_content.
    """
    if why := refusal(actor, "record_occurrence", occurrence.division):
        raise problems.not_allowed(why)
    if occurrence.category not in book.categories:
        raise problems.unknown_category(occurrence.category, sorted(book.categories))
    on = occurrence.occurred_on
    submissions.refuse_unowed(book, occurrence.category, occurrence.division, on)
    village = await divisions.get(tx, occurrence.division)
    if village is None or village.level not in OWNERS:
        raise problems.unknown_division(occurrence.division)
    today = local_date(now)
    if occurrence.occurred_on > today:
        raise problems.period_not_over(
            occurrence.occurred_on.isoformat(), ends_on=occurrence.occurred_on, today=today
        )
    if not occurrence.title.strip():
        raise problems.reason_needed("/title")
    if found := gate.beside({"title": occurrence.title}):
        raise problems.content_has_errors(found)
    if not await occurrences.insert(tx, occurrence, county=occurrence.division[:6]):
        standing = await occurrences.get(tx, occurrence.id)
        assert standing is not None
        if _said(standing) != _said(occurrence):
            raise problems.same_id_other_content(
                occurrence.id, stored=_said(standing), received=_said(occurrence)
            )
        return standing
    await versions.bump(tx, occurrence.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="occurrence.recorded",
        subject=occurrence.id,
        division=occurrence.division,
        address=address,
        details={
            "category": occurrence.category,
            "occurred_on": occurrence.occurred_on.isoformat(),
        },
    )
    return occurrence


def _said(occurrence: Occurrence) -> str:
    return content_hash(
        {
            "division": occurrence.division,
            "category": occurrence.category,
            "title": occurrence.title,
            "occurred_on": occurrence.occurred_on.isoformat(),
        }
    )
