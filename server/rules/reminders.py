"""Reminders: on which days somebody who owes a disclosure is reminded, and at what hours nobody is.

The days are data: a policy may set its own (`reminders`), `USUAL` stands where none does. A reminder is
a function of the due day and of now; what was sent already is kept in rows (storage/deliveries.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from server.rules.documents import Fields, expected
from server.rules.periods import day_start, local_date
from server.rules.values import Text
from server.rules.workdays import WorkdayCalendar

# A server that stood still over a reminder's day catches up for this many days, then lets it be.
CATCH_UP = timedelta(days=2)
# The last reminder of an obligation: it is long overdue.
RED = "red"
_DAY = timedelta(days=1)
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


class ReminderRule(Struct, frozen=True):
    """When to remind: working days before the due day, on it, calendar days after it; never while it is quiet.

    `red_after_days`: so many calendar days after the due day it is long overdue, and the county hears of it.
    It is quiet from `quiet_from` in the evening until `quiet_until` in the morning, Asia/Shanghai.
    """

    working_days_before: tuple[int, ...] = (7, 1)
    on_the_day: bool = True
    days_after: tuple[int, ...] = (1,)
    red_after_days: int = 10
    quiet_from: time = time(21)
    quiet_until: time = time(8)


USUAL = ReminderRule()


def parse_reminders(f: Fields) -> ReminderRule:
    """Read the `reminders` of a policy. Raises BadDocument with the pointer of the wrong field."""
    rule = ReminderRule(
        working_days_before=_days(f, "working_days_before"),
        on_the_day=f.flag("on_the_day"),
        days_after=_days(f, "days_after"),
        red_after_days=f.whole("red_after_days", 1, 60) if f.has("red_after_days") else 10,
        quiet_from=_hour(f, "quiet_from"),
        quiet_until=_hour(f, "quiet_until"),
    )
    if rule.quiet_until >= rule.quiet_from:
        raise f.wrong(
            "quiet_until",
            Text(
                f"应早于 quiet_from {rule.quiet_from:%H:%M}",
                f"expected an hour before quiet_from {rule.quiet_from:%H:%M}",
            ),
        )
    f.finish()
    return rule


def _days(f: Fields, name: str) -> tuple[int, ...]:
    found = f.numbers(name, 1, 60)
    if len(found) > 5:
        raise f.wrong(
            name,
            Text(
                f"最多 5 次提醒，这里有 {len(found)} 次",
                f"expected at most 5 reminders, found {len(found)}",
            ),
        )
    return tuple(sorted(set(found), reverse=True))


def _hour(f: Fields, name: str) -> time:
    text = f.text(name, None) or ""
    found = _HOUR.fullmatch(text)
    if found is None:
        raise f.wrong(name, expected("形如 21:00 的钟点", "an hour like 21:00", text))
    return time(int(found[1]), int(found[2]))


class Reminder(Struct, frozen=True):
    """One reminder of an obligation: `kind` is 'before-7', 'due', 'after-1' or 'red', `day` when it falls."""

    kind: str
    day: date


def reminders_of(
    rule: ReminderRule, opens_on: date, due_on: date, calendar: WorkdayCalendar
) -> list[Reminder]:
    """Return the reminders of one due day in their order.

    One that would come before there is anything to post comes on the first working day after that, unless
    the next is as near.
    """
    before = [
        Reminder(f"before-{n}", calendar.add_workdays(due_on, -n).date)
        for n in rule.working_days_before
    ]
    after = [Reminder("due", due_on)] if rule.on_the_day else []
    over = [Reminder(f"after-{n}", due_on + n * _DAY) for n in rule.days_after]
    over.append(Reminder(RED, due_on + rule.red_after_days * _DAY))
    after += sorted(over, key=lambda each: (each.day, each.kind == RED))
    first = calendar.add_workdays(opens_on - _DAY, 1).date
    moved = [Reminder(r.kind, max(r.day, first)) if r.day < opens_on else r for r in before]
    found = [*moved, *after]
    return [
        each
        for each, following in zip(found, [*found[1:], None], strict=True)
        if following is None or each.day < following.day
    ]


def reminder_now(
    rule: ReminderRule, opens_on: date, due_on: date, calendar: WorkdayCalendar, today: date
) -> Reminder | None:
    """Return the reminder that is to be given today: the latest that has come, unless it came long ago."""
    if not due_on - 120 * _DAY <= today <= due_on + 120 * _DAY:
        return None  # nothing is counted where no reminder can lie
    come = [r for r in reminders_of(rule, opens_on, due_on, calendar) if r.day <= today]
    return come[-1] if come and today - come[-1].day <= CATCH_UP else None


def waking_hours(rule: ReminderRule, day: date) -> tuple[datetime, datetime]:
    """Return the moments between which messages of a day are sent: from the first, before the second."""
    midnight = day_start(day)
    return midnight + _since_midnight(rule.quiet_until), midnight + _since_midnight(rule.quiet_from)


def _since_midnight(hour: time) -> timedelta:
    return timedelta(hours=hour.hour, minutes=hour.minute)


def may_speak(rule: ReminderRule, now: datetime) -> bool:
    """Say whether messages may be sent at a moment."""
    first, end = waking_hours(rule, local_date(now))
    return first <= now < end


def rule_among(found: Sequence[ReminderRule | None]) -> ReminderRule:
    """Return the most particular rule of policies given from the general to the particular."""
    return next((rule for rule in reversed(found) if rule is not None), USUAL)
