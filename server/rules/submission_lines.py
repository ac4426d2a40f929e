"""A submission in a list of the people who work on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from server.rules import urgency
from server.rules.cards import title_of
from server.rules.disclosures import Disclosure, Edition, EditionHead, offered_at, stage_at
from server.rules.permissions import Actor
from server.rules.rulebook import Rulebook, period_of
from server.rules.turns import Waiting, waiting
from server.rules.urgency import UrgentMark
from server.rules.values import Lang
from server.rules.windows import expired_at


class SubmissionLine(Struct, frozen=True):
    """One submission in a list; `mine`: sent by the person who asks, who therefore may not review it.

    `turn`: whom it waits for while it is reviewed; `yours`: the person who asks may sign it now. `expired_at`: since when
    the public may not read it any more, its term being over.
    """

    id: str
    disclosure_id: str
    division: str
    division_name: str
    category: str
    title: str
    stage: str
    number: int | None
    committed_at: datetime | None
    received_at: datetime
    due_on: date
    due_before: datetime
    late: bool
    opens_at: datetime | None
    submitted_by_name: str
    mine: bool
    warnings: int
    turn: Waiting | None
    yours: bool
    # It was published before its review, which is to follow, or followed.
    urgent: UrgentMark | None
    expired_at: datetime | None


def line_of(
    book: Rulebook,
    disclosure: Disclosure,
    edition: Edition,
    division_name: str,
    author: str,
    actor: Actor,
    now: datetime,
    lang: Lang,
    *,
    yours: bool,
    beside: Sequence[EditionHead] = (),
) -> SubmissionLine:
    """Return a submission's line for somebody; `beside`: its disclosure's editions, where it was published first."""
    due = book.due_of(disclosure)
    display = book.schedule_of(disclosure).display
    after = None
    if edition.urgent_reason is not None:
        rule = book.schedule_of(disclosure).urgent
        after = urgency.after_review(beside, rule, book.calendar, now)
    return SubmissionLine(
        id=edition.id,
        disclosure_id=disclosure.id,
        division=disclosure.division,
        division_name=division_name,
        category=disclosure.category,
        title=title_of(book.categories[disclosure.category], period_of(disclosure), lang),
        stage=stage_at(edition, display, now),
        number=edition.number,
        committed_at=edition.committed_at,
        received_at=edition.received_at,
        due_on=due.due_on,
        due_before=due.due_before,
        late=offered_at(edition) >= due.due_before,
        opens_at=edition.opens_at,
        submitted_by_name=author,
        mine=edition.submitted_by == actor.account_id,
        warnings=len(edition.findings),
        turn=waiting(book, disclosure, edition),
        yours=yours,
        urgent=urgency.mark_of(after) if after else None,
        expired_at=expired_at(edition, display, now),
    )
