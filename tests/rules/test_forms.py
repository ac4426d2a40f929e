"""Forms: what the last period hands over, and the sums that nobody types."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from server.rules.forms import prefill, with_computed
from tests.rules.accounts import accounts
from tests.rules.categories_on_disk import document, example

FORM = document("finance_quarterly", "form")


def test_a_first_period_starts_empty() -> None:
    assert prefill(FORM, None) == {}


def test_the_closing_balance_becomes_the_opening_one() -> None:
    content = prefill(FORM, example("finance_quarterly", "good-2026-q3").content)
    assert content["opening"] == {"cash": 98_000, "bank": 11_073_209}
    assert content["prepared_by"] == "李四"
    assert content["expense"][0] == {"item": "operating_cost"}
    assert "closing" not in content
    assert content["debts"] == [
        {
            "party": "红河镇信用社",
            "opening": 2_000_000,
            "closing": 2_000_000,
            "due_on": "2027-06-30",
            "increase": 0,
            "decrease": 0,
        }
    ]


def test_a_settled_debt_does_not_go_on() -> None:
    previous = example("finance_quarterly", "good-2026-q3").content
    previous["debts"][0] |= {"decrease": 3_000_000, "closing": 0}
    assert "debts" not in prefill(FORM, previous)


def test_families_that_left_do_not_go_on() -> None:
    form = document("dibao_roster", "form")
    content = prefill(form, example("dibao_roster", "good-2026-q3").content)
    assert [(r["holder_name"], r["change"]) for r in content["households"]] == [
        ("张三", "kept"),
        ("张三", "kept"),
        ("周八", "kept"),
        ("王五", "kept"),
    ]
    assert content["changes"] == {"previous": 4}


@given(accounts())
def test_computed_sums_are_those_of_the_account(content: dict[str, Any]) -> None:
    typed = {k: v for k, v in content.items() if k != "subtotals"}
    typed["closing"] = {k: v for k, v in content["closing"].items() if k != "total"}
    assert with_computed(FORM, typed) == content
    assert "subtotals" not in typed


def test_rows_are_computed_before_their_totals() -> None:
    content = example("dibao_roster", "good-2026-q3").content
    wrong = {**content, "total": {**content["total"], "total": 0}}
    for row in wrong["households"]:
        row["total"] = 0
    assert (
        with_computed(document("dibao_roster", "form"), wrong)
        == example("dibao_roster", "good-2026-q3").content
    )
