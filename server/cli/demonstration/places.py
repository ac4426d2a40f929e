"""Where the demonstration takes place: a county of the official list, one number that a village had before, and a village's groups."""

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
# Made up too: no list of village groups is published anywhere.
GROUPS = "demo/groups.csv"


async def settle_places(tx: Tx, seeds: Path, *, now: datetime) -> None:
    """Write the county's divisions."""
    with (
        rows_of(seeds / LIST, bar=False) as rows,
        rows_of(seeds / CLOSED, bar=False) as closed,
        rows_of(seeds / GROUPS, bar=False) as groups,
    ):
        await import_divisions(tx, chain(rows, closed, groups), on=date(2020, 1, 1), now=now)


def townships(seeds: Path) -> list[str]:
    """Return the codes of the county's townships."""
    with rows_of(seeds / LIST, bar=False) as rows:
        return [row.code for row in rows if row.level == "township"]
