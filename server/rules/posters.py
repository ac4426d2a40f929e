"""The sheet on the wall: how a notice is laid out on paper, in lines that every painter only has to paint.

Paper has an end that a screen has not: which rows stand on which sheet, what is carried over, and that this is sheet
2 of 3 must be the same in a browser's print and in a PDF. So it is decided here, by widths that hold in every Chinese
font: a character is as wide as it is high, digits and letters are given a little more than they need.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from server.rules.poster_blocks import (
    Block,
    Cell,
    Column,
    Line,
    Masthead,
    Notes,
    Pairs,
    Row,
    SheetOfPaper,
    Table,
    Words,
    shown,
)
from server.rules.poster_formats import PADDING, STYLES, Format, step
from server.rules.poster_widths import column_widths
from server.rules.type_widths import evenly, width_of, wrapped

# A remark that would fill a sheet alone is cut, and says so: the code leads to all of it.
_MOST_LINES: Final = 8
_SPARE: Final = 0.4


def laid_out(
    head: Masthead, blocks: Sequence[Block], words: Words, sheet: Format
) -> tuple[SheetOfPaper, ...]:
    """Return the sheets of a notice: heads repeated, sums carried over and brought forward, nothing below the edge."""
    layout = _Layout(head, words, sheet)
    for number, block in enumerate(blocks, start=1):
        match block:
            case Table():
                after = blocks[number : number + 1]
                layout.table(block, number, [b for b in after if isinstance(b, Notes)])
            case Pairs():
                layout.pairs(block)
            case Notes():
                layout.notes(block)
    for sheet_ in layout.sheets:
        first = sheet_.lines[0]
        count = words.sheet.format(n=sheet_.number, m=len(layout.sheets))
        filled = replace(first.cells[1], lines=(count,))
        sheet_.lines[0] = replace(first, cells=(first.cells[0], filled))
    return tuple(layout.sheets)


class _Layout:
    """Sheets as they fill up."""

    def __init__(self, head: Masthead, words: Words, sheet: Format) -> None:
        self.head, self.words, self.format = head, words, sheet
        self.measure = sheet.measure
        self.sheets: list[SheetOfPaper] = []
        self.left = 0.0
        self.next_sheet()

    # ---- sheets

    def next_sheet(self) -> None:
        number = len(self.sheets) + 1
        self.sheets.append(SheetOfPaper(number))
        self.left = self.format.body - _SPARE * self.format.unit
        for line in self._first_head() if number == 1 else self._head_again():
            self.put(line)

    def put(self, line: Line) -> None:
        self.sheets[-1].lines.append(line)
        self.left -= line.height

    def fits(self, *lines: Line | None) -> bool:
        return sum(line.height for line in lines if line is not None) <= self.left

    def text(self, style: str, text: str) -> Line:
        """Return a line of running text, broken at the measure."""
        return self.line(style, [(text, self.measure, False)])

    def line(
        self,
        style: str,
        cells: Sequence[tuple[str, float, bool]],
        *,
        table: int = 0,
        scale: float = 1.0,
    ) -> Line:
        """Return a line of cells, each (text, width, right); as high as its highest."""
        how, unit = STYLES[style], self.format.unit
        padding = PADDING * unit * scale if table else 0.0
        made = []
        for text, width, right in cells:
            measure = (width - padding) / (how.size * scale * unit)
            broken = evenly(text, measure) if style == "head" else wrapped(text, measure)
            if len(broken) > _MOST_LINES:
                broken = [*broken[: _MOST_LINES - 1], self.words.cut]
            made.append(Cell(tuple(broken), width, right))
        most = max((len(cell.lines) for cell in made), default=1)
        height = (most * how.pitch + 2 * how.white) * scale * unit
        return Line(style, tuple(made), height, table, scale)

    # ---- heads

    def _first_head(self) -> list[Line]:
        head, unit = self.head, self.format.unit
        made = [self.top(), self.title(head.title)]
        aside = (width_of(head.unit) + 0.4) * STYLES["period"].size * unit
        made.append(
            self.line(
                "period", [(head.period, self.measure - aside, False), (head.unit, aside, True)]
            )
        )
        if head.about:
            made.append(self.text("mark", head.about))
        label = (width_of(head.edition) * STYLES["edition"].size + 1.4) * unit
        made.append(
            self.line(
                "edition",
                [(head.edition, label, False), (head.reason, self.measure - label, False)],
            )
        )
        made += [self.text("mark", mark) for mark in head.marks]
        if head.figures:
            each = self.measure / len(head.figures)
            widest = max(width_of(value) for _, value in head.figures)
            scale = step((each / unit - 0.8) / (widest * STYLES["figure"].size))
            made.append(self.line("label", [(label, each, False) for label, _ in head.figures]))
            made.append(
                self.line(
                    "figure", [(value, each, False) for _, value in head.figures], scale=scale
                )
            )
        return made

    def _head_again(self) -> list[Line]:
        head = self.head
        below = f"{head.period}　{head.edition}"
        again = self.text("again", f"{head.title}{self.words.continued}")
        return [self.top(), again, self.text("mark", below)]

    def top(self) -> Line:
        """Return the first line; which sheet of how many is filled in when all are there."""
        count = 9.5 * STYLES["top"].size * self.format.unit
        return self.line("top", [(self.head.place, self.measure - count, False), ("", count, True)])

    def title(self, text: str) -> Line:
        """Return the title as large as it fits one line; a long one is broken once before it is set small."""
        scale = step(self.measure / self.format.unit / (width_of(text) * STYLES["title"].size))
        return self.line("title", [(text, self.measure, False)], scale=max(scale, 0.6))

    # ---- blocks

    def notes(self, block: Notes) -> None:
        for text in block.lines:
            line = self.text(block.style, text)
            if not self.fits(line):
                self.next_sheet()
            self.put(line)

    def pairs(self, block: Pairs) -> None:
        unit = self.format.unit
        label = max((width_of(name) for name, _ in block.items), default=0.0) * unit + 1.2 * unit
        label = min(label, self.measure * 0.5)
        heading: Line | None = self.text("heading", block.heading)
        for name, value in block.items:
            line = self.line("pair", [(name, label, False), (value, self.measure - label, False)])
            if not self.fits(heading, line):
                self.next_sheet()
                # What did not begin on the sheet before is not continued on this one.
                heading = heading or self.text("heading", f"{block.heading}{self.words.continued}")
            if heading is not None:
                self.put(heading)
                heading = None
            self.put(line)

    def table(self, block: Table, number: int, notes: Sequence[Notes]) -> None:
        """Put a table; the `notes` right after it do not stand on a sheet of their own, a row goes with them."""
        widths, scale = column_widths(block, self.measure, self.format.unit)
        carries = any(column.carried for column in block.columns) and len(block.rows) > 1

        def line(row: Row) -> Line:
            cells = [
                (text, width, column.right)
                for text, width, column in zip(row.cells, widths, block.columns, strict=True)
            ]
            return self.line(row.style, cells, table=number, scale=scale)

        def carried(word: str, sums: Sequence[int]) -> Line:
            return line(Row(_carried(word, sums, block.columns), "carried"))

        heads = line(Row(tuple(column.label for column in block.columns), "head"))
        total = line(block.total) if block.total else None
        last_lines = [total, *(self.text(n.style, said) for n in notes for said in n.lines)]
        if sum(each.height for each in last_lines if each) > self.format.body / 3:
            last_lines = [total]
        sums = [0] * len(block.columns)
        opened = False
        for at, row in enumerate(block.rows):
            made, last = line(row), at == len(block.rows) - 1
            over = carried(self.words.carried_over, sums) if carries else None
            after = last_lines if last else [over]
            if opened and not self.fits(made, *after):
                if over is not None:
                    self.put(over)
                self.next_sheet()
                self.put(self.text("heading", f"{block.heading}{self.words.continued}"))
                self.put(heads)
                if carries:
                    self.put(carried(self.words.brought_forward, sums))
            elif not opened:
                opening = self.text("heading", block.heading)
                if not self.fits(opening, heads, made, *after):
                    self.next_sheet()
                self.put(opening)
                self.put(heads)
                opened = True
            self.put(made)
            sums = [
                s + (a or 0) for s, a in zip(sums, row.amounts or (0,) * len(sums), strict=True)
            ]
        if total is not None:
            self.put(total)


def _carried(word: str, sums: Sequence[int], columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the cells of a carried line: its word in the widest place before the first sum."""
    first = next(at for at, column in enumerate(columns) if column.carried)
    texts = [at for at, column in enumerate(columns[:first]) if column.kind == "text"]
    place = texts[-1] if texts else 0
    return tuple(
        shown(total, column.kind) if column.carried else word if at == place else ""
        for at, (total, column) in enumerate(zip(sums, columns, strict=True))
    )
