"""Reading a body within its limit, or handing it over while it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.requests import Request

from server import problems
from server.problems import Problem
from server.settings import Settings
from server.web.asking import Endpoint, Stream

# On a slow line something comes every few seconds; whoever sends nothing for so long is not there any more.
CHUNK_SECONDS = 30.0
# And one request does not go on for ever: the moment it began is the moment it is judged by.
STREAM_SECONDS = 600.0
FORM = "application/x-www-form-urlencoded"


async def read_body(request: Request, endpoint: Endpoint, settings: Settings) -> bytes:
    """Return the whole body; raise unsupported_media_type, body_stalled, or body, photo or spreadsheet too large.

    The announced length is believed when it is too large, never when it is small: bytes are counted
    as they come, and reading stops at the limit.
    """
    limit = _limit(endpoint, settings)
    _refuse_media_type(request, endpoint)
    if (announced := announced_length(request) or 0) > limit:
        raise _too_large(endpoint, limit, announced)
    body = bytearray()
    async for chunk in _chunks(request, problems.body_stalled):
        body += chunk
        if len(body) > limit:
            raise _too_large(endpoint, limit, len(body))
    return bytes(body)


def _limit(endpoint: Endpoint, settings: Settings) -> int:
    if endpoint.body is not bytes:
        return settings.max_body_bytes
    photo = endpoint.raw == "photo"
    return settings.max_photo_bytes if photo else settings.max_spreadsheet_bytes


def _too_large(endpoint: Endpoint, limit: int, size: int) -> Problem:
    if endpoint.body is not bytes:
        return problems.body_too_large(limit=limit, size=size)
    if endpoint.raw == "photo":
        return problems.photo_too_large(limit=limit, size=size)
    return problems.spreadsheet_too_large(None, limit=limit, size=size)


def stream_body(request: Request, stream: Stream) -> AsyncIterator[bytes]:
    """Return the chunks of a body as they come; raise unsupported_media_type before the first.

    The iterator raises upload_stalled (body_stalled, where nothing is kept) when nothing comes for CHUNK_SECONDS or
    more than that for STREAM_SECONDS, and ClientDisconnect when the connection breaks.
    """
    _refuse_coding(request)
    _refuse_other_than(stream.media_type, request)
    stalled = problems.upload_stalled if stream.resumes else problems.body_stalled
    return _chunks(request, stalled)


async def _chunks(request: Request, stalled: Callable[..., Problem]) -> AsyncIterator[bytes]:
    arriving = request.stream()
    loop = asyncio.get_running_loop()
    end = loop.time() + STREAM_SECONDS
    while True:
        try:
            async with asyncio.timeout_at(min(loop.time() + CHUNK_SECONDS, end)):
                chunk = await anext(arriving)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise stalled(seconds=CHUNK_SECONDS, most=STREAM_SECONDS) from None
        if chunk:
            yield chunk


def announced_length(request: Request) -> int | None:
    """Return the Content-Length, or None where the request has none."""
    announced = request.headers.get("content-length", "")
    return int(announced[:19]) if announced.isascii() and announced.isdigit() else None


def _refuse_media_type(request: Request, endpoint: Endpoint) -> None:
    _refuse_coding(request)
    if endpoint.body is not bytes:  # a photo or a spreadsheet is judged by its content
        _refuse_other_than(FORM if endpoint.form else "application/json", request)


def _refuse_coding(request: Request) -> None:
    if (coding := request.headers.get("content-encoding", "identity")) != "identity":
        raise problems.unsupported_media_type(
            expected="Content-Encoding: identity", actual=coding[:60]
        )


def _refuse_other_than(expected: str, request: Request) -> None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != expected:
        raise problems.unsupported_media_type(expected=expected, actual=media_type[:60] or "-")
