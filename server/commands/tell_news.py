"""Tell news to some more of those who want it: a batch of messages on record, and how far it came, in one transaction.

Whatever is killed in the middle goes on from the batch that was last committed, and nobody is told twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

from server.rules.deliveries import SITE_LASTS, Channel
from server.rules.divisions import village_of
from server.rules.news import wants
from server.rules.subscribing import STOP
from server.rules.values import uuid7_at
from server.storage import announcements, deliveries, events, subscribers, webhooks
from server.storage.announcements import Announcement
from server.storage.database import Tx
from server.storage.deliveries import Delivery

# One batch is written in a few hundredths of a second; other writers come in between.
BATCH = 200


class Told(Struct, frozen=True):
    """How many messages a batch put on record; `done`: the news is told to everybody."""

    messages: int
    done: bool


async def tell_news(tx: Tx, *, noise: Callable[[], bytes], now: datetime) -> Told | None:
    """Tell the oldest news to its next listeners; None where nothing waits to be told.

    Sites are told with the first batch. A device that subscribed after the news was public has seen it there.
    """
    news = await announcements.next_open(tx)
    if news is None:
        return None
    messages = 0
    if not news.told_to:
        messages += await _tell_sites(tx, news, noise, now)
    batch = await subscribers.listening(
        tx,
        # Who follows a village hears of its groups too.
        village_of(news.division),
        news.about,
        after=news.told_to,
        before=uuid7_at(news.at, bytes(10)),
        limit=BATCH,
    )
    done = len(batch) < BATCH
    for each in batch if now < news.expires_at else ():
        if wants(each, news.kind, news.category):
            message = {
                **news.words[each.lang],
                "path": news.facts["path"],
                "stop": STOP.pick(each.lang),
            }
            messages += await deliveries.insert(
                tx,
                _delivery(news, "subscriber", each.id, message, uuid7_at(now, noise()), now),
            )
    to = batch[-1].id if batch else news.told_to
    await announcements.told(tx, news, to=to, more=messages, done_at=now if done else None)
    if done:
        await events.record(
            tx,
            at=now,
            actor=None,
            action="news.told",
            subject=news.subject,
            division=news.division,
            address="",
            details={"kind": news.kind, "messages": news.told + messages},
        )
    return Told(messages, done)


async def _tell_sites(tx: Tx, news: Announcement, noise: Callable[[], bytes], now: datetime) -> int:
    told = 0
    for hook in await webhooks.sites(tx, above=news.division):
        if hook.created_at >= news.at:
            continue
        message = {**news.facts, "at": news.at.isoformat()}
        told += await deliveries.insert(
            tx, _delivery(news, "site", hook.id, message, uuid7_at(now, noise()), now)
        )
    return told


def _delivery(
    news: Announcement,
    channel: Channel,
    recipient: str,
    message: dict[str, object],
    delivery_id: str,
    now: datetime,
) -> Delivery:
    keeps: timedelta | None = SITE_LASTS if channel == "site" else None
    return Delivery(
        id=delivery_id,
        division=news.division,
        subject=news.subject,
        kind=news.kind,
        channel=channel,
        recipient=recipient,
        message=message,
        state="waiting",
        attempts=0,
        next_at=now,
        expires_at=now + keeps if keeps else news.expires_at,
        claim=None,
        why=None,
        code=None,
        created_at=now,
        settled_at=None,
    )
