"""The notices that belong to lists of payments: those of the same village, category and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from server.rules.disclosures import Disclosure, EditionHead
from server.rules.payments import PaymentList
from server.storage import disclosures, editions, payments
from server.storage.database import Reader

# More lists than a village has in three years of monthly relief and everything else beside it.
MOST_LISTS = 300


class Listed(Struct, frozen=True):
    """A village's lists, its notices by category and period, and the heads of the editions of those that have a list."""

    lists: Sequence[PaymentList]
    notices: Mapping[tuple[str, str], Disclosure]
    heads: Mapping[str, Sequence[EditionHead]]


async def listed(db: Reader, division: str, since: date) -> Listed:
    """Return what decides which lists of a village may be asked: three statements, whoever asks."""
    lists = await payments.lists_of(db, division, since, MOST_LISTS)
    notices = {
        (d.category, d.period_key): d for d in await disclosures.list_for_division(db, division)
    }
    about = [n.id for each in lists if (n := notices.get((each.category, each.period_key)))]
    return Listed(lists, notices, await editions.heads_for_disclosures(db, about))
