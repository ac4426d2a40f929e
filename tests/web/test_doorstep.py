"""The doorstep: bytes that lie ready are handed out at once, and whatever is unusual goes the whole way."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from server.cli.doorstep import Doorstep
from server.web.desk import Parcel
from tests.cast import VILLAGE_A, Hall

pytestmark = pytest.mark.one_engine

VILLAGE = f"/v/{VILLAGE_A}"
DATE = b"Fri, 09 Oct 2026 02:00:00 GMT"


@pytest.fixture
async def door(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Door]:
    monkeypatch.setattr(hall.store.freshness, "_lease", 3600.0)
    config = Config(hall.app, lifespan="off", proxy_headers=False, log_config=None)
    config.load()
    state = ServerState()
    state.default_headers = [(b"date", DATE)]
    loop = asyncio.get_running_loop()
    door = Door(state)

    class Watched(Doorstep):
        def _ready(self) -> Parcel | None:
            parcel = super()._ready()
            door.handed_out += parcel is not None
            return parcel

    server = await loop.create_server(
        lambda: Watched(config, state, {}, _loop=loop), "127.0.0.1", 0
    )
    door.port = server.sockets[0].getsockname()[1]
    yield door
    server.close()
    for connection in list(state.connections):
        connection.transport.close()  # type: ignore[union-attr]
    await asyncio.sleep(0)


class Door:
    """A listening door, and how often something was handed out at it."""

    def __init__(self, state: ServerState) -> None:
        self.state = state
        self.port = 0
        self.handed_out = 0

    async def send(self, sent: bytes) -> bytes:
        """Send bytes on a connection of their own, and return all that comes until the other side is silent."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(sent)
        got = b""
        try:
            while more := await asyncio.wait_for(reader.read(1 << 20), 5 if not got else 0.25):
                got += more
        except TimeoutError:
            pass
        writer.close()
        return got


def ask(path: str = VILLAGE, *lines: str, method: str = "GET", version: str = "1.1") -> bytes:
    head = [f"{method} {path} HTTP/{version}", "Host: gongshi.test", *lines]
    return "\r\n".join([*head, "", ""]).encode()


def parts(answer: bytes) -> tuple[bytes, list[bytes], bytes]:
    """Return status line, sorted headers and body."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    return first, sorted(lines), body


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
async def test_it_hands_out_the_very_bytes_of_the_whole_way(door: Door, coding: str) -> None:
    asked = ask(VILLAGE, f"Accept-Encoding: {coding}")
    first = await door.send(asked)
    second = await door.send(asked)
    assert door.handed_out == 1
    assert first.startswith(b"HTTP/1.1 200 OK\r\n")
    assert parts(second) == parts(first)
    assert b"date: " + DATE in parts(second)[1]


async def test_a_reader_who_has_it_is_told_so(door: Door) -> None:
    first = await door.send(ask())
    tag = re.search(rb"etag: (.+)\r\n", first)[1].decode()  # type: ignore[index]
    status, lines, body = parts(await door.send(ask(VILLAGE, f"If-None-Match: {tag}")))
    assert (status, body, door.handed_out) == (b"HTTP/1.1 304 Not Modified", b"", 1)
    assert not any(line.startswith(b"content-") and b"policy" not in line for line in lines)


async def test_requests_in_one_breath_are_answered_in_their_order(door: Door) -> None:
    whole = await door.send(ask())
    api = f"/api/v1/villages/{VILLAGE_A}"
    answers = await door.send(ask() + ask(api) + ask() + ask("/healthz") + ask())
    order = [b"text/html", b"application/json", b"text/html", b"application/json", b"text/html"]
    assert re.findall(rb"content-type: ([a-z/]+)", answers) == order
    assert answers.endswith(parts(whole)[2])
    # What came behind a request that was under way had to wait for it, and went the whole way.
    assert door.handed_out >= 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (ask(version="1.0"), 200),
        (ask(VILLAGE, "Connection: close"), 200),
        (ask(method="HEAD"), 200),
        (ask(VILLAGE + "?lang=en"), 200),
        (ask(VILLAGE, "Connection: Upgrade", "Upgrade: websocket"), 200),
        (ask("/v/640425999999"), 404),
    ],
    ids=["old http", "goes away", "head", "other query", "upgrade", "no such place"],
)
async def test_the_unusual_goes_the_whole_way(door: Door, sent: bytes, status: int) -> None:
    await door.send(ask())
    answer = await door.send(sent)
    assert f" {status} ".encode() in parts(answer)[0]
    assert door.handed_out == 0


async def test_a_body_that_a_reader_sends_along_is_not_the_next_request(door: Door) -> None:
    await door.send(ask())
    smuggled = ask("/healthz")
    answer = await door.send(ask(VILLAGE, f"Content-Length: {len(smuggled)}") + smuggled)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert door.handed_out == 1
    assert door.state.total_requests == 2


async def test_nothing_more_is_handed_to_whoever_does_not_read(door: Door) -> None:
    page = await door.send(ask())
    _, writer = await asyncio.open_connection("127.0.0.1", door.port, limit=1024)
    for _ in range(2000):
        writer.write(ask())
    await asyncio.sleep(0.3)
    (connection,) = (each for each in door.state.connections if each.flow.write_paused)  # type: ignore[union-attr]
    held = connection.transport.get_write_buffer_size()  # type: ignore[union-attr]
    assert held < 64 * 1024 + 2 * len(page)
    assert door.handed_out < 2000
    writer.transport.abort()
