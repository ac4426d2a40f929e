"""What a township records: occurrences that make disclosures due."""

from __future__ import annotations

from datetime import date

from server.commands.record_occurrence import record_occurrence
from server.rules.obligations import Occurrence
from server.web.asking import Ask
from server.web.wire import CategoryKey, Id, In, Out, PlaceCode, ShortText


class OccurrenceBody(In):
    """Something that happened in a village and makes a category due."""

    id: Id
    division: PlaceCode
    category: CategoryKey
    title: ShortText
    occurred_on: date


class Recorded(Out):
    """What is on record now."""

    id: str
    division: str
    category: str


async def post_occurrence(ask: Ask) -> Recorded:
    """Record an occurrence."""
    body: OccurrenceBody = ask.body
    kept = await record_occurrence(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        occurrence=Occurrence(
            id=body.id,
            division=body.division,
            category=body.category,
            title=body.title,
            occurred_on=body.occurred_on,
            recorded_at=ask.now,
        ),
    )
    return Recorded(id=kept.id, division=kept.division, category=kept.category)
