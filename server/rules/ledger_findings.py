"""What the rows of a ledger say against each other: sums at the foot and in the row, one household twice, one name in two villages.

A finding names row and cell as the spreadsheet shows them, and both numbers. What is wrong in itself blocks; what only a
person can judge is a warning: two people may have one name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec import Struct

from server.rules import pointers
from server.rules.cells import Misread, is_blank, read_cell
from server.rules.matching import Match
from server.rules.tables import FormTable, TableColumn, normal
from server.rules.values import Text, yuan
from server.rules.workbooks import ReadSheet, place, position

Kind = Literal["cell", "village", "sum", "check", "twice", "elsewhere"]


class LedgerFinding(Struct, frozen=True):
    """One thing about one cell ('表!F12'), or about the file where `row` is None. `row` as people count it."""

    kind: Kind
    blocking: bool
    row: int | None
    cell: str
    text: Text


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row as it was read: its number as people count it, where each value stands, its village; `whole`: all could be read."""

    row: int
    village: str | None
    values: dict[str, Any] = field(repr=False)
    cells: Mapping[str, str]
    whole: bool = True


def row_of(cell: str) -> int | None:
    """Return the row of a cell's name as people count it ('表!F12' -> 12), None for a sheet alone."""
    sheet, mark, name = cell.rpartition("!")
    return position(name)[0] + 1 if mark and sheet else None


def at_cell(kind: Kind, cell: str, text: Text, *, blocking: bool) -> LedgerFinding:
    """Return a finding about a cell."""
    return LedgerFinding(kind, blocking, row_of(cell), cell, text)


def sums(
    table: FormTable,
    sheet: ReadSheet,
    match: Match,
    rows: Sequence[LedgerRow],
    left_out: Sequence[int],
    added: frozenset[str],
) -> Iterator[LedgerFinding]:
    """Yield what the sums of a sheet say against its rows: each row's own (合计 of its parts), 小计 and 合计 below.

    `left_out`: rows (from 0) that were no rows of the list; `added`: columns that have a sum (a rate has none). With a
    cell unread in its column a sum says nothing.
    """
    counted = {
        p: column
        for p in match.columns
        if (column := table.column(p)) is not None and column.widget in ("money", "int")
    }
    unread = {p for p in counted if any(p not in r.values for r in rows if not r.whole)}
    for pointer, column in counted.items():
        if column.computed:
            yield from _own_sums(sheet, match, pointer, column, rows)
    since = match.header
    for at in sorted(left_out):
        word = next((normal(c) for c in sheet.rows[at] if isinstance(c, str) and c.strip()), "")
        total = "小计" not in word and word.endswith(("合计", "总计", "共计", "total"))
        if not total and "小计" not in word:
            continue
        above = [r for r in rows if (match.header if total else since) < r.row - 1 < at]
        since = at
        for pointer, column in counted.items():
            if pointer in added and pointer not in unread and above:
                yield from _foot(sheet, match, at, pointer, column, above)


def added_columns(form: Mapping[str, Any], table: FormTable) -> frozenset[str]:
    """Return the columns of a list that its form adds up; all numbers where the form adds none."""
    found: set[str] = set()
    for step in form["steps"]:
        for one in step["fields"]:
            formula = one.get("formula", {})
            if formula.get("rows") == table.key and "add" in formula:
                found.add(formula["add"])
            begin = f"{table.key}/*"
            found |= {p.removeprefix(begin) for p in formula.get("plus", ()) if p.startswith(begin)}
    numbers = {c.pointer for c in table.columns if c.widget in ("money", "int")}
    return frozenset(found & numbers or numbers)


def _stated(sheet: ReadSheet, match: Match, at: int, pointer: str, column: TableColumn) -> Any:
    raw = sheet.at(at, match.columns[pointer])
    if is_blank(raw):
        return None
    try:
        return read_cell(column, raw, match.unit)
    except Misread:
        return None


def _own_sums(
    sheet: ReadSheet, match: Match, pointer: str, column: TableColumn, rows: Sequence[LedgerRow]
) -> Iterator[LedgerFinding]:
    for row in rows:
        stated = _stated(sheet, match, row.row - 1, pointer, column)
        summed = pointers.get(row.values, pointer)
        if stated is None or not isinstance(summed, int) or stated == summed or not row.whole:
            continue
        cell = place(sheet.name, row.row - 1, match.columns[pointer])
        yield at_cell("sum", cell, _differ(column, stated, summed, "这一行各项相加", "the parts of this row add up to"), blocking=True)  # fmt: skip


def _foot(
    sheet: ReadSheet, match: Match, at: int, pointer: str, column: TableColumn, above: Sequence[LedgerRow]
) -> Iterator[LedgerFinding]:  # fmt: skip
    stated = _stated(sheet, match, at, pointer, column)
    if stated is None:
        return
    summed = sum(v for r in above if isinstance(v := pointers.get(r.values, pointer), int))
    if stated == summed:
        return
    cell = place(sheet.name, at, match.columns[pointer])
    words = f"第 {above[0].row} 到 {above[-1].row} 行相加"
    english = f"rows {above[0].row} to {above[-1].row} add up to"
    yield at_cell("sum", cell, _differ(column, stated, summed, words, english), blocking=True)


def _differ(column: TableColumn, stated: int, summed: int, zh: str, en: str) -> Text:
    def said(value: int, unit: str) -> str:
        return f"{yuan(value)}{unit}" if column.widget == "money" else str(value)

    return Text(
        f"“{column.label.zh}”写的是 {said(stated, ' 元')}，{zh}是 {said(summed, ' 元')}，差 {said(abs(stated - summed), ' 元')}",
        f"“{column.label.en}” says {said(stated, ' yuan')}, but {en} {said(summed, ' yuan')}; they differ by {said(abs(stated - summed), ' yuan')}",
    )


def twice(rows: Sequence[LedgerRow], identity: Sequence[str]) -> Iterator[LedgerFinding]:
    """Yield the households that stand twice in one village; what is marked 同名不同户 is not one."""
    seen: dict[tuple[str, ...], LedgerRow] = {}
    for row in rows:
        who = tuple(str(pointers.get(row.values, p) or "") for p in identity)
        if not identity or not all(who) or pointers.get(row.values, "/namesake"):
            continue
        key = (row.village or "", *who)
        if (first := seen.get(key)) is not None:
            yield at_cell(
                "twice", row.cells.get(identity[-1], ""),
                Text(
                    f"和第 {first.row} 行是同一个村、同一组、同一个姓名：是同一户请删去一行，同名不同户请写明",
                    f"same village, group and name as row {first.row}: delete one if it is one household, or mark them as namesakes",
                ),
                blocking=False,
            )  # fmt: skip
        seen.setdefault(key, row)


def in_two_villages(
    rows: Sequence[LedgerRow], who: str, names: Mapping[str, str], elsewhere: Mapping[str, Iterable[str]]
) -> Iterator[LedgerFinding]:  # fmt: skip
    """Yield the recipients who are in another village's rows too, or on its newest published roster (`elsewhere`, by village)."""
    published: dict[str, list[str]] = {}
    for village, known in elsewhere.items():
        for name in set(known):
            published.setdefault(name, []).append(village)
    first: dict[str, LedgerRow] = {}
    for row in rows:
        name = pointers.get(row.values, who)
        if not isinstance(name, str) or row.village is None:
            continue
        other = first.setdefault(name, row)
        if other.village != row.village:
            there = names.get(other.village or "", "")
            yield at_cell(
                "elsewhere", row.cells.get(who, ""),
                Text(
                    f"第 {other.row} 行（{there}）也有这个姓名，请核对是不是一个人领了两份",
                    f"row {other.row} ({there}) has this name too; see whether one person receives twice",
                ),
                blocking=False,
            )  # fmt: skip
        for village in published.get(name, ()):
            if village != row.village:
                there = names.get(village, village)
                yield at_cell(
                    "elsewhere", row.cells.get(who, ""),
                    Text(
                        f"{there}正在公布的名单里也有这个姓名，请核对是不是一个人领了两份",
                        f"the roster that {there} published last has this name too; see whether one person receives twice",
                    ),
                    blocking=False,
                )  # fmt: skip


def same_person(
    rows: Sequence[tuple[int, str, str | None, str]], cell: Mapping[int, str]
) -> Iterator[LedgerFinding]:
    """Yield the payments of one identity number in two places: (row, village, whole number or None, purpose). No digit is said."""
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for row, village, person, purpose in rows:
        if person is None:
            continue
        other, there = first.setdefault((person, purpose), (row, village))
        if other == row:
            continue
        where = (
            Text("另一个村的", "in another village, ")
            if there != village
            else Text("本村的", "in the same village, ")
        )
        yield at_cell(
            "elsewhere" if there != village else "twice", cell.get(row, ""),
            Text(
                f"和{where.zh}第 {other} 行是同一个身份证号、同一个项目，请核对是不是发了两次",
                f"the same identity number and purpose as row {other} {where.en}see whether it was paid twice",
            ),
            blocking=False,
        )  # fmt: skip
