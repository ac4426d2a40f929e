"""How do the villages of a township or county stand with what its yearly plans of disclosure asked for?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from server import problems
from server.rules.cards import known_edition, title_of
from server.rules.disclosures import Disclosure, EditionHead, was_opened
from server.rules.exposure import by_opening
from server.rules.obligations import VillageLife
from server.rules.periods import local_date, periods_ended_between
from server.rules.places import Place, place_of, spoken_name
from server.rules.plan_lines import (
    Measured,
    PlanLine,
    Publication,
    StandingPlan,
    first_day,
    lines_of,
    measured,
    plan_of,
)
from server.rules.plan_places import villages_of
from server.rules.pointers import get as pointed
from server.rules.rulebook import Rulebook, period_of
from server.rules.sheets import subtitle_of
from server.rules.values import Fen, Lang, Text
from server.storage import disclosures, divisions, editions
from server.storage.database import Reader

MOST_VILLAGES = 400


class PlanCounts(Struct, frozen=True):
    """Of lines in villages: in time, late, still to come, missing."""

    done: int
    late: int
    waiting: int
    missing: int


class PlanPlace(Struct, frozen=True):
    """A line in a village: its state, and `days` late, missing or left; which disclosure answered it, and when.

    A village that was closed in the year is named as closed.
    """

    division: str
    village: str
    state: str
    days: int
    disclosure_id: str | None
    title: str | None
    opened_on: date | None


class ComparedLine(Struct, frozen=True):
    """A line of a plan with its villages. `plan`: the disclosure it stands in. `township`: where there are several.

    `where_known` false: a name in it is no village's of the township. `amount` in fen.
    """

    plan: str
    township: str | None
    matter: str
    category: str
    category_name: Text
    where: str
    where_known: bool
    office: str
    by: date
    amount: Fen | None
    basis: str
    counts: PlanCounts
    villages: tuple[PlanPlace, ...]


class PlanComparison(Struct, frozen=True):
    """The plans of a year beside what was published up to a moment. `plans`: how many are measured by."""

    division: Place
    year: int
    as_of: datetime
    plans: int
    without: int
    offices: tuple[str, ...]
    counts: PlanCounts
    lines: tuple[ComparedLine, ...]


async def plan_comparison(
    db: Reader, *, book: Rulebook, division: str, year: int, as_of: datetime, lang: Lang
) -> PlanComparison:
    """Return a year's plans of a division's townships beside what its villages published; `without`: villages without a plan.

    Of a village that was closed in the year there is what it published, and what was due while it stood.

    Raises not_found for an unknown division, too_many_villages beyond what one page can carry.
    """
    line = await divisions.ancestors(db, division)
    if not line:
        raise problems.not_found()
    today = local_date(as_of)
    # A village may be measured by a plan that stands in another one of its township, and its name is one of theirs.
    scope = f"{division[:9]}000" if line[-1].level == "village" else division
    around = await divisions.villages_under(db, scope)
    above = {v.code: v.parent for v in around}
    around = [v for v in around if _stood(v, date(year, 1, 1), today)]
    villages = [v for v in around if scope == division or v.code == division]
    if len(villages) > MOST_VILLAGES:
        raise problems.too_many_villages(len(villages), MOST_VILLAGES)
    plans = await _plans(db, book, scope, year, as_of, above)
    chosen = {v.code: plan_of(v.code, v.parent, plans) for v in villages}
    named = _by_township(around)
    owed: dict[str, list[PlanLine]] = {}
    for village in villages:
        plan = chosen[village.code]
        owed[village.code] = [
            each
            for each in (plan.lines if plan else ())
            if village.code in villages_of(each.where, named[village.parent])[0]
        ]
    wanted = {each.category for lines in owed.values() for each in lines}
    periods = _periods(book, wanted, division, year)
    posted = await _posted(db, division, wanted, owed.keys(), year)
    published = await _published(db, book, posted, year, as_of, owed, periods, lang)
    names = await divisions.names(db, {v.parent for v in villages})
    rows = _rows(villages, chosen, owed, published, named, year, as_of, periods)
    several = line[-1].level not in ("township", "village")
    lines = tuple(_line(row, book, names if several else {}) for row in rows)
    return PlanComparison(
        division=place_of(line),
        year=year,
        as_of=as_of,
        plans=len({plan.disclosure_id for plan in chosen.values() if plan}),
        without=sum(chosen[v.code] is None for v in villages if v.alive_on(today)),
        offices=tuple(sorted({each.office for each in lines})),
        counts=_counts([place for each in lines for place in each.villages]),
        lines=lines,
    )


def _stood(village: VillageLife, first: date, last: date) -> bool:
    """Say whether a village existed on one of some days."""
    begun = village.valid_from is None or village.valid_from <= last
    return begun and (village.valid_to is None or village.valid_to >= first)


def _by_township(villages: Sequence[VillageLife]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for village in villages:
        found.setdefault(village.parent, {})[village.code] = spoken_name(village.name)
    return found


async def _plans(
    db: Reader, book: Rulebook, scope: str, year: int, as_of: datetime, above: Mapping[str, str]
) -> list[StandingPlan]:
    """Return the plans of a year that the public could read by a moment: of each its newest edition.

    `above`: the township of each village, of those that were closed too.
    """
    kinds = [c for c in book.categories.values() if c.plan is not None]
    posted = [
        d for c in kinds for d in await disclosures.list_for_scope(db, scope, *_span(year), c.key)
    ]
    heads = await editions.heads_for_disclosures(db, [d.id for d in posted])
    shown = [(d, known_edition(heads.get(d.id, []), book, d, as_of)) for d in posted]
    standing = [(d, e) for d, e in shown if e is not None and e.state == "approved"]
    contents = await editions.get_many(db, [e.id for _, e in standing])
    found: list[StandingPlan] = []
    for disclosure, edition in standing:
        plan, content = book.categories[disclosure.category].plan, contents[edition.id].content
        if plan is not None and edition.opens_at and pointed(content, plan.year) == year:
            found.append(
                StandingPlan(
                    disclosure.id,
                    disclosure.division,
                    above.get(disclosure.division, ""),
                    edition.opens_at,
                    lines_of(plan, content),
                )
            )
    return found


class _Answered(Struct, frozen=True):
    publication: Publication
    title: str


def _periods(
    book: Rulebook, wanted: Collection[str], division: str, year: int
) -> dict[str, list[str]]:
    """Return the titles of the periods that may be published in a year, of what comes period after period."""
    found: dict[str, list[str]] = {}
    for category in (book.categories[key] for key in wanted if key in book.categories):
        cadence = book.schedule(category.key, division, date(year, 12, 31)).cadence
        if ended := periods_ended_between(cadence, *_span(year)):
            found[category.key] = [title_of(category, period, "zh") for period in ended]
    return found


def _span(year: int) -> tuple[date, date]:
    """Return within which days lie the periods of what is published in a year: those of the year before are published then too."""
    return date(year - 1, 1, 1), date(year, 12, 31)


async def _posted(
    db: Reader, division: str, wanted: Collection[str], villages: Collection[str], year: int
) -> list[Disclosure]:
    if not wanted:
        return []
    posted = await disclosures.list_for_scope(db, division, *_span(year))
    return [d for d in posted if d.category in wanted and d.division in villages]


async def _published(
    db: Reader,
    book: Rulebook,
    posted: Sequence[Disclosure],
    year: int,
    as_of: datetime,
    owed: Mapping[str, Sequence[PlanLine]],
    periods: Mapping[str, Sequence[str]],
    lang: Lang,
) -> dict[str, list[_Answered]]:
    """Return when villages first published what, by village.

    Contents are read only where titles tell nothing apart: several events of one kind in a village, or several lines for them.
    """
    heads = await editions.heads_for_disclosures(db, [d.id for d in posted])
    came = [(d, day) for d in posted if (day := first_day(heads.get(d.id, []), as_of)) is not None]
    asked = {code: Counter(each.category for each in lines) for code, lines in owed.items()}
    of_year = [d for d, day in came if day.year == year and d.category not in periods]
    often = Counter((d.division, d.category) for d in of_year)
    close = [
        d for d in of_year if often[d.division, d.category] > 1 or asked[d.division][d.category] > 1
    ]
    subtitles = await _subtitles(db, book, close, heads, as_of)
    found: dict[str, list[_Answered]] = {}
    for each, day in came:
        # A plan is written in Chinese, and so are the titles that its words are looked for in.
        words = f"{_title(each, book, 'zh')} {subtitles.get(each.id, '')}"
        answered = _Answered(
            Publication(each.id, each.category, day, words), _title(each, book, lang)
        )
        found.setdefault(each.division, []).append(answered)
    return found


def _title(disclosure: Disclosure, book: Rulebook, lang: Lang) -> str:
    return title_of(book.categories[disclosure.category], period_of(disclosure), lang)


async def _subtitles(
    db: Reader,
    book: Rulebook,
    close: Sequence[Disclosure],
    heads: Mapping[str, list[EditionHead]],
    as_of: datetime,
) -> dict[str, str]:
    newest = {
        d.id: max((e for e in heads[d.id] if was_opened(e, as_of)), key=by_opening) for d in close
    }
    contents = await editions.get_many(db, [head.id for head in newest.values()])
    return {
        d.id: subtitle_of(
            book.papers[d.category, newest[d.id].schema_version].view,
            contents[newest[d.id].id].content,
            "zh",
        )
        for d in close
    }


class _Row(Struct, frozen=True):
    plan: str
    township: str
    line: PlanLine
    known: bool
    places: list[PlanPlace]


def _rows(
    villages: Sequence[VillageLife],
    chosen: Mapping[str, StandingPlan | None],
    owed: Mapping[str, Sequence[PlanLine]],
    published: Mapping[str, Sequence[_Answered]],
    named: Mapping[str, Mapping[str, str]],
    year: int,
    as_of: datetime,
    periods: Mapping[str, Sequence[str]],
) -> list[_Row]:
    """Return the lines with their villages: one row for what plans of a township say alike, first what is due first."""
    found: dict[tuple[str, PlanLine], _Row] = {}
    for village in villages:
        plan = chosen[village.code]
        for line in plan.lines if plan else ():
            known = villages_of(line.where, named[village.parent])[1]
            # What names no village at all is shown once, so that somebody mends it.
            if plan and (line in owed[village.code] or not known):
                row = _Row(plan.disclosure_id, village.parent, line, known, [])
                found.setdefault((village.parent, line), row)
    for village in villages:
        answered = published.get(village.code, ())
        titles = {each.publication.disclosure_id: each.title for each in answered}
        mine = owed[village.code]
        told = measured(mine, [each.publication for each in answered], year, as_of, periods)
        for line, each in zip(mine, told, strict=True):
            if _still_asked(village, line, each):
                place = _place(village, each, titles, local_date(as_of))
                found[village.parent, line].places.append(place)
    shown = (row for row in found.values() if row.places or not row.known)
    return sorted(shown, key=lambda row: (row.line.by, row.township, row.line.matter))


def _still_asked(village: VillageLife, line: PlanLine, each: Measured) -> bool:
    """Say whether a line stands for a village: of a closed one what it answered, and what was due by its last day."""
    return each.answer is not None or village.valid_to is None or line.by <= village.valid_to


def _place(
    village: VillageLife, each: Measured, titles: Mapping[str, str], today: date
) -> PlanPlace:
    answer = each.answer
    return PlanPlace(
        division=village.code,
        village=village.shown_on(today),
        state=each.state,
        days=each.days,
        disclosure_id=answer.disclosure_id if answer else None,
        title=titles[answer.disclosure_id] if answer else None,
        opened_on=answer.first if answer else None,
    )


def _line(row: _Row, book: Rulebook, townships: Mapping[str, str]) -> ComparedLine:
    line, category = row.line, book.categories.get(row.line.category)
    township = townships.get(row.township)
    return ComparedLine(
        plan=row.plan,
        township=spoken_name(township) if township else None,
        matter=line.matter,
        category=line.category,
        category_name=category.title if category else Text(line.category, line.category),
        where=line.said,
        where_known=row.known,
        office=line.office,
        by=line.by,
        amount=line.amount,
        basis=line.basis,
        counts=_counts(row.places),
        villages=tuple(row.places),
    )


def _counts(places: Sequence[PlanPlace]) -> PlanCounts:
    found = Counter(place.state for place in places)
    return PlanCounts(found["done"], found["late"], found["waiting"], found["missing"])
