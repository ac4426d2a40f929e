"""The desk's lists as files for a spreadsheet: exemptions, policies, and the days of query points."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from server.queries.exemption_list import ExemptionLine, exemption_list
from server.queries.policies_in_scope import PolicyLine, policies_in_scope
from server.queries.query_points_in_scope import query_points_in_scope
from server.rules.periods import SHANGHAI
from server.rules.places import name_in
from server.rules.values import Text
from server.web.asking import Answer, Ask
from server.web.csv_files import csv_file
from server.web.query_points import PointQuery

_EXEMPTIONS = (
    Text("区划代码", "Division code"),
    Text("地方", "Place"),
    Text("事项", "Category"),
    Text("期", "Period"),
    Text("从", "From"),
    Text("到", "To"),
    Text("办法", "Kind"),
    Text("改到哪天", "Other deadline"),
    Text("原因", "Reason"),
    Text("申请人", "Asked by"),
    Text("申请时间", "Asked at"),
    Text("状态", "State"),
    Text("决定人", "Decided by"),
    Text("决定人的职务", "Decided as"),
    Text("决定时间", "Decided at"),
    Text("决定说明", "Said with the decision"),
    Text("提前结束人", "Ended by"),
    Text("提前结束时间", "Ended at"),
    Text("提前结束的原因", "Why it was ended"),
)
_POLICIES = (
    Text("代号", "Key"),
    Text("名称", "Title"),
    Text("区划代码", "Division code"),
    Text("管哪里", "Place"),
    Text("从", "From"),
    Text("到", "To"),
    Text("状态", "State"),
    Text("规定了什么", "What it sets"),
)
_STATES = {
    "coming": Text("将要施行", "to come"),
    "in_force": Text("正在施行", "in force"),
    "over": Text("已经到期", "over"),
    "taken_back": Text("已撤回", "taken back"),
}
_DAYS = (
    Text("区划代码", "Division code"),
    Text("地方", "Place"),
    Text("查询点", "Query point"),
    Text("放在哪里", "Where it stands"),
    Text("日期", "Day"),
    Text("应有信号的分钟", "Minutes it could have been heard"),
    Text("收到信号的分钟", "Minutes heard"),
    Text("事后补报的分钟", "Minutes said afterwards"),
    Text("有信号（%）", "Heard (%)"),
)
_SLOT_MINUTES = 10


async def get_exemptions_csv(ask: Ask) -> Answer:
    """What was asked for in my area, as a file."""
    found = await exemption_list(ask.db, book=ask.house.book, actor=ask.me)
    rows = [_exemption(line, ask.lang) for line in found.items]
    return _file(ask, _EXEMPTIONS, rows, "exemptions")


async def get_policies_csv(ask: Ask) -> Answer:
    """Every policy that touches my area, as a file."""
    actor = ask.must("see_rules", ask.me.division)
    found = await policies_in_scope(ask.db, book=ask.house.book, actor=actor, now=ask.now)
    return _file(ask, _POLICIES, [_policy(line, ask.lang) for line in found.items], "policies")


async def get_points_csv(ask: Ask) -> Answer:
    """The days of the query points in my area, a row each, as far back as is kept."""
    query: PointQuery = ask.query
    division = query.division or ask.me.division
    ask.must("see_query_points", division)
    found = await query_points_in_scope(ask.db, division, ask.now)
    rows: list[tuple[object, ...]] = [
        (
            *(
                point.division,
                name_in(point.division_name, ask.lang),
                point.name,
                point.place,
                day.day,
            ),
            *(n * _SLOT_MINUTES for n in (day.of, day.heard, day.claimed)),
            # Rounded down: 100 is only what was heard all day.
            day.heard * 100 // day.of if day.of else "",
        )
        for point in found.items
        for day in point.uptime
    ]
    return _file(ask, _DAYS, rows, "query-points")


def _exemption(line: ExemptionLine, lang: str) -> tuple[object, ...]:
    return (
        *(line.division, name_in(line.division_name, lang), line.category_name.pick(lang)),
        line.period_name.pick(lang) if line.period_name else "",
        *(line.valid_from or "", line.valid_to or "", line.kind_name.pick(lang), line.due_on or ""),
        *(line.reason, line.asked_by_name, _clock(line.asked_at), line.state_name.pick(lang)),
        *(line.decided_by_name, line.post.pick(lang), _clock(line.decided_at), line.decision),
        *(line.ended_by_name, _clock(line.ended_at), line.ended_reason),
    )


def _policy(line: PolicyLine, lang: str) -> tuple[object, ...]:
    said = (
        " ".join(filter(None, (s.about.pick(lang), s.name.pick(lang), s.value.pick(lang))))
        for s in line.values
    )
    return (
        *(line.id, line.title.pick(lang), line.division, name_in(line.division_name, lang)),
        *(line.valid_from, line.valid_to or "", _STATES[line.state].pick(lang)),
        "; ".join(said) if lang.startswith("en") else "；".join(said),
    )


def _clock(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _file(ask: Ask, heads: Iterable[Text], rows: list[tuple[object, ...]], name: str) -> Answer:
    head = tuple(each.pick(ask.lang) for each in heads)
    return csv_file([head, *rows], f"{name}-{ask.me.division}-{ask.now:%Y%m%d}.csv")
