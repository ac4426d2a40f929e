"""Circulars over HTTP: as a page to print on A4, and as a workbook."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, cast

import anyio.to_thread
import msgspec

from server.external import spreadsheets
from server.queries.circular import circular_of
from server.rules.circular_kinds import Kind
from server.rules.circulars import Circular, Money, Rate, Table, Value
from server.rules.values import Lang, Text, yuan
from server.rules.workbooks import Cell, Look, WrittenBook, WrittenSheet
from server.web import pages
from server.web.answers import screen_of
from server.web.asking import Answer, Ask
from server.web.csv_files import attachment
from server.web.inquiry_pages import PRIVATE
from server.web.reading import HTML
from server.web.wire import DivisionCode, In

PeriodKey = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{4,10}$", max_length=10)]
MOST_SHEET_NAME = 28


class CircularQuery(In):
    """Of which place, about which period: a month (2026-09), a quarter (2026Q3) or a year, and as of when (now)."""

    division: DivisionCode
    period: PeriodKey
    as_of: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


async def circular_page(ask: Ask) -> Answer:
    """/desk/circulars/{circular}: a circular as it is printed."""
    found = await _found(ask)
    html = pages.render_circular(painted(found, ask.lang), screen_of(ask.request, ask.now))
    return Answer(html, media_type=HTML, cache="no-store", headers=PRIVATE)


async def circular_xlsx(ask: Ask) -> Answer:
    """The same circular as a workbook: one sheet a table, with real days and numbers."""
    found = await _found(ask)
    data = await anyio.to_thread.run_sync(spreadsheets.write, workbook(found, ask.lang))
    name = f"{ask.path['circular']}-{ask.query.division}-{ask.query.period}.xlsx"
    return Answer(data, media_type=spreadsheets.MEDIA_TYPE, headers=attachment(name))


async def _found(ask: Ask) -> Circular:
    asked: CircularQuery = ask.query
    ask.must("see_inspections", asked.division)
    return await circular_of(
        ask.db,
        book=ask.house.book,
        kind=cast(Kind, ask.path["circular"]),
        division=asked.division,
        period=asked.period,
        as_of=min(asked.as_of or ask.now, ask.now),
    )


def painted(found: Circular, lang: Lang, *, back: str = "/app/inspections") -> dict[str, Any]:
    """Return a circular as the template paints it; `back`: the screen that it was opened from."""
    return {
        "back": back,
        "title": found.title.pick(lang),
        "place": found.place,
        "span": found.span.pick(lang),
        "as_of": found.as_of,
        "lead": [each.pick(lang) for each in found.lead],
        "notes": [each.pick(lang) for each in found.notes],
        "tables": [_table(table, lang) for table in found.tables],
    }


def _table(table: Table, lang: Lang) -> dict[str, Any]:
    return {
        "name": table.name.pick(lang),
        "heads": [head.pick(lang) for head in table.heads],
        "numbers": [
            any(isinstance(row[n], (int, Rate, Money)) for row in table.rows)
            for n in range(len(table.heads))
        ],
        "days": [
            any(isinstance(row[n], date) for row in table.rows) for n in range(len(table.heads))
        ],
        "rows": [[cell_words(value, lang) for value in row] for row in table.rows],
        "total": table.total,
        "note": table.note.pick(lang) if table.note else None,
        "nothing": table.nothing.pick(lang) if table.nothing else None,
    }


def cell_words(value: Value, lang: Lang) -> str:
    """Return a value as it stands on paper."""
    match value:
        case None:
            return ""
        case Text():
            return value.pick(lang)
        case Rate():
            return value.words()
        case Money():
            return yuan(value.fen)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def workbook(found: Circular, lang: Lang) -> WrittenBook:
    """Return a circular as a workbook: what it says on the first sheet, then one sheet for each table that has rows."""
    head = Look(role="head")
    said = [(Cell(found.title.pick(lang), Look(role="title")),), (Cell(found.place),)]
    said += [(Cell(each.pick(lang)),) for each in (found.span, *found.lead, *found.notes)]
    sheets = [WrittenSheet("通报" if lang == "zh" else "Circular", tuple(said), (100,))]
    for table in found.tables:
        if not table.rows:
            continue
        rows: list[tuple[Cell | None, ...]] = [tuple(Cell(h.pick(lang), head) for h in table.heads)]
        last = len(table.rows) - 1
        for n, row in enumerate(table.rows):
            total = table.total and n == last
            rows.append(tuple(_cell(value, lang, total=total) for value in row))
        sheets.append(
            WrittenSheet(
                table.name.pick(lang)[:MOST_SHEET_NAME],
                tuple(rows),
                (24, *(16 for _ in table.heads[1:])),
                frozen=(1, 1),
                landscape=True,
            )
        )
    return WrittenBook(found.title.pick(lang), tuple(sheets))


def _cell(value: Value, lang: Lang, *, total: bool) -> Cell | None:
    role = Look(role="total") if total else Look()
    match value:
        case Rate():
            return Cell(value.permille, Look("permille", role.role))
        case Money():
            return Cell(value.fen, Look("money", role.role))
        case date():
            return Cell(value, Look("date", role.role))
        case bool() | None:
            return None
        case int():
            return Cell(value, Look("int", role.role))
        case _:
            return Cell(cell_words(value, lang), role)
