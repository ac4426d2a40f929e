"""Policies that were imported; the newest recording of a policy counts, older ones are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.rules.schedules import Policy, parse_policy
from server.storage.columns import document, millis, parsed
from server.storage.database import Reader, Tx


async def insert(
    tx: Tx, name: str, doc: dict[str, Any], *, county: str, recorded_at: datetime
) -> None:
    """Record a policy document that has been parsed before."""
    await tx.execute(
        "INSERT INTO policy (county, policy, document, recorded_at) VALUES (?, ?, ?, ?)",
        county,
        name,
        document(doc),
        millis(recorded_at),
    )


async def all_current(db: Reader) -> list[Policy]:
    """Return the newest recording of every policy."""
    rows = await db.rows("SELECT policy, document FROM policy ORDER BY id")
    newest = {row["policy"]: row["document"] for row in rows}
    return [parse_policy(parsed(text)) for text in newest.values()]
