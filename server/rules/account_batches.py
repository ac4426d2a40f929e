"""Judging a list of people who are to get accounts: which place each row means, what stands against it, the user name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from server.rules.account_sheets import WantedPerson
from server.rules.accounts import misplaced, refusal_to_manage
from server.rules.permissions import ROLES, Actor, Role, covers, refusal
from server.rules.places import spoken_name
from server.rules.terms import wrong_last_day
from server.rules.values import Text
from server.rules.wrong_rows import WrongRow

LONGEST_LOGIN, SHORTEST_LOGIN = 40, 2
_MOST_NAMED = 6


class StandingPlace(Struct, frozen=True):
    """A division that stands in the area of whoever sends the list; `above`: the name of what it lies in."""

    code: str
    name: str
    above: str


class Judged(Struct, frozen=True):
    """Who gets an account where, and what is wrong with the other rows."""

    right: tuple[tuple[WantedPerson, StandingPlace], ...]
    wrong: tuple[WrongRow, ...]


Known = Mapping[tuple[str, Role, str], str]
"""User names of accounts that stand, by (name, role, division)."""


def judge_people(
    people: Iterable[WantedPerson],
    *,
    actor: Actor,
    places: Sequence[StandingPlace],
    known: Known,
    now: datetime,
) -> Judged:
    """Return which rows can become accounts, and why the others cannot; a row has one reason at a time."""
    by_code = {place.code: place for place in places}
    by_name: dict[str, list[StandingPlace]] = {}
    for place in places:
        for name in _names_of(place):
            by_name.setdefault(name, []).append(place)
    right: list[tuple[WantedPerson, StandingPlace]] = []
    wrong: list[WrongRow] = []
    first: dict[tuple[str, Role, str], int] = {}
    for person in people:
        meant = _place(person, actor, by_code, by_name)
        if isinstance(meant, Text):
            wrong.append(WrongRow(person.row, "place", meant))
            continue
        key = (person.name, person.role, meant.code)
        if found := next(_against(person, meant, actor, first.get(key), known.get(key), now), None):
            wrong.append(found)
            continue
        first[key] = person.row
        right.append((person, meant))
    return Judged(tuple(right), tuple(wrong))


def _names_of(place: StandingPlace) -> set[str]:
    spoken = spoken_name(place.name)
    return {place.name, spoken, spoken_name(place.above) + spoken}


def _place(
    person: WantedPerson,
    actor: Actor,
    by_code: Mapping[str, StandingPlace],
    by_name: Mapping[str, Sequence[StandingPlace]],
) -> StandingPlace | Text:
    said = person.place
    if said.isascii() and said.isdigit():
        if place := by_code.get(said):
            return place
        if len(said) == 12 and not covers(actor.division, said):
            why = refusal(actor, "manage_accounts", said)
            assert why is not None
            return why
        return Text(f"没有代码为 {said[:20]} 的地方", f"no place has the code {said[:20]}")
    found = by_name.get(said, ())
    fitting = [place for place in found if misplaced(person.role, place.code) is None] or found
    if len(fitting) == 1:
        return fitting[0]
    if not found:
        return Text(
            f"您负责的范围里没有“{said[:30]}”，请照“地方”那一张写，或写 12 位代码",
            f"there is no {said[:30]!r} in your area; write it as the sheet of places does, or its 12 digits",
        )
    named = fitting[:_MOST_NAMED]
    return Text(
        f"有 {len(fitting)} 个“{said[:30]}”，请改写代码：{'，'.join(f'{p.code}（{spoken_name(p.above)}）' for p in named)}",
        f"{len(fitting)} places are called {said[:30]!r}; write the code: {', '.join(f'{p.code} ({spoken_name(p.above)})' for p in named)}",
    )


def _against(
    person: WantedPerson,
    place: StandingPlace,
    actor: Actor,
    earlier: int | None,
    login: str | None,
    now: datetime,
) -> Iterator[WrongRow]:
    if why := refusal_to_manage(actor, person.role, place.code):
        yield WrongRow(person.row, "role", why)
    if why := misplaced(person.role, place.code):
        yield WrongRow(person.row, "role", why)
    if why := wrong_last_day(person.role, person.last_day, now):
        yield WrongRow(person.row, "last_day", why)
    role = ROLES[person.role]
    if earlier is not None:
        yield WrongRow(
            person.row,
            "name",
            Text(
                f"和第 {earlier} 行是同一个人、同一个身份、同一个地方",
                f"the same person, role and place as row {earlier}",
            ),
        )
    if login is not None:
        yield WrongRow(
            person.row,
            "name",
            Text(
                f"这个人在这里已经有{role.zh}账号（用户名 {login}）；忘了密码就在账号表里给新码",
                f"this person has an account of role {role.en} here already (user name {login}); give a new code in the list of accounts",
            ),
        )


def logins_for(person: WantedPerson, place: StandingPlace) -> list[str]:
    """Return the user names a person may get, the best first: their name, then with the place, then with digits of it."""
    bare = "".join(person.name.split())
    where = "".join(spoken_name(place.name).split())
    tail = place.code[6:].rstrip("0") or place.code[:6]
    wanted = [bare, bare + where, bare + tail, bare + where + ROLES[person.role].zh]
    wanted += [f"{bare}{tail}{n}" for n in range(2, 6)]
    return [each for each in wanted if SHORTEST_LOGIN <= len(each) <= LONGEST_LOGIN]
