"""Hand a post over, at once or from a day on: a new person is invited for the same division, role and post.

At once the old account ends now. From a day on both accounts keep two moments, and nothing runs at midnight: until then
the new person can look, from then on the old one can (rules/terms.py). Nothing that was posted moves: both names stay
where they acted, and what waits for review goes on waiting. Drafts that were never sent are the old phone's own.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.external import passwords
from server.rules.accounts import refusal_to_hand_over
from server.rules.canonical import content_hash
from server.rules.invitations import BYTES, code_from, plain_code
from server.rules.periods import day_start, local_date
from server.rules.permissions import Actor
from server.rules.terms import first_and_last_day
from server.storage import accounts, events, invitations, passkeys, sessions
from server.storage.accounts import Account
from server.storage.database import Tx


class Successor(Struct, frozen=True):
    """Who takes the post over; the id is the client's. `on`: the first day, None: now."""

    id: str
    login: str
    name: str
    on: date | None = None


class HandedOver(Struct, frozen=True):
    """The successor's account and its code, which is said once and kept only as a hash."""

    account: Account
    code: str
    expires_at: datetime


async def hand_over_account(
    tx: Tx, *, actor: Actor, account_id: str, successor: Successor, now: datetime, address: str
) -> HandedOver:
    """End the old account now or from a day on; store the successor's and an invitation.

    The same successor again answers a fresh code and ends the earlier one, as long as nobody has signed in with
    it: the first answer may have been lost on its way. Raises not_found (also for an account that ended otherwise),
    not_allowed, handover_day, handover_standing, handover_over, last_administrator, login_taken, same_id_other_content.
    """
    old = await accounts.lock(tx, account_id)
    if old is None or (old.disabled_at is not None and old.succeeded_by != successor.id):
        raise problems.not_found(problems.Say("这个账号", "such account"))
    at_once = successor.on is None
    if why := refusal_to_hand_over(actor, old.id, old.role, old.division, at_once=at_once):
        raise problems.not_allowed(why)
    if not old.term.begun(now):
        assert old.starts_at is not None
        raise problems.handover_standing(day=local_date(old.starts_at), name=old.name)
    starts_at = _first_moment(successor.on, now) if successor.on else None
    if old.ends_at is not None:
        account = await _arranged(tx, old, successor, starts_at, now)
    elif old.disabled_at is not None:
        account = await _known(tx, successor, successor.id)
    else:
        account = await _insert(tx, old, successor, starts_at, now)
        if starts_at is None:
            await _end(tx, old, now)
            await accounts.succeed(tx, old.id, account.id)
        else:
            await accounts.end_on(tx, old.id, account.id, starts_at)
    code = code_from(secrets.token_bytes(BYTES))
    await invitations.end_all(tx, account.id, now)
    invitation = await invitations.issue(
        tx, account, passwords.token_hash(plain_code(code)), now=now, by=actor.account_id
    )
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="account.handed_over" if at_once else "account.handover_arranged",
        subject=old.id,
        division=old.division,
        address=address,
        details={
            "role": old.role,
            "successor": account.id,
            "invitation": invitation.id,
            "on": successor.on.isoformat() if successor.on else None,
        },
    )
    return HandedOver(account, code, invitation.expires_at)


def _first_moment(on: date, now: datetime) -> datetime:
    first, last = first_and_last_day(now)
    if not first <= on <= last:
        raise problems.handover_day(day=on, first=first, last=last)
    return day_start(on)


async def _end(tx: Tx, old: Account, now: datetime) -> None:
    if old.role == "administrator" and len(await accounts.lock_administrators(tx)) == 1:
        # The successor has not signed in yet: a lost slip would leave nobody who could write another.
        raise problems.last_administrator()
    await accounts.disable(tx, old.id, now)
    await passkeys.revoke_all(tx, old.id, now)
    await invitations.end_all(tx, old.id, now)
    await sessions.revoke_all(tx, old.id, now, "handed_over")


async def _insert(
    tx: Tx, old: Account, successor: Successor, starts_at: datetime | None, now: datetime
) -> Account:
    account = Account(
        id=successor.id,
        county=old.county,
        login=successor.login,
        name=successor.name,
        role=old.role,
        division=old.division,
        password_hash=None,
        disabled_at=None,
        created_at=now,
        post=old.post,
        starts_at=starts_at,
    )
    standing = await accounts.by_login(tx, successor.login)
    if standing is not None:
        if not _called_off(standing, old):
            raise problems.login_taken()
        # Arranged before and called off: the same person comes under the same account.
        account = replace(account, id=standing.id, created_at=standing.created_at)
        await accounts.begin_on(tx, account)
        return account
    if not await accounts.insert(tx, account):
        raise problems.login_taken()
    return account


def _called_off(standing: Account, old: Account) -> bool:
    """Say whether an account was to take over this very kind of post, and ended before its first day."""
    return (
        (standing.role, standing.division) == (old.role, old.division)
        and standing.starts_at is not None
        and standing.disabled_at is not None
        and standing.disabled_at < standing.starts_at
    )


async def _arranged(
    tx: Tx, old: Account, successor: Successor, starts_at: datetime | None, now: datetime
) -> Account:
    """Return the successor of what is arranged already, if this asks for the same again."""
    standing = await accounts.get(tx, old.succeeded_by or "")
    assert standing is not None
    assert old.ends_at is not None
    day = local_date(old.ends_at)
    if old.term.over(now):
        raise problems.handover_over(day=day, name=standing.name)
    if starts_at != old.ends_at or standing.login != successor.login:
        raise problems.handover_standing(day=day, name=standing.name)
    return await _known(tx, successor, standing.id)


async def _known(tx: Tx, successor: Successor, account_id: str) -> Account:
    """Return the successor's account as it was stored by an earlier attempt."""
    account = await accounts.get(tx, account_id)
    if account is None:
        raise problems.not_found(problems.Say("这个账号", "such account"))
    stored, received = [account.login, account.name], [successor.login, successor.name]
    if stored != received:
        raise problems.same_id_other_content(
            successor.id, stored=content_hash(stored), received=content_hash(received)
        )
    arrived = await sessions.for_account(tx, account.id)
    if arrived or account.disabled_at is not None:
        # Whoever has come already gets another code by a new invitation.
        raise problems.login_taken()
    return account
