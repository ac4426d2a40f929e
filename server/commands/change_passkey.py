"""Call a passkey of mine something else, or remove it."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules.permissions import Actor
from server.storage import events, passkeys
from server.storage.database import Tx
from server.storage.passkeys import Passkey


async def rename_passkey(
    tx: Tx,
    *,
    actor: Actor,
    passkey_id: str,
    name: str,
    revision: int,
    now: datetime,
    address: str,
) -> Passkey:
    """Return a passkey of the actor under another name; the name it has already changes nothing, whatever was looked at.

    `revision`: of the passkey that was looked at. Raises not_found, edited_meanwhile.
    """
    passkey = await _mine(tx, actor, passkey_id)
    if name == passkey.name:
        return passkey
    if passkey.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=passkey.revision)
    if not await passkeys.rename(tx, passkey.id, name, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await _record(tx, actor, passkey.id, "passkey.renamed", now, address)
    return replace(passkey, name=name, revision=revision + 1)


async def remove_passkey(
    tx: Tx, *, actor: Actor, passkey_id: str, now: datetime, address: str
) -> None:
    """Revoke a passkey of the actor: nobody signs in with it from then on.

    Sessions it opened go on; they are in the list of devices. Raises not_found.
    """
    passkey = await _mine(tx, actor, passkey_id)
    await passkeys.revoke(tx, passkey.id, now)
    await _record(tx, actor, passkey.id, "passkey.removed", now, address)


async def _mine(tx: Tx, actor: Actor, passkey_id: str) -> Passkey:
    for each in await passkeys.for_account(tx, actor.account_id):
        if each.id == passkey_id:
            return each
    raise problems.not_found(problems.Say("这把通行密钥", "such passkey"))


async def _record(
    tx: Tx, actor: Actor, passkey_id: str, action: str, now: datetime, address: str
) -> None:
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action=action,
        subject=passkey_id,
        division=actor.division,
        address=address,
        details={"account": actor.account_id},
    )
