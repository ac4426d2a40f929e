"""Alive, ready, and a real server process."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.cast import Hall

ROOT = Path(__file__).parents[2]


async def test_alive_and_ready(hall: Hall) -> None:
    alive = await hall.visitor().get("/healthz")
    assert alive.json() == {"ok": True, "parts": {"process": True}}
    ready = await hall.visitor().get("/readyz")
    assert ready.json() == {
        "ok": True,
        "parts": {"database": True, "migrations": True, "photos": True},
    }


async def test_not_ready_says_which_part(hall: Hall, photo_root: Path) -> None:
    _put_a_file_in_its_place(photo_root)
    ready = await hall.visitor().get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["parts"]["photos"] is False


def _put_a_file_in_its_place(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder")


@pytest.mark.slow
def test_under_a_real_server(tmp_path: Path, database_url: str) -> None:
    """What works in process must work under uvicorn: migrations, lifespan, a sign-in that fails."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GONGSHILAN_")}
    environment |= {
        "GONGSHILAN_DATABASE_URL": database_url,
        "GONGSHILAN_PHOTOS": str(tmp_path / "pictures"),
        "GONGSHILAN_PORT": str(port),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=base, trust_env=False) as client:
            _wait(client, process)
            assert client.get("/readyz").json()["ok"] is True
            body = {"login": "nobody", "password": "x"}
            failed = client.post("/api/v1/sessions", json=body)
            assert failed.json()["type"] == "/problems/sign-in-failed"
            assert client.head("/").status_code == 200
            assert "server" not in client.get("/healthz").headers
    finally:
        process.terminate()
        output = process.communicate(timeout=20)[0].decode()
    assert process.returncode in (0, -15), output
    assert "Traceback" not in output, output


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        assert process.poll() is None, process.communicate()[0].decode()
        try:
            client.get("/healthz")
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start in fifteen seconds")
