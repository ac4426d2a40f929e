"""Places: a division with the names above it, as every page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from server.rules.values import Text


class Named(Protocol):
    """The part of a division a place is made of."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def level(self) -> str: ...


class Place(Struct, frozen=True):
    """A division with the names above it, outermost first."""

    code: str
    name: str
    level: str
    path: tuple[str, ...]


COUNTRY_NAME = "全国"

_OFFICIAL = (
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("村民委员会", "村"),
    ("村委会", "村"),
    ("村民小组", "组"),
)


def spoken_name(name: str) -> str:
    """Return a division's name as people say it: the official list names the committee (姚河村委会), people the village (姚河村)."""
    for official, spoken in _OFFICIAL:
        if name.endswith(official) and len(name) > len(official):
            stem = name.removesuffix(official)
            return stem + (spoken if not stem.endswith(spoken) else "")
    return name


def group_name(village: str, group: str) -> str:
    """Return a group's name where its village is not said beside it: 红河村一组."""
    village, group = spoken_name(village), spoken_name(group)
    return group if group.startswith(village) else village + group


def named_whole(place: Place) -> Place:
    """Return a group under both names, for where its village is not said beside it; any other place as it is."""
    if place.level != "group" or not place.path:
        return place
    return replace(place, name=group_name(place.path[-1], place.name))


# The mark goes with the name, so that no list can leave it out; who draws the name says it in the reader's language.
CLOSED = Text("（已撤销）", " (closed)")


def closed_name(name: str) -> str:
    """Return the name that a closed division had, as lists show it: marked, so that nobody takes it for one that stands."""
    return f"{spoken_name(name)}{CLOSED.zh}"


def name_in(name: str, lang: str) -> str:
    """Return a name as a page or a file in a language says it: the mark of a closed division is a word, the rest its name."""
    if lang == "zh" or not name.endswith(CLOSED.zh):
        return name
    return f"{name.removesuffix(CLOSED.zh)}{CLOSED.en}"


def place_of(line: Sequence[Named]) -> Place:
    """Return the place at the end of a line of divisions that starts at the province."""
    here = line[-1]
    return Place(
        here.code,
        spoken_name(here.name),
        here.level,
        tuple(spoken_name(d.name) for d in line[:-1]),
    )
