"""Workbooks for tests, written by openpyxl: another program than ours, as a township's clerk would use."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from server.external import spreadsheet_files
from server.external.spreadsheets import write
from server.rules.templates import template
from server.rules.workbooks import ReadSheet
from tests.rules import categories_on_disk as disk

LIMITS = spreadsheet_files.Limits(8 * 1024 * 1024)
AGENCY = Path(__file__).parent / "external" / "files" / "libreoffice-agency.xlsx"
IDENTITY = "640425199003071234"  # a made-up one whose check digit is right
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def saved(book: Workbook) -> bytes:
    """Return a workbook's file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook with these sheets of rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return saved(made)


def changed(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """Return a workbook opened, changed and saved by openpyxl."""
    opened = openpyxl.load_workbook(io.BytesIO(data))
    change(opened)
    return saved(opened)


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """Return a package with one part replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, part)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    """Return one part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def read(data: bytes) -> list[ReadSheet]:
    """Return the sheets of a file as our reader sees them."""
    return spreadsheet_files.read(data, LIMITS)


def template_of(key: str, lang: Any = "zh", content: Any = None, version: int = 1) -> bytes:
    """Return a category's template, empty or filled in; without a version the one that was fetched first of all."""
    form = disk.document(key, "form", version)
    return write(template(disk.category(key), version, form, lang, content))
