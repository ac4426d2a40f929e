"""Sign in with an account's name and password.

Order: 1. a short transaction takes a token from each bucket; 2. the password is compared outside any
transaction (it takes tens of milliseconds, and nobody's post should wait for it); 3. a second short
transaction opens the session and gives the tokens back. A crash between 1 and 3 costs one attempt.

Unknown account, wrong password, disabled account and account without a password are one failure, and
each takes the time of one comparison.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from server import problems
from server.external import passwords
from server.rules.permissions import Actor
from server.rules.throttling import ACCOUNT, ACCOUNT_AND_ADDRESS, ADDRESS, Limit
from server.storage import accounts, attempts, events, sessions
from server.storage.accounts import Account
from server.storage.database import Store
from server.storage.sessions import NewSession


@dataclass(frozen=True, slots=True)
class Signed:
    """The actor, the token for the cookie (never stored), and whether a password must be chosen."""

    actor: Actor
    token: str
    must_set_password: bool


async def sign_in(
    store: Store,
    *,
    login: str,
    password: str,
    device: str,
    address: str,
    now: datetime,
    days: int,
    replaces: str | None = None,
) -> Signed:
    """Open a session and return it with its token.

    `replaces`: the session whose cookie came with the request; it ends, so that nobody goes on with a
    token somebody else may have planted. Raises sign_in_failed, too_many_attempts.
    """
    account = await accounts.by_login(store.reader, login)
    buckets = await _buckets(store, account, login, address)
    async with store.transaction() as tx:
        wait = await attempts.take(tx, buckets, now)
    if wait is not None:
        raise problems.too_many_attempts(retry_after=wait)

    right = await passwords.verify(account.password_hash if account else None, password)
    if account is None or not right or account.disabled_at is not None:
        raise problems.sign_in_failed()

    async with store.transaction() as tx:
        await attempts.give_back(tx, buckets, now)
        if replaces is not None:
            await sessions.revoke(tx, replaces, now)
        opened = NewSession.for_account(account, device=device, address=address, now=now, days=days)
        await sessions.insert(tx, opened.session)
        await events.record(
            tx,
            at=now,
            actor=account.id,
            action="session.opened",
            subject=opened.session.id,
            division=account.division,
            address=address,
            details={"by": "password"},
        )
    return Signed(actor_of(account, opened.session.id), opened.token, must_set_password=False)


def actor_of(account: Account, session_id: str) -> Actor:
    """Return the account as somebody who acts."""
    return Actor(account.id, account.name, account.role, account.division, session_id)


async def _buckets(
    store: Store, account: Account | None, login: str, address: str
) -> dict[str, Limit]:
    """Return the buckets this attempt is counted in.

    An address the account has signed in from before is counted for that pair only: whoever floods a
    village's address, or one account from elsewhere, locks nobody out who has been here.
    """
    name = hashlib.sha256(login.casefold().encode()).hexdigest()[:24]
    buckets = {f"login:{name}@{address}": ACCOUNT_AND_ADDRESS}
    if account is None or not await sessions.seen_from(store.reader, account.id, address):
        buckets[f"login:{name}"] = ACCOUNT
        buckets[f"logins@{address}"] = ADDRESS
    return buckets
