"""The built web app, served from memory: each file compressed once, when it is first asked for.

Files under `assets/` have their content's hash in their name and may be kept for ever. Everything
else (the service worker, the manifest, icons, fonts by name) is asked for again with its ETag.
Nothing outside the folder can be reached: an address is a key of a dictionary, never a path.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import brotli
from msgspec import Struct, field
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette_compress._utils import parse_accept_encoding

from server import problems
from server.web import answers, etag

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".map": "application/json",
}
_COMPRESSIBLE = ("text/", "application/", "image/svg")
_SMALLEST = 500
# The last twentieth costs ten times as much: what every reader loads is worth it, the large staff app is not.
_SQUEEZED_HARD = 64 * 1024


def _brotli(data: bytes) -> bytes:
    return bytes(brotli.compress(data, quality=11 if len(data) <= _SQUEEZED_HARD else 9))


_SQUEEZE: dict[str, Callable[[bytes], bytes]] = {
    "br": _brotli,
    "gzip": partial(gzip.compress, compresslevel=9, mtime=0),
}


class Asset(Struct):
    """One file, and the forms in which it was sent so far."""

    media_type: str
    etag: str
    cache: str
    data: bytes
    _forms: dict[str, bytes] = field(default_factory=dict)

    def form(self, coding: str) -> bytes:
        """Return the bytes for a Content-Encoding, 'br' or 'gzip'; the file itself where that is no smaller."""
        if coding not in self._forms:
            squeezed = _SQUEEZE[coding](self.data)
            self._forms[coding] = min(squeezed, self.data, key=len)
        return self._forms[coding]

    @property
    def shrinks(self) -> bool:
        """The file is text, and long enough to be worth the trouble."""
        return self.media_type.startswith(_COMPRESSIBLE) and len(self.data) > _SMALLEST


class BuiltFiles(Struct, frozen=True):
    """The built web app: files by address."""

    files: Mapping[str, Asset] = field(default_factory=dict)

    def respond(self, address: str, request_headers: Mapping[str, str]) -> Response | None:
        """Return the response for a file, or None if there is no such file."""
        asset = self.files.get(address)
        if asset is None:
            return None
        headers = {"ETag": asset.etag, "Cache-Control": asset.cache, "Vary": "Accept-Encoding"}
        if etag.matches(request_headers.get("if-none-match"), asset.etag):
            return Response(status_code=304, headers=headers)
        coding = _coding(request_headers.get("accept-encoding", ""), asset)
        body = asset.form(coding) if coding else asset.data
        if body is not asset.data:
            headers["Content-Encoding"] = coding
        return Response(body, headers=headers, media_type=asset.media_type)


def _coding(accepted: str, asset: Asset) -> str:
    named = parse_accept_encoding(accepted) if asset.shrinks else ()
    return next((each for each in _SQUEEZE if each in named), "")


def load_files(folder: Path) -> BuiltFiles:
    """Read the built web app; an empty one if it was never built."""
    if not folder.is_dir():
        return BuiltFiles()
    files = {
        "/" + path.relative_to(folder).as_posix(): _load(path, folder)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".vite" not in path.parts and path.suffix != ".map"
    }
    return BuiltFiles(files)


def _load(path: Path, folder: Path) -> Asset:
    data = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    media_type = media_type or "application/octet-stream"
    hashed = path.relative_to(folder).parts[0] == "assets"
    tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
    return Asset(media_type, tag, FOR_EVER if hashed else ASK_AGAIN, data)


class FileDoor:
    """The ASGI application behind every address that no endpoint has: a file, or not found."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        files: BuiltFiles = request.app.state.house.files
        found = None
        if request.method in ("GET", "HEAD"):
            found = files.respond(request.url.path, request.headers)
        elif request.url.path in files.files:
            found = answers.problem_response(
                problems.method_not_allowed("GET, HEAD"), request, answers.lang_of(request)
            )
        response = found or answers.problem_response(
            problems.not_found(), request, answers.lang_of(request)
        )
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)
