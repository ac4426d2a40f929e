"""Public reading of disclosures, and taking one down."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import anyio.to_thread
from msgspec.structs import replace

from server import problems
from server.commands.withdraw_disclosure import withdraw_disclosure
from server.external import spreadsheets
from server.queries.disclosure_page import disclosure_page
from server.queries.edition_difference import edition_difference
from server.queries.matter_threads import matter_threads
from server.rules.disclosure_pages import DisclosurePage, EditionLine
from server.storage import disclosures
from server.web.asking import Answer, Ask
from server.web.csv_files import attachment
from server.web.disclosure_workbook import disclosure_workbook
from server.web.shelf import Turn, public_answer
from server.web.wire import Id, In, LongText, Number, Out


class EditionQuery(In):
    """Which edition to read; the standing one by default."""

    edition: Number | None = None


class DifferenceQuery(In):
    """Two edition numbers."""

    before: Number
    after: Number


class WithdrawalBody(In):
    """A client-made id and the reason, which is published."""

    id: Id
    reason: LongText


class WithdrawalAnswer(Out):
    """What was taken down, when and why."""

    disclosure_id: str
    edition: int | None
    withdrawn_at: datetime
    reason: str


class EditionsAnswer(Out):
    """Every edition that was ever open."""

    items: tuple[EditionLine, ...]


async def page_of(
    ask: Ask, disclosure_id: str, number: int | None, at: datetime | None = None
) -> DisclosurePage:
    """Return a disclosure's page in the reader's language, as it is read now or at another moment."""
    return await disclosure_page(
        ask.db,
        book=ask.house.book,
        disclosure_id=disclosure_id,
        number=number,
        now=at or ask.now,
        lang=ask.lang,
        demo=ask.house.demo,
    )


async def page_in_full(
    ask: Ask, disclosure_id: str, number: int | None
) -> tuple[DisclosurePage, Turn]:
    """Return a disclosure's page with the matters it stands in, and when time alone changes it.

    When a notice of its matters opens is not said before: the tag tells what is shown of them, not what will be.
    """
    page = await page_of(ask, disclosure_id, number)
    found = await matter_threads(
        ask.db, book=ask.house.book, disclosure_id=disclosure_id, now=ask.now, lang=ask.lang
    )
    return replace(page, matters=found.threads), Turn(
        page.changes_at, found.next_change, found.print
    )


async def division_of(ask: Ask, disclosure_id: str) -> str:
    """Return the division whose version counter governs a disclosure; raises not_found."""
    disclosure = await disclosures.get(ask.db, disclosure_id)
    if disclosure is None:
        raise problems.not_found()
    return disclosure.division


async def get_disclosure(ask: Ask) -> Answer:
    """One disclosure with its sheet, window, editions, photos and signatures."""
    disclosure_id, number = ask.path["id"], ask.query.edition

    async def make() -> tuple[object, Turn]:
        return await page_in_full(ask, disclosure_id, number)

    return await public_answer(
        ask,
        key=("disclosure", disclosure_id, str(number or "")),
        division=partial(division_of, ask, disclosure_id),
        make=make,
    )


async def get_sheet_xlsx(ask: Ask) -> Answer:
    """The sheet of a disclosure as a workbook: what its page shows, nothing more."""
    disclosure_id, number = ask.path["id"], ask.query.edition

    async def make() -> tuple[object, Turn]:
        page = await page_of(ask, disclosure_id, number)
        book = disclosure_workbook(page, ask.lang, f"{ask.origin}/d/{disclosure_id}")
        return await anyio.to_thread.run_sync(spreadsheets.write, book), Turn(page.changes_at)

    return await public_answer(
        ask,
        key=("sheet.xlsx", disclosure_id, str(number or ""), ask.origin),
        division=partial(division_of, ask, disclosure_id),
        make=make,
        media_type=spreadsheets.MEDIA_TYPE,
        headers=attachment(f"{disclosure_id}.xlsx"),
        packed=True,
    )


async def list_editions(ask: Ask) -> Answer:
    """Every edition with its time and reason."""
    disclosure_id = ask.path["id"]

    async def make() -> tuple[object, Turn]:
        page = await page_of(ask, disclosure_id, None)
        return EditionsAnswer(items=page.editions), Turn(page.changes_at)

    return await public_answer(
        ask,
        key=("editions", disclosure_id),
        division=partial(division_of, ask, disclosure_id),
        make=make,
    )


async def get_difference(ask: Ask) -> Answer:
    """What changed between two editions, line by line."""
    disclosure_id, asked = ask.path["id"], ask.query

    async def make() -> tuple[object, Turn]:
        found = await edition_difference(
            ask.db,
            book=ask.house.book,
            disclosure_id=disclosure_id,
            before=asked.before,
            after=asked.after,
            now=ask.now,
            lang=ask.lang,
        )
        page = await page_of(ask, disclosure_id, None)
        return found, Turn(page.changes_at)

    return await public_answer(
        ask,
        key=("difference", disclosure_id, str(asked.before), str(asked.after)),
        division=partial(division_of, ask, disclosure_id),
        make=make,
    )


async def withdraw(ask: Ask) -> WithdrawalAnswer:
    """Take a disclosure down and publish why."""
    body: WithdrawalBody = ask.body
    gone = await withdraw_disclosure(
        ask.tx,
        book=ask.house.book,
        actor=ask.me,
        now=ask.now,
        address=ask.address,
        disclosure_id=ask.path["id"],
        reason=body.reason,
        request_id=body.id,
    )
    assert gone.edition.withdrawn_at is not None
    return WithdrawalAnswer(
        disclosure_id=gone.disclosure.id,
        edition=gone.edition.number,
        withdrawn_at=gone.edition.withdrawn_at,
        reason=gone.edition.withdrawn_reason or "",
    )
