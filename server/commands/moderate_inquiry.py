"""Look at what came without work done for it, names an address, or is to be read by all before it is answered.

Let through, it waits for an answer; the clock has been running since it was asked. Refused as no inquiry at all, it ends
with a reason that whoever asked reads behind the private link; what is one is refused by `refuse_inquiry`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.inquiries import Inquiry, State, failure_reason
from server.rules.permissions import Actor, refusal
from server.storage import events, inquiry_photos, subscribers, versions
from server.storage import inquiries as kept
from server.storage.database import Tx


class Look(Struct, frozen=True):
    """What somebody decided on seeing an inquiry; a refusal has a reason."""

    decision: Literal["let_through", "refuse"]
    reason: str | None = None


async def moderate_inquiry(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    inquiry_id: str,
    look: Look,
    revision: int,
) -> Inquiry:
    """Record the decision and return the inquiry as it now stands; the same decision again answers the same.

    Raises: not_found, not_allowed, reason_needed, content_has_errors, already_decided, edited_meanwhile.
    """
    inquiry = await kept.get(tx, inquiry_id)
    if inquiry is None:
        raise problems.not_found()
    if why := refusal(actor, "review_answer", inquiry.division):
        raise problems.not_allowed(why)
    reason = (look.reason or "").strip()
    wanted: State = "waiting" if look.decision == "let_through" else "refused"
    if inquiry.state == wanted == "refused" and inquiry.refused_reason == reason:
        return inquiry
    if why := failure_reason(inquiry, "held"):
        raise problems.already_decided(why)
    if inquiry.revision != revision:
        raise problems.edited_meanwhile(expected=revision, actual=inquiry.revision)
    if wanted == "refused" and not reason:
        raise problems.reason_needed()
    if found := gate.beside({"reason": reason}):
        raise problems.content_has_errors(found)
    decided = replace(inquiry, state=wanted)
    if wanted == "refused":
        decided = replace(decided, refused_reason=reason, refused_at=now)
    if not await kept.update(tx, decided, expect_revision=revision):
        raise problems.edited_meanwhile(expected=revision, actual=revision + 1)
    if wanted == "refused":
        await subscribers.delete_of_inquiry(tx, inquiry.id)  # there is no answer to wait for
        await inquiry_photos.let_go(tx, inquiry.id, now)  # nobody stores pictures here
    if inquiry.kind == "topic" and wanted == "waiting":
        await versions.bump(tx, inquiry.division)
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inquiry.let_through" if wanted == "waiting" else "inquiry.refused",
        subject=inquiry.id,
        division=inquiry.division,
        address=address,
        details={"number": inquiry.label},
    )
    return replace(decided, revision=revision + 1)
