"""Send proof that something was put right: in words, with photos, with the notice whose new edition shows it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from server import problems
from server.problems import Say
from server.rules.inquiries import written
from server.rules.permissions import Actor
from server.rules.rectifications import Rectification, Step
from server.storage import disclosures, photos
from server.storage.database import Tx
from server.storage.rectification_steps import order_for, take, taken_before


class Proof(Struct, frozen=True):
    """What was put right; `disclosure_id`: the notice whose new edition shows it."""

    id: str
    words: str
    photos: tuple[str, ...] = ()
    disclosure_id: str | None = None


async def prove_rectification(
    tx: Tx,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    order_id: str,
    proof: Proof,
    revision: int,
) -> Rectification:
    """Keep the proof and return the order, which now waits to be accepted; the same proof again changes nothing.

    Raises: not_found, not_allowed, same_id_other_content, rectification_not_possible, edited_meanwhile, reason_needed,
    content_has_errors, unknown_photo, wrong_type (a notice of another village).
    """
    order = await order_for(tx, actor, order_id, "prove")
    step = Step(
        id=proof.id,
        rectification_id=order.id,
        kind="proof",
        words=written(proof.words),
        photos=proof.photos,
        disclosure_id=proof.disclosure_id,
        by=actor.account_id,
        by_name=actor.name,
        at=now,
    )
    if await taken_before(tx, order, step, "prove", revision):
        return order
    await _about_here(tx, actor, order, step)
    proved = replace(order, state="proved", proved_at=now)
    return await take(
        tx,
        step,
        proved,
        action="rectification.proved",
        address=address,
        details={
            "photos": len(step.photos),
            "disclosure": step.disclosure_id,
            "days_late": proved.days_late(now),
        },
    )


async def _about_here(tx: Tx, actor: Actor, order: Rectification, step: Step) -> None:
    """Refuse photos that never came, and a notice of another village."""
    missing = await photos.missing(
        tx, step.photos, village=order.division, account=actor.account_id
    )
    if missing:
        places = [(f"/photos/{step.photos.index(sha256)}", sha256) for sha256 in missing]
        raise problems.unknown_photo(places)
    if step.disclosure_id is not None:
        notice = await disclosures.get(tx, step.disclosure_id)
        if notice is None or notice.division != order.division:
            here = Say("不是本村的公开事项", "it is not this village's notice")
            raise problems.wrong_type("/disclosure_id", here)
