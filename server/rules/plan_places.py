"""For which villages a line of a plan is: what people typed, read as names of the township's villages.

A line says "全镇各村" or names, with commas between them. A villagers' group is its village's (红河村一组: 红河村), and a name
may stand without its last word (红河: 红河村). What is no village's name is said to be none; nobody guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from server.rules.tables import normal

# No 和: it stands in names of villages.
_BETWEEN = re.compile(r"[、，,;；\s]+")
_KINDS = ("村", "社区")


class Where(Struct, frozen=True):
    """Every village, or names as they are compared."""

    everywhere: bool
    names: tuple[str, ...]

    def meets(self, other: Where) -> bool:
        """Say whether two of them have a place in common, a group and its village among them."""
        if self.everywhere or other.everywhere:
            return True
        return any(
            one.startswith(another) or another.startswith(one)
            for one in self.names
            for another in other.names
        )


def where_of(text: str, everywhere: Iterable[str]) -> Where:
    """Return what was typed as places; `everywhere`: the words that mean all of them."""
    if normal(text) in {normal(words) for words in everywhere}:
        return Where(everywhere=True, names=())
    names = (normal(name) for name in _BETWEEN.split(text))
    return Where(everywhere=False, names=tuple(dict.fromkeys(name for name in names if name)))


def villages_of(where: Where, villages: Mapping[str, str]) -> tuple[frozenset[str], bool]:
    """Return which of a township's villages (spoken names by code) are meant, and whether every name is one of theirs."""
    if where.everywhere:
        return frozenset(villages), True
    spoken = {code: normal(name) for code, name in villages.items()}
    found = [_named(name, spoken) for name in where.names]
    return frozenset(code for codes in found for code in codes), all(found)


def _named(name: str, spoken: Mapping[str, str]) -> list[str]:
    whole = {name, *(name + kind for kind in _KINDS)}
    if exact := [code for code, village in spoken.items() if village in whole]:
        return exact
    inside = [village for village in spoken.values() if village and name.startswith(village)]
    longest = max(inside, key=len, default=None)
    return [code for code, village in spoken.items() if village == longest]
