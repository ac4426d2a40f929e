"""Rates: over what is finished, so never above all of it.

A rate counts what was published with content. An empty sheet counts as finished and not as content; what is exempt or not
decided yet is in no rate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct, field

from server.rules.tallies import ALL_SIGNS, Column


class Count(Struct, frozen=True):
    """Obligations by what became of them; finished = on_time + late + empty + missing.

    `on_time` and `late` were published with content, `early` of `on_time` before the due day; `empty`: an empty sheet was
    published, whenever. `coming`: not decided yet. `exempt` is in no sum. `unscheduled`: due within a working day, or
    missing, and nothing is on its way. `short`: published, whenever, and not displayed for as long as the rule asks.
    """

    on_time: int = 0
    early: int = 0
    late: int = 0
    empty: int = 0
    missing: int = 0
    coming: int = 0
    exempt: int = 0
    needs_person: int = 0
    unscheduled: int = 0
    short: int = 0

    @property
    def finished(self) -> int:
        """How many are decided: the denominator of every rate."""
        return self.on_time + self.late + self.empty + self.missing

    @property
    def on_time_permille(self) -> int | None:
        """Published on time and with content per thousand finished, rounded down; None: none finished."""
        return _permille(self.on_time, self.finished)

    @property
    def early_permille(self) -> int | None:
        """Published before the due day and with content per thousand finished, rounded down."""
        return _permille(self.early, self.finished)

    @property
    def content_permille(self) -> int | None:
        """Published with content, on time or late, per thousand finished, rounded down."""
        return _permille(self.on_time + self.late, self.finished)


def _permille(part: int, whole: int) -> int | None:
    return part * 1000 // whole if whole else None


def counted(signs: Iterable[tuple[str, int]]) -> Count:
    """Return the count of signs, each with how often it stands."""
    on_time = early = late = empty = missing = coming = exempt = needs = unscheduled = short = 0
    for sign, n in signs:
        seen = ALL_SIGNS[sign]
        needs += n * seen.needs_person
        short += n * seen.short
        if seen.state == "exempt":
            exempt += n
        elif seen.state == "missing":
            missing += n
            unscheduled += n * (not seen.ahead)
        elif seen.state not in ("on_time", "late"):
            coming += n
            unscheduled += n * (seen.state == "due_soon" and not seen.ahead)
        elif seen.empty:
            empty += n
        elif seen.state == "late":
            late += n
        else:
            on_time += n
            early += n * seen.ahead
    return Count(on_time, early, late, empty, missing, coming, exempt, needs, unscheduled, short)


class Lines(Struct):
    """Lines of signs, put together by what they are about: nearly all villages of a county owe the same."""

    by_columns: dict[int, tuple[tuple[Column, ...], list[str]]] = field(default_factory=dict)

    def add(self, columns: tuple[Column, ...], signs: str) -> None:
        """Take a line up. Lines are put together whose columns are one object: comparing them takes longer than counting."""
        kept = self.by_columns.get(id(columns))
        if kept is None:
            kept = self.by_columns[id(columns)] = (columns, [])
        kept[1].append(signs)

    def added_up(
        self, key: Callable[[Column], str], first: date, last: date
    ) -> dict[str, Counter[str]]:
        """Return how often each sign stands, by a key of its column, for periods that ended in [first, last]."""
        found: dict[str, list[str]] = {}
        for columns, signs in self.by_columns.values():
            for column, down in zip(columns, zip(*signs, strict=True), strict=True):
                if first <= column.ended_on <= last:
                    found.setdefault(key(column), []).extend(down)
        return {name: Counter(each) for name, each in found.items()}
