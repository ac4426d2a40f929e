"""Paper: its sizes, what is fixed on it, and how each kind of line is set.

Lengths are millimetres. `unit` is the height of a character of the table: 7.7 mm on A3, which is read from 1.5 m.
"""

from __future__ import annotations

import math
from typing import Final, Literal

from msgspec import Struct

PaperSize = Literal["a3", "a4"]
Way = Literal["portrait", "landscape"]


class Format(Struct, frozen=True):
    """A sheet of paper and what is fixed on it.

    `code`: how wide the code is, without the white around it; `last`: how many lines stand below everything.
    """

    paper: PaperSize
    way: Way
    width: float
    height: float
    margin: float
    unit: float
    code: float
    last: int = 2

    @property
    def side(self) -> float:
        """How wide the column at the side is; 0 where dates, places for signatures and the code stand below."""
        return self.code + 0.4 * self.unit if self.way == "landscape" else 0.0

    @property
    def gap(self) -> float:
        """The white between the table and what stands beside it: as much as a code needs around it."""
        return self.code * 4 / 25

    @property
    def measure(self) -> float:
        """How wide the table may be."""
        return self.width - 2 * self.margin - (self.side + self.gap if self.side else 0.0)

    @property
    def foot(self) -> float:
        """How high what stands below the table is: the last lines and, on an upright sheet, the block with the code."""
        return (LAST_WHITE + self.last) * self.unit + (0.0 if self.side else self.block)

    @property
    def block(self) -> float:
        """How high the block with dates, places for signatures and the code is on an upright sheet."""
        return max(self.code + 1.5 * self.unit, BLOCK * self.unit) + 0.8 * self.unit

    @property
    def body(self) -> float:
        """How high the lines of a sheet may be, its head among them."""
        return self.height - 2 * self.margin - self.foot


# Of the block below the table, in units: two small lines, two large ones, four places for signatures.
BLOCK: Final = 11.9
# How high the characters of dates and telephone are there, and those of the words above them.
LARGE, SMALL = 1.2, 0.8
# The white and the rule above the last lines, and how high their characters are.
LAST_WHITE: Final = 0.7
LAST_SIZE: Final = 0.7
_A3: Final = (297.0, 420.0, 14.0, 7.7, 82.0)
_A4: Final = (210.0, 297.0, 10.0, 5.4, 60.0)


def step(scale: float) -> float:
    """Return a scale as a step of a twentieth, from 0.5 to 1: a style sheet has a name for each."""
    return min(max(math.floor(scale * 20) / 20, 0.5), 1.0)


def format_of(paper: PaperSize, way: Way) -> Format:
    """Return the format of a size of paper, upright or lying."""
    short, long, margin, unit, code = _A3 if paper == "a3" else _A4
    width, height = (short, long) if way == "portrait" else (long, short)
    return Format(paper, way, width, height, margin, unit, code)


class Style(Struct, frozen=True):
    """How a line is set, in units: the height of its characters, of a line of them, and the white above and below."""

    size: float
    pitch: float
    white: float = 0.0
    bold: bool = False


STYLES: Final[dict[str, Style]] = {
    "top": Style(0.8, 1.2, 0.1),
    "title": Style(3.0, 3.5, 0.1, bold=True),
    "again": Style(1.4, 1.8, 0.1, bold=True),
    "period": Style(1.2, 1.6, 0.1),
    "edition": Style(0.9, 1.3, 0.2, bold=True),
    "mark": Style(0.85, 1.2, 0.1),
    "say": Style(0.85, 1.25),
    "label": Style(0.85, 1.2, 0.15),
    "figure": Style(1.45, 1.9, bold=True),
    "heading": Style(1.2, 1.7, 0.3, bold=True),
    "head": Style(0.85, 1.1, 0.2, bold=True),
    "line": Style(1.0, 1.2, 0.07),
    "group": Style(1.0, 1.2, 0.07, bold=True),
    "sub": Style(0.9, 1.15, 0.07),
    "entry": Style(0.85, 1.1, 0.05),
    "total": Style(1.05, 1.3, 0.1, bold=True),
    "carried": Style(0.9, 1.2, 0.07, bold=True),
    "pair": Style(1.0, 1.35),
    "note": Style(0.8, 1.15, 0.05),
}
# The white between two columns of a table, in units.
PADDING: Final = 0.7
