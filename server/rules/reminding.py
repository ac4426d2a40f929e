"""Reminding: from what is due and who listens to the messages that are to go out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from server.rules import windows
from server.rules.cards import title_of
from server.rules.deliveries import Channel
from server.rules.obligations import Obligation
from server.rules.periods import Period, local_date
from server.rules.permissions import ACTS, Role, covers
from server.rules.reminder_words import (
    review_is_due,
    review_to_a_group,
    to_a_group,
    to_one,
    what_is_left,
)
from server.rules.reminders import Reminder, waking_hours
from server.rules.reviewing import By
from server.rules.rulebook import Rulebook, posting_act, signing_act
from server.rules.schedules import reminder_rule_for
from server.rules.values import Lang

# Where a reminder leads: the list of what is owed, or of what is to be reviewed.
PATH = "/app/tasks"
REVIEWS = "/app/review"


@dataclass(frozen=True, slots=True)
class Due:
    """An obligation that nobody has answered, the reminder it gets now, and its village's name."""

    obligation: Obligation
    reminder: Reminder
    village: str


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A review that is to follow an urgent publication, the reminder it gets now, and whose turn it is; None: not known."""

    division: str
    village: str
    category: str
    period: Period
    due: windows.Due
    reminder: Reminder
    by: By | None


@dataclass(frozen=True, slots=True)
class Group:
    """A chat group that wants what is due in a division and below."""

    id: str
    division: str


@dataclass(frozen=True, slots=True)
class Device:
    """A device of somebody who posts or reviews: for what they owe themselves."""

    id: str
    role: Role
    division: str
    lang: Lang


@dataclass(frozen=True, slots=True)
class Listening:
    """Everybody who wants reminders."""

    groups: tuple[Group, ...]
    devices: tuple[Device, ...]

    def areas(self) -> list[str]:
        """Return the counties under which all of it lies, or what is larger; none inside another."""
        places = [g.division for g in self.groups] + [d.division for d in self.devices]
        codes = {f"{place[:6]}000000" for place in places}
        return [c for c in sorted(codes) if not any(o != c and covers(o, c) for o in codes)]


@dataclass(frozen=True, slots=True)
class Planned:
    """A message to be sent once: (subject, kind, channel, recipient) names it. Not after `expires_at`."""

    division: str
    subject: str
    kind: str
    channel: Channel
    recipient: str
    message: dict[str, Any]
    expires_at: datetime

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What is there once."""
        return (self.subject, self.kind, self.channel, self.recipient)


def planned(
    due: Sequence[Due],
    listening: Listening,
    book: Rulebook,
    *,
    site: str,
    lang: Lang,
    now: datetime,
) -> list[Planned]:
    """Return the messages for what is due now: to a device one each, to a group one for all its villages."""
    return [*_to_groups(due, listening.groups, book, site, lang, now),
            *_to_devices(due, listening.devices, book, now)]  # fmt: skip


def planned_reviews(
    due: Sequence[ReviewDue],
    listening: Listening,
    book: Rulebook,
    *,
    site: str,
    lang: Lang,
    now: datetime,
) -> list[Planned]:
    """Return the messages for reviews that are to follow: to devices of whose turn it is, and to the groups."""
    today = local_date(now)
    found: list[Planned] = []
    for each in due:
        category = book.categories[each.category]
        roles = ACTS[signing_act(category, each.by or "reviewer")]
        left = review_is_due(each.due, book.calendar, today)

        for device in listening.devices:
            if device.role in roles and covers(device.division, each.division):
                title = title_of(category, each.period, device.lang)
                heading, text = to_one(title, each.village, left, device.lang)
                said = {"title": heading, "body": text, "path": REVIEWS}
                found.append(
                    _about_review(each, each.division, "push", device.id, said, book, today)
                )
        for group in listening.groups:
            if covers(group.division, each.division):
                text = review_to_a_group(
                    site, title_of(category, each.period, lang), each.village, left, lang
                )
                said = {"text": text, "path": REVIEWS}
                found.append(
                    _about_review(each, group.division, "webhook", group.id, said, book, today)
                )
    return found


def _about_review(
    due: ReviewDue,
    division: str,
    channel: Channel,
    recipient: str,
    said: dict[str, Any],
    book: Rulebook,
    today: date,
) -> Planned:
    return Planned(
        division=division,
        subject=f"{due.division}|{due.category}|{due.period.key}|review",
        kind=due.reminder.kind,
        channel=channel,
        recipient=recipient,
        message=said,
        expires_at=_end_of(book, due.division, today),
    )


def _to_devices(
    due: Iterable[Due], devices: Sequence[Device], book: Rulebook, now: datetime
) -> Iterable[Planned]:
    today = local_date(now)
    for each in due:
        owed = each.obligation
        category = book.categories[owed.category]
        roles = ACTS[posting_act(category)]
        left = what_is_left(owed.due, book.calendar, today)
        for device in devices:
            if device.role not in roles or not covers(device.division, owed.division):
                continue
            title = title_of(category, owed.period, device.lang)
            heading, text = to_one(title, each.village, left, device.lang)
            yield Planned(
                division=owed.division,
                subject=f"{owed.division}|{owed.category}|{owed.period.key}",
                kind=each.reminder.kind,
                channel="push",
                recipient=device.id,
                message={"title": heading, "body": text, "path": PATH},
                expires_at=_end_of(book, owed.division, today),
            )


_Same = tuple[str, str, date, str]


def _to_groups(
    due: Iterable[Due],
    groups: Sequence[Group],
    book: Rulebook,
    site: str,
    lang: Lang,
    now: datetime,
) -> Iterable[Planned]:
    today = local_date(now)
    alike: dict[_Same, list[Due]] = {}
    for each in due:
        owed = each.obligation
        key = (owed.category, owed.period.key, owed.due.due_on, each.reminder.kind)
        alike.setdefault(key, []).append(each)
    for group in groups:
        for (category, period, due_on, kind), those in alike.items():
            mine = [d for d in those if covers(group.division, d.obligation.division)]
            if not mine:
                continue
            owed = mine[0].obligation
            text = to_a_group(
                site,
                title_of(book.categories[category], owed.period, lang),
                [d.village for d in mine],
                what_is_left(owed.due, book.calendar, today),
                lang,
            )
            yield Planned(
                division=group.division,
                subject=f"{category}|{period}|{due_on.isoformat()}",
                kind=kind,
                channel="webhook",
                recipient=group.id,
                message={"text": text, "path": PATH},
                expires_at=_end_of(book, owed.division, today),
            )


def _end_of(book: Rulebook, division: str, today: date) -> datetime:
    """Return when it becomes quiet: 'two days left' must not arrive tomorrow."""
    return waking_hours(reminder_rule_for(book.policies, division, today), today)[1]


def kept_for(expires_at: datetime, now: datetime) -> timedelta:
    """Return how long somebody else may keep a message for a phone that is off."""
    return max(timedelta(minutes=1), expires_at - now)
