"""Photos of questions: they wait for the question that names them, belong to it from then on, or are forgotten.

A row comes before its files and goes after them, so that a crash leaves nothing that is never cleared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from server.rules.inquiry_photos import InquiryPhoto
from server.storage import models_inquiries
from server.storage.columns import millis
from server.storage.database import Reader, Row, Tx

_COLUMNS = "id, inquiry_id, sha256, width, height, position, shown"


def blob_key(photo_id: str, name: str) -> str:
    """Return where one copy of a photo lies: 'asked/3f/3f…/960.webp'."""
    return f"asked/{photo_id[:2]}/{photo_id}/{name}"


async def begin(
    tx: Tx, photo_id: str, *, inquiry_id: str, sha256: str, kept_until: datetime
) -> None:
    """Note that a photo is on its way: whatever becomes of it, its files are cleared some day."""
    await tx.insert(
        models_inquiries.InquiryPhoto,
        id=photo_id,
        county="",
        inquiry_id=inquiry_id,
        sha256=sha256,
        width=0,
        height=0,
        arrived=False,
        position=0,
        shown=False,
        kept_until=millis(kept_until),
    )


async def finish(tx: Tx, photo_id: str, *, width: int, height: int) -> None:
    """Note that all copies of a photo are kept."""
    await tx.execute(
        "UPDATE inquiry_photo SET arrived = ?, width = ?, height = ? WHERE id = ?",
        True,
        width,
        height,
        photo_id,
    )


async def waiting(db: Reader, inquiry_id: str, now: datetime) -> dict[str, InquiryPhoto]:
    """Return what arrived for a question that does not name it yet, by hash."""
    rows = await db.rows(
        f"SELECT {_COLUMNS} FROM inquiry_photo WHERE inquiry_id = ? AND arrived = ? AND kept_until > ?"
        " AND position = 0 ORDER BY kept_until, id",
        inquiry_id,
        True,
        millis(now),
    )
    return {row["sha256"]: _of_row(row) for row in rows}


async def give_to_inquiry(
    tx: Tx, photos: Sequence[InquiryPhoto], *, county: str, now: datetime
) -> bool:
    """Make photos that waited a question's own, in this order; False when one of them waits no longer."""
    touched = [
        await tx.execute(
            "UPDATE inquiry_photo SET position = ?, county = ?, kept_until = NULL"
            " WHERE id = ? AND kept_until > ?",
            position,
            county,
            photo.id,
            millis(now),
        )
        for position, photo in enumerate(photos, 1)
    ]
    return all(each == 1 for each in touched)


async def for_inquiries(db: Reader, ids: Iterable[str]) -> dict[str, list[InquiryPhoto]]:
    """Return the photos of some questions, each in their order."""
    rows = await db.rows_in(
        f"SELECT {_COLUMNS} FROM inquiry_photo WHERE kept_until IS NULL AND inquiry_id IN (*)", ids
    )
    found: dict[str, list[InquiryPhoto]] = {}
    for row in sorted(rows, key=lambda r: (r["inquiry_id"], r["position"])):
        found.setdefault(row["inquiry_id"], []).append(_of_row(row))
    return found


async def for_inquiry(db: Reader, inquiry_id: str) -> list[InquiryPhoto]:
    """Return the photos of a question in their order."""
    return (await for_inquiries(db, [inquiry_id])).get(inquiry_id, [])


async def show(tx: Tx, photos: Iterable[InquiryPhoto]) -> None:
    """Let the public see these photos with the answer."""
    for each in photos:
        await tx.execute("UPDATE inquiry_photo SET shown = ? WHERE id = ?", True, each.id)


async def let_go(tx: Tx, inquiry_id: str, now: datetime) -> None:
    """Take a question's photos from it: nobody sees them any more, and they are cleared."""
    await tx.execute(
        "UPDATE inquiry_photo SET kept_until = ? WHERE inquiry_id = ? AND kept_until IS NULL",
        millis(now),
        inquiry_id,
    )


async def over(db: Reader, before: datetime, limit: int) -> list[str]:
    """Return the ids of some photos whose time ended before a moment."""
    rows = await db.rows(
        f"SELECT id FROM inquiry_photo WHERE kept_until <= ? ORDER BY kept_until LIMIT {int(limit)}",
        millis(before),
    )
    return [row["id"] for row in rows]


async def forget(tx: Tx, ids: Sequence[str]) -> None:
    """Delete the rows of photos whose files are gone."""
    marks = ", ".join("?" * len(ids))
    await tx.execute(f"DELETE FROM inquiry_photo WHERE id IN ({marks})", *ids)


def _of_row(row: Row) -> InquiryPhoto:
    return InquiryPhoto(**{**row, "shown": bool(row["shown"])})
