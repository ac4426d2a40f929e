"""Open data: three tables of what the public may read, whatever the category.

`notices` has one row a notice. `values` has one row for each value on its sheet (long form, so that categories with
different forms fit one table), `entries` one row for each voucher below a line. Amounts are fen here; files show yuan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from server.rules.cards import notice_card
from server.rules.disclosures import Disclosure, EditionHead
from server.rules.divisions import is_group
from server.rules.periods import Period
from server.rules.places import Place
from server.rules.privacy import public_content
from server.rules.rulebook import Rulebook, period_of
from server.rules.sheets import FactsSection, Section, Sheet, SumSection, sheet_for
from server.rules.values import Fen, Lang, Text, yuan
from server.rules.windows import Visibility

Table = Literal["notices", "values", "entries"]
Kind = Literal["string", "integer", "money", "date", "datetime"]
Value: TypeAlias = str | int | Fen | date | datetime | None
Row: TypeAlias = tuple[Value, ...]
Rows: TypeAlias = Mapping[Table, Sequence[Row]]


class Field(Struct, frozen=True):
    """One column: its name in files for programs, its words in a workbook."""

    name: str
    kind: Kind
    words: Text


_ID = Field("disclosure_id", "string", Text("公开编号", "Disclosure"))
_SECTION = Field("section", "string", Text("部分", "Section"))
_ROW = Field("row", "integer", Text("行", "Row"))
_LABEL = Field("label", "string", Text("项目", "Item"))
_AMOUNT = Field("amount_yuan", "money", Text("金额（元）", "Amount (yuan)"))

FIELDS: Mapping[Table, tuple[Field, ...]] = {
    "notices": (
        _ID,
        Field("address", "string", Text("网址", "Address")),
        Field("division", "string", Text("区划代码", "Division")),
        Field("village", "string", Text("村", "Village")),
        Field("township", "string", Text("乡镇", "Township")),
        Field("category", "string", Text("类别代号", "Category")),
        Field("category_name", "string", Text("类别", "Category name")),
        Field("title", "string", Text("标题", "Title")),
        Field("period", "string", Text("期", "Period")),
        Field("period_start", "date", Text("期的第一天", "First day")),
        Field("period_end", "date", Text("期的最后一天", "Last day")),
        Field("state", "string", Text("状态", "State")),
        Field("edition", "integer", Text("版次", "Edition")),
        Field("due_on", "date", Text("最迟公开日", "Due on")),
        Field("first_opened_at", "datetime", Text("首次公开", "First opened")),
        Field("opened_at", "datetime", Text("公开", "Opened")),
        Field("comes_down_at", "datetime", Text("计划撤下", "Comes down")),
        Field("verdict", "string", Text("是否按时", "Verdict")),
        Field("late_days", "integer", Text("迟几天", "Days late")),
        Field("reason", "string", Text("更正或撤回原因", "Why corrected or withdrawn")),
        Field("withdrawn_at", "datetime", Text("撤回", "Withdrawn")),
        Field("content_hash", "string", Text("内容哈希", "Hash of the content")),
    ),
    "values": (
        _ID,
        _SECTION,
        Field("section_name", "string", Text("部分名称", "Section name")),
        _ROW,
        _LABEL,
        Field("column", "string", Text("栏代号", "Column")),
        Field("column_name", "string", Text("栏", "Column name")),
        Field("type", "string", Text("类型", "Type")),
        Field("value", "string", Text("值", "Value")),
        _AMOUNT,
    ),
    "entries": (
        _ID,
        _SECTION,
        _ROW,
        _LABEL,
        Field("entry", "integer", Text("笔", "Entry")),
        Field("date", "string", Text("日期", "Date")),
        Field("voucher", "string", Text("凭证号", "Voucher no.")),
        Field("summary", "string", Text("摘要", "What for")),
        Field("party", "string", Text("收款人或付款人", "Payee or payer")),
        _AMOUNT,
        Field("handler", "string", Text("经手人", "Handled by")),
        Field("witness", "string", Text("证明人", "Witnessed by")),
        Field("approver", "string", Text("审批人", "Approved by")),
    ),
}
KEYS: Mapping[Table, tuple[str, ...]] = {
    "notices": ("disclosure_id",),
    "values": ("disclosure_id", "section", "row", "column"),
    "entries": ("disclosure_id", "section", "row", "entry"),
}
TABLES: tuple[Table, ...] = ("notices", "values", "entries")


class Scope(Struct, frozen=True):
    """Of where and of when data is asked for."""

    place: Place
    period: Period


def township_of(place: Place) -> str:
    """Return the name of the township above a village, or above a group's village; '' where none is."""
    above = place.path[:-1] if is_group(place.code) else place.path
    return above[-1] if above else ""


def rows_of(
    disclosure: Disclosure,
    editions: Sequence[EditionHead],
    shown: tuple[EditionHead, Visibility],
    content: Mapping[str, Any] | None,
    place: Place,
    book: Rulebook,
    now: datetime,
    lang: Lang,
    address: str,
) -> Rows:
    """Return the rows of one disclosure of which the public sees `shown`; `content`: None where that is a tombstone."""
    edition, seen = shown
    card = notice_card(disclosure, editions, book, now, lang)
    assert card is not None, "what the public sees has a card"
    gone = seen is Visibility.WITHDRAWN
    notice: Row = (
        disclosure.id,
        address,
        disclosure.division,
        place.name,
        township_of(place),
        card.category,
        card.category_name.pick(lang),
        card.title,
        card.period,
        disclosure.period_start,
        disclosure.period_end,
        card.stage,
        card.edition,
        book.due_of(disclosure).due_on,
        card.first_opened_at,
        card.opened_at,
        card.comes_down_at,
        card.verdict,
        card.late_days,
        edition.withdrawn_reason if gone else edition.reason,
        edition.withdrawn_at if gone else None,
        edition.content_hash,
    )
    if gone or content is None:
        return {"notices": (notice,), "values": (), "entries": ()}
    category = book.categories[disclosure.category]
    view = book.papers[category.key, edition.schema_version].view
    sheet = sheet_for(
        category,
        view,
        public_content(category, content),
        lang,
        period=period_of(disclosure),
        calendar=book.calendar,
    )
    return {
        "notices": (notice,),
        "values": tuple(_values(disclosure.id, sheet, lang)),
        "entries": tuple(_entries(disclosure.id, sheet)),
    }


_IN_A_SUM, _FACT = Text("金额", "Amount"), Text("内容", "Content")


def _values(disclosure: str, sheet: Sheet, lang: Lang) -> Iterator[Row]:
    for section in sheet.sections:
        for row, label, column, name, kind, value in _cells(section, lang):
            if value is None or value == "":
                continue
            money = kind == "money" and isinstance(value, int)
            yield (
                disclosure,
                section.id,
                section.heading,
                row,
                label,
                column,
                name,
                kind,
                yuan(int(value)).replace(",", "") if money else str(value),
                int(value) if money else None,
            )


_Cell: TypeAlias = tuple[int, str, str, str, str, str | int | None]


def _cells(section: Section, lang: Lang) -> Iterator[_Cell]:
    if isinstance(section, SumSection):
        for number, line in enumerate(section.rows, 1):
            yield number, line.label, "amount", _IN_A_SUM.pick(lang), "money", line.amount
    elif isinstance(section, FactsSection):
        for number, fact in enumerate(section.items, 1):
            yield number, fact.label, "value", _FACT.pick(lang), fact.type, fact.value
    else:
        for number, row in enumerate(section.rows, 1):
            for column, value in zip(section.columns, row.cells, strict=True):
                yield number, "", column.key, column.label, column.type, value


def _entries(disclosure: str, sheet: Sheet) -> Iterator[Row]:
    for section in sheet.sections:
        if not isinstance(section, SumSection):
            continue
        for number, line in enumerate(section.rows, 1):
            for index, e in enumerate(line.entries, 1):
                yield (
                    *(disclosure, section.id, number, line.label, index),
                    *(e.date, e.voucher, e.summary, e.party, e.amount),
                    *(e.handler, e.witness, e.approver),
                )
