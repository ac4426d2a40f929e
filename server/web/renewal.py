"""Keeping a session alive: when it was last seen, and a new token now and then.

Both happen on writes only, inside their transaction: GET never writes. The old token goes on working for
a few days, because on a bad network the answer that carries the new one may never arrive; using the old
one simply gets another new one.
"""

from __future__ import annotations

from datetime import timedelta

from server.external import passwords
from server.queries.who_am_i import SignedIn
from server.storage import sessions
from server.storage.database import Tx
from server.web.asking import Ask

SEEN_EVERY = timedelta(minutes=5)
NEW_TOKEN_AFTER = timedelta(days=7)
OLD_TOKEN_FOR = timedelta(days=3)


async def renew(tx: Tx, signed_in: SignedIn, ask: Ask) -> str | None:
    """Return a new token for the cookie when one is due; note that the session was seen."""
    session = signed_in.session
    days = timedelta(days=ask.house.settings.session_days)
    age = ask.now - (session.expires_at - days)
    if not signed_in.by_old_token and age < NEW_TOKEN_AFTER:
        if ask.now - session.last_seen_at >= SEEN_EVERY:
            await sessions.seen(tx, session.id, ask.now)
        return None
    token = passwords.random_token()
    await sessions.rotate(
        tx,
        session,
        token_hash=passwords.token_hash(token),
        now=ask.now,
        expires_at=ask.now + days,
        old_until=min(session.expires_at, ask.now + OLD_TOKEN_FOR),
    )
    return token
