"""The desk's figures over HTTP: JSON, and CSV for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from server import problems
from server.problems import Say
from server.queries.inquiry_figures import InquiryFigures, inquiry_figures
from server.rules.inquiry_figures import Figures
from server.rules.periods import local_date
from server.rules.places import name_in
from server.rules.values import Text
from server.web.asking import Answer, Ask
from server.web.csv_files import csv_file
from server.web.wire import DivisionCode, In

LONGEST_SPAN = timedelta(days=366 * 3)

# The columns, in the order of the page: what they are called, and where their number is.
COLUMNS: tuple[tuple[str, Text], ...] = (
    ("received", Text("收到", "received")),
    ("still_open", Text("在办", "open")),
    ("overdue", Text("其中已过期", "of these overdue")),
    ("finished", Text("办结", "finished")),
    ("direct", Text("直接答复", "answered directly")),
    ("referred", Text("转办后答复", "answered after a referral")),
    ("other", Text("不受理", "not taken up")),
    ("in_time", Text("按期办结", "finished in time")),
    ("in_time_rate", Text("按期率", "in-time rate")),
    ("reply_rate", Text("办结率", "reply rate")),
    ("satisfied", Text("满意", "satisfied")),
    ("basically", Text("基本满意", "more or less satisfied")),
    ("not_satisfied", Text("不满意", "not satisfied")),
    ("second_answered", Text("重办后再答复", "answered once more")),
)


class FiguresQuery(In):
    """An area (by default one's own) and a span of days on which it was asked (by default this year so far)."""

    division: DivisionCode | None = None
    first: date | None = None
    last: date | None = None


async def get_figures(ask: Ask) -> InquiryFigures:
    """How what was asked in a span went its way, and what of it was answered, and in time."""
    asked: FiguresQuery = ask.query
    division = asked.division or ask.me.division
    ask.must("see_inquiry_figures", division)
    last = asked.last or local_date(ask.now)
    first = asked.first or date(last.year, 1, 1)
    if first > last:
        raise problems.parameter_not_valid(
            "first", Say("开始日期晚于结束日期", "the span ends before it begins")
        )
    if last - first > LONGEST_SPAN:
        raise problems.parameter_not_valid("first", Say("最多三年", "three years at most"))
    return await inquiry_figures(
        ask.db, book=ask.house.book, division=division, first=first, last=last, now=ask.now
    )


async def get_figures_csv(ask: Ask) -> Answer:
    """The same figures as a CSV file: all together, then by kind, then by village."""
    found = await get_figures(ask)
    lang = ask.lang
    rows: list[Sequence[object]] = []
    said = Text(
        f"{found.first} 至 {found.last} 提出的", f"asked from {found.first} to {found.last}"
    )
    rows.append([name_in(found.division_name, lang), said.pick(lang)])
    rows.append(["", *(name.pick(lang) for _, name in COLUMNS)])
    rows.append([Text("合计", "together").pick(lang), *_cells(found.total)])
    groups = (*found.by_kind, *found.by_village)
    rows += [[group.name.pick(lang), *_cells(group.figures)] for group in groups]
    none = Text("不是提问的（广告等，不计入）", "no inquiry at all (advertising; not counted)")
    rows.append([none.pick(lang), found.not_inquiries])
    for office in found.offices:
        to = Text(f"转给{office.name.zh}", f"referred to the {office.name.en}")
        rows.append([to.pick(lang), office.count])
    return csv_file(rows, f"inquiries-{found.division}-{found.first}-{found.last}.csv")


def _cells(figures: Figures) -> Sequence[str | int]:
    return [_cell(name, getattr(figures, name)) for name, _ in COLUMNS]


def _cell(name: str, value: int | None) -> str | int:
    if value is None:
        return "—"
    return f"{value // 100}.{value % 100:02d}%" if name.endswith("_rate") else value
