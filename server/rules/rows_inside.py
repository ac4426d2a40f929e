"""Rows that belong inside other rows: each voucher into the line of the account that it names.

A line that nobody wrote is made of its vouchers, with their sum; one that could be several is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.rules import pointers
from server.rules.readings import CellError, Reading, ReadRow
from server.rules.tables import INSIDE, ORDINAL, FormTable, FormTables
from server.rules.values import Text

_Name = tuple[Any, ...]


def put_rows_inside(
    tables: FormTables, table: FormTable, rows: Sequence[ReadRow], reading: Reading
) -> None:
    """Put every row into the line it names; a row that names none becomes an error of the reading."""
    lists = {key: _Lines(tables, table, key, reading) for key, _ in table.inside}
    for row in rows:
        key = _list_of(table, lists, row, reading) if row.whole else None
        if key is not None:
            lists[key].take(row)


class _Lines:
    """The lines of one list, by what names them, while rows are put inside them."""

    def __init__(self, tables: FormTables, table: FormTable, key: str, reading: Reading) -> None:
        own = tables.table(key)
        assert own is not None
        self.own = own
        self._table = table
        self._inner = dict(table.inside)[key]
        self._reading = reading
        self._made: set[str] = set()
        self._by_name: dict[_Name, list[str]] = {}
        for number, line in enumerate(pointers.get(reading.content, key, [])):
            name = tuple(pointers.get(line, p) for p in table.identity)
            self._by_name.setdefault(name, []).append(f"{key}/{number}")

    def could_hold(self, row: ReadRow) -> bool:
        """Tell whether this list knows the choices by which a row names its line."""
        for pointer in self._table.identity:
            column, value = self.own.column(pointer), row.values.get("^" + pointer)
            known = column is None or not column.options or value is None
            if not known and not any(o.value == value for o in column.options):  # type: ignore[union-attr]
                return False
        return True

    def take(self, row: ReadRow) -> None:
        """Put a row into its line."""
        at = self._line_of(row)
        if at is None:
            return
        line = pointers.get(self._reading.content, at)
        target = pointers.get(line, self._inner)
        if target is None:
            target = []
            pointers.put(line, self._inner, target)
            self._reading.where[at + self._inner] = row.first.rpartition("!")[0]
        one: dict[str, Any] = {}
        for pointer, value in row.values.items():
            if not pointer.startswith("^"):
                pointers.put(one, pointer, value)
                where = f"{at}{self._inner}/{len(target)}{pointer}"
                self._reading.where[where] = row.cells[pointer]
        target.append(one)
        if at in self._made:
            self._add_up(line, one)

    def _line_of(self, row: ReadRow) -> str | None:
        name = tuple(row.values.get("^" + p) for p in self._table.identity)
        same = self._by_name.get(name, [])
        ordinal = row.values.get(ORDINAL)
        if ordinal is not None and 1 <= ordinal <= len(same):
            return same[int(ordinal) - 1]
        if len(same) == 1 and ordinal is None:
            return same[0]
        label = self.own.label
        if same or ordinal is not None:
            said = Text(
                f"“{label.zh}”里同名的有 {len(same)} 行，应写明是第几行",
                f"“{label.en}” has {len(same)} such rows; say which one",
            )
            self._refuse(row.cells.get(ORDINAL, row.first), said, ORDINAL)
            return None
        if not self.could_hold(row) or all(part is None for part in name):
            said = Text(f"“{label.zh}”里没有这个项目", f"“{label.en}” has no such item")
            self._refuse(row.first, said, "^" + self._table.identity[0])
            return None
        return self._make(name)

    def _make(self, name: _Name) -> str:
        """Make a line of what its rows say of it and return its pointer."""
        line: dict[str, Any] = {}
        for pointer, part in zip(self._table.identity, name, strict=True):
            if part is not None:
                pointers.put(line, pointer, part)
        if pointers.get(self._reading.content, self.own.key) is None:
            pointers.put(self._reading.content, self.own.key, [])
        lines = pointers.get(self._reading.content, self.own.key)
        lines.append(line)
        at = f"{self.own.key}/{len(lines) - 1}"
        self._by_name[name] = [at]
        self._made.add(at)
        return at

    def _add_up(self, line: dict[str, Any], entry: dict[str, Any]) -> None:
        """Keep a line that was made of its rows equal to their sum."""
        for column in self.own.columns:
            if column.widget == "money" and self._table.column(column.pointer) is not None:
                before = pointers.get(line, column.pointer, 0)
                amount = pointers.get(entry, column.pointer, 0)
                pointers.put(line, column.pointer, before + amount)

    def _refuse(self, cell: str, said: Text, column: str) -> None:
        self._reading.errors.append(CellError(cell, said, self._table.key, column))


def _list_of(
    table: FormTable, lists: dict[str, _Lines], row: ReadRow, reading: Reading
) -> str | None:
    """Return the list a row belongs to: the one it names, else the only one that knows its item."""
    said = row.values.get(INSIDE)
    if said is not None:
        return str(said)
    fitting = [key for key, lines in lists.items() if lines.could_hold(row)]
    if len(fitting) == 1:
        return fitting[0]
    labels = [lines.own.label for lines in lists.values()]
    reading.errors.append(
        CellError(
            row.first,
            Text(
                "看不出这一笔属于哪张表，应写明其中之一：" + "、".join(t.zh for t in labels),
                "it is not clear to which table this belongs, expected one of: "
                + ", ".join(t.en for t in labels),
            ),
            table.key,
            INSIDE,
        )
    )
    return None
