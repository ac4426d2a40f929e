"""Hearing of what is new without an account, over HTTP and on pages: a device says what of, and one tap ends it."""

from __future__ import annotations

import secrets
from typing import Annotated

import msgspec
from msgspec.structs import replace

from server import problems
from server.commands.subscribe_device import From, await_answer, subscribe_device
from server.commands.unsubscribe_device import unsubscribe_device
from server.external import webpush
from server.external.addresses import read_target
from server.queries.subscriptions import (
    Ended,
    SubscriptionLine,
    Subscriptions,
    ending,
    follow_page,
    line_of,
    subscriptions_of,
)
from server.rules.periods import local_date
from server.rules.places import place_of
from server.rules.subscribing import device_of
from server.rules.values import Lang, Text
from server.storage import divisions
from server.storage.subscribers import Subscriber
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.inquiry_pages import PRIVATE
from server.web.reading import HTML
from server.web.reminders import NO_KEYS
from server.web.wire import CategoryKey, In

MOST_CATEGORIES = 60
NOTHING = problems.Say("请至少选一样", "choose at least one of them")


class Where(In):
    """What the browser's push manager gave, and the language the messages are to have."""

    endpoint: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    p256dh: Annotated[str, msgspec.Meta(max_length=100)]
    auth: Annotated[str, msgspec.Meta(max_length=40)]
    lang: Lang


class WhatOf(Where):
    """What a device wants to hear of a village: `notices`, of some `categories` or of all, and what is due but `missing`."""

    notices: bool = True
    categories: Annotated[list[CategoryKey], msgspec.Meta(max_length=MOST_CATEGORIES)] = (
        msgspec.field(default_factory=list)
    )
    missing: bool = False


async def follow(ask: Ask) -> Answer:
    """/v/{code}/follow: what a phone can be told of, and the ways that need no browser with push."""
    found = await follow_page(
        ask.db, book=ask.house.book, code=ask.path["code"], today=local_date(ask.now)
    )
    page = pages.render_follow(
        found, screen_of(ask.request, ask.now), key=ask.house.sender.public_key
    )
    return Answer(page, media_type=HTML, cache="no-cache")


async def put_subscription(ask: Ask) -> SubscriptionLine:
    """Let this device hear of a village; the same again answers the same, other choices take its place."""
    body: WhatOf = ask.body
    if not body.notices and not body.missing:
        raise problems.wrong_type("/notices", NOTHING)
    wanted = replace(
        _device(ask, body),
        division=ask.path["code"],
        notices=body.notices,
        categories=tuple(sorted(set(body.categories))) if body.notices else (),
        missing=body.missing,
    )
    return await _line(
        ask,
        await subscribe_device(
            ask.tx,
            book=ask.house.book,
            wanted=wanted,
            noise=secrets.token_bytes(10),
            came=From(ask.address, ask.house.signer.mark),
            now=ask.now,
        ),
    )


async def put_awaited(ask: Ask) -> SubscriptionLine:
    """Let this device hear of the answer to an inquiry, once the public can read it; then it ends by itself."""
    body: Where = ask.body
    return await _line(
        ask,
        await await_answer(
            ask.tx,
            secret=ask.path["follow"],
            wanted=_device(ask, body),
            noise=secrets.token_bytes(10),
            came=From(ask.address, ask.house.signer.mark),
            now=ask.now,
        ),
    )


def _device(ask: Ask, body: Where) -> Subscriber:
    """Return where to send. Raises push_service_not_allowed and wrong_type for what no browser gave."""
    for rules in (ask.house.push_services, ask.house.outward):
        target = read_target(body.endpoint, rules)
        if isinstance(target, Text):
            raise problems.push_service_not_allowed(target)
    try:
        webpush.read_keys(body.p256dh, body.auth)
    except webpush.BadSubscription as error:
        raise problems.wrong_type("/p256dh", NO_KEYS) from error
    return Subscriber(
        id="",
        division="",
        about="",
        device=device_of(body.endpoint, body.auth),
        endpoint=body.endpoint,
        p256dh=body.p256dh,
        auth=body.auth,
        lang=body.lang,
        notices=False,
        categories=(),
        missing=False,
    )


async def _line(ask: Ask, kept: Subscriber) -> SubscriptionLine:
    names = await divisions.names(ask.tx, [kept.division])
    return line_of(kept, names.get(kept.division, ""), ask.house.signer.mark, ask.origin)


async def get_subscriptions(ask: Ask) -> Answer:
    """Everything a device has sent to it; `device` is the SHA-256 of its endpoint, a newline and its auth secret."""
    found: Subscriptions = await subscriptions_of(
        ask.db, device=ask.path["device"], mark=ask.house.signer.mark, origin=ask.origin
    )
    return Answer(found, cache="no-store")


async def stop_page(ask: Ask) -> Answer:
    """/u/{ticket}: one button that ends a subscription; looking at it ends nothing."""
    found = await ending(ask.db, ticket=ask.path["ticket"], mark=ask.house.signer.mark)
    return _stopping(ask, found, ended=False)


async def stop(ask: Ask) -> Answer:
    """End it, from a notification's button, from the page or by the link alone; again is well too."""
    gone = await unsubscribe_device(
        ask.tx, ticket=ask.path["ticket"], mark=ask.house.signer.mark, now=ask.now
    )
    line = await divisions.line_that_stood(ask.tx, gone.division) if gone else []
    found = Ended(place_of(line) if line else None, answer=bool(gone and gone.about))
    return _stopping(ask, found, ended=True)


def _stopping(ask: Ask, found: Ended, *, ended: bool) -> Answer:
    page = pages.render_stop(found, screen_of(ask.request, ask.now), ended=ended)
    return Answer(page, media_type=HTML, cache="no-store", headers=PRIVATE)
