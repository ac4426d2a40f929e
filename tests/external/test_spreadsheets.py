"""Writing workbooks: text stays text for every program, amounts are numbers, days are days."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from server.external.spreadsheets import write
from server.rules.workbooks import Cell, Look, WrittenBook, WrittenSheet, sheet_name

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x"]


def opened(*cells: Cell) -> list[openpyxl.cell.Cell]:
    """Return one row of cells as another program sees them."""
    data = write(WrittenBook("t", (WrittenSheet("表", (tuple(cells),), (10,)),)))
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page is not None
    return list(page[1])


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_no_formula_and_does_not_become_one_when_it_is_edited(text: str) -> None:
    (cell,) = opened(Cell(text))
    assert cell.data_type in ("s", "inlineStr")
    # A carriage return is written by its number, as the format asks.
    assert str(cell.value).replace("_x000D_", "").strip() == text.strip()
    assert cell.quotePrefix, "editing the cell would make a formula of it"
    assert cell.number_format == "@"


def test_a_link_stays_words() -> None:
    (cell,) = opened(Cell("http://example.test/x"))
    assert cell.hyperlink is None


def test_amounts_are_numbers_of_yuan_and_days_are_days() -> None:
    money, whole, day, total = opened(
        Cell(123456, Look("money")),
        Cell(3, Look("int")),
        Cell(date(2026, 9, 30), Look("date")),
        Cell(300, Look("money", "total"), "SUM(A1:A1)"),
    )
    assert (money.value, money.number_format) == (1234.56, "#,##0.00;-#,##0.00")
    assert whole.value == 3
    assert day.is_date
    assert day.value.date() == date(2026, 9, 30)
    assert total.value == "=SUM(A1:A1)"


def test_the_largest_amount_is_exact() -> None:
    for fen in (10**13, 10**13 - 1, -(10**13) + 1, 1, 7):
        (cell,) = opened(Cell(fen, Look("money")))
        assert round(cell.value * 100) == fen
        assert f"{cell.value:.2f}" == f"{fen / 100:.2f}"


def test_names_of_sheets_are_names() -> None:
    assert sheet_name("欠别人的（债务）") == "欠别人的（债务）"
    assert sheet_name("a/b:c*[d]?'e'") == "a b c d e"
    assert sheet_name("长" * 40) == "长" * 31
    assert sheet_name("表", frozenset(("表", "表 2"))) == "表 3"
    assert sheet_name("[]") == "-"
