"""Hand a shared phone to the next person: lock it, or type that person's PIN.

One person at a time has a token that opens anything. The others' sessions wait, parked: their tokens were
forgotten, and the PIN gives a new one. The PIN is compared outside a transaction, as a password is; its try is counted
before, so that a hundred at once are five.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from server import problems
from server.external import passwords
from server.rules.permissions import Actor
from server.rules.pins import MOST_MISSES, misses_left
from server.storage import accounts, events, sessions
from server.storage.accounts import Account
from server.storage.database import Store, Tx
from server.storage.sessions import Session


class Switched(Struct, frozen=True):
    """Who has the phone now, and the token for the cookie, which is never stored."""

    actor: Actor
    token: str


async def switch_person(
    store: Store,
    *,
    phone_id: str,
    account_id: str,
    pin: str,
    present: Actor | None,
    now: datetime,
    days: int,
    address: str,
) -> Switched:
    """Open the session of somebody who has a PIN on this phone; whoever had the phone steps aside.

    The one before is parked, or signed out if they have no PIN here. Five wrong PINs in a row end the session: its
    person signs in again in full, and what they wrote is still in the phone. Raises not_found (nobody of
    that id on this phone), pin_wrong, pin_used_up.
    """
    session, account = await _seat(store, phone_id, account_id, now)
    async with store.transaction() as tx:
        tries = await sessions.take_pin_try(tx, session.id, MOST_MISSES)
    right = tries is not None and await passwords.verify(session.pin_hash, pin)
    if not right:
        left = misses_left(tries or MOST_MISSES)
        if left:
            raise problems.pin_wrong(left=left)
        async with store.transaction() as tx:
            await sessions.revoke(tx, session.id, now, "pin")
            await _record(tx, account, session.id, "pin.used_up", now, address)
        raise problems.pin_used_up(most=MOST_MISSES)
    token = passwords.random_token()
    async with store.transaction() as tx:
        if present is not None and present.session_id != session.id:
            await _step_aside(tx, present, now)
        opened = await sessions.unpark(
            tx,
            session.id,
            token_hash=passwords.token_hash(token),
            now=now,
            expires_at=now + timedelta(days=days),
        )
        if not opened:
            raise problems.pin_used_up(most=MOST_MISSES)
        await _record(tx, account, session.id, "session.switched", now, address)
    actor = Actor(account.id, account.name, account.role, account.division, session.id)
    return Switched(actor, token)


async def lock_phone(tx: Tx, *, actor: Actor, now: datetime, address: str) -> None:
    """Park the actor's session: the phone opens by a PIN again. Raises no_pin_here without one."""
    session = await sessions.get(tx, actor.session_id)
    if session is None or not session.has_seat:
        raise problems.no_pin_here()
    await sessions.park(tx, session.id, now)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="phone.locked",
        subject=session.id,
        division=actor.division,
        address=address,
        details={},
    )


async def _seat(
    store: Store, phone_id: str, account_id: str, now: datetime
) -> tuple[Session, Account]:
    for each in await sessions.on_phone(store.reader, phone_id, now):
        if each.account_id == account_id:
            account = await accounts.get(store.reader, account_id)
            if account is not None and not account.ended(now):
                return each, account
    raise problems.not_found(
        problems.Say("这个人（可能已退出）", "such person; they may have left")
    )


async def _step_aside(tx: Tx, present: Actor, now: datetime) -> None:
    session = await sessions.get(tx, present.session_id)
    if session is not None and session.has_seat:
        await sessions.park(tx, session.id, now)
    else:
        await sessions.revoke(tx, present.session_id, now, "replaced")


async def _record(
    tx: Tx, account: Account, session_id: str, action: str, now: datetime, address: str
) -> None:
    await events.record(
        tx,
        at=now,
        actor=account.id,
        action=action,
        subject=session_id,
        division=account.division,
        address=address,
        details={},
    )
