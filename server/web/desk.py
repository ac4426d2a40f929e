"""The front desk: a public answer that lies on the shelf is handed out before anything is parsed.

The first time, an answer goes the whole way (routing, endpoint, middleware); the desk notes what was sent
and for which words of the request: address, host, encodings, languages, the reader's own choices. From then
on the same words get the same bytes, as long as the shelf would give them too: rules unchanged, nothing
committed, its moment not come. Whoever is signed in goes the whole way, and so does everything else.

No line is logged for each of these answers; every half minute the desk says how many it gave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import structlog
from msgspec import Struct
from starlette.types import Message, Scope, Send

from server.rules.page_views import TELLING, Page, by_a_person
from server.rules.rulebook import Rulebook
from server.web import etag
from server.web.shelf import KEPT, MOST_BYTES, Kept

log = structlog.get_logger("desk")

# Copies beyond these are dropped all at once: the shelf behind still has most of them.
MOST_COPIES = 8192
# What a request may say and still get the same bytes as the next one who says it.
_WORDS = frozenset({b"host", b"accept-encoding", b"accept-language", b"cookie"})
# Cookies of people at work: session and shared phone (web/cookies.py). Their tokens are kept nowhere.
_OURS = b"gsl_"

Key = tuple[object, ...]


_STATUS_LINES = {200: b"HTTP/1.1 200 OK", 304: b"HTTP/1.1 304 Not Modified"}


class Parcel(Struct, frozen=True):
    """An answer packed for both ways out: as messages, and as the bytes of HTTP/1.1.

    `head` is status line and headers, each line ended, without the empty line: the server adds its date.
    """

    start: Message
    body: Message
    head: bytes
    content: bytes


class Copy(Struct):
    """One answer as it goes out: whole, and as 304; `given` and `spared` count them."""

    kept: Kept
    tag: bytes
    whole: Parcel
    unchanged: Parcel
    route: str
    given: int = 0
    spared: int = 0


class Desk:
    """The copies at hand, by what was asked."""

    def __init__(self) -> None:
        self._copies: dict[Key, Copy] = {}
        self._bytes = 0

    def find(
        self,
        target: bytes,
        scheme: str,
        headers: Iterable[tuple[bytes, bytes]],
        book: Rulebook,
        mark: Callable[[], int],
        clock: Callable[[], datetime],
        view: Callable[[Page, datetime], None],
    ) -> Parcel | None:
        """Return what answers a GET of `target` (path and query as they were sent), or None: the whole way then.

        `view` is told of a page that somebody opened.
        """
        words: list[bytes] = []
        telling: list[bytes] = []
        have = None
        for name, value in headers:
            if name in _WORDS:
                words += (name, value)
            elif name in TELLING:
                telling.append(value)
            elif name == b"if-none-match":
                have = value
        copy = self._copies.get((target, scheme, *words))
        if copy is None or copy.kept.mark != mark() or not copy.kept.stands(book, now := clock()):
            return None
        if copy.kept.page is not None and by_a_person(telling):
            view(copy.kept.page, now)
        if have is not None and (
            have == copy.tag or etag.matches(have.decode("latin-1"), copy.kept.etag)
        ):
            copy.spared += 1
            return copy.unchanged
        copy.given += 1
        return copy.whole

    def noting(self, scope: Scope, send: Send) -> Send:
        """Return a `send` that notes what goes out, if it came from the shelf and is everybody's."""
        started: Message | None = None

        async def note(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = message
            elif started is not None and KEPT in scope:
                self._note(scope, started, message)
            await send(message)

        return note

    def _note(self, scope: Scope, start: Message, body: Message) -> None:
        headers: list[tuple[bytes, bytes]] = list(start["headers"])
        names = {name for name, _ in headers}
        words = [part for pair in scope["headers"] if pair[0] in _WORDS for part in pair]
        if (
            start["status"] != 200
            or body.get("more_body")
            or b"set-cookie" in names
            or any(_OURS in word for word in words)
        ):
            return
        kept: Kept = scope[KEPT]
        if len(self._copies) >= MOST_COPIES or self._bytes > MOST_BYTES:
            self.report()
            self._copies.clear()
            self._bytes = 0
        of_content = {b"content-length", b"content-type", b"content-encoding"}
        key = (target_of(scope), scope["scheme"], *words)
        old = self._copies.get(key)
        self._bytes += len(body["body"]) - (len(old.whole.content) if old else 0)
        self._copies[key] = Copy(
            kept=kept,
            tag=kept.etag.encode("latin-1"),
            whole=_parcel(200, headers, body["body"]),
            unchanged=_parcel(304, [pair for pair in headers if pair[0] not in of_content], b""),
            route=_route(scope),
            given=old.given if old else 0,
            spared=old.spared if old else 0,
        )

    def report(self) -> None:
        """Say in the log how many answers were given since the last report, by route and status."""
        counts: Counter[tuple[str, int]] = Counter()
        for copy in self._copies.values():
            counts[copy.route, 200] += copy.given
            counts[copy.route, 304] += copy.spared
            copy.given = copy.spared = 0
        for (route, status), times in counts.items():
            if times:
                log.info("answered from the desk", route=route, status=status, times=times)


def target_of(scope: Scope) -> bytes:
    """Return path and query as they were sent."""
    query: bytes = scope["query_string"]
    path: bytes = scope["raw_path"]
    return path + b"?" + query if query else path


def _parcel(status: int, headers: list[tuple[bytes, bytes]], content: bytes) -> Parcel:
    lines = [_STATUS_LINES[status], *(name + b": " + value for name, value in headers), b""]
    return Parcel(
        start={"type": "http.response.start", "status": status, "headers": headers},
        body={"type": "http.response.body", "body": content},
        head=b"\r\n".join(lines),
        content=content,
    )


def _route(scope: Scope) -> str:
    endpoint: Any = scope.get("endpoint")
    return getattr(endpoint, "path", "")
