"""Sign in with a passkey: the device names the account, nobody types anything.

Everything that can be wrong is one failure. A challenge is used up by the first answer, right or wrong, so
that an answer seen on its way opens nothing a second time.
"""

from __future__ import annotations

import secrets

from msgspec import Struct

from server import problems
from server.external import passwords
from server.external.passkeys import NotVerified, Signed, check_signed, handle_of
from server.rules.passkeys import Site, went_back
from server.rules.permissions import Actor
from server.rules.values import uuid7_at
from server.storage import accounts, events, passkeys
from server.storage.arrivals import Arrival, open_session
from server.storage.database import Tx
from server.storage.passkeys import Passkey


class SignedIn(Struct, frozen=True):
    """The actor, and the token for the cookie, which is never stored."""

    actor: Actor
    token: str


async def sign_in_by_passkey(
    tx: Tx, *, challenge_id: str, signed: Signed, site: Site, arrival: Arrival
) -> SignedIn:
    """Open a session and return it with its token.

    A counter that did not go forward means that the key may exist twice: it is refused, and an event tells the
    auditors; the owner signs in otherwise and removes it. Raises passkey_not_valid.
    """
    now = arrival.now
    challenge = await passkeys.answered(tx, challenge_id, now)
    if challenge is None or challenge.account_id is not None:
        raise problems.passkey_not_valid()
    if site != Site(challenge.origin, challenge.rp_id):
        raise problems.passkey_not_valid()
    passkey = await passkeys.by_credential(tx, signed.credential_id)
    if passkey is None or passkey.revoked_at is not None or passkey.rp_id != site.rp_id:
        raise problems.passkey_not_valid()
    account = await accounts.get(tx, passkey.account_id)
    if account is None or account.ended(now):
        raise problems.passkey_not_valid()
    counter = _counter(signed, challenge.challenge, site, passkey)
    if went_back(passkey.sign_count, counter):
        await events.record(
            tx,
            at=now,
            actor=account.id,
            action="passkey.counter_went_back",
            subject=passkey.id,
            division=account.division,
            address=arrival.address,
            details={"stored": passkey.sign_count, "received": counter},
        )
        raise problems.passkey_not_valid()
    if not await passkeys.used(tx, passkey.id, counter=counter, before=passkey.sign_count, now=now):
        raise problems.passkey_not_valid()

    token = passwords.random_token()
    session_id = uuid7_at(now, secrets.token_bytes(10))
    await open_session(
        tx,
        account,
        arrival,
        session_id=session_id,
        token_hash=passwords.token_hash(token),
        by={"by": "passkey", "passkey": passkey.id},
    )
    return SignedIn(
        Actor(account.id, account.name, account.role, account.division, session_id), token
    )


def _counter(signed: Signed, challenge: str, site: Site, passkey: Passkey) -> int:
    if signed.user_handle is not None and signed.user_handle != handle_of(passkey.account_id):
        raise problems.passkey_not_valid()
    try:
        return check_signed(signed, challenge=challenge, site=site, public_key=passkey.public_key)
    except NotVerified as wrong:
        raise problems.passkey_not_valid() from wrong
