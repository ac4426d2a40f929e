"""The three circulars: the month's bulletin, the quarter's assessment, and the year of one village."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from server.rules import circulars
from server.rules.circulars import IN_ORDER, NOTES, Circular, Facts, Money, Rate, Table, Value
from server.rules.grades import WORDS, GradeRule, grade_of
from server.rules.periods import Cadence, Period, day_label, label, local_date
from server.rules.rectifications import STATES, Rectification
from server.rules.values import Text, yuan

Kind = Literal["bulletin", "assessment", "village"]

CADENCES: dict[Kind, Cadence] = {
    "bulletin": "monthly",
    "assessment": "quarterly",
    "village": "yearly",
}
# A month's bulletin tells of what fell due in it. A quarter and a year are those of the periods that ended in them, as in the matrix and
# the overview: the third quarter's accounts, due in October, are the third quarter's.
BY_DUE_DAY: frozenset[Kind] = frozenset({"bulletin"})
TITLES: dict[Kind, Text] = {
    "bulletin": Text("村务公开通报", "Bulletin on disclosure"),
    "assessment": Text("村务公开考评", "Assessment of disclosure"),
    "village": Text("村务公开年度情况", "A village's year of disclosure"),
}


def circular(
    kind: Kind,
    facts: Facts,
    *,
    place: str,
    period: Period,
    as_of: datetime,
    grades: GradeRule | None = None,
) -> Circular:
    """Return a circular of a kind about a period, as everything stood at a moment.

    `grades`: how a quarter of the place is called; None where it is a village, which is never graded.
    """
    tables = {"bulletin": _bulletin, "assessment": _assessment, "village": _village}[kind]
    return Circular(
        title=Text(
            f"{label(period).zh}{TITLES[kind].zh}", f"{TITLES[kind].en}: {label(period).en}"
        ),
        place=place,
        span=_span(kind, period.start, period.end),
        as_of=as_of,
        lead=(*_lead(facts, as_of), *(_grade(facts, grades) if grades else ())),
        tables=tables(facts, as_of),
        notes=NOTES if kind == "village" else (*NOTES, IN_ORDER),
    )


def _span(kind: Kind, first: date, last: date) -> Text:
    begun, ended = day_label(first), day_label(last)
    if kind in BY_DUE_DAY:
        return Text(
            f"统计 {begun.zh}至 {ended.zh}到期的公开事项，以及这段时间收到的检查结果、开出的整改单。",
            f"What fell due from {begun.en} to {ended.en}, and the visits and orders of that time.",
        )
    whole = Text("季度", "quarter") if kind == "assessment" else Text("年度", "year")
    return Text(
        f"统计本{whole.zh}的公开事项，{whole.zh}结束以后才到期的也算；以及 {begun.zh}至 {ended.zh}收到的检查结果、开出的整改单。",
        f"What is owed for this {whole.en}, also where it falls due after the {whole.en}'s end, and the visits and orders from "
        f"{begun.en} to {ended.en}.",
    )


def _lead(facts: Facts, as_of: datetime) -> tuple[Text, ...]:
    found = circulars.count(facts.cells)
    rate = Rate(found.on_time, found.finished)
    late = sum(o.overdue(as_of) for o in facts.open_orders)
    back = sum(o.recovered for o in facts.orders)
    visits = [i for i in facts.inspections if i.visit is not None]
    faulty = sum(bool(i.visit.faults) for i in visits if i.visit is not None)
    said = [
        Text(
            f"到期 {found.finished} 项：按时 {found.on_time}（其中提前 {found.early}），迟 {found.late}，空表 {found.empty}，"
            f"缺 {found.missing}。按时率 {rate.words()}。",
            f"{found.finished} items fell due: {found.on_time} on time ({found.early} of these early), {found.late} late, "
            f"{found.empty} empty, {found.missing} missing. On time rate {rate.words()}.",
        ),
        Text(
            f"现场检查 {len(visits)} 处，{faulty} 处有问题。开整改单 {len(facts.orders)} 张，"
            f"追回 {yuan(back)} 元；现有 {late} 张过了期限还没整改。",
            f"Places visited: {len(visits)}, with faults: {faulty}. Orders given: {len(facts.orders)}, recovered: {yuan(back)} "
            f"yuan. Past their last day now: {late}.",
        ),
    ]
    return tuple(said)


def _grade(facts: Facts, rule: GradeRule) -> tuple[Text, ...]:
    found = circulars.count(facts.cells)
    grade = grade_of(found.on_time_permille, rule)
    if grade is None:
        return ()
    word = WORDS[grade]
    return (
        Text(
            f"按当地标准（{rule.excellent}% 优秀、{rule.good}% 良好、{rule.passing}% 合格）：{word.zh}。",
            f"By the policy ({rule.excellent} % excellent, {rule.good} % good, {rule.passing} % passing): {word.en}.",
        ),
    )


def _bulletin(facts: Facts, as_of: datetime) -> tuple[Table, ...]:
    return (
        circulars.by_category(facts),
        circulars.by_village(facts),
        circulars.behind(facts),
        circulars.questions(facts.inspections),
        circulars.villagers(facts.inspections),
        circulars.by_measure(facts),
        circulars.overdue(facts, as_of),
    )


def _assessment(facts: Facts, as_of: datetime) -> tuple[Table, ...]:
    return (
        _each_village(facts, as_of),
        circulars.by_category(facts),
        circulars.questions(facts.inspections),
        circulars.villagers(facts.inspections),
        circulars.by_measure(facts),
    )


def _village(facts: Facts, as_of: datetime) -> tuple[Table, ...]:
    return (
        circulars.by_category(facts),
        circulars.behind(facts),
        circulars.visits_by_village(facts),
        circulars.villagers(facts.inspections),
        _orders(facts),
        circulars.overdue(facts, as_of),
    )


def _each_village(facts: Facts, as_of: datetime) -> Table:
    """Return what is to be weighed of each village, side by side; people weigh it."""
    rows: list[tuple[Value, ...]] = []
    for code, name in facts.villages.items():
        cells = [c for c in facts.cells if c.obligation.division == code]
        visits = [i.visit for i in facts.inspections if i.division == code and i.visit is not None]
        orders = [o for o in facts.orders if o.division == code]
        found = circulars.count(cells)
        rows.append(
            (
                name,
                Rate(found.on_time, found.finished),
                found.late,
                found.empty,
                found.missing,
                found.needs_person,
                len(visits),
                sum(len(v.faults) for v in visits),
                len(orders),
                sum(o.overdue(as_of) for o in facts.open_orders if o.division == code),
            )
        )
    return Table(
        Text("各村情况", "Each village"),
        (
            Text("村", "Village"),
            Text("按时率", "On time rate"),
            Text("迟", "Late"),
            Text("空表", "Empty"),
            Text("缺", "Missing"),
            Text("要人看的", "For a person"),
            Text("检查", "Visits"),
            Text("答“否”", "Answers no"),
            Text("整改单", "Orders"),
            Text("其中过期", "Of these late"),
        ),
        tuple(rows),
        note=Text("这里只列事实，村不评等次。", "These are facts: villages are not graded."),
    )


def _orders(facts: Facts) -> Table:
    return Table(
        Text("整改单", "Orders"),
        (
            Text("开出", "Ordered on"),
            Text("发现的问题", "What was found"),
            Text("处理", "Measure"),
            Text("期限", "Last day"),
            Text("办理", "Standing"),
            Text("追回（元）", "Recovered (yuan)"),
        ),
        tuple(_order(order) for order in facts.orders),
        nothing=Text("没有。", "None."),
    )


def _order(order: Rectification) -> tuple[Value, ...]:
    return (
        local_date(order.ordered_at),
        order.finding,
        order.measure_name,
        order.due_on,
        STATES[order.state],
        Money(order.recovered),
    )
