"""Which accounts are in this area?"""

from __future__ import annotations

from msgspec import Struct

from server.rules.permissions import scope_prefix
from server.rules.places import spoken_name
from server.storage import accounts, divisions, passkeys
from server.storage.accounts import Account, Sort
from server.storage.database import Reader


class Listed(Struct, frozen=True):
    """An account with what stands around it: its place, its passkeys, who had the post before and who has it now."""

    account: Account
    division_name: str
    passkeys: int
    succeeded_by: str | None
    succeeds: str | None


class AccountPage(Struct, frozen=True):
    """Accounts; `next` is the cursor of the following page."""

    items: list[Listed]
    next: str | None


async def accounts_in_scope(
    db: Reader, division: str, *, q: str | None, sort: Sort, after: str | None, limit: int
) -> AccountPage:
    """Return a page of the accounts of a division and everything below it; `after`: the login of the last one seen.

    A login never changes, so a page begins where the last one ended; after one that nobody has, it begins anew.
    """
    found = await accounts.in_scope(
        db,
        scope_prefix(division),
        q=q or "",
        sort=sort,
        after=await accounts.by_login(db, after) if after else None,
        limit=limit + 1,
    )
    page = found[:limit]
    return AccountPage(
        await _listed(db, page),
        page[-1].login if len(found) > limit else None,
    )


async def listed(db: Reader, account: Account) -> Listed:
    """Return one account as the list shows it."""
    return (await _listed(db, [account]))[0]


async def _listed(db: Reader, page: list[Account]) -> list[Listed]:
    places = await divisions.names(db, {each.division for each in page})
    keys = await passkeys.counts(db, [each.id for each in page])
    after = await accounts.names(db, [each.succeeded_by for each in page])
    before = await accounts.predecessors(db, [each.id for each in page])
    return [
        Listed(
            account=each,
            division_name=spoken_name(places.get(each.division, "")),
            passkeys=keys.get(each.id, 0),
            succeeded_by=after.get(each.succeeded_by) if each.succeeded_by else None,
            succeeds=before[each.id][1] if each.id in before else None,
        )
        for each in page
    ]
