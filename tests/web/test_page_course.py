"""The course of a notice on its page: in the order in which it happened, with the days each step took."""

from __future__ import annotations

from typing import Any

import pytest

from server.web.page_course import course

COMPOSED, CAPTURED = "2026-10-11T05:26:00Z", "2026-10-11T04:43:00Z"
RECEIVED, SIGNED, POSTED = "2026-10-11T15:59:00Z", "2026-10-11T16:01:00Z", "2026-10-14T01:00:00Z"


def page(**changed: Any) -> dict[str, Any]:
    return {
        "clocks": {
            "composed_at": COMPOSED,
            "captured_at": CAPTURED,
            "committed_at": None,
            "received_at": RECEIVED,
            "published_at": POSTED,
        },
        "reviews": [{"decided_at": SIGNED}],
        "window": {"must_stay_until": "2026-10-24T01:00:00Z"},
    } | changed


def told(of: dict[str, Any]) -> list[tuple[str, int | None]]:
    return [(step.name, step.took) for step in course(of)]


def test_days_are_those_of_the_village() -> None:
    assert told(page()) == [
        ("composed", None),
        ("captured", None),
        ("received", None),
        ("review", 1),  # two minutes, over midnight in Shanghai
        ("published", 2),
        ("shown", None),
    ]


def test_what_was_registered_first_and_what_was_reviewed_after() -> None:
    late = page(
        clocks=page()["clocks"] | {"committed_at": "2026-10-09T02:00:00Z"},
        reviews=[{"decided_at": SIGNED}, {"decided_at": "2026-10-16T02:00:00Z"}],
    )
    assert told(late)[2:] == [
        ("committed", None),
        ("received", 2),
        ("review", 1),
        ("published", 2),
        ("review", 2),
        ("shown", None),
    ]


@pytest.mark.parametrize("window", [None, {}, {"must_stay_until": None}])
def test_what_stays_for_no_length_of_time_says_nothing_of_it(window: Any) -> None:
    assert told(page(window=window, reviews=[]))[2:] == [("received", None), ("published", 3)]
