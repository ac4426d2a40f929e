"""Background work: reminders and news are planned and sent, old heartbeats and attempts forgotten. State lives in rows, so
any worker may die at any point.

The app runs one worker as a task of its own; beside PostgreSQL any number of `gongshilan jobs` may run.
Rows are claimed by a conditional update with a lease, messages are unique by what they are about, to whom
and on which day: who works when, and how many do, changes nothing about what is sent.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, cast

import structlog

from server.clock import Clock
from server.commands.announce_news import announce_news
from server.commands.claim_deliveries import claim_deliveries
from server.commands.end_waiting import end_waiting
from server.commands.file_tallies import YEARS_BACK, file_tallies
from server.commands.forget_heartbeats import forget_heartbeats
from server.commands.forget_household_attempts import forget_household_attempts
from server.commands.forget_inquiry_photos import forget_inquiry_photos
from server.commands.measure_compliance import measure_compliance
from server.commands.plan_reminders import plan_reminders
from server.commands.settle_delivery import settle_delivery
from server.commands.tell_news import tell_news
from server.commands.verify_tallies import DIFFERING, VERIFIED, verify_tallies
from server.external import robots, site_hooks, webpush
from server.external.addresses import OutwardRules
from server.external.signing import Signer
from server.external.webpush import Sender
from server.queries.news_to_tell import answers_to_tell, missing_to_tell, notices_to_tell
from server.queries.reminders_due import reminders_due, reviews_due, signatures_due, who_listens
from server.queries.silent_points import silent_points
from server.rules.deliveries import Outcome
from server.rules.news import EVENTS, Kind, News
from server.rules.periods import SHANGHAI, local_date
from server.rules.reminding import Spoken, Waiting, kept_for, planned
from server.rules.rulebook import Rulebook
from server.rules.silent_points import silence_planned
from server.rules.subscribing import ticket_of
from server.rules.values import Lang
from server.settings import Settings
from server.storage import (
    announcements,
    deliveries,
    divisions,
    installation,
    openings,
    push_subscriptions,
    subscribers,
    webhooks,
)
from server.storage.blobs import BlobStore
from server.storage.database import Store
from server.storage.deliveries import Delivery
from server.storage.webhooks import Webhook

log = structlog.get_logger("jobs")

LOOK_EVERY_SECONDS = 20.0
# What is owed changes by the day, not by the minute.
PLAN_EVERY = timedelta(minutes=10)
# What was sent to villagers' devices is forgotten after this long.
KEEPS_MESSAGES = timedelta(days=7)
# Tallies are compared in one of these hours, Asia/Shanghai, when nobody waits for an answer.
NIGHT = range(2, 5)
# At most this many at a time: with their time limit they are done long before the lease is out.
MOST = 8


class Workplace(Protocol):
    """What a worker works with: the house of the app has it all."""

    @property
    def store(self) -> Store: ...
    @property
    def blobs(self) -> BlobStore: ...
    @property
    def book(self) -> Rulebook: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def sender(self) -> Sender: ...
    @property
    def outward(self) -> OutwardRules: ...
    @property
    def push_services(self) -> OutwardRules: ...
    @property
    def signer(self) -> Signer: ...
    @property
    def name(self) -> str: ...


async def work(place: Workplace, clock: Clock) -> None:
    """Work until cancelled. A failure is logged and tried again at the next look."""
    plan_next: datetime | None = None
    while True:
        rest = LOOK_EVERY_SECONDS
        try:
            now = clock()
            if plan_next is None or now >= plan_next:
                await plan(place, now)
                await tell_missing(place, now)
                await forget_old(place, now)
                await say_held(place)
                await forget_heartbeats(place.store, now=now)
                await forget_household_attempts(place.store, now=now)
                await forget_inquiry_photos(place.store, place.blobs, now=now)
                await keep_tallies(place, now)
                plan_next = now + PLAN_EVERY
            await tell(place, now)
            rest = (
                0.0
                if await _deliver_for_a_look(place, clock)
                else await _until_next(place, clock())
            )
        except Exception as error:  # noqa: BLE001 - the rows stay as they are; the next look goes on from there
            log.warning("background work failed", error=type(error).__name__)
        await asyncio.sleep(rest)


async def _deliver_for_a_look(place: Workplace, clock: Clock) -> bool:
    """Send what is due until the next look, and say whether that came first.

    A push service that does not answer costs its seconds for each of a village's thousands: what opens meanwhile, and
    what the staff are reminded of, is not kept waiting by them.
    """
    over = clock() + timedelta(seconds=await _until_next(place, clock()))
    while await deliver(place, clock):
        if clock() >= over:
            return True
    return False


async def _until_next(place: Workplace, now: datetime) -> float:
    """Return the seconds until the next look: it comes sooner where a notice opens sooner."""
    opening = await openings.next_opening(place.store.reader, now)
    if opening is None:
        return LOOK_EVERY_SECONDS
    return min(LOOK_EVERY_SECONDS, max(0.0, (opening - now).total_seconds()))


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
        silent = await silent_points(reader, book=place.book, scope=area, now=now)
        wanted = [
            *planned(waiting, listening, place.book, spoken),
            *silence_planned(silent, listening, place.book, spoken),
        ]
        there = await deliveries.planned(reader, {p.subject for p in wanted})
        missing = [p for p in wanted if p.key not in there]
        if missing:
            noise = [_noise() for _ in missing]
            async with place.store.transaction() as tx:
                new += await plan_reminders(tx, planned=missing, noise=noise, now=now)
        await asyncio.sleep(0)  # a province is many counties; requests are answered in between
    return new


async def tell(place: Workplace, now: datetime) -> int:
    """Put on record what became public by now, and a message for each who wants to hear it; return how many."""
    reader = place.store.reader
    news = [
        *await notices_to_tell(reader, book=place.book, now=now),
        *await answers_to_tell(reader, book=place.book, now=now),
    ]
    return await _tell(place, news, now)


async def tell_missing(place: Workplace, now: datetime) -> int:
    """Likewise what is due and missing: it turns so at midnight, and is told when people are awake."""
    news = await missing_to_tell(place.store.reader, book=place.book, now=now)
    return await _tell(place, news, now)


async def _tell(place: Workplace, news: Sequence[News], now: datetime) -> int:
    if news:
        async with place.store.transaction() as tx:
            await announce_news(tx, news=news, noise=[_noise() for _ in news], now=now)
    messages = 0
    while await announcements.any_open(place.store.reader):
        async with place.store.transaction() as tx:
            told = await tell_news(tx, noise=_noise, now=now)
        if told is None:
            break  # another worker has it
        messages += told.messages
        await asyncio.sleep(0)  # thousands listen; requests are answered in between
    return messages


async def forget_old(place: Workplace, now: datetime) -> None:
    """Delete the messages to villagers' devices that were sent or given up long ago, and who waits for none any more."""
    async with place.store.transaction() as tx:
        await announcements.forget_messages(tx, now - KEEPS_MESSAGES)
    await end_waiting(place.store, now=now)


async def keep_tallies(place: Workplace, now: datetime) -> int:
    """File the tallies that are out of date, once a night compare all of them with judging anew; return how many were filed."""
    store, year = place.store, local_date(now).year
    counties = await divisions.counties_with_villages(store.reader)
    filed = 0
    for county in counties:
        filed += await file_tallies(store, book=place.book, division=county, year=year, now=now)
    if counties and local_date(now).isoformat() != await installation.get(store.reader, VERIFIED):
        await _verify(place, counties, year, now)
    differing = int(await installation.get(store.reader, DIFFERING) or 0)
    await measure_compliance(store, book=place.book, now=now, differing=differing)
    return filed


async def _verify(place: Workplace, counties: Sequence[str], year: int, now: datetime) -> None:
    if now.astimezone(SHANGHAI).hour not in NIGHT:
        return
    differing = 0
    for county in counties:
        years = range(year - YEARS_BACK, year + 1)
        found = await verify_tallies(
            place.store, book=place.book, division=county, years=years, now=now
        )
        differing += found.differing
    if differing:
        log.error("tallies differed from judging anew and were made anew", signs=differing)
    async with place.store.transaction() as tx:
        await installation.set_value(tx, DIFFERING, str(differing))
        await installation.set_value(tx, VERIFIED, local_date(now).isoformat())


async def say_held(place: Workplace) -> int:
    """Tell the operator how many messages our own settings hold back, and return how many those are."""
    held = await deliveries.held(place.store.reader)
    if held:
        log.warning(
            "push services are not allowed: messages wait",
            messages=held,
            settings="GONGSHILAN_PUSH_HOSTS, GONGSHILAN_NOTIFY_HOSTS, GONGSHILAN_NOTIFY_NETWORKS",
        )
    return held


def _noise() -> bytes:
    return secrets.token_bytes(10)


async def deliver(place: Workplace, clock: Clock) -> int:
    """Send what is due, and return how many messages this worker took."""
    now = clock()
    if not await deliveries.any_due(place.store.reader, now):
        return 0
    async with place.store.transaction() as tx:
        taken = await claim_deliveries(tx, token=secrets.token_hex(16), most=MOST, now=now)
    send = await _ways(place, taken, clock())
    await asyncio.gather(*(_send(place, each, send, clock) for each in taken))
    return len(taken)


Way = Callable[[Delivery, datetime], Awaitable[Outcome]]


async def _ways(place: Workplace, taken: Sequence[Delivery], now: datetime) -> dict[str, Way]:
    """Return how to reach each recipient that still stands: a post may have changed hands since it was planned."""
    reader = place.store.reader

    def of(*channels: str) -> list[str]:
        return [d.recipient for d in taken if d.channel in channels]

    ways: dict[str, Way] = {}
    for hook in (await webhooks.by_id(reader, of("webhook", "site"))).values():
        to_it = _to_site if hook.robot == "site" else _to_group
        ways[hook.id] = partial(to_it, place, hook)
    for mine in (await push_subscriptions.by_id(reader, of("push"), now)).values():
        device = webpush.Device(mine.endpoint, mine.p256dh, mine.auth)
        ways[mine.id] = partial(_to_device, place, device, place.outward, None)
    for each in (await subscribers.by_id(reader, of("subscriber"))).values():
        device = webpush.Device(each.endpoint, each.p256dh, each.auth)
        ticket = ticket_of(each.id, place.signer.mark)
        ways[each.id] = partial(_to_device, place, device, place.push_services, ticket)
    return ways


async def _to_group(place: Workplace, hook: Webhook, delivery: Delivery, now: datetime) -> Outcome:
    link = place.settings.public_url.rstrip("/")
    where = f"\n{link}{delivery.message['path']}" if link else ""
    text = str(delivery.message["text"]) + where
    robot = cast(robots.Robot, hook.robot)
    return await robots.say(robot, hook.address, hook.secret, text, rules=place.outward, now=now)


async def _to_site(place: Workplace, hook: Webhook, delivery: Delivery, now: datetime) -> Outcome:
    if hook.stopped_at is not None:
        return Outcome("stopped", final=True)
    facts = dict(delivery.message)
    at, path = facts.pop("at"), facts.pop("path")
    document = {
        "type": EVENTS[cast(Kind, delivery.kind)],
        "timestamp": at,
        "data": {**facts, "url": f"{place.settings.public_url.rstrip('/')}{path}"},
    }
    return await site_hooks.tell(
        hook.address, hook.secret or "", delivery.id, document, rules=place.outward, now=now
    )


async def _to_device(
    place: Workplace,
    device: webpush.Device,
    rules: OutwardRules,
    ticket: str | None,
    delivery: Delivery,
    now: datetime,
) -> Outcome:
    message = {**delivery.message, "tag": delivery.subject}
    if ticket is not None:
        message["end"] = f"/u/{ticket}"
    return await webpush.push(
        place.sender,
        device,
        message,
        keep_for=kept_for(delivery.expires_at, now),
        rules=rules,
        now=now,
    )


async def _send(
    place: Workplace, delivery: Delivery, ways: Mapping[str, Way], clock: Clock
) -> None:
    way = ways.get(delivery.recipient)
    gone = Outcome("recipient_gone", final=True)
    outcome = gone if way is None else await way(delivery, clock())
    async with place.store.transaction() as tx:
        state = await settle_delivery(tx, delivery=delivery, outcome=outcome, now=clock())
    log.info("sent", channel=delivery.channel, state=state, why=outcome.why, code=outcome.code)


def _lang(settings: Settings) -> Lang:
    return "en" if settings.language == "en" else "zh"
