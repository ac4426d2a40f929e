"""What a posting form needs: its three files, what the last period left behind, and when it is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from server import problems
from server.rules.categories import CheckUse, LegalBasis, in_force
from server.rules.disclosures import takes_reason
from server.rules.ledger_imports import Prepared
from server.rules.periods import Period, label, parse_period
from server.rules.permissions import Actor, refusal_by_role
from server.rules.reviewing import UrgentRule
from server.rules.rulebook import Rulebook, posting_act
from server.rules.schedules import Display, common_day_for, next_common_day
from server.rules.values import Text
from server.rules.windows import due_for
from server.storage import disclosures, divisions, editions, histories, ledgers, submissions
from server.storage.database import Reader


class FormContext(Struct, frozen=True):
    """A category's current form for one place and period. `previous` is the last approved content, `standing` this period's.

    `corrects`: the disclosure that a posting would be a new edition of, with a reason, because it was approved or withdrawn before.
    `checks` lets the phone notice early what the server will say; the server's word wins.
    """

    category: str
    category_name: Text
    division: str
    division_name: str
    period: str | None
    period_label: Text | None
    period_start: date | None
    period_end: date | None
    schema_version: int
    schema: Mapping[str, Any]
    form: Mapping[str, Any]
    view: Mapping[str, Any]
    previous_period: str | None
    previous: Mapping[str, Any] | None
    year_to_date: tuple[Mapping[str, Any], ...]
    standing: Mapping[str, Any] | None
    standing_edition: int | None
    corrects: str | None
    due_on: date | None
    due_before: datetime | None
    provisional: bool
    rule: Text
    # What of it is law, of the sources in force on the period's last day.
    legal_basis: tuple[LegalBasis, ...]
    display: Display
    # The county's next common disclosure day, where one was agreed.
    common_day_on: date | None
    checks: tuple[CheckUse, ...]
    board_photo_required: bool
    review_required: bool
    # Something urgent may be published before its review, which then must follow; None: never.
    urgent: UrgentRule | None
    # What the township prepared for it from a ledger of its own; None once something was sent since.
    prepared: Prepared | None


async def form_context(
    db: Reader,
    *,
    book: Rulebook,
    actor: Actor,
    category_key: str,
    division: str,
    period_key: str | None,
    event_on: date | None,
    today: date,
) -> FormContext:
    """Return the form's context. Raises unknown_category, category_not_in_use, category_of_other_level, not_allowed, unknown_division, unknown_period."""
    category = book.categories.get(category_key)
    if category is None:
        raise problems.unknown_category(category_key, sorted(book.categories))
    if why := refusal_by_role(actor, posting_act(category), division):
        raise problems.not_allowed(why)
    village = await divisions.village_that_stood(db, division)
    if village is None:
        raise problems.unknown_division(division)
    cadence = book.schedule(category_key, division, event_on or today).cadence
    period = _period(cadence, period_key, event_on)
    schedule = book.schedule(category_key, division, period.end if period else today)
    due = due_for(schedule, period, book.calendar) if period else None
    history = await histories.approved(db, division, category_key)
    start = period.start if period else today
    previous = histories.before(history, start)
    earlier = await histories.earlier_contents(
        db, history, period or Period(cadence="event", key="", start=start, end=start)
    )
    disclosure = await disclosures.find(db, division, category_key, period.key) if period else None
    if disclosure is None:
        submissions.refuse_unowed(book, category_key, division, period.end if period else today)
    standing = await editions.standing(db, disclosure.id) if disclosure else None
    heads = await editions.heads_for_disclosures(db, [disclosure.id]) if disclosure else {}
    before = heads.get(disclosure.id, []) if disclosure else []
    version = category.current_version
    common = common_day_for(book.policies, division, today)
    return FormContext(
        category=category.key,
        category_name=category.name,
        division=division,
        division_name=village.shown_on(today),
        period=period.key if period else None,
        period_label=label(period) if period else None,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        schema_version=version,
        schema=book.papers[category.key, version].schema,
        form=book.papers[category.key, version].form,
        view=book.papers[category.key, version].view,
        previous_period=previous[0].period_key if previous else None,
        previous=earlier.previous,
        year_to_date=tuple(earlier.year_to_date) if period else (),
        standing=standing.content if standing else None,
        standing_edition=standing.number if standing else None,
        corrects=disclosure.id if disclosure and takes_reason(before) else None,
        due_on=due.due_on if due else None,
        due_before=due.due_before if due else None,
        provisional=due.provisional if due else False,
        rule=schedule.source,
        legal_basis=in_force(category.legal_basis, period.end if period else today),
        display=schedule.display,
        common_day_on=next_common_day(common, today) if common else None,
        checks=category.checks,
        board_photo_required=schedule.board_photo_required,
        review_required=schedule.review_required,
        urgent=schedule.urgent if schedule.review_required else None,
        prepared=await ledgers.prepared(db, division, category.key, version),
    )


def _period(cadence: str, key: str | None, event_on: date | None) -> Period | None:
    if event_on is not None:
        return Period(cadence="event", key=f"E{event_on.isoformat()}", start=event_on, end=event_on)
    if key is None:
        return None
    try:
        return parse_period(key)
    except ValueError:
        raise problems.unknown_period(key, cadence) from None
