"""Processes under measurement: started on loopback, on one core, asked for their CPU time and memory."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
SERVER_CORE, LOAD_CORE = (CORES[0], CORES[1]) if len(CORES) > 1 else (None, None)
MB = 1024 * 1024


def pin_load() -> None:
    """Keep this process, which makes the load, off the core of the servers."""
    if LOAD_CORE is not None:
        os.sched_setaffinity(0, {LOAD_CORE})


def pin_server() -> None:
    """Keep a server on its core; called in the child before it starts."""
    if SERVER_CORE is not None:
        os.sched_setaffinity(0, {SERVER_CORE})


@contextlib.contextmanager
def every_core() -> Iterator[None]:
    """Let a browser and what it asks have every core inside the block, as a phone does."""
    before = os.sched_getaffinity(0) if CORES else set()
    if CORES:
        os.sched_setaffinity(0, CORES)
    try:
        yield
    finally:
        if CORES:
            os.sched_setaffinity(0, before)


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@dataclass(slots=True)
class Server:
    """One server process, with its workers."""

    port: int
    process: psutil.Popen
    first_answer: float

    def family(self) -> list[psutil.Process]:
        """Return the process and its workers."""
        return [self.process, *self.process.children(recursive=True)]

    def cpu(self) -> float:
        """Return CPU seconds used so far, user and system, workers included."""
        total = 0.0
        for each in self.family():
            with contextlib.suppress(psutil.NoSuchProcess):
                total += _cpu_of(each)
        return total

    def rss(self) -> float:
        """Return resident memory in MB, workers included."""
        return sum(each.memory_info().rss for each in self.family()) / MB

    def stop(self) -> None:
        """End the process, kindly first."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except psutil.TimeoutExpired:
            for each in self.family():
                each.kill()
            self.process.wait(5)


def _cpu_of(process: psutil.Process) -> float:
    """Nanoseconds from the scheduler where the kernel tells them, else ticks of a hundredth of a second."""
    try:
        tasks = list(Path(f"/proc/{process.pid}/task").iterdir())
        spent = sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)
        if spent:
            return spent / 1e9
    except (OSError, ValueError):
        pass
    times = process.cpu_times()
    return float(times.user + times.system)


# What an installation has and nothing else: packages for tests, once installed, are imported by libraries that
# find them, and would count as our memory.
AS_SHIPPED = Path(".cache/serve/bin/python")


def start(
    command: list[str],
    port: int,
    path: str,
    environment: Mapping[str, str],
    log: Path,
    python: str = sys.executable,
) -> Server:
    """Start `python -m COMMAND` and wait for its first answer to a path."""
    started = time.perf_counter()
    with log.open("ab") as out:
        process = psutil.Popen(
            [python, "-m", *command],
            env={**os.environ, **environment},
            stdout=out,
            stderr=out,
            preexec_fn=pin_server,
        )
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.perf_counter() - started > 30:
                raise RuntimeError(f"{command[0]} did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.005)
    except BaseException:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
        raise
    return Server(port, process, time.perf_counter() - started)


def _answers(port: int, path: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as asked:
            asked.settimeout(10)
            asked.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            return asked.recv(64).split(b" ")[1:2] == [b"200"]
    except OSError:
        return False


@dataclass(slots=True)
class Quiet:
    """How long was waited for an idle machine, and how busy others were meanwhile."""

    waited: float = 0.0
    gave_up: int = 0


def wait_until_idle(quiet: Quiet, *, below: float = 0.15, at_most: float = 2.0) -> None:
    """Wait until the machine is nearly idle; give up after a moment and count that."""
    started = time.perf_counter()
    while time.perf_counter() - started < at_most:
        if psutil.cpu_percent(interval=0.1) < below * 100:
            break
    else:
        quiet.gave_up += 1
    quiet.waited += time.perf_counter() - started
