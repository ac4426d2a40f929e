"""Tallies: a village's year in one line, a sign per obligation, so that a county is added up without judging anew.

A sign is what a rate needs of a cell and nothing else: its state, whether somebody should look, whether it came before its
due day (or, while it is owed, whether it is on its way or nobody waits for it), and whether an empty sheet was
published, or one that was not displayed for long enough. A line holds until the moment at which the clock alone would change one of its signs; a change of facts raises
the village's version. What a line says is always what `compliance.judge` says: `gongshilan compliance verify` compares the two, sign for sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import get_args

from msgspec import Struct

from server.rules import compliance, urgency
from server.rules.compliance import Cell, CellState
from server.rules.disclosures import EditionHead
from server.rules.exemptions import waits_until
from server.rules.periods import day_start, local_date
from server.rules.rulebook import Rulebook
from server.rules.verdicts import Facts
from server.rules.workdays import WorkdayCalendar

_STATES: tuple[CellState, ...] = get_args(CellState)
_FIRST = ord("0")
_NEEDS, _AHEAD, _EMPTY = 1, 2, 4
# What was published and not displayed for long enough has signs of its own, behind those of the states.
_SHORT: tuple[CellState, ...] = ("on_time", "late")
_ROWS = (*_STATES, *_SHORT)
_UNDER_WAY = frozenset({"in_review", "scheduled"})
_DAY = timedelta(days=1)


class Column(Struct, frozen=True):
    """What a sign is about. `ended_on`: the last day of its period, or the event's day; `event`: its place is its own."""

    category: str
    period: str
    ended_on: date
    due_on: date
    event: bool

    @property
    def quarter(self) -> str:
        """The quarter in which its period ended: '2026Q3'."""
        return f"{self.ended_on.year}Q{(self.ended_on.month + 2) // 3}"


class Sign(Struct, frozen=True):
    """A sign read back."""

    state: CellState
    needs_person: bool
    ahead: bool
    empty: bool
    short: bool


class Tally(Struct, frozen=True):
    """A village's year: a sign for each column, valid in [judged_at, holds_until). `holds_until` None: for good."""

    division: str
    year: int
    columns: tuple[Column, ...]
    signs: str
    judged_at: datetime
    holds_until: datetime | None

    def holds(self, now: datetime) -> bool:
        """Say whether the clock has changed nothing in it yet."""
        return self.judged_at <= now and (self.holds_until is None or now < self.holds_until)


def sign_of(cell: Cell) -> str:
    """Return the sign of a cell: one ASCII character."""
    kinds = {finding.kind for finding in cell.findings}
    if cell.state == "exempt":
        ahead = False
    elif cell.judged_at is not None:
        ahead = local_date(cell.judged_at) < cell.obligation.due.due_on
    else:
        ahead = cell.relieved or bool(kinds & _UNDER_WAY)
    flags = _NEEDS * compliance.needs_person(cell) + _AHEAD * ahead + _EMPTY * ("empty" in kinds)
    row = _STATES.index(cell.state)
    if "displayed_short" in kinds and cell.state in _SHORT:
        row = len(_STATES) + _SHORT.index(cell.state)
    return chr(_FIRST + row * 8 + flags)


def read_sign(sign: str) -> Sign:
    """Return what a sign says."""
    state, flags = divmod(ord(sign) - _FIRST, 8)
    short = state >= len(_STATES)
    return Sign(
        _ROWS[state], bool(flags & _NEEDS), bool(flags & _AHEAD), bool(flags & _EMPTY), short
    )


ALL_SIGNS: dict[str, Sign] = {
    (sign := chr(_FIRST + number)): read_sign(sign) for number in range(8 * len(_ROWS))
}


def year_span(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def tallied(facts: Facts, cells: Iterable[Cell], book: Rulebook, now: datetime) -> Iterator[Tally]:
    """Yield the tally of each village of the facts, those that owe nothing too. `cells`: judged from them, of one year."""
    by_village: dict[str, list[Cell]] = {village.code: [] for village in facts.villages}
    for cell in cells:
        by_village[cell.obligation.division].append(cell)
    for village, mine in by_village.items():
        ends = [until for cell in mine if (until := _until(cell, facts, book.calendar, now))]
        yield Tally(
            division=village,
            year=facts.first.year,
            columns=tuple(map(column_of, mine)),
            signs="".join(map(sign_of, mine)),
            judged_at=now,
            holds_until=min(ends, default=None),
        )


def column_of(cell: Cell) -> Column:
    """Return what a cell is about."""
    owed = cell.obligation
    return Column(
        owed.category,
        owed.period.key,
        owed.period.end,
        owed.due.due_on,
        owed.period.cadence == "event",
    )


def _until(cell: Cell, facts: Facts, calendar: WorkdayCalendar, now: datetime) -> datetime | None:
    """Return the first moment after `now` at which the clock alone may change a cell's sign; None: none does."""
    owed = cell.obligation
    if cell.state == "exempt":
        return None
    mine = facts.editions.get((owed.division, owed.category, owed.period.key), ())
    moments = [*_of_duty(cell, calendar), *_of_editions(mine)]
    if cell.edition_id is not None:
        after = urgency.after_review(mine, owed.schedule.urgent, calendar, now)
        if after is not None:
            moments.append(day_start(after.due_on + _DAY))
    return min((moment for moment in moments if moment > now), default=None)


def _of_duty(cell: Cell, calendar: WorkdayCalendar) -> Iterator[datetime]:
    due = cell.obligation.due
    if cell.judged_at is None:
        yield day_start(due.opens_on)
        yield day_start(calendar.add_workdays(due.due_on, -1).date)
        yield due.due_before
        if (until := waits_until(cell.obligation.afterwards)) is not None:
            yield until


def _of_editions(editions: Sequence[EditionHead]) -> Iterator[datetime]:
    for edition in editions:
        for moment in (
            edition.opens_at,
            edition.comes_down_at,
            edition.superseded_at,
            edition.withdrawn_at,
        ):
            if moment is not None:
                yield moment
