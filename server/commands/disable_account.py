"""Disable an account: its devices are signed out, its codes and passkeys end, what it did stays on record."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules.accounts import refusal_to_manage
from server.rules.permissions import Actor
from server.storage import accounts, events, invitations, passkeys, sessions
from server.storage.accounts import Account
from server.storage.database import Tx


async def disable_account(
    tx: Tx, *, actor: Actor, account_id: str, now: datetime, address: str
) -> Account:
    """Return the account, disabled. Disabling a disabled one changes nothing.

    Two administrators who disable each other at once: the second finds that it would be the last and
    is refused. Raises not_found, not_allowed, last_administrator.
    """
    account = await accounts.get(tx, account_id)
    if account is None:
        raise problems.not_found(problems.Say("这个账号", "such account"))
    if why := refusal_to_manage(actor, account.role, account.division):
        raise problems.not_allowed(why)
    if account.disabled_at is not None:
        return account
    if account.role == "administrator":
        others = await accounts.lock_administrators(tx)
        if account.id not in others:
            # Somebody else disabled it while we waited for the lock.
            return replace(account, disabled_at=now)
        if len(others) == 1:
            raise problems.last_administrator()
    await accounts.disable(tx, account.id, now)
    if leaving := await accounts.leaving_for(tx, account.id, now):
        # Whoever was to take over does not come: the post stays where it is.
        await accounts.stay(tx, leaving.id)
    await passkeys.revoke_all(tx, account.id, now)
    await invitations.end_all(tx, account.id, now)
    await sessions.revoke_all(tx, account.id, now, "disabled")
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="account.disabled",
        subject=account.id,
        division=account.division,
        address=address,
        details={"role": account.role, "stays": leaving.id if leaving else None},
    )
    return replace(account, disabled_at=now)
