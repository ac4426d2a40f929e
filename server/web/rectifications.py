"""Rectification over HTTP: what is ordered, the village's proof, and what becomes of it."""

from __future__ import annotations

from typing import Annotated

import msgspec

from server.commands.close_rectification import Closed, close_rectification
from server.commands.escalate_rectification import Escalated, escalate_rectification
from server.commands.order_rectification import Ordered, order_rectification
from server.commands.prove_rectification import Proof, prove_rectification
from server.commands.return_rectification import Returned, return_rectification
from server.queries.rectifications import (
    OrderingChoices,
    OrderList,
    OrderPage,
    ordering_choices,
    rectification_list,
    rectification_page,
)
from server.rules.inspections import inspection_id
from server.rules.rectifications import MOST_PHOTOS, MOST_WORDS
from server.rules.values import MAX_FEN
from server.web.asking import Answer, Ask
from server.web.etag import revision_tag
from server.web.listing import ListPageQuery
from server.web.wire import DivisionCode, Id, In, Sha256

Words = Annotated[str, msgspec.Meta(max_length=MOST_WORDS)]
Days = Annotated[int, msgspec.Meta(ge=1, le=366)]
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class FoundAt(In):
    """The drawn item where something was found."""

    draw: Id
    rank: Annotated[int, msgspec.Meta(ge=1, le=9999)]


class OrderBody(In):
    """What is ordered, of which village, within how many working days; `inspection`: where it was found."""

    id: Id
    division: DivisionCode
    finding: Words
    demand: Words
    measure: Key
    days: Days
    inspection: FoundAt | None = None
    disclosure_id: Id | None = None


class ProofBody(In):
    """What was put right; `disclosure_id`: the notice whose new edition shows it."""

    id: Id
    words: Words
    photos: Annotated[list[Sha256], msgspec.Meta(max_length=MOST_PHOTOS)] = msgspec.field(
        default_factory=list
    )
    disclosure_id: Id | None = None


class ReturnBody(In):
    """Why a proof is not enough, and how many working days there are from tomorrow on."""

    id: Id
    words: Words
    days: Days


class EscalationBody(In):
    """Why an order goes up to the county; `measure`: what is done about it from now on."""

    id: Id
    words: Words
    measure: Key | None = None


class ClosureBody(In):
    """What was seen to be right; `recovered`: the money that came back, in fen."""

    id: Id
    words: Words
    recovered: Annotated[int, msgspec.Meta(ge=0, le=MAX_FEN)] = 0


async def list_orders(ask: Ask) -> OrderList:
    """What is to be put right in my area."""
    asked: ListPageQuery = ask.query
    return await rectification_list(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        wanted=asked.wanted(),
        cursor=asked.cursor,
        now=ask.now,
    )


async def get_ordering_choices(ask: Ask) -> OrderingChoices:
    """To which villages an order can be given, and what it can say."""
    return await ordering_choices(ask.db, book=ask.house.book, actor=ask.me, now=ask.now)


async def get_order(ask: Ask) -> Answer:
    """One order; its ETag is what a step must name."""
    return await _page(ask, ask.path["id"])


async def post_order(ask: Ask) -> Answer:
    """Order a village to put something right."""
    body: OrderBody = ask.body
    found = body.inspection
    order = await order_rectification(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        ordered=Ordered(
            id=body.id,
            division=body.division,
            finding=body.finding,
            demand=body.demand,
            measure=body.measure,
            days=body.days,
            inspection_id=inspection_id(found.draw, found.rank) if found else None,
            disclosure_id=body.disclosure_id,
        ),
    )
    return await _page(ask, order.id)


async def post_proof(ask: Ask) -> Answer:
    """Send proof that something was put right."""
    body: ProofBody = ask.body
    await prove_rectification(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        order_id=ask.path["id"],
        proof=Proof(body.id, body.words, tuple(dict.fromkeys(body.photos)), body.disclosure_id),
        revision=ask.expected_revision(),
    )
    return await _page(ask, ask.path["id"])


async def post_return(ask: Ask) -> Answer:
    """Send a proof back with a new last day."""
    body: ReturnBody = ask.body
    await return_rectification(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        order_id=ask.path["id"],
        returned=Returned(body.id, body.words, body.days),
        revision=ask.expected_revision(),
    )
    return await _page(ask, ask.path["id"])


async def post_escalation(ask: Ask) -> Answer:
    """Take an order up to the county."""
    body: EscalationBody = ask.body
    await escalate_rectification(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        order_id=ask.path["id"],
        escalated=Escalated(body.id, body.words, body.measure),
        revision=ask.expected_revision(),
    )
    return await _page(ask, ask.path["id"])


async def post_closure(ask: Ask) -> Answer:
    """Accept a proof and close the order."""
    body: ClosureBody = ask.body
    await close_rectification(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        order_id=ask.path["id"],
        closed=Closed(body.id, body.words, body.recovered),
        revision=ask.expected_revision(),
    )
    return await _page(ask, ask.path["id"])


async def _page(ask: Ask, order_id: str) -> Answer:
    page: OrderPage = await rectification_page(
        ask.db,
        book=ask.house.book,
        actor=ask.me,
        order_id=order_id,
        now=ask.now,
        lang=ask.lang,
    )
    return Answer(page, headers={"ETag": revision_tag(page.revision)}, cache="private, no-cache")
