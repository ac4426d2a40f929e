"""Coverage: whole days online of days required, in one stretch; what still runs is in no sum."""

from __future__ import annotations

import pytest

from server.rules.coverage import Coverage, Covered, added_up
from server.rules.disclosures import Edition
from tests.rules.builders import at
from tests.rules.test_compliance import approved, look, withdrawn

DOWN = {"comes_down_at": at("2026-10-13 00:00")}


@pytest.mark.parametrize(
    ("what", "as_of", "editions", "shown", "running"),
    [
        ("nothing came", "2026-11-01 00:00", [], 0, False),
        ("still up", "2026-10-13 12:00", [approved("2026-10-08 09:00")], 4, True),
        ("a second before the tenth day is over", "2026-10-18 23:59:59", [approved("2026-10-08 09:00")], 9, True),
        ("when it is over", "2026-10-19 00:00:00", [approved("2026-10-08 09:00")], 10, False),
        ("never more than was asked for", "2026-12-01 00:00", [approved("2026-10-08 09:00")], 10, False),
        ("taken down", "2026-11-01 00:00", [withdrawn("2026-10-08 09:00", "2026-10-12 09:00")], 3, False),
        ("two stretches are not added up", "2026-10-28 00:00",
         [approved("2026-10-08 09:00", **DOWN), approved("2026-10-20 09:00", id="e2", number=2, comes_down_at=at("2026-10-27 00:00"))],
         6, False),
    ],
)  # fmt: skip
def test_days_online(
    what: str, as_of: str, editions: list[Edition], shown: int, running: bool
) -> None:
    assert look(*editions, at_=as_of).coverage == Coverage(shown, 10, "calendar", running), what


def test_what_is_not_decided_has_none_and_what_runs_is_in_no_sum() -> None:
    open_ = look(at_="2026-10-05 00:00")
    assert open_.coverage is None
    found = [
        look(at_="2026-11-01 00:00").coverage,
        look(approved("2026-10-08 09:00"), at_="2026-11-01 00:00").coverage,
        look(approved("2026-10-08 09:00"), at_="2026-10-13 12:00").coverage,
        open_.coverage,
    ]
    assert added_up(found) == Covered(notices=2, enough=1, shown=10, required=20)
