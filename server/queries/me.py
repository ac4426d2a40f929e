"""What does my account say about me that the session does not?"""

from __future__ import annotations

from msgspec import Struct

from server.rules.permissions import Actor
from server.rules.places import spoken_name
from server.rules.terms import Term
from server.storage import accounts, divisions, passkeys
from server.storage.database import Reader


class AboutMe(Struct, frozen=True):
    """The name of my division, whether I still have to choose a password or make a passkey, and my term.

    `successor`: the name of whoever takes over, or has. `revision`: of my account.
    """

    division_name: str
    must_set_password: bool
    has_password: bool
    passkeys: int
    term: Term
    successor: str | None
    revision: int


async def about_me(db: Reader, actor: Actor) -> AboutMe:
    """Return it; a division that was closed under the name it had, marked."""
    places = await divisions.names(db, [actor.division])
    account = await accounts.get(db, actor.account_id)
    keys = len(await passkeys.for_account(db, actor.account_id))
    after = await accounts.names(db, [account.succeeded_by] if account else [])
    has_password = account is not None and account.password_hash is not None
    return AboutMe(
        division_name=spoken_name(places.get(actor.division, actor.division)),
        must_set_password=not has_password and keys == 0,
        has_password=has_password,
        passkeys=keys,
        term=account.term if account else Term(),
        successor=after.get(account.succeeded_by) if account else None,
        revision=account.revision if account else 1,
    )
