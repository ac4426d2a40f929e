"""Inspections over HTTP: drawing a list, working through it, and the list as anyone may draw it again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import msgspec

from server.commands.draw_inspections import Wanted, draw_inspections
from server.commands.record_visit import record_visit
from server.queries.draws import (
    DrawList,
    DrawPage,
    PublicDraw,
    PublicDraws,
    draw_page,
    draws_in_scope,
    public_draw,
    public_draws,
    record_of_draw,
)
from server.rules.inquiries import written
from server.rules.inspections import (
    MOST_ASKED,
    MOST_NOTE,
    MOST_PHOTOS,
    MOST_PURPOSE,
    Kind,
    Reply,
    Visit,
)
from server.web.asking import Answer, Ask
from server.web.listing import ListPageQuery
from server.web.wire import DivisionCode, Id, In, Position, Sha256

Count = Annotated[int, msgspec.Meta(ge=0, le=MOST_ASKED)]
TEXT = "text/plain; charset=utf-8"


class DrawBody(In):
    """What is drawn, for what, of which span.

    `share_permille`: the share of faulty items that is assumed; `detect_permille`: how surely one of them is to be found.
    """

    id: Id
    division: DivisionCode
    kind: Kind
    purpose: Annotated[str, msgspec.Meta(max_length=MOST_PURPOSE)]
    first: date
    last: date
    share_permille: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 100
    detect_permille: Annotated[int, msgspec.Meta(ge=1, le=999)] = 900


class VisitBody(In):
    """What was found on the spot. `composed_at`: when it was written, by the phone's clock."""

    published: Reply
    accurate: Reply
    complete: Reply
    timely: Reply
    composed_at: Annotated[datetime, msgspec.Meta(tz=True)]
    note: Annotated[str, msgspec.Meta(max_length=MOST_NOTE)] = ""
    asked: Count = 0
    knew: Count = 0
    satisfied: Count = 0
    photos: Annotated[list[Sha256], msgspec.Meta(max_length=MOST_PHOTOS)] = msgspec.field(
        default_factory=list
    )


class DrawsQuery(In):
    """Whose lists, itself and below, and which page of them."""

    division: DivisionCode
    cursor: Position | None = None


async def post_draw(ask: Ask) -> DrawPage:
    """Draw a list; the same request again answers the list that was drawn then."""
    body: DrawBody = ask.body
    drawn = await draw_inspections(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        wanted=Wanted(
            id=body.id,
            division=body.division,
            kind=body.kind,
            purpose=body.purpose,
            first=body.first,
            last=body.last,
            share_permille=body.share_permille,
            detect_permille=body.detect_permille,
        ),
    )
    return await _page(ask, drawn.id)


async def list_draws(ask: Ask) -> DrawList:
    """The lists drawn in my area."""
    asked: ListPageQuery = ask.query
    return await draws_in_scope(
        ask.db, division=ask.me.division, wanted=asked.wanted(), cursor=asked.cursor
    )


async def get_draw(ask: Ask) -> DrawPage:
    """One list with its items and what was found."""
    return await _page(ask, ask.path["id"])


async def put_visit(ask: Ask) -> DrawPage:
    """Write what was found at one drawn item; the same words again change nothing."""
    body: VisitBody = ask.body
    me = ask.me
    await record_visit(
        ask.tx,
        actor=me,
        now=ask.now,
        address=ask.address,
        draw_id=ask.path["id"],
        rank=int(ask.path["rank"]),
        visit=Visit(
            published=body.published,
            accurate=body.accurate,
            complete=body.complete,
            timely=body.timely,
            note=written(body.note),
            asked=body.asked,
            knew=body.knew,
            satisfied=body.satisfied,
            photos=tuple(dict.fromkeys(body.photos)),
            composed_at=body.composed_at,
            received_at=ask.now,
            visited_by=me.account_id,
            visited_by_name=me.name,
        ),
    )
    return await _page(ask, ask.path["id"])


async def list_public_draws(ask: Ask) -> PublicDraws:
    """Every list that was drawn in a division and below, as anyone may draw it again."""
    asked: DrawsQuery = ask.query
    return await public_draws(ask.db, division=asked.division, cursor=asked.cursor)


async def get_public_draw(ask: Ask) -> PublicDraw:
    """Everything that it takes to draw one list again."""
    return await public_draw(ask.db, draw_id=ask.path["id"])


async def get_record(ask: Ask) -> Answer:
    """The record that a list was drawn from: its SHA-256 is the seed."""
    return Answer(await record_of_draw(ask.db, draw_id=ask.path["id"]), media_type=TEXT)


async def _page(ask: Ask, draw_id: str) -> DrawPage:
    return await draw_page(
        ask.db, book=ask.house.book, actor=ask.me, draw_id=draw_id, lang=ask.lang
    )
