"""Hear a query point: a heartbeat is kept if the paired device signed it and it was not heard before.

What is not signed never reaches the writer, nor what comes faster than a device beats: a flood of either waits for
nobody's transaction and keeps nobody waiting. Only what is kept counts, so nobody else can use a device's turns up.
"""

from __future__ import annotations

from datetime import timedelta

from server import problems
from server.external import device_keys
from server.rules.query_points import (
    HEARTBEAT_EVERY,
    MOST_PATH,
    Heartbeat,
    QueryPoint,
    is_public_page,
    signed_bytes,
    wrong_stretch,
)
from server.rules.throttling import HEARTBEATS
from server.rules.uptime import days_of, merged
from server.rules.values import Text
from server.storage import heartbeats, query_points, throttles
from server.storage.database import Reader, Store

BACKWARDS = Text("结束不能早于开始", "it ends before it begins")


async def hear_query_point(
    store: Store, *, point_id: str, body: bytes, signature: str, beat: Heartbeat
) -> QueryPoint:
    """Keep a heartbeat, and what it says of the day; return the point as the township has it.

    Its moment is `beat.received_at`. Raises query_point_gone, heartbeat_not_signed, heartbeat_replayed,
    heartbeat_says_too_much (`on_screen` is no public page), wrong_type (a stretch that ends before it begins),
    too_many_heartbeats.
    """
    point = await _standing(store.reader, point_id)
    if point.public_key is None or not device_keys.signed_by(
        point.public_key, signed_bytes(point_id, body), signature
    ):
        raise problems.heartbeat_not_signed()
    if not is_public_page(beat.on_screen):
        raise problems.heartbeat_says_too_much(most=MOST_PATH)
    for index, stretch in enumerate(beat.missed):
        if wrong_stretch(stretch):
            raise problems.wrong_type(f"/missed/{index}/to", BACKWARDS)
    pace, now = f"heartbeat@{point.key_id}", beat.received_at
    _in_turn(await throttles.wait(store.reader, pace, HEARTBEATS, now))
    async with store.transaction() as tx:
        now_standing = await _standing(tx, point_id)
        if now_standing.key_id is None or now_standing.key_id != point.key_id:
            raise problems.heartbeat_not_signed()  # another device was paired meanwhile
        if not await heartbeats.next_seq(tx, now_standing.key_id, beat.seq):
            last = await heartbeats.last_seq(tx, now_standing.key_id)
            raise problems.heartbeat_replayed(received=beat.seq, last=last)
        _in_turn(await throttles.take(tx, pace, HEARTBEATS, now))
        assert now_standing.paired_at is not None
        new = days_of(beat, now_standing.paired_at)
        stored = await heartbeats.days(tx, [point_id], min(new), max(new))
        await heartbeats.keep_days(tx, now_standing, merged(stored.get(point_id, {}), new))
        await heartbeats.keep(tx, now_standing, beat)
    return now_standing


def _in_turn(wait: float | None) -> None:
    if wait is not None:
        every = HEARTBEAT_EVERY // timedelta(minutes=1)
        raise problems.too_many_heartbeats(every=every, most=HEARTBEATS.capacity, retry_after=wait)


async def _standing(db: Reader, point_id: str) -> QueryPoint:
    point = await query_points.get(db, point_id)
    if point is None or point.retired_at is not None:
        raise problems.query_point_gone()
    return point
