"""A real server process, for the few tests that need one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


@contextmanager
def served(database_url: str, photos: Path, **settings: str) -> Iterator[httpx.Client]:
    """Run `gongshilan serve` and yield a client of it; afterwards it must have ended without a trace."""
    process, port = _started(database_url, photos, settings)
    with _client(process, port) as client:
        yield client
    process.terminate()
    output = process.communicate(timeout=30)[0].decode()
    assert process.returncode in (0, -15), output
    assert "Traceback" not in output, output
    assert "unexpected failure" not in output, output


@contextmanager
def killed(database_url: str, photos: Path, **settings: str) -> Iterator[httpx.Client]:
    """Run `gongshilan serve` and yield a client of it; then the power goes (kill -9)."""
    process, port = _started(database_url, photos, settings)
    with _client(process, port) as client:
        yield client
        process.kill()
        process.communicate(timeout=30)


def _started(
    database_url: str, photos: Path, settings: Mapping[str, str]
) -> tuple[subprocess.Popen[bytes], int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GONGSHILAN_")}
    environment |= {
        "GONGSHILAN_DATABASE_URL": database_url,
        "GONGSHILAN_PHOTOS": str(photos),
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
    return process, port


@contextmanager
def _client(process: subprocess.Popen[bytes], port: int) -> Iterator[httpx.Client]:
    """Yield a client of a process that answers; when a test fails, print what the process said."""
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            _wait(client, process)
            yield client
    except BaseException:
        process.kill()
        print(process.communicate()[0].decode())
        raise


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, process.communicate()[0].decode()
        try:
            client.get("/healthz")
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start in a minute")
