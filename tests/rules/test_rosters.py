"""Relief rosters: counts, standards, and a list that follows the last one family by family."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.rules.checks import CheckContext, run_checks
from tests.rules.categories_on_disk import category, example, validates

ROSTER = category("dibao_roster")
PARTS = ("household_monthly", "class_supplement", "total")
PEOPLE = ["张三", "李四", "王五", "赵六", "孙七", "周八"]


@st.composite
def families(draw: st.DrawFn) -> tuple[str, str]:
    return draw(st.sampled_from(["一组", "二组"])), draw(st.sampled_from(PEOPLE))


def row(who: tuple[str, str], persons: int, change: str) -> dict[str, Any]:
    return {
        "group": who[0],
        "holder_name": who[1],
        "covered_persons": persons,
        "household_monthly": 46_000 * persons,
        "class_supplement": 9_200,
        "total": 46_000 * persons + 9_200,
        "change": change,
    }


def roster(rows: list[dict[str, Any]], previous: int) -> dict[str, Any]:
    counted = [r for r in rows if r["change"] != "left"]
    return {
        "as_of": "2026-09-30",
        "standard_monthly": 46_000,
        "report_phone": "0954-0000000",
        "households": rows,
        "total": {
            "households": len(counted),
            "persons": sum(r["covered_persons"] for r in counted),
            **{p: sum(r[p] for r in counted) for p in PARTS},
        },
        "changes": {
            "previous": previous,
            "new": sum(r["change"] == "new" for r in rows),
            "left": sum(r["change"] == "left" for r in rows),
        },
    }


@given(
    st.lists(
        st.tuples(families(), st.integers(1, 5), st.sampled_from(["kept", "adjusted", "left"])),
        max_size=8,
    ),
    st.lists(st.tuples(families(), st.integers(1, 5)), max_size=3),
)
def test_a_roster_that_follows_the_last_one_passes_namesakes_and_all(
    before: list[tuple[tuple[str, str], int, str]], new: list[tuple[tuple[str, str], int]]
) -> None:
    last = roster([row(who, n, "kept") for who, n, _ in before], len(before))
    rows = [row(who, n, change) for who, n, change in before] + [
        row(who, n, "new") for who, n in new
    ]
    now = roster(rows, len(before))
    assert validates("dibao_roster")(now) == []
    assert run_checks(ROSTER, now, CheckContext(previous=last)) == []
    for index in range(len(before)):
        without = [r for i, r in enumerate(rows) if i != index]
        found = run_checks(ROSTER, roster(without, len(before)), CheckContext(previous=last))
        assert found[0].check == "roster.changes"


def test_the_same_name_in_another_group_is_another_family() -> None:
    last = roster([row(("一组", "张三"), 1, "kept")], 1)
    now = roster([row(("二组", "张三"), 1, "kept")], 1)
    found = run_checks(ROSTER, now, CheckContext(previous=last))
    assert [f.pointer for f in found] == ["/households/0/change", "/households"]
    assert "一组张三" in found[1].message.zh


def test_an_amount_over_the_standard_names_the_whole_multiplication() -> None:
    content = example("dibao_preliminary", "good-three-households").content
    content["households"][0]["monthly_amount"] = 184_001
    found = run_checks(category("dibao_preliminary"), content, CheckContext())
    [over] = [f for f in found if f.check == "roster.standard"]
    assert over.message.zh == "1,840.01 元超过保障标准 460.00 元 × 4 人 = 1,840.00 元。"
    assert over.message.en == (
        "1,840.01 yuan is more than the standard of 460.00 yuan × 4 persons = 1,840.00 yuan."
    )


def test_exactly_the_standard_is_in_order() -> None:
    content = example("dibao_preliminary", "good-one-person").content
    assert content["households"][0]["monthly_amount"] == content["standard_monthly"]
    assert run_checks(category("dibao_preliminary"), content, CheckContext()) == []


def test_land_times_rate_is_rounded_to_the_fen_as_the_bank_pays_it() -> None:
    subsidy = category("subsidy_list")
    content = example("subsidy_list", "good-one-household").content
    for quantity, rate, owed in (
        ("8.33", 8_600, 71_638),
        ("0.05", 1_010, 51),  # half a fen up
        ("0.05", 1_009, 50),
        ("123456.78", 12_345, 1_524_073_949),
    ):
        for paid in (owed, owed - 1, owed + 1):
            row = {**content["households"][0], "quantity": quantity, "standard": rate}
            changed = {
                **content,
                "households": [row | {"amount": paid}],
                "total": {"households": 1, "amount": paid},
            }
            found = run_checks(subsidy, changed, CheckContext())
            assert [(f.pointer, f.expected) for f in found] == (
                [] if paid == owed else [("/households/0/amount", owed)]
            ), (quantity, rate, paid)
