"""How values stand in columns: moments as epoch milliseconds, days and documents as text, places as code ranges."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any, overload

import msgspec

from server.rules.permissions import scope_prefix

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@overload
def millis(moment: datetime) -> int: ...
@overload
def millis(moment: datetime | None) -> int | None: ...
def millis(moment: datetime | None) -> int | None:
    """Return a moment as epoch milliseconds; a fraction of one is cut."""
    return None if moment is None else (moment - EPOCH) // _MILLISECOND


def moment(value: int) -> datetime:
    """Return the moment of epoch milliseconds, in UTC."""
    return EPOCH + value * _MILLISECOND


def moment_or_none(value: int | None) -> datetime | None:
    """Return the moment of epoch milliseconds, or None."""
    return None if value is None else EPOCH + value * _MILLISECOND


def day(value: str) -> date:
    """Return the day of 'YYYY-MM-DD'."""
    return date.fromisoformat(value)


def day_or_none(value: str | None) -> date | None:
    """Return the day of 'YYYY-MM-DD'; None for null and for '', which stands where null may not."""
    return date.fromisoformat(value) if value else None


def day_text(value: date | None) -> str | None:
    """Return a day as 'YYYY-MM-DD', or None."""
    return None if value is None else value.isoformat()


def document(value: object) -> str:
    """Return a JSON document as compact text; Chinese stays readable, a float that is no number is refused."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def parsed(text: str) -> Any:
    """Return the document that `document` wrote."""
    return msgspec.json.decode(text)


def code_range(scope: str) -> tuple[str, str]:
    """Return (first, after last) of the codes under a scope, for `code >= ? AND code < ?`.

    A range and not LIKE, so that both engines walk an index, whatever the database's collation.
    """
    prefix = scope_prefix(scope)
    if not prefix:
        return "0", "999999999999"
    return prefix, str(int(prefix) + 1).zfill(len(prefix))


def codes_above(code: str) -> list[str]:
    """Return a code and the codes of every level above it, shortest first, without repetition."""
    return list(dict.fromkeys(code[:n].ljust(12, "0") for n in (2, 4, 6, 9, 12, 14)))


def position(at: datetime, row_id: str) -> str:
    """Return where a row stands in a list that is newest first: the cursor of a page that ends with it."""
    return f"{millis(at)}.{row_id}"


def after_position(moment_sql: str, cursor: str | None) -> tuple[str, list[int | str]]:
    """Return the condition, and its values, for the rows of such a list that come after a position; of all without one.

    A position and not a row: what was taken away or moved up since leaves no gap on the next page.
    """
    if cursor is None:
        return "", []
    at, _, row_id = cursor.partition(".")
    return f" AND ({moment_sql} < ? OR ({moment_sql} = ? AND id < ?))", [int(at), int(at), row_id]
