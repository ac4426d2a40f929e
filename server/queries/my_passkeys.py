"""Which passkeys have I, and what is my account called?"""

from __future__ import annotations

from server.rules.permissions import Actor
from server.storage import accounts, passkeys
from server.storage.database import Reader
from server.storage.passkeys import Passkey


async def my_passkeys(db: Reader, actor: Actor) -> list[Passkey]:
    """Return the actor's passkeys, oldest first."""
    return await passkeys.for_account(db, actor.account_id)


async def my_login(db: Reader, actor: Actor) -> str:
    """Return the account's name: a phone shows it when it offers a passkey."""
    account = await accounts.get(db, actor.account_id)
    return account.login if account else actor.name
