"""What is wrong with a policy beside the others and the categories: it names what is not there, asks for what cannot be, or says otherwise than another policy of the same place for the same days.

`schedules.parse_policy` reads a policy alone. Here it is laid over every category, as it will be when it holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from server.rules.documents import BadDocument
from server.rules.periods import Period, event_period, periods_ended_between
from server.rules.rule_words import Saying, due_words, policy_words
from server.rules.schedules import Policy, Schedule, Scheduled, schedule_for
from server.rules.values import Text
from server.rules.windows import due_for
from server.rules.workdays import WorkdayCalendar

# A leap year and the one after it: every length of month, every weekday at a month's end.
_SAMPLE = (date(2024, 1, 1), date(2025, 12, 31))
_OWN = (
    "reply",
    "reminders",
    "common_day",
    "topic_signatures",
    "inquiries",
    "grades",
    "inspections",
)


class Fault(Struct, frozen=True):
    """One thing that is wrong: where in the policy's document, and what."""

    pointer: str
    text: Text


class Clash(Struct, frozen=True):
    """Two policies of one place that hold on the same days and set the same value to two numbers."""

    pointer: str
    other: Policy
    mine: str
    theirs: str
    first: date
    last: date | None

    def fault(self, policy: Policy, categories: Mapping[str, Scheduled]) -> Fault:
        """Return it as a fault that names both policies, what they set, both values and the days."""
        until = self.last.isoformat() if self.last else None
        name, title = self.other.id, self.other.title
        here = _saying(self.pointer, policy, categories)
        there = _saying(self.pointer, self.other, categories)
        what, mine, theirs = (
            Text("", ""),
            Text(self.mine, self.mine),
            Text(self.theirs, self.theirs),
        )
        if here is not None and there is not None:
            what = Text(
                f"{here.about.zh}，{here.name.zh}：", f"{here.about.en}, {here.name.en}: it "
            )
            if here.value != there.value:
                mine, theirs = here.value, there.value
        return Fault(
            self.pointer,
            Text(
                f"{what.zh}和“{title.zh}”（{name}）从 {self.first} 起"
                + (f"到 {until} " if until else "")
                + f"同时有效，却不一样：这里是 {mine.zh}，那里是 {theirs.zh}。"
                f"请让其中一个在另一个开始的前一天结束",
                f"{what.en}holds together with “{title.en}” ({name}) from {self.first}"
                + (f" until {until}" if until else " on")
                + f" and says otherwise: {mine.en} here, {theirs.en} there; "
                f"let one end on the day before the other begins",
            ),
        )


def faults(
    policy: Policy,
    others: Iterable[Policy],
    categories: Mapping[str, Scheduled],
    calendar: WorkdayCalendar,
) -> list[Fault]:
    """Return what is wrong with a policy beside the others; nothing for one that can be put in force."""
    beside = [p for p in others if p.id != policy.id]
    unknown = list(_unknown(policy, categories))
    if unknown:
        return unknown
    found = [clash.fault(policy, categories) for clash in clashes(policy, beside)]
    return [*found, *_impossible(policy, beside, categories, calendar)]


def refuse(
    policy: Policy,
    others: Iterable[Policy],
    categories: Mapping[str, Scheduled],
    calendar: WorkdayCalendar,
) -> None:
    """Raise BadDocument with the first fault of a policy, if it has one."""
    for fault in faults(policy, others, categories, calendar):
        raise BadDocument(fault.pointer, fault.text)


def clashes(policy: Policy, others: Iterable[Policy]) -> list[Clash]:
    """Return where a policy says otherwise than another of the very same place on the same days.

    `in_use` is a switch, which the newer day turns: two days for it are no clash, one day with two answers is.
    """
    mine = dict(_values(policy))
    found = []
    for other in others:
        span = _together(policy, other)
        if other.id == policy.id or other.division_prefix != policy.division_prefix or span is None:
            continue
        for key, theirs in _values(other):
            switch = key.endswith("/in_use") and policy.valid_from != other.valid_from
            if key in mine and mine[key] != theirs and not switch:
                found.append(
                    Clash(f"policy/{key}", other, _shown(mine[key]), _shown(theirs), *span)
                )
    return found


def _saying(pointer: str, policy: Policy, categories: Mapping[str, Scheduled]) -> Saying | None:
    """Return what a policy says at a place of its document, as its screen says it."""
    at = pointer.removeprefix("policy/")
    said = [s for s in policy_words(policy, categories) if f"{at}/".startswith(f"{s.field}/")]
    return max(said, key=lambda s: len(s.field), default=None)


def _together(one: Policy, other: Policy) -> tuple[date, date | None] | None:
    first = max(one.valid_from, other.valid_from)
    ends = [p.valid_to for p in (one, other) if p.valid_to is not None]
    last = min(ends) if ends else None
    return None if last is not None and last < first else (first, last)


def _values(policy: Policy) -> Iterator[tuple[str, Any]]:
    """Yield every value that a policy sets, by its place in the document; where it comes from is no value."""
    for selector, part in policy.overrides.items():
        for name, value in part.items():
            at = f"overrides/{selector}/{name}"
            if name == "display":
                yield from ((f"{at}/{key}", each) for key, each in value.items())
            elif name not in ("source", "comment"):
                yield at, value
    for name in _OWN:
        value = getattr(policy, name)
        if value is None:
            continue
        if name in ("inquiries", "inspections"):
            parts = ((n, getattr(value, n)) for n in value.__slots__)
            yield from ((f"{name}/{n}", each) for n, each in parts if each is not None)
        else:
            yield name, value


def _shown(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)[:120]
    except TypeError:
        fields = ((n, getattr(value, n)) for n in getattr(value, "__slots__", ()))
        return ", ".join(f"{name} {each}" for name, each in fields)[:120] or str(value)[:120]


def _unknown(policy: Policy, categories: Mapping[str, Scheduled]) -> Iterator[Fault]:
    for selector in policy.overrides:
        if selector != "*" and ":" not in selector and selector not in categories:
            there = ", ".join(sorted(categories))
            yield Fault(
                f"policy/overrides/{selector}",
                Text(
                    f"没有这类公开事项，现有：{there}",
                    f"there is no such category; there are {there}",
                ),
            )


def _impossible(
    policy: Policy,
    others: Sequence[Policy],
    categories: Mapping[str, Scheduled],
    calendar: WorkdayCalendar,
) -> Iterator[Fault]:
    """Yield what becomes of categories that can be nobody's rule: said once for each place in the document."""
    said = set()
    division = policy.division_prefix.ljust(12, "0")
    for key, category in categories.items():
        selector = _who_says(policy, key, category.schedule_doc)
        try:
            schedule = schedule_for(category, [*others, policy], division, policy.valid_from)
        except BadDocument as error:
            inside = error.pointer.removeprefix(f"{key}/schedule/")
            pointer = f"policy/overrides/{selector}/{inside}"
            text = Text(f"用在“{key}”上：{error.text.zh}", f"laid over {key}: {error.text.en}")
        else:
            wrong = backwards(schedule, calendar)
            if wrong is None:
                continue
            pointer = f"policy/overrides/{selector}/due"
            text = Text(f"用在“{key}”上：{wrong.zh}", f"laid over {key}: {wrong.en}")
        if selector is not None and pointer not in said:
            said.add(pointer)
            yield Fault(pointer, text)


def _who_says(policy: Policy, key: str, doc: Mapping[str, Any]) -> str | None:
    """Return the last selector of a policy that says by when a category is owed, or else any that speaks of it."""
    cadence = policy.overrides.get(key, {}).get("cadence", doc.get("cadence"))
    line = [s for s in (key, f"cadence:{cadence}", "*") if s in policy.overrides]
    return next((s for s in line if "due" in policy.overrides[s]), line[0] if line else None)


def backwards(schedule: Schedule, calendar: WorkdayCalendar) -> Text | None:
    """Return why something would be due before it can be posted, with the first such period; None where it never is."""
    for period in _samples(schedule):
        due = due_for(schedule, period, calendar)
        if due.due_on < due.opens_on:
            rule = due_words(schedule.due, schedule.cadence)
            return Text(
                f"期限“{rule.zh}”早于可以公开的日子：{period.end} 结束的一期，{due.opens_on} 才开始，{due.due_on} 就到期",
                f"“{rule.en}” comes before it opens: the period that ends on {period.end} opens on {due.opens_on} "
                f"and would be due on {due.due_on}",
            )
    return None


def _samples(schedule: Schedule) -> Iterator[Period]:
    first, last = _SAMPLE
    match schedule.cadence:
        case "long_term":
            return
        case "event":
            yield from (event_period(first + timedelta(days=n), "x") for n in range(0, 366, 5))
        case cadence:
            yield from periods_ended_between(cadence, first, last)
