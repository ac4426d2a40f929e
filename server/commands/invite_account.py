"""Give somebody who has an account a new one-time code: the old one was lost, the password was, or the phone."""

from __future__ import annotations

import secrets
from datetime import datetime

from msgspec import Struct

from server import problems
from server.external import passwords
from server.rules.accounts import refusal_to_manage
from server.rules.invitations import BYTES, code_from, plain_code
from server.rules.permissions import Actor
from server.storage import accounts, events, invitations, passkeys, sessions
from server.storage.accounts import Account
from server.storage.database import Tx


class Reinvited(Struct, frozen=True):
    """The account and its code, which is said once and kept only as a hash."""

    account: Account
    code: str
    expires_at: datetime


async def invite_account(
    tx: Tx, *, actor: Actor, account_id: str, phone_lost: bool = False, now: datetime, address: str
) -> Reinvited:
    """Store a new code and end the earlier ones.

    Without `phone_lost` nothing else changes until the code is used: whoever is signed in stays so. With it, every
    device is signed out at once, and passkeys and password are forgotten, because the phone may hold all three:
    from then on the code alone opens the account. An invitation to a disabled account is refused. Raises not_found,
    not_allowed.
    """
    account = await accounts.get(tx, account_id)
    if account is None or account.ended(now):
        raise problems.not_found(problems.Say("这个账号", "such account"))
    if why := refusal_to_manage(actor, account.role, account.division):
        raise problems.not_allowed(why)
    ended: dict[str, int] = {}
    if phone_lost:
        # The keys first: a sign-in that is under way waits for them or is found among the sessions.
        await accounts.set_password(tx, account.id, None)
        ended["passkeys"] = await passkeys.revoke_all(tx, account.id, now)
    await invitations.end_all(tx, account.id, now)
    if phone_lost:
        ended["sessions"] = await sessions.revoke_all(tx, account.id, now, "lost")
    code = code_from(secrets.token_bytes(BYTES))
    invitation = await invitations.issue(
        tx, account, passwords.token_hash(plain_code(code)), now=now, by=actor.account_id
    )
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="account.phone_lost" if phone_lost else "account.invited",
        subject=account.id,
        division=account.division,
        address=address,
        details={"invitation": invitation.id, **ended},
    )
    return Reinvited(account, code, invitation.expires_at)
