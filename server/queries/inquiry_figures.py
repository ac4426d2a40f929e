"""The desk's figures for a span and an area: together, by kind, by village, and to which offices things went."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from server.rules import inquiry_figures as rules
from server.rules.inquiry_figures import Case, Figures, Group
from server.rules.inquiry_handling import OFFICES
from server.rules.periods import day_start
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook
from server.rules.values import Text
from server.storage import (
    divisions,
    inquiries,
    inquiry_answers,
    inquiry_referrals,
    inquiry_satisfaction,
)
from server.storage.database import Reader


class OfficeCount(Struct, frozen=True):
    """How many things went to an office."""

    office: str
    name: Text
    count: int


class InquiryFigures(Struct, frozen=True):
    """What was asked from `first` to `last`, both included, as it stands now. `not_inquiries`: put aside as none at all."""

    division: str
    division_name: str
    first: date
    last: date
    total: Figures
    not_inquiries: int
    by_kind: tuple[Group, ...]
    by_village: tuple[Group, ...]
    offices: tuple[OfficeCount, ...]


async def inquiry_figures(
    db: Reader, *, book: Rulebook, division: str, first: date, last: date, now: datetime
) -> InquiryFigures:
    """Return the figures of an area."""
    found = await inquiries.asked_between(
        db, division, day_start(first), day_start(last + timedelta(days=1))
    )
    ids = [i.id for i in found]
    answers = await inquiry_answers.for_inquiries(db, ids)
    referrals = await inquiry_referrals.for_inquiries(db, ids)
    rated = await inquiry_satisfaction.for_inquiries(db, ids)
    cases = [
        Case(i, answers.get(i.id, ()), referrals.get(i.id, ()), rated.get(i.id, ())) for i in found
    ]
    names = await divisions.names(db, [division, *(i.division for i in found)])
    spoken = {code: spoken_name(name) for code, name in names.items()}
    sent = rules.by_office(cases)
    return InquiryFigures(
        division=division,
        division_name=spoken.get(division, division),
        first=first,
        last=last,
        total=rules.figures(cases, book, now),
        not_inquiries=sum(rules.is_no_inquiry(i) for i in found),
        by_kind=rules.by_kind(cases, book, now),
        by_village=rules.by_village(cases, spoken, book, now),
        offices=tuple(OfficeCount(o, name, sent[o]) for o, name in OFFICES.items()),
    )
