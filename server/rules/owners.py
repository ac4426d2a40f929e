"""Who owes what a schedule is about: villages, their groups, or both.

Organic Law of the Villagers' Committees (2018 text), art. 28: what a village group decides about its own property is published
to that group. Whether groups owe accounts of their own is a county's rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from server.rules.divisions import is_group
from server.rules.documents import Fields, expected
from server.rules.values import Text

Owner = Literal["village", "group"]
OWNERS: Final[tuple[Owner, ...]] = ("village", "group")
BY_VILLAGES: Final[tuple[Owner, ...]] = ("village",)
_WORDS: Final = {
    ("village",): Text("村", "villages"),
    ("group",): Text("村民小组", "village groups"),
    ("village", "group"): Text("村和村民小组", "villages and village groups"),
}


def owners_in(parts: Iterable[Mapping[str, Any]]) -> tuple[Owner, ...]:
    """Return who may owe something anywhere by schedules, or by a policy's parts of them: villages, and groups where one names them."""
    named = any("group" in part.get("owed_by", ()) for part in parts)
    return OWNERS if named else BY_VILLAGES


def owner_of(division: str) -> Owner:
    """Return as what a place of this code owes: a village group, or a village."""
    return "group" if is_group(division) else "village"


def owner_words(owners: tuple[Owner, ...]) -> Text:
    """Return who owes, as one says it."""
    return _WORDS[owners]


def parse_owners(f: Fields, name: str = "owed_by") -> tuple[Owner, ...]:
    """Read who owes, in the order of OWNERS; villages where nothing is said. Raises BadDocument."""
    if name not in f.doc:
        return BY_VILLAGES
    said = f.texts(name)
    found = tuple(each for each in OWNERS if each in said)
    if not found or len(found) != len(said):
        raise f.wrong(
            name,
            expected(
                ' "village"（村）、"group"（村民小组）的列表，各最多一次',
                'a list of "village" and "group", each once at most',
                said,
            ),
        )
    return found
