"""An account beside its year's plan: the right plan, the right periods, and shares that never flatter."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from server.rules.periods import parse_period
from server.rules.plans import PublishedPlan, beside, periods_so_far, plan_for
from server.web.page_words import Words
from tests.cast import at
from tests.rules.categories_on_disk import document

VIEW = document("finance_quarterly", "view")
SPEC = VIEW["plan"]
Q3 = parse_period("2026Q3")


def content(income: dict[str, int], expense: dict[str, int], **more: Any) -> dict[str, Any]:
    """Return as much of an account, or of a plan, as is compared."""
    lists = {"income": income, "expense": expense, "other_receipts": {}, "other_payments": {}}
    return {
        "book": "collective",
        **{g: [{"item": i, "amount": a} for i, a in each.items()] for g, each in lists.items()},
        "subtotals": {g: sum(each.values()) for g, each in lists.items()},
        **more,
    }


def plan(**more: Any) -> PublishedPlan:
    parts = content(
        {"operating_rent": 12_000},
        {"management_pay": 8_000, "management_office": 2_000, "tax": 500},
    )
    return PublishedPlan("plan", {**parts, "year": 2026, **more})


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("2026Q1", ["2026Q1"]),
        ("2026Q3", ["2026Q1", "2026Q2", "2026Q3"]),
        ("2026-03", ["2026-01", "2026-02", "2026-03"]),
        ("2026H2", ["2026H1", "2026H2"]),
        ("2026", ["2026"]),
        ("E2026-03-20-0123abcd", []),
    ],
)
def test_the_year_so_far_ends_with_the_period_itself(key: str, keys: list[str]) -> None:
    assert [each.key for each in periods_so_far(parse_period(key))] == keys


@pytest.mark.parametrize(
    ("more", "found"), [({}, True), ({"year": 2025}, False), ({"book": "committee"}, False)]
)
def test_only_the_plan_of_this_year_and_these_books(more: dict[str, Any], found: bool) -> None:
    account = content({}, {})
    assert (plan_for(SPEC, account, Q3, [plan(**more)]) is not None) is found


def test_the_newest_plan_holds() -> None:
    newest = PublishedPlan("newest", plan().content)
    assert plan_for(SPEC, content({}, {}), Q3, [newest, plan()]) is newest


def test_headings_are_laid_side_by_side_and_shares_are_rounded_down() -> None:
    quarters = {
        "2026Q1": content({"operating_rent": 3_000}, {"management_pay": 6_000}),
        "2026Q2": content({"donation": 100}, {"management_office": 3_999}),
        "2026Q3": content({}, {"tax": 501}),
    }
    found = beside(VIEW, plan(), Q3, quarters, "zh")
    assert [(r.label, r.level, r.planned, r.so_far, r.used, r.over) for r in found.rows] == [
        ("收入", "group", 12_000, 3_100, 25, False),
        ("经营收入", "line", 12_000, 3_000, 25, False),
        ("其他收入", "line", 0, 100, None, False),
        ("支出", "group", 10_500, 10_500, 100, False),
        ("管理费用", "line", 10_000, 9_999, 99, False),
        ("税金及附加", "line", 500, 501, 100, True),
    ]
    assert (found.counted, found.unpublished) == (3, ())


def test_a_period_that_is_not_public_is_named_and_not_counted() -> None:
    quarters = {"2026Q1": content({}, {"tax": 100}), "2026Q3": content({}, {"tax": 100})}
    found = beside(VIEW, plan(), Q3, quarters, "zh")
    assert (found.counted, found.unpublished) == (2, ("2026年第二季度",))
    assert [r.so_far for r in found.rows if r.label in ("支出", "税金及附加")] == [200, 200]


def test_a_period_of_other_books_is_not_in_the_sums() -> None:
    quarters = {
        "2026Q1": content({}, {"tax": 100}, book="committee"),
        "2026Q2": content({}, {"tax": 20}),
        "2026Q3": content({}, {"tax": 3}),
    }
    found = beside(VIEW, plan(), Q3, quarters, "zh")
    assert (found.counted, found.unpublished) == (2, ())
    assert [r.so_far for r in found.rows if r.label in ("支出", "税金及附加")] == [23, 23]


def test_more_income_than_planned_is_not_over() -> None:
    quarters = {"2026Q3": content({"operating_rent": 20_000}, {})}
    found = beside(VIEW, plan(), Q3, quarters, "en")
    assert (found.rows[0].label, found.rows[0].used, found.rows[0].over) == ("Income", 166, False)


@pytest.mark.parametrize(
    ("planned", "came", "used", "unplanned"),
    [
        (0, 41_000, None, 41_000),
        (1_000, 41_000, None, 40_000),
        (1_000, 10_001, None, 9_001),
        (1_000, 10_000, 1_000, 0),
        (1_000, 0, 0, 0),
    ],
)
def test_money_that_the_plan_hardly_knows_is_an_amount_and_no_share(
    planned: int, came: int, used: int | None, unplanned: int
) -> None:
    wanted = plan(
        other_receipts=[{"item": "special_fund", "amount": planned}],
        subtotals={"income": 0, "expense": 0, "other_receipts": planned, "other_payments": 0},
    )
    account = content({}, {})
    account["other_receipts"] = [{"item": "special_fund", "amount": came}]
    account["subtotals"]["other_receipts"] = came
    found = beside(VIEW, wanted, Q3, {"2026Q3": account}, "zh")
    [row] = [each for each in found.rows if each.label == "其他收款"]
    assert (row.used, row.unplanned) == (used, unplanned)
    said = Words("zh", at("2026-10-09 10:00+08:00")).planned(msgspec.to_builtins(found))
    if unplanned:
        assert said.endswith(f"其他收款有 ¥{unplanned / 100:,.2f} 不在计划里。")
        assert "其他收款完成" not in said
    else:
        assert f"其他收款完成 {used}%" in said


def test_a_single_heading_has_the_figures_of_its_group_and_is_left_out() -> None:
    single = PublishedPlan("plan", content({"operating_rent": 100}, {}) | {"year": 2026})
    found = beside(VIEW, single, Q3, {"2026Q3": content({"operating_service": 50}, {})}, "zh")
    assert [(r.label, r.used) for r in found.rows] == [("收入", 50)]
