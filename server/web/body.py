"""Reading a body within its limit, or handing it over while it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request

from server import problems
from server.settings import Settings
from server.web.asking import Stream

# On a slow line something comes every few seconds; whoever sends nothing for so long is not there any more.
CHUNK_SECONDS = 30.0


async def read_body(request: Request, kind: Any, settings: Settings) -> bytes:
    """Return the whole body; raise unsupported_media_type, body_too_large or photo_too_large.

    The announced length is believed when it is too large, never when it is small: bytes are counted
    as they come, and reading stops at the limit.
    """
    raw = kind is bytes
    limit = settings.max_photo_bytes if raw else settings.max_body_bytes
    too_large = problems.photo_too_large if raw else problems.body_too_large
    _refuse_media_type(request, raw=raw)
    if (announced := announced_length(request) or 0) > limit:
        raise too_large(limit=limit, size=announced)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise too_large(limit=limit, size=len(body))
    return bytes(body)


def stream_body(request: Request, stream: Stream) -> AsyncIterator[bytes]:
    """Return the chunks of a body as they come; raise unsupported_media_type before the first.

    The iterator raises upload_stalled when nothing comes for CHUNK_SECONDS, and ClientDisconnect when the
    connection breaks: whoever iterates keeps what came before.
    """
    _refuse_coding(request)
    _refuse_other_than(stream.media_type, request)
    return _chunks(request)


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    arriving = request.stream()
    while True:
        try:
            async with asyncio.timeout(CHUNK_SECONDS):
                chunk = await anext(arriving)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise problems.upload_stalled(seconds=CHUNK_SECONDS) from None
        if chunk:
            yield chunk


def announced_length(request: Request) -> int | None:
    """Return the Content-Length, or None where the request has none."""
    announced = request.headers.get("content-length", "")
    return int(announced[:19]) if announced.isascii() and announced.isdigit() else None


def _refuse_media_type(request: Request, *, raw: bool) -> None:
    _refuse_coding(request)
    if not raw:  # a photo is judged by its content
        _refuse_other_than("application/json", request)


def _refuse_coding(request: Request) -> None:
    if (coding := request.headers.get("content-encoding", "identity")) != "identity":
        raise problems.unsupported_media_type(
            expected="Content-Encoding: identity", actual=coding[:60]
        )


def _refuse_other_than(expected: str, request: Request) -> None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != expected:
        raise problems.unsupported_media_type(expected=expected, actual=media_type[:60] or "-")
