"""A bad network: a TCP proxy that breaks, delays, repeats and swallows what passes through it, and counts.

It understands just enough HTTP to know where a request begins and how long its body is. What happens to a
request is decided by a `Weather`: a function of how many requests have passed, or dice with a seed, so
that a failure can be repeated.
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

# - reset: both ends are torn down in the middle of the body
# - cut: the server sees the connection end in the middle of the body, the client sees it break
# - vanish: the client sees it break, the server hears nothing more (a phone out of reach)
# - mute: the request arrives whole, its answer does not
# - twice: the whole request arrives a second time, on a connection of its own
# - slow: the body arrives in small pieces with pauses
Kind = Literal["reset", "cut", "vanish", "mute", "twice", "slow"]
KINDS: tuple[Kind, ...] = ("reset", "cut", "vanish", "mute", "twice", "slow")
BLOCK = 16_384


@dataclass(slots=True)
class Passing:
    """One request as it passes: its headers (lower case) and how many bytes of its body went on."""

    method: str
    path: str
    headers: dict[str, str]
    body: int = 0
    fault: Fault | None = None

    @property
    def length(self) -> int:
        """How many bytes its body has."""
        return int(self.headers.get("content-length", "0"))


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to a request, for the breaking ones after which share of its body."""

    kind: Kind
    share: float = 0.5


Weather = Callable[[int, Passing], Fault | None]


def fair(_: int, __: Passing) -> Fault | None:
    """Return no fault, ever."""
    return None


def first(method: str, fault: Fault) -> Weather:
    """Return the weather in which this happens to the first request of a method, and nothing after."""
    seen: list[Passing] = []

    def weather(_: int, passing: Passing) -> Fault | None:
        if passing.method != method or seen:
            return None
        seen.append(passing)
        return fault

    return weather


def stormy(seed: int, *, calm_after: int) -> Weather:
    """Return dice: two requests of three meet with something, until so many have passed."""
    dice = random.Random(seed)

    def weather(number: int, _: Passing) -> Fault | None:
        if number >= calm_after or dice.random() < 1 / 3:
            return None
        return Fault(dice.choice(KINDS), dice.random())

    return weather


@dataclass(slots=True)
class Proxy:
    """The proxy while it runs: its own port, where it leads, and what has passed."""

    target: int
    weather: Weather = fair
    port: int = 0
    passed: list[Passing] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _open: list[asyncio.StreamWriter] = field(default_factory=list)
    _loop: asyncio.AbstractEventLoop | None = None

    @property
    def address(self) -> str:
        """The address that clients are given."""
        return f"http://127.0.0.1:{self.port}"

    def bytes_of(self, method: str) -> int:
        """Return how many bytes the bodies of these requests had that went on, the repeated ones once."""
        return sum(each.body for each in self.passed if each.method == method)

    def lead_to(self, target: int) -> None:
        """Lead elsewhere from now on; what is open is torn down, for it would still lead to where it led."""
        self.target = target
        assert self._loop is not None
        for writer in self._open:
            self._loop.call_soon_threadsafe(writer.transport.abort)

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection of a client until it ends or something happens to it."""
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        self._open += [writer, to_server]
        passage = _Passage(self, reader, writer, from_server, to_server)
        answers = asyncio.create_task(passage.answers())
        try:
            await passage.requests()
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.transport.abort()
            to_server.transport.abort()
        finally:
            if not passage.vanished:
                with suppress(ConnectionError, TimeoutError):
                    await asyncio.wait_for(answers, 10)
                to_server.close()
            writer.close()

    def repeat(self, request: bytes) -> None:
        """Send a whole request once more on a connection of its own; nobody reads the answer."""
        task = asyncio.create_task(self._repeat(request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _repeat(self, request: bytes) -> None:
        with suppress(ConnectionError):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
            self._open.append(writer)
            writer.write(request)
            with suppress(TimeoutError):
                await asyncio.wait_for(reader.read(65_536), 10)
            writer.close()


@dataclass(slots=True)
class _Passage:
    """One connection: the client's two streams and the server's."""

    proxy: Proxy
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    from_server: asyncio.StreamReader
    to_server: asyncio.StreamWriter
    mute: bool = False
    vanished: bool = False

    async def answers(self) -> None:
        with suppress(ConnectionError):
            while data := await self.from_server.read(65_536):
                if self.mute:
                    break
                self.writer.write(data)
                await self.writer.drain()
        if self.mute:
            self.writer.transport.abort()
        else:
            self.writer.close()

    async def requests(self) -> None:
        while True:
            try:
                head = await self.reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                if self.to_server.can_write_eof():
                    self.to_server.write_eof()
                return
            passing = _understood(head)
            number = len(self.proxy.passed)
            self.proxy.passed.append(passing)
            passing.fault = self.proxy.weather(number, passing)
            if not await self._carry(head, passing):
                return

    async def _carry(self, head: bytes, passing: Passing) -> bool:
        """Carry one request; return whether the connection is there for another."""
        fault = passing.fault
        kind = fault.kind if fault else None
        breaks_at = passing.length + 1
        if fault and kind in ("reset", "cut", "vanish"):
            breaks_at = int(passing.length * fault.share)
        self.mute = kind == "mute"
        self.to_server.write(head)
        request = bytearray(head)
        while passing.body < min(passing.length, breaks_at):
            most = min(BLOCK, passing.length - passing.body, breaks_at - passing.body)
            data = await self.reader.read(most)
            if not data:
                raise ConnectionResetError
            if kind == "slow":
                await asyncio.sleep(0.002)
            request += data
            self.to_server.write(data)
            await self.to_server.drain()
            passing.body += len(data)
        if breaks_at <= passing.length:
            await self._break(kind)
            return False
        if kind == "twice":
            self.proxy.repeat(bytes(request))
        return True

    async def _break(self, kind: Kind | None) -> None:
        # What was carried so far is on its way: a mast loses the phone, not what it has passed on.
        await asyncio.sleep(0.1)
        self.writer.transport.abort()
        if kind == "reset":
            self.to_server.transport.abort()
        elif kind == "cut":
            self.to_server.close()
        else:
            self.vanished = True


def _understood(head: bytes) -> Passing:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    assert "chunked" not in headers.get("transfer-encoding", ""), "this proxy counts Content-Length"
    return Passing(method, path, headers)


@contextmanager
def proxied(target: int, weather: Weather = fair) -> Iterator[Proxy]:
    """Run a proxy before a port of this machine, in a thread of its own, until the test is over."""
    proxy = Proxy(target, weather)
    loop = proxy._loop = asyncio.new_event_loop()
    ready = threading.Event()
    over = asyncio.Event()

    async def run() -> None:
        server = await asyncio.start_server(proxy.meet, "127.0.0.1", 0, limit=1 << 20)
        proxy.port = server.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        server.close()
        for writer in proxy._open:
            writer.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:  # what is torn down comes to its own end
            await asyncio.wait(others, timeout=10)

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()
