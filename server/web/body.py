"""Reading a body within its limit, while it arrives."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from server import problems
from server.settings import Settings


async def read_body(request: Request, kind: Any, settings: Settings) -> bytes:
    """Return the whole body; raise unsupported_media_type, body_too_large or photo_too_large.

    The announced length is believed when it is too large, never when it is small: bytes are counted
    as they come, and reading stops at the limit.
    """
    raw = kind is bytes
    limit = settings.max_photo_bytes if raw else settings.max_body_bytes
    too_large = problems.photo_too_large if raw else problems.body_too_large
    _refuse_media_type(request, raw=raw)
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:19]) > limit:
        raise too_large(limit=limit, size=int(announced[:19]))
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise too_large(limit=limit, size=len(body))
    return bytes(body)


def _refuse_media_type(request: Request, *, raw: bool) -> None:
    if (coding := request.headers.get("content-encoding", "identity")) != "identity":
        raise problems.unsupported_media_type(
            expected="Content-Encoding: identity", actual=coding[:60]
        )
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if raw:
        return  # a photo is judged by its content
    if media_type != "application/json":
        raise problems.unsupported_media_type(
            expected="application/json", actual=media_type[:60] or "-"
        )
