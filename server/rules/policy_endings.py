"""A policy that ends without one that follows: from which day on, and what stands in its way.

It ends today at the earliest, so it is missed from tomorrow on: a period is judged by the rules of its last day, and no
verdict of the past changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from server.rules.policy_faults import Fault, faults
from server.rules.schedules import Policy, Scheduled
from server.rules.values import Text
from server.rules.workdays import WorkdayCalendar

_DAY = timedelta(days=1)


def refused(policy: Policy, last: date, today: date, *, shipped: bool) -> Text | None:
    """Return why a policy cannot end on a day; None when it can. `shipped`: it came with the program."""
    if shipped:
        return Text(
            "它是随程序带的，不在这里改",
            "it comes with the program and is not changed here",
        )
    if policy.valid_from > today:
        return Text(
            f"它从 {policy.valid_from} 才施行，不要它了请撤回",
            f"it begins on {policy.valid_from} only: take it back instead",
        )
    if policy.valid_to is not None and policy.valid_to < today:
        return Text(f"它到 {policy.valid_to} 已经结束", f"it ended on {policy.valid_to}")
    if last < today:
        return Text(
            f"写的是到 {last} 为止，最早只能到今天 {today}：已经到期的不改判",
            f"it says {last}; today, {today}, is the earliest last day, because no verdict of the past changes",
        )
    if policy.valid_to is not None and policy.valid_to <= last:
        return Text(f"它本来就到 {policy.valid_to} 为止", f"it ends on {policy.valid_to} as it is")
    return None


def ended(policies: Sequence[Policy], name: str, last: date) -> list[Policy]:
    """Return policies as they stand once one of them ends on a day."""
    return [replace(p, valid_to=last) if p.id == name else p for p in policies]


def left_behind(
    before: Sequence[Policy],
    policy: Policy,
    last: date,
    categories: Mapping[str, Scheduled],
    calendar: WorkdayCalendar,
) -> list[tuple[Policy, Fault]]:
    """Return what becomes impossible in other policies once one of them is missing that they relied on."""
    after = ended(before, policy.id, last)
    found = []
    for other in after:
        near = other.division_prefix.startswith(policy.division_prefix) or (
            policy.division_prefix.startswith(other.division_prefix)
        )
        if other.id == policy.id or not near or (other.valid_to and other.valid_to <= last):
            continue
        known = faults(other, before, categories, calendar)
        found += [(other, f) for f in faults(other, after, categories, calendar) if f not in known]
    return found


def falls_back_on(policies: Sequence[Policy], division: str, last: date) -> list[Policy]:
    """Return the policies that hold for a place on the day after one has ended, the nearest to it first."""
    holding = [p for p in policies if p.holds(division, last + _DAY)]
    return sorted(holding, key=lambda p: (-len(p.division_prefix), -p.valid_from.toordinal(), p.id))
