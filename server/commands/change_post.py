"""Change what office an account's person signs for; what was signed before keeps the office of then."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.accounts import post_words, refusal_to_manage
from server.rules.permissions import Actor
from server.storage import accounts, events
from server.storage.accounts import Account
from server.storage.database import Tx


async def change_post(
    tx: Tx,
    *,
    actor: Actor,
    account_id: str,
    post: str | None,
    revision: int,
    now: datetime,
    address: str,
) -> Account:
    """Return the account with its new post, or with none. The post it has already changes nothing, whatever was looked at.

    The post stands on public pages under what the person signs, so it passes the gate. `revision`: of the account that
    was looked at. Raises not_found (also for an account that ended), not_allowed, content_has_errors (a personal number
    in it), edited_meanwhile.
    """
    account = await accounts.lock(tx, account_id)
    if account is None or account.ended(now):
        raise problems.not_found(problems.Say("这个账号", "such account"))
    if why := refusal_to_manage(actor, account.role, account.division):
        raise problems.not_allowed(why)
    wanted = post_words(post)
    if found := gate.beside({"post": wanted}):
        raise problems.content_has_errors(found)
    if wanted == account.post:
        return account
    if account.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=account.revision)
    await accounts.set_post(tx, account.id, wanted)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="account.post_changed",
        subject=account.id,
        division=account.division,
        address=address,
        details={"before": account.post, "after": wanted},
    )
    return replace(account, post=wanted, revision=revision + 1)
