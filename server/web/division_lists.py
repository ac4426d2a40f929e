"""Divisions through time over HTTP, and a list of them by file: what it would change, and changing it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NoReturn

import msgspec

from server import problems
from server.commands.import_divisions import import_divisions
from server.external.spreadsheet_files import Limits
from server.problems import Say
from server.queries.division_lives import LifeList, division_file, division_lives
from server.rules.division_lives import DivisionLife, Sort, State, refusal_to_change
from server.rules.division_sheets import of_line
from server.rules.divisions import BadDivision, DivisionRow
from server.rules.periods import local_date
from server.rules.values import Text
from server.storage import divisions
from server.storage.columns import codes_above
from server.storage.database import Tx
from server.storage.division_import import Changes
from server.web.asking import Answer, Ask
from server.web.csv_files import csv_file
from server.web.transactions import transaction
from server.web.wire import DivisionCode, In, Limit, Out

MOST_LINES = 100_000
_COLUMNS = (
    Text("代码", "code"),
    Text("名称", "name"),
    Text("上级", "parent"),
    Text("级别", "level"),
    Text("起始日", "valid_from"),
    Text("终止日", "valid_to"),
)


class LivesQuery(In):
    """An area (by default one's own); `q`: part of a name, also an earlier one, or how code or pinyin initials begin."""

    division: DivisionCode | None = None
    q: Annotated[str, msgspec.Meta(max_length=60)] = ""
    state: State = "all"
    sort: Sort = "code"


class LivesPageQuery(LivesQuery):
    """The same, in pages; `start`: as the last answer gave it in `next`."""

    start: Annotated[int, msgspec.Meta(ge=0, le=MOST_LINES)] = 0
    limit: Limit = 50


class Lives(Out):
    """A page of divisions; `may_change`: whether I may send a list."""

    items: list[DivisionLife]
    count: int
    next: int | None
    may_change: bool


class ListQuery(In):
    """Of which division a file is the whole list, and from which day on it holds: today or earlier."""

    division: DivisionCode
    on: date | None = None


class Renaming(Out):
    """A division, and what it was and will be called."""

    code: str
    old: str
    new: str


class Moving(Out):
    """A division that comes under another code or another parent."""

    code: str
    name: str
    to_code: str | None
    to_parent: str | None


class Named(Out):
    """A division."""

    code: str
    name: str


class DivisionChanges(Out):
    """What a list changes: every kind counted, the first twenty of each named.

    `notices`, `accounts`: how many belong to what is closed or renamed; they stay where they are.
    """

    on: date
    listed: int
    unchanged: int
    added: int
    renamed: int
    moved: int
    closed: int
    additions: list[Named]
    renamings: list[Renaming]
    moves: list[Moving]
    closings: list[Named]
    notices: int
    accounts: int


class _OnlyLooking(Exception):
    """Everything was checked and applied; raising this undoes it."""

    def __init__(self, changes: DivisionChanges) -> None:
        super().__init__("only looking")
        self.changes = changes


async def list_lives(ask: Ask) -> Lives:
    """Answer the divisions of my area, those that were closed too."""
    query: LivesPageQuery = ask.query
    found = await _found(ask, query, query.start, query.limit)
    return Lives(
        items=list(found.items),
        count=found.count,
        next=found.next,
        may_change=refusal_to_change(ask.me, ask.me.division) is None,
    )


async def get_lives_csv(ask: Ask) -> Answer:
    """The same as a file, whole: what the import of a list reads again."""
    query: LivesQuery = ask.query
    scope = query.division or ask.me.division
    found = await _found(ask, query, 0, MOST_LINES)
    rows: list[tuple[object, ...]] = [tuple(each.pick(ask.lang) for each in _COLUMNS)]
    official = {row.code: row.name for row, _ in await divisions.rows_below(ask.db, scope)}
    rows += [
        (d.code, official[d.code], d.parent or "", d.level, d.first_day or "", d.last_day or "")
        for d in found.items
    ]
    return csv_file(rows, f"divisions-{scope}-{ask.now:%Y%m%d}.csv")


async def preview_list(ask: Ask) -> DivisionChanges:
    """Read a list and say what it would change; nothing of it is kept."""
    rows = await _rows(ask)
    try:
        async with transaction(ask.house.store) as tx:
            changes = await _apply(ask, tx, rows)
            _undo(changes)
    except _OnlyLooking as looked:
        return looked.changes


def _undo(changes: DivisionChanges) -> NoReturn:
    raise _OnlyLooking(changes)


async def import_list(ask: Ask) -> DivisionChanges:
    """Bring an area in line with a list; the same list again changes nothing."""
    rows = await _rows(ask)
    async with transaction(ask.house.store) as tx:
        return await _apply(ask, tx, rows)


async def _found(ask: Ask, query: LivesQuery, start: int, limit: int) -> LifeList:
    scope = query.division or ask.me.division
    ask.must("manage_divisions", scope)
    return await division_lives(
        ask.db, scope, q=query.q, state=query.state, sort=query.sort, start=start, limit=limit
    )


async def _rows(ask: Ask) -> list[DivisionRow]:
    query: ListQuery = ask.query
    if why := refusal_to_change(ask.me, query.division):
        raise problems.not_allowed(why)
    if query.on is not None and query.on > local_date(ask.now):
        raise problems.parameter_not_valid(
            "on",
            Say(
                f"生效日最晚是今天 {local_date(ask.now)}，到那天再导入",
                f"the first day is today, {local_date(ask.now)}, at the latest; import it on its day",
            ),
        )
    found = await division_file(ask.body, Limits(ask.house.settings.max_spreadsheet_bytes))
    # A county's list begins with the province: what stands above is not theirs to rename.
    above = set(codes_above(query.division)) - {query.division}
    return [row for row in found if row.code not in above]


async def _apply(ask: Ask, tx: Tx, rows: list[DivisionRow]) -> DivisionChanges:
    query: ListQuery = ask.query
    on = query.on or local_date(ask.now)
    try:
        changes = await import_divisions(
            tx,
            rows,
            on=on,
            now=ask.now,
            scope=query.division,
            actor=ask.me.account_id,
            address=ask.address,
        )
    except BadDivision as error:
        raise problems.division_list_not_read(of_line(error)) from None
    touched = [code for code, *_ in (*changes.closings, *changes.renamings)]
    notices, people = await divisions.resting_on(tx, touched)
    return _view(changes, on, notices, people)


def _view(changes: Changes, on: date, notices: int, people: int) -> DivisionChanges:
    return DivisionChanges(
        on=on,
        listed=changes.listed,
        unchanged=changes.unchanged,
        added=changes.added,
        renamed=changes.renamed,
        moved=changes.moved,
        closed=changes.closed,
        additions=[Named(code=code, name=name) for code, name in changes.additions],
        renamings=[Renaming(code=c, old=old, new=new) for c, old, new in changes.renamings],
        moves=[
            Moving(code=m.code, name=m.name, to_code=m.to_code, to_parent=m.to_parent)
            for m in changes.moves
        ],
        closings=[Named(code=code, name=name) for code, name in changes.closings],
        notices=notices,
        accounts=people,
    )
