"""Which column of somebody's own sheet is which column of ours: where the headings stand, and a proposal by words.

A proposal is only ever a proposal: a person looks at it beside a few rows and says yes. Words are compared without
spaces, brackets and signs; a heading under a heading (C级 | 户数) is read as both together.
`pwa/src/core/matching.ts` does the same for pasted tables; schemas/vectors/tables.json holds both to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from server.rules.cells import Unit, shown
from server.rules.tables import FormTable, FormTables, TableColumn, names_of, normal
from server.rules.workbooks import ReadSheet

SEARCHED_ROWS = 20
MOST_COLUMNS = 60
_EXACT, _PART = 4, 1
_NAMED = 6
_LEAST_COLUMNS = 2


class Match(Struct, frozen=True):
    """A table of the form found in a sheet: under which row of headings, and which column is which (by number)."""

    sheet: int
    header: int
    table: str
    columns: Mapping[str, int]
    unit: Unit = "yuan"


def headings(sheet: ReadSheet, row: int) -> list[tuple[str, ...]]:
    """Return what each column may be called under this row of headings, normalised; () where nothing stands."""
    found: list[tuple[str, ...]] = []
    for column in range(min(sheet.width, MOST_COLUMNS)):
        own = normal(shown(sheet.at(row, column)))
        above = normal(shown(sheet.at(row - 1, column))) if row else ""
        if not own:
            found.append(())
        elif above and above != own:
            found.append((own, above + own))
        else:
            found.append((own,))
    return found


def columns_under(
    table: FormTable, heads: Sequence[tuple[str, ...]]
) -> tuple[dict[str, int], int, int]:
    """Return the best assignment of headings to a table's columns, its score, and how many fit exactly.

    Each heading is used once; the strongest pairs come first, then the order of the form and of the sheet.
    """
    pairs = sorted(
        (-strength, order, position, column.pointer)
        for order, column in enumerate(table.columns)
        for position, names in enumerate(heads)
        if (strength := _strength(names_of(column.label, column.also), names))
    )
    taken: dict[str, int] = {}
    score = exact = 0
    for strength, _, position, pointer in pairs:
        if pointer in taken or position in taken.values():
            continue
        taken[pointer] = position
        score -= strength
        exact += strength == -_EXACT
    return taken, score, exact


def _strength(ours: Sequence[str], theirs: Sequence[str]) -> int:
    if any(name in ours for name in theirs):
        return _EXACT
    return _PART if any(_within(a, b) for a in ours for b in theirs) else 0


def _within(a: str, b: str) -> bool:
    """Tell whether one name holds the other: two characters of Chinese say something, of English four do."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return short in long and len(short) >= (4 if short.isascii() else 2)


def propose(sheets: Sequence[ReadSheet], tables: FormTables) -> list[Match]:
    """Return a proposed match for every sheet in which a table's headings stand, in the order of the sheets.

    A table is proposed once, for the sheet that fits it best; a sheet once, for the table that fits it best.
    """
    found = sorted(
        (
            (-score, number, order, match)
            for number, sheet in enumerate(sheets)
            if not sheet.hidden
            for order, table in enumerate(tables.tables)
            for score, match in _best(number, sheet, table)
        ),
        key=lambda one: one[:3],
    )
    chosen: list[Match] = []
    for _, _, _, match in found:
        if not any(match.table == m.table or match.sheet == m.sheet for m in chosen):
            chosen.append(match)
    return sorted(chosen, key=lambda m: m.sheet)


def _best(number: int, sheet: ReadSheet, table: FormTable) -> Iterator[tuple[int, Match]]:
    """Yield the best row of headings of a sheet for a table with its score, or nothing."""
    best: tuple[int, Match] | None = None
    for row in range(min(len(sheet.rows), SEARCHED_ROWS)):
        columns, score, _ = columns_under(table, headings(sheet, row))
        wanted = [c for c in table.columns if c.required and not c.computed]
        if len(columns) < min(_LEAST_COLUMNS, len(table.columns)) or not any(
            c.pointer in columns for c in wanted
        ):
            continue
        score += _NAMED * _is_named(sheet, row, table)
        if best is None or score > best[0]:
            best = (
                score,
                Match(number, row, table.key, columns, unit_of(sheet, row, columns, table)),
            )
    if best is not None:
        yield best


def _is_named(sheet: ReadSheet, header: int, table: FormTable) -> bool:
    """Tell whether a sheet's name, a title above its headings or a heading (支出项目) names the table."""
    names = names_of(table.label, table.also)
    titles = [normal(sheet.name)]
    titles += [
        normal(shown(c)) for row in sheet.rows[: header + 1] for c in row[:MOST_COLUMNS] if c
    ]
    return any(_within(name, title) for name in names for title in titles if title)


def unit_of(sheet: ReadSheet, header: int, columns: Mapping[str, int], table: FormTable) -> Unit:
    """Return the unit of a sheet's amounts: what a heading of one says, or the words above them; yuan if nobody says."""
    said = [
        shown(sheet.at(header, position))
        for pointer, position in columns.items()
        if (column := table.column(pointer)) is not None and column.widget == "money"
    ]
    said += [shown(cell) for row in sheet.rows[:header] for cell in row[:MOST_COLUMNS] if cell]
    return "wan" if any("万元" in words for words in said) else "yuan"


def is_complete(table: FormTable, sheet: ReadSheet, match: Match) -> bool:
    """Tell whether the headings under a match are this table's own, word for word: a template of ours."""
    typed = [c for c in table.columns if not c.computed]
    heads = headings(sheet, match.header)
    return all(
        column.pointer in match.columns
        and heads[match.columns[column.pointer]][0] in names_of(column.label)[:2]
        for column in typed
    )


def label_rows(
    sheet: ReadSheet, columns: Sequence[TableColumn]
) -> Iterator[tuple[TableColumn, int]]:
    """Yield the single values of a form that a sheet asks by name in its first column, with their rows."""
    by_name = {normal(words): c for c in columns for words in (c.label.zh, c.label.en)}
    for row in range(len(sheet.rows)):
        column = by_name.get(normal(shown(sheet.at(row, 0))))
        if column is not None:
            yield column, row
