"""Sign in with an invitation code: printed or in a QR, good once; then a passkey or a password is chosen.

A code has 60 random bits, so guessing is hopeless and the bucket of an address can be generous: a
whole village may be invited on one evening behind one address.
"""

from __future__ import annotations

import secrets

from msgspec import Struct

from server import problems
from server.external import passwords
from server.rules.invitations import plain_code
from server.rules.permissions import Actor
from server.rules.throttling import ADDRESS
from server.rules.values import uuid7_at
from server.storage import accounts, invitations, throttles
from server.storage.arrivals import Arrival, open_session
from server.storage.database import Tx


class Accepted(Struct, frozen=True):
    """The actor, the token for the cookie (never stored), and whether a password must be chosen."""

    actor: Actor
    token: str
    must_set_password: bool


async def accept_invitation(tx: Tx, *, code: str, arrival: Arrival) -> Accepted:
    """Use the code up, open a session and return it with its token.

    A one-time code also forgets the old password: it is what an administrator gives to somebody who
    forgot theirs. Two phones with the same code at once: one of them gets in. Raises code_not_valid
    (wrong, used, expired, or the account is disabled), too_many_attempts.
    """
    now = arrival.now
    bucket = f"codes@{arrival.address}"
    if (wait := await throttles.take(tx, bucket, ADDRESS, now)) is not None:
        raise problems.too_many_attempts(retry_after=wait)
    invitation = await invitations.by_code_hash(tx, passwords.token_hash(plain_code(code)))
    if invitation is None or invitation.expires_at <= now:
        raise problems.code_not_valid()
    account = await accounts.get(tx, invitation.account_id)
    if account is None or account.ended(now):
        raise problems.code_not_valid()
    if not invitation.reusable and not await invitations.use_up(tx, invitation.id, now):
        raise problems.code_not_valid()
    await throttles.give_back(tx, bucket, ADDRESS, now)

    if not invitation.reusable:
        await accounts.set_password(tx, account.id, None)
    token = passwords.random_token()
    session_id = uuid7_at(now, secrets.token_bytes(10))
    await open_session(
        tx,
        account,
        arrival,
        session_id=session_id,
        token_hash=passwords.token_hash(token),
        by={"by": "invitation", "invitation": invitation.id},
    )
    actor = Actor(account.id, account.name, account.role, account.division, session_id)
    return Accepted(actor, token, must_set_password=not invitation.reusable)
