"""Challenges that were used: each is good once. What has expired is forgotten by and by."""

from __future__ import annotations

from datetime import datetime

from server.rules.proofs import Challenge
from server.storage import models_inquiries
from server.storage.columns import millis
from server.storage.database import Tx

FORGOTTEN_AT_ONCE = 20


async def spend(tx: Tx, challenge: Challenge, now: datetime) -> bool:
    """Use a challenge up; False when it was used before. More are forgotten than one use adds."""
    if not await tx.insert(
        models_inquiries.SpentProof,
        nonce=challenge.nonce,
        county="",
        until=millis(challenge.until),
    ):
        return False
    free = " FOR UPDATE SKIP LOCKED" if tx.postgres else ""
    await tx.execute(
        "DELETE FROM spent_proof WHERE nonce IN"
        f" (SELECT nonce FROM spent_proof WHERE until <= ? ORDER BY until LIMIT {FORGOTTEN_AT_ONCE}{free})",
        millis(now),
    )
    return True
