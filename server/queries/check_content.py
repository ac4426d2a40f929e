"""A dry run of the content checks: what posting this content would find, with nothing stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from server import problems
from server.external.json_schema import SchemaError
from server.rules import checks
from server.rules.findings import ContentFinding
from server.rules.periods import Period, parse_period
from server.rules.permissions import Actor, refusal
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
    period: Period,
    schema_version: int,
    content: dict[str, Any],
) -> list[ContentFinding]:
    """Return the findings. Raises unknown_category, not_allowed, unknown_schema_version, schema_errors."""
    category = book.categories.get(category_key)
    if category is None:
        raise problems.unknown_category(category_key, sorted(book.categories))
    if why := refusal(actor, posting_act(category), division):
        raise problems.not_allowed(why)
    validate = validators.get((category_key, schema_version))
    if validate is None:
        raise problems.unknown_schema_version(category_key, schema_version)
    if errors := validate(content):
        raise problems.schema_errors([("/content" + e.pointer, e.message) for e in errors])
    context = await histories.check_context(db, division, category_key, period)
    return list(checks.run_checks(category, content, context))


def period_asked(key: str, cadence: str) -> Period:
    """Return the period a key names. Raises unknown_period."""
    try:
        return parse_period(key)
    except ValueError:
        raise problems.unknown_period(key, cadence) from None
