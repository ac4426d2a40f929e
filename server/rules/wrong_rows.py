"""What is wrong with a list that people send as a sheet: with one of its rows, or with the whole of it."""

from __future__ import annotations

from msgspec import Struct

from server.rules.values import Text


class SheetNotRead(ValueError):
    """No row can be read; `text` says what is missing and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.text = text


class WrongRow(Struct, frozen=True):
    """A row that cannot be taken: its number as people count it, the column, and what to do."""

    row: int
    column: str
    text: Text
