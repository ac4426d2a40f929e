"""Verdicts over many villages: the facts on record below a division, and one judged cell per obligation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from server.rules import compliance, obligations
from server.rules.commitments import Commitment
from server.rules.disclosures import EditionHead
from server.rules.exemptions import Exemption
from server.rules.obligations import Occurrence, VillageLife
from server.rules.rulebook import Rulebook

# Division, category, period.
Key = tuple[str, str, str]


class Facts(Struct, frozen=True):
    """Everything on record that verdicts on the villages below a division go by, for periods that end in [first, last].

    `boards`: when the board photos of an edition reached us, by its id.
    """

    villages: Sequence[VillageLife]
    first: date
    last: date
    exemptions: Sequence[Exemption]
    occurrences: Sequence[Occurrence]
    editions: Mapping[Key, Sequence[EditionHead]]
    boards: Mapping[str, Sequence[datetime]]
    registered: Mapping[Key, Sequence[Commitment]]


def judged(facts: Facts, book: Rulebook, as_of: datetime) -> list[compliance.Cell]:
    """Return one judged cell per obligation, in the villages' order; facts after `as_of` unseen."""
    owed = obligations.owed(
        facts.villages,
        book.categories,
        book.policies,
        book.calendar,
        facts.first,
        facts.last,
        facts.exemptions,
        facts.occurrences,
        as_of,
    )
    cells = []
    for obligation in owed:
        key = (obligation.division, obligation.category, obligation.period.key)
        mine = facts.editions.get(key, ())
        boards = [t for e in mine for t in facts.boards.get(e.id, ())]
        cells.append(
            compliance.judge(
                obligation, mine, boards, as_of, book.calendar, facts.registered.get(key, ())
            )
        )
    return cells
