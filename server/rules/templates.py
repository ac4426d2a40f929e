"""The workbook a category is filled in with: one sheet for single values, one for each table, and one that explains.

Made from `vN.form.json` alone, so that a new category has its template at once. Headings are the words of the form;
sums are formulas that cannot be typed over; choices drop down. The first sheet carries a mark by which the file is
known again. `table_reading` reads it back: content → workbook → content is the same, but for photos, which stay on
the phone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from server.rules import pointers
from server.rules.categories import Category
from server.rules.tables import INSIDE, ORDINAL, FormTable, FormTables, TableColumn, tables_of
from server.rules.template_choices import CHOICES, YES_NO, Choices, validations_of
from server.rules.template_formulas import Layout, Placed, in_row, over_form
from server.rules.values import Lang, Text
from server.rules.workbooks import Cell, Look, Validation, WrittenBook, WrittenSheet, sheet_name

HEAD_ROW, FIRST_ROW = 2, 3
LINES, ROWS_INSIDE = 200, 500
SINGLES_FIRST = 3
_MARK = re.compile(r"gongshilan:([a-z][a-z0-9_]{0,63}):([0-9]{1,4})")

_GUIDE = Text("填写说明", "Read me")
_TOTAL = Text("合计", "Total")
_UNIT = Text("单位：元，两位小数", "In yuan, two decimals")
_ITEM = Text("项目", "Item")
_FILL = Text("填这里", "Fill in here")
_ABOUT = Text("说明", "About it")
_REQUIRED = Text("必填", "required")
_COMPUTED = Text("自动算出，不用填", "worked out, not typed")
_HOW = (
    Text(
        "1. 每张表从第 4 行开始填，一行一笔；带 * 的必须填。",
        "1. Fill in each sheet from row 4 on, one row for each; what has a * must be filled in.",
    ),
    Text(
        "2. 金额一律写元，最多两位小数；没有就写 0。不要写“万元”。",
        "2. Amounts are in yuan with at most two decimals; write 0 where there is none.",
    ),
    Text(
        "3. 日期写成 2026-09-30。有下拉的格子从下拉里选。",
        "3. Days are written 2026-09-30. Where a list drops down, choose from it.",
    ),
    Text(
        "4. 灰底的合计是公式，会自己算，改不了。",
        "4. The grey totals are formulas: they work themselves out and cannot be typed over.",
    ),
    Text(
        "5. 不要写身份证号、银行卡号、手机号。有一个，整份文件都不收。",
        "5. Write no identity, card or mobile numbers: with one of them the whole file is refused.",
    ),
    Text(
        "6. 填好以后，在手机上打开这一期，点“从表格填”，选这个文件。填进去的只是草稿，看过再交。",
        "6. When it is done, open the period on the phone, choose “Fill from a spreadsheet” and this file."
        " It only fills your draft: look at it, then send it.",
    ),
)
_LAW = Text("依据", "Legal basis")
_SCHEDULE = Text("什么时候公开", "When it is due")
_FORM_NO = Text("表号（请不要改）", "Form number (please leave as it is)")


def mark(category: str, version: int) -> str:
    """Return the words by which a filled-in template is known again."""
    return f"gongshilan:{category}:{version}"


def marked(cells: Sequence[str]) -> tuple[str, int] | None:
    """Return the category and version whose mark stands among some cells' words; None where there is none."""
    for words in cells:
        if found := _MARK.fullmatch(words.strip()):
            return found[1], int(found[2])
    return None


def template(
    category: Category,
    version: int,
    form: Mapping[str, Any],
    lang: Lang,
    content: Mapping[str, Any] | None = None,
) -> WrittenBook:
    """Return a category's workbook in one language: empty, or with a content written in."""
    tables = tables_of(form)
    filled = content or {}
    rows_of = {t.key: _table_rows(t, filled) for t in tables.tables}
    layout = _layout(tables, form, lang, rows_of)
    choices = Choices(lang)
    sheets = [_singles(form, tables, layout, lang, filled, choices, category)]
    sheets += [_table(t, layout, lang, rows_of[t.key], choices) for t in tables.tables]
    if choices.columns:
        sheets.append(choices.sheet())
    return WrittenBook(
        title=category.name.pick(lang), sheets=(_guide(category, version, lang), *sheets)
    )


def _layout(
    tables: FormTables,
    form: Mapping[str, Any],
    lang: Lang,
    rows_of: Mapping[str, Sequence[Mapping[str, Any]]],
) -> Layout:
    names: dict[str, str] = {}
    taken = frozenset((_GUIDE.pick(lang), CHOICES.pick(lang)))
    for table in (tables.single, *tables.tables):
        names[table.key] = sheet_name(table.label.pick(lang), taken)
        taken |= {names[table.key]}
    placed = {}
    for table in tables.tables:
        least = ROWS_INSIDE if table.inside else LINES
        last = FIRST_ROW + max(least, len(rows_of[table.key])) - 1
        placed[table.key] = Placed(table, names[table.key], FIRST_ROW, last)
    row, singles = SINGLES_FIRST, {}
    for step in form["steps"]:
        asked = [f for f in step["fields"] if _column_of(tables.single, f) is not None]
        row += bool(asked)
        for field in asked:
            singles[field["pointer"]] = row
            row += 1
    return Layout(names[tables.single.key], singles, placed, lang)


def _column_of(table: FormTable, field: Mapping[str, Any]) -> TableColumn | None:
    return table.column(field["pointer"])


# ---------------------------------------------------------------- the sheets


def _guide(category: Category, version: int, lang: Lang) -> WrittenSheet:
    title, note = Look(role="title"), Look(role="note")
    lines: list[tuple[str, Look]] = [(category.name.pick(lang), title)]
    lines += [(how.pick(lang), note) for how in _HOW]
    lines += [(_LAW.pick(lang), Look(role="head"))]
    for basis in category.legal_basis:
        article = f"第 {basis.article} 条" if lang == "zh" else f", art. {basis.article}"
        lines.append((basis.title.pick(lang) + (article if basis.article else ""), note))
    source = category.schedule_doc["source"]
    lines += [(_SCHEDULE.pick(lang), Look(role="head")), (source[lang], note)]
    lines += [(_FORM_NO.pick(lang), Look(role="head")), (mark(category.key, version), note)]
    return WrittenSheet(
        name=_GUIDE.pick(lang),
        rows=tuple((Cell(words, look),) for words, look in lines),
        widths=(90,),
        protected=True,
    )


def _singles(
    form: Mapping[str, Any],
    tables: FormTables,
    layout: Layout,
    lang: Lang,
    content: Mapping[str, Any],
    choices: Choices,
    category: Category,
) -> WrittenSheet:
    head = Look(role="head")
    rows: list[tuple[Cell | None, ...]] = [
        (Cell(category.name.pick(lang), Look(role="title")),),
        (Cell(_UNIT.pick(lang), Look(role="note")),),
        tuple(Cell(words.pick(lang), head) for words in (_ITEM, _FILL, _ABOUT)),
    ]
    validations: list[Validation] = []
    for step in form["steps"]:
        columns = [c for f in step["fields"] if (c := _column_of(tables.single, f)) is not None]
        if columns:
            rows.append((Cell(step["title"][lang], Look(role="total")), None, None))
        for column in columns:
            at = (len(rows), 1)
            formula = over_form(column.formula, layout) if column.formula else None
            value = pointers.get(content, column.pointer)
            rows.append(
                (
                    Cell(_heading(column, lang)),
                    Cell(
                        0 if formula and value is None else _typed(column, value, lang),
                        Look(_kind(column), "total" if formula else "input"),
                        formula,
                    ),
                    Cell(_about(column, lang), Look(role="note")),
                )
            )
            if not formula:
                validations += validations_of(column, at, at, lang, choices)
    return WrittenSheet(
        name=layout.single_name,
        rows=tuple(rows),
        widths=(34, 30, 60),
        frozen=(3, 1),
        protected=True,
        validations=tuple(validations),
    )


def _table(
    table: FormTable,
    layout: Layout,
    lang: Lang,
    filled: Sequence[Mapping[str, Any]],
    choices: Choices,
) -> WrittenSheet:
    placed = layout.placed[table.key]
    words = table.label.pick(lang) + (f"（{_UNIT.zh}）" if lang == "zh" else f" ({_UNIT.en})")
    rows: list[tuple[Cell | None, ...]] = [
        (Cell(words, Look(role="title")),),
        tuple(_foot(placed, n, c, lang, filled) for n, c in enumerate(table.columns)),
        tuple(Cell(_heading(c, lang), Look(role="head")) for c in table.columns),
    ]
    for row in range(placed.first, placed.last + 1):
        number = row - placed.first
        values = filled[number] if number < len(filled) else {}
        rows.append(tuple(_input(placed, c, row, values, lang) for c in table.columns))
    validations: list[Validation] = []
    for number, column in enumerate(table.columns):
        if not column.computed:
            block = (placed.first, number), (placed.last, number)
            validations += validations_of(column, *block, lang, choices)
    return WrittenSheet(
        name=placed.name,
        rows=tuple(rows),
        widths=tuple(_width(c, lang) for c in table.columns),
        frozen=(FIRST_ROW, 1),
        protected=True,
        landscape=True,
        validations=tuple(validations),
        comments={
            (HEAD_ROW, n): about for n, c in enumerate(table.columns) if (about := _about(c, lang))
        },
    )


def _foot(
    placed: Placed,
    number: int,
    column: TableColumn,
    lang: Lang,
    filled: Sequence[Mapping[str, Any]],
) -> Cell | None:
    """Return a column's total, above its heading where it stays in view; the first column says what it is."""
    if number == 0:
        return Cell(_TOTAL.pick(lang), Look(role="total"))
    if column.widget not in ("money", "int") or column.pointer == ORDINAL:
        return Cell(None, Look(role="total"))
    total = pointers.total(list(filled), ["/*" + column.pointer])
    return Cell(total, Look(_kind(column), "total"), f"SUM({placed.block(column.pointer)})")


def _input(
    placed: Placed, column: TableColumn, row: int, values: Mapping[str, Any], lang: Lang
) -> Cell:
    belongs = column.pointer.startswith("^")
    value = values.get(column.pointer) if belongs else pointers.get(values, column.pointer)
    if column.formula is not None:
        shown = _typed(column, value, lang)
        return Cell(shown, Look(_kind(column), "total"), in_row(column.formula, placed, row))
    return Cell(_typed(column, value, lang), Look(_kind(column), "input"))


def _typed(column: TableColumn, value: Any, lang: Lang) -> str | int | date | None:
    """Return a value of the content as it is typed into a cell."""
    if value is None:
        return None
    if column.widget == "checkbox":
        return YES_NO[0 if value else 1].pick(lang)
    if column.widget == "choice":
        found = next((o.label.pick(lang) for o in column.options if o.value == value), None)
        return found if found is not None else str(value)
    if column.widget == "date":
        return date.fromisoformat(value)
    return value  # type: ignore[no-any-return]


def _kind(column: TableColumn) -> Any:
    return column.widget if column.widget in ("money", "int", "date") else "text"


def _heading(column: TableColumn, lang: Lang) -> str:
    words = column.label.pick(lang)
    if column.widget == "money" and "元" not in words and "yuan" not in words:
        words += "（元）" if lang == "zh" else " (yuan)"
    return words + (" *" if column.required and not column.computed else "")


def _about(column: TableColumn, lang: Lang) -> str:
    parts = [column.help.pick(lang)] if column.help else []
    if column.computed:
        parts.append(_COMPUTED.pick(lang))
    elif column.required:
        parts.append(_REQUIRED.pick(lang))
    return ("；" if lang == "zh" else "; ").join(parts)


def _width(column: TableColumn, lang: Lang) -> int:
    least = {"money": 16, "date": 13, "int": 10, "text": 22, "choice": 22}.get(column.widget, 14)
    heading = _heading(column, lang)
    wide = sum(2 if ord(c) > 255 else 1 for c in heading) + 2
    return min(40, max(least, wide))


# ---------------------------------------------------------------- a content's rows


def _table_rows(table: FormTable, content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return a content's rows for one table; rows inside rows with the words that say where they belong."""
    if not table.inside:
        return [row for _, row in pointers.find(content, table.key + "/*")]
    rows: list[Mapping[str, Any]] = []
    for outer, inner in table.inside:
        lines = [line for _, line in pointers.find(content, outer + "/*")]
        names = [tuple(pointers.get(line, p) for p in table.identity) for line in lines]
        for number, line in enumerate(lines):
            belongs: dict[str, Any] = {
                "^" + p: v for p, v in zip(table.identity, names[number], strict=True)
            }
            if table.column(INSIDE) is not None:
                belongs[INSIDE] = outer
            if names.count(names[number]) > 1:
                belongs[ORDINAL] = names[: number + 1].count(names[number])
            rows += [{**entry, **belongs} for _, entry in pointers.find(line, inner + "/*")]
    return rows
