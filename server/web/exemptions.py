"""Exemptions and other deadlines over HTTP: asked for by one person, decided by another, ended early."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from server.commands.ask_exemption import Asked, ask_exemption
from server.commands.decide_exemption import decide_exemption
from server.commands.end_exemption import end_exemption
from server.queries.exemption_list import (
    ExemptionLine,
    ExemptionList,
    exemption_list,
    one_exemption,
    waiting_for,
)
from server.rules.exemptions import MOST_WORDS, Exemption
from server.web.asking import Answer, Ask
from server.web.etag import revision_tag
from server.web.wire import CategoryKey, Id, In, Out, PlaceCode

Words = Annotated[str, msgspec.Meta(max_length=MOST_WORDS)]


class ExemptionBody(In):
    """Who need not post what, or until when (`due_on`), and why.

    Without a period: everything of the category that ends in the span; without a category: everything; without a first
    day: however long ago it ended.
    """

    id: Id
    division: PlaceCode
    reason: Words
    valid_to: date
    valid_from: date | None = None
    category: CategoryKey | None = None
    period: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    due_on: date | None = None


class DecisionBody(In):
    """Whether it is approved; a refusal says why."""

    approve: bool
    words: Words = ""


class EndingBody(In):
    """Why it ends early."""

    reason: Words


class Waiting(Out):
    """How many wait for whoever asks to decide on them."""

    waiting: int


async def count_waiting(ask: Ask) -> Waiting:
    """How many wait for my decision: what the desk's first screen says."""
    return Waiting(waiting=await waiting_for(ask.db, actor=ask.me))


async def list_exemptions(ask: Ask) -> ExemptionList:
    """What was asked for in my area, and how it stands."""
    return await exemption_list(ask.db, book=ask.house.book, actor=ask.me)


async def post_exemption(ask: Ask) -> Answer:
    """Ask for an exemption or another deadline."""
    body: ExemptionBody = ask.body
    kept = await ask_exemption(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        asked=Asked(
            id=body.id,
            division=body.division,
            category=body.category,
            reason=body.reason,
            period=body.period,
            valid_from=body.valid_from,
            valid_to=body.valid_to,
            due_on=body.due_on,
        ),
    )
    return await _line(ask, kept)


async def post_exemption_decision(ask: Ask) -> Answer:
    """Approve or refuse what somebody else asked for."""
    body: DecisionBody = ask.body
    kept = await decide_exemption(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        exemption_id=ask.path["id"],
        approve=body.approve,
        words=body.words,
        revision=ask.expected_revision(),
    )
    return await _line(ask, kept)


async def post_exemption_ending(ask: Ask) -> Answer:
    """End early what was approved."""
    body: EndingBody = ask.body
    kept = await end_exemption(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        exemption_id=ask.path["id"],
        reason=body.reason,
        revision=ask.expected_revision(),
    )
    return await _line(ask, kept)


async def _line(ask: Ask, exemption: Exemption) -> Answer:
    line: ExemptionLine = await one_exemption(ask.db, exemption, book=ask.house.book, actor=ask.me)
    return Answer(line, headers={"ETag": revision_tag(line.revision)}, cache="private, no-cache")
