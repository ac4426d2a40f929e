"""CSV files that go out to spreadsheets: one way of writing them, and one guard for every text in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TypeVar

from server.external.spreadsheets import FORMULA_STARTS
from server.web.asking import Answer

T = TypeVar("T")


def csv_file(rows: Iterable[Iterable[object]], name: str) -> Answer:
    """Return rows as a file that a browser saves under `name` (ASCII): UTF-8 with its mark, every text guarded.

    Numbers and days go in as they are; a negative amount is a number, so it is given as one and not as words.
    """
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows)
    return Answer(
        "\ufeff" + out.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers=attachment(name),
    )


def safe_cell(value: T) -> T | str:
    """Return a cell of a CSV file that no spreadsheet will run as a formula (OWASP, CSV injection)."""
    runs = isinstance(value, str) and value[:1] in FORMULA_STARTS
    return f"'{value}" if runs else value


def attachment(name: str) -> dict[str, str]:
    """Return the header by which a browser saves an answer under a name; the name is ASCII."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
