"""Which accounts are in this area?"""

from __future__ import annotations

from dataclasses import dataclass

from server.rules.permissions import scope_prefix
from server.rules.places import spoken_name
from server.storage import accounts, divisions
from server.storage.accounts import Account
from server.storage.database import Reader


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Accounts with the names of their divisions; `next` is the cursor of the following page."""

    items: list[tuple[Account, str]]
    next: str | None


async def accounts_in_scope(
    db: Reader, division: str, *, q: str | None, after: str | None, limit: int
) -> AccountPage:
    """Return a page of the accounts of a division and everything below it, by login."""
    found = await accounts.in_scope(
        db, scope_prefix(division), q=q or "", after=after or "", limit=limit + 1
    )
    page = found[:limit]
    names = await divisions.names(db, {each.division for each in page})
    return AccountPage(
        [(each, spoken_name(names.get(each.division, ""))) for each in page],
        page[-1].login if len(found) > limit else None,
    )
