"""Share this phone: choose a PIN on it, or stop sharing it."""

from __future__ import annotations

import secrets
from datetime import datetime

from server import problems
from server.external import passwords
from server.rules.permissions import Actor
from server.rules.pins import MOST_MISSES, MOST_PEOPLE, misses_left, too_simple
from server.rules.values import uuid7_at
from server.storage import events, phones, sessions
from server.storage.database import Store, Tx
from server.storage.sessions import Session


async def set_pin(
    store: Store,
    *,
    actor: Actor,
    pin: str,
    old: str | None,
    phone_id: str | None,
    now: datetime,
    address: str,
) -> str:
    """Give the actor's session a seat on this phone and return the phone's new token.

    The phone's token changes whenever somebody joins: one that was planted beforehand is worth nothing then. A
    PIN that stands is changed only by whoever knows it, with the same five tries as everywhere. Raises
    pin_too_simple, pin_wrong, pin_used_up, phone_is_full.
    """
    if why := too_simple(pin):
        raise problems.pin_too_simple(why)
    session = await sessions.get(store.reader, actor.session_id)
    if session is None:
        raise problems.not_signed_in()
    if session.pin_hash is not None:
        await _must_know(store, session, old, now)
    hashed = await passwords.hash_password(pin)
    token = passwords.random_token()
    async with store.transaction() as tx:
        phone_id = session.phone_id or phone_id
        if phone_id is None:
            phone_id = uuid7_at(now, secrets.token_bytes(10))
            await phones.insert(
                tx,
                phone_id,
                county=actor.division[:6],
                token_hash=passwords.token_hash(token),
                now=now,
            )
        else:
            await phones.set_token(tx, phone_id, passwords.token_hash(token))
        others = [
            each
            for each in await sessions.on_phone(tx, phone_id, now)
            if each.account_id != actor.account_id
        ]
        if len(others) >= MOST_PEOPLE:
            raise problems.phone_is_full(most=MOST_PEOPLE)
        await sessions.set_pin(tx, session.id, phone_id=phone_id, pin_hash=hashed)
        await _record(tx, actor, "pin.set", now, address)
    return token


async def _must_know(store: Store, session: Session, old: str | None, now: datetime) -> None:
    async with store.transaction() as tx:
        tries = await sessions.take_pin_try(tx, session.id, MOST_MISSES)
    if tries is None:
        raise problems.pin_used_up(most=MOST_MISSES)
    if not await passwords.verify(session.pin_hash, old or ""):
        if misses_left(tries) == 0:
            async with store.transaction() as tx:
                await sessions.revoke(tx, session.id, now, "pin")
            raise problems.pin_used_up(most=MOST_MISSES)
        raise problems.pin_wrong(left=misses_left(tries))


async def leave_phone(tx: Tx, *, actor: Actor, now: datetime, address: str) -> bool:
    """Take the actor's seat away; they stay signed in. Return whether anybody else has one on that phone."""
    session = await sessions.get(tx, actor.session_id)
    if session is None or session.phone_id is None:
        return False
    await sessions.set_pin(tx, session.id, phone_id=None, pin_hash=None)
    await _record(tx, actor, "pin.removed", now, address)
    return bool(await sessions.on_phone(tx, session.phone_id, now))


async def _record(tx: Tx, actor: Actor, action: str, now: datetime, address: str) -> None:
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action=action,
        subject=actor.session_id,
        division=actor.division,
        address=address,
        details={},
    )
