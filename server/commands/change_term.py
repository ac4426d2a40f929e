"""Change the last day of an account that was given for a while, such as an outside auditor's."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from server import problems
from server.rules.accounts import refusal_to_manage
from server.rules.periods import day_start, local_date
from server.rules.permissions import Actor
from server.rules.terms import wrong_last_day
from server.storage import accounts, events
from server.storage.accounts import Account
from server.storage.database import Tx


async def change_term(
    tx: Tx,
    *,
    actor: Actor,
    account_id: str,
    last_day: date,
    revision: int,
    now: datetime,
    address: str,
) -> Account:
    """Return the account with its last day; a day that it has already changes nothing.

    Raises not_found (also for an account that ended: add it anew), not_allowed, wrong_type (a role without a last day, a day
    that has passed or lies too far ahead), edited_meanwhile.
    """
    account = await accounts.lock(tx, account_id)
    if account is None or account.ended(now):
        raise problems.not_found(problems.Say("这个账号", "such account"))
    if why := refusal_to_manage(actor, account.role, account.division):
        raise problems.not_allowed(why)
    if wrong := wrong_last_day(account.role, last_day, now):
        raise problems.wrong_type("/last_day", wrong)
    ends_at = day_start(last_day + timedelta(days=1))
    if account.ends_at == ends_at:
        return account
    if account.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=account.revision)
    await accounts.set_end(tx, account.id, ends_at)
    before = local_date(account.ends_at - timedelta(seconds=1)) if account.ends_at else None
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="account.term_changed",
        subject=account.id,
        division=account.division,
        address=address,
        details={"before": f"{before}", "after": f"{last_day}"},
    )
    return replace(account, ends_at=ends_at, revision=revision + 1)
