"""Shared phones: a phone between several people, known by its own token."""

from __future__ import annotations

from datetime import datetime

from server.storage import models_keys
from server.storage.columns import millis
from server.storage.database import Reader, Tx


async def by_token_hash(db: Reader, token_hash: str) -> str | None:
    """Return the id of the phone that a token's hash belongs to, or None."""
    row = await db.row("SELECT id FROM phone WHERE token_hash = ?", token_hash)
    return row["id"] if row else None


async def insert(tx: Tx, phone_id: str, *, county: str, token_hash: str, now: datetime) -> None:
    """Insert a phone."""
    await tx.insert(
        models_keys.Phone,
        id=phone_id,
        county=county,
        token_hash=token_hash,
        created_at=millis(now),
    )


async def set_token(tx: Tx, phone_id: str, token_hash: str) -> None:
    """Give a phone a new token; the one before is nothing from now on."""
    await tx.execute("UPDATE phone SET token_hash = ? WHERE id = ?", token_hash, phone_id)
