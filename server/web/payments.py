"""Lists of payments over HTTP, for the township: what a file would do, loading it, what stands, and who asks."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from server import problems
from server.commands.load_payments import Loaded, Loading, load_payments
from server.commands.remove_payments import remove_payments
from server.external.spreadsheet_files import Limits
from server.queries.household_log import HouseholdLog, household_log
from server.queries.payment_file import payment_file
from server.queries.payment_lists import (
    NoticeOf,
    PaymentChoices,
    PaymentLists,
    notice_of,
    payment_choices,
    payment_lists,
)
from server.queries.payments_not_received import NotReceivedList, payments_not_received
from server.rules.payment_sheets import ListRead
from server.rules.payments import LONGEST_PURPOSE
from server.rules.values import Fen, Text
from server.rules.wrong_rows import WrongRow
from server.web.asking import Ask
from server.web.listing import ListPageQuery
from server.web.transactions import transaction
from server.web.wire import CategoryKey, DivisionCode, In, LongText, Out

# A file with more wrong rows than these has another mistake than rows.
MOST_WRONG = 50


class ListQuery(In):
    """What a file is: whose list, of what, paid when. `period`: the one of its notice, left out without one."""

    division: DivisionCode
    category: CategoryKey
    purpose: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_PURPOSE)]
    paid_on: date
    period: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")] | None = None


class DivisionQuery(In):
    """Which village."""

    division: DivisionCode


class RemovalBody(In):
    """Why a list is taken down again."""

    reason: LongText


class WrongRowView(Out):
    """A row that cannot be taken: its number as the spreadsheet shows it, the column, and what to do."""

    row: int
    column: str
    detail: Text


class PaymentPreview(Out):
    """What loading a file would do. With wrong rows nothing can be loaded, and `would` is null.

    `differs`: the list's total less the notice's, in fen.
    """

    sheet: str
    rows: int
    skipped: int
    total: Fen
    wrong: list[WrongRowView]
    wrong_count: int
    notice: NoticeOf | None
    differs: Fen | None
    would: Loaded | None


async def get_lists(ask: Ask) -> PaymentLists:
    """The lists of my area, what their notices say, and how many households said yes or no."""
    asked: ListPageQuery = ask.query
    return await payment_lists(
        ask.db,
        book=ask.house.book,
        keys=ask.house.household_keys,
        actor=ask.me,
        wanted=asked.wanted(),
        cursor=asked.cursor,
        now=ask.now,
    )


async def get_choices(ask: Ask) -> PaymentChoices:
    """What a list for a village can belong to."""
    asked: DivisionQuery = ask.query
    return await payment_choices(
        ask.db, book=ask.house.book, actor=ask.me, division=asked.division, now=ask.now
    )


async def preview(ask: Ask) -> PaymentPreview:
    """Read a file and say what loading it would do; nothing of it is kept."""
    asked: ListQuery = ask.query
    read = await _read(ask)
    notice = await notice_of(
        ask.house.store.reader,
        book=ask.house.book,
        division=asked.division,
        category=asked.category,
        period=asked.period,
        now=ask.now,
    )
    would = None if read.wrong else await _load(ask, read, keep=False)
    stated = notice.total if notice else None
    return PaymentPreview(
        sheet=read.sheet,
        rows=len(read.rows),
        skipped=read.skipped,
        total=read.total,
        wrong=[WrongRowView(row=w.row, column=w.column, detail=w.text) for w in _few(read.wrong)],
        wrong_count=len(read.wrong),
        notice=notice,
        differs=None if stated is None or read.wrong else read.total - stated,
        would=would,
    )


async def load(ask: Ask) -> Loaded:
    """Load a list, or put a corrected one in its place; the same again changes nothing."""
    read = await _read(ask)
    if read.wrong:
        found = [
            {"row": w.row, "cell": f"{w.column}{w.row}", "detail": w.text} for w in _few(read.wrong)
        ]
        raise problems.payment_rows_wrong(len(read.wrong), found)
    return await _load(ask, read, keep=True)


async def remove(ask: Ask) -> None:
    """Take a list down again, with a reason."""
    body: RemovalBody = ask.body
    await remove_payments(
        ask.tx,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        list_id=ask.path["id"],
        reason=body.reason,
    )


async def get_not_received(ask: Ask) -> NotReceivedList:
    """Which payments of a list are said not to have come, by row, without a name."""
    return await payments_not_received(ask.db, actor=ask.me, list_id=ask.path["id"])


async def get_log(ask: Ask) -> HouseholdLog:
    """How often households asked, by day and village."""
    return await household_log(ask.db, actor=ask.me, now=ask.now)


async def _read(ask: Ask) -> ListRead:
    asked: ListQuery = ask.query
    ask.must("load_payments", asked.division)  # before a file full of numbers is even looked at
    return await payment_file(
        ask.body,
        Limits(ask.house.settings.max_spreadsheet_bytes),
        purpose=" ".join(asked.purpose.split()),
        paid_on=asked.paid_on,
    )


async def _load(ask: Ask, read: ListRead, *, keep: bool) -> Loaded:
    asked: ListQuery = ask.query
    loading = Loading(
        division=asked.division,
        category=asked.category,
        period=asked.period,
        purpose=" ".join(asked.purpose.split()),
        paid_on=asked.paid_on,
        rows=read.rows,
    )
    async with transaction(ask.house.store) as tx:
        return await load_payments(
            tx,
            book=ask.house.book,
            keys=ask.house.household_keys,
            actor=ask.me,
            now=ask.now,
            address=ask.address,
            loading=loading,
            keep=keep,
        )


def _few(wrong: tuple[WrongRow, ...]) -> tuple[WrongRow, ...]:
    return wrong[:MOST_WRONG]
