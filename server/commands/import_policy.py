"""Record a policy's document; the newest recording counts, older ones stay on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.rules.schedules import parse_policy
from server.storage import policies
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
    await policies.record(
        tx,
        policies.Recording(policy.id, doc, now, recorded_by=actor),
        action="policy.imported",
        address=address,
        details={"valid_from": policy.valid_from.isoformat()},
    )
    return True
