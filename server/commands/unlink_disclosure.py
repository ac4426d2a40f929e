"""Unlink a disclosure: take it out of a matter. The link keeps its row, so that a late repetition brings nothing back."""

from __future__ import annotations

from datetime import datetime

from server import problems
from server.rules.permissions import Actor, refusal
from server.storage import disclosures, events, matters, versions
from server.storage.database import Tx


async def unlink_disclosure(
    tx: Tx, *, actor: Actor, now: datetime, address: str, link_id: str
) -> None:
    """Remove a link; removing it again changes nothing. Raises not_allowed, not_found (also in another's village)."""
    if why := refusal(actor, "link_disclosures", actor.division):
        raise problems.not_allowed(why)
    link = await matters.link(tx, link_id)
    notice = await disclosures.get(tx, link.disclosure_id) if link else None
    if link is None or notice is None or refusal(actor, "link_disclosures", notice.division):
        raise problems.not_found(problems.Say("这个关联", "such link"))
    if not await matters.remove(tx, link.id, now):
        return
    await versions.bump(tx, notice.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="matter.unlinked",
        subject=notice.id,
        division=notice.division,
        address=address,
        details={"matter": link.matter_id, "link": link.id, "phase": link.phase},
    )
