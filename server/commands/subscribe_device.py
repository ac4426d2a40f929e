"""Let a device have the news of a village, or the answer to one inquiry, with no account and no name.

Kept are where to send, what of and in which language. The event names no address, and the buckets that hold back
floods know addresses by marks only, which nobody can turn back without the site's key.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.rules import throttling
from server.rules.inquiries import follow_hash
from server.rules.proofs import Mark
from server.rules.rulebook import Rulebook
from server.rules.subscribing import MOST_IN_A_VILLAGE, MOST_OF_A_DEVICE
from server.rules.values import uuid7_at
from server.storage import divisions, events, inquiries, subscribers, throttles
from server.storage.database import Tx
from server.storage.subscribers import Subscriber


class From(Struct, frozen=True):
    """Where a request came from, and what makes of an address a mark that cannot be turned back."""

    address: str
    mark: Mark


async def subscribe_device(
    tx: Tx, *, book: Rulebook, wanted: Subscriber, noise: bytes, came: From, now: datetime
) -> Subscriber:
    """Keep what a device wants to hear of a village and return it as kept; other choices take the place of earlier ones.

    `wanted`: its id is made here. Raises: unknown_division, not_found (no such category), too_many_attempts,
    too_many_subscriptions.
    """
    village = await divisions.get(tx, wanted.division)
    if village is None or village.level != "village":
        raise problems.unknown_division(wanted.division)
    if any(key not in book.categories for key in wanted.categories):
        raise problems.not_found(problems.Say("这个类别", "such category"))
    return await _kept(tx, wanted, noise, came, now)


async def await_answer(
    tx: Tx, *, secret: str, wanted: Subscriber, noise: bytes, came: From, now: datetime
) -> Subscriber:
    """Keep that a device waits for the answer to the inquiry of a private link, and return it as kept.

    `wanted`: its id, division and inquiry are filled in here. Raises: not_found (a link of nobody's, or nothing to wait
    for), too_many_attempts, too_many_subscriptions.
    """
    inquiry = await inquiries.by_follow_hash(tx, follow_hash(secret))
    if inquiry is None or inquiry.state in ("published", "refused"):
        raise problems.not_found(
            problems.Say("还在等答复的提问", "inquiry that waits for an answer")
        )
    about = replace(wanted, division=inquiry.division, about=inquiry.id)
    return await _kept(tx, about, noise, came, now)


async def _kept(tx: Tx, wanted: Subscriber, noise: bytes, came: From, now: datetime) -> Subscriber:
    of_device = await subscribers.of_device(tx, wanted.device)
    same = (wanted.division, wanted.about)
    standing = next((s for s in of_device if (s.division, s.about) == same), None)
    if standing is not None and replace(wanted, id=standing.id) == standing:
        return standing
    await _take_turns(tx, wanted.division, came, now)
    if standing is not None:
        chosen = replace(wanted, id=standing.id)
        await subscribers.choose(tx, chosen)
        await _note(tx, chosen, "subscriber.chose", now)
        return chosen
    if len(of_device) >= MOST_OF_A_DEVICE:
        raise problems.too_many_subscriptions(len(of_device), MOST_OF_A_DEVICE)
    there = await subscribers.count(tx, wanted.division)
    if there >= MOST_IN_A_VILLAGE:
        raise problems.too_many_subscriptions(there, MOST_IN_A_VILLAGE)
    kept = replace(wanted, id=uuid7_at(now, noise))
    if not await subscribers.insert(tx, kept):
        raise problems.temporary_failure(retry_after=1)  # the same one, sent twice at once
    await _note(tx, kept, "subscriber.added", now)
    return kept


async def _take_turns(tx: Tx, division: str, came: From, now: datetime) -> None:
    """Count this one for its address and its village; refuse a flood."""
    here = came.mark(f"subscribing from {came.address}")
    buckets = {
        f"subscribe@{here}": throttling.SUBSCRIBING_ADDRESS,
        f"subscribe:{division}": throttling.SUBSCRIBING_VILLAGE,
    }
    waits = [await throttles.take(tx, key, limit, now) for key, limit in buckets.items()]
    await throttles.clear_full(tx, now)
    if wait := max((each for each in waits if each is not None), default=None):
        raise problems.too_many_attempts(retry_after=wait)


async def _note(tx: Tx, subscriber: Subscriber, action: str, now: datetime) -> None:
    await events.record(
        tx,
        at=now,
        actor=None,
        action=action,
        subject=subscriber.id,
        division=subscriber.division,
        address="",
    )
