"""Store a photo under its hash: examined, derived, durable, and only then on record.

Order: 1. hash and content are checked; 2. the original and its derivatives are written durably, each once;
3. one short transaction records the photo and for which division it was sent. A crash after 2 leaves unreferenced
files, never a record without its bytes.

Bytes are kept once. Who sends a photo that is on record has shown that they hold it: that is noted for their division
too, because a posting may only use what was sent for a place it lies under.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import anyio.to_thread
from msgspec import Struct

from server import problems
from server.external import images
from server.rules.permissions import Actor, refusal
from server.storage import events, photos
from server.storage.blobs import BlobStore
from server.storage.database import Store
from server.storage.photos import Photo, Sending


class Stored(Struct, frozen=True):
    """The photo on record, and whether it was there before."""

    photo: Photo
    known: bool


async def store_photo(
    store: Store,
    blobs: BlobStore,
    *,
    actor: Actor,
    now: datetime,
    address: str,
    division: str,
    sha256: str,
    data: bytes,
    limits: images.Limits,
) -> Stored:
    """Keep a photo and its public copies; the same photo again answers what is on record.

    Raises: not_allowed, hash_mismatch, and the photo problems (not an image, too large, too many pixels, truncated).
    """
    if why := refusal(actor, "store_photo", division):
        raise problems.not_allowed(why)
    actual = hashlib.sha256(data).hexdigest()
    if actual != sha256:
        raise problems.hash_mismatch(expected=sha256, actual=actual)
    sending = Sending(sha256, division, actor.account_id, now)
    known = await photos.get(store.reader, sha256)
    photo = known or await _kept(blobs, sending, data, limits)
    async with store.transaction() as tx:
        fresh = known is None and await photos.insert_once(tx, photo)
        if await photos.record_sending(tx, sending):
            await events.record(
                tx,
                at=now,
                actor=actor.account_id,
                action="photo.stored" if fresh else "photo.sent",
                subject=sha256,
                division=division,
                address=address,
                details={"bytes": photo.bytes, "media_type": photo.media_type},
            )
    return Stored(photo, known=not fresh)


async def _kept(blobs: BlobStore, sending: Sending, data: bytes, limits: images.Limits) -> Photo:
    """Examine a photo that is not on record, keep it and its copies durably, and return what is to be recorded."""
    facts = await anyio.to_thread.run_sync(images.examine, data, limits)
    copies = await anyio.to_thread.run_sync(images.derivatives, data)
    await blobs.put(photos.blob_key(sending.sha256, "original"), data)
    for name, copy in copies.items():
        await blobs.put(photos.blob_key(sending.sha256, name), copy)
    return Photo(
        sha256=sending.sha256,
        county=sending.division[:6],
        division=sending.division,
        media_type=facts.media_type,
        bytes=len(data),
        width=facts.width,
        height=facts.height,
        captured_at=_believable(facts.captured_at),
        received_at=sending.sent_at,
        uploaded_by=sending.account,
    )


def _believable(captured_at: datetime | None) -> datetime | None:
    """Return the capture time a photo claims, or None when no camera could: the year 1 or 9999 is a fault or a trick."""
    return captured_at if captured_at and 1990 <= captured_at.year <= 2199 else None
