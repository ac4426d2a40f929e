"""Photos on record, addressed by their hash: who sent them for which division, and their places in editions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from server.rules.divisions import COUNTRY
from server.rules.submissions import PhotoPlace
from server.storage import models
from server.storage.columns import codes_above, millis, moment, moment_or_none
from server.storage.database import Reader, Row, Tx

# A use that did not come from the database has not been received yet.
NOT_RECEIVED = datetime.max.replace(tzinfo=UTC)

_COLUMNS = (
    "sha256, county, division, media_type, bytes, width, height, captured_at, received_at,"
    " uploaded_by"
)


class Photo(Struct, frozen=True):
    """A stored photo; `captured_at` is its own claim, kept privately."""

    sha256: str
    county: str
    division: str
    media_type: str
    bytes: int
    width: int
    height: int
    captured_at: datetime | None
    received_at: datetime
    uploaded_by: str


class Sending(Struct, frozen=True):
    """Somebody sent a photo in the name of a division. The bytes are kept once, however often they are sent."""

    sha256: str
    division: str
    account: str
    sent_at: datetime


class PhotoUse(Struct, frozen=True):
    """A photo's place in an edition: role 'board' or 'voucher', and the line it belongs to.

    Position, size and times are filled when it is read; whoever attaches one leaves them out.
    """

    sha256: str
    role: str
    caption: str | None = None
    pointer: str | None = None
    position: int = 0
    width: int = 0
    height: int = 0
    captured_at: datetime | None = None
    received_at: datetime = NOT_RECEIVED


def blob_key(sha256: str, name: str) -> str:
    """Return where a photo's file lies: 'photos/ab/abcdef…/960.webp'."""
    return f"photos/{sha256[:2]}/{sha256}/{name}"


async def get(db: Reader, sha256: str) -> Photo | None:
    """Return a photo, or None."""
    return (await get_many(db, [sha256])).get(sha256)


async def get_many(db: Reader, hashes: Iterable[str]) -> dict[str, Photo]:
    """Return the photos with these hashes, by hash."""
    rows = await db.rows_in(f"SELECT {_COLUMNS} FROM photo WHERE sha256 IN (*)", hashes)
    return {row["sha256"]: _photo(row) for row in rows}


async def usable(db: Reader, hashes: Iterable[str], *, village: str, account: str) -> set[str]:
    """Return which of these photos a person may attach to a village's posting.

    They must have been sent for the village, for a division it lies under, or by this very person. A photo
    that only others have sent for elsewhere is missing here, as one that nobody has.
    """
    places = [COUNTRY, *codes_above(village)]
    rows = await db.rows_in(
        "SELECT DISTINCT photo_id FROM photo_sending"
        f" WHERE (account = ? OR division IN ({', '.join('?' * len(places))})) AND photo_id IN (*)",
        hashes,
        account,
        *places,
    )
    return {row["photo_id"] for row in rows}


async def sendings(db: Reader, sha256: str) -> list[Sending]:
    """Return who sent a photo for which division, the first one first."""
    rows = await db.rows(
        "SELECT photo_id AS sha256, division, account, sent_at FROM photo_sending"
        " WHERE photo_id = ? ORDER BY sent_at, id",
        sha256,
    )
    return [Sending(**{**row, "sent_at": moment(row["sent_at"])}) for row in rows]


async def record_sending(tx: Tx, sending: Sending) -> bool:
    """Note who sent a photo for which division; return whether that is new. The first time counts."""
    return await tx.insert(
        models.PhotoSending,
        county=sending.division[:6],
        photo_id=sending.sha256,
        division=sending.division,
        account=sending.account,
        sent_at=millis(sending.sent_at),
    )


async def missing(
    db: Reader, hashes: Iterable[str], *, village: str, account: str
) -> tuple[str, ...]:
    """Return which of these photos a person still has to send for a village, each once, in their order."""
    wanted = tuple(dict.fromkeys(hashes))
    here = await usable(db, wanted, village=village, account=account)
    return tuple(sha256 for sha256 in wanted if sha256 not in here)


async def insert_once(tx: Tx, photo: Photo) -> bool:
    """Insert a photo unless it is on record; return whether it was inserted."""
    return await tx.insert(
        models.Photo,
        sha256=photo.sha256,
        county=photo.county,
        division=photo.division,
        media_type=photo.media_type,
        bytes=photo.bytes,
        width=photo.width,
        height=photo.height,
        captured_at=millis(photo.captured_at),
        received_at=millis(photo.received_at),
        uploaded_by=photo.uploaded_by,
    )


async def attach(tx: Tx, edition_id: str, uses: Sequence[PhotoPlace]) -> None:
    """Give photos their places in an edition, in this order. An unknown photo is a broken reference: it raises."""
    if not uses:
        return
    row = await tx.row("SELECT county FROM edition WHERE id = ?", edition_id)
    county = row["county"] if row else ""
    await tx.execute_many(
        "INSERT INTO edition_photo (county, edition_id, photo_id, role, position, caption, pointer)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (county, edition_id, use.sha256, use.role, position, use.caption, use.pointer)
            for position, use in enumerate(uses)
        ],
    )


async def for_editions(db: Reader, ids: Iterable[str]) -> dict[str, list[PhotoUse]]:
    """Return the photos of many editions, by edition, in their order."""
    rows = await db.rows_in(
        "SELECT u.edition_id, u.photo_id, u.role, u.position, u.caption, u.pointer, p.width,"
        " p.height, p.captured_at, p.received_at FROM edition_photo u"
        " JOIN photo p ON p.sha256 = u.photo_id"
        " WHERE u.edition_id IN (*) ORDER BY u.edition_id, u.position",
        ids,
    )
    found: dict[str, list[PhotoUse]] = {}
    for row in rows:
        found.setdefault(row["edition_id"], []).append(
            PhotoUse(
                sha256=row["photo_id"],
                role=row["role"],
                caption=row["caption"],
                pointer=row["pointer"],
                position=row["position"],
                width=row["width"],
                height=row["height"],
                captured_at=moment_or_none(row["captured_at"]),
                received_at=moment(row["received_at"]),
            )
        )
    return found


async def editions_showing(db: Reader, sha256: str) -> list[str]:
    """Return the ids of the editions a photo has a place in."""
    rows = await db.rows(
        "SELECT DISTINCT edition_id FROM edition_photo WHERE photo_id = ? ORDER BY edition_id",
        sha256,
    )
    return [row["edition_id"] for row in rows]


def _photo(row: Row) -> Photo:
    times = {
        "captured_at": moment_or_none(row["captured_at"]),
        "received_at": moment(row["received_at"]),
    }
    return Photo(**{**row, **times})
