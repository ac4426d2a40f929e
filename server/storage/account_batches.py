"""Accounts that were made from one sheet."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from server.rules.permissions import scope_prefix
from server.storage import models_administration as models
from server.storage.columns import millis, moment
from server.storage.database import Reader, Row, Tx

_COLUMNS = "id, division, made_by, made_at, digest, members"


class AccountBatch(Struct, frozen=True):
    """One sheet's accounts. `digest`: of its rows; `members`: the accounts' ids in the order of the rows."""

    id: str
    division: str
    made_by: str
    made_at: datetime
    digest: str
    members: tuple[str, ...]


def _of_row(row: Row) -> AccountBatch:
    return AccountBatch(
        row["id"],
        row["division"],
        row["made_by"],
        moment(row["made_at"]),
        row["digest"],
        tuple(row["members"].split()),
    )


async def get(db: Reader, batch_id: str) -> AccountBatch | None:
    """Return a batch, or None."""
    row = await db.row(f"SELECT {_COLUMNS} FROM account_batch WHERE id = ?", batch_id)
    return _of_row(row) if row else None


async def newest(
    db: Reader, division: str, *, before: str | None, limit: int
) -> list[AccountBatch]:
    """Return batches of an area, the newest first; `before`: the id after which the page begins."""
    prefix = scope_prefix(division)
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM account_batch WHERE division >= ? AND division <= ? AND id < ?"
        " ORDER BY id DESC LIMIT ?",
        prefix.ljust(12, "0"),
        prefix.ljust(12, "9"),
        before or "g",
        limit,
    )
    return [_of_row(row) for row in rows]


async def insert(tx: Tx, batch: AccountBatch) -> bool:
    """Insert a batch; False when its id is taken."""
    return await tx.insert(
        models.AccountBatch,
        id=batch.id,
        county=batch.division[:6],
        division=batch.division,
        made_by=batch.made_by,
        made_at=millis(batch.made_at),
        digest=batch.digest,
        members="\n".join(batch.members),
    )
