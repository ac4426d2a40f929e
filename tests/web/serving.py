"""A real server process, for the few tests that need one.

A process of its own takes two seconds of a processor to import what every other has imported before it. So one process
imports it all once and is copied (fork) for each server; what is killed, and what is left of it, is a process all the same.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]

_copies = multiprocessing.get_context("forkserver")
_copies.set_forkserver_preload(["server.cli", "server.app", "uvicorn", __name__])


def _serve(environment: dict[str, str], said: str) -> None:
    """Be `gongshilan serve` in the copied process, and write what it says into a file."""
    output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    from server.cli import main

    main(["serve"], prog_name="gongshilan")


class Process:
    """A copied process that serves."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._said = tempfile.NamedTemporaryFile(prefix="gongshilan-said-")  # noqa: SIM115 - as long as the process
        self._process = _copies.Process(
            target=_serve, args=(environment, self._said.name), daemon=True
        )
        self._process.start()

    @property
    def returncode(self) -> int | None:
        """How it ended, negative for a signal; None while it runs."""
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()

    def output(self, timeout: float = 30) -> str:
        """Wait for its end, and return what it said."""
        self._process.join(timeout)
        assert self.returncode is not None, "it has not ended"
        return Path(self._said.name).read_text("utf-8", "replace")


@dataclass(slots=True)
class Serving:
    """A running `gongshilan serve` and where it answers."""

    process: Process
    address: str

    def kill(self) -> None:
        """Take the power away: no signal it could handle, no goodbye. Safe to call from another thread."""
        self.process.kill()

    def stop(self) -> None:
        """Ask it to end; it must do so without a trace of a failure."""
        self.process.terminate()
        output = self.process.output()
        assert self.process.returncode in (0, -15), output
        assert "Traceback" not in output, output
        assert "unexpected failure" not in output, output


def start(database_url: str, photos: Path, **settings: str) -> Serving:
    """Run `gongshilan serve` on a free port and return when it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GONGSHILAN_")}
    environment |= {
        "GONGSHILAN_DATABASE_URL": database_url,
        "GONGSHILAN_PHOTOS": str(photos),
        "GONGSHILAN_RECEIPT_KEY": str(photos.parent / "receipt.key"),
        "GONGSHILAN_HOUSEHOLD_KEY": str(photos.parent / "household.key"),
        "GONGSHILAN_UPLOADS": str(photos.parent / "uploads"),
        "GONGSHILAN_PORT": str(port),
        "GONGSHILAN_LOG_LEVEL": "warning",
    }
    environment |= {f"GONGSHILAN_{name.upper()}": value for name, value in settings.items()}
    process = Process(environment)
    serving = Serving(process, f"http://127.0.0.1:{port}")
    try:
        _wait(serving)
    except BaseException:
        process.kill()
        raise
    return serving


@contextmanager
def served(database_url: str, photos: Path, **settings: str) -> Iterator[httpx.Client]:
    """Run `gongshilan serve` and yield a client of it; afterwards it must have ended without a trace."""
    serving = start(database_url, photos, **settings)
    try:
        with httpx.Client(base_url=serving.address, timeout=60, trust_env=False) as client:
            yield client
    except BaseException:
        serving.kill()
        print(serving.process.output())
        raise
    serving.stop()


@contextmanager
def killed(database_url: str, photos: Path, **settings: str) -> Iterator[httpx.Client]:
    """Run `gongshilan serve` and yield a client of it; then the power goes (kill -9)."""
    serving = start(database_url, photos, **settings)
    try:
        with httpx.Client(base_url=serving.address, timeout=60, trust_env=False) as client:
            yield client
    except BaseException:
        serving.kill()
        print(serving.process.output())
        raise
    serving.kill()
    serving.process.output()


def _wait(serving: Serving) -> None:
    with httpx.Client(base_url=serving.address, trust_env=False) as client:
        for _ in range(600):
            assert serving.process.returncode is None, serving.process.output()
            try:
                client.get("/healthz")
            except httpx.ConnectError:
                time.sleep(0.1)
            else:
                return
    raise AssertionError("the server did not start in a minute")
