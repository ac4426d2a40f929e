"""What a policy would change: rule by rule, and obligation by obligation, of the periods from its first day on.

A period is judged by the rules of its last day: nothing that ended before the policy's first day changes, and no preview
could make it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from server.rules.compliance import CellState, judge
from server.rules.divisions import is_group
from server.rules.exemptions import Exemption
from server.rules.obligations import Obligation, Occurrence, VillageLife, owed
from server.rules.owners import Owner, owner_of
from server.rules.periods import day_start, event_period, period_containing
from server.rules.rule_words import days_words, retention_words, schedule_words
from server.rules.schedules import Policy, Schedule, holding, reply_rule_for, schedule_for
from server.rules.values import Text
from server.rules.windows import due_for
from server.rules.workdays import WorkdayCalendar

AHEAD = timedelta(days=400)
"""How far a preview looks: a yearly item falls due in it."""
_OFTEN = ("monthly", "quarterly", "half_yearly", "yearly")


class Rules(Struct, frozen=True):
    """What obligations are worked out by: categories by key, the policies that stand, the calendar."""

    categories: Mapping[str, Any]
    policies: Sequence[Policy]
    calendar: WorkdayCalendar


class Side(Struct, frozen=True):
    """One side of a comparison: whether it is owed at all, and if so by which words. `due_on`: for one obligation."""

    in_use: bool
    due: Text
    display: Text
    review: Text
    due_on: date | None = None
    state: CellState | None = None


class RuleChange(Struct, frozen=True):
    """How one category changes for what happens or ends from a policy's first day on.

    `event`: it is owed by events; then `due_on` of both sides is that of something that happens on that day.
    """

    category: str
    name: Text
    event: bool
    before: Side
    after: Side


class DueChange(Struct, frozen=True):
    """A coming obligation whose due day moves, alike in `villages` places of one kind; a side is None where it is not owed."""

    category: str
    period: str
    owner: Owner
    villages: int
    example: str
    before: Side | None
    after: Side | None


class Impact(Struct, frozen=True):
    """Everything that changes. Counts are of cells of the matrix: one village or village group, one category, one period.

    `changed` counts what is shown for longer or reviewed otherwise too; `dues` are those whose day moves. `groups`: the village
    groups that owe something by the rules of one side or the other.
    """

    rules: tuple[RuleChange, ...]
    dues: tuple[DueChange, ...]
    villages: int
    groups: int
    cells: int
    changed: int
    state_changed: int
    newly_owed: int
    no_longer: int
    moved: int


def impact(
    before: Rules,
    after: Rules,
    owing: Sequence[VillageLife],
    division: str,
    first: date,
    exemptions: Iterable[Exemption] = (),
) -> Impact:
    """Return what changes below a division from a day on, for the periods that end within `AHEAD` of it."""
    lifted = list(exemptions)
    old, new = (_owed(rules, owing, first, lifted) for rules in (before, after))
    groups: dict[tuple[Any, ...], list[tuple[str, Side | None, Side | None]]] = {}
    counts = {"changed": 0, "state": 0, "new": 0, "gone": 0, "moved": 0}
    for key in {**old, **new}:
        sides = (_side(old.get(key), before, first), _side(new.get(key), after, first))
        if sides[0] == sides[1]:
            continue
        _count(counts, *sides)
        village, category, period = key
        shown = tuple((s.due_on, s.display) if s else None for s in sides)
        if _moves(*sides):
            alike_in = (category, period, owner_of(village), *shown)
            groups.setdefault(alike_in, []).append((village, *sides))
    dues = [
        DueChange(category, period, owner, len(alike), *min(alike, key=lambda each: each[0]))
        for (category, period, owner, *_), alike in groups.items()
    ]
    return Impact(
        rules=tuple(rule_changes(before, after, division, first)),
        dues=tuple(sorted(dues, key=_when)),
        villages=len([v for v in owing if v.alive_on(first) and not is_group(v.code)]),
        groups=len({code for code, _, _ in (*old, *new) if is_group(code)}),
        cells=len(new),
        changed=counts["changed"],
        state_changed=counts["state"],
        newly_owed=counts["new"],
        no_longer=counts["gone"],
        moved=counts["moved"],
    )


def _owed(
    rules: Rules, villages: Sequence[VillageLife], first: date, exemptions: list[Exemption]
) -> dict[tuple[str, str, str], Obligation]:
    return _owed_until(rules, villages, first, first + AHEAD, exemptions, ())


def _owed_until(
    rules: Rules,
    villages: Sequence[VillageLife],
    first: date,
    last: date,
    exemptions: list[Exemption],
    occurrences: Iterable[Occurrence],
) -> dict[tuple[str, str, str], Obligation]:
    found = owed(
        villages, rules.categories, rules.policies, rules.calendar, first, last, exemptions, occurrences,
        day_start(last),
    )  # fmt: skip
    return {(o.division, o.category, o.period.key): o for o in found}


def _side(obligation: Obligation | None, rules: Rules, first: date) -> Side | None:
    if obligation is None:
        return None
    state = judge(obligation, (), (), day_start(first), rules.calendar).state
    return Side(True, *schedule_words(obligation.schedule), obligation.due.due_on, state)


def _count(counts: dict[str, int], before: Side | None, after: Side | None) -> None:
    counts["changed"] += 1
    if before is None or after is None:
        counts["new" if before is None else "gone"] += 1
    elif _moves(before, after):
        counts["moved"] += 1
    if (before and before.state) != (after and after.state):
        counts["state"] += 1


def _moves(before: Side | None, after: Side | None) -> bool:
    return before is None or after is None or before.due_on != after.due_on


def _when(change: DueChange) -> tuple[date, str, str, str]:
    days = [side.due_on for side in (change.before, change.after) if side and side.due_on]
    return (min(days), change.category, change.period, change.example)


def rule_changes(before: Rules, after: Rules, division: str, first: date) -> Iterator[RuleChange]:
    """Yield the categories whose rule changes for a division on a day, in the order of their keys."""
    for key, category in sorted(after.categories.items()):
        old = schedule_for(category, before.policies, division, first)
        new = schedule_for(category, after.policies, division, first)
        sides = (_rule_side(old, before, first), _rule_side(new, after, first))
        if sides[0] != sides[1] and (old.in_use or new.in_use):
            yield RuleChange(key, category.name, new.cadence == "event", *sides)


def _rule_side(schedule: Schedule, rules: Rules, first: date) -> Side:
    due_on = None
    if schedule.cadence == "event":
        due_on = due_for(schedule, event_period(first, "x"), rules.calendar).due_on
    return Side(schedule.in_use, *schedule_words(schedule), due_on)


def warnings(policy: Policy, rules: Rules) -> list[Text]:
    """Return what a person should look at before a policy is put in force: it is allowed, and may be wrong.

    `rules.policies` are those beside it. What it says is measured by what is owed without this place's own rules: the
    catalogue's days and the policies of larger places. Only what is owed in the whole of the place is named.
    """
    division, first = policy.division_prefix.ljust(12, "0"), policy.valid_from
    above = [p for p in rules.policies if len(p.division_prefix) < len(policy.division_prefix)]
    found: list[Text] = []
    for category in rules.categories.values():
        now = schedule_for(category, rules.policies, division, first)
        then = schedule_for(category, [*rules.policies, policy], division, first)
        if then.in_use:
            least = schedule_for(category, above, division, first)
            own = schedule_for(category, [*above, policy], division, first)
            found += _weaker(category.name, own, least, rules.calendar, first)
        elif now.in_use and category.legal_basis:
            found.append(_owed_by_law(category))
    found += _slower_reply(policy, above, division)
    if not policy.legal_basis and any(
        part.keys() - {"in_use"} for part in policy.overrides.values()
    ):
        found.append(
            Text(
                "没有写依据（哪个文件、哪一条）。",
                "It names no legal basis: which document, which article.",
            )
        )
    return found


def _owed_by_law(category: Any) -> Text:
    basis = category.legal_basis[0]
    article = f"第{basis.article}条" if basis.article else ""
    article_en = f", art. {basis.article}" if basis.article else ""
    return Text(
        f"{category.name.zh}：{basis.title.zh}{article}要求公开。停用以后这里不再催，法律上的义务还在。",
        f"{category.name.en}: asked for by {basis.title.en}{article_en}. Out of use nobody is reminded here; "
        "the duty by law stays.",
    )


def _weaker(
    name: Text, own: Schedule, least: Schedule, calendar: WorkdayCalendar, first: date
) -> Iterator[Text]:
    found = [
        *_shorter(own, least),
        *_unreviewed(own, least),
        *_rarer(own, least),
        *_sooner_over(own, least, first),
        *_later(own, least, calendar, first),
    ]
    if found:
        above = (
            Text(f"上级规定（{least.source.zh}）", f"the rule above ({least.source.en})")
            if least.policy_id
            else Text("目录原来的", "the catalogue")
        )
        yield Text(
            f"{name.zh}：比{above.zh}，" + "，".join(each.zh for each in found) + "。",
            f"{name.en}: against {above.en}, " + ", ".join(each.en for each in found) + ".",
        )


def _shorter(own: Schedule, least: Schedule) -> Iterator[Text]:
    shown, needed = own.display.min_days, least.display.min_days
    same_unit = own.display.unit == least.display.unit
    if needed is not None and (shown is None or (same_unit and shown < needed)):
        days, less = (
            days_words(needed, least.display.unit),
            days_words(shown or 0, own.display.unit),
        )
        yield Text(f"展示 {less.zh}，少于 {days.zh}", f"shown {less.en}, fewer than {days.en}")


def _unreviewed(own: Schedule, least: Schedule) -> Iterator[Text]:
    if least.review_required and not own.review_required:
        yield Text("不再审议", "not reviewed any more")


def _rarer(own: Schedule, least: Schedule) -> Iterator[Text]:
    often = (own.cadence, least.cadence)
    if all(c in _OFTEN for c in often) and _OFTEN.index(often[0]) > _OFTEN.index(often[1]):
        yield Text("公开得更少", "owed less often")


def _sooner_over(own: Schedule, least: Schedule, first: date) -> Iterator[Text]:
    """Yield that villagers can read it for less time than before; a day is compared, as months have different lengths."""
    mine, theirs = own.display.retention, least.display.retention
    if mine is None or "hidden" in (own.display.after, least.display.after):
        return
    if theirs is None:
        said = retention_words(mine)
        yield Text(f"结束后只能查 {said.zh}", f"readable for {said.en} only after its display")
    elif mine.last_day(first) < theirs.last_day(first):
        said, less = retention_words(theirs), retention_words(mine)
        yield Text(
            f"结束后能查 {less.zh}，少于 {said.zh}",
            f"readable for {less.en} after its display, less than {said.en}",
        )


def _later(
    own: Schedule, least: Schedule, calendar: WorkdayCalendar, first: date
) -> Iterator[Text]:
    if own.cadence != least.cadence or own.cadence == "long_term":
        return
    event = own.cadence == "event"
    period = event_period(first, "x") if event else period_containing(own.cadence, first)
    mine, theirs = (due_for(each, period, calendar).due_on for each in (own, least))
    if mine > theirs:
        days = days_words((mine - theirs).days, "calendar")
        yield Text(f"期限晚 {days.zh}", f"due {days.en} later")


def _slower_reply(policy: Policy, above: Sequence[Policy], division: str) -> Iterator[Text]:
    if policy.reply is None or not any(
        p.reply for p in holding(above, division, policy.valid_from)
    ):
        return
    least = reply_rule_for(above, division, policy.valid_from)
    if policy.reply.unit == least.unit and policy.reply.days > least.days:
        mine, theirs = days_words(policy.reply.days, least.unit), days_words(least.days, least.unit)
        yield Text(
            f"答复村民的期限 {mine.zh}，比上级规定的 {theirs.zh}长。",
            f"Villagers are answered within {mine.en}, and the rule above says {theirs.en}.",
        )


def counted_through(policy: Policy, rules: Rules) -> list[int]:
    """Return the years without an official calendar through which a policy's working days are counted."""
    working = any("working" in str(part.get("due", "")) for part in policy.overrides.values())
    years = range(policy.valid_from.year, (policy.valid_from + AHEAD).year + 1)
    known = rules.calendar.notices
    return [y for y in years if working and not (y in known and known[y].official)]


class MovedDue(Struct, frozen=True):
    """One due day that moves, alike in `villages` places of one kind, one of which is `example`."""

    category: str
    period: str
    owner: Owner
    villages: int
    example: str
    before: date
    after: date


class Moves(Struct, frozen=True):
    """What another calendar moves, the nearest first; `settled`: days that stay and are certain now."""

    moved: tuple[MovedDue, ...]
    settled: int


def moved_dues(
    before: Rules,
    after: Rules,
    villages: Sequence[VillageLife],
    first: date,
    last: date,
    exemptions: Iterable[Exemption] = (),
    occurrences: Iterable[Occurrence] = (),
) -> Moves:
    """Return which due days another calendar moves, of the periods that end and the events that happen in [first, last]."""
    lifted, happened = list(exemptions), list(occurrences)
    old, new = (
        _owed_until(rules, villages, first, last, lifted, happened) for rules in (before, after)
    )
    groups: dict[tuple[str, str, Owner, date, date], list[str]] = {}
    settled = 0
    for key, was in old.items():
        now = new.get(key)
        if now is None:
            continue
        if now.due.due_on != was.due.due_on:
            group = (key[1], key[2], owner_of(key[0]), was.due.due_on, now.due.due_on)
            groups.setdefault(group, []).append(key[0])
        elif was.due.provisional and not now.due.provisional:
            settled += 1
    found = [
        MovedDue(category, period, owner, len(where), min(where), left, right)
        for (category, period, owner, left, right), where in groups.items()
    ]
    return Moves(tuple(sorted(found, key=lambda m: (m.before, m.category, m.example))), settled)
