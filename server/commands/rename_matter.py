"""Rename a matter: what people call it is put right, and its notices stay where they are."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.matters import LONGEST_NAME, Matter, plain_name
from server.rules.permissions import Actor, refusal
from server.storage import events, matters, versions
from server.storage.database import Tx


async def rename_matter(
    tx: Tx, *, actor: Actor, now: datetime, address: str, matter_id: str, name: str, revision: int
) -> Matter:
    """Return the matter under its new name; the name it has already changes nothing, whatever was looked at.

    `revision`: of the matter that was looked at. Raises not_allowed, not_found (no such matter among those the actor
    answers for), edited_meanwhile, matter_name_not_right, content_has_errors (a personal number in the name).
    """
    if why := refusal(actor, "link_disclosures", actor.division):
        raise problems.not_allowed(why)
    matter = await matters.get(tx, matter_id)
    if matter is None or refusal(actor, "link_disclosures", matter.division):
        raise problems.not_found(problems.Say("这件事", "such matter"))
    wanted = plain_name(name)
    if wanted == matter.name:
        return matter
    if matter.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=matter.revision)
    if not 1 <= len(wanted) <= LONGEST_NAME:
        raise problems.matter_name_not_right(count=len(wanted), most=LONGEST_NAME)
    if found := gate.beside({"name": wanted}):
        raise problems.content_has_errors(found)
    if not await matters.rename(tx, matter.id, wanted, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    await versions.bump(tx, matter.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="matter.renamed",
        subject=matter.id,
        division=matter.division,
        address=address,
        details={"before": matter.name, "after": wanted},
    )
    return replace(matter, name=wanted, revision=revision + 1)
