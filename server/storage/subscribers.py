"""Subscribers: devices that want news of a village, or the answer to one inquiry. What ends is deleted, not marked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from server.rules.values import Lang
from server.storage import models_subscribers
from server.storage.announcements import OF_ANSWER
from server.storage.columns import millis
from server.storage.database import Reader, Row, Tx

COLUMNS = "id, division, about, device, endpoint, p256dh, auth, lang, notices, categories, missing"


class Subscriber(Struct, frozen=True):
    """Where to send, what of, in which language. `about`: the inquiry whose answer is waited for, '' for a village's news."""

    id: str
    division: str
    about: str
    device: str
    endpoint: str
    p256dh: str
    auth: str
    lang: Lang
    notices: bool
    categories: tuple[str, ...]
    missing: bool

    def __repr__(self) -> str:
        return f"Subscriber({self.id}, {self.division})"


def _of_row(row: Row) -> Subscriber:
    return Subscriber(
        **{
            **row,
            "notices": bool(row["notices"]),
            "missing": bool(row["missing"]),
            "categories": tuple(key for key in row["categories"].split(",") if key),
        }
    )


async def get(db: Reader, subscriber_id: str) -> Subscriber | None:
    """Return a subscriber, or None."""
    row = await db.row(f"SELECT {COLUMNS} FROM subscriber WHERE id = ?", subscriber_id)
    return _of_row(row) if row else None


async def by_id(db: Reader, ids: Iterable[str]) -> dict[str, Subscriber]:
    """Return the subscribers of some ids that stand."""
    rows = await db.rows_in(f"SELECT {COLUMNS} FROM subscriber WHERE id IN (*)", ids)
    return {row["id"]: _of_row(row) for row in rows}


async def of_device(db: Reader, device: str) -> list[Subscriber]:
    """Return everything a device waits for, in the order it was asked for."""
    rows = await db.rows(f"SELECT {COLUMNS} FROM subscriber WHERE device = ? ORDER BY id", device)
    return [_of_row(row) for row in rows]


async def count(db: Reader, division: str) -> int:
    """Return how many devices wait for news of a village or for answers there."""
    row = await db.row("SELECT COUNT(*) AS n FROM subscriber WHERE division = ?", division)
    return int((row or {}).get("n") or 0)


async def villages(db: Reader) -> list[str]:
    """Return the codes of the villages of which somebody wants to hear what is missing."""
    rows = await db.rows(
        "SELECT DISTINCT division FROM subscriber WHERE about = '' AND missing ORDER BY division"
    )
    return [row["division"] for row in rows]


async def listening(
    db: Reader, division: str, about: str, *, after: str, before: str, limit: int
) -> list[Subscriber]:
    """Return who wants news of a village, or of an inquiry, in the order of their ids, `after` one and `before` another."""
    rows = await db.rows(
        f"SELECT {COLUMNS} FROM subscriber WHERE division = ? AND about = ? AND id > ? AND id < ?"
        f" ORDER BY id LIMIT {int(limit)}",
        division,
        about,
        after,
        before,
    )
    return [_of_row(row) for row in rows]


async def waiting_in_vain(db: Reader, *, before: datetime, limit: int) -> list[Subscriber]:
    """Return who waits for an answer that was told, or that nobody is told of any more, with no message on its way.

    `before`: answers that were public by then and are not on record are not told any more.
    """
    told = f"SELECT 1 FROM announcement a WHERE a.subject = {OF_ANSWER} AND a.done_at IS"
    rows = await db.rows(
        f"SELECT {', '.join(f's.{name}' for name in COLUMNS.split(', '))} FROM subscriber s"
        " LEFT JOIN inquiry i ON i.id = s.about WHERE s.about > '' AND (i.id IS NULL OR i.state = 'refused'"
        f" OR (i.state = 'published' AND NOT EXISTS ({told} NULL)"
        f" AND (i.published_at <= ? OR EXISTS ({told} NOT NULL))))"
        " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.recipient = s.id"
        f" AND d.state IN ('waiting', 'sending')) ORDER BY s.id LIMIT {int(limit)}",
        millis(before),
    )
    return [_of_row(row) for row in rows]


async def insert(tx: Tx, subscriber: Subscriber) -> bool:
    """Insert a subscriber; False when this device waits for the same already."""
    return await tx.insert(
        models_subscribers.Subscriber,
        id=subscriber.id,
        county=subscriber.division[:6],
        division=subscriber.division,
        about=subscriber.about,
        device=subscriber.device,
        endpoint=subscriber.endpoint,
        p256dh=subscriber.p256dh,
        auth=subscriber.auth,
        lang=subscriber.lang,
        notices=subscriber.notices,
        categories=",".join(subscriber.categories),
        missing=subscriber.missing,
    )


async def choose(tx: Tx, subscriber: Subscriber) -> None:
    """Write other choices of a subscriber that stands."""
    await tx.execute(
        "UPDATE subscriber SET lang = ?, notices = ?, categories = ?, missing = ?, p256dh = ? WHERE id = ?",
        subscriber.lang,
        subscriber.notices,
        ",".join(subscriber.categories),
        subscriber.missing,
        subscriber.p256dh,
        subscriber.id,
    )


async def delete(tx: Tx, subscriber_id: str) -> bool:
    """Forget a subscriber; False when it was not there."""
    return await tx.execute("DELETE FROM subscriber WHERE id = ?", subscriber_id) == 1


async def delete_of_inquiry(tx: Tx, inquiry_id: str) -> None:
    """Forget who waited for an answer that will not come."""
    await tx.execute("DELETE FROM subscriber WHERE about = ?", inquiry_id)
