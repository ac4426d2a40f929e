"""A dry run of the content checks: what posting this content would find, with nothing stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from server import problems
from server.external.json_schema import SchemaError
from server.rules import checks
from server.rules.findings import ContentFinding
from server.rules.periods import Period, parse_period
from server.rules.permissions import Actor, refusal_by_role
from server.rules.rulebook import Rulebook, posting_act
from server.storage import histories
from server.storage.database import Reader

Validators = Mapping[tuple[str, int], Callable[[Any], Sequence[SchemaError]]]


async def check_content(
    db: Reader,
    *,
    book: Rulebook,
    validators: Validators,
    actor: Actor,
    category_key: str,
    division: str,
    period_key: str | None,
    event_on: date | None,
    today: date,
    schema_version: int,
    content: dict[str, Any],
) -> list[ContentFinding]:
    """Return the findings.

    Raises unknown_category, not_allowed, unknown_period, event_day_needed, unknown_schema_version, schema_errors.
    """
    category = book.categories.get(category_key)
    if category is None:
        raise problems.unknown_category(category_key, sorted(book.categories))
    if why := refusal_by_role(actor, posting_act(category), division):
        raise problems.not_allowed(why)
    period = _period(book, category_key, division, period_key, event_on, today)
    validate = validators.get((category_key, schema_version))
    if validate is None:
        raise problems.unknown_schema_version(category_key, schema_version)
    if errors := validate(content):
        raise problems.schema_errors([("/content" + e.pointer, e.message) for e in errors])
    context = await histories.check_context(db, division, category_key, period)
    return list(checks.run_checks(category, content, context))


def _period(
    book: Rulebook,
    category: str,
    division: str,
    key: str | None,
    event_on: date | None,
    today: date,
) -> Period:
    """Return the period that posting would take; one that is not over yet may be checked already."""
    cadence = book.schedule(category, division, event_on or today).cadence
    if cadence == "event":
        if event_on is None:
            raise problems.event_day_needed(category)
        return Period("event", f"E{event_on.isoformat()}", event_on, event_on)
    try:
        period = parse_period(key or "")
    except ValueError:
        raise problems.unknown_period(key or "", cadence) from None
    expected = book.schedule(category, division, period.end).cadence
    if period.cadence != expected:
        raise problems.unknown_period(period.key, expected)
    return period
