"""Write what was found on the spot at a drawn item: four answers, the board's photos, what villagers said. Once."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.inspections import Inspection, Visit, inspection_id, needs_note, wrong_counts
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.storage import events, inspections, photos
from server.storage.database import Tx


async def record_visit(
    tx: Tx, *, actor: Actor, now: datetime, address: str, draw_id: str, rank: int, visit: Visit
) -> Inspection:
    """Keep a visit and return the item with it; the same words again change nothing.

    Raises: not_found, not_allowed, counts_not_possible, reason_needed (a no without a note), content_has_errors,
    unknown_photo, visit_is_written (somebody found something else there).
    """
    one = await inspections.get(tx, inspection_id(draw_id, rank))
    if one is None:
        raise problems.not_found()
    if why := refusal(actor, "visit_on_the_spot", one.division):
        raise problems.not_allowed(why)
    if one.visit is not None:
        if one.visit.said() == visit.said():
            return one
        raise problems.visit_is_written(local_date(one.visit.received_at).isoformat())
    if wrong := wrong_counts(visit.asked, visit.knew, visit.satisfied):
        raise problems.counts_not_possible(*wrong)
    if needs_note(visit):
        raise problems.reason_needed("/note")
    if found := gate.beside({"note": visit.note}):
        raise problems.content_has_errors(found)
    missing = await photos.missing(tx, visit.photos, village=one.division, account=actor.account_id)
    if missing:
        places = [(f"/photos/{visit.photos.index(sha256)}", sha256) for sha256 in missing]
        raise problems.unknown_photo(places)
    if not await inspections.keep_visit(tx, one, visit):
        raise problems.visit_is_written(local_date(now).isoformat())
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="inspection.visited",
        subject=one.id,
        division=one.division,
        address=address,
        details={
            **{str(question): reply for question, reply in visit.replies().items()},
            "photos": len(visit.photos),
            "asked": visit.asked,
        },
    )
    return replace(one, visit=visit)
