"""A township's sheet of payments: its headings, its rows, its sums, and what must not come along with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.rules.payment_columns import personal_columns
from server.rules.payment_sheets import ListRead, SheetNotRead, hidden_sheets, read_list
from server.rules.workbooks import Broken, ReadSheet
from tests.journeys.receiving import LI, WANG, ZHANG

HEAD = ("姓名", "身份证号", "金额")
DAY = date(2026, 9, 30)


def sheet(*rows: tuple[Any, ...], head: tuple[Any, ...] = HEAD, **changes: Any) -> ReadSheet:
    return ReadSheet("清册", (head, *rows), **changes)


def read(*sheets: ReadSheet) -> ListRead:
    return read_list(sheets, purpose="补贴", paid_on=DAY)


def test_what_a_row_says_wins_over_what_is_said_of_the_list() -> None:
    found = read(
        sheet(
            ("张三", ZHANG, 10.5, "种粮补贴", date(2026, 9, 1)),
            ("李四", LI, "1,200.30元", None, "2026年9月2日"),
            ("王五", WANG, "0.01", "", None),
            head=(*HEAD, "补贴项目", "发放日期"),
        )
    )
    assert found.wrong == ()
    assert [(r.amount, r.purpose, r.paid_on) for r in found.rows] == [
        (1_050, "种粮补贴", date(2026, 9, 1)),
        (120_030, "补贴", date(2026, 9, 2)),
        (1, "补贴", DAY),
    ]
    assert [(r.row, r.tail) for r in found.rows] == [(2, ZHANG[-4:]), (3, LI[-4:]), (4, WANG[-4:])]
    assert ZHANG not in repr(found)
    assert "张三" not in repr(found)


@pytest.mark.parametrize(
    ("head", "row", "amount", "tail"),
    [
        (("户主姓名", "身份证号后四位", "补贴金额（元）"), ("张三", "0123", 1), 100, "0123"),
        (("姓 名", "身份证号码（后四位）", "实发金额"), ("张三", "123x", 1), 100, "123X"),
        (
            ("农户姓名", "公民身份号码", "应发金额", "实发金额"),
            ("张三", ZHANG, 9, 8),
            800,
            ZHANG[-4:],
        ),
        (("name", "last four", "amount"), ("Zhang", "１２３４", 1), 100, "1234"),
        (("姓名", "后四位", "金额"), ("张三", 1234.0, 1), 100, "1234"),
    ],
)
def test_headings_that_people_use(
    head: tuple[str, ...], row: tuple[Any, ...], amount: int, tail: str
) -> None:
    found = read(sheet(row, head=head))
    assert found.wrong == ()
    assert [(r.amount, r.tail) for r in found.rows] == [(amount, tail)]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (("", ZHANG, 1), "A", "没有姓名"),
        (("12", ZHANG, 1), "A", "没有姓名"),
        (("张" * 41, ZHANG, 1), "A", "最多 40 个字，这里有 41 个"),
        (("张三", None, 1), "B", "没有身份证号"),
        (("张三", ZHANG[:-1], 1), "B", "现有 17 位"),
        (("张三", ZHANG[:-1] + ("0" if ZHANG[-1] != "0" else "1"), 1), "B", "校验位"),
        (("张三", 6.40425190001011e17, 1), "B", "存成了数字"),
        (("张三", "'" + ZHANG, 0), "C", "大于 0"),
        (("张三", ZHANG, -5), "C", "大于 0"),
        (("张三", ZHANG, None), "C", "大于 0"),
        (("张三", ZHANG, "一百"), "C", "金额"),
        (("张三", ZHANG, 0.005), "C", "两位小数"),
        (("张三", ZHANG, Broken("error", "#REF!")), "C", "#REF!"),
    ],
)
def test_a_wrong_row_is_named_with_the_way_out(
    row: tuple[Any, ...], column: str, said: str
) -> None:
    found = read(sheet(("李四", LI, 2), row))
    assert [(w.row, w.column) for w in found.wrong] == [(3, column)]
    assert said in found.wrong[0].text.zh
    assert found.wrong[0].text.en
    for number in (ZHANG, ZHANG[:-1], ZHANG[-4:]):
        assert number not in str(found.wrong)


@pytest.mark.parametrize("cell", ["张三", ZHANG[:-1] + "!", "Zhang San", "欧阳 12.5"])
def test_a_cell_out_of_place_is_not_quoted(cell: str) -> None:
    head = (*HEAD, "发放日期")
    found = read(sheet(("李四", LI, cell, cell), head=head))
    assert [w.column for w in found.wrong] == ["C", "D"]
    assert "错位" in found.wrong[0].text.zh
    assert cell not in str(found.wrong)


def test_sums_and_notes_below_the_list_are_no_payments() -> None:
    foot = (("合计", None, 30), ("制表人：", "", None), (None, None, None))
    found = read(sheet(("张三", ZHANG, 10), ("本页小计", None, 10), ("李四", LI, 20), *foot))
    assert (len(found.rows), found.skipped, found.total) == (2, 3, 3_000)
    off = read(sheet(("张三", ZHANG, 10), ("合计", None, 10.5)))
    [wrong] = off.wrong
    assert (wrong.row, wrong.column) == (3, "C")
    for part in ("10.50", "10.00", "0.50"):
        assert part in wrong.text.zh
        assert part in wrong.text.en


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ((sheet(head=("姓名", "金额")),), "身份证号"),
        ((sheet(head=("身份证号", "金额")),), "姓名"),
        ((sheet(head=("姓名", "后四位")),), "金额"),
        ((ReadSheet("空", ()),), "姓名、身份证号"),
        ((sheet(),), "一行也没有"),
        ((sheet(("张三", ZHANG, 1)), sheet(("李四", LI, 1))), "2 张工作表"),
        ((sheet(("张三", ZHANG, 1), hidden=True),), "没有找到这些列"),
        (
            (sheet(("张三", ZHANG, 1), ("李四", LI, 1), hidden_rows=frozenset({2})),),
            "第 3 行被隐藏",
        ),
        ((sheet(*[("张三", ZHANG, 1)] * 5_001),), "5001 行"),
    ],
)
def test_a_sheet_that_is_no_list(sheets: tuple[ReadSheet, ...], said: str) -> None:
    with pytest.raises(SheetNotRead) as refused:
        read(*sheets)
    assert said in refused.value.text.zh


def test_numbers_may_stand_in_their_own_column_and_nowhere_else() -> None:
    clean = sheet(("张三", ZHANG, 1), ("李四", LI, 2))
    assert personal_columns([clean]) == []
    noted = sheet(("张三", ZHANG, 1, LI), ("李四", LI, 2, WANG), head=(*HEAD, "备注"))
    assert [at for at, _ in personal_columns([noted])] == ["清册!D"]
    # An account that proves nothing by itself is known by its heading; an empty column does no harm.
    for word in ("银行卡号", "存折账号", "联系电话"):
        kept = sheet(("张三", ZHANG, 1, "0954"), head=(*HEAD, word))
        assert [at for at, _ in personal_columns([kept])] == ["清册!D"]
        assert personal_columns([sheet(("张三", ZHANG, 1, None), head=(*HEAD, word))]) == []
    # Hidden or not, with headings or without.
    aside = ReadSheet("别的", ((ZHANG,),), hidden=True)
    assert [at for at, _ in personal_columns([clean, aside])] == ["别的!A"]
    assert list(hidden_sheets([clean, aside])) == ["别的"]
    # A number above the headings is not in its column.
    above = ReadSheet("清册", ((None, ZHANG), HEAD, ("李四", LI, 1)))
    assert [at for at, _ in personal_columns([above])] == ["清册!B"]
