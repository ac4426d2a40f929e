"""The compliance overview over HTTP: JSON, CSV and XLSX."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import anyio.to_thread

from server import problems
from server.external import spreadsheets
from server.problems import Say
from server.queries.compliance_overview import Overview, compliance_overview
from server.queries.compliance_warnings import Warnings, compliance_warnings
from server.queries.hollow_postings import HollowPostings, hollow_postings
from server.rules.owners import Owner
from server.rules.periods import local_date
from server.web.asking import Answer, Ask
from server.web.compliance import Aware
from server.web.csv_files import attachment, csv_file
from server.web.overview_workbook import SHARES, flat_rows, overview_workbook
from server.web.wire import DivisionCode, In

LONGEST_SPAN = timedelta(days=366 * 3)


class OverviewQuery(In):
    """A division, a span (by default the eight quarters that ended last), by what it is added up, and the moment to judge as of.

    `level`: whether its villages are added up, or its village groups.
    """

    division: DivisionCode
    first: date | None = None
    last: date | None = None
    by: Literal["category", "quarter"] = "quarter"
    as_of: Aware | None = None
    after: DivisionCode | None = None
    level: Owner = "village"


async def _overview(ask: Ask) -> Overview:
    asked: OverviewQuery = ask.query
    ask.must("see_matrix", asked.division)
    as_of = min(asked.as_of or ask.now, ask.now)
    last = asked.last or _quarter_before(local_date(as_of))
    first = asked.first or _eight_quarters_to(last)
    if first > last:
        raise problems.parameter_not_valid(
            "first", Say("开始日期晚于结束日期", "the span ends before it begins")
        )
    if last - first > LONGEST_SPAN:
        raise problems.parameter_not_valid("first", Say("最多三年", "three years at most"))
    return await compliance_overview(
        ask.db,
        book=ask.house.book,
        division=asked.division,
        first=first,
        last=last,
        by=asked.by,
        as_of=as_of,
        now=ask.now,
        after=asked.after,
        level=asked.level,
    )


def _quarter_before(today: date) -> date:
    """Return the last day of the quarter that ended before a day."""
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)


def _eight_quarters_to(last: date) -> date:
    """Return the first day of the seventh quarter before the one a day lies in."""
    months = last.year * 12 + (last.month - 1) // 3 * 3 - 7 * 3
    return date(months // 12, months % 12 + 1, 1)


async def get_overview(ask: Ask) -> Overview:
    """How the townships of a county kept their deadlines, by category or by quarter."""
    return await _overview(ask)


async def get_overview_csv(ask: Ask) -> Answer:
    """The same as a CSV file: a line for each township and each category or quarter."""
    overview = await _overview(ask)
    rows = flat_rows(overview, ask.lang)
    return csv_file(
        ([_cell(place, value) for place, value in enumerate(row)] for row in rows),
        _file_name(overview, "csv"),
    )


def _cell(place: int, value: str | int | None) -> str | int | None:
    if isinstance(value, int):
        return f"{value / 10:.1f}%" if place in SHARES else value
    return value


async def get_overview_xlsx(ask: Ask) -> Answer:
    """The same as a workbook: the shares side by side, and every number line by line."""
    overview = await _overview(ask)
    data = await anyio.to_thread.run_sync(spreadsheets.write, overview_workbook(overview, ask.lang))
    return Answer(
        data, media_type=spreadsheets.MEDIA_TYPE, headers=attachment(_file_name(overview, "xlsx"))
    )


class WarningsQuery(In):
    """Below which division."""

    division: DivisionCode


async def get_warnings(ask: Ask) -> Warnings:
    """What nobody has answered and is due within a working day, overdue, or long so."""
    asked: WarningsQuery = ask.query
    ask.must("see_matrix", asked.division)
    return await compliance_warnings(
        ask.db, book=ask.house.book, division=asked.division, now=ask.now, lang=ask.lang
    )


class HollowQuery(In):
    """A township or a village, and a span (by default the quarter that ended last)."""

    division: DivisionCode
    first: date | None = None
    last: date | None = None


async def get_hollow(ask: Ask) -> HollowPostings:
    """What was published in time and tells little, for people to judge."""
    asked: HollowQuery = ask.query
    ask.must("see_matrix", asked.division)
    last = asked.last or _quarter_before(local_date(ask.now))
    first = asked.first or last - timedelta(days=91)
    if not first <= last <= first + LONGEST_SPAN:
        raise problems.parameter_not_valid("first", Say("最多三年", "three years at most"))
    return await hollow_postings(
        ask.db,
        book=ask.house.book,
        division=asked.division,
        first=first,
        last=last,
        now=ask.now,
        lang=ask.lang,
    )


def _file_name(overview: Overview, kind: str) -> str:
    of_groups = "-groups" if overview.level == "group" else ""
    return f"overview-{overview.division.code}{of_groups}-{overview.last.isoformat()}.{kind}"
