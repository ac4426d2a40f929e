"""Sign out: this device, or another one of mine."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.permissions import Actor
from server.storage import events, sessions
from server.storage.database import Tx


async def sign_out(tx: Tx, *, actor: Actor, session_id: str, now: datetime, address: str) -> None:
    """End a session; its token and every earlier one of it are refused from then on.

    Ending an ended one changes nothing. Raises not_found for a session that is not the actor's: whose
    it is stays unsaid.
    """
    session = await sessions.get(tx, session_id)
    if session is None or session.account_id != actor.account_id:
        raise problems.not_found(problems.Say("这次登录", "such session"))
    if session.revoked_at is not None:
        return
    await sessions.revoke(tx, session_id, now)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="session.closed",
        subject=session_id,
        division=actor.division,
        address=address,
        details={"here": session_id == actor.session_id},
    )
