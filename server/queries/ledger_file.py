"""What a township's ledger file would do: how its columns are meant, what its rows say against each other, what each village gets.

Nothing is stored here. Everything that was found is answered together; whether it may be imported is one question
(`blocking`), and a file with one wrong row is imported as little as one with a hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

import anyio
import anyio.to_thread
from msgspec import Struct, field
from msgspec.structs import replace

from server import problems
from server.external import delimited_files
from server.external.json_schema import SchemaError
from server.external.spreadsheet_files import Limits
from server.problems import Say
from server.rules import ledger_content, ledger_findings, ledger_payments, pointers
from server.rules.categories import Category
from server.rules.ledger_files import (
    MOST_LEDGER_ROWS,
    VILLAGE,
    KnownMatching,
    file_print,
    heads_print,
    proposed,
    tables_for,
)
from server.rules.ledger_findings import LedgerFinding, LedgerRow
from server.rules.ledger_villages import VillageNames, VillagePart
from server.rules.matching import Match
from server.rules.payment_columns import personal_columns
from server.rules.payments import SheetRow, own_period
from server.rules.permissions import Actor, refusal
from server.rules.personal_cells import personal_cells
from server.rules.rulebook import Rulebook
from server.rules.tables import FormTables
from server.rules.values import Text, yuan
from server.rules.workbooks import ReadSheet
from server.storage import divisions, editions, histories, ledgers, payments
from server.storage.database import Reader

Validators = Mapping[tuple[str, int], Callable[[Any], Sequence[SchemaError]]]
AT_ONCE = 1
MOST_PERSONAL = 50

_limit: anyio.CapacityLimiter | None = None


class LedgerAsked(Struct, frozen=True, kw_only=True):
    """What a file is said to be: of which category; a list of what was paid, for what and when, or rows of its notices.

    `match`: what a person decided of the columns. `whole`: the one village that gets it all.
    """

    category: str
    payments: bool
    match: Match | None = None
    whole: str | None = None
    purpose: str = ""
    paid_on: date | None = None

    @property
    def kind(self) -> str:
        """Under which matchings are remembered."""
        return f"{'payments ' if self.payments else ''}{self.category}"


class LedgerRead(Struct, frozen=True):
    """What came of a file. `match` None: nobody knows yet which column is which. `known`: it is matched as before.

    `zeros`: blank numbers that count as 0; `later`: checks that need more than a file says; `rates`: those its notes state.
    """

    sheets: tuple[ReadSheet, ...]
    tables: FormTables
    match: Match | None
    known: KnownMatching | None
    heads: str = ""
    file_print: str = ""
    findings: tuple[LedgerFinding, ...] = ()
    parts: tuple[VillagePart, ...] = ()
    left_out: tuple[int, ...] = ()
    zeros: int = 0
    later: int = 0
    rates: Mapping[str, Any] = field(default_factory=dict)
    payments: Mapping[str, Sequence[SheetRow]] = field(default_factory=dict)
    rows: tuple[LedgerRow, ...] = ()

    @property
    def blocking(self) -> int:
        """How many findings stand in the way."""
        return sum(f.blocking for f in self.findings)


async def ledger_file(
    db: Reader,
    *,
    book: Rulebook,
    validators: Validators,
    actor: Actor,
    asked: LedgerAsked,
    data: bytes,
    max_bytes: int,
    now: datetime,
) -> LedgerRead:
    """Return what a ledger file says, and everything that is wrong with it.

    Raises not_allowed, unknown_category, unknown_division, parameter_not_valid, the spreadsheet problems,
    spreadsheet_has_personal_numbers.
    """
    global _limit
    if why := refusal(actor, "import_ledgers", actor.division):
        raise problems.not_allowed(why)
    category = book.categories.get(asked.category)
    if category is None or (asked.payments and category.payments is None):
        raise problems.unknown_category(asked.category, sorted(book.categories))
    today = book.today(now)
    here = await divisions.get(db, actor.division)
    lives = [v for v in await divisions.villages_under(db, actor.division) if v.alive_on(today)]
    names = VillageNames(((v.code, v.name) for v in lives), here.name if here else actor.division)
    if asked.whole is not None and asked.whole not in names.names:
        raise problems.unknown_division(asked.whole)
    work = partial(
        _read,
        form=book.papers[category.key, category.current_version].form,
        validate=validators[category.key, category.current_version],
        category=category,
        asked=asked,
        names=names,
        known=await ledgers.known_matchings(db, actor.division, asked.kind),
        data=data,
        limits=Limits(max_bytes, max_rows=MOST_LEDGER_ROWS + 100),
        today=today,
    )
    _limit = _limit or anyio.CapacityLimiter(AT_ONCE)
    read = await anyio.to_thread.run_sync(work, limiter=_limit)
    return replace(
        read,
        findings=tuple(_ordered([*read.findings, *await _across(db, read, names, asked, now)])),
    )


def _ordered(found: Sequence[LedgerFinding]) -> list[LedgerFinding]:
    """Return findings with those that stand in the way first, in the order of the rows; a cell that blocks is not warned of too."""
    wrong = {f.cell for f in found if f.blocking}
    kept = dict.fromkeys(
        f for f in found if f.blocking or f.cell not in wrong or f.kind == "elsewhere"
    )
    return sorted(kept, key=lambda f: (not f.blocking, f.row or 0))


async def _across(
    db: Reader, read: LedgerRead, names: VillageNames, asked: LedgerAsked, now: datetime
) -> list[LedgerFinding]:
    """Return who is in two villages of the file, or on the newest roster of a village that is not in it.

    Of payments: which lists this one would take the place of.
    """
    if asked.payments:
        return await _replacing(db, read, asked)
    table = read.tables.table(read.match.table) if read.match else None
    who = table.identity[-1] if table and table.identity else None
    if who is None or table is None:
        return []
    here = {part.division for part in read.parts}
    elsewhere: dict[str, list[str]] = {}
    for village in names.names:
        if village in here:
            continue
        opened = [
            head for _, head in await histories.approved(db, village, asked.category)
            if head.opens_at is not None and head.opens_at <= now
        ]  # fmt: skip
        if opened and (edition := await editions.get(db, opened[-1].id)) is not None:
            rows = pointers.find(edition.content, f"{table.key}/*{who}")
            elsewhere[village] = [str(name) for _, name in rows]
    return list(ledger_findings.in_two_villages(read.rows, who, names.names, elsewhere))


async def _replacing(db: Reader, read: LedgerRead, asked: LedgerAsked) -> list[LedgerFinding]:
    found: list[LedgerFinding] = []
    for part in read.parts:
        day = asked.paid_on
        stands = day and await payments.find_list(
            db, part.division, asked.category, own_period(day)
        )
        if stands and stands.removed_at is None:
            text = Text(
                f"{part.name} {stands.paid_on} 发的“{stands.purpose}”（{stands.rows} 笔，{yuan(stands.total)} 元）已经录入过，导入会换下它",
                f"{part.name}: “{stands.purpose}” paid on {stands.paid_on} ({stands.rows} payments, {yuan(stands.total)} yuan) was loaded before; this takes its place",
            )
            found.append(LedgerFinding("twice", False, None, part.name, text))
    return found


def _read(
    *,
    form: Mapping[str, Any],
    validate: Callable[[Any], Sequence[SchemaError]],
    category: Category,
    asked: LedgerAsked,
    names: VillageNames,
    known: Sequence[KnownMatching],
    data: bytes,
    limits: Limits,
    today: date,
) -> LedgerRead:
    sheets = delimited_files.read(data, limits)
    tables = tables_for(None if asked.payments else form)
    match, of_memory = proposed(sheets, tables, known)
    if asked.match is not None:
        match, of_memory = asked.match, None
    _refuse_impossible(tables, sheets, match)
    if not asked.payments and (found := list(personal_cells(sheets))):
        raise problems.spreadsheet_has_personal_numbers(len(found), found[:MOST_PERSONAL])
    if asked.payments:
        matched = (
            {match.sheet: (match.header, ledger_payments.columns_of(match))} if match else None
        )
        if columns := personal_columns(sheets, matched):
            raise problems.spreadsheet_has_personal_numbers(len(columns), columns)
    read = LedgerRead(tuple(sheets), tables, match, of_memory, file_print=file_print(sheets))
    if match is None:
        return read
    sheet, table = sheets[match.sheet], tables.table(match.table)
    assert table is not None
    read = replace(read, heads=heads_print(sheet, match.header))
    before = list(ledger_content.hidden(sheet, match))
    if VILLAGE not in match.columns and asked.whole is None:
        before.append(
            LedgerFinding(
                "village", True, None, sheet.name,
                Text("没有说哪一列是村名。请选上，或选这一份给哪一个村", "no column says the village: choose it, or the one village that this is for"),
            )
        )  # fmt: skip
    if asked.payments:
        made = ledger_payments.read(
            sheet, match, names, whole=asked.whole, purpose=asked.purpose, paid_on=asked.paid_on or today
        )  # fmt: skip
        return replace(
            read, parts=made.parts, payments=made.payments, findings=(*before, *made.findings),
            left_out=made.left_out,
        )  # fmt: skip
    made_of = ledger_content.content_of(
        read.sheets, read.tables, match, form=form, validate=validate, category=category, names=names,
        whole=asked.whole,
    )  # fmt: skip
    return replace(
        read, parts=made_of.parts, findings=(*before, *made_of.findings), left_out=made_of.left_out,
        zeros=made_of.zeros, later=made_of.later, rates=made_of.rates, rows=made_of.rows,
    )  # fmt: skip


def _refuse_impossible(
    tables: FormTables, sheets: Sequence[ReadSheet], match: Match | None
) -> None:
    if match is None:
        return
    table = tables.table(match.table)
    possible = (
        table is not None
        and 0 <= match.sheet < len(sheets)
        and 0 <= match.header < max(1, len(sheets[match.sheet].rows))
        and all(
            table.column(p) is not None and 0 <= at < sheets[match.sheet].width
            for p, at in match.columns.items()
        )
    )
    if not possible:
        raise problems.parameter_not_valid(
            "matching", Say("表里没有这一列", "the sheet has no such column")
        )
