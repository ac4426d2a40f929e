"""Telephones of offices, by the code of their division."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from server.storage.columns import code_range, millis
from server.storage.database import Reader, Tx


async def of(db: Reader, codes: Iterable[str]) -> dict[str, str]:
    """Return the telephones of those of some divisions that have one."""
    rows = await db.rows_in("SELECT division, phone FROM office_phone WHERE division IN (*)", codes)
    return {row["division"]: row["phone"] for row in rows}


async def below(db: Reader, code: str) -> dict[str, str]:
    """Return the telephones at and below a division."""
    low, high = code_range(code)
    rows = await db.rows(
        "SELECT division, phone FROM office_phone WHERE division >= ? AND division < ?", low, high
    )
    return {row["division"]: row["phone"] for row in rows}


async def write(tx: Tx, code: str, phone: str, now: datetime) -> None:
    """Set the telephone of a division; '' takes it away."""
    if not phone:
        await tx.execute("DELETE FROM office_phone WHERE division = ?", code)
        return
    await tx.execute(
        "INSERT INTO office_phone (division, county, phone, changed_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (division) DO UPDATE SET phone = excluded.phone, changed_at = excluded.changed_at",
        code,
        code[:6],
        phone,
        millis(now),
    )
