"""The load: keep-alive connections on one event loop, each sending its next request when it has the answer.

The answers' size is learnt by reading one properly; after that a connection counts bytes and looks at the
status line only, so that the generator needs a fraction of what the fastest server needs.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import cast

# A cache that says the answer's age needs more digits as time passes.
AGE_MAY_GROW = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, read whole."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int


def request(
    method: str, path: str, port: int, headers: dict[str, str] | None = None, body: bytes = b""
) -> bytes:
    """Return a request's bytes."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    """Read one answer, by its length or in chunks."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    status = int(first.split(" ")[1])
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in rest if line)}
    size, body = len(head), b""
    if headers.get("transfer-encoding") == "chunked":
        while True:
            line = await reader.readuntil(b"\r\n")
            chunk = await reader.readexactly(int(line, 16) + 2)
            size += len(line) + len(chunk)
            body += chunk[:-2]
            if len(chunk) == 2:
                break
    elif status not in (204, 304):
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        size += len(body)
    return Answer(status, headers, body, size)


async def ask(port: int, sent: bytes) -> Answer:
    """Send one request on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        return await asyncio.wait_for(read_answer(reader), 20)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


@dataclass(slots=True)
class Run:
    """What a span of load saw: seconds for each answer, and how many were not as expected."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    wrong: int = 0
    first_wrong: str = ""

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        ranked = sorted(self.times)
        return ranked[min(len(ranked) - 1, int(len(ranked) * share))] if ranked else float("nan")


class Connection(asyncio.Protocol):
    """One reader that asks the same thing again and again."""

    def __init__(self, run: Run, sent: bytes, size: int, status: bytes) -> None:
        self.run, self.sent, self.size, self.status = run, sent, size, status
        self.got, self.since, self.open = 0, 0.0, True
        self.transport: asyncio.Transport | None = None
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's are not its children
        self._send()

    def _send(self) -> None:
        self.got = 0
        self.since = time.perf_counter()
        if self.transport is not None:
            self.transport.write(self.sent)

    def data_received(self, data: bytes) -> None:
        if not self.got and data[9:12] != self.status:
            self.run.wrong += 1
        self.got += len(data)
        if self.got < self.size:
            return
        if self.got > self.size + AGE_MAY_GROW:
            self.run.wrong += 1
        if self.open:
            self.run.times.append(time.perf_counter() - self.since)
            self._send()
        elif self.transport is not None:
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if self.open:
            self.run.wrong += 1
        if not self.done.done():
            self.done.set_result(error)


@contextlib.asynccontextmanager
async def reading(port: int, sent: bytes, like: Answer, connections: int) -> AsyncIterator[Run]:
    """Load a server inside the block; the run is whole when the block has ended."""
    run = Run()
    loop = asyncio.get_running_loop()
    made: list[Connection] = []
    status = str(like.status).encode()
    for _ in range(connections):
        _, each = await loop.create_connection(
            lambda: Connection(run, sent, like.size, status), "127.0.0.1", port
        )
        made.append(each)
    started = time.perf_counter()
    run.times.clear()
    try:
        yield run
    finally:
        run.seconds = time.perf_counter() - started
        for each in made:
            each.open = False
        await asyncio.wait([each.done for each in made], timeout=3)
        for each in made:
            if each.transport is not None:
                each.transport.abort()


async def post_all(
    port: int, bodies: list[Iterator[bytes]], seconds: float, *, per_second: float | None = None
) -> Run:
    """Let each client send its own requests one after another, all together at most `per_second`."""
    run = Run()
    started = time.perf_counter()
    turn = iter(range(10**9))

    async def client(mine: Iterator[bytes]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            for sent in mine:
                if per_second is not None:
                    due = started + next(turn) / per_second
                    await asyncio.sleep(max(0.0, due - time.perf_counter()))
                since = time.perf_counter()
                if since - started >= seconds:
                    break
                writer.write(sent)
                answer = await asyncio.wait_for(read_answer(reader), 30)
                if answer.status == 201:
                    run.times.append(time.perf_counter() - since)
                else:
                    run.wrong += 1
                    run.first_wrong = run.first_wrong or f"{answer.status} {answer.body[:200]!r}"
        finally:
            writer.close()

    await asyncio.gather(*(client(mine) for mine in bodies))
    run.seconds = time.perf_counter() - started
    return run
