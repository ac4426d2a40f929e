"""What a township records: occurrences that make disclosures due, and exemptions."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from server.commands.grant_exemption import grant_exemption
from server.commands.record_occurrence import record_occurrence
from server.rules.obligations import Exemption, Occurrence
from server.web.asking import Ask
from server.web.wire import CategoryKey, DivisionCode, Id, In, LongText, Out, ShortText


class OccurrenceBody(In):
    """Something that happened in a village and makes a category due."""

    id: Id
    division: DivisionCode
    category: CategoryKey
    title: ShortText
    occurred_on: date


class ExemptionBody(In):
    """Who need not post what, when, and why. Without a period: everything of the category that falls in the span."""

    id: Id
    division: DivisionCode
    category: CategoryKey
    reason: LongText
    valid_from: date
    valid_to: date
    period: Annotated[str, msgspec.Meta(max_length=40)] | None = None


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


async def post_exemption(ask: Ask) -> Recorded:
    """Grant an exemption."""
    body: ExemptionBody = ask.body
    kept = await grant_exemption(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        exemption=Exemption(
            id=body.id,
            division=body.division,
            category=body.category,
            period_key=body.period,
            valid_from=body.valid_from,
            valid_to=body.valid_to,
            reason=body.reason,
            approver=ask.me.name,
            recorded_at=ask.now,
        ),
    )
    return Recorded(id=kept.id, division=kept.division, category=kept.category)
