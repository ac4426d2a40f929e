"""Lists side by side: which names are worth a look, and that a name alone is called no more than that."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from server.rules.cross_lists import Notice, Paid, cross_findings
from tests.rules.categories_on_disk import category as shipped

VILLAGE, OTHER, TOWNSHIP = "640425103208", "640425103201", "640425103000"
RED, NORTH = "红河村一组", "红河村二组"


def notice(
    category: str,
    rows: list[dict[str, Any]],
    village: str = VILLAGE,
    n: int = 1,
    on: str = "2026-09-30",
) -> Notice:
    key = {"cadre_pay": "people", "staffing": "staff"}.get(category, "households")
    return Notice(
        f"{category}-{n}",
        village,
        category,
        category,
        date.fromisoformat(on),
        {key: rows},
        shipped(category).people,
    )


def household(name: str, group: str = RED, **more: str) -> dict[str, Any]:
    return {"holder_name": name, "group": group, **more}


def kinds(*notices: Notice, paid: tuple[Paid, ...] = ()) -> list[str]:
    return [each.kind for each in cross_findings(notices, paid)]


def test_two_lists_that_exclude_each_other() -> None:
    allowance = notice("dibao_roster", [household("马小云"), household("冶秀芳")])
    support = notice("tekun_preliminary", [household("马 小云"), household("冶秀芳", NORTH)])
    found = {each.text.zh[:3]: each for each in cross_findings([allowance, support], [])}
    assert "同村同组（红河村一组）同名" in found["马小云"].text.zh
    assert "只是同村同名" in found["冶秀芳"].text.zh
    assert "no more than that" in found["冶秀芳"].text.en
    assert {n.category for n in found["马小云"].notices} == {"dibao_roster", "tekun_preliminary"}


@pytest.mark.parametrize(
    ("what", "lists"),
    [
        ("another village", [notice("tekun_preliminary", [household("马小云")], OTHER)]),
        ("who left", [notice("tekun_preliminary", [household("马小云", change="left")])]),
        (
            "who left since",
            [
                notice("tekun_preliminary", [household("马小云")], n=1, on="2026-03-31"),
                notice("tekun_preliminary", [household("马小云", change="left")], n=2),
            ],
        ),
        ("what may go together", [notice("temporary_relief", [household("马小云")])]),
        (
            "a list that another one followed",
            [notice("dibao_roster", [household("马小云")], n=9, on="2026-06-30")],
        ),
    ],
)
def test_no_finding(what: str, lists: list[Notice]) -> None:
    assert kinds(notice("dibao_roster", [household("马小云")]), *lists) == [], what


def test_a_house_is_paid_for_once() -> None:
    first = notice("housing_relief", [household("马小云")], n=1)
    again = notice("housing_relief", [household("马小云")], n=2, on="2026-10-31")
    assert kinds(first, again) == ["twice"]


def test_a_recipient_on_a_list_of_staff() -> None:
    relief = notice(
        "dibao_roster", [household("马小云"), household("张三", remark="村主任本人，已备案")]
    )
    paid = notice(
        "cadre_pay", [{"name": "马小云", "post": "村委会委员"}, {"name": "张三", "post": "主任"}]
    )
    office = notice("staffing", [{"name": "马小云", "post": "科员"}], TOWNSHIP)
    far = notice("cadre_pay", [{"name": "马小云", "post": "书记"}], OTHER, n=2)
    found = cross_findings([relief, paid, office, far], [])
    assert [each.kind for each in found] == ["staff", "staff"]
    assert {"村委会委员" in each.text.zh for each in found} == {True, False}
    assert all("请核对" in each.text.zh for each in found)


def test_a_relative_without_a_filing_is_what_the_row_itself_says() -> None:
    rows = [
        household("马小云", remark="村主任之母"),
        household("冶秀芳", remark="村主任之母，已备案"),
        household("王有福", remark="孤寡老人，子女在外"),
    ]
    assert kinds(notice("dibao_preliminary", rows)) == ["relative"]


def test_money_that_came_later_or_not() -> None:
    subsidy = notice("subsidy_list", [])
    promised = replace(subsidy, content={"pay_on": "2026-09-20"})
    late, missing = Paid(promised, date(2026, 10, 8), 0), Paid(promised, date(2026, 9, 20), 2)
    assert kinds(paid=(late,)) == ["paid_late"]
    assert "晚了 18 天" in cross_findings([], [late])[0].text.zh
    assert kinds(paid=(missing,)) == ["not_received"]
    assert kinds(paid=(Paid(subsidy, date(2026, 10, 8), 0),)) == []


def test_a_finding_is_known_again_by_its_notices_and_its_name() -> None:
    allowance = notice("dibao_roster", [household("马小云")])
    before = cross_findings([allowance, notice("tekun_preliminary", [household("马小云")])], [])
    after = cross_findings(
        [notice("tekun_preliminary", [household("马小云", NORTH)]), allowance], []
    )
    other = cross_findings([allowance, notice("tekun_preliminary", [household("马小云")], n=2)], [])
    assert before[0].key == after[0].key != other[0].key
