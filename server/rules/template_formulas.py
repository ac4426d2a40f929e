"""The formulas of a template: a form's sums, said in the language of spreadsheets.

Only names of sheets, ranges and labels of choices stand in them, all from the form; nothing that people typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from server.rules.tables import FormTable
from server.rules.values import Lang
from server.rules.workbooks import cell_name, letters


class Placed(Struct, frozen=True):
    """A table on its sheet: from the first row that is filled in to the last."""

    table: FormTable
    name: str
    first: int
    last: int

    def position(self, pointer: str) -> int:
        """Return the number of a column."""
        return next(n for n, c in enumerate(self.table.columns) if c.pointer == pointer)

    def block(self, pointer: str) -> str:
        """Return the range of a column's cells, with the name of its sheet."""
        letter = letters(self.position(pointer))
        return f"'{self.name}'!${letter}${self.first + 1}:${letter}${self.last + 1}"


class Layout(Struct, frozen=True):
    """Where everything of a form stands: single values by pointer and row, tables by key."""

    single_name: str
    singles: Mapping[str, int]
    placed: Mapping[str, Placed]
    lang: Lang


def in_row(formula: Mapping[str, Any], placed: Placed, row: int) -> str:
    """Return a sum of cells of one row; an empty row stays empty."""
    plus = [cell_name(row, placed.position(p)) for p in formula["plus"]]
    minus = [cell_name(row, placed.position(p)) for p in formula.get("minus", ())]
    everything = ",".join([*plus, *minus])
    total = f"SUM({','.join(plus)})" + "".join(f"-N({cell})" for cell in minus)
    return f'IF(COUNT({everything})=0,"",{total})'


def over_form(formula: Mapping[str, Any], layout: Layout) -> str:
    """Return a sum over single values and tables."""
    if "rows" in formula:
        return _over_rows(formula, layout)
    plus = [_reached(p, layout) for p in formula["plus"]]
    minus = [_reached(p, layout) for p in formula.get("minus", ())]
    return f"SUM({','.join(plus)})" + (f"-SUM({','.join(minus)})" if minus else "")


def _reached(pattern: str, layout: Layout) -> str:
    if pattern in layout.singles:
        return cell_name(layout.singles[pattern], 1)
    key, _, column = pattern.partition("/*")
    return layout.placed[key].block(column)


def _over_rows(formula: Mapping[str, Any], layout: Layout) -> str:
    placed = layout.placed[formula["rows"]]
    only = "".join(_condition(placed, p, v, layout) for p, v in formula.get("where", {}).items())
    without = [_condition(placed, p, v, layout) for p, v in formula.get("except", {}).items()]
    if "add" in formula:
        what = placed.block(formula["add"])
        total = f"SUMIFS({what}{only})" if only else f"SUM({what})"
        return total + "".join(f"-SUMIFS({what}{only}{condition})" for condition in without)
    if only:
        total = f"COUNTIFS({only[1:]})"
    else:
        first = next(c for c in placed.table.columns if c.required and not c.computed)
        total = f"COUNTA({placed.block(first.pointer)})"
    return total + "".join(f"-COUNTIFS({(only + condition)[1:]})" for condition in without)


def _condition(placed: Placed, pointer: str, value: Any, layout: Layout) -> str:
    """Return a condition for SUMIFS with a comma before it: the column's cells hold the words of this choice."""
    column = placed.table.column(pointer)
    words = next(
        (o.label.pick(layout.lang) for o in (column.options if column else ()) if o.value == value),
        str(value),
    )
    quoted = words.replace('"', '""')
    return f',{placed.block(pointer)},"{quoted}"'
