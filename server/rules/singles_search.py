"""The single values of a form, searched for in somebody's own sheets: what stands beside, below or behind its label.

Labels may stand anywhere. A value is to the right of its label, below it, where a row and a column meet (库存现金 under
期末余额), or in the same cell. Nothing is decided here: every value comes with its cell, and `sure` only where all that
was found for it is one value by its own name. Rows of totals give none. A person takes or leaves each.
`pwa/src/core/singles_search.ts` does the same for pasted tables; schemas/vectors/singles.json holds both to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from server.rules.cells import Misread, Unit, is_blank, read_cell, shown
from server.rules.matching import Match
from server.rules.readings import FoundSingle
from server.rules.singles_sheet import (
    FAR_LEFT,
    SEARCHED_COLUMNS,
    Over,
    SearchedSheet,
    Seen,
    heading_of,
)
from server.rules.singles_words import (
    Label,
    SingleNames,
    amounts_within,
    is_amount,
    plain,
    shortened,
    unit_beside,
    words_within,
)
from server.rules.table_reading import is_total
from server.rules.tables import FormTables, TableColumn, normal
from server.rules.workbooks import Raw, ReadSheet, cell_name

MOST_OFFERED, MOST_CANDIDATES = 6, 2_000
_NUMBERS = ("money", "int")
_COUNTING = frozenset(map(normal, ("行次", "行号", "序号", "编号", "编码", "科目编码", "科目代码")))

_CREDIT, _ZERO = "贷", set("0.,")
_SURE, _PERHAPS, _WHOLE_HEADING = 0, 1, 2


class _Candidate(Struct, frozen=True):
    found: FoundSingle
    rank: int


def find_singles(
    sheets: Sequence[ReadSheet], tables: FormTables, matches: Sequence[Match]
) -> tuple[FoundSingle, ...]:
    """Return what was found for the single values, in the order of the form, several for one that has to be asked.

    `matches`: the lists among the sheets, whose headings name columns and no single value.
    """
    names = SingleNames(tables)
    candidates: list[_Candidate] = []
    for number, sheet in enumerate(sheets):
        headers = [m.header for m in matches if m.sheet == number]
        search = _Search(number, SearchedSheet(sheet, tables, names, headers), tables)
        candidates += () if sheet.hidden else islice(search.candidates(), MOST_CANDIDATES)
    return tuple(
        one for column in tables.single.columns for one in _offered(column, tables, candidates)
    )


def _offered(
    column: TableColumn, tables: FormTables, candidates: Sequence[_Candidate]
) -> Iterator[FoundSingle]:
    """Yield the best of what was found for one value: by its own name before a hint, a whole heading only at last."""
    mine = [c for c in candidates if c.found.pointer == column.pointer]
    best = min((c.rank for c in mine), default=_WHOLE_HEADING)
    if best == _WHOLE_HEADING:
        same = {c.pointer for c in tables.single.columns if c.under == column.under}
        if any(c.found.pointer in same and c.rank < best for c in candidates):
            return
    once: dict[object, FoundSingle] = {}
    for one in (c.found for c in mine if c.rank == best):
        once.setdefault(one.value if one.value is not None else (one.sheet, one.cell), one)
    sure = best == _SURE and len(once) == 1
    for one in list(once.values())[:MOST_OFFERED]:
        yield replace(one, sure=sure and one.value is not None)


class _Search:
    """One sheet, gone through from its values to their labels."""

    def __init__(self, number: int, page: SearchedSheet, tables: FormTables) -> None:
        self._number = number
        self._page = page
        self._columns = {c.pointer: c for c in tables.single.columns}
        self._under = {c.pointer: c.under for c in tables.single.columns if c.under}

    def candidates(self) -> Iterator[_Candidate]:
        """Yield everything that was found, row by row."""
        for row, cells in enumerate(self._page.rows):
            for column, raw in enumerate(cells[:SEARCHED_COLUMNS]):
                if is_blank(raw) or (row, column) in self._page.sheet.covered:
                    continue
                if is_amount(raw):
                    yield from self._of_amount(row, column, raw)
                elif isinstance(raw, str):
                    yield from self._within(row, column, raw)
                    yield from self._beside(row, column)

    # ------------------------------------------------------------ an amount and the words around it

    def _of_amount(self, row: int, column: int, raw: Raw) -> Iterator[_Candidate]:
        near = self._page.near(row, column)
        if near is None or near.label is None:
            if near is None or not is_total(near.words):
                yield from self._below(row, column, raw, alone=near is None)
            return
        left, up, label = self._page.left(row, column), self._page.up(row, column), near.label
        if (up and normal(up[0].words) in _COUNTING) or self._page.is_shared(row, column):
            return
        over = heading_of(up)
        if up and up[0].words.startswith(_CREDIT):  # money that one has stands under 借方
            if not set(shown(raw)) - _ZERO:
                return
            over = replace(over, sure=False) if over else None
        for pointer, sure in self._numbers(label):
            if over is not None and self._under.get(pointer, over.key) == over.key:
                sure = sure and over.sure
            elif over is not None:
                sure = False
            yield from self._found(row, column, raw, pointer, sure, [near.words])
        if label.short:
            under = over or self._page.context(left, near)
            yield from self._of_short(row, column, raw, label, under, near.words)
        if label.heading is not None and not label.whole:
            key, sure = label.heading
            shorts = dict(up[0].label.short) if up and up[0].label else {}
            if key in shorts:
                words = [near.words, up[0].words]
                yield from self._found(row, column, raw, shorts[key], sure, words)
            else:
                yield from self._of_heading(row, column, raw, key, near.words)

    def _below(self, row: int, column: int, raw: Raw, *, alone: bool) -> Iterator[_Candidate]:
        """Yield what the words straight above a value say; sure where nothing stands beside or below it."""
        up = self._page.up(row, column, far=1)
        if not up or up[0].label is None or row - 1 in self._page.list_rows:
            return
        near, label, last = up[0], up[0].label, not self._goes_on(row, column)
        if not (alone or last) or self._page.is_shared(row, column):
            return
        for pointer, sure in self._numbers(label):
            yield from self._found(row, column, raw, pointer, sure and alone and last, [near.words])
        if label.short:
            under = heading_of(up[1:])
            if under is not None:
                under = replace(under, sure=under.sure and alone and last)
            yield from self._of_short(row, column, raw, label, under, near.words)
        if label.heading is not None and not label.whole:
            yield from self._of_heading(row, column, raw, label.heading[0], near.words)

    def _goes_on(self, row: int, column: int) -> bool:
        """Tell whether another value stands below this one in a row that is no total."""
        if not is_amount(self._page.sheet.at(row + 1, column)):
            return False
        near = self._page.near(row + 1, column)
        return near is None or not is_total(near.words)

    def _of_short(
        self,
        row: int,
        column: int,
        raw: Raw,
        label: Label,
        under: Over | None,
        words: str,
        unit: Unit | None = None,
    ) -> Iterator[_Candidate]:
        """Yield what a short name says under its heading; without one it may be any of them."""
        for key, pointer in label.short:
            if under is None:
                yield from self._found(row, column, raw, pointer, False, [words], unit)
            elif under.key == key:
                said = [under.words, words]
                yield from self._found(row, column, raw, pointer, under.sure, said, unit)

    def _of_heading(
        self, row: int, column: int, raw: Raw, key: str, words: str, unit: Unit | None = None
    ) -> Iterator[_Candidate]:
        """Yield a heading's own amount for each value under it: perhaps all of it is one of them. Never sure."""
        for pointer, heading in self._under.items():
            if heading == key:
                for one in self._found(row, column, raw, pointer, False, [words], unit):
                    yield replace(one, rank=_WHOLE_HEADING)

    # ------------------------------------------------------------ words in one cell, or words beside words

    def _within(self, row: int, column: int, raw: str) -> Iterator[_Candidate]:
        """Yield the amounts and words behind their labels in one cell."""
        under: Over | None = None
        here = Seen(row, column, shown(raw), None)
        for words, amount, unit in amounts_within(raw):
            label = self._page.label(words)
            if label is None:
                continue
            for pointer, sure in self._numbers(label):
                yield from self._found(row, column, amount, pointer, sure, [words], unit)
            if label.short:
                left = [here, *self._page.left(row, column)]
                over = under or self._page.context(left, here)
                yield from self._of_short(row, column, amount, label, over, words, unit)
            if label.heading is not None:
                under = Over(*label.heading, words)
                if not label.whole:
                    key = label.heading[0]
                    yield from self._of_heading(row, column, amount, key, words, unit)
        for words, said in words_within(raw):
            for pointer, sure in self._typed(self._page.label(words)):
                yield from self._found(row, column, said, pointer, sure, [words])

    def _beside(self, row: int, column: int) -> Iterator[_Candidate]:
        """Yield the words to the right of a label that asks for words, a day or a choice."""
        sheet, words = self._page.sheet, shown(self._page.sheet.at(row, column))
        typed = self._typed(self._page.label(words))
        if not typed or row in self._page.list_rows:
            return
        for right in range(column + 1, min(column + FAR_LEFT, self._page.width)):
            raw = sheet.at(row, right)
            said = shown(raw)
            if is_blank(raw) or said == words or (row, right) in sheet.covered:
                continue
            if self._page.label(said) is None and not plain(said).endswith(":"):
                for pointer, sure in typed:
                    yield from self._found(row, right, raw, pointer, sure, [words])
            return

    def _numbers(self, label: Label) -> list[tuple[str, bool]]:
        return [(p, sure) for p, sure in label.whole if self._columns[p].widget in _NUMBERS]

    def _typed(self, label: Label | None) -> list[tuple[str, bool]]:
        whole = label.whole if label is not None else ()
        return [(p, sure) for p, sure in whole if self._columns[p].widget not in _NUMBERS]

    def _found(
        self,
        row: int,
        column: int,
        raw: Raw,
        pointer: str,
        sure: bool,
        words: Sequence[str],
        unit: Unit | None = None,
    ) -> Iterator[_Candidate]:
        """Yield a candidate for each unit that the amount may be in."""
        asked = self._columns[pointer]
        above = [one.words for one in self._page.up(row, column)[:1]]
        said = unit or next((u for w in (*words, *above) if (u := unit_beside(w))), None)
        units = (said,) if said else self._page.units
        values: dict[object, FoundSingle] = {}
        for each in units if asked.widget == "money" else units[:1]:
            try:
                value = read_cell(asked, raw, each)
            except Misread:
                if asked.widget not in _NUMBERS:
                    return
                value = None
            else:
                if value is None:
                    return
            name = "·".join(dict.fromkeys(words))
            cell, stands = cell_name(row, column), shortened(raw)
            one = FoundSingle(pointer, self._number, cell, name, stands, value, sure)
            values.setdefault(value, one)
        for one in values.values():
            yield _Candidate(one, _SURE if sure else _PERHAPS)
