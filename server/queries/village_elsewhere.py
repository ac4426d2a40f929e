"""Where to look when an address names no village that stands: what took its place, and who is near."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from server.rules.owners import OWNERS
from server.rules.places import Place, place_of, spoken_name
from server.storage import divisions
from server.storage.columns import codes_above
from server.storage.database import Reader
from server.storage.divisions import Division


class Neighbour(Struct, frozen=True):
    """A division that stands, with the name of what is above it."""

    code: str
    name: str
    path: tuple[str, ...]


class Elsewhere(Struct, frozen=True):
    """The village that was, if one was; those that may have taken its place; what stands nearest, with what is below it.

    `merged`: there is one successor, which was named when it was closed. `renumbered`: the successors bear its name. Otherwise
    they began on the day after its last.
    """

    code: str
    closed: Place | None
    last_day: date | None
    merged: bool
    renumbered: bool
    successors: tuple[Neighbour, ...]
    near: Place | None
    children: tuple[Neighbour, ...]


async def village_elsewhere(db: Reader, *, code: str) -> Elsewhere:
    """Return where to look instead of a code; all of it empty when nothing of the code is known."""
    line = await divisions.line_that_stood(db, code)
    was = line[-1] if line and line[-1].level in OWNERS and line[-1].valid_to else None
    named = await divisions.led_to(db, was) if was else None
    alike = was is not None and named is None and was.level == "village"
    found = await divisions.successors(db, was) if was and alike else []
    namesakes = [each for each in found if was and each.name == was.name]
    chosen = [named] if named else namesakes or found
    near = await _nearest(db, code)
    above = await divisions.lines(db, [each.code for each in chosen])
    return Elsewhere(
        code=code,
        closed=place_of(line) if was else None,
        last_day=was.valid_to if was else None,
        merged=named is not None,
        renumbered=bool(namesakes),
        successors=tuple(_neighbour(each, above[each.code][:-1]) for each in chosen),
        near=place_of(near) if near else None,
        children=tuple(
            _neighbour(each, near)
            for each in (await divisions.children(db, near[-1].code) if near else [])
        ),
    )


async def _nearest(db: Reader, code: str) -> list[Division]:
    """Return the line down to the lowest division at or above a code that stands: its township, county or above."""
    wanted = codes_above(code)
    standing = await divisions.lines(db, wanted)
    return next((standing[each] for each in reversed(wanted) if standing[each]), [])


def _neighbour(division: Division, above: Iterable[Division]) -> Neighbour:
    names = tuple(spoken_name(each.name) for each in above)
    return Neighbour(division.code, spoken_name(division.name), names)
