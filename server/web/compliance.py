"""The compliance matrix over HTTP: JSON, CSV, XLSX and the evidence behind a cell."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

import anyio.to_thread
import msgspec

from server import problems
from server.external import spreadsheets
from server.problems import Say
from server.queries.compliance_evidence import Evidence, compliance_evidence
from server.queries.compliance_matrix import Matrix, compliance_matrix
from server.rules.owners import Owner
from server.rules.periods import local_date
from server.storage.shown_on_points import shown_on_points
from server.web.asking import Answer, Ask
from server.web.compliance_workbook import (
    COVERED,
    matrix_workbook,
    owner_word,
    row_words,
    said,
    stack_words,
)
from server.web.csv_files import attachment, csv_file
from server.web.wire import CategoryKey, DivisionCode, In, PlaceCode

LONGEST_SPAN = timedelta(days=366 * 3)
Aware = Annotated[datetime, msgspec.Meta(tz=True)]


class MatrixQuery(In):
    """A division, a span of days (by default the quarter that fell due last), and the moment to judge as of (now).

    `level`: whether the rows are its villages or its village groups.
    """

    division: DivisionCode
    first: date | None = None
    last: date | None = None
    as_of: Aware | None = None
    level: Owner = "village"


class EvidenceQuery(In):
    """One cell of the matrix."""

    division: PlaceCode
    category: CategoryKey
    period: Annotated[str, msgspec.Meta(max_length=40)]
    as_of: Aware | None = None


async def _matrix(ask: Ask) -> Matrix:
    asked: MatrixQuery = ask.query
    ask.must("see_matrix", asked.division)
    as_of = min(asked.as_of or ask.now, ask.now)
    last = asked.last or local_date(as_of)
    first = asked.first or last - timedelta(days=130)
    if first > last:
        raise problems.parameter_not_valid(
            "first", Say("开始日期晚于结束日期", "the span ends before it begins")
        )
    if last - first > LONGEST_SPAN:
        raise problems.parameter_not_valid("first", Say("最多三年", "three years at most"))
    return await compliance_matrix(
        ask.db,
        book=ask.house.book,
        division=asked.division,
        first=first,
        last=last,
        as_of=as_of,
        level=asked.level,
    )


async def get_matrix(ask: Ask) -> Matrix:
    """Every village and obligation of a span, judged as of a moment."""
    return await _matrix(ask)


async def get_matrix_csv(ask: Ask) -> Answer:
    """The same matrix as a CSV file that a spreadsheet opens as text, with words instead of colours."""
    matrix = await _matrix(ask)
    zh = ask.lang == "zh"
    rows: list[list[object]] = []
    heads = [
        f"{c.category_name.zh} {c.label.zh}" if zh else f"{c.category_name.en} {c.label.en}"
        for c in matrix.columns
    ]
    rows.append(
        [
            ("代码" if zh else "code"),
            owner_word(matrix, ask.lang),
            *heads,
            ("要处理" if zh else "needs a person"),
            *(said(words, ask.lang) for words in COVERED),
        ]
    )
    for row in matrix.rows:
        cells = [stack_words(row, n, ask.lang) for n in range(len(row.cells))]
        days = (row.covered.shown, row.covered.required)
        rows.append([row.division, row_words(row, ask.lang), *cells, row.needs_person, *days])
    return csv_file(rows, _file_name(matrix, "csv"))


async def get_matrix_xlsx(ask: Ask) -> Answer:
    """The same matrix as a workbook: words and colours in the grid, real days and numbers cell by cell."""
    matrix = await _matrix(ask)
    points = await shown_on_points(ask.db, matrix.division.code, matrix.first, matrix.as_of)
    book = matrix_workbook(matrix, points, ask.lang)
    data = await anyio.to_thread.run_sync(spreadsheets.write, book)
    return Answer(
        data, media_type=spreadsheets.MEDIA_TYPE, headers=attachment(_file_name(matrix, "xlsx"))
    )


def _file_name(matrix: Matrix, kind: str) -> str:
    of_groups = "-groups" if matrix.level == "group" else ""
    return f"compliance-{matrix.division.code}{of_groups}-{matrix.last.isoformat()}.{kind}"


async def get_evidence(ask: Ask) -> Evidence:
    """What stands behind one cell: clocks, rule, editions, photos, days on show, events."""
    asked: EvidenceQuery = ask.query
    ask.must("see_matrix", asked.division)
    return await compliance_evidence(
        ask.db,
        book=ask.house.book,
        division=asked.division,
        category=asked.category,
        period=asked.period,
        as_of=min(asked.as_of or ask.now, ask.now),
        lang=ask.lang,
    )
