"""Record a letter, a text message, a broadcast or a visiting day; a correction is a record that takes another's place."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from server import problems
from server.rules import gate
from server.rules.outreach import Outreach, fault
from server.rules.periods import local_date
from server.rules.permissions import Actor, refusal
from server.storage import disclosures, divisions, events, outreach, photos, versions
from server.storage.database import Tx


async def record_outreach(
    tx: Tx, *, actor: Actor, now: datetime, address: str, record: Outreach
) -> Outreach:
    """Keep a record and return it; the same id with the same words changes nothing.

    What takes another's place is its owner's: a village's record stays a village's. Raises not_allowed, not_found (no such
    record to replace, or notice to tell of), unknown_division, outreach_not_possible, outreach_replaced (another record
    took that place first), content_has_errors (a personal number), unknown_photo (not sent for whose record it is, nor by this
    person), same_id_other_content.
    """
    before = await _before(tx, actor, record)
    if before is not None:
        record = replace(record, division=before.division)
    standing = await outreach.get(tx, record.id)
    if standing is not None:
        return _same(standing, record)
    for place in (record.division, *(reach.division for reach in record.reaches)):
        if why := refusal(actor, "record_outreach", place):
            raise problems.not_allowed(why)
    if why_not := fault(record, local_date(now)):
        raise problems.outreach_not_possible(*why_not)
    if found := gate.beside(record.free_texts()):
        raise problems.content_has_errors(found)
    await _known(tx, record)
    await _refuse_unknown_photos(tx, record, actor)
    if not await outreach.insert(tx, record):
        taken = await outreach.get(tx, record.id)
        if taken is not None:
            return _same(taken, record)
        raise problems.outreach_replaced()
    await _told(tx, actor, now, address, record, before)
    return record


async def _before(tx: Tx, actor: Actor, record: Outreach) -> Outreach | None:
    if record.replaces is None:
        return None
    before = await outreach.get(tx, record.replaces)
    if before is None:
        raise problems.not_found()
    if why := refusal(actor, "record_outreach", before.division):
        raise problems.not_allowed(why)
    later = (await outreach.replacing(tx, [before.id])).get(before.id)
    if later is not None and later != record.id:
        raise problems.outreach_replaced()
    return before


def _same(standing: Outreach, record: Outreach) -> Outreach:
    if standing.said() != record.said() or standing.recorded_by != record.recorded_by:
        raise problems.same_id_other_content(
            record.id, stored=standing.said(), received=record.said()
        )
    return standing


async def _known(tx: Tx, record: Outreach) -> None:
    """Raise where a village is none, or a notice is not one of the villages that were reached."""
    reached = {reach.division for reach in record.reaches}
    for code in reached:
        place = await divisions.get(tx, code)
        if place is None or place.level != "village":
            raise problems.unknown_division(code)
    found = await disclosures.get_many(tx, record.notices)
    if any(n not in found or found[n].division not in reached for n in record.notices):
        raise problems.not_found()


async def _refuse_unknown_photos(tx: Tx, record: Outreach, actor: Actor) -> None:
    """Refuse photos that nobody sent for whose record it is; whether another village has them is not said."""
    missing = await photos.missing(
        tx, record.photos, village=record.division, account=actor.account_id
    )
    if missing:
        raise problems.unknown_photo(
            [(f"/photos/{record.photos.index(sha256)}", sha256) for sha256 in missing]
        )


async def _told(
    tx: Tx,
    actor: Actor,
    now: datetime,
    address: str,
    record: Outreach,
    before: Outreach | None,
) -> None:
    announced = [each for each in (record, before) if each is not None and each.stage == "planned"]
    if announced:
        # Villagers read of it on the first page of each village.
        await versions.bump_all(tx, {r.division for each in announced for r in each.reaches})
    await events.record(
        tx,
        at=now,
        actor=actor.account_id,
        action="outreach.replaced" if before else "outreach.recorded",
        subject=record.id,
        division=record.division,
        address=address,
        details={
            "kind": record.kind,
            "stage": record.stage,
            "first": record.first.isoformat(),
            "last": record.last.isoformat(),
            "villages": len(record.reaches),
            "photos": len(record.photos),
            **({"replaces": before.id} if before else {}),
        },
    )
