"""The account checks: what adds up passes, and a fen anywhere that does not is found."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules import finance, finance_books, pointers
from server.rules.checks import CheckContext, run_checks
from server.rules.findings import ContentFinding
from server.rules.periods import parse_period
from tests.rules.accounts import PERIOD, accounts
from tests.rules.categories_on_disk import category, example, validates

FINANCE = category("finance_quarterly")


def check(content: Any, **context: Any) -> list[ContentFinding]:
    return run_checks(FINANCE, content, CheckContext(**{"period": PERIOD, **context}))


def blocking(content: Any, **context: Any) -> list[tuple[str, str]]:
    return [(f.check, f.pointer) for f in check(content, **context) if f.severity == "blocking"]


@given(accounts())
def test_an_account_that_adds_up_passes(content: dict[str, Any]) -> None:
    assert validates("finance_quarterly")(content) == []
    assert blocking(content) == []


def amounts_of(content: dict[str, Any]) -> list[str]:
    """Return the pointers of every amount in a content."""
    patterns = [
        "/opening/cash",
        "/opening/bank",
        "/closing/cash",
        "/closing/bank",
        "/closing/total",
        *(f"/subtotals/{g}" for g in finance.GROUPS),
        *(f"/{g}/*/amount" for g in finance.GROUPS),
        *(f"/{g}/*/entries/*/amount" for g in finance.GROUPS),
        *(
            f"/{s}/*/{f}"
            for s in ("debts", "claims")
            for f in ("opening", "increase", "decrease", "closing")
        ),
    ]
    return [at for p in patterns for at, _ in pointers.find(content, p)]


def changed(content: dict[str, Any], pointer: str, by: int) -> dict[str, Any]:
    """Return a copy with one amount changed."""
    copy = deepcopy(content)
    parent, _, key = pointer.rpartition("/")
    where = pointers.get(copy, parent)
    where[key] += by
    return copy


@given(accounts(), st.data())
def test_one_fen_anywhere_is_found(content: dict[str, Any], data: st.DataObject) -> None:
    pointer = data.draw(st.sampled_from(amounts_of(content)))
    by = data.draw(st.sampled_from([-1, 1, 100, -10_000]))
    assert blocking(changed(content, pointer, by)), pointer


def test_one_fen_anywhere_in_the_full_example_is_found() -> None:
    one = example("finance_quarterly", "good-2026-q3")
    context = one.context()
    places = [*amounts_of(one.content), "/year_to_date/income", "/year_to_date/expense"]
    assert len(places) > 40
    for pointer in places:
        for by in (-1, 1):
            assert run_checks(FINANCE, changed(one.content, pointer, by), context), pointer


def test_a_sentence_names_both_amounts_and_their_difference() -> None:
    content = example("finance_quarterly", "good-2026-q3").content
    content["opening"]["cash"] = 120_000
    previous = example("finance_quarterly", "good-2026-q2").content
    [found] = finance_books.continuity(content, CheckContext(previous=previous))
    assert (
        found.message.zh == "本期期初现金是 1,200.00 元，上期期末现金是 1,150.00 元，差 50.00 元。"
    )
    assert found.message.en == (
        "The opening cash of this period is 1,200.00 yuan, but the closing cash of the last period"
        " is 1,150.00; they differ by 50.00 yuan."
    )
    assert (found.expected, found.actual) == (115_000, 120_000)


@pytest.mark.parametrize(
    ("explanation", "severity"), [(None, "blocking"), ("  ", "blocking"), ("盘点后补记", "warning")]
)
def test_a_break_in_continuity_needs_an_explanation(explanation: str | None, severity: str) -> None:
    content = example("finance_quarterly", "good-opening-explained").content
    del content["opening_explanation"]
    if explanation is not None:
        content["opening_explanation"] = explanation
    previous = example("finance_quarterly", "good-2026-q2").content
    [found] = [f for f in check(content, previous=previous) if f.check == "finance.continuity"]
    assert found.explainable
    assert found.severity == severity


def test_two_sets_of_books_do_not_follow_each_other() -> None:
    content = example("finance_quarterly", "good-2026-q3").content
    previous = example("finance_quarterly", "good-2026-q2").content | {"book": "committee"}
    previous["closing"] = {"cash": 1, "bank": 1, "total": 2}
    assert list(finance_books.continuity(content, CheckContext(previous=previous))) == []


@pytest.mark.parametrize(
    ("day", "inside"),
    [("2026-06-30", False), ("2026-07-01", True), ("2026-09-30", True), ("2026-10-01", False)],
)
def test_an_entry_belongs_to_its_period(day: str, inside: bool) -> None:
    content = example("finance_quarterly", "good-2026-q3").content
    content["income"][0]["entries"][0]["date"] = day
    found = list(finance.entries(content, CheckContext(period=PERIOD)))
    assert (found == []) is inside
    assert list(finance.entries(content, CheckContext(period=None))) == []


@pytest.mark.parametrize(
    ("key", "earlier", "judged"),
    [
        ("2026Q1", 0, True),
        ("2026Q3", 2, True),
        ("2026Q3", 1, False),
        ("2026-09", 8, True),
        ("2026-09", 2, False),
        ("2026H2", 1, True),
        ("2026", 0, True),
    ],
)
def test_the_year_so_far_is_judged_only_without_holes(key: str, earlier: int, judged: bool) -> None:
    content = example("finance_quarterly", "good-2026-q3").content
    content["year_to_date"] = {"income": -1, "expense": -1}
    quarter = example("finance_quarterly", "good-2026-q2").content
    context = CheckContext(period=parse_period(key), year_to_date=[quarter] * earlier)
    assert bool(list(finance_books.year_to_date(content, context))) is judged


@pytest.mark.parametrize(
    ("now", "then", "flagged"),
    [
        (2_500_000, 250, True),
        (250, 2_500_000, True),
        (2_500_000, 400, True),
        (2_500_000, 2_400_000, False),
        (2_500_000, 25_000, False),
        (2_500_000, 0, False),
        (0, 2_500_000, False),
        (100_000_000_000, 250, False),
    ],
)
def test_a_jump_of_ten_thousand_times_is_flagged(now: int, then: int, flagged: bool) -> None:
    content = example("finance_quarterly", "good-2026-q2").content
    previous = deepcopy(content)
    content["income"][2]["amount"], previous["income"][2]["amount"] = now, then
    context = CheckContext(previous=previous, params={"factor": 10_000, "slack": 4})
    found = [f.pointer for f in finance_books.units(content, context)]
    assert ("/income/2/amount" in found) is flagged


def test_a_negative_amount_needs_the_mark_of_a_correction() -> None:
    content = example("finance_quarterly", "good-correction-line").content
    assert list(finance.negative(content, CheckContext())) == []
    content["expense"][-1]["correction"] = False
    [found] = finance.negative(content, CheckContext())
    assert found.pointer.endswith("/amount")
    assert "-22.00" in found.message.zh
    assert "-22.00" in found.message.en


def test_parties_listed_twice_cannot_be_followed() -> None:
    row = {"party": "甲公司", "opening": 5, "increase": 0, "decrease": 0, "closing": 5}
    previous = {"debts": [row, {**row, "opening": 9, "closing": 9}], "claims": []}
    content = {"debts": [{**row, "opening": 1, "closing": 1}], "claims": []}
    assert list(finance_books.debts(content, CheckContext(previous=previous))) == []
    previous["debts"].pop()
    [found] = finance_books.debts(content, CheckContext(previous=previous))
    assert (found.pointer, found.expected, found.actual) == ("/debts/0/opening", 5, 1)


def test_blocking_findings_come_first() -> None:
    content = example("finance_quarterly", "good-2026-q3").content
    content["year_to_date"]["income"] += 1
    content["closing"]["cash"] += 1
    one = example("finance_quarterly", "good-2026-q3")
    found = [f.severity for f in run_checks(FINANCE, content, one.context())]
    assert found == ["blocking", "warning"]
