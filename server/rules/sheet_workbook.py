"""A notice's sheet as a workbook: one table a sheet, amounts as numbers, days as days, words as words.

It holds exactly what the page shows, made of the same `Sheet`; hand in one that was made of public content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from server.rules.sheets import FactsSection, Section, Sheet, SumRow, SumSection, TableSection
from server.rules.values import Lang, Text
from server.rules.workbooks import Cell, Kind, Look, Role, WrittenBook, WrittenSheet, sheet_name

_ABOUT = Text("公开内容", "Notice")
_ITEM, _SIGN = Text("项目", "Item"), Text("加减", "Sign")
_NOW, _BEFORE, _LAST_YEAR = (
    Text("本期（元）", "This period (yuan)"),
    Text("上期（元）", "Last period (yuan)"),
    Text("去年同期（元）", "A year ago (yuan)"),
)
_SIGNS = {
    "+": Text("加", "plus"),
    "-": Text("减", "minus"),
    "=": Text("得", "makes"),
    "": Text("", ""),
}
_ENTRIES = Text("逐笔明细", "Entries")
_ENTRY_HEADS = (
    (_ITEM, 28),
    (Text("日期", "Date"), 13),
    (Text("凭证号", "Voucher no."), 14),
    (Text("摘要", "What for"), 34),
    (Text("收款人或付款人", "Payee or payer"), 24),
    (Text("金额（元）", "Amount (yuan)"), 16),
    (Text("经手人", "Handled by"), 12),
    (Text("证明人", "Witnessed by"), 12),
    (Text("审批人", "Approved by"), 12),
)
_LEVELS = {"total": 0, "group": 0, "line": 1, "sub": 2}

Line = tuple[str, str | int | date]


def sheet_workbook(
    sheet: Sheet | None, title: str, about: Sequence[Line], lang: Lang
) -> WrittenBook:
    """Return a notice's workbook; `about`: lines that say whose and of when it is. Without a sheet only these."""
    first: list[tuple[Cell | None, ...]] = [_line(*line) for line in about]
    pages: list[WrittenSheet] = []
    if sheet is not None:
        taken = frozenset((_ABOUT.pick(lang),))
        for section in sheet.sections:
            if isinstance(section, FactsSection):
                first.append((Cell(section.heading, Look(role="head")), None))
                first += [_line(f.label, f.value, _kind(f.type)) for f in section.items]
                continue
            for page in _pages(section, lang, taken):
                pages.append(page)
                taken |= {page.name}
        if sheet.subtitle:
            first.insert(0, (Cell(sheet.subtitle, Look(role="note")), None))
        first += [(Cell(note, Look(role="note")), None) for note in sheet.notes]
    first.insert(0, (Cell(title, Look(role="title")), None))
    about_page = WrittenSheet(_ABOUT.pick(lang), tuple(first), (34, 60))
    return WrittenBook(title, (*pages, about_page) if pages else (about_page,))


def _line(label: str, value: str | int | date, kind: Kind = "text") -> tuple[Cell, Cell]:
    if isinstance(value, date):
        kind = "date"
    cell = _cell(value, kind)
    return Cell(label), cell


def _pages(section: Section, lang: Lang, taken: frozenset[str]) -> Iterator[WrittenSheet]:
    if isinstance(section, SumSection):
        yield _sum(section, lang, taken)
        if any(row.entries for row in section.rows):
            yield _entries(section, lang, taken | {section.heading})
    elif isinstance(section, TableSection):
        yield _grid(section, taken)


def _sum(section: SumSection, lang: Lang, taken: frozenset[str]) -> WrittenSheet:
    compared = [
        (words, name)
        for words, name in ((_BEFORE, "previous"), (_LAST_YEAR, "last_year"))
        if any(getattr(row, name) is not None for row in section.rows)
    ]
    heads = (_SIGN, _ITEM, _NOW, *(words for words, _ in compared))
    rows: list[tuple[Cell | None, ...]] = [
        tuple(Cell(words.pick(lang), Look(role="head")) for words in heads)
    ]
    for row in section.rows:
        role: Role = "total" if row.level in ("total", "group") else "body"
        money = Look("money", role)
        rows.append(
            (
                Cell(_SIGNS[row.sign].pick(lang), Look(role=role)),
                Cell(row.label, Look(role=role, level=_LEVELS[row.level])),
                Cell(row.amount, money),
                *(Cell(getattr(row, name), money) for _, name in compared),
            )
        )
    widths = (7, 40, 20) + (20,) * len(compared)
    return WrittenSheet(sheet_name(section.heading, taken), tuple(rows), widths, frozen=(1, 2))


def _entries(section: SumSection, lang: Lang, taken: frozenset[str]) -> WrittenSheet:
    rows: list[tuple[Cell | None, ...]] = [
        tuple(Cell(words.pick(lang), Look(role="head")) for words, _ in _ENTRY_HEADS)
    ]
    rows += [cells for row in section.rows for cells in _vouchers(row)]
    return WrittenSheet(
        sheet_name(_ENTRIES.pick(lang), taken),
        tuple(rows),
        tuple(width for _, width in _ENTRY_HEADS),
        frozen=(1, 1),
        landscape=True,
    )


def _vouchers(row: SumRow) -> Iterator[tuple[Cell, ...]]:
    for entry in row.entries:
        yield (
            Cell(row.label),
            _cell(entry.date, "date"),
            Cell(entry.voucher),
            Cell(entry.summary),
            Cell(entry.party),
            Cell(entry.amount, Look("money")),
            Cell(entry.handler),
            Cell(entry.witness),
            Cell(entry.approver),
        )


def _grid(section: TableSection, taken: frozenset[str]) -> WrittenSheet:
    kinds = [_kind(column.type) for column in section.columns]
    rows: list[tuple[Cell | None, ...]] = [
        tuple(Cell(column.label, Look(role="head")) for column in section.columns)
    ]
    rows += [
        tuple(_cell(value, kind) for value, kind in zip(row.cells, kinds, strict=True))
        for row in section.rows
    ]
    if section.totals is not None:
        rows.append(
            tuple(
                Cell(value, Look(kind if isinstance(value, int) else "text", "total"))
                for value, kind in zip(section.totals, kinds, strict=True)
            )
        )
    widths = tuple({"money": 18, "date": 13, "int": 10}.get(kind, 20) for kind in kinds)
    name = sheet_name(section.heading, taken)
    return WrittenSheet(name, tuple(rows), widths, frozen=(1, 1), landscape=len(widths) > 6)


def _kind(of: str) -> Kind:
    return of if of in ("money", "int", "date") else "text"  # type: ignore[return-value]


def _cell(value: str | int | date | None, kind: Kind) -> Cell:
    """Return a cell whose value is of its kind; a text where no such value stands is a text."""
    if kind == "date" and isinstance(value, str):
        try:
            return Cell(date.fromisoformat(value), Look("date"))
        except ValueError:
            return Cell(value)
    if isinstance(value, int) and kind == "text":
        return Cell(value, Look("int"))
    return Cell(value, Look(kind if not isinstance(value, str) else "text"))
