"""Housing relief: the real table of Dianjiang 2021 adds up, and no digit of it can change unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from server.rules import housing, pointers
from server.rules.checks import CheckContext, run_checks
from tests.rules.categories_on_disk import category, example

HOUSING = category("housing_relief")
WAN = 1_000_000
"""Fen in 万元, the unit of the source."""

DIANJIANG = example("housing_relief", "good-dianjiang-2021-1").content


def findings(content: dict[str, Any]) -> list[Any]:
    return run_checks(HOUSING, content, CheckContext())


def test_the_real_table_has_its_printed_numbers() -> None:
    table = DIANJIANG["allocation"]
    assert len(table["rows"]) == 23
    printed = {"C": (3, "2.25"), "D": (42, "88.2"), "none": (12, "25.2"), "all": (57, "115.65")}
    for grade, (households, wan) in printed.items():
        assert table["total"][grade] == {
            "households": households,
            "amount": int(Decimal(wan) * WAN),
        }
    by_place = {r["place"]: r["all"] for r in table["rows"]}
    assert by_place["白家镇"] == {"households": 5, "amount": int(Decimal("9.15") * WAN)}
    assert by_place["沙坪镇"] == {"households": 3, "amount": int(Decimal("4.95") * WAN)}
    assert findings(DIANJIANG) == []


def numbers() -> Iterator[tuple[str, str]]:
    """Yield every number of the table and the batch, as the source prints it: counts, and amounts in 万元."""
    for pattern in (
        *(
            f"/allocation/rows/*/{g}/{f}"
            for g in ("C", "D", "none", "all")
            for f in ("households", "amount")
        ),
        *(
            f"/allocation/total/{g}/{f}"
            for g in ("C", "D", "none", "all")
            for f in ("households", "amount")
        ),
        "/total/households",
        "/total/amount",
        "/standards/*/amount",
    ):
        for at, value in pointers.find(DIANJIANG, pattern):
            yield at, str(value) if at.endswith("households") else f"{Decimal(value) / WAN:f}"


def misprints(printed: str) -> Iterator[str]:
    """Yield the number with each of its digits replaced by each other digit."""
    for place, old in enumerate(printed):
        if old.isdecimal():
            for new in "0123456789":
                if new != old:
                    yield printed[:place] + new + printed[place + 1 :]


def test_every_changed_digit_is_found() -> None:
    tried = 0
    content = deepcopy(DIANJIANG)
    table_checks = (housing.batch_total, housing.allocation)
    for at, printed in numbers():
        parent, _, key = at.rpartition("/")
        where = pointers.get(content, parent)
        right = where[key]
        for wrong in misprints(printed):
            where[key] = int(wrong) if key == "households" else int(Decimal(wrong) * WAN)
            noticed = any(True for check in table_checks for _ in check(content, CheckContext()))
            assert noticed, f"{at}: {printed} misprinted as {wrong} was not noticed"
            tried += 1
        where[key] = right
    assert tried > 2000


def test_two_swapped_rows_of_a_column_are_found() -> None:
    content = deepcopy(DIANJIANG)
    rows = content["allocation"]["rows"]
    rows[0]["D"], rows[1]["D"] = rows[1]["D"], rows[0]["D"]
    assert {f.pointer for f in findings(content)} == {
        f"/allocation/rows/{i}/all/{f}" for i in (0, 1) for f in ("households", "amount")
    }


@pytest.mark.parametrize(("at_most", "found"), [(False, 1), (True, 0)])
def test_whether_less_than_the_standard_is_in_order_is_a_parameter(
    at_most: bool, found: int
) -> None:
    content = example("housing_relief", "good-village-list").content
    content["households"][0]["amount"] -= 1
    assert len(list(housing.standard(content, CheckContext(params={"at_most": at_most})))) == found


def test_a_standard_for_the_very_method_wins() -> None:
    content = example("housing_relief", "good-list-and-allocation").content
    content["standards"][0]["amount"] = 600_000
    wrong = [f.pointer for f in housing.standard(content, CheckContext())]
    assert wrong == [f"/households/{i}/{f}" for i in (1, 3) for f in ("standard", "amount")]


def test_a_wrong_row_total_is_found_in_its_row_and_in_its_column() -> None:
    content = deepcopy(DIANJIANG)
    content["allocation"]["rows"][17]["all"]["amount"] += 1
    assert [f.pointer for f in findings(content)] == [
        "/allocation/rows/17/all/amount",
        "/allocation/total/all/amount",
    ]


def test_a_list_and_its_allocation_agree_by_grade() -> None:
    content = example("housing_relief", "good-list-and-allocation").content
    content["households"][0]["grade"] = "none"
    pointers_found = {f.pointer for f in findings(content)}
    assert "/allocation/total/D/households" in pointers_found
    assert "/allocation/total/none/amount" in pointers_found
