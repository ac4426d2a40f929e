"""The township's matrix: every village and obligation of a span, judged as of any past moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from server import problems
from server.rules import compliance
from server.rules.coverage import Coverage, Covered, added_up
from server.rules.obligations import VillageLife
from server.rules.owners import Owner
from server.rules.periods import label, local_date
from server.rules.places import Place, place_of, spoken_name
from server.rules.rulebook import Rulebook
from server.rules.values import Text
from server.rules.verdicts import judged
from server.storage import divisions, facts
from server.storage.database import Reader

MOST_VILLAGES = 400
# Under what nobody needs to be told what a row lies in.
_NAMED_ABOVE: dict[Owner, tuple[str, ...]] = {
    "village": ("township", "village"),
    "group": ("village", "group"),
}


class Column(Struct, frozen=True):
    """One obligation across villages: category × period, with its due day. Events share a column per category."""

    key: str
    category: str
    category_name: Text
    period: str
    label: Text
    due_on: date | None
    provisional: bool


class CellFinding(Struct, frozen=True):
    """One finding in a cell, in words; `displayed` of `required` days where a display was too short."""

    kind: str
    text: Text
    displayed: int | None
    required: int | None


class MatrixCell(Struct, frozen=True):
    """The verdict on one obligation of one village; `days` counts calendar days late or missing."""

    column: str
    category: str
    period: str
    state: str
    days: int
    due_on: date
    opened_on: date | None
    needs_person: bool
    findings: tuple[CellFinding, ...]
    disclosure_id: str | None
    edition_id: str | None
    coverage: Coverage | None


class MatrixRow(Struct, frozen=True):
    """A village and its cells, in the order of the columns; null where nothing is owed.

    A village that was closed stays while it owes something: `last_day`, and in `successor` what it was merged into.

    `behind`: obligations of a column whose cell shows another one. Counts are of obligations: cells and those behind.
    `township`: the name above, where the matrix is of more than one township; above a group, the village's. `initials`: of the name in pinyin,
    each likely reading, with blanks between them.
    """

    division: str
    name: str
    township: str | None
    initials: str
    last_day: date | None
    successor: str | None
    cells: tuple[MatrixCell | None, ...]
    behind: tuple[MatrixCell, ...]
    needs_person: int
    covered: Covered

    def stack(self, n: int) -> tuple[MatrixCell, ...]:
        """Return everything that is owed in one column: what its cell shows first."""
        front = self.cells[n]
        if front is None:
            return ()
        return (front, *(c for c in self.behind if c.column == front.column))


class Matrix(Struct, frozen=True):
    """The matrix of a span as of a moment; `level`: whether its rows are villages or village groups. The summary, the filters and the totals come from one calculation."""

    division: Place
    first: date
    last: date
    as_of: datetime
    level: Owner
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    summary: compliance.Summary
    covered: Covered


async def compliance_matrix(
    db: Reader,
    *,
    book: Rulebook,
    division: str,
    first: date,
    last: date,
    as_of: datetime,
    level: Owner = "village",
) -> Matrix:
    """Return the matrix of all villages, or village groups, under a division for the obligations of [first, last].

    Raises not_found for an unknown division and too_many_villages beyond what one page can carry.
    """
    line = await divisions.ancestors(db, division)
    if not line:
        raise problems.not_found()
    known = await facts.read(db, division, first, last, owners=(level,))
    villages = known.villages
    if len(villages) > MOST_VILLAGES:
        raise problems.too_many_villages(len(villages), MOST_VILLAGES)
    cells = judged(known, book, as_of)
    columns = _columns(cells, book)
    owed: dict[str, list[MatrixCell]] = {}
    for cell in cells:
        owed.setdefault(cell.obligation.division, []).append(_shown(cell))
    above: dict[str, str] = {}
    if line[-1].level not in _NAMED_ABOVE[level]:
        above = await divisions.names(db, {v.parent for v in villages})
    into = await divisions.names(db, {v.successor for v in villages if v.successor})
    rows = [
        _row(
            village,
            owed.get(village.code, []),
            columns,
            above.get(village.parent),
            into.get(village.successor or ""),
            local_date(as_of),
        )
        for village in villages
        if village.code in owed or village.valid_to is None
    ]
    return Matrix(
        place_of(line),
        first,
        last,
        as_of,
        level,
        tuple(columns),
        tuple(rows),
        compliance.summary(cells),
        added_up(cell.coverage for cell in cells),
    )


def _row(
    village: VillageLife,
    owed: Sequence[MatrixCell],
    columns: Sequence[Column],
    township: str | None,
    successor: str | None,
    day: date,
) -> MatrixRow:
    """Return a village's row; of several events in one column the first that needs a person is shown."""
    front: dict[str, MatrixCell] = {}
    for cell in owed:
        standing = front.get(cell.column)
        if standing is None or (cell.needs_person and not standing.needs_person):
            front[cell.column] = cell
    return MatrixRow(
        division=village.code,
        name=village.shown_on(day),
        township=spoken_name(township) if township else None,
        initials=village.initials,
        last_day=village.valid_to,
        successor=spoken_name(successor) if successor else None,
        cells=tuple(front.get(column.key) for column in columns),
        behind=tuple(cell for cell in owed if front[cell.column] is not cell),
        needs_person=sum(cell.needs_person for cell in owed),
        covered=added_up(cell.coverage for cell in owed),
    )


def _column_key(cell: compliance.Cell) -> str:
    owed = cell.obligation
    return owed.category if owed.period.cadence == "event" else f"{owed.category}:{owed.period.key}"


def _columns(cells: Sequence[compliance.Cell], book: Rulebook) -> list[Column]:
    found: dict[str, Column] = {}
    for cell in cells:
        key, owed = _column_key(cell), cell.obligation
        event = owed.period.cadence == "event"
        found.setdefault(
            key,
            Column(
                key=key,
                category=owed.category,
                category_name=book.categories[owed.category].name,
                period="" if event else owed.period.key,
                label=Text("按事项计", "By event") if event else label(owed.period),
                due_on=None if event else owed.rule_due.due_on,
                provisional=owed.rule_due.provisional and not event,
            ),
        )
    return sorted(found.values(), key=lambda c: (c.due_on or date.max, c.category, c.period))


def _shown(cell: compliance.Cell) -> MatrixCell:
    owed = cell.obligation
    return MatrixCell(
        column=_column_key(cell),
        category=owed.category,
        period=owed.period.key,
        state=cell.state,
        days=cell.late_days or 0,
        due_on=owed.due.due_on,
        opened_on=cell.opened_on,
        needs_person=compliance.needs_person(cell),
        findings=tuple(
            CellFinding(f.kind, f.text, f.numbers.get("displayed"), f.numbers.get("required"))
            for f in cell.findings
        ),
        disclosure_id=cell.disclosure_id,
        edition_id=cell.edition_id,
        coverage=cell.coverage,
    )
