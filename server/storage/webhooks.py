"""Webhooks: the chat groups' robots that get a division's reminders, and the sites that are told what is published there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from server.storage import models_reminders
from server.storage.columns import code_range, codes_above, millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

Robot = Literal["dingtalk", "wecom", "feishu", "site"]
COLUMNS = "id, division, name, robot, address, secret, created_by, created_at, removed_at, stopped_at, stopped_why"


class Webhook(Struct, frozen=True):
    """A group's robot, or a site. Whoever has `address` can write into the group: it is shown to nobody whole.

    `stopped_at`: since when a site is told nothing more, because it took nothing for days; `stopped_why`: a key of WHY.
    """

    id: str
    division: str
    name: str
    robot: Robot
    address: str
    secret: str | None
    created_by: str
    created_at: datetime
    removed_at: datetime | None
    stopped_at: datetime | None = None
    stopped_why: str | None = None

    def __repr__(self) -> str:
        return f"Webhook({self.id}, {self.division}, {self.robot})"


def _of_row(row: Row) -> Webhook:
    return Webhook(
        **{
            **row,
            "created_at": moment(row["created_at"]),
            "removed_at": moment_or_none(row["removed_at"]),
            "stopped_at": moment_or_none(row["stopped_at"]),
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
    """Return the webhooks below a division, by division and age; without one, all of them. Sites too."""
    low, high = code_range(scope)
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM webhook WHERE removed_at IS NULL AND division >= ? AND division < ? "
        "ORDER BY division, created_at, id",
        low,
        high,
    )
    return [_of_row(row) for row in rows]


async def sites(db: Reader, above: str | None = None) -> list[Webhook]:
    """Return the sites that are told something; `above`: of this division or one above it."""
    line = [] if above is None else codes_above(above)
    where = f" AND division IN ({', '.join('?' * len(line))})" if line else ""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM webhook WHERE robot = 'site' AND removed_at IS NULL AND stopped_at IS NULL{where}"
        " ORDER BY created_at, id",
        *line,
    )
    return [_of_row(row) for row in rows]


async def stop(tx: Tx, webhook_id: str, why: str, now: datetime) -> bool:
    """Tell a site nothing more; False when that was so before."""
    touched = await tx.execute(
        "UPDATE webhook SET stopped_at = ?, stopped_why = ? WHERE id = ? AND stopped_at IS NULL",
        millis(now),
        why,
        webhook_id,
    )
    return touched == 1


async def go_on(tx: Tx, webhook_id: str) -> None:
    """Tell a site again that had been stopped."""
    await tx.execute(
        "UPDATE webhook SET stopped_at = NULL, stopped_why = NULL WHERE id = ?", webhook_id
    )


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
