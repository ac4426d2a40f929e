"""Keep the public half of a passkey that a device has just made."""

from __future__ import annotations

import secrets
from datetime import datetime

from server import problems
from server.external.passkeys import Made, NotVerified, check_made
from server.rules.passkeys import Site
from server.rules.permissions import Actor
from server.rules.values import uuid7_at
from server.storage import events, passkeys
from server.storage.database import Tx
from server.storage.passkeys import Passkey


async def register_passkey(
    tx: Tx,
    *,
    actor: Actor,
    challenge_id: str,
    made: Made,
    transports: tuple[str, ...],
    name: str,
    site: Site,
    now: datetime,
    address: str,
) -> Passkey:
    """Return the passkey as it is kept.

    The challenge is used up whatever comes of it, and it must have been asked for by this account on this site.
    Raises passkey_not_valid, passkey_known.
    """
    challenge = await passkeys.answered(tx, challenge_id, now)
    if challenge is None or challenge.account_id != actor.account_id:
        raise problems.passkey_not_valid()
    if site != Site(challenge.origin, challenge.rp_id):
        raise problems.passkey_not_valid()
    try:
        half = check_made(made, challenge=challenge.challenge, site=site)
    except NotVerified as wrong:
        raise problems.passkey_not_valid() from wrong
    passkey = Passkey(
        id=uuid7_at(now, secrets.token_bytes(10)),
        account_id=actor.account_id,
        credential_id=half.credential_id,
        public_key=half.public_key,
        rp_id=site.rp_id,
        sign_count=half.sign_count,
        transports=transports,
        name=name,
        created_at=now,
    )
    if not await passkeys.insert(tx, passkey, county=actor.division[:6]):
        raise problems.passkey_known()
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="passkey.registered",
        subject=passkey.id,
        division=actor.division,
        address=address,
        details={"account": actor.account_id},
    )
    return passkey
