"""What does a device, or the holder of a ticket, have sent to it? And what can be chosen for a village?"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from server import problems
from server.rules.places import Place, place_of, spoken_name
from server.rules.proofs import Mark
from server.rules.rulebook import Rulebook
from server.rules.subscribing import subscriber_of, ticket_of
from server.rules.values import Lang, Text
from server.storage import divisions, subscribers
from server.storage.database import Reader
from server.storage.subscribers import Subscriber


class SubscriptionLine(Struct, frozen=True):
    """One subscription as its device reads it. `inquiry`: whose answer it waits for, or None for a village's news.

    `stop_url`: a POST there ends it, from anywhere and without a sign-in; a GET shows a page with a button.
    """

    division: str
    division_name: str
    inquiry: str | None
    lang: Lang
    notices: bool
    categories: tuple[str, ...]
    missing: bool
    stop_url: str


class Subscriptions(Struct, frozen=True):
    """Everything one device has sent to it."""

    items: tuple[SubscriptionLine, ...]


class FollowPage(Struct, frozen=True):
    """What can be chosen for a village: `categories` are those in use there."""

    division: Place
    categories: tuple[tuple[str, Text], ...]


class Ended(Struct, frozen=True):
    """Whose news a ticket is about; None once that has ended."""

    division: Place | None
    answer: bool


async def follow_page(db: Reader, *, book: Rulebook, code: str, today: date) -> FollowPage:
    """Return what can be chosen for a village. Raises not_found for what is no village that stands."""
    line = await divisions.ancestors(db, code)
    if not line or line[-1].level != "village":
        raise problems.not_found()
    named = tuple((each.key, each.name) for each in book.in_use(code, today))
    return FollowPage(place_of(line), named)


async def subscriptions_of(db: Reader, *, device: str, mark: Mark, origin: str) -> Subscriptions:
    """Return what a device has sent to it; nothing for one that nobody knows."""
    found = await subscribers.of_device(db, device)
    names = await divisions.names(db, {s.division for s in found})
    return Subscriptions(tuple(line_of(s, names.get(s.division, ""), mark, origin) for s in found))


def line_of(subscriber: Subscriber, name: str, mark: Mark, origin: str) -> SubscriptionLine:
    """Return a subscription as its device reads it."""
    return SubscriptionLine(
        division=subscriber.division,
        division_name=spoken_name(name),
        inquiry=subscriber.about or None,
        lang=subscriber.lang,
        notices=subscriber.notices,
        categories=subscriber.categories,
        missing=subscriber.missing,
        stop_url=f"{origin}/u/{ticket_of(subscriber.id, mark)}",
    )


async def ending(db: Reader, *, ticket: str, mark: Mark) -> Ended:
    """Return whose news a ticket would end. Raises not_found for a ticket that this site did not make."""
    subscriber_id = subscriber_of(ticket, mark)
    if subscriber_id is None:
        raise problems.not_found()
    standing = await subscribers.get(db, subscriber_id)
    if standing is None:
        return Ended(None, answer=False)
    return Ended(
        place_of(await divisions.line_that_stood(db, standing.division)), bool(standing.about)
    )
