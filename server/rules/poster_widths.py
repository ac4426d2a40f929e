"""How wide the columns of a poster's table are: no amount is broken, words are broken as little as can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.rules.poster_blocks import Column, Table
from server.rules.poster_formats import PADDING, STYLES
from server.rules.type_widths import longest_word, width_of

# A table that is too wide is set smaller, to 5.4 mm on A3, before its words are broken more often.
_SIZES: Final = (1.0, 0.9, 0.8, 0.7)
_WIDEST_TEXT: Final = 12.0
_NARROWEST_TEXT: Final = 2.2


def column_widths(block: Table, measure: float, unit: float) -> tuple[list[float], float]:
    """Return how wide each column is, and how much smaller the table is set so that no amount is broken."""
    needs, least = _needs(block)
    for scale in _SIZES:
        room = measure / unit / scale
        if sum(needs) <= room:
            widths = _spread(needs, room, block.columns)
            break
        if sum(least) <= room:
            widths = _squeezed(needs, least, room)
            break
    else:
        scale = _SIZES[-1]
        room = measure / unit / scale
        widths = [each * room / sum(least) for each in least]
    return [width * scale * unit for width in widths], scale


def _needs(block: Table) -> tuple[list[float], list[float]]:
    """Return how wide each column wants to be, and must be, in characters with the white beside them."""
    needs, least = [], []
    rows = [*block.rows, *([block.total] if block.total else [])]
    for at, column in enumerate(block.columns):
        # Sums grow from sheet to sheet: the total is as wide as they get.
        cells = max((width_of(row.cells[at]) * STYLES[row.style].size for row in rows), default=0.0)
        head = STYLES["head"].size
        label, word = width_of(column.label) * head, longest_word(column.label) * head
        if column.right:
            lowest = max(cells, word, min(label, max(2.0, label / 3)))
            wanted = max(cells, word, min(label, max(2.6, label / 2)))
        else:
            wanted = max(min(cells, _WIDEST_TEXT), word, min(label, max(2.0, label / 2)))
            lowest = min(wanted, max(_NARROWEST_TEXT, word, min(cells, 4.0)))
        needs.append(wanted + PADDING)
        least.append(lowest + PADDING)
    return needs, least


def _spread(needs: Sequence[float], room: float, columns: Sequence[Column]) -> list[float]:
    """Return widths that fill the room: what is over goes to the words, or to all where there are none."""
    over = room - sum(needs)
    texts = [at for at, column in enumerate(columns) if not column.right] or list(range(len(needs)))
    if len(needs) <= 4:  # few columns: amounts stand together at the right
        return [need + (over if at == texts[0] else 0.0) for at, need in enumerate(needs)]
    return [need + over / len(needs) for need in needs]


def _squeezed(needs: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return widths between what must be and what is wanted, each giving way by the same part."""
    part = (room - sum(least)) / (sum(needs) - sum(least))
    return [low + (want - low) * part for want, low in zip(needs, least, strict=True)]
