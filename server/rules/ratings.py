"""Ratings (评议): what villagers say of a notice that is up, in five points, one rating a device and notice.

The public reads how many rated, and what they said once enough did: the first few in a small village could be guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from msgspec import Struct

from server.rules.values import Text

Point = Literal["true", "complete", "clear", "in_time", "as_published"]
Said = Literal["yes", "no", "unsure"]

PUBLIC_FROM = 5
SAID: tuple[Said, ...] = get_args(Said)
POINTS: dict[Point, Text] = {
    "true": Text("真实", "True"),
    "complete": Text("完整", "Complete"),
    "clear": Text("看得懂", "Clear"),
    "in_time": Text("及时", "In time"),
    "as_published": Text("与实际相符", "As it really was"),
}
ASKED: dict[Point, Text] = {
    "true": Text("写的是真的吗？", "Is what it says true?"),
    "complete": Text("该写的都写上了吗？", "Is everything there that should be?"),
    "clear": Text("上面的字和数看得懂吗？", "Can you understand it?"),
    "in_time": Text("公开得及时吗？", "Was it made public in time?"),
    "as_published": Text(
        "实际领到、用到的，和写的一样吗？", "Was what people got, and what was done, as it says?"
    ),
}


class Tallied(Struct, frozen=True):
    """How many devices said the same of the same edition: one letter a point, in the order of POINTS."""

    said: str
    edition: int
    proved: bool
    ratings: int


class PointCount(Struct, frozen=True):
    """One point: how many said yes, no, and that they do not know."""

    point: Point
    name: Text
    yes: int
    no: int
    unsure: int


class Ratings(Struct, frozen=True):
    """What was said of a notice. `points` is empty until `needed` more have rated.

    `earlier`: how many of them rated an edition before this one; `unproved`: how many came without a proof of work.
    """

    ratings: int
    needed: int
    points: tuple[PointCount, ...]
    earlier: int
    unproved: int


def letters(points: Mapping[Point, Said]) -> str:
    """Return what was said as it is kept: 'yynuy'. A point that was passed over counts as not known."""
    return "".join(points.get(point, "unsure")[0] for point in POINTS)


def points_of(said: str) -> dict[Point, Said]:
    """Return what `letters` kept."""
    by_letter = {each[0]: each for each in SAID}
    return {point: by_letter[letter] for point, letter in zip(POINTS, said, strict=True)}


def says_nothing(points: Mapping[Point, Said]) -> bool:
    """Say whether no point was answered with yes or no."""
    return all(each == "unsure" for each in points.values())


def summed(found: Iterable[Tallied], *, edition: int, public_from: int = PUBLIC_FROM) -> Ratings:
    """Return what may be read of a notice's ratings beside its edition; the points from `public_from` ratings on."""
    rows = list(found)
    ratings = sum(row.ratings for row in rows)
    needed = max(0, public_from - ratings)
    return Ratings(
        ratings=ratings,
        needed=needed,
        points=() if needed or not ratings else tuple(_count(rows, n) for n in range(len(POINTS))),
        earlier=sum(row.ratings for row in rows if row.edition < edition),
        unproved=sum(row.ratings for row in rows if not row.proved),
    )


def _count(rows: Iterable[Tallied], n: int) -> PointCount:
    point = list(POINTS)[n]
    counts: dict[Said, int] = dict.fromkeys(SAID, 0)
    for row in rows:
        counts[points_of(row.said)[point]] += row.ratings
    return PointCount(point, POINTS[point], counts["yes"], counts["no"], counts["unsure"])
