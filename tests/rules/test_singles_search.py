"""Single values in other people's sheets: what is found for them, as the phone finds it too, and what is never taken."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.rules.matching import propose
from server.rules.readings import FoundSingle
from server.rules.singles_search import find_singles
from server.rules.table_reading import holds_rows, read_tables
from server.rules.tables import tables_of
from server.rules.workbooks import Broken, Raw, ReadSheet, position
from tests.rules import categories_on_disk as disk
from tests.rules.test_table_reading import sheet_of

VECTORS = disk.read(disk.SCHEMAS / "vectors" / "singles.json")
ACCOUNTS = tables_of(disk.document("finance_quarterly", "form"))


def raw_sheet(*rows: tuple[Raw, ...], **more: Any) -> ReadSheet:
    return ReadSheet(name="收支表", rows=rows, **more)


def found(*sheets: ReadSheet) -> list[tuple[str, str, object, bool]]:
    """What is found in the accounts' sheets: pointer, cell, value, sure."""
    return [
        (f.pointer, f"{sheets[f.sheet].name} {f.cell}", f.value, f.sure)
        for f in find_singles(sheets, ACCOUNTS, propose(sheets, ACCOUNTS))
    ]


@pytest.mark.parametrize("vector", VECTORS, ids=[v["name"] for v in VECTORS])
def test_what_a_sheet_states(vector: dict[str, Any]) -> None:
    tables = tables_of(disk.document(vector["category"], "form"))
    sheet = sheet_of(vector["grid"])
    matches = [m for m in propose([sheet], tables) if holds_rows(tables, sheet, m)]
    assert [m.table for m in matches] == vector["lists"]
    assert [
        {"pointer": f.pointer, "cell": f.cell, "words": f.words, "value": f.value, "sure": f.sure}
        for f in find_singles([sheet], tables, matches)
    ] == vector["found"]


def test_cells_of_a_workbook_are_numbers_days_and_merged_areas() -> None:
    sheet = raw_sheet(
        ("编制单位", "红河村村民委员会", "红河村村民委员会", None),
        ("四、期末余额", "四、期末余额", "库存现金", 885.5),
        ("四、期末余额", "四、期末余额", "银行存款", 100000),
        ("日期", date(2026, 9, 30), None, 2026),
        covered=frozenset({(0, 2), (1, 1), (2, 0), (2, 1)}),
    )
    assert found(sheet) == [
        ("/organisation", "收支表 B1", "红河村村民委员会", True),
        ("/closing/cash", "收支表 D2", 88550, True),
        ("/closing/bank", "收支表 D3", 10000000, True),
    ]
    assert list(sheet.merged_with(*position("A2"))) == [(1, 0), (1, 1), (2, 0), (2, 1)]
    assert list(sheet.merged_with(*position("D2"))) == [(1, 3)]


def test_values_that_differ_between_two_sheets_are_asked_for() -> None:
    first, second = raw_sheet(("期末库存现金", 885.5)), raw_sheet(("期末库存现金", "885.05"))
    assert found(first, second) == [
        ("/closing/cash", "收支表 B1", 88550, False),
        ("/closing/cash", "收支表 B1", 88505, False),
    ]
    assert found(first, raw_sheet(("期末库存现金", 885.5), hidden=True)) == [
        ("/closing/cash", "收支表 B1", 88550, True)
    ]


NEVER_TAKEN: tuple[tuple[str, ReadSheet], ...] = (
    ("a row of totals under a heading", raw_sheet(("", "期初余额"), ("合计", 5), ("小计", 6))),
    (
        "one number in a cell that two labels share",
        raw_sheet(("期末库存现金", 5), ("期末银行存款", 5), covered=frozenset({(1, 1)})),
    ),
    (
        "one number under two headings that share it",
        raw_sheet(("期末库存现金", "期末银行存款"), (5, 5), covered=frozenset({(1, 1)})),
    ),
    ("a hidden sheet", raw_sheet(("期末库存现金", 5), hidden=True)),
    (
        "a hidden row and a hidden column",
        raw_sheet(
            ("期末库存现金", 5, None),
            ("期末银行存款", None, 6),
            hidden_rows=frozenset({0}),
            hidden_columns=frozenset({2}),
        ).without_hidden(),
    ),
    ("a sum that is worked out", raw_sheet(("本期收入合计", 5), ("本期支出", 6))),
    ("the column of line numbers", raw_sheet(("项目", "行次"), ("期末库存现金", 3))),
    ("a label beside a label", raw_sheet(("制表人：", "审核人："), ("报账员", "编制单位"))),
    ("a credit of nothing", raw_sheet(("期末", "贷方"), ("期末库存现金", 0.0))),
    ("a heading far above", raw_sheet(("期末库存现金",), (None,), (5,))),
    ("words that only hold a label", raw_sheet(("库存现金盘点说明", 5), ("不含期初余额", 6))),
    ("a label longer than any", raw_sheet(("期末库存现金" * 10, 5), ("期末余额：" * 99 + "5", 1))),
    ("one village of several", raw_sheet(("村名", "期初库存现金"), ("红河村", 1), ("宽坪村", 2))),
    ("nothing at all", raw_sheet()),
)


@pytest.mark.parametrize(("what", "sheet"), NEVER_TAKEN, ids=[w for w, _ in NEVER_TAKEN])
def test_never_taken(what: str, sheet: ReadSheet) -> None:
    assert found(sheet) == [], what


NOT_SURE: tuple[tuple[str, ReadSheet, list[object]], ...] = (
    ("two periods beside each other", raw_sheet(("", "本期", "上年"), ("期末库存现金", 5, 6)), [500, 600]),
    ("the beginning of the year", raw_sheet(("年初库存现金", 5)), [500]),
    ("one row for one village", raw_sheet(("村名", "期末库存现金"), ("红河村", 5)), [500]),
    ("several rows without a name", raw_sheet(("期末库存现金",), (5,), (6,)), [500]),
    ("a formula that failed", raw_sheet(("期末库存现金", Broken("error", "#REF!"))), [None]),
    ("an amount that is none", raw_sheet(("期末库存现金", "1.234")), [None]),
    (
        "a unit that is only hinted at",
        raw_sheet(("收支情况（万元）",), ("期末库存现金", 5)),
        [500, 5000000],
    ),
    (
        "a name under the wrong heading",
        raw_sheet(("", "期初余额"), ("期末库存现金", 5)),
        [500],
    ),
)  # fmt: skip


@pytest.mark.parametrize(("what", "sheet", "values"), NOT_SURE, ids=[n[0] for n in NOT_SURE])
def test_never_taken_without_a_person(what: str, sheet: ReadSheet, values: list[object]) -> None:
    seen = [(value, sure) for _, _, value, sure in found(sheet)]
    assert seen == [(value, False) for value in values], what


def test_what_is_taken_is_read_and_its_row_is_no_row_of_a_list() -> None:
    sheet = raw_sheet(
        ("收入项目", "金额"), ("期初库存现金", 1150), ("租赁收入", 16200), ("合计", 17350)
    )
    matches = propose([sheet], ACCOUNTS)
    (stated,) = find_singles([sheet], ACCOUNTS, matches)
    reading = read_tables(ACCOUNTS, [sheet], matches, taken=[stated])
    assert reading.errors == []
    assert reading.content == {
        "opening": {"cash": 115000},
        "income": [{"item": "operating_rent", "amount": 1620000}],
    }
    assert reading.where["/opening/cash"] == "收支表!B2"
    assert reading.skipped == ["收支表!A2", "收支表!A4"]


def test_a_choice_of_a_list_is_a_row_even_where_a_value_has_that_name() -> None:
    names = {h.label.zh for h in ACCOUNTS.headings} | {c.label.zh for c in ACCOUNTS.single.columns}
    options = {o.label.zh for t in ACCOUNTS.tables for c in t.columns for o in c.options}
    assert not names & options
    sheet = raw_sheet(("支出项目", "金额"), ("办公、水电费", 20))
    (match,) = propose([sheet], ACCOUNTS)
    assert len(read_tables(ACCOUNTS, [sheet], [match]).content["expense"]) == 1


def test_a_template_that_asks_a_value_twice_is_not_decided_silently() -> None:
    basics = ReadSheet(
        name="基本情况",
        rows=(("期初库存现金", 5), ("期初银行存款", 7), ("期初库存现金", 6), ("期初银行存款", 7)),
    )
    reading = read_tables(ACCOUNTS, [basics], [], singles=basics)
    (error,) = reading.errors
    assert error.place == "基本情况!B3"
    assert error.text.zh == "“期初库存现金”写了两次，基本情况!B1 和这里的“6”不一样，请删去一个"
    assert reading.content == {"opening": {"cash": 500, "bank": 700}}


def test_a_long_journal_is_searched_in_its_first_rows() -> None:
    rows = [("2026-07-05", "租金", 5.0)] * 5_000 + [("期末库存现金", 5, None)]
    assert find_singles([raw_sheet(*rows)], ACCOUNTS, []) == ()
    (one,) = find_singles([raw_sheet(*rows[-1500:])], ACCOUNTS, [])
    assert isinstance(one, FoundSingle)
    assert one.cell == "B1500"
