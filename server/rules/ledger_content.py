"""The rows of a category's list in a ledger, village by village, with everything that is wrong with them.

Shape and checks are the category's own, run on what each village would get; a check that asks for more than a file says
(the report telephone, the last roster's count) runs when the notice is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from server.rules import checks, ledger_findings, pointers
from server.rules.categories import Category
from server.rules.cells import is_blank
from server.rules.findings import CheckContext
from server.rules.ledger_files import VILLAGE, rates_said, tidied
from server.rules.ledger_findings import LedgerFinding, LedgerRow, at_cell, row_of
from server.rules.ledger_villages import VillageNames, VillagePart, by_village
from server.rules.matching import Match
from server.rules.readings import Reading
from server.rules.table_reading import completed, read_tables
from server.rules.tables import FormTable, FormTables
from server.rules.values import Text
from server.rules.workbooks import ReadSheet, spans


class ShapeError(Protocol):
    """What a JSON Schema says of one place of a content."""

    @property
    def pointer(self) -> str: ...
    @property
    def message(self) -> Text: ...


Validate = Callable[[Any], Sequence[ShapeError]]


class LedgerContent(Struct, frozen=True):
    """What each village gets, what is wrong, which rows (from 0) were none, and what was assumed."""

    parts: tuple[VillagePart, ...]
    rows: tuple[LedgerRow, ...]
    findings: tuple[LedgerFinding, ...]
    left_out: tuple[int, ...]
    zeros: int
    later: int
    rates: Mapping[str, Any]


def content_of(
    sheets: Sequence[ReadSheet],
    tables: FormTables,
    match: Match,
    *,
    form: Mapping[str, Any],
    validate: Validate,
    category: Category,
    names: VillageNames,
    whole: str | None,
) -> LedgerContent:
    """Return the rows of a matched sheet as contents of villages; `whole`: the one that gets them all."""
    table = tables.table(match.table)
    assert table is not None
    sheet, zeros = tidied(sheets[match.sheet], match, table)
    tidy = [sheet if n == match.sheet else one for n, one in enumerate(sheets)]
    reading = read_tables(tables, tidy, [match])
    rates = rates_said(sheet, match, form)
    left_out = tuple(row - 1 for cell in reading.skipped if (row := row_of(cell)))
    rows, found = _rows(reading, table, names, whole)
    found += [
        LedgerFinding(
            "cell", True, None, sheet.name,
            Text(f"还没有选“{c.label.zh}”是哪一列", f"the column of “{c.label.en}” is still to be chosen"),
        )
        for c in table.columns
        if c.required and not c.computed and c.pointer not in match.columns
    ]  # fmt: skip
    made: list[VillagePart] = []
    later = 0
    for division, own in by_village(rows).items():
        content = _begun(form, table, own, rates)
        for row, values in zip(own, pointers.get(content, table.key), strict=True):
            # The sums of a row are worked out with the content; the sheet's own are compared with them.
            row.values.update(values)
        shape, bad = _misshapen(validate(content), table, own)
        found += shape
        good = [r for n, r in enumerate(own) if r.whole and n not in bad]
        if good:
            as_read = content if len(good) == len(own) else _begun(form, table, good, rates)
            errors, left = _checked(category, as_read, table, good)
            found += errors
            later = max(later, left)
        total = _total(category, content, table, own)
        made.append(VillagePart(division, names.names[division], len(own), total, content))
    added = ledger_findings.added_columns(form, table)
    found += ledger_findings.sums(table, sheet, match, rows, left_out, added)
    found += ledger_findings.twice(rows, table.identity)
    return LedgerContent(tuple(made), tuple(rows), tuple(found), left_out, zeros, later, rates)


def _rows(
    reading: Reading, table: FormTable, names: VillageNames, whole: str | None
) -> tuple[list[LedgerRow], list[LedgerFinding]]:
    """Return the rows as they were read, each with its village, and the cells that could not be."""
    found = [at_cell("cell", e.place, e.text, blocking=True) for e in reading.errors]
    broken = {row_of(e.place) for e in reading.errors}
    cells: dict[int, dict[str, str]] = {}
    begin = f"{table.key}/"
    for at, cell in reading.where.items():
        if at.startswith(begin):
            nth, _, rest = at.removeprefix(begin).partition("/")
            cells.setdefault(int(nth), {})[f"/{rest}"] = cell
    rows: list[LedgerRow] = []
    for number, values in enumerate(pointers.get(reading.content, table.key) or []):
        own = cells.get(number, {})
        row = row_of(next(iter(own.values()), "")) or 0
        said = values.pop(VILLAGE[1:], None)
        village = whole or (names.find(said) if said else None)
        if village is None and VILLAGE in own:
            found.append(
                at_cell("village", own[VILLAGE], names.refusal(str(said)[:20]), blocking=True)
            )
        elif village is None:
            text = Text("这一行没有写是哪个村", "this row does not say its village")
            found.append(at_cell("village", next(iter(own.values()), ""), text, blocking=True))
        rows.append(LedgerRow(row, village, values, own, whole=row not in broken))
    return rows, found


def _begun(
    form: Mapping[str, Any], table: FormTable, rows: Sequence[LedgerRow], rates: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what a notice of these rows begins with: the list, the rates that the notes state, and the sums of the form."""
    content: dict[str, Any] = {}
    for key, values in ({table.key: [dict(r.values) for r in rows]} | dict(rates)).items():
        pointers.put(content, key, values)
    return completed(form, content)


def _misshapen(
    errors: Sequence[ShapeError], table: FormTable, rows: Sequence[LedgerRow]
) -> tuple[list[LedgerFinding], set[int]]:
    """Return what the category's schema says of cells that were read, and the rows (by place) that are not in shape."""
    found: list[LedgerFinding] = []
    bad: set[int] = set()
    for error in errors:
        if error.pointer == table.key:
            cell = next(iter(rows[0].cells.values()))
        elif not (cell := _cell(error.pointer, table, rows, exact=True)):
            continue
        else:
            bad.add(int(error.pointer.removeprefix(f"{table.key}/").partition("/")[0]))
        said = _of_column(error, table)
        found.append(at_cell("cell", cell, said, blocking=True))
    return found, bad


def _of_column(error: ShapeError, table: FormTable) -> Text:
    """Return what is wrong with a cell, and which of the category's columns it was read as."""
    rest = error.pointer.removeprefix(f"{table.key}/").partition("/")[2]
    column = table.column(f"/{rest}")
    if column is None:
        return error.message
    label, message = column.label, error.message
    return Text(f"{label.zh}：{message.zh}", f"{label.en}: {message.en}")


def _checked(
    category: Category, content: Mapping[str, Any], table: FormTable, rows: Sequence[LedgerRow]
) -> tuple[list[LedgerFinding], int]:
    """Return what the checks say of rows, and how many need what no file says: they run when the notice is sent."""
    found: list[LedgerFinding] = []
    later = 0
    for use in category.checks:
        try:
            seen = checks.run_checks(replace(category, checks=(use,)), content, CheckContext())
        except (KeyError, TypeError):
            later += 1  # it asks for something that is still to be filled in
            continue
        for one in seen:
            if cell := _cell(one.pointer, table, rows):
                blocks = one.severity == "blocking"
                found.append(at_cell("check", cell, one.message, blocking=blocks))
    return found, later


def _cell(pointer: str, table: FormTable, rows: Sequence[LedgerRow], *, exact: bool = False) -> str:
    """Return the cell a pointer into the list came from, '' where it is about something else."""
    number, _, rest = pointer.removeprefix(f"{table.key}/").partition("/")
    if (
        not pointer.startswith(f"{table.key}/")
        or not number.isdecimal()
        or int(number) >= len(rows)
    ):
        return ""
    own = rows[int(number)].cells
    if exact or f"/{rest}" in own:
        return own.get(f"/{rest}", "")
    return next(
        (c for p, c in own.items() if p.startswith(f"/{rest}")), next(iter(own.values()), "")
    )


def _total(
    category: Category, content: Mapping[str, Any], table: FormTable, rows: Sequence[LedgerRow]
) -> int | None:
    """Return what a village's rows come to in fen: the total its notice states, else the sum of the last amount of its rows."""
    if category.payments and category.payments.total:
        stated = pointers.get(content, category.payments.total)
        if isinstance(stated, int):
            return stated
    money = [c.pointer for c in table.columns if c.widget == "money"]
    if not money:
        return None
    return sum(v for r in rows if isinstance(v := pointers.get(r.values, money[-1]), int))


def hidden(sheet: ReadSheet, match: Match) -> Iterator[LedgerFinding]:
    """Yield what is hidden in a matched sheet and would count: nobody knows whether it is meant."""
    rows = frozenset(
        r for r in sheet.hidden_rows
        if r > match.header and any(not is_blank(cell) for cell in sheet.rows[r])
    )  # fmt: skip
    used = frozenset(c for c in sheet.hidden_columns if c in match.columns.values())
    for numbers, name, zh in ((rows, "row", "行"), (used, "column", "列")):
        if numbers:
            places = spans(numbers, name)  # type: ignore[arg-type]
            first = min(numbers)
            row = first if name == "row" else match.header
            yield LedgerFinding(
                "cell", True, row + 1, sheet.name,
                Text(f"第 {'、'.join(places)} {zh}被隐藏了，不知道算不算。请取消隐藏，或删掉再传", f"hidden {name}s: {', '.join(places)}. Show them, or delete them"),
            )  # fmt: skip
