"""Sign in with an invitation code: printed or in a QR, good once, and then a password is chosen.

A code has 60 random bits, so guessing is hopeless and the bucket of an address can be generous: a
whole village may be invited on one evening behind one address.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from server import problems
from server.external import passwords
from server.rules.invitations import plain_code
from server.rules.permissions import Actor
from server.rules.throttling import ADDRESS
from server.rules.values import uuid7_at
from server.storage import accounts, events, invitations, sessions, throttles
from server.storage.database import Tx
from server.storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Accepted:
    """The actor, the token for the cookie (never stored), and whether a password must be chosen."""

    actor: Actor
    token: str
    must_set_password: bool


async def accept_invitation(
    tx: Tx,
    *,
    code: str,
    device: str,
    address: str,
    now: datetime,
    days: int,
    replaces: str | None = None,
) -> Accepted:
    """Use the code up, open a session and return it with its token.

    A one-time code also forgets the old password: it is what an administrator gives to somebody who
    forgot theirs. Two phones with the same code at once: one of them gets in. Raises code_not_valid
    (wrong, used, expired, or the account is disabled), too_many_attempts.
    """
    bucket = f"codes@{address}"
    if (wait := await throttles.take(tx, bucket, ADDRESS, now)) is not None:
        raise problems.too_many_attempts(retry_after=wait)
    invitation = await invitations.by_code_hash(tx, passwords.token_hash(plain_code(code)))
    if invitation is None or invitation.expires_at <= now:
        raise problems.code_not_valid()
    account = await accounts.get(tx, invitation.account_id)
    if account is None or account.disabled_at is not None:
        raise problems.code_not_valid()
    if not invitation.reusable and not await invitations.use_up(tx, invitation.id, now):
        raise problems.code_not_valid()
    await throttles.give_back(tx, bucket, ADDRESS, now)

    if not invitation.reusable:
        await accounts.set_password(tx, account.id, None)
    if replaces is not None:
        await sessions.revoke(tx, replaces, now)
    token = passwords.random_token()
    session = Session(
        id=uuid7_at(now, secrets.token_bytes(10)),
        token_hash=passwords.token_hash(token),
        account_id=account.id,
        device=device,
        address=address,
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(days=days),
        revoked_at=None,
    )
    await sessions.insert(tx, session, county=account.county)
    await events.record(
        tx,
        at=now,
        actor=account.id,
        action="session.opened",
        subject=session.id,
        division=account.division,
        address=address,
        details={"by": "invitation", "invitation": invitation.id},
    )
    actor = Actor(account.id, account.name, account.role, account.division, session.id)
    return Accepted(actor, token, must_set_password=not invitation.reusable)
