"""The shelf: public answers kept until the division changes or time alone changes them.

An answer is kept with the version of its division that was read *before* the query, and with the next
moment at which visibility changes; it is never served past either. The ETag is made of the same two,
so a browser, a CDN and this process always agree on what is fresh.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from server.storage import versions
from server.web.asking import Answer, Ask
from server.web.etag import weak

MOST_BYTES = 32 * 1024 * 1024
_encoder = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer: the version it was made of, when time changes it, its tag and its bytes."""

    version: int
    book: int
    changes_at: datetime | None
    etag: str
    body: bytes


class Shelf:
    """A bounded store of public answers; the least recently read leaves first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._bytes = 0
        self._most = most_bytes

    def get(self, key: tuple[str, ...], version: int, book: int, now: datetime) -> Kept | None:
        """Return what is kept for a key if it is still true."""
        kept = self._kept.get(key)
        if kept is None or kept.version != version or kept.book != book:
            return None
        if kept.changes_at is not None and kept.changes_at <= now:
            return None
        self._kept.move_to_end(key)
        return kept

    def put(self, key: tuple[str, ...], kept: Kept) -> None:
        """Keep an answer, dropping the least recently read beyond the limit."""
        old = self._kept.pop(key, None)
        self._bytes += len(kept.body) - (len(old.body) if old else 0)
        self._kept[key] = kept
        while self._bytes > self._most and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= len(dropped.body)


async def public_answer(
    ask: Ask,
    *,
    key: tuple[str, ...],
    division: str,
    make: Callable[[], Awaitable[tuple[object, datetime | None]]],
    media_type: str = "application/json",
) -> Answer:
    """Return a public answer from the shelf, or make it and keep it.

    `make` returns the value (encoded as JSON unless it is text already) and the moment at which time alone changes it.
    """
    shelf = ask.house.shelf
    version, book = await versions.get(ask.db, division), id(ask.house.book)
    full = (*key, ask.lang)
    kept = shelf.get(full, version, book, ask.now)
    if kept is None:
        value, changes_at = await make()
        body = value.encode() if isinstance(value, str) else _encoder.encode(value)
        moment = int(changes_at.timestamp()) if changes_at else 0
        # The book and the build are part of the tag: a new policy or a new app must not meet an old copy.
        # So is the key: one address has several pages, by language and by the size of its letters.
        variant = hashlib.sha256("|".join(full).encode()).hexdigest()[:6]
        tag = weak(version, moment, variant, ask.house.print)
        kept = Kept(version, book, changes_at, tag, body)
        shelf.put(full, kept)
    return Answer(content=kept.body, etag=kept.etag, cache="no-cache", media_type=media_type)
