"""What falls due when, for a calendar on somebody's phone: one entry for each obligation that nobody was exempted from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from server.rules.cards import title_of
from server.rules.obligations import Obligation, Occurrence
from server.rules.periods import day_start
from server.rules.places import Place
from server.rules.rulebook import Rulebook
from server.rules.values import Lang


@dataclass(frozen=True, slots=True)
class DueDate:
    """An obligation's day. `provisional`: a holiday notice still to come may move it.

    `sequence` goes up when the rules behind it change: with every policy that came into force, and once more when
    the day stands fast. `changed_at` is the moment of the last of these that is on record.
    """

    division: str
    village: str
    category: str
    category_name: str
    period: str
    title: str
    due_on: date
    provisional: bool
    rule: str
    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class DueDates:
    """A place's days, in the order in which they come."""

    place: Place
    items: tuple[DueDate, ...]


def due_dates(
    owed: Iterable[Obligation],
    villages: Mapping[str, str],
    occurrences: Mapping[str, Occurrence],
    book: Rulebook,
    lang: Lang,
) -> list[DueDate]:
    """Return the days of obligations; `villages`: names by code, `occurrences`: by id."""
    found = [
        _due_date(each, villages[each.division], occurrences, book, lang)
        for each in owed
        if each.exempt is None
    ]
    return sorted(found, key=lambda d: (d.due_on, d.division, d.category, d.period))


def _due_date(
    owed: Obligation,
    village: str,
    occurrences: Mapping[str, Occurrence],
    book: Rulebook,
    lang: Lang,
) -> DueDate:
    began = [
        p.valid_from
        for p in book.policies
        if owed.division.startswith(p.division_prefix) and p.valid_from <= owed.period.end
    ]
    moments = [day_start(day) for day in (owed.period.start, *began)]
    if owed.occurrence_id is not None:
        moments.append(occurrences[owed.occurrence_id].recorded_at)
    category = book.categories[owed.category]
    return DueDate(
        division=owed.division,
        village=village,
        category=owed.category,
        category_name=category.name.pick(lang),
        period=owed.period.key,
        title=title_of(category, owed.period, lang),
        due_on=owed.due.due_on,
        provisional=owed.due.provisional,
        rule=owed.schedule.source.pick(lang),
        sequence=2 * len(began) + (not owed.due.provisional),
        changed_at=max(moments),
    )
