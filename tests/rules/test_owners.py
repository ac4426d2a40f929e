"""Who owes what a schedule is about, and codes of village groups."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from server.rules.divisions import BadDivision, is_code, level_of, parent_of, read_division
from server.rules.documents import BadDocument
from server.rules.obligations import VillageLife, owed
from server.rules.permissions import covers
from server.rules.places import group_name, spoken_name
from server.rules.schedules import parse_policy
from server.rules.workdays import WorkdayCalendar
from tests.cast import START, VILLAGE_A

GROUP = f"{VILLAGE_A}01"


class Accounts:
    """A category, as far as a schedule is looked up for it."""

    key = "finance_quarterly"
    schedule_doc: dict[str, Any] = json.loads(
        Path("schemas/categories/finance_quarterly/category.json").read_text("utf-8")
    )["schedule"]


def policy(owed_by: object) -> Any:
    return parse_policy(
        {
            "id": "groups",
            "division_prefix": VILLAGE_A,
            "valid_from": "2026-04-01",
            "valid_to": None,
            "title": {"zh": "办法", "en": "Measures"},
            "legal_basis": [],
            "overrides": {"finance_quarterly": {"owed_by": owed_by}},
        }
    )


def test_a_groups_code_is_its_villages_and_two_digits() -> None:
    assert level_of(GROUP) == "group"
    assert parent_of(GROUP) == VILLAGE_A
    assert covers(VILLAGE_A, GROUP)
    assert not covers(GROUP, VILLAGE_A)
    assert not covers(f"{VILLAGE_A[:-1]}1", GROUP)
    for wrong in (
        f"{VILLAGE_A}00",
        f"{VILLAGE_A}1",
        f"{VILLAGE_A}001",
        "64042510300001",
        "64042500000001",
    ):
        assert not is_code(wrong), wrong
    with pytest.raises(BadDivision, match="第 4 行"):
        read_division(4, {"code": GROUP, "name": "一组", "parent": "640425103201"})


@pytest.mark.parametrize(
    ("village", "group", "said"),
    [
        ("红河村村委会", "第一村民小组", "红河村第一组"),
        ("红河村", "上庄组", "红河村上庄组"),
        ("红河村", "红河村一组", "红河村一组"),
    ],
)
def test_a_group_is_called_after_its_village(village: str, group: str, said: str) -> None:
    assert group_name(village, group) == said
    assert spoken_name(group) == group.replace("村民小组", "组")


@pytest.mark.parametrize("wrong", [[], ["county"], ["group", "group"], "group", [1], None])
def test_who_owes_is_villages_groups_or_both(wrong: object) -> None:
    with pytest.raises(BadDocument) as found:
        policy(wrong)
    assert found.value.pointer == "policy/overrides/finance_quarterly/owed_by"


@pytest.mark.parametrize(
    ("policies", "quarters"),
    [
        ([], {VILLAGE_A: ["2026Q1", "2026Q2"], GROUP: []}),
        ([policy(["group"])], {VILLAGE_A: ["2026Q1"], GROUP: ["2026Q2"]}),
        ([policy(["group", "village"])], {VILLAGE_A: ["2026Q1", "2026Q2"], GROUP: ["2026Q2"]}),
    ],
)
def test_a_group_owes_from_the_policys_first_day_on_and_a_village_what_is_its_own(
    policies: list[Any], quarters: dict[str, list[str]]
) -> None:
    places = [
        VillageLife(VILLAGE_A, "红河村", "640425103000", None, None),
        VillageLife(GROUP, "一组", VILLAGE_A, None, None),
    ]
    found = owed(
        places,
        {"finance_quarterly": Accounts()},
        policies,
        WorkdayCalendar({}),
        date(2026, 1, 1),
        date(2026, 6, 30),
        [],
        [],
        START,
    )
    assert {
        place.code: [o.period.key for o in found if o.division == place.code] for place in places
    } == quarters
