"""A list of divisions as a sheet: its rows, by the headings of `rules/divisions.py`."""

from __future__ import annotations

from collections.abc import Sequence

from server.rules.account_sheets import words_of
from server.rules.cells import is_blank
from server.rules.divisions import HEADINGS, BadDivision, DivisionRow, read_division
from server.rules.values import Text
from server.rules.workbooks import ReadSheet, spans
from server.rules.wrong_rows import SheetNotRead

HEADINGS_WITHIN = 15


def read_divisions(sheets: Sequence[ReadSheet]) -> list[DivisionRow]:
    """Return the rows of the one sheet that has the headings code and name. Raises SheetNotRead with the line that cannot stand."""
    seen = [(s, where) for s in sheets if not s.hidden and (where := _headings(s)) is not None]
    if len(seen) != 1:
        raise SheetNotRead(
            Text(
                f"要有一张、而且只有一张工作表有表头“代码”“名称”，这里有 {len(seen)} 张",
                f"one sheet, and only one, must have the headings code and name; this has {len(seen)}",
            )
        )
    sheet, (head, columns) = seen[0]
    filled = [
        row
        for row in range(head + 1, len(sheet.rows))
        if any(not is_blank(sheet.at(row, column)) for column in columns.values())
    ]
    if hidden := sheet.hidden_rows.intersection(filled):
        places = spans(frozenset(hidden), "row")
        raise SheetNotRead(
            Text(
                f"第 {'、'.join(places)} 行被隐藏了，不知道算不算。请取消隐藏，或删掉再传",
                f"Hidden rows: {', '.join(places)}. Show them, or delete them",
            )
        )
    try:
        return [
            read_division(
                row + 1,
                {name: words_of(sheet.at(row, column)) for name, column in columns.items()},
            )
            for row in filled
        ]
    except BadDivision as error:
        raise SheetNotRead(of_line(error)) from None


def of_line(error: BadDivision) -> Text:
    """Return what is wrong with a line, with its number."""
    return Text(f"第 {error.line} 行：{error.text.zh}", f"row {error.line}: {error.text.en}")


def _headings(sheet: ReadSheet) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        words = [cell.strip() if isinstance(cell, str) else "" for cell in row]
        names = [HEADINGS.get(word, word.lower()) for word in words]
        if "code" in names and "name" in names:
            known = set(HEADINGS.values())
            return number, {name: at for at, name in enumerate(names) if name in known}
    return None
