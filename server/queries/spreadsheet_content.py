"""What a spreadsheet would fill into a form: a template's content, a proposal for other people's sheets, nothing stored.

The file is read, looked at and forgotten. Personal numbers anywhere in it refuse the whole; what is hidden is named and
left out until the person says that it should be read; every matched row becomes content or none does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import anyio
import anyio.to_thread
from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.external import spreadsheet_files
from server.external.json_schema import SchemaError
from server.external.spreadsheet_files import Limits
from server.problems import Say
from server.rules.categories import Category, office_phones
from server.rules.cells import is_blank, shown
from server.rules.matching import Match, is_complete, label_rows, propose
from server.rules.permissions import Actor, refusal_by_role
from server.rules.personal_cells import Allowed, personal_cells
from server.rules.readings import CellError, FoundSingle
from server.rules.rulebook import Rulebook, posting_act
from server.rules.singles_search import find_singles
from server.rules.table_reading import Words, completed, holds_rows, read_tables
from server.rules.tables import FormTables, TableColumn, tables_of
from server.rules.templates import marked
from server.rules.workbooks import ReadSheet, position, spans

Validators = Mapping[tuple[str, int], Callable[[Any], Sequence[SchemaError]]]

SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_LENGTH = 20, 60, 60
MOST_ERRORS = 50
AT_ONCE = 2
_ONE_NUMBER = re.compile(r"\+?[\d\s()（）-]{5,24}")

_limit: anyio.CapacityLimiter | None = None


class SheetView(Struct, frozen=True):
    """A sheet as the matching step shows it: its size and its first rows as people see them."""

    name: str
    rows: int
    columns: int
    top: tuple[tuple[str, ...], ...]


class HiddenPart(Struct, frozen=True):
    """Something hidden that holds data: a whole sheet, or some of its rows or columns."""

    sheet: str
    kind: Literal["sheet", "rows", "columns"]
    places: tuple[str, ...]


class TakenSingle(Struct, frozen=True):
    """A single value that a person took: which was found, in which sheet and cell, and what it said to them."""

    pointer: str
    sheet: int
    cell: str
    value: str | int | bool


class Chosen(Struct, frozen=True):
    """What a person decided: which column is which, and which of the single values found are taken."""

    matches: Sequence[Match]
    singles: Sequence[TakenSingle] = ()


class SpreadsheetContent(Struct, frozen=True):
    """What came of a spreadsheet. `content` is None while a person still has to say which column is which.

    `template`: it was our own, known by its mark. `singles`: what was found for the single values, several for one that
    a person has to choose. `skipped`: rows of totals, single values and notes that were left out of the lists.
    """

    template: bool
    sheets: tuple[SheetView, ...]
    matches: tuple[Match, ...]
    singles: tuple[FoundSingle, ...]
    hidden: tuple[HiddenPart, ...]
    content: Mapping[str, Any] | None
    skipped: tuple[str, ...]


async def spreadsheet_content(
    *,
    book: Rulebook,
    validators: Validators,
    actor: Actor,
    category_key: str,
    division: str,
    data: bytes,
    limits: Limits,
    hidden: bool,
    chosen: Chosen | None,
    words: Words,
) -> SpreadsheetContent:
    """Return what a spreadsheet says for a category's form; with what a person has `chosen`, what that says.

    Raises unknown_category, not_allowed, parameter_not_valid, the spreadsheet problems, template_of_other_category,
    spreadsheet_has_personal_numbers, cells_not_read.
    """
    global _limit
    category = book.categories.get(category_key)
    if category is None:
        raise problems.unknown_category(category_key, sorted(book.categories))
    if why := refusal_by_role(actor, posting_act(category), division):
        raise problems.not_allowed(why)
    _limit = _limit or anyio.CapacityLimiter(AT_ONCE)
    work = partial(
        _read,
        book=book,
        category=category,
        validate=validators[category.key, category.current_version],
        data=data,
        limits=limits,
        hidden=hidden,
        chosen=chosen,
        words=words,
    )
    return await anyio.to_thread.run_sync(work, limiter=_limit)


def _read(
    *,
    book: Rulebook,
    category: Category,
    validate: Callable[[Any], Sequence[SchemaError]],
    data: bytes,
    limits: Limits,
    hidden: bool,
    chosen: Chosen | None,
    words: Words,
) -> SpreadsheetContent:
    form = book.papers[category.key, category.current_version].form
    tables = tables_of(form)
    everything = spreadsheet_files.read(data, limits)
    parts = tuple(_hidden_parts(everything))
    sheets = [
        replace(sheet, hidden=False) if hidden else sheet.without_hidden() for sheet in everything
    ]
    found = _own_matches(book, category, tables, sheets)
    asked = _singles_sheet(tables, sheets) if found is not None and chosen is None else None
    proposed = found if found is not None else _proposed(sheets, tables)
    stated = find_singles(sheets, tables, proposed)
    phones = _office_phones(category, tables)
    _refuse_personal_numbers(
        everything,
        {(asked.name, row, 1) for _, row in label_rows(asked, phones)}
        if asked is not None
        else _phones_found(stated, sheets, phones),
    )
    _refuse_other_category(book, category, sheets)
    answer = SpreadsheetContent(
        template=found is not None,
        sheets=tuple(map(sheet_view, sheets)),
        matches=tuple(chosen.matches if chosen is not None else proposed),
        singles=stated,
        hidden=parts,
        content=None,
        skipped=(),
    )
    if chosen is None and found is None:
        return answer
    _refuse_impossible(tables, sheets, answer.matches)
    taken = _taken(stated, chosen.singles if chosen is not None else ())
    reading = read_tables(tables, sheets, answer.matches, words=words, singles=asked, taken=taken)
    errors = reading.errors or _shape_errors(validate, form, reading.content, reading.where)
    if errors:
        raise problems.cells_not_read(len(errors), [_error(e) for e in errors[:MOST_ERRORS]])
    return replace(answer, content=reading.content, skipped=tuple(reading.skipped))


def _proposed(sheets: Sequence[ReadSheet], tables: FormTables) -> list[Match]:
    return [m for m in propose(sheets, tables) if holds_rows(tables, sheets[m.sheet], m)]


def _taken(stated: Sequence[FoundSingle], singles: Sequence[TakenSingle]) -> list[FoundSingle]:
    """Return what a person took of what was found; refuse a value that does not stand there, and two for one."""
    known = {(s.pointer, s.sheet, s.cell, s.value): s for s in stated if s.value is not None}
    taken = [known.get((s.pointer, s.sheet, s.cell, s.value)) for s in singles]
    if None in taken or len({s.pointer for s in singles}) < len(taken):
        raise problems.parameter_not_valid(
            "matching", Say("表里没有这个数", "the sheet does not say this value")
        )
    return [one for one in taken if one is not None]


def _error(error: CellError) -> dict[str, object]:
    named: dict[str, object] = {"cell": error.place, "detail": error.text}
    if error.table:
        named |= {"table": error.table, "column": error.column}
    if error.word is not None:
        named["word"] = error.word
    return named


def _shape_errors(
    validate: Callable[[Any], Sequence[SchemaError]],
    form: Mapping[str, Any],
    content: Mapping[str, Any],
    where: Mapping[str, str],
) -> list[CellError]:
    """Return what the category's schema says of cells that were read; what is still missing is the form's to ask."""
    return [
        CellError(where[error.pointer], error.message, "", error.pointer)
        for error in validate(completed(form, content))
        if error.pointer in where
    ]


# ---------------------------------------------------------------- refusals


def _refuse_personal_numbers(sheets: Sequence[ReadSheet], allowed: Allowed) -> None:
    found = list(personal_cells(sheets, allowed))
    if found:
        raise problems.spreadsheet_has_personal_numbers(len(found), found[:MOST_ERRORS])


def _office_phones(category: Category, tables: FormTables) -> list[TableColumn]:
    offices = office_phones(category)
    return [c for c in tables.single.columns if c.pointer in offices]


def _phones_found(
    stated: Sequence[FoundSingle], sheets: Sequence[ReadSheet], phones: Sequence[TableColumn]
) -> Allowed:
    """Return the cells in which an office's number was found that is offered to be taken, and nothing but that number."""
    offered = [
        (sheets[one.sheet], position(one.cell))
        for one in stated
        if one.pointer in {c.pointer for c in phones} and _ONE_NUMBER.fullmatch(str(one.value))
    ]
    return {(sheet.name, *cell) for sheet, at in offered for cell in sheet.merged_with(*at)}


def _refuse_other_category(book: Rulebook, category: Category, sheets: Sequence[ReadSheet]) -> None:
    mark = _mark(sheets)
    if mark is not None and mark[0] != category.key:
        other = book.categories.get(mark[0])
        found = other.name if other else Say(mark[0], mark[0])
        raise problems.template_of_other_category(found, category.name)


def _refuse_impossible(
    tables: FormTables, sheets: Sequence[ReadSheet], matches: Sequence[Match]
) -> None:
    """Refuse a match that names a sheet, row, table or column that is not there."""
    for match in matches:
        table = tables.table(match.table)
        possible = (
            table is not None
            and 0 <= match.sheet < len(sheets)
            and -1 <= match.header < max(1, len(sheets[match.sheet].rows))
            and all(
                table.column(pointer) is not None and 0 <= position < sheets[match.sheet].width
                for pointer, position in match.columns.items()
            )
        )
        if not possible:
            raise problems.parameter_not_valid(
                "matching", Say("表里没有这一列", "the sheet has no such column")
            )


# ---------------------------------------------------------------- our own template


def _mark(sheets: Sequence[ReadSheet]) -> tuple[str, int] | None:
    for sheet in sheets:
        mark = marked([shown(row[0]) for row in sheet.rows[:60] if row])
        if mark is not None:
            return mark
    return None


def _own_matches(
    book: Rulebook, category: Category, tables: FormTables, sheets: Sequence[ReadSheet]
) -> list[Match] | None:
    """Return the matches of our own template, or None where the file is another's or its headings were changed.

    One that was fetched when an older version was asked is complete with the tables which that version had.
    """
    mark = _mark(sheets)
    if mark is None or mark not in book.papers or mark[0] != category.key:
        return None
    asked = tables_of(book.papers[mark].form)
    found = propose(sheets, tables)
    whole = [
        match
        for match in found
        if (table := tables.table(match.table)) is not None
        and is_complete(table, sheets[match.sheet], match)
    ]
    return whole if len(whole) == len(asked.tables) else None


def _singles_sheet(tables: FormTables, sheets: Sequence[ReadSheet]) -> ReadSheet | None:
    """Return the sheet that asks the single values: the one with the most of their labels."""
    asked = [(len(list(label_rows(s, tables.single.columns))), s) for s in sheets]
    best = max(asked, key=lambda one: one[0], default=(0, None))
    return best[1] if best[0] else None


# ---------------------------------------------------------------- what is shown


def sheet_view(sheet: ReadSheet) -> SheetView:
    """Return a sheet as the matching step shows it."""
    width = min(sheet.width, SHOWN_COLUMNS)
    return SheetView(
        name=sheet.name,
        rows=len(sheet.rows),
        columns=sheet.width,
        top=tuple(
            tuple(shown(sheet.at(row, column))[:SHOWN_LENGTH] for column in range(width))
            for row in range(min(len(sheet.rows), SHOWN_ROWS))
        ),
    )


def _hidden_parts(sheets: Sequence[ReadSheet]) -> Iterator[HiddenPart]:
    for sheet in sheets:
        if not any(not is_blank(cell) for row in sheet.rows for cell in row):
            continue
        if sheet.hidden:
            yield HiddenPart(sheet.name, "sheet", ())
            continue
        rows = frozenset(
            r for r in sheet.hidden_rows if any(not is_blank(cell) for cell in sheet.rows[r])
        )
        columns = frozenset(
            c
            for c in sheet.hidden_columns
            if any(not is_blank(sheet.at(r, c)) for r in range(len(sheet.rows)))
        )
        if rows:
            yield HiddenPart(sheet.name, "rows", spans(rows, "row"))
        if columns:
            yield HiddenPart(sheet.name, "columns", spans(columns, "column"))
