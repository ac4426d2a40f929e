"""The county's overview: how its townships kept their deadlines, by category or by quarter. No village is compared with another.

As of now it is added up from tallies (storage/tallies.py): those that are out of date are judged anew here, up to a number.
As of an earlier day everything is judged anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from server import problems
from server.rules.grades import GradeRule, grade_of
from server.rules.owners import Owner
from server.rules.periods import label, parse_period
from server.rules.places import Place, place_of, spoken_name
from server.rules.rates import Count, Lines, counted
from server.rules.rulebook import Rulebook
from server.rules.schedules import grade_rule_for
from server.rules.tallies import Column, Tally, tallied
from server.rules.values import Text
from server.rules.verdicts import judged
from server.storage import divisions, facts, tallies
from server.storage.database import Reader
from server.storage.divisions import Division
from server.storage.tallies import Kept

By = Literal["category", "quarter"]
# A page: so many townships of a county, so many counties of what is larger. A page that is judged anew ends after so many villages.
TOWNSHIPS, COUNTIES = 60, 20
MOST_ANEW = 400


class OverviewColumn(Struct, frozen=True):
    """A category, or a quarter in which periods ended."""

    key: str
    label: Text


class Rate(Struct, frozen=True):
    """Obligations by what became of them, and the shares over what is finished, per thousand; null: none is finished.

    finished = on_time + late + empty + missing; an empty sheet is finished and no content. `short`: published and not
    displayed for as long as the rule asks. `grade`: excellent, good, passing
    or failing by the policy's thresholds.
    """

    finished: int
    on_time: int
    early: int
    late: int
    empty: int
    missing: int
    coming: int
    exempt: int
    needs_person: int
    short: int
    on_time_permille: int | None
    early_permille: int | None
    content_permille: int | None
    grade: str | None


class OverviewRow(Struct, frozen=True):
    """A township, or a county of a province. `villages`, or village groups, stand below it; of `waiting` ones nothing is counted yet."""

    division: str
    name: str
    level: str
    villages: int
    waiting: int
    cells: tuple[Rate, ...]
    total: Rate


class Thresholds(Struct, frozen=True):
    """From how many percent on time a quarter is what, by the policy in force."""

    excellent: int
    good: int
    passing: int


class Overview(Struct, frozen=True):
    """A page of rows with its own totals; `level`: whether villages or village groups are counted; `next` is the last code, to go on after, null at the end."""

    division: Place
    first: date
    last: date
    as_of: datetime
    by: str
    level: Owner
    columns: tuple[OverviewColumn, ...]
    rows: tuple[OverviewRow, ...]
    totals: tuple[Rate, ...]
    total: Rate
    thresholds: Thresholds
    next: str | None


class _Gathered(Struct):
    """The tallies of one row: its villages that count in the span, and how many of them are not worked out yet."""

    place: Division
    villages: int
    waiting: int
    lines: Lines


async def compliance_overview(
    db: Reader,
    *,
    book: Rulebook,
    division: str,
    first: date,
    last: date,
    by: By,
    as_of: datetime,
    now: datetime,
    after: str | None = None,
    level: Owner = "village",
) -> Overview:
    """Return how what is directly below a division kept the deadlines of periods that ended in [first, last].

    `level`: whether its villages are added up, or its village groups.

    Raises not_found for an unknown division.
    """
    line = await divisions.ancestors(db, division)
    if not line:
        raise problems.not_found()
    asked = _Asked(db, book, first, last, as_of, now, level)
    found = await _rows(db, line[-1], after)
    gathered: list[_Gathered] = []
    for scope, places in _scopes(line[-1], found[: _page_of(line[-1])]):
        gathered += await asked.gather(scope, places)
        if asked.anew >= MOST_ANEW and as_of < now:
            break
    rule = grade_rule_for(book.policies, division, last)
    added = [g.lines.added_up(_KEYS[by], first, last) for g in gathered]
    keys = sorted({key for counts in added for key in counts})
    totals = [_sum(counts.get(key) for counts in added) for key in keys]
    more = len(gathered) < len(found)
    return Overview(
        division=place_of(line),
        first=first,
        last=last,
        as_of=as_of,
        by=by,
        level=level,
        columns=tuple(OverviewColumn(key, _label(key, by, book)) for key in keys),
        rows=tuple(
            OverviewRow(
                division=g.place.code,
                name=spoken_name(g.place.name),
                level=g.place.level,
                villages=g.villages,
                waiting=g.waiting,
                cells=tuple(_rate(counts.get(key), rule) for key in keys),
                total=_rate(_sum(counts.values()), rule),
            )
            for g, counts in zip(gathered, added, strict=True)
        ),
        totals=tuple(_rate(each, rule) for each in totals),
        total=_rate(_sum(totals), rule),
        thresholds=Thresholds(rule.excellent, rule.good, rule.passing),
        next=gathered[-1].place.code if more and gathered else None,
    )


class _Asked(Struct):
    """What every row is asked; `anew`: how many places' years were judged for this answer."""

    db: Reader
    book: Rulebook
    first: date
    last: date
    as_of: datetime
    now: datetime
    level: Owner
    anew: int = 0

    async def gather(self, scope: str, places: Sequence[Division]) -> list[_Gathered]:
        """Return the tallies below some places, all of which lie in one scope."""
        lives = [
            v
            for v in await divisions.lives_under(self.db, scope, (self.level,))
            if (v.valid_to is None or v.valid_to >= self.first)
            and (v.valid_from is None or v.valid_from <= self.last)
        ]
        by_place = {place.code: _Gathered(place, 0, 0, Lines()) for place in places}
        of: dict[str, _Gathered] = {}
        for village in lives:
            if (place := _place_of(village.code, by_place)) is not None:
                of[village.code] = place
                place.villages += 1
        for line in await self._tallies(scope, of):
            of[line.division].lines.add(line.columns, line.signs)
        return list(by_place.values())

    async def _tallies(self, scope: str, of: Mapping[str, _Gathered]) -> Sequence[Tally | Kept]:
        if self.level not in self.book.owners:
            return []
        years = range(self.first.year, self.last.year + 1)
        if self.as_of < self.now:
            self.anew += len(of)
            known = await facts.read(self.db, scope, self.first, self.last, owners=(self.level,))
            cells = judged(known, self.book, self.as_of)
            return [t for t in tallied(known, cells, self.book, self.as_of) if t.division in of]
        read = await tallies.read(self.db, scope, years, list(of), book=self.book, now=self.now)
        room = max(0, MOST_ANEW * len(years) - self.anew)
        made = await tallies.make(self.db, self.book, read.stale[:room], self.now)
        self.anew += len(made)
        for village in {code for code, _ in read.stale[room:]}:
            of[village].waiting += 1
        return [*read.good, *(line.tally for line in made)]


async def _rows(db: Reader, here: Division, after: str | None) -> list[Division]:
    """Return the rows of a page and one more: what is directly below; a township, or a village, is its own only row."""
    if here.level in ("township", "village"):
        return [] if after else [here]
    return await divisions.children(db, here.code, limit=_page_of(here) + 1, after=after)


def _page_of(here: Division) -> int:
    return TOWNSHIPS if here.level == "county" else COUNTIES


def _scopes(here: Division, found: Sequence[Division]) -> list[tuple[str, Sequence[Division]]]:
    """Return what is read together: a county with all its townships; above it, each county by itself."""
    if here.level in ("county", "township", "village"):
        return [(here.code, found)]
    return [(place.code, [place]) for place in found]


def _place_of(village: str, places: Mapping[str, _Gathered]) -> _Gathered | None:
    for digits in (9, 6, 4, 12):
        if (found := places.get(village[:digits].ljust(12, "0"))) is not None:
            return found
    return None


def _of_category(column: Column) -> str:
    return column.category


def _of_quarter(column: Column) -> str:
    return column.quarter


_KEYS = {"category": _of_category, "quarter": _of_quarter}


def _label(key: str, by: By, book: Rulebook) -> Text:
    return book.categories[key].name if by == "category" else label(parse_period(key))


def _sum(counters: Iterable[Counter[str] | None]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in counters:
        total.update(each or {})
    return total


def _rate(signs: Counter[str] | None, rule: GradeRule) -> Rate:
    count: Count = counted((signs or {}).items())
    return Rate(
        finished=count.finished,
        on_time=count.on_time,
        early=count.early,
        late=count.late,
        empty=count.empty,
        missing=count.missing,
        coming=count.coming,
        exempt=count.exempt,
        needs_person=count.needs_person,
        short=count.short,
        on_time_permille=count.on_time_permille,
        early_permille=count.early_permille,
        content_permille=count.content_permille,
        grade=grade_of(count.on_time_permille, rule),
    )
