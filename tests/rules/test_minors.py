"""A minor is not named where the category forbids it; their parents are."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules.findings import CheckContext
from server.rules.minors import minors
from tests.rules.categories_on_disk import SCHEMAS, Example, category, examples, read

VECTORS = read(SCHEMAS / "vectors" / "personal_numbers.json")["minors"]


@pytest.mark.parametrize("one", VECTORS["rows"], ids=[v["name"] for v in VECTORS["rows"]])
def test_the_vectors_that_the_phone_walks_too(one: dict[str, Any]) -> None:
    context = CheckContext(params=VECTORS["params"])
    found = list(minors({"rows": [one["row"]]}, context))
    assert bool(found) is one["minor"]
    if found:
        [finding] = found
        assert finding.pointer == "/rows/0/name"
        assert finding.kind == "minor"
        assert finding.offer == one["offer"]
        masked = one["row"] | {"name": finding.offer}
        assert list(minors({"rows": [masked]}, context)) == [], "what is offered passes itself"
        assert one["row"]["name"] not in finding.message.zh


@pytest.mark.parametrize("one", examples("good"), ids=str)
def test_no_good_example_is_suspected(one: Example) -> None:
    for use in category(one.key).checks:
        if use.check == "privacy.minors":
            assert list(minors(one.content, CheckContext(params=use.params))) == []
