"""The shelf: public answers kept until the division changes or time alone changes them.

An answer is kept with the version of its division that was read *before* the query, and with the next
moment at which visibility changes; it is never served past either. The ETag is made of the same two,
so a browser, a CDN and this process always agree on what is fresh.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

import brotli
import msgspec
from msgspec import Struct, field

from server.rules.divisions import village_of
from server.rules.page_views import Kind, Page
from server.rules.rulebook import Rulebook
from server.storage import versions
from server.web.asking import Answer, Ask
from server.web.counting import seen
from server.web.etag import weak

# Where an answer from the shelf says so, for the desk in front of the house.
KEPT = "gongshilan.kept"
MOST_BYTES = 32 * 1024 * 1024
SMALLEST_TO_COMPRESS = 500
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    # A page with its style is where quality 6 lacks a twentieth; a small window makes 7 as quick as that.
    "br": partial(brotli.compress, quality=7, lgwin=18),
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
}
_encoder = msgspec.json.Encoder()


class Turn(Struct, frozen=True):
    """When time alone changes an answer.

    `at` is said in the tag. `look_again_at` is not: then something may become public that nobody may know of
    before, and `appeared` counts what has (or is a print of it), so that the tag changes in that very moment and not earlier.
    """

    at: datetime | None
    look_again_at: datetime | None = None
    appeared: int = 0

    @property
    def kept_until(self) -> datetime | None:
        """Until when an answer may be served again."""
        return min((m for m in (self.at, self.look_again_at) if m is not None), default=None)


class Kept(Struct):
    """One answer: the version it was made of, when time changes it, its tag and its bytes as they are sent.

    `mark`: the store's freshness when the version was last looked at; while nothing at all was committed
    since, the version need not be asked for again. `page`: whose page of which kind it is, where it is one.
    """

    version: int
    book: Rulebook
    changes_at: datetime | None
    etag: str
    body: bytes
    mark: int
    page: Page | None = None
    encoded: dict[str, bytes] = field(default_factory=dict)

    def stands(self, book: Rulebook, now: datetime) -> bool:
        """Return whether rules and time have left it as it was."""
        return self.book is book and (self.changes_at is None or now < self.changes_at)

    def sent_as(self, accepted: str) -> tuple[bytes, str | None]:
        """Return the bytes for an Accept-Encoding header, and their encoding; each is made once."""
        if len(self.body) < SMALLEST_TO_COMPRESS:
            return self.body, None
        for name, encode in ENCODINGS.items():
            if name in accepted:
                if name not in self.encoded:
                    self.encoded[name] = encode(self.body)
                return self.encoded[name], name
        return self.body, None


class _Bench(Struct):
    """Those who want one answer that is being made: one makes it, the others wait."""

    people: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Shelf:
    """A bounded store of public answers; the least recently read leaves first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._bytes = 0
        self._most = most_bytes
        self._benches: dict[tuple[str, ...], _Bench] = {}

    def get(self, key: tuple[str, ...], book: Rulebook, now: datetime) -> Kept | None:
        """Return what is kept for a key if rules and time left it as it was; its version is the caller's to compare."""
        kept = self._kept.get(key)
        if kept is None or not kept.stands(book, now):
            return None
        self._kept.move_to_end(key)
        return kept

    @asynccontextmanager
    async def alone(self, key: tuple[str, ...]) -> AsyncIterator[None]:
        """Make the answer of a key while nobody else does; whoever waited for that looks on the shelf again.

        A failure is its maker's: the next in turn tries for itself. Nothing stays when nobody waits.
        """
        bench = self._benches.setdefault(key, _Bench())
        bench.people += 1
        try:
            async with bench.turn:
                yield
        finally:
            bench.people -= 1
            if not bench.people:
                del self._benches[key]

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
    division: Callable[[], Awaitable[str]],
    make: Callable[[], Awaitable[tuple[object, Turn]]],
    media_type: str = "application/json",
    headers: dict[str, str] | None = None,
    packed: bool = False,
    views: Kind | None = None,
) -> Answer:
    """Return a public answer from the shelf, or make it and keep it.

    `division` says whose version counter governs it. `make` returns the value (encoded as JSON unless it is text
    already, or bytes) and when time alone changes it. The mark and the version are read before the value.
    `packed`: the bytes are compressed as they are. `views`: it is counted how often people open it, as a page of this kind.
    """
    ask.db = ask.store.near
    shelf, book = ask.house.shelf, ask.house.book
    full = (*key, ask.lang)
    kept = shelf.get(full, book, ask.now)
    if kept is None or kept.mark != ask.store.freshness.mark():
        async with shelf.alone(full):
            kept = await _fresh(ask, shelf, full, division, make, views)
    ask.request.scope[KEPT] = kept
    if kept.page is not None:
        seen(ask, *kept.page)
    accepted = "" if packed else ask.request.headers.get("accept-encoding", "")
    body, encoding = kept.sent_as(accepted)
    sent = {"Vary": "Accept-Encoding, Accept-Language, Cookie", **(headers or {})}
    if encoding is not None:
        sent["Content-Encoding"] = encoding
    return Answer(
        content=body, etag=kept.etag, cache="no-cache", media_type=media_type, headers=sent
    )


async def _fresh(
    ask: Ask,
    shelf: Shelf,
    key: tuple[str, ...],
    division: Callable[[], Awaitable[str]],
    make: Callable[[], Awaitable[tuple[object, Turn]]],
    views: Kind | None,
) -> Kept:
    """Return what lies on the shelf if its division is as it was, or else make it and put it there."""
    book, mark = ask.house.book, ask.store.freshness.mark()
    kept = shelf.get(key, book, ask.now)
    if kept is not None and kept.mark == mark:
        return kept  # whoever was waited for has just made it
    of = await division()
    version = await versions.get(ask.db, of)
    if kept is None or kept.version != version:
        value, turn = await make()
        tag = _tag(ask, key, version, turn)
        page = (village_of(of), views) if views else None
        kept = Kept(version, book, turn.kept_until, tag, _bytes(value), mark, page)
        shelf.put(key, kept)
    kept.mark = mark
    return kept


async def itself(division: str) -> str:
    """Return a division's own code: a village page is governed by its village's counter."""
    return division


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else _encoder.encode(value)


def _tag(ask: Ask, key: tuple[str, ...], version: int, turn: Turn) -> str:
    moment = int(turn.at.timestamp()) if turn.at else 0
    # The build and the rules are part of the tag: a new policy or a new app must not meet an old copy.
    # So is the key: one address has several pages, by language and by the size of its letters.
    variant = hashlib.sha256("|".join(key).encode()).hexdigest()[:6]
    appeared = [turn.appeared] if turn.appeared else []
    return weak(version, moment, variant, ask.house.print, *appeared)
