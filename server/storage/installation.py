"""What this installation knows about itself: named values."""

from __future__ import annotations

from server.storage.database import Reader, Tx


async def get(db: Reader, key: str) -> str | None:
    """Return a value, or None."""
    row = await db.row("SELECT value FROM installation WHERE key = ?", key)
    return None if row is None else str(row["value"])


async def set_value(tx: Tx, key: str, value: str) -> None:
    """Set a value, whatever it was."""
    await tx.execute(
        "INSERT INTO installation (key, county, value) VALUES (?, '', ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value,
    )


async def set_once(tx: Tx, key: str, value: str) -> bool:
    """Set a value unless it has one; return whether it was set now."""
    touched = await tx.execute(
        "INSERT INTO installation (key, county, value) VALUES (?, '', ?) ON CONFLICT DO NOTHING",
        key,
        value,
    )
    return touched == 1
