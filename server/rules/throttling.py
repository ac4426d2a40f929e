"""Token buckets: how many attempts are left, and how long until the next.

A bucket holds `capacity` tokens and fills by `per_minute`. An attempt takes one; at a sign-in a success gives it
back, so that only failures are counted there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct


class Limit(Struct, frozen=True):
    """How many are taken at once, and how many more each minute."""

    capacity: int
    per_minute: float


class Bucket(Struct, frozen=True):
    """What was left at a moment."""

    tokens: float
    updated_at: datetime


# One person mistyping on one line: five tries, then one a minute.
ACCOUNT_AND_ADDRESS = Limit(capacity=5, per_minute=1)
# One account attacked from many addresses. Addresses it has signed in from are not counted here.
ACCOUNT = Limit(capacity=100, per_minute=100 / 60)
# A whole village behind one address: hundreds of people, mistyping on the same evening.
ADDRESS = Limit(capacity=300, per_minute=60)

# A village behind one address looking for something on the evening a list is posted; counted in memory, not in rows.
SEARCHES = Limit(capacity=300, per_minute=300)
# Villagers ask without an account. One phone: what a person has to say on one evening.
ASKING_DEVICE = Limit(capacity=6, per_minute=0.2)
# A whole village behind one address, on the evening of the notice. Each took work.
ASKING_ADDRESS = Limit(capacity=60, per_minute=2)
# Without work, as from a browser without scripts: somebody has to look at each.
ASKING_UNPROVED = Limit(capacity=12, per_minute=0.2)
# Photos that go with a question: three for each that a phone may ask, and what a village's evening needs.
ASKING_PHOTO_DEVICE = Limit(capacity=18, per_minute=0.6)
ASKING_PHOTO_ADDRESS = Limit(capacity=60, per_minute=1)
SIGNING_ADDRESS = Limit(capacity=300, per_minute=10)
# Signing without work: those behind one address whose browsers run no scripts. Five, then five a day, where work done
# by a machine would get ten a minute: the plain form is no way around the work.
SIGNING_UNPROVED = Limit(capacity=5, per_minute=5 / 1440)
# Rating is five taps: a phone changes its mind, a village rates on one evening, and without work there is a trickle.
RATING_DEVICE = Limit(capacity=20, per_minute=0.5)
RATING_ADDRESS = Limit(capacity=150, per_minute=4)
RATING_UNPROVED = Limit(capacity=6, per_minute=0.1)

# Pairing codes have eight digits, so guesses are few: of one address, as many as a person mistypes; of all together, so
# that a thousand addresses are no way around it. A code that fits gives its token back.
PAIRING_ADDRESS = Limit(capacity=10, per_minute=1)
PAIRING_EVERYWHERE = Limit(capacity=200, per_minute=20)
# A query point beats six times an hour, and once more whenever it starts or its network comes back: an evening of
# failing cables fits, and a device that has lost its count keeps nobody from the database.
HEARTBEATS = Limit(capacity=20, per_minute=0.5)
# A village behind one address, on the evening it is told of at the assembly; each new choice counts too.
SUBSCRIBING_ADDRESS = Limit(capacity=200, per_minute=5)
# All addresses together: a village has some thousand phones, and they do not come within minutes.
SUBSCRIBING_VILLAGE = Limit(capacity=1000, per_minute=20)

# Asking for one's own payments. Wrong tries for one name in one village, whoever tries: six at once, then six a day;
# eleven thousand endings take five years.
HOUSEHOLD_NAME = Limit(capacity=6, per_minute=6 / 1440)
# Wrong tries from one address in one village: people mistype, and hundreds of them share an address.
HOUSEHOLD_ADDRESS = Limit(capacity=40, per_minute=1)
# Wrong tries in one village, from wherever.
HOUSEHOLD_VILLAGE = Limit(capacity=200, per_minute=1)
# Whether one payment came: people mistype and change their minds, and money arrives late.
PAYMENT_SAID = Limit(capacity=6, per_minute=6 / 1440)
# How often one address may ask at all, right or wrong, counted in memory: a village's evening fits.
HOUSEHOLDS = Limit(capacity=300, per_minute=300)

# After so long any bucket is full again, however empty it was: what is on record of it says nothing more.
FULL_AGAIN = max(
    timedelta(minutes=each.capacity / each.per_minute)
    for each in (
        ACCOUNT_AND_ADDRESS,
        ACCOUNT,
        ADDRESS,
        ASKING_DEVICE,
        ASKING_ADDRESS,
        ASKING_UNPROVED,
        ASKING_PHOTO_DEVICE,
        ASKING_PHOTO_ADDRESS,
        SIGNING_ADDRESS,
        SIGNING_UNPROVED,
        PAIRING_ADDRESS,
        PAIRING_EVERYWHERE,
        HEARTBEATS,
        RATING_DEVICE,
        RATING_ADDRESS,
        RATING_UNPROVED,
        SUBSCRIBING_ADDRESS,
        SUBSCRIBING_VILLAGE,
        HOUSEHOLD_NAME,
        HOUSEHOLD_ADDRESS,
        HOUSEHOLD_VILLAGE,
        PAYMENT_SAID,
    )
)


class Anonymous(Struct, frozen=True):
    """What holds back a flood of something that is sent without an account; `act` names its buckets.

    `unproved`: how much is taken without work, where any is.
    """

    act: str
    device: Limit
    address: Limit
    unproved: Limit | None = None

    def buckets(
        self, mark: Callable[[str], str], *, address: str, device: str | None, proved: bool
    ) -> dict[str, Limit]:
        """Return the buckets that one sending takes from; marks stand for address and device."""
        here = mark(f"{self.act} from {address}")
        found = {f"{self.act}@{here}": self.address}
        if not proved and self.unproved is not None:
            found[f"{self.act}-unproved@{here}"] = self.unproved
        if device:
            found[f"{self.act}:{mark(f'{self.act} on {device}')}"] = self.device
        return found


ASKING = Anonymous("ask", ASKING_DEVICE, ASKING_ADDRESS, ASKING_UNPROVED)
ASKING_PHOTOS = Anonymous("ask-photo", ASKING_PHOTO_DEVICE, ASKING_PHOTO_ADDRESS)
RATING = Anonymous("rate", RATING_DEVICE, RATING_ADDRESS, RATING_UNPROVED)


def filled(bucket: Bucket | None, limit: Limit, now: datetime) -> float:
    """Return the tokens in a bucket now; a bucket never seen is full, time never takes tokens away."""
    if bucket is None:
        return float(limit.capacity)
    minutes = max(0.0, (now - bucket.updated_at).total_seconds() / 60)
    return min(float(limit.capacity), bucket.tokens + minutes * limit.per_minute)


def take(bucket: Bucket | None, limit: Limit, now: datetime) -> Bucket | float:
    """Return the bucket with one token less, or the seconds until there is one."""
    tokens = filled(bucket, limit, now)
    if tokens < 1:
        return (1 - tokens) / limit.per_minute * 60
    return Bucket(tokens - 1, now)


def give_back(bucket: Bucket | None, limit: Limit, now: datetime) -> Bucket:
    """Return the bucket with the token of a successful attempt back in it."""
    return Bucket(min(float(limit.capacity), filled(bucket, limit, now) + 1), now)
