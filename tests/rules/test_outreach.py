"""Outreach as rules: what a record cannot be, which groups were reached, and views around an act."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from server.rules.coverage_paper import acts_table, groups_words, paper_of, villages_table
from server.rules.group_names import group_key
from server.rules.outreach import Outreach, Reach, fault, groups_in, is_shown
from server.rules.outreach_coverage import around, coverage
from server.rules.values import Text
from tests.cast import START, VILLAGE_A, VILLAGE_B

TODAY = date(2026, 10, 8)
LETTER = Outreach(
    id="01990000-0000-7000-8000-0000000a0001",
    division=VILLAGE_A,
    kind="letter",
    stage="done",
    first=TODAY,
    last=TODAY,
    from_time=None,
    until_time=None,
    place="",
    households=120,
    people=None,
    counted_by="村会计",
    note="",
    reaches=(Reach(VILLAGE_A, ("1组", "3组"), 8),),
    notices=(),
    recorded_by="",
    recorded_by_name="张三",
    recorded_at=START,
)
DAY = replace(
    LETTER,
    kind="visit_day",
    stage="planned",
    last=TODAY,
    from_time="09:00",
    until_time="11:00",
    place="村委会院子",
    households=None,
)


@pytest.mark.parametrize(
    ("record", "pointer"),
    [
        (replace(LETTER, last=TODAY - timedelta(days=1)), "/last"),
        (replace(LETTER, first=TODAY - timedelta(days=92)), "/last"),
        (replace(LETTER, last=TODAY + timedelta(days=1)), "/last"),
        (replace(LETTER, stage="planned"), "/stage"),
        (replace(LETTER, stage="void", note="重复"), "/stage"),
        (replace(LETTER, stage="void", replaces="x"), "/note"),
        (replace(LETTER, counted_by=""), "/counted_by"),
        (replace(LETTER, reaches=()), "/villages"),
        (replace(LETTER, reaches=(Reach(VILLAGE_A), Reach(VILLAGE_A))), "/villages/1/division"),
        (replace(LETTER, reaches=(Reach(VILLAGE_A, ("1", "2"), 1),)), "/villages/0/groups_total"),
        (replace(DAY, place=""), "/place"),
        (replace(DAY, from_time=None), "/from_time"),
        (replace(DAY, from_time="25:00"), "/from_time"),
        (replace(DAY, until_time="09:00"), "/until_time"),
        (replace(DAY, first=date(2026, 9, 1), last=date(2026, 9, 1)), "/last"),
        (replace(DAY, first=date(2028, 1, 1), last=date(2028, 1, 1)), "/first"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(record: Outreach, pointer: str) -> None:
    found = fault(record, TODAY)
    assert found is not None
    assert found[0] == pointer
    assert found[1].zh
    assert found[1].en


def test_what_can_be_is_let_be() -> None:
    assert fault(LETTER, TODAY) is None
    assert fault(replace(LETTER, first=TODAY - timedelta(days=91)), TODAY) is None
    assert fault(DAY, TODAY) is None
    assert groups_in(["1组、3组", "河东组 1组"]) == ("1组", "3组", "河东组")


def test_an_announced_day_is_shown_until_it_has_passed() -> None:
    assert is_shown(DAY, TODAY)
    assert not is_shown(DAY, TODAY + timedelta(days=1))
    assert not is_shown(replace(DAY, stage="done"), TODAY)


def test_villages_and_groups_that_nothing_reached_are_there_too() -> None:
    names = {VILLAGE_A: "红河村委会", VILLAGE_B: "宽坪村委会"}
    views = {(VILLAGE_A, TODAY - timedelta(days=n)): 2 for n in range(1, 8)}
    views[VILLAGE_A, TODAY] = 30
    found = coverage(
        names,
        [LETTER, replace(LETTER, id="b", kind="broadcast", reaches=(Reach(VILLAGE_A, ("3组",)),))],
        views,
        {},
        division="640425103000",
        division_name="红河镇",
        first=TODAY - timedelta(days=30),
        last=TODAY,
        today=TODAY + timedelta(days=1),
    )
    reached, not_reached = found.villages
    assert (reached.groups, reached.groups_total, reached.whole) == (("1组", "3组"), 8, False)
    assert (reached.kinds["letter"], reached.kinds["broadcast"], reached.views) == (1, 1, "44")
    assert (not_reached.reached, not_reached.last_on, not_reached.views) == (False, None, "0")
    assert (found.reached, found.groups_reached, found.groups_known) == (1, 2, 8)
    act = found.acts[0]
    assert (act.views_before, act.views_after, act.after_days) == ("14", "30", 1)
    paper = paper_of(found, START)
    assert [len(table.rows) for table in paper.tables] == [2, 2]
    assert villages_table(found).rows[1][-3] == Text("没有", "none")
    assert acts_table(found).rows[0][-1] == Text("30（1 天）", "30 (1 days)")


def test_registered_groups_count_and_those_not_reached_are_named() -> None:
    places = {VILLAGE_A: "红河村", VILLAGE_B: "宽坪村"}
    groups = {VILLAGE_A: ["第一村民小组", "二组", "上庄组"], VILLAGE_B: ["一组", "二组"]}
    known = {
        "division": "640425103000",
        "division_name": "红河镇",
        "first": TODAY - timedelta(days=30),
        "last": TODAY,
        "today": TODAY,
    }
    found = coverage(places, [LETTER], {}, groups, **known)
    here, there = found.villages
    # The letter says 1组 and 3组 of eight: what is registered counts.
    assert (here.groups_total, here.missed) == (3, ("二组", "上庄组"))
    assert (there.groups_total, there.missed, there.reached) == (2, ("一组", "二组"), False)
    assert (found.groups_reached, found.groups_known) == (1, 5)
    assert groups_words(here).zh == "1组、3组（1/3 个组，没到：二组、上庄组）"
    all_of_it = replace(LETTER, reaches=(Reach(VILLAGE_A),))
    assert coverage(places, [all_of_it], {}, groups, **known).groups_reached == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1组", "第一村民小组"),
        ("12组", "十二组"),
        ("二十三社", "23"),
        ("上庄组", " 上庄组 "),
        ("第10小组", "十组"),
    ],
)
def test_a_group_is_the_same_however_its_number_is_written(one: str, other: str) -> None:
    assert group_key(one) == group_key(other)
    assert group_key("一组") != group_key("十一组")


def test_days_that_are_not_over_are_not_made_up() -> None:
    before, after = around(LETTER, VILLAGE_A, {}, TODAY)
    assert (len(before), len(after)) == (7, 0)
    assert [day for day, _ in before] == [TODAY - timedelta(days=n) for n in range(7, 0, -1)]
    assert len(around(LETTER, VILLAGE_A, {}, TODAY + timedelta(days=30))[1]) == 7
