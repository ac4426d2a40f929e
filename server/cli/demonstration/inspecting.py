"""Inspections of the demonstration: a drawn list with a visited village, an order that is open and one that is closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random

from server.cli.demonstration.acts import ADDRESS, Who
from server.cli.demonstration.moments import office_hours
from server.cli.demonstration.people import OWN_VILLAGE, TOWNSHIP
from server.commands.close_rectification import Closed, close_rectification
from server.commands.draw_inspections import Wanted, draw_inspections
from server.commands.order_rectification import Ordered, order_rectification
from server.commands.post_disclosure import Posted
from server.commands.prove_rectification import Proof, prove_rectification
from server.commands.record_visit import record_visit
from server.rules.inspections import Inspection, Visit
from server.rules.periods import local_date
from server.rules.permissions import Actor
from server.rules.values import uuid7_at
from server.storage import inspections, photos
from server.storage.database import Tx
from server.web.house import House

AUDITOR: Who = (TOWNSHIP, "auditor")


def _id(at: datetime, name: str) -> str:
    return uuid7_at(at, Random(name).randbytes(10))


async def inspect(
    tx: Tx,
    house: House,
    standing: Mapping[str, Posted],
    villages: Mapping[str, object],
    actor: Callable[[Who], Actor],
    now: datetime,
) -> None:
    """Draw, visit, order, prove and close, through the commands that people use."""
    auditor = actor(AUDITOR)
    drawn_at = office_hours(local_date(now) - timedelta(days=24), Random("draw"))
    today = local_date(now)
    drawn = await draw_inspections(
        tx,
        actor=auditor,
        now=drawn_at,
        address=ADDRESS,
        wanted=Wanted(
            id=_id(drawn_at, "draw"),
            division=TOWNSHIP,
            kind="villages",
            purpose="季度公开检查（演示）",
            first=today - timedelta(days=120),
            last=today - timedelta(days=24),
            share_permille=200,
            detect_permille=800,
        ),
    )
    items = (await inspections.of_draws(tx, [drawn.id]))[drawn.id]
    # The first of those that were drawn whose people act in the story.
    one = next(item for item in items if item.division in villages)
    seen_at = office_hours(local_date(now) - timedelta(days=22), Random("visit"))
    await record_visit(
        tx,
        actor=auditor,
        now=seen_at,
        address=ADDRESS,
        draw_id=one.draw_id,
        rank=one.rank,
        visit=await _visit(tx, one, standing, auditor, seen_at),
    )
    await _closed(tx, house, one, actor, now)
    ordered_at = office_hours(local_date(now) - timedelta(days=4), Random("open"))
    await order_rectification(
        tx,
        book=house.book,
        actor=auditor,
        now=ordered_at,
        address=ADDRESS,
        ordered=Ordered(
            id=_id(ordered_at, "open"),
            division=OWN_VILLAGE,
            finding="公开栏玻璃反光，看不清低保名单，村民要走到跟前才能看见（演示）",
            demand="换一块不反光的玻璃，或者把名单贴到门口，拍照报上来（演示）",
            measure="deadline",
            days=10,
        ),
    )


async def _visit(
    tx: Tx, one: Inspection, standing: Mapping[str, Posted], who: Actor, at: datetime
) -> Visit:
    """Return what was found, with a photo of the board that hung there."""
    editions = [
        posted.edition.id
        for posted in standing.values()
        if posted.disclosure.division == one.division and posted.edition.received_at < at
    ]
    uses = await photos.for_editions(tx, editions)
    boards = [use.sha256 for each in uses.values() for use in each if use.role == "board"]
    return Visit(
        published="yes",
        accurate="no",
        complete="yes",
        timely="yes",
        note="一笔 128 元的办公费报了两次，凭证是同一张（演示）",
        asked=10,
        knew=7,
        satisfied=6,
        photos=tuple(boards[-1:]),
        composed_at=at - timedelta(minutes=12),
        received_at=at,
        visited_by=who.account_id,
        visited_by_name=who.name,
    )


async def _closed(
    tx: Tx, house: House, one: Inspection, actor: Callable[[Who], Actor], now: datetime
) -> None:
    auditor = actor(AUDITOR)
    ordered_at = office_hours(local_date(now) - timedelta(days=21), Random("order"))
    order = await order_rectification(
        tx,
        book=house.book,
        actor=auditor,
        now=ordered_at,
        address=ADDRESS,
        ordered=Ordered(
            id=_id(ordered_at, "order"),
            division=one.division,
            finding="一笔 128 元的办公费报了两次，凭证是同一张（演示）",
            demand="退回多报的钱，更正账目，把退款凭证拍照报上来（演示）",
            measure="admonition",
            days=10,
            inspection_id=one.id,
        ),
    )
    proved_at = office_hours(local_date(now) - timedelta(days=17), Random("proof"))
    order = await prove_rectification(
        tx,
        actor=actor((one.division, "accountant")),
        now=proved_at,
        address=ADDRESS,
        order_id=order.id,
        proof=Proof(_id(proved_at, "proof"), "多报的 128 元已经退回集体账户（演示）"),
        revision=order.revision,
    )
    closed_at = office_hours(local_date(now) - timedelta(days=15), Random("close"))
    await close_rectification(
        tx,
        actor=auditor,
        now=closed_at,
        address=ADDRESS,
        order_id=order.id,
        closed=Closed(_id(closed_at, "close"), "已核对银行流水（演示）", 12_800),
        revision=order.revision,
    )
