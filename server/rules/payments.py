"""Lists of payments: what a township loads beside a notice, and how a corrected list follows the one before.

A row has an amount, what it is for, the day, and a mark in the place of a person; no name and no number. A payment
that a corrected list has again keeps its id, and with it what its household said of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from msgspec import Struct

from server.rules.canonical import canonical_bytes
from server.rules.households import payee, plain_name
from server.rules.processing_times import Cause
from server.rules.values import Fen

LONGEST_PURPOSE = 60
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of somebody's sheet: never stored, never shown. `row` as people count it; `person`: the whole number, if there was one."""

    row: int
    name: str = field(repr=False)
    tail: str = field(repr=False)
    amount: Fen
    purpose: str
    paid_on: date
    person: str | None = field(default=None, repr=False)


class Line(Struct, frozen=True):
    """What a row comes to: everything that is kept of it but its id. `mark` None: nobody can ask for it."""

    row: int
    mark: str | None
    amount: Fen
    purpose: str
    paid_on: date

    @property
    def same(self) -> tuple[str | None, Fen, str, date]:
        """What makes it the same payment in a corrected list."""
        return self.mark, self.amount, self.purpose, self.paid_on


class Payment(Struct, frozen=True):
    """A payment on record. `said`: whether its household received it as published, if it said so."""

    id: str
    division: str
    list_id: str
    line: Line
    said: bool | None = None
    said_at: datetime | None = None
    removed_at: datetime | None = None


class PaymentList(Struct, frozen=True, kw_only=True):
    """A list on record: one for a village, a category and a period. `key`: the version its marks were made with."""

    id: str
    division: str
    category: str
    period_key: str
    purpose: str
    paid_on: date
    rows: int
    unasked: int
    total: Fen
    key: str
    fingerprint: str
    loaded_by: str
    loaded_by_name: str
    loaded_at: datetime
    revision: int
    removed_at: datetime | None = None
    # Why it was paid late (rules/processing_times.py), and in the township's words.
    delay_cause: Cause | None = None
    delay_words: str | None = None


class Change(Struct, frozen=True):
    """How one list follows another: payments that stay (with their new line), that are new, that are gone."""

    kept: tuple[tuple[Payment, Line], ...]
    added: tuple[Line, ...]
    gone: tuple[Payment, ...]


def own_period(paid_on: date) -> str:
    """Return the period of a list to which there is no notice."""
    return f"P{paid_on.isoformat()}"


def confused(rows: Iterable[SheetRow]) -> frozenset[int]:
    """Return the rows whose name and last four characters are another person's too: neither may ask, each would see the other's.

    Only whole identity numbers tell two persons apart.
    """
    people: dict[tuple[str, str], set[str]] = {}
    found = list(rows)
    for row in found:
        if row.person is not None:
            people.setdefault((plain_name(row.name), row.tail), set()).add(row.person)
    return frozenset(r.row for r in found if len(people.get((plain_name(r.name), r.tail), ())) > 1)


def lines_of(
    rows: Sequence[SheetRow], division: str, list_id: str, mark: Callable[[str], str]
) -> list[Line]:
    """Return what is kept of rows; `mark` is the keyed hash of one version of the key."""
    unasked = confused(rows)
    return [
        Line(
            row.row,
            None if row.row in unasked else mark(payee(division, list_id, row.name, row.tail)),
            row.amount,
            row.purpose,
            row.paid_on,
        )
        for row in rows
    ]


def fingerprint(lines: Iterable[Line], mark: Callable[[str], str]) -> str:
    """Return the keyed hash by which the same list is known again, however its file was saved."""
    said = [[x.mark or "", x.amount, x.purpose, x.paid_on.isoformat()] for x in lines]
    return mark("list/v1\n" + canonical_bytes(said).decode())


def change(
    before: Sequence[Payment], marked_as_before: Sequence[Line], lines: Sequence[Line]
) -> Change:
    """Return how a new list follows the payments that stand.

    `marked_as_before`: the new lines in the same order, under the key of the payments that stand. Equal payments are
    matched in their order, each once.
    """
    waiting: dict[tuple[str | None, Fen, str, date], list[Payment]] = {}
    for payment in before:
        waiting.setdefault(payment.line.same, []).append(payment)
    kept: list[tuple[Payment, Line]] = []
    added: list[Line] = []
    for old, new in zip(marked_as_before, lines, strict=True):
        same = waiting.get(old.same)
        if same:
            kept.append((same.pop(0), new))
        else:
            added.append(new)
    stays = Counter(p.id for p, _ in kept)
    return Change(tuple(kept), tuple(added), tuple(p for p in before if p.id not in stays))
