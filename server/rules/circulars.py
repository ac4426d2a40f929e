"""Circulars: the month's bulletin, the quarter's assessment and a village's year, as values that a page, paper and a workbook show.

Villages stand in the order of the official codes and are never ranked. A rate is over what is finished (rules/rates.py), and
of nothing there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias

from msgspec import Struct

from server.rules.compliance import Cell
from server.rules.inspections import QUESTIONS, Inspection, Question, Visit
from server.rules.periods import local_date
from server.rules.rates import Count, counted
from server.rules.rectifications import Rectification
from server.rules.tallies import sign_of
from server.rules.values import Fen, Text

WHOLE = 1000


class Rate(Struct, frozen=True):
    """So many of so many; `permille` is cut and not rounded, so that 100.0 % means every one; None of nothing."""

    part: int
    whole: int

    @property
    def permille(self) -> int | None:
        """The part of the whole per thousand, cut."""
        return self.part * WHOLE // self.whole if self.whole else None

    def words(self) -> str:
        """Return it as it stands on paper: '96.1%', or a dash of nothing."""
        found = self.permille
        return "—" if found is None else f"{found // 10}.{found % 10}%"


class Money(Struct, frozen=True):
    """An amount in fen."""

    fen: Fen


Value: TypeAlias = Text | str | int | date | Rate | Money | None


class Table(Struct, frozen=True):
    """A table with its heads; the first column names the row. `total`: the last row adds up the others."""

    name: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: bool = False
    note: Text | None = None
    nothing: Text | None = None


class Circular(Struct, frozen=True):
    """A circular as it is read. `lead`: what it says in sentences, `notes`: what its words mean."""

    title: Text
    place: str
    span: Text
    as_of: datetime
    lead: tuple[Text, ...]
    tables: tuple[Table, ...]
    notes: tuple[Text, ...]


class Facts(Struct, frozen=True):
    """What a circular is made of: judged cells, visits that came in the span, orders that were given in it.

    `villages`: names by code in the official order; `categories`: names by key. `open_orders`: every order not closed yet.
    """

    cells: Sequence[Cell]
    inspections: Sequence[Inspection]
    orders: Sequence[Rectification]
    open_orders: Sequence[Rectification]
    villages: Mapping[str, str]
    categories: Mapping[str, Text]


NOTES = (
    Text(
        "按时率 = 按时 ÷（按时 + 迟 + 空表 + 缺）。空表是公开了、但没有内容的。还没到期的、免公开的不算在内。",
        "On time rate = on time ÷ (on time + late + empty + missing). Empty: published without content. What is not due yet "
        "and what is exempt is in no rate.",
    ),
    Text("提前 = 期限那天以前就公开了。", "Early: published before the last day."),
)
# Said where there are several.
IN_ORDER = Text(
    "各村按区划代码排列，不是排名。",
    "Villages stand in the order of their codes: this is no ranking.",
)
_VILLAGE, _CATEGORY = Text("村", "Village"), Text("事项", "Category")
_TOTAL = Text("合计", "Together")
_COUNTS = (
    Text("到期", "Due"),
    Text("按时", "On time"),
    Text("其中提前", "Of these early"),
    Text("迟", "Late"),
    Text("空表", "Empty"),
    Text("缺", "Missing"),
    Text("免公开", "Exempt"),
    Text("按时率", "On time rate"),
)


def count(cells: Iterable[Cell]) -> Count:
    """Return what became of obligations, as the county's overview counts it."""
    return counted(Counter(map(sign_of, cells)).items())


def _counted(cells: Iterable[Cell]) -> tuple[Value, ...]:
    found = count(cells)
    return (
        found.finished,
        found.on_time,
        found.early,
        found.late,
        found.empty,
        found.missing,
        found.exempt,
        Rate(found.on_time, found.finished),
    )


def by_category(facts: Facts) -> Table:
    """Return how each category stood, those of which nothing fell due left out."""
    groups: dict[str, list[Cell]] = {}
    for cell in facts.cells:
        groups.setdefault(cell.obligation.category, []).append(cell)
    rows: list[tuple[Value, ...]] = [
        (facts.categories.get(key, Text(key, key)), *_counted(cells))
        for key, cells in sorted(groups.items())
    ]
    return Table(
        Text("按事项", "By category"),
        (_CATEGORY, *_COUNTS),
        (*rows, (_TOTAL, *_counted(facts.cells))) if rows else (),
        total=bool(rows),
        nothing=Text("这段时间没有到期的公开事项。", "Nothing fell due in this span."),
    )


def by_village(facts: Facts) -> Table:
    """Return how each village stood, in the official order."""
    groups: dict[str, list[Cell]] = {code: [] for code in facts.villages}
    for cell in facts.cells:
        groups.setdefault(cell.obligation.division, []).append(cell)
    rows = tuple(
        (facts.villages.get(code, code), *_counted(cells)) for code, cells in groups.items()
    )
    return Table(
        Text("按村", "By village"),
        (_VILLAGE, *_COUNTS),
        (*rows, (_TOTAL, *_counted(facts.cells))),
        total=True,
    )


def behind(facts: Facts) -> Table:
    """Return everything that came late or is missing, by village."""
    found = [c for c in facts.cells if c.state in ("late", "missing")]
    return Table(
        Text("迟公开和没有公开的", "Late or missing"),
        (
            _VILLAGE,
            _CATEGORY,
            Text("期限", "Due"),
            Text("情况", "State"),
            Text("天数", "Days"),
        ),
        tuple(
            (
                facts.villages.get(c.obligation.division, c.obligation.division),
                facts.categories.get(c.obligation.category, Text(c.obligation.category, "")),
                c.obligation.due.due_on,
                Text("迟", "late") if c.state == "late" else Text("缺", "missing"),
                c.late_days or 0,
            )
            for c in found
        ),
        nothing=Text("没有。", "None."),
    )


def questions(inspections: Iterable[Inspection]) -> Table:
    """Return how the four questions were answered on the spot; what could not be told is in no rate."""
    visits = _visits(inspections)
    rows = tuple(_question(question, name, visits) for question, name in QUESTIONS.items())
    return Table(
        Text("现场检查的四个问题", "The four questions on the spot"),
        (
            Text("问题", "Question"),
            Text("是", "Yes"),
            Text("否", "No"),
            Text("看不出来", "Cannot be told"),
            Text("“是”占", "Share of yes"),
        ),
        rows if visits else (),
        note=Text("看不出来的不算在比例里。", "What could not be told is in no share."),
        nothing=Text("这段时间没有现场检查。", "Nobody was on the spot in this span."),
    )


def _question(question: Question, name: Text, visits: Sequence[Visit]) -> tuple[Value, ...]:
    replies = [visit.replies()[question] for visit in visits]
    yes, no = replies.count("yes"), replies.count("no")
    return (name, yes, no, replies.count("unclear"), Rate(yes, yes + no))


def villagers(inspections: Iterable[Inspection]) -> Table:
    """Return what villagers said who were asked on the spot."""
    visits = _visits(inspections)
    asked = sum(v.asked for v in visits)
    return Table(
        Text("问村民", "Villagers who were asked"),
        (
            Text("检查", "Visits"),
            Text("问了几人", "Asked"),
            Text("知道公开内容", "Knew of the notice"),
            Text("满意", "Satisfied"),
        ),
        (
            (
                len(visits),
                asked,
                Rate(sum(v.knew for v in visits), asked),
                Rate(sum(v.satisfied for v in visits), asked),
            ),
        )
        if asked
        else (),
        nothing=Text("没有问村民。", "Nobody was asked."),
    )


def visits_by_village(facts: Facts) -> Table:
    """Return each visit with what it found."""
    rows = []
    for one in facts.inspections:
        if one.visit is None:
            continue
        faults = [QUESTIONS[question] for question in one.visit.faults]
        rows.append(
            (
                facts.villages.get(one.division, one.division),
                local_date(one.visit.received_at),
                Text(
                    "；".join(f.zh + "：否" for f in faults) or "没有问题",
                    "; ".join(f"{f.en} no" for f in faults) or "nothing wrong",
                ),
                one.visit.note,
            )
        )
    return Table(
        Text("现场检查", "On the spot"),
        (
            _VILLAGE,
            Text("日期", "Day"),
            Text("结果", "Result"),
            Text("看到了什么", "What was seen"),
        ),
        tuple(rows),
        nothing=Text("这段时间没有现场检查。", "Nobody was on the spot in this span."),
    )


def by_measure(facts: Facts) -> Table:
    """Return what was ordered in the span, by measure as the policy named it, and what came of it."""
    groups: dict[str, list[Rectification]] = {}
    for order in facts.orders:
        groups.setdefault(order.measure, []).append(order)
    rows: list[tuple[Value, ...]] = [
        (orders[-1].measure_name, *_ordered(orders)) for _, orders in sorted(groups.items())
    ]
    return Table(
        Text("整改", "Put right"),
        (
            Text("处理", "Measure"),
            Text("开出", "Ordered"),
            Text("办结", "Closed"),
            Text("上报县里", "Taken to the county"),
            Text("追回（元）", "Recovered (yuan)"),
        ),
        (*rows, (_TOTAL, *_ordered(facts.orders))) if rows else (),
        total=bool(rows),
        nothing=Text("这段时间没有开整改单。", "Nothing was ordered in this span."),
    )


def _ordered(orders: Sequence[Rectification]) -> tuple[Value, ...]:
    return (
        len(orders),
        sum(o.state == "closed" for o in orders),
        sum(o.level == "county" for o in orders),
        Money(sum(o.recovered for o in orders)),
    )


def overdue(facts: Facts, now: datetime) -> Table:
    """Return what is past its last day without proof, now."""
    late = [o for o in facts.open_orders if o.overdue(now)]
    return Table(
        Text("过了期限还没整改的", "Past their last day"),
        (
            _VILLAGE,
            Text("发现的问题", "What was found"),
            Text("期限", "Last day"),
            Text("过期天数", "Days late"),
        ),
        tuple(
            (facts.villages.get(o.division, o.division), o.finding, o.due_on, o.days_late(now))
            for o in late
        ),
        nothing=Text("没有。", "None."),
    )


def _visits(inspections: Iterable[Inspection]) -> list[Visit]:
    return [one.visit for one in inspections if one.visit is not None]
