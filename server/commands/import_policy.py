"""Record a policy's document; the newest recording counts, older ones stay on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.rules.schedules import parse_policy
from server.storage import events, policies
from server.storage.database import Tx


async def import_policy(
    tx: Tx, doc: Any, *, now: datetime, actor: str | None = None, address: str = "terminal"
) -> bool:
    """Record a policy's document; False when it says what is on record already.

    Raises ValueError (rules.documents.BadDocument) that names the wrong field.
    """
    policy = parse_policy(doc)
    if policy in await policies.all_current(tx):
        return False
    division = policy.division_prefix.ljust(12, "0")
    recording = policies.Recording(policy.id, doc, now, recorded_by=actor)
    await policies.insert(tx, recording, county=division[:6])
    await events.record(
        tx,
        at=now,
        actor=actor,
        action="policy.imported",
        subject=f"policy:{policy.id}",
        division=division,
        address=address,
        details={"valid_from": policy.valid_from.isoformat()},
    )
    return True
