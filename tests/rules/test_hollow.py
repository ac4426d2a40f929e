"""Hollow postings: what tells little is said with both numbers, and an honest sheet is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.hollow import hollow_signs
from tests.rules.categories_on_disk import examples


def account(**changes: Any) -> dict[str, Any]:
    return {
        "opening": {"cash": 0, "bank": 500_000},
        "income": [{"item": "operating_rent", "amount": 700_00}, {"item": "other_income", "amount": 299_00}],
        "other_receipts": [],
        "expense": [{"item": "management_pay", "amount": 100_00}],
        "other_payments": [],
        "closing": {"cash": 0, "bank": 589_900},
        **changes,
    }  # fmt: skip


LAST_QUARTER = account(expense=[{"item": "management_pay", "amount": 90_00}])
CASES = [
    ("an honest sheet", account(), []),
    ("a third of it is 'other'", account(income=[{"item": "operating_rent", "amount": 700_00}, {"item": "other_income", "amount": 300_00}]), ["other"]),
    ("all that went out is 'other'", account(expense=[], other_payments=[{"item": "other_payment", "amount": 1_00}]), ["other"]),
    ("the same as last quarter", LAST_QUARTER, ["copied"]),
    ("half of its lines without anything", account(income=[{"item": "operating_rent", "amount": 1_00}], expense=[{"item": "tax", "amount": 0, "label": " "}]), ["empty_lines"]),
    ("one of three lines without anything", account(income=[{"item": "operating_rent", "amount": 1_00}], expense=[{"item": "management_pay", "amount": 1_00}, {"item": "tax", "amount": 0}]), []),
    ("nothing moved but the bank", account(income=[], expense=[]), ["bank_moved"]),
    ("nothing moved at all", account(income=[], expense=[], closing={"cash": 0, "bank": 500_000}), []),
    ("no account at all", {"note": "没有"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("what", "content", "kinds"), CASES)
def test_signs(what: str, content: dict[str, Any], kinds: list[str]) -> None:
    found = hollow_signs(content, LAST_QUARTER)
    assert [sign.kind for sign in found] == kinds, what
    assert all(
        sign.text.en.isascii() or "‘" in sign.text.en or "¥" in sign.text.en for sign in found
    )


def test_nothing_is_copied_from_nothing() -> None:
    assert hollow_signs(LAST_QUARTER, None) == []


def test_good_examples_have_no_empty_lines() -> None:
    for example in examples("good"):
        kinds = {sign.kind for sign in hollow_signs(example.content, None)}
        assert "empty_lines" not in kinds, example
