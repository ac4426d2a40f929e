"""Ask a passkey to sign something: a challenge that stands for minutes and is answered once."""

from __future__ import annotations

import secrets
from datetime import datetime

from server import problems
from server.external.passkeys import new_challenge
from server.rules.passkeys import CHALLENGE_FOR, MOST_PASSKEYS, Site
from server.rules.permissions import Actor
from server.rules.throttling import ADDRESS
from server.rules.values import uuid7_at
from server.storage import passkeys, throttles
from server.storage.database import Tx
from server.storage.passkeys import Challenge, Passkey


async def challenge_to_register(
    tx: Tx, *, actor: Actor, site: Site, now: datetime
) -> tuple[Challenge, list[Passkey]]:
    """Return a challenge for a new passkey of the actor, and the ones they have, which are not made twice.

    Raises too_many_passkeys.
    """
    known = await passkeys.for_account(tx, actor.account_id)
    if len(known) >= MOST_PASSKEYS:
        raise problems.too_many_passkeys(most=MOST_PASSKEYS)
    challenge = _challenge(site, actor.account_id, now)
    await passkeys.ask(tx, challenge, county=actor.division[:6], now=now)
    return challenge, known


async def challenge_to_sign_in(tx: Tx, *, site: Site, now: datetime, address: str) -> Challenge:
    """Return a challenge for whoever holds a passkey of this site.

    Each is a row, so an address may ask for as many as a village full of people does, and no more. Raises
    too_many_attempts.
    """
    wait = await throttles.take(tx, f"challenges@{address}", ADDRESS, now)
    if wait is not None:
        raise problems.too_many_attempts(retry_after=wait)
    challenge = _challenge(site, None, now)
    await passkeys.ask(tx, challenge, county="", now=now)
    return challenge


def _challenge(site: Site, account_id: str | None, now: datetime) -> Challenge:
    return Challenge(
        id=uuid7_at(now, secrets.token_bytes(10)),
        challenge=new_challenge(),
        account_id=account_id,
        origin=site.origin,
        rp_id=site.rp_id,
        expires_at=now + CHALLENGE_FOR,
    )
