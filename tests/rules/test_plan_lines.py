"""A yearly plan beside what was published: which disclosure answers which line, and how many days too late."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from server.rules.plan_lines import (
    PlanLine,
    Publication,
    StandingPlan,
    lines_of,
    measured,
    plan_of,
)
from server.rules.plan_places import villages_of, where_of
from tests.cast import at
from tests.rules.categories_on_disk import KEYS, category, document

EVERYWHERE = ("全镇各村", "All villages")
VILLAGES = {"200": "红河村", "201": "宽坪村", "202": "上王村", "203": "王村"}


def line(matter: str, by: str, key: str = "finance_quarterly") -> PlanLine:
    where = where_of("全镇各村", EVERYWHERE)
    day = date.fromisoformat(by)
    return PlanLine(matter, key, "全镇各村", where, "镇农经站", day, None, "")


def came(
    on: str, words: str = "2026年第一季度财务收支", key: str = "finance_quarterly"
) -> Publication:
    return Publication(on, key, date.fromisoformat(on), words)


PERIODS = {
    "finance_quarterly": [f"{year}年第{n}季度财务收支" for year in (2025, 2026) for n in "一二三四"]
}
Q1, Q2 = line("第一季度财务收支", "2026-04-20"), line("第二季度财务收支", "2026-07-20")
LEASE, ROAD = (line("鱼塘发包", "2026-05-31", "contracts_projects"), line("二组 机耕路维修", "2026-06-30", "contracts_projects"))  # fmt: skip


@pytest.mark.parametrize(
    ("what", "lines", "published", "as_of", "said"),
    [
        ("on its last day", [Q1], [came("2026-04-20")], "2026-10-08 09:00+08:00", ["done 0"]),
        ("a day after it", [Q1], [came("2026-04-21")], "2026-10-08 09:00+08:00", ["late 1"]),
        ("not yet", [Q1], [], "2026-04-01 09:00+08:00", ["waiting 19"]),
        ("its last minute", [Q1], [], "2026-04-20 23:59+08:00", ["waiting 0"]),
        ("the day begins at midnight here", [Q1], [], "2026-04-20 16:00+00:00", ["missing 1"]),
        ("another category", [Q1], [came("2026-04-10", key="annual_plan")], "2026-05-20 09:00+08:00", ["missing 30"]),
        ("the year before", [Q1], [came("2025-12-31")], "2026-04-20 09:00+08:00", ["waiting 0"]),
        ("words first: the last quarter of the year before is no answer where the first's is there",
         [Q1], [came("2026-01-12", "2025年第四季度财务收支"), came("2026-04-25", "2026年第一季度财务收支")],
         "2026-10-08 09:00+08:00", ["late 5"]),
        ("a line that names a period is answered by that period alone", [Q1], [came("2026-01-12", "2025年第四季度财务收支")],
         "2026-05-20 09:00+08:00", ["missing 30"]),
        ("one that names none takes what comes", [line("村里的账", "2026-04-20")], [came("2026-01-12", "2025年第四季度财务收支")],
         "2026-05-20 09:00+08:00", ["done 0"]),
        ("each its own, whatever came first", [Q1, Q2],
         [came("2026-04-18", "2026年第二季度财务收支"), came("2026-04-30", "2026年第一季度财务收支")],
         "2026-10-08 09:00+08:00", ["late 10", "done 0"]),
        ("words without brackets and spaces", [LEASE, ROAD],
         [came("2026-03-01", "二组机耕路维修（演示）", "contracts_projects")],
         "2026-06-10 09:00+08:00", ["missing 10", "done 0"]),
        ("where no words help, in the order of days", [ROAD, LEASE],
         [came("2026-06-05", "合同", "contracts_projects"), came("2026-07-02", "工程", "contracts_projects")],
         "2026-10-08 09:00+08:00", ["late 2", "late 5"]),
        ("one disclosure answers one line", [LEASE, ROAD], [came("2026-05-01", "合同", "contracts_projects")],
         "2026-06-20 09:00+08:00", ["done 0", "waiting 10"]),
    ],
)  # fmt: skip
def test_a_line_beside_what_was_published(
    what: str, lines: list[PlanLine], published: list[Publication], as_of: str, said: list[str]
) -> None:
    found = measured(lines, published, 2026, at(as_of), PERIODS)
    assert [f"{each.state} {each.days}" for each in found] == said, what


@pytest.mark.parametrize(
    ("typed", "codes", "known"),
    [
        ("全镇各村", set(VILLAGES), True),
        ("all villages", set(VILLAGES), True),
        ("红河村、宽坪村", {"200", "201"}, True),
        ("红河, 王村", {"200", "203"}, True),
        ("上王村一组", {"202"}, True),
        ("红河村、河红村", {"200"}, False),
        ("古城村", set(), False),
    ],
)
def test_which_villages_are_meant(typed: str, codes: set[str], known: bool) -> None:
    assert villages_of(where_of(typed, EVERYWHERE), VILLAGES) == (frozenset(codes), known)


def test_a_village_goes_by_its_own_plan_and_else_by_the_newest_of_its_township() -> None:
    def plan(key: str, division: str, day: int) -> StandingPlan:
        return StandingPlan(key, division, division[:1], datetime(2026, 1, day, tzinfo=UTC), ())

    plans = [plan("own", "a1", 5), plan("old", "a2", 6), plan("new", "a3", 7), plan("b", "b1", 9)]
    found = [plan_of(v, v[:1], plans) for v in ("a1", "a2", "a4", "b2", "c1")]
    assert [each.disclosure_id if each else None for each in found] == [
        "own",
        "old",
        "new",
        "b",
        None,
    ]


def test_lines_are_read_where_the_category_says() -> None:
    content: dict[str, Any] = {"year": 2026, "lines": [
        {"matter": "补贴", "category": "subsidy_list", "where": "红河村", "office": "财政所", "by": "2026-06-30", "amount": 5},
    ]}  # fmt: skip
    plan = category("disclosure_plan").plan
    assert plan is not None
    (found,) = lines_of(plan, content)
    assert (found.matter, found.category, found.by.day, found.amount, found.basis) == (
        "补贴",
        "subsidy_list",
        30,
        5,
        "",
    )
    assert found.where.names == ("红河村",)


def test_a_line_names_a_category_that_is_there_and_never_a_plan() -> None:
    shape = document("disclosure_plan", "schema")["properties"]["lines"]["items"]["properties"]
    named = shape["category"]["enum"]
    assert set(named) <= {key for key in KEYS if category(key).plan is None}
    (of_lines,) = [s for s in document("disclosure_plan", "view")["sections"] if s["id"] == "lines"]
    shown = next(c["options"] for c in of_lines["columns"] if c["key"] == "category")
    assert [one["value"] for one in shown] == named
    assert [one["label"] for one in shown] == [
        {"zh": category(key).title.zh, "en": category(key).title.en} for key in named
    ]
