"""Reminding: from what is due and who listens to the messages that are to go out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from server.rules import windows
from server.rules.cards import title_of
from server.rules.deliveries import Channel
from server.rules.listening import Device, Group, Listening
from server.rules.obligations import Obligation
from server.rules.periods import Period, local_date
from server.rules.permissions import ACTS, Role, covers, is_county_or_above
from server.rules.places import name_in
from server.rules.reminder_words import (
    Late,
    overdue_to_one,
    red_warning,
    review_is_due,
    review_to_a_group,
    to_a_group,
    to_one,
    waits_for,
    what_is_left,
)
from server.rules.reminders import RED, Reminder, waking_hours
from server.rules.reviewing import By, signed_for
from server.rules.rulebook import Rulebook, posting_act, signing_act
from server.rules.schedules import reminder_rule_for
from server.rules.values import Lang, Text

# Where a reminder leads: the list of what is owed, of what is to be reviewed, or the township's table.
PATH, REVIEWS, MATRIX = "/app/tasks", "/app/review", "/app/grid"
# What the county is told of at once because it is not the first time.
RED_AGAIN = "red-again"


class Due(Struct, frozen=True):
    """An obligation that nobody has answered, the reminder it gets now, and its village's name.

    `missed`: how often the village was late with such a thing lately, this time included (rules/warnings.py).
    """

    obligation: Obligation
    reminder: Reminder
    village: str
    missed: int = 1

    @property
    def again(self) -> bool:
        """Whether it is overdue and was so before: red, however few days it is late."""
        return self.missed > 1 and self.reminder.day > self.obligation.due.due_on

    @property
    def named(self) -> Late:
        """The village as a message names it."""
        return Late(self.village, self.missed if self.again else 1)


class ReviewDue(Struct, frozen=True):
    """A review that is to follow an urgent publication, the reminder it gets now, and whose turn it is; None: not known."""

    division: str
    village: str
    category: str
    period: Period
    due: windows.Due
    reminder: Reminder
    by: By | None


class SignatureDue(Struct, frozen=True):
    """An edition that came to somebody's turn lately: whose, since when, and who may not sign it.

    `due`: until when it would be on time, None for what was public before. `but_not`: accounts that sent or signed it.
    """

    edition: str
    division: str
    village: str
    category: str
    period: Period
    by: By
    since: date
    due: windows.Due | None
    but_not: frozenset[str]
    excluded_posts: tuple[str, ...]


class Planned(Struct, frozen=True):
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


class Spoken(Struct, frozen=True):
    """In whose name and language groups are spoken to, and when."""

    site: str
    lang: Lang
    now: datetime


class Waiting(Struct, frozen=True):
    """Everything that waits for somebody in an area: disclosures, reviews that are to follow, signatures."""

    due: Sequence[Due] = ()
    reviews: Sequence[ReviewDue] = ()
    signatures: Sequence[SignatureDue] = ()


def planned(
    waiting: Waiting, listening: Listening, book: Rulebook, spoken: Spoken
) -> list[Planned]:
    """Return the messages for what waits now, one for each device or group and fact.

    A device hears of each thing that its owner owes, reviews or signs; of what villages owe, whoever watches over them
    hears once it is late, in one message for all of them. A group has one for all its villages.
    """
    today = local_date(spoken.now)
    facts = [
        *(_to_publish(each, book, today) for each in waiting.due),
        *(_to_review(each, book, today) for each in waiting.reviews),
        *(_to_sign(each, book, today) for each in waiting.signatures),
    ]
    late = [each for each in waiting.due if each.obligation.due.due_on < today]
    return [
        *_to_groups(waiting.due, listening.groups, book, spoken),
        *_reviews_to_groups(waiting.reviews, listening.groups, book, spoken),
        *_to_devices(facts, listening.devices, book, today),
        *_to_watchers(late, listening.devices, book, today),
    ]


class _Fact(Struct, frozen=True):
    """One thing that waits for people of some roles, and the words for it."""

    division: str
    village: str
    category: str
    period: Period
    subject: str
    kind: str
    path: str
    left: Text
    roles: tuple[Role, ...]
    but_not: frozenset[str] = frozenset()
    excluded_posts: tuple[str, ...] = ()

    def concerns(self, device: Device) -> bool:
        return (
            device.role in self.roles
            and device.answers_for(self.division)
            and device.account not in self.but_not
            and (device.post is None or device.post not in self.excluded_posts)
        )


def _to_publish(each: Due, book: Rulebook, today: date) -> _Fact:
    owed = each.obligation
    return _Fact(
        division=owed.division,
        village=each.village,
        category=owed.category,
        period=owed.period,
        subject=f"{owed.division}|{owed.category}|{owed.period.key}",
        kind=each.reminder.kind,
        path=PATH,
        left=what_is_left(owed.due, book.calendar, today),
        roles=ACTS[posting_act(book.categories[owed.category])],
    )


def _to_review(each: ReviewDue, book: Rulebook, today: date) -> _Fact:
    return _Fact(
        division=each.division,
        village=each.village,
        category=each.category,
        period=each.period,
        subject=_review_subject(each),
        kind=each.reminder.kind,
        path=REVIEWS,
        left=review_is_due(each.due, book.calendar, today),
        roles=ACTS[signing_act(book.categories[each.category], each.by or "reviewer")],
    )


def _to_sign(each: SignatureDue, book: Rulebook, today: date) -> _Fact:
    category = book.categories[each.category]
    body = signed_for(each.by, category.publisher)
    return _Fact(
        division=each.division,
        village=each.village,
        category=each.category,
        period=each.period,
        subject=f"{each.edition}|{each.by}",
        kind="signature",
        path=REVIEWS,
        left=waits_for(body, each.since, each.due, book.calendar, today),
        roles=ACTS[signing_act(category, each.by)],
        but_not=each.but_not,
        excluded_posts=each.excluded_posts,
    )


def _review_subject(each: ReviewDue) -> str:
    return f"{each.division}|{each.category}|{each.period.key}|review"


def _to_devices(
    facts: Iterable[_Fact], devices: Sequence[Device], book: Rulebook, today: date
) -> Iterable[Planned]:
    for fact in facts:
        for device in devices:
            if not fact.concerns(device):
                continue
            title = title_of(book.categories[fact.category], fact.period, device.lang)
            village = name_in(fact.village, device.lang)
            heading, text = to_one(title, village, fact.left, device.lang)
            yield Planned(
                division=fact.division,
                subject=fact.subject,
                kind=fact.kind,
                channel="push",
                recipient=device.id,
                message={"title": heading, "body": text, "path": fact.path},
                expires_at=_end_of(book, fact.division, today),
            )


def _to_watchers(
    late: Sequence[Due], devices: Sequence[Device], book: Rulebook, today: date
) -> Iterable[Planned]:
    """Say to whoever watches over villages which are late; what they post themselves was said one by one.

    The township hears once it is late, the county once it is long overdue.
    """
    for device in devices:
        if device.role not in ACTS["see_matrix"]:
            continue
        for alike in _alike(late, device.division):
            owed = alike[0].obligation
            category = book.categories[owed.category]
            if device.role in ACTS[posting_act(category)]:
                continue
            red = alike[0].reminder.kind == RED
            above = is_county_or_above(device.division)
            if above and not red:
                # The township has the first word, but what was late before goes up at once, and only once.
                alike = [_red_at_once(each) for each in alike if each.again]
            if not alike:
                continue
            red = red or any(each.again for each in alike)
            heading, text = overdue_to_one(
                title_of(category, owed.period, device.lang),
                [each.named for each in alike],
                what_is_left(owed.due, book.calendar, today),
                device.lang,
            )
            if red:
                heading = red_warning(heading, device.lang)
            message = {"title": heading, "body": text, "path": MATRIX}
            yield _of_many(alike, "push", device, message, book, today)


def _red_at_once(each: Due) -> Due:
    return replace(each, reminder=replace(each.reminder, kind=RED_AGAIN))


def _alike(due: Iterable[Due], scope: str) -> list[list[Due]]:
    """Return what is due below a division, together what is the same but for the village."""
    found: dict[tuple[str, str, date, str], list[Due]] = {}
    for each in due:
        owed = each.obligation
        if covers(scope, owed.division):
            key = (owed.category, owed.period.key, owed.due.due_on, each.reminder.kind)
            found.setdefault(key, []).append(each)
    return list(found.values())


def _of_many(
    alike: Sequence[Due],
    channel: Channel,
    to: Device | Group,
    message: dict[str, Any],
    book: Rulebook,
    today: date,
) -> Planned:
    owed = alike[0].obligation
    return Planned(
        division=to.division,
        subject=f"{owed.category}|{owed.period.key}|{owed.due.due_on.isoformat()}",
        kind=alike[0].reminder.kind,
        channel=channel,
        recipient=to.id,
        message=message,
        expires_at=_end_of(book, owed.division, today),
    )


def _to_groups(
    due: Sequence[Due], groups: Sequence[Group], book: Rulebook, spoken: Spoken
) -> Iterable[Planned]:
    today = local_date(spoken.now)
    for group in groups:
        for alike in _alike(due, group.division):
            owed = alike[0].obligation
            text = to_a_group(
                spoken.site,
                title_of(book.categories[owed.category], owed.period, spoken.lang),
                [each.named for each in alike],
                what_is_left(owed.due, book.calendar, today),
                spoken.lang,
            )
            message = {"text": text, "path": PATH}
            yield _of_many(alike, "webhook", group, message, book, today)


def _reviews_to_groups(
    reviews: Sequence[ReviewDue], groups: Sequence[Group], book: Rulebook, spoken: Spoken
) -> Iterable[Planned]:
    today = local_date(spoken.now)
    for each in reviews:
        title = title_of(book.categories[each.category], each.period, spoken.lang)
        left = review_is_due(each.due, book.calendar, today)
        text = review_to_a_group(
            spoken.site, title, name_in(each.village, spoken.lang), left, spoken.lang
        )
        for group in groups:
            if covers(group.division, each.division):
                yield Planned(
                    division=group.division,
                    subject=_review_subject(each),
                    kind=each.reminder.kind,
                    channel="webhook",
                    recipient=group.id,
                    message={"text": text, "path": REVIEWS},
                    expires_at=_end_of(book, each.division, today),
                )


def _end_of(book: Rulebook, division: str, today: date) -> datetime:
    """Return when it becomes quiet: 'two days left' must not arrive tomorrow."""
    return waking_hours(reminder_rule_for(book.policies, division, today), today)[1]


def kept_for(expires_at: datetime, now: datetime) -> timedelta:
    """Return how long somebody else may keep a message for a phone that is off."""
    return max(timedelta(minutes=1), expires_at - now)
