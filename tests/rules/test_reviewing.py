"""Who signs, in which order, how many, above which amount."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules import reviewing
from server.rules.documents import BadDocument
from server.rules.reviewing import ReviewRule, Step, Turn
from server.rules.schedules import parse_policy, parse_schedule
from tests.cast import START
from tests.rules.builders import QUARTERLY as SCHEDULE

BOTH = {
    "steps": [
        {"by": "supervisor", "signatures": 1},
        {"by": "supervisor", "signatures": 3, "above": 5_000_000},
        {"by": "township", "signatures": 1},
    ],
    "amount": ["/expense/*/amount"],
    "excluded_posts": ["村委会委员"],
}


def _rule(review: dict[str, Any] = BOTH) -> ReviewRule:
    return parse_schedule({**SCHEDULE, "review": review}).review


def _spent(*amounts: int) -> dict[str, Any]:
    return {"expense": [{"amount": amount} for amount in amounts]}


def test_without_data_it_is_one_signature_of_whoever_reviews_the_category() -> None:
    assert parse_schedule(SCHEDULE).review == ReviewRule((Step("reviewer", 1),), (), ())


@pytest.mark.parametrize(
    ("amounts", "supervisors"),
    [((), 1), ((5_000_000,), 1), ((5_000_000, 1), 3), ((9_000_000,), 3)],
)
def test_three_sign_above_the_amount_and_not_at_it(
    amounts: tuple[int, ...], supervisors: int
) -> None:
    assert reviewing.needed(_rule(), _spent(*amounts)) == [
        ("supervisor", supervisors),
        ("township", 1),
    ]


@pytest.mark.parametrize(
    ("given", "turn"),
    [
        ([], ("supervisor", 0, 3)),
        (["supervisor"], ("supervisor", 1, 3)),
        (["supervisor"] * 3, ("township", 0, 1)),
        (["township"], ("supervisor", 0, 3)),
        (["supervisor"] * 3 + ["township"], None),
    ],
)
def test_whose_turn_it_is(given: list[str], turn: tuple[str, int, int] | None) -> None:
    found = reviewing.turn(_rule(), _spent(9_000_000), given, START)
    assert found == (Turn(*turn, START) if turn else None)  # type: ignore[arg-type]


def test_a_post_that_had_a_hand_in_it_does_not_review() -> None:
    assert reviewing.refused_post(_rule(), "村委会委员") is not None
    assert reviewing.refused_post(_rule(), "监委会主任") is None
    assert reviewing.refused_post(_rule(), None) is None


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"steps": []}, "/steps"),
        ({"steps": [{"by": "mayor", "signatures": 1}]}, "/by"),
        ({"steps": [{"by": "supervisor", "signatures": 0}]}, "/signatures"),
        ({"amount": []}, "/amount"),
        ({"steps": [{"by": "supervisor", "signatures": 3, "above": 1}]}, "/steps"),
        ({"excluded_posts": "村委会委员"}, "/excluded_posts"),
        ({"quorum": 2}, "/quorum"),
    ],
)
def test_a_wrong_rule_is_refused_by_its_place(change: dict[str, Any], pointer: str) -> None:
    with pytest.raises(BadDocument) as refused:
        _rule(BOTH | change)
    assert pointer in str(refused.value)


def test_a_policy_replaces_it_and_is_read_when_it_is_imported() -> None:
    policy = {
        "id": "p",
        "division_prefix": "64",
        "valid_from": "2026-01-01",
        "valid_to": None,
        "title": {"zh": "县规定", "en": "County rule"},
        "legal_basis": [],
        "overrides": {"*": {"review": BOTH}},
    }
    assert parse_policy(policy).overrides["*"]["review"] == BOTH
    policy["overrides"] = {"*": {"review": {"steps": []}}}
    with pytest.raises(BadDocument):
        parse_policy(policy)
