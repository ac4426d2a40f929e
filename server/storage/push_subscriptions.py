"""Push subscriptions: the devices that want reminders. One lasts as long as its session and its account."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from server.rules.permissions import Role
from server.rules.values import Lang
from server.storage import models_reminders
from server.storage.columns import millis, moment
from server.storage.database import Reader, Row, Tx


class Subscription(Struct, frozen=True):
    """A device's address at its browser's push service, with the keys only that device can read by."""

    id: str
    county: str
    account_id: str
    session_id: str
    endpoint: str
    endpoint_hash: str
    p256dh: str
    auth: str
    lang: Lang
    created_at: datetime

    def __repr__(self) -> str:
        return f"Subscription({self.id})"


class Listener(Struct, frozen=True):
    """A subscription with the account it reminds: what it does, where, and in what post."""

    subscription: Subscription
    role: Role
    division: str
    post: str | None


_COLUMNS = ", ".join(
    f"p.{name}"
    for name in (
        *("id", "county", "account_id", "session_id", "endpoint", "endpoint_hash"),
        *("p256dh", "auth", "lang", "created_at"),
    )
)
_ALIVE = (
    "FROM push_subscription p JOIN session s ON s.id = p.session_id JOIN account a ON a.id = p.account_id "
    "WHERE p.removed_at IS NULL AND s.revoked_at IS NULL AND s.expires_at > ? AND a.disabled_at IS NULL"
)
_IN_OFFICE = "(a.starts_at IS NULL OR a.starts_at <= ?) AND (a.ends_at IS NULL OR a.ends_at > ?)"


def _of_row(row: Row) -> Subscription:
    return Subscription(**{**row, "created_at": moment(row["created_at"])})


def _listener(row: Row) -> Listener:
    role, division, post = row.pop("role"), row.pop("division"), row.pop("post")
    return Listener(_of_row(row), role, division, post)


async def listening(db: Reader, now: datetime) -> list[Listener]:
    """Return everybody in office who wants reminders now, by division."""
    rows = await db.rows(
        f"SELECT {_COLUMNS}, a.role, a.division, a.post {_ALIVE} AND {_IN_OFFICE} ORDER BY a.division, p.id",
        *(millis(now), millis(now), millis(now)),
    )
    return [_listener(row) for row in rows]


async def by_id(db: Reader, ids: Iterable[str], now: datetime) -> dict[str, Subscription]:
    """Return the subscriptions of some ids that stand now, of people who are in office now."""
    rows = await db.rows_in(
        f"SELECT {_COLUMNS} {_ALIVE} AND {_IN_OFFICE} AND p.id IN (*)",
        ids,
        *(millis(now), millis(now), millis(now)),
    )
    return {row["id"]: _of_row(row) for row in rows}


async def for_session(db: Reader, session_id: str, now: datetime) -> Subscription | None:
    """Return the subscription of a sign-in, or None."""
    row = await db.row(
        f"SELECT {_COLUMNS} {_ALIVE} AND p.session_id = ? ORDER BY p.created_at DESC LIMIT 1",
        millis(now),
        session_id,
    )
    return _of_row(row) if row else None


async def insert(tx: Tx, subscription: Subscription) -> bool:
    """Insert a subscription; False when its id is taken."""
    return await tx.insert(
        models_reminders.PushSubscription,
        id=subscription.id,
        county=subscription.county,
        account_id=subscription.account_id,
        session_id=subscription.session_id,
        endpoint=subscription.endpoint,
        endpoint_hash=subscription.endpoint_hash,
        p256dh=subscription.p256dh,
        auth=subscription.auth,
        lang=subscription.lang,
        created_at=millis(subscription.created_at),
        removed_at=None,
    )


async def remove(tx: Tx, subscription_id: str, now: datetime) -> None:
    """End a subscription and forget where it led."""
    await tx.execute(
        "UPDATE push_subscription SET removed_at = ?, endpoint = '', p256dh = '', auth = '' "
        "WHERE id = ? AND removed_at IS NULL",
        millis(now),
        subscription_id,
    )


async def remove_others(tx: Tx, *, session_id: str, endpoint_hash: str, now: datetime) -> None:
    """End what stood before on the same sign-in, and on the same device under another one."""
    await tx.execute(
        "UPDATE push_subscription SET removed_at = ?, endpoint = '', p256dh = '', auth = '' "
        "WHERE removed_at IS NULL AND (session_id = ? OR endpoint_hash = ?)",
        millis(now),
        session_id,
        endpoint_hash,
    )
