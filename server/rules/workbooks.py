"""Workbooks as values: what was read of one, what is to be written into one, and how its cells are named.

No file format here: `external/spreadsheet_files.py` reads into these, `external/spreadsheets.py` writes from them.
Rows and columns count from 0; people read `收入!C7`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from server.rules.values import Fen


class Broken(Struct, frozen=True):
    """A cell without a usable value: an error such as #REF!, or a formula that no program has worked out."""

    kind: Literal["error", "uncalculated"]
    shown: str


Raw: TypeAlias = str | int | float | bool | date | Broken | None


class ReadSheet(Struct, frozen=True):
    """One sheet as it was read; merged cells already hold the value of their first one.

    `covered`: cells that stand in a merged area without being its first. Hidden rows and columns are still in `rows`.
    """

    name: str
    rows: tuple[tuple[Raw, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    covered: frozenset[tuple[int, int]] = frozenset()

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def without_hidden(self) -> ReadSheet:
        """Return the sheet with nothing in its hidden rows and columns; a hidden sheet has nothing at all."""
        if self.hidden:
            return replace(self, rows=(), covered=frozenset())
        if not self.hidden_rows and not self.hidden_columns:
            return self
        return replace(
            self,
            rows=tuple(
                ()
                if number in self.hidden_rows
                else tuple(None if c in self.hidden_columns else v for c, v in enumerate(row))
                for number, row in enumerate(self.rows)
            ),
        )

    def at(self, row: int, column: int) -> Raw:
        """Return a cell, None outside the sheet."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def merged_with(self, row: int, column: int) -> Iterator[tuple[int, int]]:
        """Yield a cell, and those that are merged with it."""
        value, down = self.at(row, column), row
        while down == row or ((down, column) in self.covered and self.at(down, column) == value):
            yield down, column
            right = column + 1
            while (down, right) in self.covered and self.at(down, right) == value:
                yield down, right
                right += 1
            down += 1


def letters(column: int) -> str:
    """Return a column's letters: 0 -> 'A', 27 -> 'AB'."""
    said = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        said = chr(ord("A") + digit) + said
    return said


def cell_name(row: int, column: int) -> str:
    """Return a cell's name: (6, 2) -> 'C7'."""
    return f"{letters(column)}{row + 1}"


def position(name: str) -> tuple[int, int]:
    """Return the row and the column of a cell's name: 'C7' -> (6, 2)."""
    row = name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(row) - 1, column_number(name.removesuffix(row))


def place(sheet: str, row: int, column: int) -> str:
    """Return where a cell stands, as people say it: '收入!C7'."""
    return f"{sheet}!{cell_name(row, column)}"


def column_number(name: str) -> int:
    """Return the column of letters: 'A' -> 0, 'AB' -> 27."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def spans(numbers: frozenset[int], name: Literal["row", "column"]) -> tuple[str, ...]:
    """Return numbers as people read them on the edge of a sheet: rows {2, 3, 7} -> ('3–4', '8')."""
    said: list[str] = []
    ordered = sorted(numbers)
    start = 0
    for end, number in enumerate(ordered):
        if end + 1 < len(ordered) and ordered[end + 1] == number + 1:
            continue
        first, last = _edge(ordered[start], name), _edge(number, name)
        said.append(first if first == last else f"{first}–{last}")
        start = end + 1
    return tuple(said)


def _edge(number: int, name: Literal["row", "column"]) -> str:
    return str(number + 1) if name == "row" else letters(number)


# ---------------------------------------------------------------- to be written

Kind = Literal["text", "money", "int", "date", "permille"]
Role = Literal["body", "input", "head", "total", "title", "note"]
Tone = Literal["plain", "on_time", "late", "missing", "upcoming"]


class Look(Struct, frozen=True):
    """How a cell looks: what kind of value, what part of the sheet; a tone is a colour beside its word, never alone."""

    kind: Kind = "text"
    role: Role = "body"
    tone: Tone = "plain"
    level: int = 0


class Cell(Struct, frozen=True):
    """One cell to write. Money is fen and becomes a number of yuan, a share per thousand becomes one of 1; a text never
    becomes a formula.

    `formula` is ours alone, never made of what people typed; `value` is what it comes to.
    """

    value: str | int | Fen | date | None
    look: Look = Look()
    formula: str | None = None


class Validation(Struct, frozen=True):
    """What may be typed into a block of cells (rows and columns inclusive); `choices` is a range or a short list."""

    first: tuple[int, int]
    last: tuple[int, int]
    kind: Literal["choice", "money", "int", "date"]
    title: str
    message: str
    choices: str | tuple[str, ...] = ()


class WrittenSheet(Struct, frozen=True):
    """One sheet to write. `frozen`: rows above and columns left of it stay in view. `protected`: only input cells change.

    `filtered`: its first row is heads, by which whoever opens it may filter and sort all others.
    """

    name: str
    rows: tuple[tuple[Cell | None, ...], ...]
    widths: tuple[int, ...]
    frozen: tuple[int, int] = (0, 0)
    protected: bool = False
    landscape: bool = False
    filtered: bool = False
    validations: tuple[Validation, ...] = ()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)


class WrittenBook(Struct, frozen=True):
    """A workbook to write."""

    title: str
    sheets: tuple[WrittenSheet, ...]


_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
LONGEST_NAME = 31


def sheet_name(words: str, taken: frozenset[str] = frozenset()) -> str:
    """Return words as a sheet may be called: 31 characters at most, none of []:*?/\\ and ', and not taken yet."""
    plain = " ".join(words.translate(_NOT_IN_A_NAME).split())[:LONGEST_NAME].strip() or "-"
    name, number = plain, 2
    while name.casefold() in {t.casefold() for t in taken}:
        end = f" {number}"
        name, number = plain[: LONGEST_NAME - len(end)] + end, number + 1
    return name
