"""On which devices am I signed in?"""

from __future__ import annotations

from datetime import datetime

from server.rules.permissions import Actor
from server.storage import sessions
from server.storage.database import Reader
from server.storage.sessions import Session


async def my_sessions(db: Reader, actor: Actor, now: datetime) -> list[Session]:
    """Return the sessions that still stand, the latest seen first."""
    found = await sessions.for_account(db, actor.account_id)
    standing = [each for each in found if each.revoked_at is None and each.expires_at > now]
    return sorted(standing, key=lambda each: each.last_seen_at, reverse=True)
