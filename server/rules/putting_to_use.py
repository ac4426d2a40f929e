"""Putting categories to use: since when one is owed in a place, what comes next, and the policy that turns the switch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from server.rules.permissions import scope_prefix
from server.rules.schedules import Policy, Scheduled, schedule_for
from server.rules.values import Text

_DAY = timedelta(days=1)


class Use(Struct, frozen=True):
    """Whether a category is in use in a place today, since when (None: since there is a record), and what is to come.

    `next_on` is the day on which that changes, and `next_by` the policy by which it does.
    """

    in_use: bool
    since: date | None
    next_on: date | None
    next_by: str | None


def use_of(category: Scheduled, policies: Sequence[Policy], division: str, today: date) -> Use:
    """Return how a category stands in a place on a day, by the policies that hold for the whole of it."""
    now = _in_use(category, policies, division, today)
    turns = [
        day
        for day in _days(policies, division)
        if _in_use(category, policies, division, day)
        != _in_use(category, policies, division, day - _DAY)
    ]
    past = [day for day in turns if day <= today]
    coming = [day for day in turns if day > today]
    by = [
        p.id
        for p in policies
        if coming and p.valid_from == coming[0] and p.holds(division, coming[0])
    ]
    return Use(
        now, past[-1] if past else None, coming[0] if coming else None, by[-1] if by else None
    )


def _in_use(category: Scheduled, policies: Iterable[Policy], division: str, on: date) -> bool:
    return schedule_for(category, policies, division, on).in_use


def _days(policies: Iterable[Policy], division: str) -> list[date]:
    touching = [p for p in policies if division.startswith(p.division_prefix)]
    switching = [p for p in touching if any("in_use" in part for part in p.overrides.values())]
    ends = {p.valid_to + _DAY for p in switching if p.valid_to is not None}
    return sorted({p.valid_from for p in switching} | ends)


def switch_document(
    key: str, name: Text, division: str, *, in_use: bool, first: date
) -> dict[str, Any]:
    """Return the policy that puts a category to use, or out of use, in a place from a day on."""
    prefix = scope_prefix(division)
    said = Text("启用", "Put to use") if in_use else Text("停用", "Put out of use")
    return {
        "id": f"{key}-{prefix or '0'}-{first:%y%m%d}",
        "division_prefix": prefix,
        "valid_from": first.isoformat(),
        "valid_to": None,
        "title": {"zh": f"{said.zh}：{name.zh}", "en": f"{said.en}: {name.en}"},
        "legal_basis": [],
        "overrides": {key: {"in_use": in_use}},
    }
