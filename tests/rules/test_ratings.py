"""Ratings: five points, kept as letters, read by the public from five ratings on."""

from __future__ import annotations

import pytest

from server.rules.ratings import (
    POINTS,
    PUBLIC_FROM,
    Point,
    Said,
    Tallied,
    letters,
    points_of,
    says_nothing,
    summed,
)


def test_what_was_said_comes_back_as_it_was_kept() -> None:
    points: dict[Point, Said] = {"true": "yes", "clear": "no", "as_published": "yes"}
    assert letters(points) == "yunuy"
    assert points_of("yunuy") == dict.fromkeys(POINTS, "unsure") | points


@pytest.mark.parametrize(("said", "nothing"), [("uuuuu", True), ("uuuun", False), ("yuuuu", False)])
def test_not_sure_of_anything_says_nothing(said: str, nothing: bool) -> None:
    assert says_nothing(points_of(said)) is nothing


@pytest.mark.parametrize(("ratings", "needed"), [(0, 5), (1, 4), (4, 1), (5, 0), (6, 0)])
def test_the_result_is_public_from_five_on(ratings: int, needed: int) -> None:
    rows = [Tallied("yyyyy", 1, True, 1)] * ratings
    found = summed(rows, edition=1)
    assert (found.ratings, found.needed) == (ratings, needed)
    assert bool(found.points) is (ratings >= PUBLIC_FROM)


def test_each_point_is_counted_by_itself() -> None:
    rows = [
        Tallied("yynuy", 1, True, 3),
        Tallied("ynnuy", 2, True, 2),
        Tallied("nuuuu", 2, False, 1),
    ]
    found = summed(rows, edition=2)
    assert [(c.point, c.yes, c.no, c.unsure) for c in found.points] == [
        ("true", 5, 1, 0),
        ("complete", 3, 2, 1),
        ("clear", 0, 5, 1),
        ("in_time", 0, 0, 6),
        ("as_published", 5, 0, 1),
    ]
    assert (found.earlier, found.unproved) == (3, 1)


def test_people_at_work_read_the_first_one_already() -> None:
    assert summed([Tallied("yuuuu", 1, True, 1)], edition=1, public_from=0).points[0].yes == 1
    assert summed([], edition=1, public_from=0).points == ()
