"""What of a desk's list is wanted: the lines that hold some words, and in which order they come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar

from msgspec import Struct

from server.rules.values import Text

# 'usual': as the list comes by itself; a queue by the day something is owed, any other the newest first.
Sort = Literal["usual", "newest", "oldest", "place"]
K = TypeVar("K", bound=str)


class Wanted(Struct, frozen=True):
    """Lines that hold `q` (all, where it is empty), in an order; 'place' is by division code, the newest first in each."""

    q: str = ""
    sort: Sort = "usual"

    @property
    def plain(self) -> bool:
        """Whether it is the list as it comes by itself."""
        return self.q == "" and self.sort == "usual"


EVERYTHING = Wanted()


def said_by(q: str, words: Mapping[K, Text]) -> list[K]:
    """Return the keys whose name holds some words, in either language: what a list shows and its table keeps as a key."""
    sought = q.casefold()
    return [
        key
        for key, name in words.items()
        if sought in name.zh.casefold() or sought in name.en.casefold()
    ]
