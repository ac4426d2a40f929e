"""Token buckets: how many attempts are left, and how long until the next.

A bucket holds `capacity` tokens and fills by `per_minute`. An attempt takes one; at a sign-in a success gives it
back, so that only failures are counted there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """How many are taken at once, and how many more each minute."""

    capacity: int
    per_minute: float


@dataclass(frozen=True, slots=True)
class Bucket:
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
SIGNING_ADDRESS = Limit(capacity=300, per_minute=10)

# Pairing codes have eight digits, so guesses are few: of one address, as many as a person mistypes; of all together, so
# that a thousand addresses are no way around it. A code that fits gives its token back.
PAIRING_ADDRESS = Limit(capacity=10, per_minute=1)
PAIRING_EVERYWHERE = Limit(capacity=200, per_minute=20)

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
        SIGNING_ADDRESS,
        PAIRING_ADDRESS,
        PAIRING_EVERYWHERE,
    )
)


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
