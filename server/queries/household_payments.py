"""The payments that an answer page named, as they stand now: asked again without a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from server.rules.household_answers import Received, answered, open_lists
from server.rules.households import asked_since
from server.rules.periods import local_date
from server.rules.rulebook import Rulebook
from server.storage import payment_notices, payments
from server.storage.database import Reader


async def household_payments(
    db: Reader, *, book: Rulebook, division: str, ids: Sequence[str], now: datetime
) -> tuple[Received, ...]:
    """Return them newest first; what a corrected list no longer has is left out."""
    listed = await payment_notices.listed(db, division, asked_since(local_date(now)))
    lists = open_lists(listed.lists, listed.notices, listed.heads, book, now)
    return answered(await payments.with_ids(db, division, ids), lists)


async def has_lists(db: Reader, *, division: str, now: datetime) -> bool:
    """Say whether a village has any list that could be asked: where there is none, nobody should type a name."""
    return bool(await payments.lists_of(db, division, asked_since(local_date(now)), 1))
