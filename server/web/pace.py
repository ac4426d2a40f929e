"""How often each address did something that costs work but writes nothing: token buckets in this process' memory.

A read must not write, so these buckets are no rows (storage/throttles.py keeps those of attempts); several processes
each count for themselves.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime

from server.rules import throttling
from server.rules.throttling import Bucket, Limit

# The address that was heard of longest ago is forgotten first; its bucket is full again by then, or soon.
MOST_ADDRESSES = 20_000


class Pace:
    """Buckets of one kind, by address."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, address: str, now: datetime) -> float | None:
        """Take a token; return the seconds to wait when there is none, else None."""
        taken = throttling.take(self._buckets.get(address), self.limit, now)
        if not isinstance(taken, Bucket):
            return taken
        self._buckets[address] = taken
        self._buckets.move_to_end(address)
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return None
