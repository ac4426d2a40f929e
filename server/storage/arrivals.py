"""Arriving on a device: a session is opened there, and whoever was there before steps aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from server.storage import events, sessions
from server.storage.accounts import Account
from server.storage.database import Tx
from server.storage.sessions import Session


class Arrival(Struct, frozen=True, kw_only=True):
    """Where and when somebody signs in.

    `replaces`: the session whose cookie came with the request. `phone_id`: the shared phone it is, if it is one.
    """

    device: str
    address: str
    now: datetime
    days: int
    replaces: str | None = None
    phone_id: str | None = None


async def open_session(
    tx: Tx,
    account: Account,
    arrival: Arrival,
    *,
    session_id: str,
    token_hash: str,
    by: Mapping[str, str],
) -> None:
    """Open a session for an account and write its event.

    The session before it on the device ends, so that nobody goes on with a token somebody else may have
    planted. On a shared phone another person's waits for their PIN instead; one's own older session there ends, and
    the PIN of the one that was open is kept.
    """
    seat = await _step_aside(tx, account, arrival)
    session = Session(
        id=session_id,
        token_hash=token_hash,
        account_id=account.id,
        device=arrival.device,
        address=arrival.address,
        created_at=arrival.now,
        last_seen_at=arrival.now,
        expires_at=arrival.now + timedelta(days=arrival.days),
        phone_id=seat.phone_id if seat else None,
        pin_hash=seat.pin_hash if seat else None,
    )
    await sessions.insert(tx, session, county=account.county)
    await events.record(
        tx,
        at=arrival.now,
        actor=account.id,
        action="session.opened",
        subject=session.id,
        division=account.division,
        address=arrival.address,
        details=by,
    )


async def _step_aside(tx: Tx, account: Account, arrival: Arrival) -> Session | None:
    """Park or end what stands on the device; return the account's own open seat there, to be taken over."""
    before = await sessions.get(tx, arrival.replaces) if arrival.replaces else None
    if arrival.phone_id is not None:
        for each in await sessions.on_phone(tx, arrival.phone_id, arrival.now):
            if each.account_id == account.id:
                await sessions.revoke(tx, each.id, arrival.now, "replaced")
    if before is None:
        return None
    if before.account_id != account.id and before.has_seat:
        await sessions.park(tx, before.id, arrival.now)
        return None
    await sessions.revoke(tx, before.id, arrival.now, "replaced")
    return before if before.account_id == account.id and before.has_seat else None
