"""Ledgers over HTTP, for the township: what a file of many villages would do, importing it whole, and what was imported."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from server import problems
from server.commands.import_ledger import LedgerToKeep, import_ledger
from server.commands.load_payments import Loading, load_payments
from server.problems import Say
from server.queries.ledger_file import LedgerAsked, LedgerRead, ledger_file
from server.queries.ledger_imports import (
    ImportedLedgers,
    LedgerChoices,
    ledger_choices,
    ledger_imports,
)
from server.queries.spreadsheet_content import SheetView, sheet_view
from server.rules.canonical import canonical_bytes
from server.rules.ledger_files import KnownMatching
from server.rules.ledger_findings import Kind, LedgerFinding
from server.rules.ledger_imports import LONGEST_NAME, LedgerImport
from server.rules.matching import Match
from server.rules.payments import LONGEST_PURPOSE
from server.rules.tables import FormTable
from server.rules.values import Fen, Text
from server.storage import ledgers
from server.web.asking import Ask
from server.web.listing import ListPageQuery
from server.web.spreadsheets import ChosenMatch
from server.web.transactions import transaction
from server.web.wire import CategoryKey, DivisionCode, In, Out

# A file with more of them has another mistake than rows.
MOST_FINDINGS = 200
MOST_LEFT_OUT = 30


class LedgerQuery(In):
    """What a file is: of which category, for its notices or of payments; how its columns are meant, once that was decided.

    `matching`: JSON in ASCII, as for spreadsheets, of one match. `whole`: the one village that all of it is for.
    """

    category: CategoryKey
    kind: Literal["notices", "payments"] = "notices"
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)] = "ledger.xlsx"
    matching: Annotated[str, msgspec.Meta(max_length=4_000, pattern=r"^[ -~]*$")] | None = None
    whole: DivisionCode | None = None
    purpose: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_PURPOSE)] | None = None
    paid_on: date | None = None


class ColumnView(Out):
    """One column of ours that a column of theirs may be."""

    pointer: str
    label: Text
    widget: str
    required: bool
    computed: bool
    also: list[str]


class TableView(Out):
    """A list that a ledger's rows may be of."""

    key: str
    label: Text
    also: list[str]
    columns: list[ColumnView]


class MatchView(Out):
    """How columns are meant: sheet, row of headings (from 0), list, columns by pointer, unit of amounts."""

    sheet: int
    header: int
    table: str
    columns: dict[str, int]
    unit: Literal["yuan", "wan"]


class FindingView(Out):
    """One finding, by row and cell as the spreadsheet shows them."""

    kind: Kind
    blocking: bool
    row: int | None
    cell: str
    detail: Text


class PartView(Out):
    """What a village will get."""

    division: str
    name: str
    rows: int
    total: Fen | None


class EarlierView(Out):
    """When and by whom this very file was imported before. `same`: with the same columns, so that nothing happens again."""

    loaded_at: datetime
    loaded_by_name: str
    same: bool


class LedgerPreview(Out):
    """What importing a file would do. While anything blocks, nothing can be imported.

    `remembered`: its columns are matched as somebody here matched them before. `left_out`: rows of totals and notes, as
    people count them; `zeros`: blank numbers that count as 0; `later`: checks that wait for the rest of the notice.
    """

    sheets: list[SheetView]
    tables: list[TableView]
    match: MatchView | None
    remembered: bool
    rows: int
    total: Fen | None
    parts: list[PartView]
    findings: list[FindingView]
    blocking: int
    warnings: int
    left_out: list[int]
    left_out_count: int
    zeros: int
    later: int
    rates: int
    earlier: EarlierView | None


class LedgerLoaded(Out):
    """What was imported. `again`: it was on record already, since `loaded_at`, and nothing was changed."""

    id: str
    again: bool
    rows: int
    villages: int
    total: Fen | None
    loaded_at: datetime
    loaded_by_name: str


async def get_imports(ask: Ask) -> ImportedLedgers:
    """The ledgers that were imported in my area."""
    asked: ListPageQuery = ask.query
    return await ledger_imports(
        ask.db, book=ask.house.book, actor=ask.me, wanted=asked.wanted(), cursor=asked.cursor
    )


async def get_ledger_choices(ask: Ask) -> LedgerChoices:
    """Of what a ledger can be imported here."""
    return await ledger_choices(ask.db, book=ask.house.book, actor=ask.me, now=ask.now)


async def preview_ledger(ask: Ask) -> LedgerPreview:
    """Read a ledger and say what importing it would do; nothing of it is kept."""
    asked = _asked(ask)
    read = await _read(ask, asked)
    earlier = await _earlier(ask, asked, read)
    found = read.findings
    totals = [p.total for p in read.parts if p.total is not None]
    return LedgerPreview(
        sheets=[sheet_view(sheet) for sheet in read.sheets],
        tables=[_table_view(table) for table in read.tables.tables],
        match=_match_view(read.match),
        remembered=read.known is not None,
        rows=sum(p.rows for p in read.parts),
        total=sum(totals) if totals else None,
        parts=[PartView(division=p.division, name=p.name, rows=p.rows, total=p.total) for p in read.parts],
        findings=[_finding_view(f) for f in found[:MOST_FINDINGS]],
        blocking=read.blocking,
        warnings=len(found) - read.blocking,
        left_out=[row + 1 for row in read.left_out[:MOST_LEFT_OUT]],
        left_out_count=len(read.left_out),
        zeros=read.zeros,
        later=read.later,
        rates=sum(len(rows) for rows in read.rates.values()),
        earlier=earlier,
    )  # fmt: skip


async def load_ledger(ask: Ask) -> LedgerLoaded:
    """Import a ledger: all of it, once; what is wrong anywhere leaves nothing."""
    asked, query = _asked(ask), ask.query
    read = await _read(ask, asked)
    if read.match is None:
        raise problems.ledger_not_matched()
    if read.blocking:
        found = [
            {"row": f.row, "cell": f.cell, "detail": f.text} for f in read.findings if f.blocking
        ]
        raise problems.ledger_has_findings(read.blocking, found[:MOST_FINDINGS])
    category = ask.house.book.categories[asked.category]
    digest = _digest(ask, asked, read, read.match)
    async with transaction(ask.house.store) as tx:
        await tx.alone(f"ledger {ask.me.division} {digest}")
        if (earlier := await ledgers.find(tx, ask.me.division, digest)) is not None:
            return _loaded(earlier, again=True)
        made = await import_ledger(
            tx,
            actor=ask.me,
            now=ask.now,
            address=ask.address,
            ledger=LedgerToKeep(
                category=category.key,
                version=category.current_version,
                payments=asked.payments,
                kind=asked.kind,
                name=query.name,
                digest=digest,
                file_mark=_marks(ask, asked, read)[-1],
                parts=read.parts,
                warnings=len(read.findings) - read.blocking,
                matching=KnownMatching(
                    read.heads, read.match.table, read.match.columns, read.match.unit
                ),
                lists=await _pay(ask, tx, asked, read),
            ),
        )
    return _loaded(made, again=False)


async def _pay(ask: Ask, tx: object, asked: LedgerAsked, read: LedgerRead) -> dict[str, str]:
    """Load each village's list of payments in the import's own transaction, and return the lists by village."""
    lists: dict[str, str] = {}
    for division, rows in read.payments.items():
        made = await load_payments(
            tx,  # type: ignore[arg-type]
            book=ask.house.book,
            keys=ask.house.household_keys,
            actor=ask.me,
            now=ask.now,
            address=ask.address,
            loading=Loading(
                division=division,
                category=asked.category,
                period=None,
                purpose=asked.purpose,
                paid_on=asked.paid_on or ask.house.book.today(ask.now),
                rows=rows,
            ),
        )
        lists[division] = made.id
    return lists


def _asked(ask: Ask) -> LedgerAsked:
    query: LedgerQuery = ask.query
    payments = query.kind == "payments"
    if payments and (query.purpose is None or query.paid_on is None):
        raise problems.parameter_not_valid(
            "purpose", Say("发放清册要写明项目和发放日期", "a list of payments needs its purpose and day")
        )  # fmt: skip
    return LedgerAsked(
        category=query.category,
        payments=payments,
        match=_match(query.matching),
        whole=query.whole,
        purpose=" ".join((query.purpose or "").split()),
        paid_on=query.paid_on,
    )


async def _read(ask: Ask, asked: LedgerAsked) -> LedgerRead:
    return await ledger_file(
        ask.house.store.reader,
        book=ask.house.book,
        validators=ask.house.validators,
        actor=ask.me,
        asked=asked,
        data=ask.body,
        max_bytes=ask.house.settings.max_spreadsheet_bytes,
        now=ask.now,
    )


async def _earlier(ask: Ask, asked: LedgerAsked, read: LedgerRead) -> EarlierView | None:
    db = ask.house.store.reader
    one = await ledgers.last_of_file(db, ask.me.division, asked.category, _marks(ask, asked, read))
    if one is None:
        return None
    same = read.match and await ledgers.find(
        db, ask.me.division, _digest(ask, asked, read, read.match)
    )
    return EarlierView(loaded_at=one.loaded_at, loaded_by_name=one.loaded_by_name, same=bool(same))


def _marks(ask: Ask, asked: LedgerAsked, read: LedgerRead) -> list[str]:
    """Return what a file is known again by, the newest last: of payments under a key, so that nobody can guess at rows."""
    if not asked.payments:
        return [read.file_print]
    keys = ask.house.household_keys.versions()
    return [key.mark(f"ledger/v1\n{read.file_print}") for key in keys]


def _digest(ask: Ask, asked: LedgerAsked, read: LedgerRead, match: Match) -> str:
    """Return what an import is known again by: its file, and what was decided about it."""
    decided = [
        _marks(ask, asked, read)[0],
        asked.kind,
        [match.sheet, match.header, match.table, dict(match.columns), match.unit],
        asked.whole or "",
        asked.purpose,
        asked.paid_on.isoformat() if asked.paid_on else "",
    ]
    return hashlib.sha256(canonical_bytes(decided)).hexdigest()


def _match(text: str | None) -> Match | None:
    if text is None:
        return None
    try:
        chosen = msgspec.json.decode(text, type=ChosenMatch)
    except (msgspec.DecodeError, RecursionError):
        raise problems.parameter_not_valid(
            "matching", Say("写法不对", "not in the right form")
        ) from None
    return Match(chosen.sheet, chosen.header, chosen.table, chosen.columns, chosen.unit)


def _match_view(match: Match | None) -> MatchView | None:
    if match is None:
        return None
    return MatchView(
        sheet=match.sheet,
        header=match.header,
        table=match.table,
        columns=dict(match.columns),
        unit=match.unit,
    )


def _table_view(table: FormTable) -> TableView:
    columns = [
        ColumnView(
            pointer=c.pointer,
            label=c.label,
            widget=c.widget,
            required=c.required,
            computed=c.computed,
            also=list(c.also),
        )
        for c in table.columns
    ]
    return TableView(key=table.key, label=table.label, also=list(table.also), columns=columns)


def _finding_view(found: LedgerFinding) -> FindingView:
    return FindingView(
        kind=found.kind,
        blocking=found.blocking,
        row=found.row,
        cell=found.cell,
        detail=found.text,
    )


def _loaded(made: LedgerImport, *, again: bool) -> LedgerLoaded:
    return LedgerLoaded(
        id=made.id,
        again=again,
        rows=made.rows,
        villages=made.villages,
        total=made.total,
        loaded_at=made.loaded_at,
        loaded_by_name=made.loaded_by_name,
    )
