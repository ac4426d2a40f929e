"""Places: a division with the names above it, as every page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Named(Protocol):
    """The part of a division a place is made of."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def level(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A division with the names above it, outermost first."""

    code: str
    name: str
    level: str
    path: tuple[str, ...]


def place_of(line: Sequence[Named]) -> Place:
    """Return the place at the end of a line of divisions that starts at the province."""
    here = line[-1]
    return Place(here.code, here.name, here.level, tuple(d.name for d in line[:-1]))
