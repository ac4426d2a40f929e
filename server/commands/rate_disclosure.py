"""Rate: what a villager says of a notice that is up, in five points, with no account and no name.

One rating a device and notice; the same device again changes it. Kept are five letters and a mark of the device that
is another one under each notice; the event says that somebody rated, and not how.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from server import problems
from server.rules import proofs, ratings, throttling
from server.rules.cards import public_edition
from server.rules.disclosures import Disclosure, Edition
from server.rules.inquiries import device_mark
from server.rules.proofs import Challenge, Mark, Proof
from server.rules.ratings import Point, Ratings, Said
from server.rules.rulebook import Rulebook
from server.rules.windows import Visibility, visibility
from server.storage import disclosures, editions, events, spent_proofs, throttles, versions
from server.storage import ratings as kept
from server.storage.database import Tx


class Rated(Struct, frozen=True, kw_only=True):
    """What came from a villager; `id` is this sending's, `device` the sender's own random name."""

    id: str
    disclosure_id: str
    device: str
    points: Mapping[Point, Said]
    proof: Proof | None = None


async def rate_disclosure(
    tx: Tx, *, book: Rulebook, mark: Mark, now: datetime, address: str, rated: Rated
) -> Ratings:
    """Keep a rating, in the place of the device's earlier one, and return how the notice is rated now.

    Without a proof of work it counts too, and an address has few of them. Raises: not_found (no such public notice),
    rating_closed, rating_says_nothing, proof_not_valid, proof_used, too_many_attempts.
    """
    own = device_mark(rated.disclosure_id, rated.device)
    await tx.alone(f"rating {own}")
    notice, edition = await _rated_notice(tx, book, rated.disclosure_id, now)
    number = edition.number or 1
    said = ratings.letters(rated.points)
    standing = await kept.get(tx, own)
    if standing is None or (standing.sent_id, standing.said) != (rated.id, said):
        if ratings.says_nothing(rated.points):
            raise problems.rating_says_nothing()
        proved = await _let_in(tx, rated, mark, now, address)
        rating = kept.Rating(own, notice.id, rated.id, said, number, proved)
        first = await kept.keep(tx, rating, now, county=notice.county)
        await versions.bump(tx, notice.division)
        await events.record(
            tx,
            at=now,
            actor=None,
            action="notice.rated" if first else "notice.rating_changed",
            subject=notice.id,
            division=notice.division,
            address="",
            details={"edition": number},
        )
    return ratings.summed(await kept.tallied(tx, notice.id), edition=number)


async def _rated_notice(
    tx: Tx, book: Rulebook, disclosure_id: str, now: datetime
) -> tuple[Disclosure, Edition]:
    """Return the notice and its edition that hangs now: nothing can be found out by rating."""
    notice = await disclosures.get(tx, disclosure_id)
    if notice is None:
        raise problems.not_found(problems.Say("这项公开", "such notice"))
    edition = public_edition(await editions.for_disclosure(tx, notice.id), book, notice, now)
    if edition is None:
        raise problems.not_found(problems.Say("这项公开", "such notice"))
    if visibility(edition, book.schedule_of(notice).display, now) is not Visibility.OPEN:
        raise problems.rating_closed()
    return notice, edition


async def _let_in(tx: Tx, rated: Rated, mark: Mark, now: datetime, address: str) -> bool:
    """Count this one for its device and its address and use its proof up; return whether it had one."""
    challenge = None
    if rated.proof is not None:
        found = proofs.checked(rated.proof, rated.id, now, mark)
        if not isinstance(found, Challenge):
            raise problems.proof_not_valid(proofs.FAILURES[found])
        challenge = found
    proved = challenge is not None
    buckets = throttling.RATING.buckets(mark, address=address, device=rated.device, proved=proved)
    if wait := await throttles.take_each(tx, buckets, now):
        raise problems.too_many_attempts(retry_after=wait)
    if challenge is not None and not await spent_proofs.spend(tx, challenge, now):
        raise problems.proof_used()
    return proved
