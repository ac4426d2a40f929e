"""Webhooks: the chat groups' robots that get a division's reminders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from server.storage import models_reminders
from server.storage.columns import code_range, millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

Robot = Literal["dingtalk", "wecom", "feishu"]
COLUMNS = "id, division, name, robot, address, secret, created_by, created_at, removed_at"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A group's robot. Whoever has `address` can write into the group: it is shown to nobody whole."""

    id: str
    division: str
    name: str
    robot: Robot
    address: str
    secret: str | None
    created_by: str
    created_at: datetime
    removed_at: datetime | None

    def __repr__(self) -> str:
        return f"Webhook({self.id}, {self.division}, {self.robot})"


def _of_row(row: Row) -> Webhook:
    return Webhook(
        **{
            **row,
            "created_at": moment(row["created_at"]),
            "removed_at": moment_or_none(row["removed_at"]),
        }
    )


async def get(db: Reader, webhook_id: str) -> Webhook | None:
    """Return a webhook, also one that was removed, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM webhook WHERE id = ?", webhook_id)
    return _of_row(row) if row else None


async def by_id(db: Reader, ids: Iterable[str]) -> dict[str, Webhook]:
    """Return the webhooks of some ids that stand."""
    rows = await db.rows_in(
        f"SELECT {COLUMNS} FROM webhook WHERE removed_at IS NULL AND id IN (*)", ids
    )
    return {row["id"]: _of_row(row) for row in rows}


async def standing(db: Reader, scope: str = "") -> list[Webhook]:
    """Return the webhooks below a division, by division and age; without one, all of them."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM webhook WHERE removed_at IS NULL AND division >= ? AND division < ? "
        "ORDER BY division, created_at, id",
        low,
        high,
    )
    return [_of_row(row) for row in rows]


async def insert(tx: Tx, webhook: Webhook) -> bool:
    """Insert a webhook; False when its id is taken."""
    return await tx.insert(
        models_reminders.Webhook,
        id=webhook.id,
        county=webhook.division[:6],
        division=webhook.division,
        name=webhook.name,
        robot=webhook.robot,
        address=webhook.address,
        secret=webhook.secret,
        created_by=webhook.created_by,
        created_at=millis(webhook.created_at),
        removed_at=None,
    )


async def remove(tx: Tx, webhook_id: str, now: datetime) -> None:
    """Remove a webhook and forget its address and secret; the first time counts."""
    await tx.execute(
        "UPDATE webhook SET removed_at = ?, address = '', secret = NULL WHERE id = ? AND removed_at IS NULL",
        millis(now),
        webhook_id,
    )
