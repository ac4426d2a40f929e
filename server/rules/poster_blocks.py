"""What goes onto a poster, and the lines it becomes; amounts are fen, lengths millimetres."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from server.rules.values import yuan

Kind = Literal["text", "int", "money"]


class Column(Struct, frozen=True):
    """A column of a table; amounts are fen. `carried`: its sum goes along from sheet to sheet."""

    label: str
    kind: Kind = "text"
    carried: bool = False

    @property
    def right(self) -> bool:
        """Whether it stands at the right of its column."""
        return self.kind != "text"


class Row(Struct, frozen=True):
    """One row, as its cells are read; `amounts` are what is carried of it, one a column, None where nothing is."""

    cells: tuple[str, ...]
    style: str = "line"
    amounts: tuple[int | None, ...] = ()


class Table(Struct, frozen=True):
    """Rows under heads that are repeated on every sheet."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None


class Pairs(Struct, frozen=True):
    """Single values, each after its label."""

    heading: str
    items: tuple[tuple[str, str], ...]


class Notes(Struct, frozen=True):
    """Sentences below each other."""

    lines: tuple[str, ...]
    style: str = "note"


Block = Table | Pairs | Notes


class Words(Struct, frozen=True):
    """What the layout itself says, in the reader's language."""

    sheet: str
    carried_over: str
    brought_forward: str
    continued: str
    cut: str


class Masthead(Struct, frozen=True):
    """The head of a sheet. `marks`: what must be known before anything else; `figures`: label and amount."""

    place: str
    title: str
    period: str
    about: str
    unit: str
    edition: str
    reason: str = ""
    marks: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()


class Cell(Struct, frozen=True):
    """What stands in one column of a line, broken into lines of its own."""

    lines: tuple[str, ...]
    width: float
    right: bool = False


class Line(Struct, frozen=True):
    """One line of a sheet: its style, its cells from left to right, how high it is, and of which table it is (0: none).

    `scale`: how much smaller than its style it is set, in twentieths.
    """

    style: str
    cells: tuple[Cell, ...]
    height: float
    table: int = 0
    scale: float = 1.0


class SheetOfPaper(Struct):
    """What stands on one sheet, from its head down."""

    number: int
    lines: list[Line] = field(default_factory=list)


def shown(value: int, kind: Kind) -> str:
    """Return a number as it stands on paper."""
    return yuan(value).replace("-", "−") if kind == "money" else f"{value:,}".replace("-", "−")
