"""Where a posting belongs, looked up: its category, its place, its period and the occurrence it answers.

Shared by everything that takes a posting, so that a commitment is refused where its submission would be.
"""

from __future__ import annotations

from datetime import date, datetime

from server import problems
from server.rules.categories import Category
from server.rules.disclosures import Disclosure
from server.rules.owners import owner_words
from server.rules.periods import Period, event_period, local_date, parse_period
from server.rules.permissions import Actor, refusal, refusal_by_role
from server.rules.places import spoken_name
from server.rules.rulebook import Rulebook, posting_act
from server.rules.submissions import Posting
from server.storage import divisions, occurrences
from server.storage.database import Reader


def category_of(
    book: Rulebook, posting: Posting, actor: Actor, *, finishing: bool = False
) -> Category:
    """Return a posting's category. Raises unknown_category, and not_allowed where the actor may not post it.

    `finishing`: it was registered while the actor was in office, and may follow afterwards.
    """
    category = book.categories.get(posting.category)
    if category is None:
        raise problems.unknown_category(posting.category, sorted(book.categories))
    judge = refusal_by_role if finishing else refusal
    if why := judge(actor, posting_act(category), posting.division):
        raise problems.not_allowed(why)
    return category


def refuse_unused(
    book: Rulebook, posting: Posting, period: Period, standing: Disclosure | None
) -> None:
    """Raise category_not_in_use, category_of_other_level where nobody posts this yet; what stands can be corrected and posted again."""
    on = posting.event_on or period.end
    if standing is None:
        refuse_unowed(book, posting.category, posting.division, on)


def refuse_unowed(book: Rulebook, category: str, division: str, on: date) -> None:
    """Raise category_not_in_use where it is not in use on a day, category_of_other_level where places like this owe none."""
    schedule = book.schedule(category, division, on)
    if not schedule.in_use:
        raise problems.category_not_in_use(book.categories[category].name)
    if not schedule.is_owed_by(division):
        name, owners = book.categories[category].name, owner_words(schedule.owed_by)
        raise problems.category_of_other_level(name, owners, division)


async def period_of(db: Reader, book: Rulebook, posting: Posting, now: datetime) -> Period:
    """Return the period a posting is for.

    A closed village is still posted for what it owed: what ended, or happened, while it stood.

    Raises unknown_division, unknown_period (also of another cadence), period_not_over, event_day_needed,
    unknown_occurrence, wrong_type (a day for what is disclosed per period), not_owed_by_closed_village.
    """
    village = await divisions.village_that_stood(db, posting.division)
    if village is None:
        raise problems.unknown_division(posting.division)
    period = await _period(db, book, posting, now)
    if not village.alive_on(period.end) and village.valid_to is not None:
        raise problems.not_owed_by_closed_village(
            "/event_on" if posting.event_on else "/period",
            village=spoken_name(village.name),
            last=village.valid_to,
            ends_on=period.end,
        )
    return period


async def _period(db: Reader, book: Rulebook, posting: Posting, now: datetime) -> Period:
    today = local_date(now)
    on = posting.event_on or today
    cadence = book.schedule(posting.category, posting.division, on).cadence
    if cadence != "event":
        _refuse_a_day(posting)
    else:
        if posting.event_on is None:
            raise problems.event_day_needed(posting.category)
        if posting.event_on > today:
            raise problems.period_not_over(
                posting.event_on.isoformat(), ends_on=posting.event_on, today=today
            )
        if posting.occurrence_id is not None:
            occurrence = await occurrences.get(db, posting.occurrence_id)
            if occurrence is None or (
                occurrence.division,
                occurrence.category,
                occurrence.occurred_on,
            ) != (
                posting.division,
                posting.category,
                posting.event_on,
            ):
                raise problems.unknown_occurrence(posting.occurrence_id)
        return event_period(posting.event_on, posting.occurrence_id or posting.id)
    try:
        period = parse_period(posting.period or "")
    except ValueError:
        raise problems.unknown_period(posting.period or "", cadence) from None
    expected = book.schedule(posting.category, posting.division, period.end).cadence
    if period.cadence != expected:
        raise problems.unknown_period(period.key, expected)
    if period.end >= today and cadence != "long_term":
        raise problems.period_not_over(period.key, ends_on=period.end, today=today)
    return period


def _refuse_a_day(posting: Posting) -> None:
    """A day would replace the period by which lateness is judged: what is disclosed per period has none."""
    for pointer, given in (
        ("/event_on", posting.event_on),
        ("/occurrence_id", posting.occurrence_id),
    ):
        if given is not None:
            raise problems.wrong_type(
                pointer,
                problems.Say(
                    "这类事项按期公开，请去掉",
                    "this category is disclosed per period: leave it out",
                ),
            )
