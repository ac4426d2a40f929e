"""Who sent this? The account behind a session token, if the session still stands."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server.external.passwords import token_hash
from server.rules import terms
from server.rules.endings import ending_words
from server.rules.permissions import ROLES, Actor, OutOfOffice
from server.rules.values import Text
from server.storage import accounts, commitments, divisions, sessions
from server.storage.accounts import Account
from server.storage.database import Reader
from server.storage.sessions import Session


class SignedIn(Struct, frozen=True):
    """The actor and the session they came with.

    `by_old_token`: the token was replaced since, and the phone never got the new one.
    """

    actor: Actor
    session: Session
    by_old_token: bool


async def who_am_i(db: Reader, token: str, now: datetime) -> SignedIn | None:
    """Return who holds this token, or None.

    None for a token never issued, revoked, parked or expired, and for an account that was disabled since.
    """
    found = await sessions.by_token_hash(db, token_hash(token), now)
    if found is None:
        return None
    account = await accounts.get(db, found.session.account_id)
    if account is None or account.ended(now):
        return None
    actor = Actor(
        account_id=account.id,
        name=account.name,
        role=account.role,
        division=account.division,
        session_id=found.session.id,
        out=await _out_of_office(db, account, now),
        took_over=await _took_over(db, account),
    )
    return SignedIn(actor, found.session, found.by_old_token)


async def _took_over(db: Reader, account: Account) -> tuple[str, ...]:
    """Return the closed villages for which the people of this one post and sign."""
    if account.role not in ("accountant", "supervisor"):
        return ()
    return tuple(await divisions.taken_over(db, account.division))


async def _out_of_office(db: Reader, account: Account, now: datetime) -> OutOfOffice | None:
    """Return why this account may only look at this moment; None in office. The one place that asks the calendar."""
    term = account.term
    if not term.begun(now):
        return OutOfOffice(terms.not_yet(term))
    if not term.over(now):
        return None
    names = await accounts.names(db, [account.succeeded_by])
    role = Text(account.post, account.post) if account.post else ROLES[account.role]
    return OutOfOffice(
        terms.no_longer(term, role, names.get(account.succeeded_by)),
        finishing=await commitments.any_waits(db, account.id, now),
    )


async def why_ended(db: Reader, token: str, now: datetime) -> Text | None:
    """Return why the session of this token ended, if somebody else ended it; whoever holds the token may know."""
    hashed = token_hash(token)
    if found := await sessions.by_token_hash(db, hashed, now):
        account = await accounts.get(db, found.session.account_id)
        if account is None or not account.term.closed(now):
            return None
        return ending_words("time_over" if account.role in terms.FOR_A_WHILE else "handed_over")
    return ending_words(await sessions.ending_of(db, hashed))
