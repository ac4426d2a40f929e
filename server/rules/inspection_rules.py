"""What a policy says about putting things right: which measures there are, as it names them, and how long a village has.

Where no policy says anything, the measures and the term below hold.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from server.rules.documents import Fields
from server.rules.values import Text


class Measure(Struct, frozen=True):
    """What is done about a finding, as the policy names it."""

    key: str
    name: Text


class InspectionRules(Struct, frozen=True):
    """`term_days`: how many working days a village usually has, `most_days`: how many it may be given at most."""

    measures: tuple[Measure, ...]
    term_days: int
    most_days: int

    def measure(self, key: str) -> Measure | None:
        """Return the measure of this name, or None."""
        return next((m for m in self.measures if m.key == key), None)


class SaidInspectionRules(Struct, frozen=True):
    """What one policy says of the three; None where it leaves one to others."""

    measures: tuple[Measure, ...] | None = None
    term_days: int | None = None
    most_days: int | None = None


USUAL = InspectionRules(
    measures=(
        Measure("deadline", Text("限期整改", "put right by a day")),
        Measure("admonition", Text("告诫", "admonition")),
        Measure("criticism", Text("通报批评", "criticism in a circular")),
    ),
    term_days=10,
    most_days=60,
)


def parse_inspection_rules(f: Fields) -> SaidInspectionRules:
    """Read the part `inspections` of a policy. Raises BadDocument with the pointer of the wrong field."""
    said = SaidInspectionRules(
        measures=_measures(f) if f.has("measures") else None,
        term_days=f.whole("term_days", 1, 366) if f.has("term_days") else None,
        most_days=f.whole("most_days", 1, 366) if f.has("most_days") else None,
    )
    f.finish()
    return said


def _measures(f: Fields) -> tuple[Measure, ...]:
    found: list[Measure] = []
    for part in f.parts("measures"):
        measure = Measure(part.name("key"), part.sentence("name"))
        part.finish()
        if any(known.key == measure.key for known in found):
            raise part.wrong(
                "key", Text(f"{measure.key!r} 写了两次", f"{measure.key!r} is there twice")
            )
        found.append(measure)
    if not found:
        raise f.wrong(
            "measures",
            Text("至少要有一种处理，现在是 0 种", "expected one measure at least, found none"),
        )
    return tuple(found)


def inspection_rules_among(said: Iterable[SaidInspectionRules | None]) -> InspectionRules:
    """Return what holds, of policies from the most general to the most particular: each part by its last word."""
    measures, term, most = USUAL.measures, USUAL.term_days, USUAL.most_days
    for each in said:
        if each is None:
            continue
        measures = each.measures or measures
        term = each.term_days or term
        most = each.most_days or most
    return InspectionRules(measures, min(term, most), most)
