"""From matched tables to a content: every row or none.

Either all that a person matched becomes part of a content, or there is a list of cells that could not be read, each
with its sheet, its name, what was read and what was expected. Rows of totals are left out and named; nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from server.rules import forms, pointers
from server.rules.cells import Misread, is_blank, read_cell, shown
from server.rules.matching import Match, label_rows
from server.rules.readings import CellError, FoundSingle, Reading, ReadRow
from server.rules.rows_inside import put_rows_inside
from server.rules.singles_words import SingleNames, is_amount
from server.rules.tables import FormTable, FormTables, TableColumn, normal
from server.rules.values import Text
from server.rules.workbooks import Broken, Raw, ReadSheet, letters, place

_TOTAL = re.compile(r"(本?[页月期季年次])?(合计|小计|总计|共计|累计)|(sub)?total$|totals?\b|sum$")
_GRAND = re.compile(r"(本?[期季年次])?(合计|总计|共计)|total$")
_FOOT = re.compile(
    r"(制表|填表|审核|复核|经办|负责|单位|备注|注$|注：|说明|公示|监督|举报|日期|preparedby|note)"
)

Words = Mapping[str, Mapping[str, str | int | bool]]
"""By column pointer (`/income /item`): a word of the sheet and the choice that a person says it means."""


def read_tables(
    tables: FormTables,
    sheets: Sequence[ReadSheet],
    matches: Sequence[Match],
    *,
    words: Words | None = None,
    singles: ReadSheet | None = None,
    taken: Sequence[FoundSingle] = (),
) -> Reading:
    """Return the content of the matched tables, or the cells that stand in the way.

    `singles`: the sheet of a template that asks the single values; without one these are other people's tables, and
    `taken` is what a person took of the values that were found in them.
    """
    reading = Reading()
    if singles is not None:
        _read_singles(tables.single, singles, reading)
    for one in taken:
        pointers.put(reading.content, one.pointer, one.value)
        reading.where[one.pointer] = f"{sheets[one.sheet].name}!{one.cell}"
    names = SingleNames(tables) if singles is None else None
    nested = []
    for match in matches:
        table = tables.table(match.table)
        if table is None:
            continue
        sheet = sheets[match.sheet]
        rows = list(_rows(table, sheet, match, reading, words=words or {}, names=names))
        if table.inside:
            nested.append((table, rows))
        else:
            _put_rows(reading, table.key, rows)
    for table, rows in nested:
        put_rows_inside(tables, table, rows, reading)
    return reading


def completed(form: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a read content with the sums of its form, also those that are there only when their table is."""
    made = forms.with_computed(form, content)
    for step in form["steps"]:
        for each in step["fields"]:
            formula = each.get("formula")
            if formula is None or each.get("required", False):
                continue
            if any(True for p in formula.get("plus", ()) for _ in pointers.find(made, p)):
                pointers.put(made, each["pointer"], 0)
    return forms.with_computed(form, made)


def _read_singles(single: FormTable, sheet: ReadSheet, reading: Reading) -> None:
    for column, row in label_rows(sheet, single.columns):
        if column.computed:
            continue
        at = place(sheet.name, row, 1)
        try:
            value = read_cell(column, sheet.at(row, 1))
        except Misread as error:
            reading.errors.append(CellError(at, error.text, single.key, column.pointer, error.word))
            continue
        before = pointers.get(reading.content, column.pointer)
        if value is None or value == before:
            continue
        if before is not None:
            text = _twice(column, reading.where[column.pointer], sheet.at(row, 1))
            reading.errors.append(CellError(at, text, single.key, column.pointer))
            continue
        pointers.put(reading.content, column.pointer, value)
        reading.where[column.pointer] = at


def _twice(column: TableColumn, first: str, raw: Raw) -> Text:
    return Text(
        f"“{column.label.zh}”写了两次，{first} 和这里的“{shown(raw)}”不一样，请删去一个",
        f"“{column.label.en}” is filled in twice: {first} and “{shown(raw)}” here differ; delete one",
    )


def _rows(
    table: FormTable,
    sheet: ReadSheet,
    match: Match,
    reading: Reading,
    *,
    words: Words,
    names: SingleNames | None,
) -> Iterator[ReadRow]:
    """Yield the rows under the headings; in other people's sheets totals, single values and the foot are left out and
    named.

    `names`: of the single values, which are no rows of a list; None in a template of ours.
    """
    used = {
        pointer: position
        for pointer, position in match.columns.items()
        if (column := table.column(pointer)) is not None and not column.computed
    }
    reading.errors += _shared_heads(table, sheet, match, used)
    ended = False
    for row in range(match.header + 1, len(sheet.rows)):
        cells = {pointer: sheet.at(row, position) for pointer, position in used.items()}
        if all(is_blank(cell) for cell in cells.values()):
            continue
        first = normal(_first_words(sheet.rows[row]))
        numbers = [c for c in cells.values() if isinstance(c, int | float | Broken)]
        theirs = names is not None
        total = theirs and _TOTAL.match(first) is not None
        single = names is not None and _states_single(table, match, sheet.rows[row], names)
        foot = theirs and not numbers and (ended or _FOOT.match(first) is not None)
        if total or single or foot:
            reading.skipped.append(place(sheet.name, row, 0))
            ended = ended or _GRAND.match(first) is not None
            continue
        yield _row(table, sheet, match, row, used, reading, words)


def _shared_heads(
    table: FormTable, sheet: ReadSheet, match: Match, used: Mapping[str, int]
) -> Iterator[CellError]:
    """Yield each heading that is merged over several columns in which different things stand: which of them is meant?

    Where the cells below are merged as the heading is, or all but one of the columns are empty, nothing is in doubt.
    """
    for pointer, position in used.items():
        beside = position + 1
        head = sheet.at(match.header, position)
        while (match.header, beside) in sheet.covered and beside not in used.values():
            if sheet.at(match.header, beside) != head:
                break  # merged with the row above it, under a name of its own
            filled = [
                row
                for row in range(match.header + 1, len(sheet.rows))
                if not is_blank(sheet.at(row, beside)) and (row, beside) not in sheet.covered
            ]
            if filled:
                column = table.column(pointer)
                assert column is not None
                here, there = letters(position), letters(beside)
                text = Text(
                    f"“{column.label.zh}”这一格合并了 {here}、{there} 两列，两列里都有内容，看不出是哪一列，请拆开表头，各写各的名称",
                    f"“{column.label.en}” is merged over columns {here} and {there}, and both hold something: split the "
                    "heading and give each column its own name",
                )
                at = place(sheet.name, match.header, position)
                yield CellError(at, text, table.key, pointer)
                break
            beside += 1


def holds_rows(tables: FormTables, sheet: ReadSheet, match: Match) -> bool:
    """Tell whether a proposed list has rows of its own: not where all its amounts are single values (库存现金)."""
    table, names = tables.table(match.table), SingleNames(tables)
    stated = False
    for row in range(match.header + 1, len(sheet.rows)):
        if table is None or not any(is_amount(sheet.at(row, at)) for at in match.columns.values()):
            continue
        if _states_single(table, match, sheet.rows[row], names):
            stated = True
        elif not is_total(_first_words(sheet.rows[row])):
            return True
    return not stated


def _states_single(table: FormTable, match: Match, row: Sequence[Raw], names: SingleNames) -> bool:
    """Tell whether a row under a list's headings states a single value: its first words are a label of one.

    The first words in the list's own columns, else of the whole row. A choice of the list is never a label.
    """
    by_column = sorted((at, pointer) for pointer, at in match.columns.items() if at < len(row))
    own = ((row[at], table.column(p)) for at, p in by_column)
    raw, column = next(
        ((r, c) for r, c in own if isinstance(r, str) and not is_blank(r) and not is_amount(r)),
        (_first_words(row), None),
    )
    said = normal(shown(raw))
    options = column.options if column is not None else ()
    known = any(said in (normal(o.label.zh), normal(o.label.en)) for o in options)
    return not known and names.label(shown(raw)) is not None


def is_total(words: str) -> bool:
    """Tell whether the first words of a row say that it is a total."""
    return _TOTAL.match(normal(words)) is not None


def _first_words(row: Sequence[Raw]) -> str:
    words = (c for c in row if isinstance(c, str) and not is_blank(c) and not is_amount(c))
    return next(map(shown, words), "")


def _row(
    table: FormTable,
    sheet: ReadSheet,
    match: Match,
    row: int,
    used: Mapping[str, int],
    reading: Reading,
    words: Words,
) -> ReadRow:
    values: dict[str, Any] = {}
    cells: dict[str, str] = {}
    before = len(reading.errors)
    for pointer, position in used.items():
        column = table.column(pointer)
        assert column is not None
        raw, at = sheet.at(row, position), place(sheet.name, row, position)
        cells[pointer] = at
        try:
            value = _value(column, raw, match, words.get(f"{table.key} {pointer}", {}))
            if value is not None and (row, position) in sheet.covered:
                _refuse_merged_number(column)
        except Misread as error:
            reading.errors.append(CellError(at, error.text, table.key, pointer, error.word))
            continue
        if value is not None:
            values[pointer] = value
        elif column.required:
            reading.errors.append(CellError(at, _missing(column), table.key, pointer))
    first = place(sheet.name, row, min(used.values(), default=0))
    return ReadRow(values, cells, first, whole=len(reading.errors) == before)


def _value(
    column: TableColumn, raw: Raw, match: Match, words: Mapping[str, str | int | bool]
) -> str | int | bool | None:
    if column.widget == "choice" and (said := words.get(shown(raw))) is not None:
        return next((o.value for o in column.options if o.value == said), None)
    return read_cell(column, raw, match.unit)


def _refuse_merged_number(column: TableColumn) -> None:
    if column.widget in ("money", "int"):
        raise Misread(
            Text(
                "几行合并成一格，看不出这一行是多少，请拆开填写",
                "several rows share this cell, so this row's number is unknown; split the cell",
            )
        )


def _missing(column: TableColumn) -> Text:
    zero = column.widget in ("money", "int")
    return Text(
        f"没有填“{column.label.zh}”" + ("，没有就写 0" if zero else ""),
        f"“{column.label.en}” is empty" + ("; write 0 where there is none" if zero else ""),
    )


def _put_rows(reading: Reading, key: str, rows: Sequence[ReadRow]) -> None:
    if not rows:
        return  # an empty table says nothing: it does not empty what a draft already has
    made: list[dict[str, Any]] = pointers.get(reading.content, key) or []
    pointers.put(reading.content, key, made)
    reading.where[key] = rows[0].first.rpartition("!")[0]
    for number, row in enumerate(rows, start=len(made)):
        one: dict[str, Any] = {}
        for pointer, value in row.values.items():
            pointers.put(one, pointer, value)
            reading.where[f"{key}/{number}{pointer}"] = row.cells[pointer]
        made.append(one)
