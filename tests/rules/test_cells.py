"""One cell: what it may look like, and what is refused with both what was read and what was expected."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.cells import Misread, read_cell, read_money
from server.rules.tables import Option, TableColumn
from server.rules.values import Text, yuan
from server.rules.workbooks import Broken


def column(widget: Any, *options: tuple[str, str]) -> TableColumn:
    return TableColumn(
        "/x",
        Text("项", "item"),
        widget,
        options=tuple(Option(value, Text(label, value)) for value, label in options),
    )


MONEY = [
    (1234.56, 123456),
    (0.1 + 0.2, 30),
    (1_000_000_000.01, 100_000_000_001),
    (12, 1200),
    (-3.5, -350),
    ("1,234.56", 123456),
    ("１，２３４．５", 123450),
    ("¥ 12.00", 1200),
    ("￥12", 1200),
    ("12元", 1200),
    ("3.2万元", 3_200_000),
    ("3万", 3_000_000),
    ("(12.50)", -1250),
    ("−8", -800),
    ("+8", 800),
    ("007", 700),
    ("1.50000", 150),
    (0, 0),
]


@pytest.mark.parametrize(("raw", "fen"), MONEY)
def test_an_amount(raw: Any, fen: int) -> None:
    assert read_money(raw) == fen


@pytest.mark.parametrize(
    ("raw", "fen"), [(1.62, 1_620_000), (0.000123, 123), ("1.2", 1_200_000), ("12元", 1200)]
)
def test_an_amount_under_a_heading_in_ten_thousands(raw: Any, fen: int) -> None:
    assert read_money(raw, "wan") == fen


NOT_MONEY = [
    *(1234.567, "1234.567", "一千二百", "壹仟元整", "12,34", "1.2.3", "1e5", "0x10", "12 13 x"),
    *(True, date(2026, 7, 1), float("nan"), float("inf"), 10.0**14, "9" * 30),
    "0." + "0" * 30 + "1",
]


@pytest.mark.parametrize("raw", NOT_MONEY)
def test_what_is_no_amount_is_never_rounded_nor_guessed(raw: Any) -> None:
    with pytest.raises(Misread) as refused:
        read_money(raw)
    assert "读到“" in refused.value.text.zh
    assert "应是" in refused.value.text.zh
    assert "expected" in refused.value.text.en


@given(st.integers(-(10**13), 10**13))
def test_every_amount_comes_back_as_a_number_and_as_words(fen: int) -> None:
    assert read_money(fen / 100) == fen
    assert read_money(yuan(fen)) == fen
    assert read_money(yuan(fen).replace(",", "，") + "元") == fen


DAYS = [
    *("2026-07-05", "2026/7/5", "2026.7.5", "2026年7月5日", "20260705", "２０２６-７-５"),
    *("2026-07-05 00:00:00", " 2026-07-05 ", date(2026, 7, 5), 46208, 46208.0, 20260705.0),
]


@pytest.mark.parametrize("raw", DAYS)
def test_a_day(raw: Any) -> None:
    assert read_cell(column("date"), raw) == "2026-07-05"


@pytest.mark.parametrize(
    "raw", ["7月5日", "2026-02-30", "2026-13-01", "昨天", 12.5, 3, True, "05/07/2026", 99999999]
)
def test_what_is_no_day(raw: Any) -> None:
    with pytest.raises(Misread, match="2026-09-30"):
        read_cell(column("date"), raw)


@pytest.mark.parametrize("raw", ["2026-07", "2026年7月", "2026/7", date(2026, 7, 1), "2026-07-05"])
def test_a_month(raw: Any) -> None:
    assert read_cell(column("month"), raw) == "2026-07"


@pytest.mark.parametrize(("raw", "number"), [(3, 3), (3.0, 3), ("３户", 3), ("1,200", 1200)])
def test_a_whole_number(raw: Any, number: int) -> None:
    assert read_cell(column("int"), raw) == number


@pytest.mark.parametrize("raw", [3.5, "三", "-1", True, float("inf")])
def test_what_is_no_whole_number(raw: Any) -> None:
    with pytest.raises(Misread):
        read_cell(column("int"), raw)


def test_a_choice_is_found_by_its_words_in_either_language_and_by_its_value() -> None:
    kinds = column("choice", ("rent", "租赁收入"), ("office", "办公、水电费"))
    for raw in ("租赁收入", " 租赁 收入 ", "租赁收入（门面）", "rent"):
        assert read_cell(kinds, raw) == "rent"
    assert read_cell(kinds, "办公水电费") == "office"
    with pytest.raises(Misread) as refused:
        read_cell(kinds, "烤火费")
    assert refused.value.word == "烤火费"
    assert "租赁收入、办公、水电费" in refused.value.text.zh


@pytest.mark.parametrize(("raw", "value"), [("是", True), ("√", True), ("否", False), (True, True)])
def test_yes_and_no(raw: Any, value: bool) -> None:
    assert read_cell(column("checkbox"), raw) is value


@pytest.mark.parametrize("raw", [None, "", "  ", "-", "—", "——", "/", "无", "\u200b"])
def test_nothing(raw: Any) -> None:
    for widget in ("money", "text", "date", "int", "choice", "checkbox"):
        assert read_cell(column(widget), raw) is None


@pytest.mark.parametrize(
    ("raw", "text"), [(12.0, "12"), (12.5, "12.5"), (" 张三 ", "张三"), ("两\n行", "两 行")]
)
def test_words(raw: Any, text: str) -> None:
    assert read_cell(column("text"), raw) == text
    assert read_cell(column("longtext"), "第一行\r\n第二行 ") == "第一行\n第二行"


def test_a_formula_that_failed_or_was_never_worked_out_says_so() -> None:
    with pytest.raises(Misread, match=r"#REF!"):
        read_cell(column("money"), Broken("error", "#REF!"))
    with pytest.raises(Misread, match="保存一次"):
        read_cell(column("text"), Broken("uncalculated", "="))
