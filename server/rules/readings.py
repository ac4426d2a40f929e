"""What comes of reading tables: a content with the cells it came from, or the cells that stand in the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from server.rules.values import Text


class CellError(Struct, frozen=True):
    """A cell that could not be read. `word`: a choice's text that is none of ours, for `table` and `column`."""

    place: str
    text: Text
    table: str
    column: str
    word: str | None = None


class FoundSingle(Struct, frozen=True):
    """A value that a sheet seems to state for a single value of the form, for a person to take or leave.

    `sheet` counts from 0, `cell` is 'F3'; `words`: its labels as they stand, `shown`: what stands in the cell. `value` is
    None where that could not be read. `sure`: found by its own name, and nothing else was found for it.
    """

    pointer: str
    sheet: int
    cell: str
    words: str
    shown: str
    value: str | int | bool | None
    sure: bool


class Reading(Struct):
    """What came of the matched tables. `content` holds only what was matched; `where` says from which cell a value is,
    and from which sheet a list."""

    content: dict[str, Any] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    where: dict[str, str] = field(default_factory=dict)


class ReadRow(Struct, frozen=True):
    """One row of a matched table: its values by column, and the cells they come from; `whole`: all could be read."""

    values: Mapping[str, Any]
    cells: Mapping[str, str]
    first: str
    whole: bool
