"""Sign in with an account's name and password.

Order: 1. a short transaction takes a token from each bucket; 2. the password is compared outside any
transaction (it takes tens of milliseconds, and nobody's post should wait for it); 3. a second short
transaction opens the session and gives the tokens back. A crash between 1 and 3 costs one attempt.

Unknown account, wrong password, disabled account and account without a password are one failure, and
each takes the time of one comparison.
"""

from __future__ import annotations

import hashlib
import secrets

from msgspec import Struct

from server import problems
from server.external import passwords
from server.rules.permissions import Actor
from server.rules.throttling import ACCOUNT, ACCOUNT_AND_ADDRESS, ADDRESS, Limit
from server.rules.values import uuid7_at
from server.storage import accounts, sessions, throttles
from server.storage.accounts import Account
from server.storage.arrivals import Arrival, open_session
from server.storage.database import Store


class Signed(Struct, frozen=True):
    """The actor, and the token for the cookie, which is never stored."""

    actor: Actor
    token: str


async def sign_in(store: Store, *, login: str, password: str, arrival: Arrival) -> Signed:
    """Open a session and return it with its token. Raises sign_in_failed, too_many_attempts."""
    now, address = arrival.now, arrival.address
    account = await accounts.by_login(store.reader, login)
    buckets = await _buckets(store, account, login, address)
    async with store.transaction() as tx:
        waits = [await throttles.take(tx, key, limit, now) for key, limit in buckets.items()]
        await throttles.clear_full(tx, now)
    if wait := max((each for each in waits if each is not None), default=None):
        raise problems.too_many_attempts(retry_after=wait)

    right = await passwords.verify(account.password_hash if account else None, password)
    if account is None or not right or account.ended(now):
        raise problems.sign_in_failed()

    async with store.transaction() as tx:
        standing = await accounts.lock(tx, account.id)
        if (
            standing is None
            or standing.ended(now)
            or standing.password_hash != account.password_hash
        ):
            # Disabled, handed over or its phone lost while we compared.
            raise problems.sign_in_failed()
        for key, limit in buckets.items():
            await throttles.give_back(tx, key, limit, now)
        token = passwords.random_token()
        session_id = uuid7_at(now, secrets.token_bytes(10))
        await open_session(
            tx,
            account,
            arrival,
            session_id=session_id,
            token_hash=passwords.token_hash(token),
            by={"by": "password"},
        )
    actor = Actor(account.id, account.name, account.role, account.division, session_id)
    return Signed(actor, token)


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
