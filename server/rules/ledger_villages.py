"""Which village a row of a ledger means, and what each village gets of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.rules.places import spoken_name
from server.rules.tables import normal
from server.rules.values import Fen, Text

_ENDINGS = ("居民委员会", "村民委员会", "居委会", "村委会", "社区", "村", "嘎查")


@dataclass(frozen=True, slots=True)
class VillagePart:
    """What one village gets: so many rows, what they come to in fen, and the content that its notice begins with."""

    division: str
    name: str
    rows: int
    total: Fen | None
    content: Mapping[str, Any] | None = field(default=None, repr=False)


class VillageNames:
    """The villages of a township under the names that its ledgers give them."""

    def __init__(self, villages: Iterable[tuple[str, str]], township: str) -> None:
        self.names = {code: spoken_name(name) for code, name in villages}
        self.township = township
        self._known: dict[str, set[str]] = {}
        for code, name in self.names.items():
            self._known.setdefault(normal(name), set()).add(code)
            self._known.setdefault(_stem(name), set()).add(code)
        self._exact = {normal(name): code for code, name in self.names.items()}

    def find(self, words: str) -> str | None:
        """Return the code of the one village that words mean: its code, its name, with or without 村委会 and the township."""
        plain = normal(words)
        if plain in self.names:
            return plain
        for said in (plain, plain.removeprefix(normal(self.township))):
            if (code := self._exact.get(normal(spoken_name(said)))) is not None:
                return code
            meant = self._known.get(_stem(said), set())
            if len(meant) == 1:
                return next(iter(meant))
        return None

    def refusal(self, words: str) -> Text:
        """Return what is said of words that mean no village, or several."""
        few = list(self.names.values())[:6]
        more = len(self.names) - len(few)
        zh = "、".join(few) + (f" 等 {len(self.names)} 个" if more > 0 else "")
        en = ", ".join(few) + (f" and {more} more" if more > 0 else "")
        return Text(
            f"{self.township}没有“{words}”这个村。有：{zh}",
            f"{self.township} has no one village called “{words}”. It has: {en}",
        )


def _stem(name: str) -> str:
    said = normal(name)
    for ending in _ENDINGS:
        if said.endswith(ending) and len(said) > len(ending):
            return said.removesuffix(ending)
    return said


def by_village(rows: Sequence[Any], village: str = "village") -> dict[str, list[Any]]:
    """Return rows by their village, in the order of the file; rows whose village nobody knows are left out."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        if (code := getattr(row, village)) is not None:
            found.setdefault(code, []).append(row)
    return found
