"""Where the demonstration takes place: a county of the official list, and one number that a village had before."""

from __future__ import annotations

from datetime import date, datetime
from itertools import chain
from pathlib import Path

from server.cli.divisions import rows_of
from server.commands.import_divisions import import_divisions
from server.storage.database import Tx

LIST = "divisions/640425.csv"
# Made up: what stands under this number shows where a closed village's address leads.
CLOSED = "demo/closed.csv"


async def settle_places(tx: Tx, seeds: Path, *, now: datetime) -> None:
    """Write the county's divisions."""
    with rows_of(seeds / LIST, bar=False) as rows, rows_of(seeds / CLOSED, bar=False) as closed:
        await import_divisions(tx, chain(rows, closed), on=date(2020, 1, 1), now=now)


def townships(seeds: Path) -> list[str]:
    """Return the codes of the county's townships."""
    with rows_of(seeds / LIST, bar=False) as rows:
        return [row.code for row in rows if row.level == "township"]
