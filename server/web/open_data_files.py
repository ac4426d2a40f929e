"""Open data as files: CSV, JSON, a workbook, and a Frictionless data package.

Every CSV guards texts that a spreadsheet would run as a formula with an apostrophe. One that is downloaded alone
begins with a byte order mark: Excel and WPS read it as GBK otherwise, and people double-click it. Those in the package
have none, because programs read them by the schema beside them.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from server.rules.open_data import FIELDS, KEYS, TABLES, Field, Row, Rows, Scope, Table, Value
from server.rules.periods import label
from server.rules.values import Lang, yuan
from server.rules.workbooks import Cell, Look, WrittenBook, WrittenSheet
from server.web.csv_files import safe_cell
from server.web.spool import Spool

BOM = "\ufeff"
_TYPES = {"money": "number"}
_EPOCH = (1980, 1, 1, 0, 0, 0)


async def csv_tables(
    found: AsyncIterator[Rows], tables: tuple[Table, ...], *, mark: str = ""
) -> Mapping[Table, Spool]:
    """Return tables as CSV (RFC 4180), the names of the columns first; `mark` begins each."""
    spools = {table: Spool() for table in tables}
    for table, spool in spools.items():
        spool.write((mark + _csv([tuple(f.name for f in FIELDS[table])])).encode())
    async for rows in found:
        for table, spool in spools.items():
            spool.write(_csv([_written(table, row) for row in rows[table]]).encode())
    return spools


def _csv(rows: list[tuple[str, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _written(table: Table, row: Row) -> tuple[str, ...]:
    return tuple(_text(value, field) for value, field in zip(row, FIELDS[table], strict=True))


def _text(value: Value, field: Field) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return yuan(value).replace(",", "") if field.kind == "money" else str(value)
    # An amount is a number for a spreadsheet, its minus too: it is none of those that run.
    return value if _is_number(value) else safe_cell(value)


def _is_number(text: str) -> bool:
    return (
        text[:1] == "-"
        and text[1:].replace(".", "", 1).isascii()
        and (text[1:].replace(".", "", 1).isdigit())
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


async def json_tables(found: AsyncIterator[Rows], scope: Scope) -> Spool:
    """Return one JSON document: of where and when, and a list for each table; amounts are yuan."""
    parts = {table: Spool() for table in TABLES}
    async for rows in found:
        for table, part in parts.items():
            for row in rows[table]:
                named = {
                    field.name: _json(value, field)
                    for value, field in zip(row, FIELDS[table], strict=True)
                }
                part.write(f"{',' if part.size else ''}\n{_dumped(named)}".encode())
    head = {"division": scope.place.code, "name": scope.place.name, "period": scope.period.key}
    whole = Spool()
    whole.write(_dumped(head)[:-1].encode())
    for table, part in parts.items():
        whole.write(f',\n"{table}": ['.encode())
        _pour(part, whole)
        whole.write(b"]")
    whole.write(b"}\n")
    return whole


def _json(value: Value, field: Field) -> object:
    if field.kind == "money" and isinstance(value, int):
        return value / 100
    if isinstance(value, date):
        return _text(value, field)
    return value


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _pour(part: Spool, whole: Any) -> None:
    part.rewind()
    while chunk := part.read():
        whole.write(chunk)
    part.close()


def workbook(tables: Mapping[Table, list[Row]], scope: Scope, lang: Lang) -> WrittenBook:
    """Return the tables as a workbook, one a sheet; texts are texts, amounts are numbers, days are days."""
    names = {
        "notices": ("公开事项", "Notices"),
        "values": ("数值", "Values"),
        "entries": ("逐笔明细", "Entries"),
    }
    sheets = []
    for table, rows in tables.items():
        fields = FIELDS[table]
        head = tuple(Cell(f.words.pick(lang), Look(role="head")) for f in fields)
        body = (
            tuple(_cell(value, field) for value, field in zip(row, fields, strict=True))
            for row in rows
        )
        sheets.append(
            WrittenSheet(
                names[table][0 if lang == "zh" else 1],
                (head, *body),
                tuple(16 for _ in fields),
                frozen=(1, 0),
                landscape=True,
            )
        )
    title = f"{scope.place.name} {label(scope.period).pick(lang)}"
    return WrittenBook(title, tuple(sheets))


def _cell(value: Value, field: Field) -> Cell:
    if isinstance(value, datetime):
        return Cell(_moment(value))
    if isinstance(value, date):
        return Cell(value, Look("date"))
    if isinstance(value, int):
        return Cell(value, Look("money" if field.kind == "money" else "int"))
    return Cell(value)


def package(tables: Mapping[Table, Spool], scope: Scope, lang: Lang, address: str) -> Spool:
    """Return a Frictionless data package: datapackage.json and the tables beside it, zipped."""
    whole = Spool()
    described = _described(tables, scope, lang, address)
    with zipfile.ZipFile(appending(whole), "w", zipfile.ZIP_DEFLATED) as packed:
        # One day for all of them: the same data are the same bytes, and so the same ETag.
        first = zipfile.ZipInfo("datapackage.json", _EPOCH)
        first.compress_type = zipfile.ZIP_DEFLATED
        packed.writestr(first, json.dumps(described, ensure_ascii=False, indent=2) + "\n")
        for table, spool in tables.items():
            member = zipfile.ZipInfo(f"{table}.csv", _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            with packed.open(member, "w", force_zip64=True) as out:
                _pour(spool, out)
    return whole


def appending(spool: Spool) -> io.RawIOBase:
    """Return a spool as a file that a zip can be written to."""
    return _Forward(spool)


class _Forward(io.RawIOBase):
    """A file that can only be appended to: zipfile asks for nothing else, if it is told."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Append bytes."""
        return self._spool.write(bytes(data))


def _described(
    tables: Mapping[Table, Spool], scope: Scope, lang: Lang, address: str
) -> dict[str, Any]:
    key = scope.period.key.lower()
    return {
        "profile": "tabular-data-package",
        "name": f"gongshilan-{scope.place.code}-{key}",
        "title": f"{scope.place.name} {label(scope.period).pick(lang)}",
        "homepage": address,
        "resources": [_resource(table, spool, lang) for table, spool in tables.items()],
    }


def _resource(table: Table, spool: Spool, lang: Lang) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {
                "name": field.name,
                "type": _TYPES.get(field.kind, field.kind),
                "title": field.words.pick(lang),
            }
            for field in FIELDS[table]
        ],
        "primaryKey": list(KEYS[table]),
    }
    if table != "notices":
        there = {"resource": "notices", "fields": ["disclosure_id"]}
        schema["foreignKeys"] = [{"fields": ["disclosure_id"], "reference": there}]
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": spool.size,
        "hash": f"sha256:{spool.digest}",
        "schema": schema,
    }
