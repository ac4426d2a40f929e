"""Yearly plans of disclosure over HTTP: beside what was published, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from server.queries.plan_comparison import ComparedLine, PlanComparison, plan_comparison
from server.rules.periods import local_date
from server.rules.places import name_in
from server.rules.values import Lang, Text, yuan
from server.web.asking import Answer, Ask
from server.web.compliance import Aware
from server.web.csv_files import csv_file
from server.web.wire import DivisionCode, In

Year = Annotated[int, msgspec.Meta(ge=2000, le=2100)]
HEAD = (
    Text("乡镇", "Township"),
    Text("事项或资金", "Matter or fund"),
    Text("按哪一类公开", "Disclosed as"),
    Text("哪些村公开", "Where"),
    Text("责任单位", "Office"),
    Text("公开期限", "Public by"),
    Text("计划金额（元）", "Planned amount, yuan"),
    Text("依据", "Basis"),
    Text("村", "Village"),
    Text("情况", "State"),
    Text("天数", "Days"),
    Text("公开日期", "Published on"),
    Text("哪一件", "Notice"),
    Text("编号", "Notice id"),
)
STATES = {
    "done": Text("按期公开", "in time"),
    "late": Text("晚公开", "late"),
    "waiting": Text("还没到期", "not yet due"),
    "missing": Text("过期没公开", "missing"),
    "nowhere": Text("没有这个村", "no such village"),
}


class PlanLinesQuery(In):
    """A township or a county, the plans' year (that of the moment), and the moment to judge as of (now)."""

    division: DivisionCode
    year: Year | None = None
    as_of: Aware | None = None


async def _comparison(ask: Ask) -> PlanComparison:
    asked: PlanLinesQuery = ask.query
    ask.must("see_matrix", asked.division)
    as_of = min(asked.as_of or ask.now, ask.now)
    return await plan_comparison(
        ask.db,
        book=ask.house.book,
        division=asked.division,
        year=asked.year or local_date(as_of).year,
        as_of=as_of,
        lang=ask.lang,
    )


async def get_plan_lines(ask: Ask) -> PlanComparison:
    """Yearly plans beside what was published: each line in each village."""
    return await _comparison(ask)


async def get_plan_lines_csv(ask: Ask) -> Answer:
    """The same as a CSV file: a row for each line and each village."""
    found = await _comparison(ask)
    rows = [row for line in found.lines for row in _rows(line, ask.lang)]
    head = [each.pick(ask.lang) for each in HEAD]
    return csv_file([head, *rows], f"plan-{found.division.code}-{found.year}.csv")


def _rows(line: ComparedLine, lang: Lang) -> Iterator[list[object]]:
    said: list[object] = [
        line.township or "",
        line.matter,
        line.category_name.pick(lang),
        line.where,
        line.office,
        line.by.isoformat(),
        "" if line.amount is None else yuan(line.amount).replace(",", ""),
        line.basis,
    ]
    if not line.where_known:
        yield [*said, "", STATES["nowhere"].pick(lang), "", "", "", ""]
    for place in line.villages:
        yield [
            *said,
            name_in(place.village, lang),
            STATES[place.state].pick(lang),
            place.days,
            place.opened_on.isoformat() if place.opened_on else "",
            place.title or "",
            place.disclosure_id or "",
        ]
