"""The built web app, served from memory: each file compressed once at start.

Files under `assets/` have their content's hash in their name and may be kept for ever. Everything
else (the service worker, the manifest, icons, fonts by name) is asked for again with its ETag.
Nothing outside the folder can be reached: an address is a key of a dictionary, never a path.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import brotli
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


@dataclass(frozen=True, slots=True)
class Asset:
    """One file in every form it is sent in."""

    media_type: str
    etag: str
    cache: str
    forms: Mapping[str, bytes]  # by Content-Encoding; '' is the file itself


@dataclass(frozen=True, slots=True)
class BuiltFiles:
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
        if coding:
            headers["Content-Encoding"] = coding
        return Response(asset.forms[coding], headers=headers, media_type=asset.media_type)


def _coding(accepted: str, asset: Asset) -> str:
    named = parse_accept_encoding(accepted)
    return next((each for each in ("br", "gzip") if each in named and each in asset.forms), "")


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
    forms = {"": data}
    if media_type.startswith(_COMPRESSIBLE) and len(data) > 500:
        squeezed = {"br": brotli.compress(data, quality=9), "gzip": gzip.compress(data, 9, mtime=0)}
        forms |= {coding: form for coding, form in squeezed.items() if len(form) < len(data)}
    hashed = path.relative_to(folder).parts[0] == "assets"
    tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
    return Asset(media_type, tag, FOR_EVER if hashed else ASK_AGAIN, forms)


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
