"""Open data over HTTP: the public tables of a place and a period, as files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, cast

import anyio.to_thread
import msgspec

from server import problems
from server.external import spreadsheets
from server.queries.open_data import open_data, open_data_scope
from server.rules.open_data import TABLES, Row, Rows, Scope, Table
from server.web import open_data_files as files
from server.web.asking import Answer, Ask
from server.web.csv_files import attachment
from server.web.etag import weak
from server.web.spool import Spool
from server.web.wire import In

CSV, JSON, ZIP = "text/csv", "application/json", "application/zip"
MOST_ROWS = 50_000


class DataQuery(In):
    """Of which period (2026-09, 2026Q3, 2026H1, 2026): everything whose period lies within it; by default this year."""

    period: Annotated[str, msgspec.Meta(max_length=40)] | None = None


async def _found(ask: Ask) -> tuple[Scope, AsyncIterator[Rows]]:
    asked: DataQuery = ask.query
    scope = await open_data_scope(ask.db, code=ask.path["code"], period=asked.period, now=ask.now)
    rows = open_data(
        ask.db, book=ask.house.book, scope=scope, now=ask.now, lang=ask.lang, origin=ask.origin
    )
    return scope, rows


def _file(ask: Ask, spool: Spool, media_type: str, name: str) -> Answer:
    """Return a file that was written, or 304 where the client has the same bytes."""
    tag = weak(spool.digest[:20])
    if ask.unchanged(tag):
        spool.close()
        return Answer(etag=tag, status=304)
    return Answer(spool, media_type=media_type, etag=tag, headers=attachment(name))


def _name(scope: Scope, rest: str) -> str:
    return f"{scope.place.code}-{scope.period.key}{rest}"


async def get_table_csv(ask: Ask) -> Answer:
    """One table as CSV in UTF-8 with a byte order mark, its first line the names of the columns."""
    table = cast(Table, ask.path["table"])
    scope, rows = await _found(ask)
    spools = await files.csv_tables(rows, (table,), mark=files.BOM)
    return _file(ask, spools[table], f"{CSV}; charset=utf-8", _name(scope, f"-{table}.csv"))


async def get_tables_json(ask: Ask) -> Answer:
    """All three tables as one JSON document."""
    scope, rows = await _found(ask)
    return _file(ask, await files.json_tables(rows, scope), JSON, _name(scope, ".json"))


async def get_tables_xlsx(ask: Ask) -> Answer:
    """All three tables as a workbook, one a sheet. What is too long for one is refused with the way out."""
    scope, rows = await _found(ask)
    tables: dict[Table, list[Row]] = {table: [] for table in TABLES}
    count = 0
    async for of_notice in rows:
        for table, kept in tables.items():
            kept += of_notice[table]
            count += len(of_notice[table])
        if count > MOST_ROWS:
            raise problems.too_long_for_a_workbook(MOST_ROWS)
    book = files.workbook(tables, scope, ask.lang)
    data = await anyio.to_thread.run_sync(spreadsheets.write, book)
    return Answer(
        data, media_type=spreadsheets.MEDIA_TYPE, headers=attachment(_name(scope, ".xlsx"))
    )


async def get_data_package(ask: Ask) -> Answer:
    """All three tables as a Frictionless data package: CSV files with a description that programs read."""
    scope, rows = await _found(ask)
    spools = await files.csv_tables(rows, TABLES)
    made = await anyio.to_thread.run_sync(files.package, spools, scope, ask.lang, ask.origin)
    return _file(ask, made, ZIP, _name(scope, ".zip"))
