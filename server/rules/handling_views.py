"""What people at work read of how something asked is handled: its steps so far, and what they can do now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from server.rules.inquiries import KINDS, About, Inquiry, Office, Subject
from server.rules.inquiry_handling import (
    ABOUT,
    OFFICES,
    RATINGS,
    SUBJECTS,
    Outcome,
    Rating,
    Referral,
    Satisfaction,
    Way,
    refused_referral,
    ways,
)
from server.rules.inquiry_views import ReplyDue, accept_due_of
from server.rules.periods import local_date
from server.rules.permissions import Actor
from server.rules.rulebook import Rulebook
from server.rules.values import Text
from server.rules.workdays import DayUnit


class Option(Struct, frozen=True):
    """Something that can be chosen; `turn_to`: of a ground, where the policy sends people."""

    key: str
    name: Text
    turn_to: Text | None = None


class Choices(Struct, frozen=True):
    """What can be chosen at the desk now. `offices`: only those that this may go to. An answer is put off in days of
    `extension_unit`, at most `most_extension` of them.
    """

    kinds: tuple[Option, ...]
    subjects: tuple[Option, ...]
    about: tuple[Option, ...]
    offices: tuple[Option, ...]
    grounds: tuple[Option, ...]
    most_extension: int
    extension_unit: DayUnit


class ReferralView(Struct, frozen=True):
    """Something handed to an office, and what came of it."""

    id: str
    office: Office
    office_name: Text
    name: str
    note: str
    due_on: date
    days_late: int
    referred_by_name: str
    referred_at: datetime
    outcome: Outcome | None
    report: str | None
    ended_by_name: str | None
    ended_at: datetime | None


class Extension(Struct, frozen=True):
    """By how many days an answer was put off, why and when."""

    days: int
    reason: str
    at: datetime


class Satisfied(Struct, frozen=True):
    """How an answer was received by whoever had asked."""

    round: int
    rating: Rating
    rating_name: Text
    words: str | None
    rated_at: datetime


class Handling(Struct, frozen=True):
    """How something is handled, and by which ways whoever reads this can go on. `ground`: the refusal's."""

    subject: Subject | None
    subject_name: Text | None
    about: About | None
    about_name: Text | None
    accept_due: ReplyDue
    accepted_at: datetime | None
    accepted_by_name: str | None
    refused_at: datetime | None
    ground: Text | None
    turn_to: str | None
    extension: Extension | None
    referrals: tuple[ReferralView, ...]
    satisfaction: tuple[Satisfied, ...]
    round: int
    ways: tuple[Way, ...]
    choices: Choices


def handling_of(
    inquiry: Inquiry,
    referrals: Sequence[Referral],
    rated: Sequence[Satisfaction],
    book: Rulebook,
    actor: Actor,
    *,
    contact_left: bool,
    now: datetime,
) -> Handling:
    """Return how an inquiry is handled, as somebody at work reads it."""
    return Handling(
        subject=inquiry.subject,
        subject_name=SUBJECTS[inquiry.subject] if inquiry.subject else None,
        about=inquiry.about,
        about_name=ABOUT[inquiry.about] if inquiry.about else None,
        accept_due=accept_due_of(inquiry, book, now),
        accepted_at=inquiry.accepted_at,
        accepted_by_name=inquiry.accepted_by_name,
        refused_at=inquiry.refused_at,
        ground=ground_name(inquiry, book),
        turn_to=inquiry.turn_to,
        extension=extension_of(inquiry),
        referrals=tuple(referral_view(each, now) for each in referrals),
        satisfaction=satisfaction_of(rated),
        round=inquiry.round,
        ways=ways(actor, inquiry, contact_left=contact_left),
        choices=_choices(inquiry, book),
    )


def ground_name(inquiry: Inquiry, book: Rulebook) -> Text | None:
    """Return the ground of a refusal in the policy's words; its own name where the policy no longer has it."""
    if inquiry.refused_ground is None:
        return None
    rules = book.inquiry_rules(inquiry.division, local_date(inquiry.asked_at))
    ground = rules.ground(inquiry.refused_ground)
    return ground.name if ground else Text(inquiry.refused_ground, inquiry.refused_ground)


def extension_of(inquiry: Inquiry) -> Extension | None:
    """Return how an answer was put off, or None."""
    if inquiry.extended_at is None or inquiry.extended_by is None:
        return None
    return Extension(inquiry.extended_by, inquiry.extension_reason or "", inquiry.extended_at)


def satisfaction_of(rated: Sequence[Satisfaction]) -> tuple[Satisfied, ...]:
    """Return how the answers were received, the first one's first."""
    return tuple(
        Satisfied(each.round, each.rating, RATINGS[each.rating], each.words, each.rated_at)
        for each in rated
    )


def referral_view(referral: Referral, now: datetime) -> ReferralView:
    """Return a referral as it is listed."""
    return ReferralView(
        id=referral.id,
        office=referral.office,
        office_name=OFFICES[referral.office],
        name=referral.name,
        note=referral.note,
        due_on=referral.due_on,
        days_late=referral.days_late(now),
        referred_by_name=referral.referred_by_name,
        referred_at=referral.referred_at,
        outcome=referral.outcome,
        report=referral.report,
        ended_by_name=referral.ended_by_name,
        ended_at=referral.ended_at,
    )


def _choices(inquiry: Inquiry, book: Rulebook) -> Choices:
    rules = book.inquiry_rules(inquiry.division, local_date(inquiry.asked_at))
    topic = inquiry.kind == "topic"
    return Choices(
        kinds=tuple(Option(k, name) for k, name in KINDS.items() if (k == "topic") == topic),
        subjects=tuple(Option(k, name) for k, name in SUBJECTS.items()),
        about=tuple(Option(k, name) for k, name in ABOUT.items()),
        offices=tuple(
            Option(k, name) for k, name in OFFICES.items() if refused_referral(inquiry, k) is None
        ),
        grounds=tuple(Option(g.key, g.name, g.turn_to) for g in rules.grounds),
        most_extension=rules.most_extension,
        extension_unit=book.reply_rule(inquiry.division, local_date(inquiry.clock_starts)).unit,
    )
