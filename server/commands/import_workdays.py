"""Record a year's holiday notice; the newest recording counts, older ones stay on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.rules.divisions import COUNTRY
from server.rules.workdays import parse_year_notice
from server.storage import events, workdays
from server.storage.database import Tx


async def import_workdays(
    tx: Tx, doc: Any, *, now: datetime, actor: str | None = None, address: str = "terminal"
) -> bool:
    """Record a year's notice; False when it says what is on record already.

    Raises ValueError (rules.workdays.BadNotice) that names the wrong field.
    """
    notice = parse_year_notice(doc)
    if notice in await workdays.all_current(tx):
        return False
    await workdays.insert(tx, notice.year, doc, recorded_at=now)
    await events.record(
        tx,
        at=now,
        actor=actor,
        action="workdays.imported",
        subject=f"workdays:{notice.year}",
        division=COUNTRY,
        address=address,
        details={"official": notice.official},
    )
    return True
