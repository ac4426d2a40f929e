"""Accounts in bulk over HTTP: the template, what a sheet would make, making it, and the slips for paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import anyio.to_thread

from server.commands.create_accounts import BatchMade, Slip, create_accounts, renew_codes
from server.external import spreadsheets
from server.external.qr_codes import qr_svg
from server.external.spreadsheet_files import Limits
from server.queries.people_list import (
    BatchList,
    past_batches,
    people_file,
    people_judged,
    template_for,
)
from server.rules.account_sheets import PeopleRead
from server.rules.places import spoken_name
from server.rules.values import Text
from server.rules.wrong_rows import WrongRow
from server.web.asking import Answer, Ask
from server.web.csv_files import attachment
from server.web.transactions import transaction
from server.web.wire import Id, In, Limit, Out


class MakeQuery(In):
    """`id`: the batch's, made by the client: sending twice makes nobody twice. `only_right`: leave wrong rows out."""

    id: Id
    only_right: bool = False


class BatchQuery(In):
    """Which page of the sheets of before."""

    cursor: Id | None = None
    limit: Limit = 20


class WrongPerson(Out):
    """A row that cannot become an account: its number as the spreadsheet shows it, the column by its key, what to do."""

    row: int
    column: str
    detail: Text


class RightPerson(Out):
    """A row that can: who, as what, where."""

    row: int
    name: str
    role: str
    division: str
    division_name: str
    post: str | None


class PeopleSeen(Out):
    """What a sheet would make; nothing of it is kept. `left_out`: hidden sheets that were not looked into."""

    sheet: str
    right: list[RightPerson]
    wrong: list[WrongPerson]
    left_out: list[str]


class SlipView(Out):
    """What one slip of paper says. `code` is said this once; `qr`: the sign-in screen with the code, as an SVG document."""

    account_id: str
    login: str
    name: str
    role: str
    post: str | None
    division: str
    division_name: str
    phone: str | None
    code: str
    expires_at: datetime
    qr: str


class SlipsMade(Out):
    """A batch's slips; `signed_in`: who has come already and needs none; `wrong`: the rows left out; `link`: where to sign in."""

    id: str
    slips: list[SlipView]
    signed_in: list[str]
    wrong: list[WrongPerson]
    link: str


async def get_people_template(ask: Ask) -> Answer:
    """The workbook to fill in, with the places of my area, in the reader's language."""
    ask.must("manage_accounts", ask.me.division)
    written = await template_for(ask.db, actor=ask.me, lang=ask.lang)
    data = await anyio.to_thread.run_sync(spreadsheets.write, written)
    return Answer(
        data,
        media_type=spreadsheets.MEDIA_TYPE,
        headers=attachment(f"accounts-{ask.me.division}-{ask.lang}.xlsx"),
    )


async def preview_people(ask: Ask) -> PeopleSeen:
    """Read a sheet and say what it would make; nothing of it is kept."""
    read = await _read(ask)
    judged = await people_judged(ask.house.store.reader, read, actor=ask.me, now=ask.now)
    wrong = sorted((*read.wrong, *judged.wrong), key=lambda one: one.row)
    return PeopleSeen(
        sheet=read.sheet,
        right=[
            RightPerson(
                row=person.row,
                name=person.name,
                role=person.role,
                division=place.code,
                division_name=spoken_name(place.name),
                post=person.post,
            )
            for person, place in judged.right
        ],
        wrong=_wrong(wrong),
        left_out=list(read.left_out),
    )


async def make_accounts(ask: Ask) -> SlipsMade:
    """Make a sheet's accounts, all or (said so) those that are right, and answer their slips."""
    asked: MakeQuery = ask.query
    read = await _read(ask)
    async with transaction(ask.house.store) as tx:
        made = await create_accounts(
            tx,
            actor=ask.me,
            batch_id=asked.id,
            read=read,
            only_right=asked.only_right,
            now=ask.now,
            address=ask.address,
        )
    return await _slips(ask, made)


async def renew_batch(ask: Ask) -> SlipsMade:
    """New codes, and so new slips, for everybody of a batch who has not signed in yet."""
    async with transaction(ask.house.store) as tx:
        made = await renew_codes(
            tx, actor=ask.me, batch_id=ask.path["id"], now=ask.now, address=ask.address
        )
    return await _slips(ask, made)


async def list_batches(ask: Ask) -> BatchList:
    """The sheets of before, the newest first."""
    query: BatchQuery = ask.query
    return await past_batches(
        ask.db, actor=ask.me, cursor=query.cursor, limit=query.limit, now=ask.now
    )


async def _read(ask: Ask) -> PeopleRead:
    ask.must("manage_accounts", ask.me.division)
    return await people_file(ask.body, Limits(ask.house.settings.max_spreadsheet_bytes))


async def _slips(ask: Ask, made: BatchMade) -> SlipsMade:
    link = f"{ask.origin}/app/sign-in"
    # Hundreds of QR codes take a second of processor: not on the loop that everybody else waits for.
    drawn = await anyio.to_thread.run_sync(_drawn, link, made.slips)
    return SlipsMade(
        id=made.id,
        slips=[_slip(slip, qr) for slip, qr in zip(made.slips, drawn, strict=True)],
        signed_in=list(made.signed_in),
        wrong=_wrong(made.left_out),
        link=link,
    )


def _drawn(link: str, slips: Sequence[Slip]) -> list[str]:
    return [qr_svg(f"{link}#code={slip.code}", border=2, mask=3) for slip in slips]


def _slip(slip: Slip, qr: str) -> SlipView:
    account = slip.account
    return SlipView(
        account_id=account.id,
        login=account.login,
        name=account.name,
        role=account.role,
        post=account.post,
        division=account.division,
        division_name=slip.division_name,
        phone=slip.phone,
        code=slip.code,
        expires_at=slip.expires_at,
        qr=qr,
    )


def _wrong(found: Sequence[WrongRow]) -> list[WrongPerson]:
    return [WrongPerson(row=w.row, column=w.column, detail=w.text) for w in found]
