"""Writing workbooks (.xlsx): the only home of XlsxWriter.

A text is always written as a text: it is no formula when the file opens, and none when somebody edits the cell,
because the cell itself says that it is text. Amounts are numbers of yuan, days are days. The same workbook gives the
same bytes, so that an ETag may stand for them; rows are written as they come and not held.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from server.rules.workbooks import Cell, Look, Validation, WrittenBook, WrittenSheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# In full width too: a spreadsheet with a Chinese keyboard reads those as the same.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")

_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_NUMBERS = {
    "money": "#,##0.00;-#,##0.00",
    "int": "#,##0",
    "date": "yyyy-mm-dd",
    "text": "@",
    "permille": "0.0%",
}
_TONES = {"on_time": "#DDEFE3", "late": "#FBE9CC", "missing": "#F6D9D6", "upcoming": "#E5E8EE"}
_ROLES: dict[str, dict[str, Any]] = {
    "body": {"border": 1, "border_color": "#D8D2C6"},
    "input": {"border": 1, "border_color": "#B9B0A2", "locked": False, "bg_color": "#FFFDF5"},
    "head": {
        "bold": True,
        "border": 1,
        "bg_color": "#EFE9DD",
        "text_wrap": True,
        "valign": "vcenter",
    },
    "total": {"bold": True, "border": 1, "border_color": "#D8D2C6", "bg_color": "#ECEAE6"},
    "title": {"bold": True, "font_size": 14, "font_color": "#A61C1C"},
    "note": {"font_color": "#544C43", "text_wrap": True, "valign": "top"},
}
_PROTECTED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
_ERROR = {"error_type": "stop"}


def write(book: WrittenBook) -> bytes:
    """Return a workbook's file."""
    import xlsxwriter  # loaded with the first workbook: most phones never ask for one

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as workbook:
        workbook.set_properties({"title": book.title, "created": _CREATED})
        looks: dict[tuple[Look, bool], Format] = {}
        for sheet in book.sheets:
            _sheet(workbook, workbook.add_worksheet(sheet.name), sheet, looks)
    return out.getvalue()


def _sheet(
    workbook: Workbook,
    page: Worksheet,
    sheet: WrittenSheet,
    looks: dict[tuple[Look, bool], Format],
) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.freeze_panes(*sheet.frozen)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if sheet.landscape:
        page.set_landscape()
    if sheet.frozen[0]:
        page.repeat_rows(0, sheet.frozen[0] - 1)
    if sheet.filtered:
        page.autofilter(0, 0, max(len(sheet.rows) - 1, 1), len(sheet.widths) - 1)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                _cell(page, row, column, cell, _format(workbook, looks, cell))
            if words := sheet.comments.get((row, column)):
                page.write_comment(row, column, words, {"author": "", "x_scale": 1.5})
    for validation in sheet.validations:
        page.data_validation(*validation.first, *validation.last, _rule(validation))
    if sheet.protected:
        # Without a password: it keeps sums from being typed over by mistake, and hides nothing from anybody.
        page.protect("", _PROTECTED)


def _cell(page: Worksheet, row: int, column: int, cell: Cell, look: Format) -> None:
    value = cell.value
    money = cell.look.kind == "money"
    if cell.formula is not None:
        result = value / 100 if money and isinstance(value, int) else value
        page.write_formula(row, column, "=" + cell.formula, look, "" if result is None else result)
    elif value is None:
        page.write_blank(row, column, None, look)
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001 - a day
    elif isinstance(value, int):
        # Whole fen below 2**53 divided by 100 come back as the same two decimals.
        parts = {"money": 100, "permille": 1000}.get(cell.look.kind, 1)
        page.write_number(row, column, value / parts if parts > 1 else value, look)
    else:
        page.write_string(row, column, value[:32_767], look)


def _format(workbook: Workbook, looks: dict[tuple[Look, bool], Format], cell: Cell) -> Format:
    risky = isinstance(cell.value, str) and cell.value[:1] in FORMULA_STARTS
    key = cell.look, risky
    if key not in looks:
        look = cell.look
        made = {**_ROLES[look.role], "num_format": _NUMBERS[look.kind]}
        if look.tone != "plain":
            made |= {"bg_color": _TONES[look.tone], "text_wrap": True, "valign": "top"}
        if look.level:
            made["indent"] = look.level
        if look.kind == "text" and look.role == "body":
            made |= {"text_wrap": True, "valign": "top"}
        if risky:
            made["quote_prefix"] = True
        looks[key] = workbook.add_format(made)
    return looks[key]


def _rule(validation: Validation) -> dict[str, Any]:
    said = {
        "ignore_blank": True,
        "error_title": validation.title,
        "error_message": validation.message[:255],
        **_ERROR,
    }
    if validation.kind == "choice":
        source: Any = validation.choices
        return {
            **said,
            "validate": "list",
            "source": source if isinstance(source, str) else list(source),
        }
    if validation.kind == "date":
        span = {"minimum": date(1950, 1, 1), "maximum": date(2100, 12, 31)}
        return {**said, "validate": "date", "criteria": "between", **span}
    if validation.kind == "int":
        span_of_whole = {"minimum": 0, "maximum": 1_000_000}
        return {**said, "validate": "integer", "criteria": "between", **span_of_whole}
    span_of_money = {"minimum": -(10**11), "maximum": 10**11}
    return {**said, "validate": "decimal", "criteria": "between", **span_of_money}
