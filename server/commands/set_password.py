"""Choose a password after an invitation, or change it. Every other device is signed out."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.external import passwords
from server.rules.passphrases import MINIMUM, is_too_weak
from server.rules.permissions import Actor
from server.rules.throttling import ACCOUNT_AND_ADDRESS
from server.storage import accounts, events, sessions, throttles
from server.storage.database import Store


async def set_password(
    store: Store,
    *,
    actor: Actor,
    old: str | None,
    new: str,
    now: datetime,
    address: str,
) -> None:
    """Store the hash of a new password.

    The old one is asked for unless there is none (right after an invitation). Hashing happens outside
    the transaction. Raises password_too_weak, old_password_wrong, too_many_attempts.
    """
    account = await accounts.get(store.reader, actor.account_id)
    if account is None:
        raise problems.not_signed_in()
    if is_too_weak(new, account.login):
        raise problems.password_too_weak(minimum=MINIMUM, length=len(new))
    bucket = f"password:{account.id}@{address}"
    if account.password_hash is not None:
        async with store.transaction() as tx:
            wait = await throttles.take(tx, bucket, ACCOUNT_AND_ADDRESS, now)
        if wait is not None:
            raise problems.too_many_attempts(retry_after=wait)
        if not await passwords.verify(account.password_hash, old or ""):
            raise problems.old_password_wrong()
    hashed = await passwords.hash_password(new)
    async with store.transaction() as tx:
        await throttles.give_back(tx, bucket, ACCOUNT_AND_ADDRESS, now)
        await accounts.set_password(tx, account.id, hashed)
        await sessions.revoke_all(tx, account.id, now, "password", except_id=actor.session_id)
        await events.record(
            tx,
            at=now,
            actor=actor.account_id,
            action="password.set",
            subject=account.id,
            division=account.division,
            address=address,
            details={},
        )
