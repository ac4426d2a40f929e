"""Background work: reminders are planned and sent. State lives in rows, so any worker may die at any point.

The app runs one worker as a task of its own; beside PostgreSQL any number of `gongshilan jobs` may run.
Rows are claimed by a conditional update with a lease, messages are unique by what they are about, to whom
and on which day: who works when, and how many do, changes nothing about what is sent.
"""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from server.clock import Clock
from server.commands.claim_deliveries import claim_deliveries
from server.commands.plan_reminders import plan_reminders
from server.commands.settle_delivery import settle_delivery
from server.external import robots, webpush
from server.external.addresses import OutwardRules
from server.external.webpush import Sender
from server.queries.reminders_due import reminders_due, reviews_due, signatures_due, who_listens
from server.rules.deliveries import Outcome
from server.rules.reminding import Spoken, Waiting, kept_for, planned
from server.rules.rulebook import Rulebook
from server.rules.values import Lang
from server.settings import Settings
from server.storage import deliveries, push_subscriptions, webhooks
from server.storage.database import Store
from server.storage.deliveries import Delivery
from server.storage.push_subscriptions import Subscription
from server.storage.webhooks import Webhook

log = structlog.get_logger("jobs")

LOOK_EVERY_SECONDS = 20.0
# What is owed changes by the day, not by the minute.
PLAN_EVERY = timedelta(minutes=10)
# At most this many at a time: with their time limit they are done long before the lease is out.
MOST = 8


class Workplace(Protocol):
    """What a worker works with: the house of the app has it all."""

    @property
    def store(self) -> Store: ...
    @property
    def book(self) -> Rulebook: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def sender(self) -> Sender: ...
    @property
    def outward(self) -> OutwardRules: ...
    @property
    def name(self) -> str: ...


async def work(place: Workplace, clock: Clock) -> None:
    """Work until cancelled. A failure is logged and tried again at the next look."""
    plan_next: datetime | None = None
    while True:
        try:
            now = clock()
            if plan_next is None or now >= plan_next:
                await plan(place, now)
                plan_next = now + PLAN_EVERY
            while await deliver(place, clock):
                pass
        except Exception as error:  # noqa: BLE001 - the rows stay as they are; the next look goes on from there
            log.warning("background work failed", error=type(error).__name__)
        await asyncio.sleep(LOOK_EVERY_SECONDS)


async def plan(place: Workplace, now: datetime) -> int:
    """Put on record what is to be said now and return how many messages are new."""
    reader = place.store.reader
    listening = await who_listens(reader, now)
    new = 0
    for area in listening.areas():
        waiting = Waiting(
            due=await reminders_due(reader, book=place.book, scope=area, now=now),
            reviews=await reviews_due(reader, book=place.book, scope=area, now=now),
            signatures=await signatures_due(reader, book=place.book, scope=area, now=now),
        )
        spoken = Spoken(place.name, _lang(place.settings), now)
        wanted = planned(waiting, listening, place.book, spoken)
        there = await deliveries.planned(reader, {p.subject for p in wanted})
        missing = [p for p in wanted if p.key not in there]
        if missing:
            noise = [secrets.token_bytes(10) for _ in missing]
            async with place.store.transaction() as tx:
                new += await plan_reminders(tx, planned=missing, noise=noise, now=now)
        await asyncio.sleep(0)  # a province is many counties; requests are answered in between
    return new


async def deliver(place: Workplace, clock: Clock) -> int:
    """Send what is due, and return how many messages this worker took."""
    now = clock()
    if not await deliveries.any_due(place.store.reader, now):
        return 0
    async with place.store.transaction() as tx:
        taken = await claim_deliveries(tx, token=secrets.token_hex(16), most=MOST, now=now)
    reader = place.store.reader
    hooks = await webhooks.by_id(reader, [d.recipient for d in taken if d.channel == "webhook"])
    devices = await push_subscriptions.by_id(
        reader, [d.recipient for d in taken if d.channel == "push"], now
    )
    await asyncio.gather(
        *(
            _send(place, each, hooks.get(each.recipient), devices.get(each.recipient), clock)
            for each in taken
        )
    )
    return len(taken)


async def _send(
    place: Workplace,
    delivery: Delivery,
    hook: Webhook | None,
    device: Subscription | None,
    clock: Clock,
) -> None:
    now = clock()
    if hook is not None:
        link = place.settings.public_url.rstrip("/")
        text = str(delivery.message["text"])
        where = f"\n{link}{delivery.message['path']}" if link else ""
        outcome = await robots.say(
            hook.robot, hook.address, hook.secret, text + where, rules=place.outward, now=now
        )
    elif device is not None:
        outcome = await webpush.push(
            place.sender,
            webpush.Device(device.endpoint, device.p256dh, device.auth),
            {**delivery.message, "tag": delivery.subject},
            keep_for=kept_for(delivery.expires_at, now),
            rules=place.outward,
            now=now,
        )
    else:
        outcome = Outcome("recipient_gone", final=True)
    async with place.store.transaction() as tx:
        state = await settle_delivery(tx, delivery=delivery, outcome=outcome, now=clock())
    log.info("reminder", channel=delivery.channel, state=state, why=outcome.why, code=outcome.code)


def _lang(settings: Settings) -> Lang:
    return "en" if settings.language == "en" else "zh"
