"""Receive bytes of an upload: what came is kept, however the connection ends, and the last byte makes it a photo.

Order: 1. the offset is compared; 2. each piece is added as it comes; 3. everything is durable; 4. when all is
there, the photo is kept, and only then the last byte is acknowledged. A piece with a checksum is added whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from server import problems
from server.problems import Problem
from server.rules.uploads import counted
from server.storage.uploads import Busy, Gone, Part, Upload, UploadFolder, WrongOffset


class Checksum(Struct, frozen=True):
    """What the sender says the piece is."""

    algorithm: Literal["sha1", "sha256"]
    digest: bytes


class Piece(Struct, frozen=True):
    """Bytes on their way: where they begin, how many are announced (None: not said), and what they sum up to."""

    at: int
    chunks: AsyncIterator[bytes]
    announced: int | None = None
    checksum: Checksum | None = None


Keep = Callable[[bytes], Awaitable[object]]


async def receive_upload(
    uploads: UploadFolder, upload: Upload, piece: Piece, *, now: datetime, keep: Keep
) -> int:
    """Add a piece and return the new offset; `keep` makes a photo of the whole, or raises its problem.

    A problem of the photo itself removes the upload: its bytes will never be a photo. After anything else
    it can go on from its offset.
    Raises: upload_offset_differs, upload_locked, upload_too_long, chunk_checksum_differs, not_found, and what `keep` raises.
    """
    try:
        at = await _offset(uploads, upload)
        if piece.at != at:
            raise problems.upload_offset_differs(expected=at, actual=piece.at)
        if (piece.announced or 0) > upload.length - at:
            raise problems.upload_too_long(limit=upload.length, size=at + (piece.announced or 0))
        if upload.finished:
            return await _nothing_more(upload, piece)
        async with uploads.opened(upload) as part:
            end = await _added(part, upload, piece)
            if end == upload.length:
                await _kept(uploads, upload, part, now=now, keep=keep)
    except Busy:
        raise problems.upload_locked() from None
    except (Gone, WrongOffset):
        raise await _moved(uploads, upload, piece, now) from None
    return end


async def _added(part: Part, upload: Upload, piece: Piece) -> int:
    """Add what comes and return where it ends; what came before a connection broke is added and durable."""
    end = piece.at
    try:
        async for chunk in _verified(piece, upload):
            await part.add(end, chunk)
            end += len(chunk)
    finally:
        await part.sync()
    return end


async def _verified(piece: Piece, upload: Upload) -> AsyncIterator[bytes]:
    """Yield the chunks as they come, or all as one when their sum has to be right first; raise upload_too_long."""
    whole = bytearray()
    end = piece.at
    async for chunk in piece.chunks:
        end += len(chunk)
        if end > upload.length:
            raise problems.upload_too_long(limit=upload.length, size=end)
        if piece.checksum is None:
            yield chunk
        else:
            whole += chunk
    if piece.checksum is None:
        return
    if hashlib.new(piece.checksum.algorithm, whole).digest() != piece.checksum.digest:
        raise problems.chunk_checksum_differs(offset=piece.at, size=len(whole))
    yield bytes(whole)


async def _kept(
    uploads: UploadFolder, upload: Upload, part: Part, *, now: datetime, keep: Keep
) -> None:
    async with part.locked():
        data = await part.whole()
        try:
            await keep(data)
        except Problem as problem:
            if problem.status < 500:
                await uploads.remove(upload)
            raise
        await uploads.finish(upload, now)


async def _nothing_more(upload: Upload, piece: Piece) -> int:
    """Return the length of a finished upload to whoever sends nothing more."""
    async for _ in _verified(piece, upload):
        pass
    return upload.length


async def _offset(uploads: UploadFolder, upload: Upload) -> int:
    arrived = await uploads.arrived(upload)
    return counted(arrived=arrived, length=upload.length, finished=upload.finished)


async def _moved(uploads: UploadFolder, upload: Upload, piece: Piece, now: datetime) -> Problem:
    """Return what to say when somebody else sent, finished or removed it meanwhile."""
    try:
        if current := await uploads.get(upload.owner, upload.id, now):
            at = await _offset(uploads, current)
            return problems.upload_offset_differs(expected=at, actual=piece.at)
    except Gone:
        pass
    return problems.not_found()
