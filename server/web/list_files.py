"""The desk's long lists as files for a spreadsheet, as they are searched and sorted on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from server.queries.draws import DrawLine, draws_in_scope
from server.queries.inquiry_desk import DeskLine, inquiry_desk
from server.queries.ledger_imports import ImportedLedger, ledger_imports
from server.queries.outreach_records import OutreachLine, outreach_in_scope
from server.queries.payment_lists import ListLine, payment_lists
from server.queries.rectifications import OrderLine, rectification_list
from server.rules.listing import Wanted
from server.rules.periods import SHANGHAI
from server.rules.places import name_in
from server.rules.values import Fen, Text, yuan
from server.web.asking import Answer, Ask
from server.web.listing import AT_ONCE, ListQuery, every_line, list_file

_CODE = Text("区划代码", "Division code")
_PLACE = Text("地方", "Place")
_STATE = Text("状态", "State")
_WHO = Text("谁", "By")
_WHEN = Text("时间（北京时间）", "Time (UTC+8)")
_CATEGORY = Text("事项", "Category")
_INQUIRIES = (
    *(
        Text("编号", "Number"),
        _CODE,
        _PLACE,
        Text("类别", "Kind"),
        Text("问的什么", "What is asked"),
    ),
    *(
        Text("问的哪一行", "About the line"),
        _STATE,
        Text("提问时间（北京时间）", "Asked at (UTC+8)"),
    ),
    *(Text("受理期限", "To be taken up by"), Text("答复期限", "To be answered by")),
    *(Text("超期天数", "Days late"), Text("转给谁", "Referred to"), Text("第几轮", "Round")),
)
_ORDERS = (
    *(
        _CODE,
        _PLACE,
        Text("要整改的", "What is to be put right"),
        Text("处理方式", "Measure"),
        _STATE,
    ),
    *(Text("由谁督办", "Level"), Text("期限", "Due"), Text("超期天数", "Days late")),
    *(
        Text("开单时间（北京时间）", "Ordered at (UTC+8)"),
        Text("办结时间（北京时间）", "Closed at (UTC+8)"),
    ),
    Text("挽回金额（元）", "Recovered (yuan)"),
)
_OUTREACH = (
    *(Text("方式", "Kind"), _STATE, Text("从", "From"), Text("到", "To"), Text("地点", "Where")),
    *(Text("到了哪些村", "Villages"), Text("宣传的公开", "Notices"), Text("户数", "Households")),
    *(Text("人数", "People"), Text("备注", "Note"), _WHO, _WHEN),
)
_DRAWS = (
    *(_CODE, _PLACE, Text("查什么", "Purpose"), Text("抽什么", "Of what"), Text("从", "From")),
    *(Text("到", "To"), Text("总数", "Of"), Text("抽出", "Drawn"), Text("已查", "Visited")),
    *(Text("有问题", "With faults"), _WHO, _WHEN),
)
_PAYMENTS = (
    *(_CODE, _PLACE, _CATEGORY, Text("期", "Period"), Text("用途", "Purpose")),
    *(Text("发放日期", "Paid on"), Text("户数", "Households"), Text("合计（元）", "Total (yuan)")),
    *(Text("公示的合计（元）", "Total of the notice (yuan)"), Text("说收到", "Said it came")),
    *(Text("说没收到", "Said it did not"), _WHO, _WHEN),
)
_LEDGERS = (
    *(Text("文件", "File"), _CATEGORY, Text("行数", "Rows"), Text("合计（元）", "Total (yuan)")),
    *(Text("放过的提示", "Warnings let pass"), Text("各村", "Villages"), _WHO, _WHEN),
)


async def get_desk_csv(ask: Ask) -> Answer:
    """What was asked in my area, as far as I may read it; nothing of who asked."""
    wanted = _wanted(ask)
    rows = await every_line(
        lambda cursor: inquiry_desk(
            ask.db,
            book=ask.house.book,
            actor=ask.me,
            now=ask.now,
            wanted=wanted,
            cursor=cursor,
            limit=AT_ONCE,
        ),
        lambda page: [_inquiry(line, ask.lang) for line in (*page.open, *page.ended)],
    )
    return list_file(ask, "inquiries", _INQUIRIES, rows)


async def get_orders_csv(ask: Ask) -> Answer:
    """What is to be put right in my area, and what was."""
    wanted = _wanted(ask)
    rows = await every_line(
        lambda cursor: rectification_list(
            ask.db,
            book=ask.house.book,
            actor=ask.me,
            now=ask.now,
            wanted=wanted,
            cursor=cursor,
            limit=AT_ONCE,
        ),
        lambda page: [_order(line, ask.lang) for line in (*page.open, *page.closed)],
    )
    return list_file(ask, "rectifications", _ORDERS, rows)


async def get_outreach_csv(ask: Ask) -> Answer:
    """What reached my area."""
    wanted = _wanted(ask)
    rows = await every_line(
        lambda cursor: outreach_in_scope(
            ask.db,
            book=ask.house.book,
            actor=ask.me,
            lang=ask.lang,
            wanted=wanted,
            cursor=cursor,
            limit=AT_ONCE,
        ),
        lambda page: [_outreach(line, ask.lang) for line in page.items],
    )
    return list_file(ask, "outreach", _OUTREACH, rows)


async def get_draws_csv(ask: Ask) -> Answer:
    """The lists drawn in my area."""
    wanted = _wanted(ask)
    rows = await every_line(
        lambda cursor: draws_in_scope(
            ask.db,
            division=ask.me.division,
            wanted=wanted,
            cursor=cursor,
            limit=AT_ONCE,
        ),
        lambda page: [_draw(line, ask.lang) for line in page.items],
    )
    return list_file(ask, "inspections", _DRAWS, rows)


async def get_payments_csv(ask: Ask) -> Answer:
    """The lists of payments of my area; nothing of any household."""
    wanted = _wanted(ask)
    rows = await every_line(
        lambda cursor: payment_lists(
            ask.db,
            book=ask.house.book,
            keys=ask.house.household_keys,
            actor=ask.me,
            now=ask.now,
            wanted=wanted,
            cursor=cursor,
            limit=AT_ONCE,
        ),
        lambda page: [_payment(line, ask.lang) for line in page.items],
    )
    return list_file(ask, "payment-lists", _PAYMENTS, rows)


async def get_ledgers_csv(ask: Ask) -> Answer:
    """The ledgers that were imported in my area."""
    wanted = _wanted(ask)
    rows = await every_line(
        lambda cursor: ledger_imports(
            ask.db,
            book=ask.house.book,
            actor=ask.me,
            wanted=wanted,
            cursor=cursor,
            limit=AT_ONCE,
        ),
        lambda page: [_ledger(line, ask.lang) for line in page.items],
    )
    return list_file(ask, "ledgers", _LEDGERS, rows)


def _wanted(ask: Ask) -> Wanted:
    query: ListQuery = ask.query
    return query.wanted()


def _inquiry(line: DeskLine, lang: str) -> tuple[object, ...]:
    return (
        *(line.number, line.division, name_in(line.division_name, lang), line.kind_name.pick(lang)),
        *(line.excerpt, line.line or "", line.state_name.pick(lang), _clock(line.asked_at)),
        *(line.accept_due.on if line.accept_due else "", line.due.on, line.due.days_late),
        *(line.referral.name if line.referral else "", line.round),
    )


def _order(line: OrderLine, lang: str) -> tuple[object, ...]:
    return (
        *(line.division, name_in(line.division_name, lang), line.excerpt),
        *(line.measure_name.pick(lang), line.state_name.pick(lang), line.level_name.pick(lang)),
        *(line.due_on, line.days_late, _clock(line.ordered_at), _clock(line.closed_at)),
        _yuan(line.recovered),
    )


def _outreach(line: OutreachLine, lang: str) -> tuple[object, ...]:
    stage = Text("已更正", "corrected since") if line.replaced_by else line.stage_name
    return (
        *(line.kind_name.pick(lang), stage.pick(lang), line.first, line.last, line.place),
        _joined((name_in(each.name, lang) for each in line.villages), lang),
        _joined((each.title for each in line.notices), lang),
        "" if line.households is None else line.households,
        "" if line.people is None else line.people,
        *(line.note, line.recorded_by_name, _clock(line.recorded_at)),
    )


def _draw(line: DrawLine, lang: str) -> tuple[object, ...]:
    return (
        *(line.division, name_in(line.division_name, lang), line.purpose),
        *(line.kind_name.pick(lang), line.first, line.last, line.population, line.size),
        *(line.visited, line.faulty, line.drawn_by_name, _clock(line.drawn_at)),
    )


def _payment(line: ListLine, lang: str) -> tuple[object, ...]:
    stated = line.notice.total if line.notice else None
    return (
        *(line.division, name_in(line.division_name, lang), line.category_name.pick(lang)),
        *(line.period, line.purpose, line.paid_on, line.rows, _yuan(line.total), _yuan(stated)),
        *(line.yes, line.no, line.loaded_by_name, _clock(line.loaded_at)),
    )


def _ledger(line: ImportedLedger, lang: str) -> tuple[object, ...]:
    return (
        *(line.name, line.category_name.pick(lang), line.rows, _yuan(line.total), line.warnings),
        _joined((f"{name_in(part.division_name, lang)} {part.rows}" for part in line.parts), lang),
        *(line.loaded_by_name, _clock(line.loaded_at)),
    )


def _joined(parts: Iterator[str], lang: str) -> str:
    return (", " if lang.startswith("en") else "、").join(parts)


def _yuan(amount: Fen | None) -> str:
    return "" if amount is None else yuan(amount).replace(",", "")


def _clock(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if moment else ""
