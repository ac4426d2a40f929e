"""Reading workbooks (.xlsx) that people send: the only home of python-calamine.

A file is judged by its content, never by its name, and looked through before anything is unpacked for good: the
package's entries, what they expand to, then every XML part with expat, which refuses any document type (so no
entities, no external files). Only then calamine reads the values. What calamine does not tell is read from the same
XML: hidden rows and columns, cells with errors, formulas without a result, and how far the cells reach (one cell in
the last corner would otherwise cost gigabytes).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from posixpath import join, normpath
from typing import Any
from xml.parsers import expat

import python_calamine as calamine
from msgspec import Struct, field

from server import problems
from server.problems import Say
from server.rules.workbooks import Broken, Raw, ReadSheet, column_number

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KINDS: tuple[tuple[bytes, Say], ...] = (
    (b"%PDF-", Say("PDF", "a PDF")),
    (b"\xff\xd8\xff", Say("照片（JPEG）", "a photo (JPEG)")),
    (b"\x89PNG", Say("图片（PNG）", "a picture (PNG)")),
    (b"RIFF", Say("图片（WebP）", "a picture (WebP)")),
    (b"Rar!", Say("RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf", Say("7z 压缩包", "a 7z archive")),
    (b"<", Say("网页或 XML", "a web page or XML")),
    (b"{\\rtf", Say("RTF 文档", "an RTF document")),
)
_OLD = Say("旧版 Excel（.xls）或 WPS 表格（.et）", "an old Excel (.xls) or WPS (.et) file")
_ODS = Say("ODS 表格", "an ODS spreadsheet")
_XLSB = Say("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)")
_WORD = Say("Word 文档", "a Word document")
_SLIDES = Say("演示文稿", "a presentation")
_ARCHIVE = Say("压缩包", "an archive")
_TEXT = Say("纯文本或 CSV", "plain text or CSV")
_OTHER = Say("别的内容", "something else")

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_CHUNK = 65_536


class Limits(Struct, frozen=True):
    """What is read at most. `ratio`: how many times larger than packed a part may become."""

    max_bytes: int
    max_entries: int = 1_000
    max_expanded: int = 96 * 1024 * 1024
    max_ratio: int = 150
    max_sheets: int = 60
    max_rows: int = 20_000
    max_columns: int = 200
    max_cells: int = 1_000_000


def read(data: bytes, limits: Limits) -> list[ReadSheet]:
    """Return the sheets of a workbook with the values of its cells, formulas as what they came to.

    Raises: spreadsheet_too_large, spreadsheet_not_xlsx, spreadsheet_encrypted, spreadsheet_damaged, spreadsheet_unsafe.
    """
    if len(data) > limits.max_bytes:
        raise too_large(Say("字节", "bytes"), limits.max_bytes, len(data))
    package = _package(data, limits)
    parts = _sheet_parts(package)
    if len(parts) > limits.max_sheets:
        raise too_large(Say("张工作表", "sheets"), limits.max_sheets, len(parts))
    scans = {name: _scan(package, part, limits) for name, part in parts.items()}
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return list(_sheets(book, scans))
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise problems.spreadsheet_damaged() from error


def too_large(what: Say, limit: int, size: int) -> problems.Problem:
    """Return the refusal of a file with too much of something."""
    return problems.spreadsheet_too_large(what, limit=limit, size=size)


# ---------------------------------------------------------------- the package


def _package(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Return the opened package once its kind, its size and every XML part are known to be harmless."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise problems.spreadsheet_encrypted()
        raise problems.spreadsheet_not_xlsx(_OLD)
    if not data.startswith(b"PK\x03\x04"):
        raise problems.spreadsheet_not_xlsx(_kind_of(data))
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise problems.spreadsheet_damaged() from error
    names = package.namelist()
    if len(names) > limits.max_entries:
        raise too_large(Say("个部件", "parts"), limits.max_entries, len(names))
    if any(info.flag_bits & 1 for info in package.infolist()):
        raise problems.spreadsheet_encrypted()
    if "xl/workbook.xml" not in names:
        raise problems.spreadsheet_not_xlsx(_kind_of_package(package, names))
    if len(set(names)) != len(names):
        raise problems.spreadsheet_unsafe(Say("部件重名", "two parts have one name"))
    _look_through(package, limits)
    return package


def _kind_of(data: bytes) -> Say:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, kind in _KINDS:
        if head.startswith(start):
            return kind
    return _OTHER if b"\0" in head or not head else _TEXT


def _kind_of_package(package: zipfile.ZipFile, names: list[str]) -> Say:
    if "mimetype" in names:
        with package.open("mimetype") as part:
            return _ODS if b"opendocument.spreadsheet" in part.read(200) else _ARCHIVE
    for name, kind in (("xl/", _XLSB), ("word/", _WORD), ("ppt/", _SLIDES)):
        if any(n.startswith(name) for n in names):
            return kind
    return _ARCHIVE


def _look_through(package: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack every part once, counting what really comes out, and refuse a document type in any XML part."""
    expanded = 0
    for info in package.infolist():
        is_xml = info.filename.endswith((".xml", ".rels", ".vml"))
        parser = _strict_parser() if is_xml else None
        size = 0
        for chunk in _chunks(package, info):
            size += len(chunk)
            expanded += len(chunk)
            if expanded > limits.max_expanded:
                raise too_large(
                    Say("字节（解压后）", "bytes, unpacked"), limits.max_expanded, expanded
                )
            if size > 1_000_000 and size > limits.max_ratio * max(1, info.compress_size):
                raise problems.spreadsheet_unsafe(
                    Say(
                        f"解压后大了 {limits.max_ratio} 倍以上",
                        f"it unpacks to over {limits.max_ratio} times its size",
                    )
                )
            if parser is not None:
                _feed(parser, chunk, last=False)
        if parser is not None:
            _feed(parser, b"", last=True)


def _chunks(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with package.open(info) as part:
            while chunk := part.read(_CHUNK):
                yield chunk
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ) as error:
        raise problems.spreadsheet_damaged() from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma"):
            raise problems.spreadsheet_damaged() from error
        raise


def _strict_parser() -> expat.XMLParserType:
    """Return a parser that refuses any document type: without one there are no entities to expand or fetch."""
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_: object) -> int:
        raise problems.spreadsheet_unsafe(Say("含有 DTD", "it declares a document type"))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    return parser


def _feed(parser: expat.XMLParserType, chunk: bytes, *, last: bool) -> None:
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as error:
        raise problems.spreadsheet_damaged() from error


def _parse(package: zipfile.ZipFile, part: str, start: Any, text: Any = None) -> None:
    """Walk one XML part; `start` is given (local name, attributes), `text` the words between tags."""
    parser = _strict_parser()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        info = package.getinfo(part)
    except KeyError:
        raise problems.spreadsheet_damaged() from None
    for chunk in _chunks(package, info):
        _feed(parser, chunk, last=False)
    _feed(parser, b"", last=True)


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of each worksheet and the part it lies in."""
    targets: dict[str, tuple[str, str]] = {}
    names: list[tuple[str, str]] = []

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            kind, target = attributes.get("Type", ""), attributes.get("Target", "")
            at = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            targets[attributes.get("Id", "")] = kind, at

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            found = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            names.append((attributes.get("name", ""), found))

    _parse(package, "xl/_rels/workbook.xml.rels", relation)
    _parse(package, "xl/workbook.xml", sheet)
    return {
        name: targets[found][1]
        for name, found in names
        if found in targets and targets[found][0].endswith("/worksheet")
    }


# ---------------------------------------------------------------- one sheet


class _Scan(Struct):
    """What calamine does not tell of a sheet."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def _scan(package: zipfile.ZipFile, part: str, limits: Limits) -> _Scan:
    scan = _Scan()
    row, column = -1, -1
    cells = 0
    kind = ""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal row, column, cells, kind
        if name == "c":
            row, column = _position(attributes.get("r"), row, column + 1)
            cells += 1
            if row >= limits.max_rows:
                raise too_large(Say("行", "rows"), limits.max_rows, row + 1)
            if column >= limits.max_columns:
                raise too_large(Say("列", "columns"), limits.max_columns, column + 1)
            if cells > limits.max_cells:
                raise too_large(Say("个单元格", "cells"), limits.max_cells, cells)
            kind = attributes.get("t", "n")
            if kind == "e":
                scan.errors[row, column] = ""
        elif name == "f":
            if kind != "str":  # one that comes to words may well come to none
                scan.formulas.add((row, column))
        elif name == "row":
            row, column = _whole(attributes.get("r"), row + 2) - 1, -1
            if _is_on(attributes.get("hidden")):
                scan.hidden_rows.add(row)
        elif name == "col" and _is_on(attributes.get("hidden")):
            first, last = _whole(attributes.get("min"), 1), _whole(attributes.get("max"), 1)
            scan.hidden_columns.update(range(first - 1, min(last, limits.max_columns)))

    _parse(package, part, start)
    if scan.errors:
        _name_errors(package, part, scan)
    return scan


def _name_errors(package: zipfile.ZipFile, part: str, scan: _Scan) -> None:
    """Read the names of a sheet's errors (#REF!), which need a second look at it."""
    row, column = -1, -1
    inside = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal row, column, inside
        if name == "c":
            row, column = _position(attributes.get("r"), row, column + 1)
        elif name == "row":
            row, column = _whole(attributes.get("r"), row + 2) - 1, -1
        inside = name == "v" and (row, column) in scan.errors

    def text(words: str) -> None:
        if inside and len(scan.errors[row, column]) < 10:
            scan.errors[row, column] += words.strip()

    _parse(package, part, start, text)


def _position(name: str | None, row: int, column: int) -> tuple[int, int]:
    """Return a cell's place by its name, or the next one where it has none."""
    if name is None:
        return max(row, 0), column
    found = _CELL.fullmatch(name)
    if found is None:
        raise problems.spreadsheet_damaged()
    return int(found[2]) - 1, column_number(found[1])


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else otherwise


def _is_on(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _sheets(book: calamine.CalamineWorkbook, scans: Mapping[str, _Scan]) -> Iterator[ReadSheet]:
    for about in book.sheets_metadata:
        scan = scans.get(about.name)
        if scan is None:
            continue
        page = book.get_sheet_by_name(about.name)
        rows = [[_value(cell) for cell in row] for row in page.to_python(skip_empty_area=False)]
        _mark_broken(rows, scan)
        covered = frozenset(_spread(rows, page.merged_cell_ranges or []))
        yield ReadSheet(
            name=about.name,
            rows=tuple(tuple(row) for row in rows),
            hidden=about.visible is not calamine.SheetVisibleEnum.Visible,
            hidden_rows=frozenset(r for r in scan.hidden_rows if r < len(rows)),
            hidden_columns=frozenset(
                c for c in scan.hidden_columns if c < max(map(len, rows), default=0)
            ),
            covered=covered,
        )


def _mark_broken(rows: list[list[Raw]], scan: _Scan) -> None:
    for (row, column), name in scan.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = Broken("error", name or "#")
    for row, column in scan.formulas:
        if row < len(rows) and column < len(rows[row]) and rows[row][column] is None:
            rows[row][column] = Broken("uncalculated", "=")


def _spread(
    rows: list[list[Raw]], merged: list[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """Write the value of each merged area into all its cells that exist, and yield those but the first."""
    done: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in merged:
        first = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
        if first is None:
            continue
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for column in range(left, min(right, len(rows[row]) - 1) + 1):
                if (row, column) != (top, left) and (row, column) not in done:
                    rows[row][column] = first
                    done.add((row, column))
                    yield row, column


def _value(cell: object) -> Raw:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, datetime):
        at_midnight = cell.time() == time(0, 0)
        return cell.date() if at_midnight else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, str | int | float | date):
        return cell
    if isinstance(cell, time | timedelta):
        return str(cell)
    return Broken("error", "#")
