"""Sign out: this device, another one of mine, or every other one."""

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
    here = session_id == actor.session_id
    await sessions.revoke(tx, session_id, now, "here" if here else "elsewhere")
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="session.closed",
        subject=session_id,
        division=actor.division,
        address=address,
        details={"here": here},
    )


async def sign_out_others(tx: Tx, *, actor: Actor, now: datetime, address: str) -> int:
    """End every session of the actor but the one they came with; return how many there were."""
    ended = await sessions.revoke_all(
        tx, actor.account_id, now, "elsewhere", except_id=actor.session_id
    )
    if ended:
        await events.record(
            tx,
            at=now,
            actor=actor.account_id,
            action="sessions.closed",
            subject=actor.account_id,
            division=actor.division,
            address=address,
            details={"ended": ended},
        )
    return ended
