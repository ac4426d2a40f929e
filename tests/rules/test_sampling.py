"""Drawing a list: how many, which, and that anyone comes to the same with a calculator and sha256sum."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import pytest

from server.rules.sampling import (
    RecordLine,
    assumed_faulty,
    draw,
    record_digest,
    record_text,
    sample_size,
)
from tests.cast import at

VILLAGES = [f"6404251032{n:02d}" for n in range(20)]


def by_hand(items: list[str], seed: str, size: int) -> list[str]:
    """Draw as docs/inspections.md tells a stranger to: nothing of ours is used."""
    tickets = {}
    for item in items:
        digest = hashlib.sha256()
        digest.update(seed.encode("ascii"))
        digest.update(b"\n")
        digest.update(item.encode("ascii"))
        tickets[item] = int.from_bytes(digest.digest(), "big")
    drawn: list[str] = []
    while len(drawn) < size:
        smallest = min((i for i in items if i not in drawn), key=lambda i: tickets[i])
        drawn.append(smallest)
    return drawn


def chance_of_missing(population: int, faulty: int, size: int) -> Fraction:
    """Return how likely it is that none of the faulty is among those looked at: one after the other, as from an urn."""
    chance = Fraction(1)
    for taken in range(size):
        chance *= Fraction(population - faulty - taken, population - taken)
        if chance <= 0:
            return Fraction(0)
    return chance


@pytest.mark.parametrize("seed_of", ["公示", "another record"])
@pytest.mark.parametrize("size", [1, 5, 20])
def test_a_stranger_draws_the_same(seed_of: str, size: int) -> None:
    seed = hashlib.sha256(seed_of.encode()).hexdigest()
    drawn = draw(VILLAGES, seed, size)
    assert [t.item for t in drawn] == by_hand(VILLAGES, seed, size)
    assert [t.rank for t in drawn] == list(range(1, size + 1))
    assert draw(list(reversed(VILLAGES)), seed, size) == drawn


def test_the_example_of_the_documents() -> None:
    text = record_text(
        [
            RecordLine("01a11906-3680-7000-8000-000000000002", 1, at("2026-10-12 09:30+08:00")),
            RecordLine("01a11906-3680-7000-8000-000000000001", 2, at("2026-10-16 08:00+08:00")),
            RecordLine("01a11906-3680-7000-8000-000000000001", 1, at("2026-10-09 17:05+08:00")),
        ]
    )
    assert text.splitlines()[0] == "01a11906-3680-7000-8000-000000000001 1 2026-10-09T09:05:00.000Z"
    assert text.endswith("\n")
    seed = record_digest(text)
    # As `sha256sum` says of the three lines, and of seed, line feed and code.
    assert seed == "ea2d6960f3ddf1e76fcb05fc5362f6a998403a8164191b1c7e74718ae5b15d4e"
    drawn = draw(["640425103200", "640425103201", "640425103202"], seed, 2)
    assert [(t.item, t.hash[:8]) for t in drawn] == [
        ("640425103200", "604a714b"),
        ("640425103202", "d449dff6"),
    ]


@pytest.mark.parametrize(
    ("population", "share", "detect"),
    [
        (20, 100, 900),
        (20, 100, 950),
        (300, 50, 950),
        (300, 100, 950),
        (28, 250, 990),
        (3, 10, 900),
        (1, 100, 900),
    ],
)
def test_the_smallest_number_that_finds_one_as_surely_as_asked(
    population: int, share: int, detect: int
) -> None:
    faulty = assumed_faulty(population, share)
    size = sample_size(population, share, detect)
    allowed = 1 - Fraction(detect, 1000)
    assert chance_of_missing(population, faulty, size) <= allowed
    assert chance_of_missing(population, faulty, size - 1) > allowed


def test_numbers_that_an_auditor_can_look_up() -> None:
    assert sample_size(20, 100, 900) == 14  # 2 of 20 faulty: 6 × 5 / (20 × 19) is missed, 7.9 %
    assert sample_size(300, 100, 950) == 28  # 30 of 300 faulty, 95 %
    assert sample_size(0, 100, 900) == 0
    assert sample_size(7, 1000, 900) == 1  # everything is faulty: the first one says so
