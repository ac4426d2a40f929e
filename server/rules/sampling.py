"""Spot checks that nobody can steer: how many are looked at, and which, so that anyone can draw them again.

The seed is the digest of everything that villagers could read at the moment of drawing (`record_digest`). Each item's
ticket is the SHA-256 of the seed, a line feed and the item's id; the smallest tickets, read as hexadecimal text, are
drawn. Who knows the record and the list of items needs nothing else. docs/inspections.md says the same with an example.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from math import comb

from msgspec import Struct

PERMILLE = 1000


class RecordLine(Struct, frozen=True):
    """One edition that villagers could read: which notice, which edition of it, and since when.

    Nothing of what it says: a list of names that came down could be guessed from its hash, word by word.
    """

    disclosure_id: str
    number: int
    opened_at: datetime

    def text(self) -> str:
        """Return the line as it is hashed, without its end."""
        opened = self.opened_at.astimezone(UTC)
        return f"{self.disclosure_id} {self.number} {opened:%Y-%m-%dT%H:%M:%S}.{opened.microsecond // 1000:03}Z"


class Ticket(Struct, frozen=True):
    """An item that was drawn: its place from 1 on, and the hash that put it there."""

    rank: int
    item: str
    hash: str


def record_text(lines: Iterable[RecordLine]) -> str:
    """Return the record as it is published and hashed: its lines in the order of their notices and editions."""
    ordered = sorted(lines, key=lambda line: (line.disclosure_id, line.number))
    return "".join(f"{line.text()}\n" for line in ordered)


def record_digest(text: str) -> str:
    """Return the digest of a record, in hex: the seed of a draw."""
    return sha256(text.encode()).hexdigest()


def assumed_faulty(population: int, share_permille: int) -> int:
    """Return how many of a population are faulty when this share of it is, rounded up, one at least."""
    return min(population, max(1, -(-population * share_permille // PERMILLE)))


def sample_size(population: int, share_permille: int, detect_permille: int) -> int:
    """Return how many must be looked at to find one faulty item at least, as surely as asked.

    The hypergeometric rule, in whole numbers: the smallest n with C(N − D, n) / C(N, n) <= 1 − p, where D of the N
    items are faulty. 0 for an empty population.
    """
    faulty = assumed_faulty(population, share_permille)
    for size in range(population + 1):
        missed = comb(population - faulty, size) * PERMILLE
        if missed <= (PERMILLE - detect_permille) * comb(population, size):
            return size
    return population


def ticket(seed: str, item: str) -> str:
    """Return the hash by which an item is drawn or not."""
    return sha256(f"{seed}\n{item}".encode()).hexdigest()


def draw(items: Sequence[str], seed: str, size: int) -> list[Ticket]:
    """Return the `size` items with the smallest tickets, in that order."""
    ranked = sorted((ticket(seed, item), item) for item in set(items))
    return [Ticket(rank, item, mark) for rank, (mark, item) in enumerate(ranked[:size], 1)]
