"""Send a photo ahead of the question that will name it, with no account: work is done for each, and each is counted.

Order: 1. what came before the bytes is judged: the question is not there yet, the work was done, there are turns left;
2. a row says that the photo is on its way; 3. the bytes are read up to the limit and examined; 4. our own copies without
metadata are kept; 5. the row says that they are here. The file itself is kept nowhere: whoever hides something in
a photo finds it gone. What no question names within its time is cleared, with whatever a crash left.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import datetime

import anyio.to_thread
from msgspec import Struct

from server import problems
from server.external import images
from server.rules import proofs, throttling
from server.rules.inquiry_photos import WAITS, proof_subject
from server.rules.proofs import Challenge, Mark, Proof
from server.storage import inquiries, inquiry_photos, spent_proofs, throttles
from server.storage.blobs import BlobStore
from server.storage.database import Store, Tx


class SentPhoto(Struct, frozen=True, kw_only=True):
    """A photo on its way. `id`: our own new name for it; `announced`: how many bytes its sender says it has."""

    id: str
    inquiry_id: str
    sha256: str
    proof: Proof
    device: str | None
    announced: int | None
    chunks: AsyncIterator[bytes]


async def send_inquiry_photo(
    store: Store,
    blobs: BlobStore,
    *,
    mark: Mark,
    now: datetime,
    address: str,
    sent: SentPhoto,
    limits: images.Limits,
) -> bool:
    """Keep the copies of a photo until its question names it; return whether it was here before.

    Raises: inquiry_is_sent, proof_not_valid, proof_used, too_many_attempts, hash_mismatch, and the photo problems (not
    an image, too large, too many pixels, truncated).
    """
    if sent.sha256 in await inquiry_photos.waiting(store.reader, sent.inquiry_id, now):
        return True
    if (sent.announced or 0) > limits.max_bytes:
        raise problems.photo_too_large(limit=limits.max_bytes, size=sent.announced or 0)
    async with store.transaction() as tx:
        wait = await _let_in(tx, sent, mark, now, address)
    if wait is not None:  # counted, and therefore raised when that is on record
        raise problems.too_many_attempts(retry_after=wait)
    data = await _whole(sent, limits)
    facts = await anyio.to_thread.run_sync(images.examine, data, limits)
    for name, copy in (await anyio.to_thread.run_sync(images.derivatives, data)).items():
        await blobs.put(inquiry_photos.blob_key(sent.id, name), copy)
    async with store.transaction() as tx:
        await inquiry_photos.finish(tx, sent.id, width=facts.width, height=facts.height)
    return False


async def _let_in(tx: Tx, sent: SentPhoto, mark: Mark, now: datetime, address: str) -> float | None:
    """Spend the work and begin the photo; return the seconds to wait instead when there is no turn left."""
    if await inquiries.get(tx, sent.inquiry_id) is not None:
        raise problems.inquiry_is_sent()
    challenge = proofs.checked(sent.proof, proof_subject(sent.inquiry_id, sent.sha256), now, mark)
    if not isinstance(challenge, Challenge):
        raise problems.proof_not_valid(proofs.FAILURES[challenge])
    buckets = throttling.ASKING_PHOTOS.buckets(
        mark, address=address, device=sent.device, proved=True
    )
    if (wait := await throttles.take_each(tx, buckets, now)) is not None:
        return wait
    if not await spent_proofs.spend(tx, challenge, now):
        raise problems.proof_used()
    await inquiry_photos.begin(
        tx,
        sent.id,
        inquiry_id=sent.inquiry_id,
        sha256=sent.sha256,
        kept_until=now + WAITS,
    )
    return None


async def _whole(sent: SentPhoto, limits: images.Limits) -> bytes:
    """Return all bytes, or raise as soon as there are too many or they are not the ones that were announced."""
    data = bytearray()
    async for chunk in sent.chunks:
        data += chunk
        if len(data) > limits.max_bytes:
            raise problems.photo_too_large(limit=limits.max_bytes, size=len(data))
    actual = hashlib.sha256(data).hexdigest()
    if actual != sent.sha256:
        raise problems.hash_mismatch(expected=sent.sha256, actual=actual)
    return bytes(data)
