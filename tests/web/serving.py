"""A real server process, for the few tests that need one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Serving:
    """A running `gongshilan serve` and where it answers."""

    process: subprocess.Popen[bytes]
    address: str

    def kill(self) -> None:
        """Take the power away: no signal it could handle, no goodbye. Safe to call from another thread."""
        self.process.kill()

    def stop(self) -> None:
        """Ask it to end; it must do so without a trace of a failure."""
        self.process.terminate()
        output = self.process.communicate(timeout=30)[0].decode()
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
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
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
        print(serving.process.communicate()[0].decode())
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
        print(serving.process.communicate()[0].decode())
        raise
    serving.kill()
    serving.process.communicate(timeout=30)


def _wait(serving: Serving) -> None:
    with httpx.Client(base_url=serving.address, trust_env=False) as client:
        for _ in range(600):
            assert serving.process.poll() is None, serving.process.communicate()[0].decode()
            try:
                client.get("/healthz")
            except httpx.ConnectError:
                time.sleep(0.1)
            else:
                return
    raise AssertionError("the server did not start in a minute")
