"""One sheet as the search for single values goes through it: from a cell to the words to its left and above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from server.rules.cells import is_blank, shown
from server.rules.matching import SEARCHED_ROWS as HEADING_ROWS
from server.rules.matching import columns_under, headings
from server.rules.singles_words import Label, SingleNames, amounts_within, is_amount, units_of
from server.rules.tables import FormTables
from server.rules.workbooks import Raw, ReadSheet

SEARCHED_ROWS, SEARCHED_COLUMNS = 2_000, 60
FAR_LEFT, FAR_UP = 30, 60
MOST_WORDS = 6
_LIST_HEADINGS = 3


class Seen(Struct, frozen=True):
    """Words met on the way from a value to its labels."""

    row: int
    column: int
    words: str
    label: Label | None


class Over(Struct, frozen=True):
    """The heading that a short name stands under; `sure` where it means nothing else."""

    key: str
    sure: bool
    words: str


def heading_of(seen: Sequence[Seen]) -> Over | None:
    """Return the first heading among words that stand together."""
    for one in seen:
        if one.label is not None and one.label.heading is not None:
            return Over(*one.label.heading, one.words)
    return None


class SearchedSheet:
    """A sheet's cells and the words around them. `list_rows`: the headings of lists, which name no single value;
    `units`: what its amounts may be in."""

    def __init__(
        self, sheet: ReadSheet, tables: FormTables, names: SingleNames, headers: Sequence[int]
    ) -> None:
        self.sheet = sheet
        self.width = min(sheet.width, SEARCHED_COLUMNS)
        self.rows = sheet.rows[:SEARCHED_ROWS]
        self._names = names
        self._labels: dict[str, Label | None] = {}
        self._nearest: dict[int, list[int]] = {}
        self._inside: dict[str, tuple[Label, str] | None] = {}
        self.list_rows = {
            *headers,
            *(
                row
                for row in range(min(len(self.rows), HEADING_ROWS))
                if self._heads_a_list(row, tables)
            ),
        }
        self.units = units_of(
            shown(c) for row in self.rows for c in row[:SEARCHED_COLUMNS] if isinstance(c, str)
        )

    def _heads_a_list(self, row: int, tables: FormTables) -> bool:
        heads = headings(self.sheet, row)
        if sum(bool(h) for h in heads) < _LIST_HEADINGS:
            return False
        return any(columns_under(t, heads)[2] >= _LIST_HEADINGS for t in tables.tables)

    def label(self, words: str) -> Label | None:
        """Return what words say as a label."""
        if words not in self._labels:
            self._labels[words] = self._names.label(words)
        return self._labels[words]

    def label_in(self, raw: Raw) -> tuple[Label | None, str]:
        """Return what a cell's words say as a label; with an amount behind it, its label."""
        words = shown(raw)
        label = self.label(words)
        if label is None and isinstance(raw, str):
            if raw not in self._inside:
                self._inside[raw] = self._label_inside(raw)
            return self._inside[raw] or (None, words)
        return label, words

    def _label_inside(self, raw: str) -> tuple[Label, str] | None:
        for said, _, _ in amounts_within(raw):
            if (inner := self.label(said)) is not None and (inner.heading or inner.short):
                return inner, said
        return None

    def near(self, row: int, column: int) -> Seen | None:
        """Return the nearest words to the left of a cell."""
        return next(self._leftwards(row, column), None)

    def left(self, row: int, column: int) -> list[Seen]:
        """Return the words to the left of a cell, the nearest first, each once."""
        seen: list[Seen] = []
        for one in self._leftwards(row, column):
            if not seen or seen[-1].words != one.words:
                seen.append(one)
            if len(seen) == MOST_WORDS:
                break
        return seen

    def _leftwards(self, row: int, column: int) -> Iterator[Seen]:
        words_at = self._words_at(row)
        at = words_at[column] if column < len(words_at) else -1
        while at >= 0 and column - at < FAR_LEFT:
            label, words = self.label_in(self.sheet.at(row, at))
            yield Seen(row, at, words, label)
            at = words_at[at]

    def _words_at(self, row: int) -> list[int]:
        """Return for each column of a row where the nearest words to its left stand, -1 for nowhere."""
        if row not in self._nearest:
            nearest, last = [], -1
            for column in range(self.width):
                nearest.append(last)
                raw = self.sheet.at(row, column)
                if not is_blank(raw) and not is_amount(raw):
                    last = column
            self._nearest[row] = nearest
        return self._nearest[row]

    def up(self, row: int, column: int, far: int = FAR_UP) -> list[Seen]:
        """Return the words above a cell: the first met within `far` rows, and those that stand straight on top of it."""
        seen: list[Seen] = []
        for at in range(row - 1, max(-1, row - far - MOST_WORDS), -1):
            raw = self.sheet.at(at, column)
            if is_blank(raw) or is_amount(raw):
                if seen or at <= row - far:
                    break
                continue
            words = shown(raw)
            if not seen or seen[-1].words != words:
                seen.append(Seen(at, column, words, self.label(words)))
            if len(seen) == MOST_WORDS:
                break
        return seen

    def context(self, left: Sequence[Seen], near: Seen) -> Over | None:
        """Return the heading that a short name stands under: further left in its row, or above it in its column."""
        for one in left[1:]:
            if one.label is None:
                break
            if one.label.heading is not None:
                return Over(*one.label.heading, one.words)
        for row in range(near.row - 1, max(-1, near.row - FAR_UP), -1):
            raw = self.sheet.at(row, near.column)
            if is_blank(raw) or is_amount(raw):
                continue
            label, words = self.label_in(raw)
            if label is None or not (label.short or label.heading):
                return None
            if label.heading is not None:
                return Over(*label.heading, words)
            beside = self.near(row, near.column)
            if beside is not None and beside.label is not None and beside.label.heading is not None:
                return Over(*beside.label.heading, beside.words)
        return None

    def is_shared(self, row: int, column: int) -> bool:
        """Tell whether a merged cell holds one number for rows or columns of several names."""
        covered, value = self.sheet.covered, self.sheet.at(row, column)
        down, right = row + 1, column + 1
        while (down, column) in covered and self.sheet.at(down, column) == value:
            if self._words_of(self.near(down, column)) != self._words_of(self.near(row, column)):
                return True
            down += 1
        while (row, right) in covered and self.sheet.at(row, right) == value:
            if self._head(row - 1, right) != self._head(row - 1, column):
                return True
            right += 1
        return False

    def _words_of(self, seen: Seen | None) -> str:
        return seen.words if seen is not None else ""

    def _head(self, row: int, column: int) -> str | None:
        words = shown(self.sheet.at(row, column)) if row >= 0 else ""
        return words if self.label(words) is not None else None
