"""Create an account, and the one-time code with which its person signs in for the first time."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.external import passwords
from server.rules import gate
from server.rules.accounts import misplaced, post_words, refusal_to_manage
from server.rules.canonical import content_hash
from server.rules.invitations import BYTES, code_from, plain_code
from server.rules.periods import day_start
from server.rules.permissions import Actor, Role
from server.rules.terms import wrong_last_day
from server.storage import accounts, divisions, events, invitations
from server.storage.accounts import Account
from server.storage.database import Tx


class NewAccount(Struct, frozen=True):
    """What was asked for; the id is the client's."""

    id: str
    login: str
    name: str
    role: Role
    division: str
    post: str | None = None
    last_day: date | None = None

    @property
    def ends_at(self) -> datetime | None:
        """From when the account is closed: the midnight after its last day."""
        return day_start(self.last_day + timedelta(days=1)) if self.last_day else None


class Created(Struct, frozen=True):
    """The account and its code, which is said once and kept only as a hash."""

    account: Account
    code: str
    expires_at: datetime


async def create_account(
    tx: Tx, *, actor: Actor, wanted: NewAccount, now: datetime, address: str
) -> Created:
    """Store the account and an invitation.

    The same id with the same values again answers a fresh code and ends the earlier one: the first
    answer may have been lost on its way. Raises not_allowed, unknown_division, login_taken,
    same_id_other_content, wrong_type (a role at a level it does not belong to, or without a last day it needs), content_has_errors (a personal number in the post).
    """
    wanted = replace(wanted, post=post_words(wanted.post))
    if why := refusal_to_manage(actor, wanted.role, wanted.division):
        raise problems.not_allowed(why)
    if await divisions.get(tx, wanted.division) is None:
        raise problems.unknown_division(wanted.division)
    if wrong := misplaced(wanted.role, wanted.division):
        raise problems.wrong_type("/role", wrong)
    if wrong := wrong_last_day(wanted.role, wanted.last_day, now):
        raise problems.wrong_type("/last_day", wrong)
    if found := gate.beside({"post": wanted.post}):
        raise problems.content_has_errors(found)
    account = await _insert_once(tx, wanted, now)
    code = code_from(secrets.token_bytes(BYTES))
    await invitations.end_all(tx, account.id, now)
    invitation = await invitations.issue(
        tx, account, passwords.token_hash(plain_code(code)), now=now, by=actor.account_id
    )
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="account.created",
        subject=account.id,
        division=account.division,
        address=address,
        details={"role": account.role, "invitation": invitation.id},
    )
    return Created(account, code, invitation.expires_at)


async def _insert_once(tx: Tx, wanted: NewAccount, now: datetime) -> Account:
    known = await accounts.get(tx, wanted.id)
    if known is not None:
        stored = (known.login, known.name, known.role, known.division, known.post, known.ends_at)
        received = (
            wanted.login,
            wanted.name,
            wanted.role,
            wanted.division,
            wanted.post,
            wanted.ends_at,
        )
        if stored != received:
            raise problems.same_id_other_content(
                wanted.id, stored=content_hash(list(stored)), received=content_hash(list(received))
            )
        if known.password_hash is not None:
            raise problems.login_taken()
        return known
    if await accounts.by_login(tx, wanted.login) is not None:
        raise problems.login_taken()
    account = Account(
        id=wanted.id,
        county=wanted.division[:6],
        login=wanted.login,
        name=wanted.name,
        role=wanted.role,
        division=wanted.division,
        password_hash=None,
        disabled_at=None,
        created_at=now,
        post=wanted.post,
        ends_at=wanted.ends_at,
    )
    if not await accounts.insert(tx, account):
        raise problems.login_taken()
    return account
