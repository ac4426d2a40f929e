"""Personal numbers in a workbook: every cell is looked at, also in hidden rows, columns and sheets.

Whatever a person matched or left out, a file with an identity number in it is not read: it would travel on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from server.rules.personal_numbers import NumberKind, personal_number, words_for
from server.rules.values import Text
from server.rules.workbooks import Raw, ReadSheet, place

_SHORTEST = 9
_SHORTEST_NUMBER, _NEVER_AN_AMOUNT = 10**10, 10**14

Allowed = Collection[tuple[str, int, int]]
"""Cells (sheet, row, column) in which an office's mobile number may stand."""


def personal_cells(
    sheets: Sequence[ReadSheet], allowed: Allowed = ()
) -> Iterator[tuple[str, Text]]:
    """Yield each cell that seems to hold a personal number with a sentence that repeats no digit of it."""
    for number, sheet in enumerate(sheets, start=1):
        if (kind := personal_number(sheet.name)) is not None:
            yield f"#{number}", _sentence(kind)
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                mobile = (sheet.name, row, column) in allowed if allowed else False
                kind = _kind(cell, mobile_allowed=mobile)
                if kind is not None:
                    yield place(sheet.name, row, column), _sentence(kind)


def _kind(cell: Raw, *, mobile_allowed: bool) -> NumberKind | None:
    if isinstance(cell, str):
        if len(cell) < _SHORTEST:
            return None
        return personal_number(cell, mobile_allowed=mobile_allowed)
    if isinstance(cell, int | float) and cell >= _SHORTEST_NUMBER and float(cell).is_integer():
        # Typed as a number an identity number loses its last digits, and with them the proof that it is one.
        found = personal_number(str(int(cell)), mobile_allowed=mobile_allowed)
        return found or ("card" if cell >= _NEVER_AN_AMOUNT else None)
    return None


def _sentence(kind: NumberKind) -> Text:
    words = words_for(kind)
    return Text(f"像是有{words.zh}，请删去", f"seems to hold {words.en}; please remove it")
