"""Hand a post over: the old account ends now, a new person is invited for the same division, role and post.

Nothing that was posted moves: both names stay where they acted, and what waits for review goes on waiting. Drafts
that were never sent are the old phone's own.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from server import problems
from server.external import passwords
from server.rules.accounts import refusal_to_hand_over
from server.rules.canonical import content_hash
from server.rules.invitations import BYTES, VALID_FOR, code_from, plain_code
from server.rules.permissions import Actor
from server.rules.values import uuid7_at
from server.storage import accounts, events, invitations, passkeys, sessions
from server.storage.accounts import Account
from server.storage.database import Tx
from server.storage.invitations import Invitation


@dataclass(frozen=True, slots=True)
class Successor:
    """Who takes the post over; the id is the client's."""

    id: str
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The successor's account and its code, which is said once and kept only as a hash."""

    account: Account
    code: str
    expires_at: datetime


async def hand_over_account(
    tx: Tx, *, actor: Actor, account_id: str, successor: Successor, now: datetime, address: str
) -> HandedOver:
    """End the old account with its sessions, passkeys and codes; store the successor's and an invitation.

    The same successor again answers a fresh code and ends the earlier one, as long as nobody has signed in with
    it: the first answer may have been lost on its way. Raises not_found (also for an account that ended otherwise),
    not_allowed, last_administrator, login_taken, same_id_other_content.
    """
    old = await accounts.get(tx, account_id)
    if old is None or (old.disabled_at is not None and old.succeeded_by != successor.id):
        raise problems.not_found(problems.Say("这个账号", "such account"))
    if why := refusal_to_hand_over(actor, old.id, old.role, old.division):
        raise problems.not_allowed(why)
    if old.disabled_at is not None:
        account = await _known(tx, successor)
    else:
        await _end(tx, old, now)
        account = await _insert(tx, old, successor, now)
    code = code_from(secrets.token_bytes(BYTES))
    await invitations.end_all(tx, account.id, now)
    invitation = Invitation(
        id=uuid7_at(now, secrets.token_bytes(10)),
        code_hash=passwords.token_hash(plain_code(code)),
        account_id=account.id,
        expires_at=now + VALID_FOR,
        used_at=None,
        reusable=False,
        created_by=actor.account_id,
    )
    await invitations.insert(tx, invitation, county=account.county)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="account.handed_over",
        subject=old.id,
        division=old.division,
        address=address,
        details={"role": old.role, "successor": account.id, "invitation": invitation.id},
    )
    return HandedOver(account, code, invitation.expires_at)


async def _end(tx: Tx, old: Account, now: datetime) -> None:
    if old.role == "administrator" and len(await accounts.lock_administrators(tx)) == 1:
        # The successor has not signed in yet: a lost slip would leave nobody who could write another.
        raise problems.last_administrator()
    await accounts.disable(tx, old.id, now)
    await passkeys.revoke_all(tx, old.id, now)
    await invitations.end_all(tx, old.id, now)
    await sessions.revoke_all(tx, old.id, now, "handed_over")


async def _insert(tx: Tx, old: Account, successor: Successor, now: datetime) -> Account:
    account = Account(
        id=successor.id,
        county=old.county,
        login=successor.login,
        name=successor.name,
        role=old.role,
        division=old.division,
        password_hash=None,
        disabled_at=None,
        created_at=now,
        post=old.post,
    )
    if await accounts.by_login(tx, successor.login) is not None:
        raise problems.login_taken()
    if not await accounts.insert(tx, account):
        raise problems.login_taken()
    await accounts.succeed(tx, old.id, account.id)
    return account


async def _known(tx: Tx, successor: Successor) -> Account:
    """Return the successor's account as it was stored by an earlier attempt."""
    account = await accounts.get(tx, successor.id)
    if account is None:
        raise problems.not_found(problems.Say("这个账号", "such account"))
    stored, received = [account.login, account.name], [successor.login, successor.name]
    if stored != received:
        raise problems.same_id_other_content(
            successor.id, stored=content_hash(stored), received=content_hash(received)
        )
    arrived = await sessions.for_account(tx, account.id)
    if arrived or account.disabled_at is not None:
        # Whoever has come already gets another code by a new invitation.
        raise problems.login_taken()
    return account
