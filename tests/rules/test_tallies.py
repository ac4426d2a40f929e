"""Tallies: every sign says what the verdict says, for as long as the line says it holds; and no rate passes the whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from server.rules.compliance import needs_person
from server.rules.disclosures import Edition
from server.rules.gists import FILLED
from server.rules.grades import GradeRule, grade_of
from server.rules.obligations import VillageLife
from server.rules.rates import Count, Lines, counted
from server.rules.rulebook import Rulebook
from server.rules.tallies import ALL_SIGNS, Tally, read_sign, sign_of, tallied
from server.rules.verdicts import Facts, judged
from tests.rules.builders import VILLAGE, approved, at, calendar, edition, withdrawn
from tests.rules.categories_on_disk import category

BOOK = Rulebook({"finance_quarterly": category("finance_quarterly")}, {}, [], calendar())
BOARD = [at("2026-10-08 12:00")]


def facts(*editions: Edition, boards: Sequence[datetime] = BOARD) -> Facts:
    return Facts(
        villages=[VillageLife(VILLAGE, "清溪村", VILLAGE[:9] + "000", None, None)],
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        exemptions=(),
        occurrences=(),
        editions={(VILLAGE, "finance_quarterly", "2026Q3"): editions},
        boards={e.id: boards for e in editions},
        registered={},
    )


def line(known: Facts, now: datetime) -> Tally:
    (found,) = tallied(known, judged(known, BOOK, now), BOOK, now)
    return found


def third(known: Facts, now: str) -> str:
    found = line(known, at(now))
    return next(s for c, s in zip(found.columns, found.signs, strict=True) if c.period == "2026Q3")


PLANNED = {"decided_at": at("2026-10-08 10:00")}
STORIES = [
    ("nothing came", "2026-07-01 10:00", []),
    ("on its way", "2026-10-08 10:00", [edition("2026-10-08 09:00")]),
    ("on time", "2026-10-09 10:00", [approved("2026-10-08 09:00")]),
    ("opens later", "2026-10-09 10:00", [approved("2026-10-08 09:00", "2026-10-14 08:00", **PLANNED)]),
    ("opens too late", "2026-10-09 10:00", [approved("2026-10-08 09:00", "2026-10-20 08:00", **PLANNED)]),
    ("late", "2026-10-20 12:00", [approved("2026-10-20 09:00")]),
    ("taken down", "2026-10-12 10:00", [withdrawn("2026-10-08 09:00", "2026-10-12 09:00")]),
    ("comes down by plan", "2026-10-09 10:00", [approved("2026-10-08 09:00", comes_down_at=at("2026-10-13 00:00"))]),
    ("gives way", "2026-10-09 10:00", [approved("2026-10-08 09:00", superseded_at=at("2026-10-30 00:00"))]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "start", "editions"), STORIES)
def test_a_line_is_true_for_as_long_as_it_says(
    what: str, start: str, editions: list[Edition]
) -> None:
    known = facts(*editions)
    now, end, lines = at(start), at("2027-03-01 00:00"), 0
    while now < end:
        mine = line(known, now)
        assert mine.holds(now)
        until = mine.holds_until or end
        for later in (now + (until - now) * part for part in (0.01, 0.5, 0.999)):
            assert mine.holds(later)
            assert line(known, later).signs == mine.signs, (what, now, later)
        assert not mine.holds(until) or mine.holds_until is None
        now, lines = until, lines + 1
    assert lines < 20, "a line that lapses every day would be made anew every day"


def test_a_sign_says_what_its_cell_says() -> None:
    known = facts(approved("2026-10-08 09:00"), boards=())
    now = at("2026-10-20 09:00")
    for cell in judged(known, BOOK, now):
        seen = read_sign(sign_of(cell))
        assert (seen.state, seen.needs_person) == (cell.state, needs_person(cell))
    assert len(ALL_SIGNS) == len(set(ALL_SIGNS.values())) == 72


@pytest.mark.parametrize(
    ("what", "now", "known", "state", "ahead", "empty"),
    [
        ("before its due day", "2026-10-30 09:00", facts(approved("2026-10-08 09:00")), "on_time", True, False),
        ("on its due day", "2026-10-30 09:00", facts(approved("2026-10-15 09:00")), "on_time", False, False),
        ("an empty sheet", "2026-10-30 09:00", facts(approved("2026-10-08 09:00", gist={FILLED: 0})), "on_time", True, True),
        ("under review", "2026-10-14 09:00", facts(edition("2026-10-13 09:00")), "due_soon", True, False),
        ("returned", "2026-10-14 09:00", facts(edition("2026-10-13 09:00", state="returned", decided_at=at("2026-10-13 10:00"))), "due_soon", False, False),
        ("missing", "2026-10-30 09:00", facts(), "missing", False, False),
        ("down too soon", "2026-10-30 09:00", facts(withdrawn("2026-10-08 09:00", "2026-10-12 09:00")), "on_time", True, False),
    ],
)  # fmt: skip
def test_what_a_sign_tells_apart(
    what: str, now: str, known: Facts, state: str, ahead: bool, empty: bool
) -> None:
    seen = read_sign(third(known, now))
    assert (seen.state, seen.ahead, seen.empty) == (state, ahead, empty), what
    assert seen.short is (what == "down too soon")


def test_no_rate_passes_the_whole_and_an_empty_sheet_is_no_content() -> None:
    of = {s: n for n, s in enumerate(ALL_SIGNS, 1)}
    count = counted(of.items())
    finished = sum(n for s, n in of.items() if ALL_SIGNS[s].state in ("on_time", "late", "missing"))
    assert count.finished == finished == count.on_time + count.late + count.empty + count.missing
    assert count.early <= count.on_time
    for permille in (count.on_time_permille, count.early_permille, count.content_permille):
        assert permille is not None
        assert 0 <= permille <= 1000
    only_empty = counted(
        [(third(facts(approved("2026-10-08 09:00", gist={FILLED: 0})), "2026-10-30 09:00"), 3)]
    )
    assert (only_empty.finished, only_empty.empty) == (3, 3)
    assert (only_empty.on_time_permille, only_empty.content_permille) == (0, 0)
    assert counted([]).on_time_permille is None


def test_quarters_are_added_up_by_when_their_periods_ended() -> None:
    found = line(facts(approved("2026-10-08 09:00")), at("2026-10-30 09:00"))
    lines = Lines()
    for _ in range(2):
        lines.add(found.columns, found.signs)
    by = lines.added_up(lambda column: column.quarter, date(2026, 4, 1), date(2026, 9, 30))
    assert {key: counted(signs.items()) for key, signs in by.items()} == {
        "2026Q2": Count(missing=2, needs_person=2, unscheduled=2),
        "2026Q3": Count(on_time=2, early=2),
    }


@pytest.mark.parametrize(
    ("permille", "grade"),
    [(1000, "excellent"), (950, "excellent"), (949, "good"), (850, "good"), (849, "passing"), (700, "passing"), (699, "failing"), (0, "failing"), (None, None)],
)  # fmt: skip
def test_grades_by_their_thresholds(permille: int | None, grade: str | None) -> None:
    assert grade_of(permille, GradeRule()) == grade
