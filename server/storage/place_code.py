"""The column of a division's code where a village group's may stand too."""

from __future__ import annotations

from typing import Any

from tortoise import fields


class PlaceCode(fields.CharField[Any]):
    """A code of 12 digits, or a group's of 14.

    SQLite does not look at a declared length: its columns stay declared as they were, so that no table is made anew.
    """

    class _db_sqlite:  # noqa: N801 - Tortoise finds it by this name
        SQL_TYPE = "VARCHAR(12)"

    def __init__(self, max_length: int = 14, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class TallyId(fields.CharField[Any]):
    """The id of a tally: a place's code and a year, 16 signs or a group's 18; declared on SQLite as it was, too."""

    class _db_sqlite:  # noqa: N801 - Tortoise finds it by this name
        SQL_TYPE = "VARCHAR(16)"

    def __init__(self, max_length: int = 18, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
