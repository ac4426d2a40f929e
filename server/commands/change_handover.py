"""Change a handover that is still to come: another day, or not at all. On its day it has happened."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from server import problems
from server.rules.accounts import refusal_to_hand_over
from server.rules.periods import day_start, local_date
from server.rules.permissions import Actor
from server.rules.terms import first_and_last_day
from server.storage import accounts, events, invitations, passkeys, sessions
from server.storage.accounts import Account
from server.storage.database import Tx


async def move_handover(
    tx: Tx,
    *,
    actor: Actor,
    account_id: str,
    on: date,
    revision: int,
    now: datetime,
    address: str,
) -> Account:
    """Let a successor begin on another day and return the account that is handed over.

    The day it is already changes nothing, whatever was looked at. `revision`: of the account that was looked at. Raises
    not_found (nothing is arranged), not_allowed, handover_day, handover_over, edited_meanwhile.
    """
    old, successor = await _still_to_come(tx, actor, account_id, now)
    first, last = first_and_last_day(now)
    if not first <= on <= last:
        raise problems.handover_day(day=on, first=first, last=last)
    at = day_start(on)
    if at == old.ends_at:
        return old
    if old.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=old.revision)
    await accounts.move_handover(tx, old.id, successor.id, at)
    await _record(
        tx, old, successor, "account.handover_moved", actor, now, address, on=on.isoformat()
    )
    return replace(old, ends_at=at, revision=revision + 1)


async def call_off_handover(
    tx: Tx, *, actor: Actor, account_id: str, revision: int, now: datetime, address: str
) -> Account:
    """Let the account stay in office and return it; the successor's account ends with all that opened it.

    `revision`: of the account that was looked at. Raises not_found (nothing is arranged), not_allowed, handover_over,
    edited_meanwhile.
    """
    old, successor = await _still_to_come(tx, actor, account_id, now)
    if old.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=old.revision)
    await accounts.stay(tx, old.id)
    await accounts.disable(tx, successor.id, now)
    await passkeys.revoke_all(tx, successor.id, now)
    await invitations.end_all(tx, successor.id, now)
    await sessions.revoke_all(tx, successor.id, now, "called_off")
    await _record(tx, old, successor, "account.handover_called_off", actor, now, address)
    return replace(old, ends_at=None, succeeded_by=None, revision=old.revision + 1)


async def _still_to_come(
    tx: Tx, actor: Actor, account_id: str, now: datetime
) -> tuple[Account, Account]:
    """Return who hands over and who takes over, if the actor may change it and its day is still to come."""
    old = await accounts.lock(tx, account_id)
    successor = await accounts.get(tx, old.succeeded_by) if old and old.succeeded_by else None
    if old is None or old.ends_at is None or successor is None:
        raise problems.not_found(problems.Say("这次交接", "such handover"))
    if why := refusal_to_hand_over(actor, old.id, old.role, old.division, at_once=False):
        raise problems.not_allowed(why)
    if old.term.over(now):
        raise problems.handover_over(day=local_date(old.ends_at), name=successor.name)
    return old, successor


async def _record(
    tx: Tx,
    old: Account,
    successor: Account,
    action: str,
    actor: Actor,
    now: datetime,
    address: str,
    **more: str,
) -> None:
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action=action,
        subject=old.id,
        division=old.division,
        address=address,
        details={"role": old.role, "successor": successor.id, **more},
    )
