"""Divisions through time, as a list shows them: one line for each, its names one after the other, since when and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Literal, Protocol

from msgspec import Struct

from server.rules.permissions import Actor, is_county_or_above, refusal
from server.rules.places import spoken_name
from server.rules.values import Text

State = Literal["all", "open", "closed"]
Sort = Literal["code", "name", "newest"]


class Row(Protocol):
    """A division for a span of days."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def level(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


class EarlierName(Struct, frozen=True):
    """What a division was called before, and the last day on which it was."""

    name: str
    last_day: date | None


class DivisionLife(Struct, frozen=True):
    """A division under its newest name. `first_day` None: as long as is known; `last_day` None: it stands."""

    code: str
    name: str
    level: str
    parent: str | None
    parent_name: str
    first_day: date | None
    last_day: date | None
    changed_on: date | None
    earlier: tuple[EarlierName, ...]


def lives_of(rows: Iterable[tuple[Row, str]]) -> list[tuple[DivisionLife, str]]:
    """Return the lives of rows that come by code, oldest first; each with everything it may be searched by."""
    spans: dict[str, list[tuple[Row, str]]] = {}
    for row, initials in rows:
        spans.setdefault(row.code, []).append((row, initials))
    names = {code: spoken_name(mine[-1][0].name) for code, mine in spans.items()}
    return [(_life([row for row, _ in mine], names), _searched(mine)) for mine in spans.values()]


def _life(rows: list[Row], names: dict[str, str]) -> DivisionLife:
    newest = rows[-1]
    earlier = tuple(
        EarlierName(spoken_name(row.name), row.valid_to)
        for row, after in pairwise(rows)
        if row.name != after.name
    )
    return DivisionLife(
        code=newest.code,
        name=spoken_name(newest.name),
        level=newest.level,
        parent=newest.parent,
        parent_name=names.get(newest.parent or "", ""),
        first_day=rows[0].valid_from,
        last_day=newest.valid_to,
        changed_on=newest.valid_to or newest.valid_from,
        earlier=earlier,
    )


def _searched(rows: list[tuple[Row, str]]) -> str:
    said = " ".join(f"{row.name} {spoken_name(row.name)}" for row, _ in rows)
    return f" {rows[0][0].code} {said} {' '.join(initials for _, initials in rows)}".lower()


def chosen(
    lives: Iterable[tuple[DivisionLife, str]], *, q: str, state: State, sort: Sort
) -> list[DivisionLife]:
    """Return those whose name (any they had) holds `q`, or whose code or initials begin with it, sorted."""
    asked = q.strip().lower()
    found = [
        life
        for life, searched in lives
        if (not asked or (f" {asked}" if asked.isascii() else asked) in searched)
        and (state == "all" or (life.last_day is None) == (state == "open"))
    ]
    if sort == "name":
        return sorted(found, key=lambda life: (life.name, life.code))
    if sort == "newest":
        return sorted(
            found, key=lambda life: (-(life.changed_on or date.min).toordinal(), life.code)
        )
    return found


def refusal_to_change(actor: Actor, scope: str) -> Text | None:
    """Return why an actor may not change the divisions of an area; None when they may: a county's administrator or above."""
    if why := refusal(actor, "manage_divisions", scope):
        return why
    if not is_county_or_above(actor.division):
        return Text(
            "区划由县级管理员来改，乡镇的管理员可以看",
            "Divisions are changed by a county's administrator; a township's may look",
        )
    return None
