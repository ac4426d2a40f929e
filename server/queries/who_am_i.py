"""Who sent this? The account behind a session token, if the session still stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.external.passwords import token_hash
from server.rules.permissions import Actor
from server.storage import accounts, sessions
from server.storage.database import Db
from server.storage.sessions import Session


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The actor and the session they came with."""

    actor: Actor
    session: Session


async def who_am_i(db: Db, token: str, now: datetime) -> SignedIn | None:
    """Return who holds this token, or None.

    None for a token never issued, revoked or expired, and for an account that was disabled since:
    the four cannot be told apart from outside.
    """
    session = await sessions.by_token_hash(db, token_hash(token))
    if session is None or session.revoked_at is not None or session.expires_at <= now:
        return None
    account = await accounts.get(db, session.account_id)
    if account is None or account.disabled_at is not None:
        return None
    return SignedIn(
        Actor(
            account_id=account.id,
            name=account.name,
            role=account.role,
            division=account.division,
            session_id=session.id,
        ),
        session,
    )
