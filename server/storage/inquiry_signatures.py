"""Who signed a topic together: devices by marks that differ from topic to topic, so that nobody can be followed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from server.storage import models_inquiries
from server.storage.columns import millis
from server.storage.database import Reader, Tx


async def insert(
    tx: Tx, signature_id: str, inquiry_id: str, device: str, now: datetime, *, county: str
) -> bool:
    """Insert a signature; False when this device signed before, or the id is taken."""
    return await tx.insert(
        models_inquiries.InquirySignature,
        id=signature_id,
        county=county,
        inquiry_id=inquiry_id,
        device=device,
        signed_at=millis(now),
    )


async def counts(db: Reader, ids: Iterable[str]) -> dict[str, int]:
    """Return how many signed each of some topics; a topic that nobody signed is not named."""
    rows = await db.rows_in(
        "SELECT inquiry_id, COUNT(id) AS signed FROM inquiry_signature WHERE inquiry_id IN (*) GROUP BY inquiry_id",
        ids,
    )
    return {row["inquiry_id"]: int(row["signed"]) for row in rows}


async def signed_by(db: Reader, inquiry_id: str, device: str) -> bool:
    """Say whether a device signed a topic."""
    row = await db.row(
        "SELECT id FROM inquiry_signature WHERE inquiry_id = ? AND device = ?", inquiry_id, device
    )
    return row is not None
