"""What falls due when, for a calendar on somebody's phone: one entry for each obligation.

What somebody was exempted from stays as an entry that is called off, and says by whom, when and why; so does another day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from server.rules import exemption_words
from server.rules.cards import title_of
from server.rules.exemptions import Exemption, lifted_at
from server.rules.obligations import Obligation, Occurrence
from server.rules.periods import day_start, local_date
from server.rules.places import Place
from server.rules.rulebook import Rulebook
from server.rules.values import Lang, Text


class DueDate(Struct, frozen=True):
    """An obligation's day. `provisional`: a holiday notice still to come may move it.

    `sequence` goes up when the rules behind it change: with every policy that came into force, with every decision for
    this village, and once more when the day stands fast. `changed_at` is the moment of the last of these that is on
    record. `decided`: what was decided for this village; `lifted`: nobody has to post it.
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
    lifted: bool = False
    decided: tuple[Text, ...] = ()


class DueDates(Struct, frozen=True):
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
    found = [_due_date(each, villages[each.division], occurrences, book, lang) for each in owed]
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
    decisions = _decisions(owed)
    moments += [each.ended_at or each.decided_at or each.asked_at for each, _ in decisions]
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
        sequence=2 * (len(began) + sum(1 + (e.ended_at is not None) for e, _ in decisions))
        + (not owed.due.provisional),
        changed_at=max(moments),
        lifted=owed.exempt is not None or lifted_at(owed.afterwards) is not None,
        decided=tuple(text for _, text in decisions),
    )


def _decisions(owed: Obligation) -> list[tuple[Exemption, Text]]:
    """Return what was decided for this village, each with its words for the public."""
    found: list[tuple[Exemption, Text]] = []
    if owed.moved is not None:
        found.append((owed.moved.exemption, exemption_words.moved(owed.moved)))
    if owed.exempt is not None:
        found.append((owed.exempt, exemption_words.exempted(owed.exempt)))
    for each in owed.afterwards:
        assert each.decided_at is not None
        days = (local_date(each.decided_at) - owed.due.due_on).days
        found.append((each, exemption_words.afterwards(each, days)))
    return found
