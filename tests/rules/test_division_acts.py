"""Single acts on a division: what stands in the way, which act was the last, and what is said before it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from server.rules.division_acts import (
    Done,
    Kind,
    Scene,
    Since,
    Wanted,
    failure,
    last_act,
    state_number,
)
from server.rules.division_effects import Resting, effects

VILLAGE, OTHER, TOWNSHIP = "640425103200", "640425103201", "640425103000"
TODAY = date(2026, 10, 8)


def day(text: str) -> date:
    return date.fromisoformat(text)


class Line(Struct, frozen=True):
    code: str
    name: str
    parent: str | None
    level: str
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None


class Told(Struct, frozen=True):
    id: int
    action: str
    details: dict[str, Any]


HERE = Line(VILLAGE, "红河村民委员会", TOWNSHIP, "village")
ABOVE = Line(TOWNSHIP, "红河镇", "640425000000", "township")
NEXT = Line(OTHER, "宽坪村", TOWNSHIP, "village", day("2026-03-01"))


def scene(*rows: Line, **changes: Any) -> Scene:
    return replace(
        Scene(today=TODAY, rows=rows or (HERE,), parent=(ABOVE, None)),
        **{"successor": (NEXT, day("2026-03-01")), **changes},
    )


def act(kind: Kind, on: str = "2026-10-08", **more: str) -> Wanted:
    return Wanted(kind, VILLAGE, day(on), **more)


CLOSED = replace(HERE, valid_to=day("2026-10-01"))
SINCE_MAY = replace(HERE, valid_from=day("2026-05-01"))
RENAMED = Done("rename", 5, day("2026-10-01"), {"on": "2026-10-01", "old": "甲村", "new": "乙村"})
AS_RENAMED = Line(VILLAGE, "乙村", TOWNSHIP, "village", day("2026-10-01"))
MERGED = Done("merge", 6, day("2026-10-02"), {"on": "2026-10-02", "successor": OTHER})
AS_MERGED = replace(CLOSED, successor=OTHER)
ADDED = Done("add", 7, day("2026-10-01"), {"on": "2026-10-01", "name": "乙村"})


@pytest.mark.parametrize(
    ("wanted", "of", "field"),
    [
        (act("rename", name="新村"), scene(), None),
        (act("rename", name="新村"), scene(CLOSED), ""),
        (act("rename", "2026-10-09", name="新村"), scene(), "on"),
        (act("rename", "2026-05-01", name="新村"), scene(SINCE_MAY), "on"),
        (act("rename", "2026-05-02", name="新村"), scene(SINCE_MAY), None),
        (act("rename", name="长" * 61), scene(), "name"),
        (act("rename", name="新\n村"), scene(), "name"),
        (act("close"), scene(), None),
        (act("close"), scene(below=2), None),
        (act("close"), scene(replace(HERE, level="township"), below=2), ""),
        (act("rename", name="一组"), scene(replace(HERE, level="group")), None),
        (act("merge", successor=OTHER), scene(replace(HERE, level="group")), "successor"),
        (act("merge", successor=OTHER), scene(), None),
        (act("merge", "2026-02-28", successor=OTHER), scene(), "successor"),
        (act("merge", successor=VILLAGE), scene(), "successor"),
        (act("merge", successor=OTHER), scene(successor=None), "successor"),
        (act("merge", successor=TOWNSHIP), scene(successor=(ABOVE, None)), "successor"),
        (
            act("merge", successor="640402100200"),
            scene(successor=(replace(NEXT, code="640402100200"), None)),
            "successor",
        ),
        (act("add", name="新村"), scene(), "code"),
        (act("add", name="新村"), scene(CLOSED), None),
        (act("add", "2026-10-01", name="新村"), scene(CLOSED), "on"),
        (act("add", name="新村"), replace(scene(), rows=()), None),
        (act("add", name="新村"), replace(scene(), rows=(), parent=None), "code"),
        (
            act("add", "2025-12-31", name="新村"),
            replace(scene(), rows=(), parent=(ABOVE, day("2026-01-01"))),
            "on",
        ),
        (act("take_back"), scene(), ""),
        (act("take_back"), scene(AS_RENAMED, done=RENAMED), None),
        (act("take_back"), scene(replace(AS_RENAMED, name="丙村"), done=RENAMED), ""),
        (act("take_back"), scene(AS_RENAMED, done=RENAMED, since=Since(published=1)), ""),
        (act("take_back"), scene(AS_RENAMED, done=RENAMED, since=Since(signed_in=1)), ""),
        (act("take_back"), scene(AS_RENAMED, done=RENAMED, since=Since(other=9)), None),
        (act("take_back"), scene(AS_MERGED, done=MERGED), None),
        (act("take_back"), scene(CLOSED, done=MERGED), ""),
        (act("take_back"), scene(AS_MERGED, done=MERGED, parent=None), ""),
        (act("take_back"), scene(AS_RENAMED, done=ADDED), None),
        (act("take_back"), scene(AS_RENAMED, done=ADDED, resting=1), ""),
        (act("take_back"), scene(AS_RENAMED, done=ADDED, leaning=1), ""),
    ],
)
def test_what_can_be_done_and_which_field_says_why_not(
    wanted: Wanted, of: Scene, field: str | None
) -> None:
    found = failure(wanted, of)
    assert (found and found.field) == field
    if found is None:
        for said in effects(wanted, of, Resting(accounts=1, points=1, owed=1, later=1, waiting=1)):
            assert said.zh.endswith("。")
            assert said.en.endswith(".")


def test_the_last_act_is_the_one_that_was_not_taken_back() -> None:
    renamed = Told(1, "division.renamed", {"on": "2026-10-01", "old": "甲", "new": "乙"})
    closed = Told(2, "division.closed", {"on": "2026-10-02"})
    back = Told(3, "division.taken_back", {})
    assert last_act([]) is None
    assert last_act([back]) is None
    for events, event in (([renamed, closed], 2), ([renamed, closed, back], 1)):
        found = last_act(events)
        assert found is not None
        assert found.event == event
    assert last_act([renamed, back]) is None


def test_the_number_of_a_state_is_another_one_after_every_change() -> None:
    states = [(), (HERE,), (CLOSED,), (AS_MERGED,), (CLOSED, NEXT), (replace(HERE, name="新村"),)]
    assert len({state_number(rows) for rows in states}) == len(states)
    assert state_number(()) == 0
