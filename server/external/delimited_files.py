"""Reading lists that people saved as CSV: text with commas, semicolons or tabs, in whatever coding Excel or WPS chose."""

from __future__ import annotations

import csv
import io

from server import problems
from server.external import spreadsheet_files
from server.external.spreadsheet_files import Limits, too_large
from server.problems import Say
from server.rules.workbooks import ReadSheet

_NOT_TEXT = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF-", b"Rar!", b"RIFF", b"\x89PNG", b"\xff\xd8\xff")
_MARKUP = (b"<", b"{\\rtf")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CODINGS = ("utf-8-sig", "gb18030")
_BETWEEN = ",;\t，"


def read(data: bytes, limits: Limits) -> list[ReadSheet]:
    """Return the sheets of a workbook (.xlsx), or the one of a text with separators; judged by content, not by name.

    Raises what `spreadsheet_files.read` raises.
    """
    text = _text(data)
    if text is None:
        return spreadsheet_files.read(data, limits)
    if len(data) > limits.max_bytes:
        raise too_large(Say("字节", "bytes"), limits.max_bytes, len(data))
    try:
        return [ReadSheet("CSV", tuple(_rows(text, limits)))]
    except csv.Error as error:  # a cell without an end
        raise problems.spreadsheet_damaged() from error


def _rows(text: str, limits: Limits) -> list[tuple[str | None, ...]]:
    rows: list[tuple[str | None, ...]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=_between(text)):
        rows.append(tuple(cell.strip() or None for cell in row))
        if len(rows) > limits.max_rows:
            raise too_large(Say("行", "rows"), limits.max_rows, len(rows))
        if len(row) > limits.max_columns:
            raise too_large(Say("列", "columns"), limits.max_columns, len(row))
    return rows


def _text(data: bytes) -> str | None:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head or data.startswith(_NOT_TEXT) or head.startswith(_MARKUP):
        return None
    if data.startswith(_UTF16):
        return _decoded(data, "utf-16")
    if b"\0" in data:
        return None
    return next((text for c in _CODINGS if (text := _decoded(data, c)) is not None), None)


def _decoded(data: bytes, coding: str) -> str | None:
    try:
        return data.decode(coding)
    except UnicodeDecodeError:
        return None


def _between(text: str) -> str:
    """Return what stands between the cells: whatever is most frequent in the first lines."""
    head = "\n".join(text.splitlines()[:20])
    return max(_BETWEEN, key=head.count)
