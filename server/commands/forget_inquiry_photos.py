"""Forget the photos that no question named, and those of questions that were not taken up: files first, then rows."""

from __future__ import annotations

from datetime import datetime

from server.external.images import COPIES
from server.rules.inquiry_photos import FORGOTTEN_AFTER
from server.storage import inquiry_photos
from server.storage.blobs import BlobStore
from server.storage.database import Store

# In one transaction: nobody waits for long.
AT_ONCE = 50


async def forget_inquiry_photos(store: Store, blobs: BlobStore, *, now: datetime) -> int:
    """Delete the photos whose time is over and return how many. Killed in the middle, the next call goes on from there."""
    forgotten = 0
    while ids := await inquiry_photos.over(store.reader, now - FORGOTTEN_AFTER, AT_ONCE):
        for photo_id in ids:
            for name in COPIES:
                await blobs.delete(inquiry_photos.blob_key(photo_id, name))
        async with store.transaction() as tx:
            await inquiry_photos.forget(tx, ids)
        forgotten += len(ids)
    return forgotten
