"""The course of a notice on its page: in the order in which it happened, with the days each step took."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules import timelines
from server.web.page_course import course
from server.web.page_sheet import grid
from server.web.page_words import Words
from tests.cast import at

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


def test_of_a_matters_steps_post_and_limit_stand_under_what_a_phone_has_room_for() -> None:
    heads = [{"key": key, "label": head.zh} for key, head in timelines.HEADS.items()]
    rows = [
        ("公布名单", "2026-11-20", "", "选举日20日前", "主任"),
        ("投票", None, "25 天", "", "主任"),
    ]
    section = {"columns": heads, "rows": [{"cells": list(row)} for row in rows]}
    made = grid(section, Words("zh", at("2026-12-20 09:00+08:00")))
    assert [head.label for head in made.columns] == ["步骤 · 谁负责", "办完", "用时"]
    assert made.under == [("主任", "时限：选举日20日前"), ("主任", "")]
    assert not made.wide
