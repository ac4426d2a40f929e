"""How what is found is put right, as policies say it: the most particular one's last word on each part."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.documents import BadDocument, Fields
from server.rules.inspection_rules import (
    USUAL,
    SaidInspectionRules,
    inspection_rules_among,
    parse_inspection_rules,
)

WARNING: dict[str, Any] = {"key": "warning", "name": {"zh": "警示约谈", "en": "warning talk"}}


def said(**doc: Any) -> SaidInspectionRules:
    return parse_inspection_rules(Fields(doc, "policy/inspections"))


def test_without_a_word_the_usual_holds() -> None:
    assert inspection_rules_among([None, said()]) == USUAL
    assert [m.name.zh for m in USUAL.measures] == ["限期整改", "告诫", "通报批评"]


def test_each_part_is_the_most_particular_policy_s() -> None:
    rules = inspection_rules_among(
        [said(term_days=15, most_days=20), None, said(measures=[WARNING], most_days=12)]
    )
    assert ([m.key for m in rules.measures], rules.most_days) == (["warning"], 12)
    assert rules.term_days == 12  # the usual term is never beyond the longest
    assert rules.measure("deadline") is None


@pytest.mark.parametrize(
    ("doc", "pointer"),
    [
        ({"measures": []}, "measures"),
        ({"measures": [WARNING, WARNING]}, "measures/1/key"),
        ({"measures": [{**WARNING, "days": 3}]}, "days"),
        ({"term_days": 0}, "term_days"),
        ({"most": 3}, "most"),
    ],
)
def test_a_wrong_policy_says_where(doc: dict[str, Any], pointer: str) -> None:
    with pytest.raises(BadDocument) as caught:
        said(**doc)
    assert pointer in str(caught.value)
