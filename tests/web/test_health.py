"""Alive, ready, and a real server process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from server.jobs import keep_tallies
from tests.cast import Hall, opened, problem_of
from tests.web.serving import served

pytestmark = pytest.mark.one_engine


async def test_alive_and_ready(hall: Hall) -> None:
    alive = await hall.visitor().get("/healthz")
    assert alive.json() == {"ok": True, "parts": {"process": True}}
    ready = await hall.visitor().get("/readyz")
    assert ready.json() == {
        "ok": True,
        "parts": {"database": True, "migrations": True, "photos": True, "uploads": True},
    }


async def test_not_ready_says_which_part(hall: Hall, photo_root: Path) -> None:
    _put_a_file_in_its_place(photo_root)
    ready = await hall.visitor().get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["parts"] == {
        "database": True, "migrations": True, "photos": False, "uploads": True,
    }  # fmt: skip


def _put_a_file_in_its_place(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder")


@pytest.mark.slow
def test_under_a_real_server(tmp_path: Path, database_url: str) -> None:
    """What works in process must work under uvicorn: migrations, lifespan, a sign-in that fails."""
    with served(database_url, tmp_path / "pictures") as client:
        assert client.get("/readyz").json()["ok"] is True
        body = {"login": "nobody", "password": "x"}
        failed = client.post("/api/v1/sessions", json=body)
        assert failed.json()["type"] == "/problems/sign-in-failed"
        assert client.head("/").status_code == 200
        assert "server" not in client.get("/healthz").headers


async def test_gauges_are_for_those_with_the_token(database_url: str, photo_root: Path) -> None:
    async with opened(database_url, photo_root, metrics_token="long-and-random") as hall:
        hall.clock.set("2026-10-16 09:00+08:00")
        await keep_tallies(hall.house, hall.clock())
        visitor = hall.visitor()
        for wrong in ({}, {"Authorization": "Bearer long"}, {"Authorization": "Bearer "}):
            assert problem_of(await visitor.get("/metrics", headers=wrong)) == "not-found"
        answer = await visitor.get("/metrics", headers={"Authorization": "Bearer long-and-random"})
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        found = dict(line.split(" ") for line in answer.text.splitlines() if line[0] != "#")
        assert int(found["gongshilan_obligations_overdue"]) > 0
        # Nobody of these three villages has sent anything.
        assert int(found["gongshilan_obligations_due_unscheduled"]) >= int(
            found["gongshilan_obligations_overdue"]
        )
        assert found["gongshilan_tallies_differing"] == "0"


async def test_without_a_token_there_are_no_gauges(hall: Hall) -> None:
    nothing = {"Authorization": "Bearer "}
    assert problem_of(await hall.visitor().get("/metrics", headers=nothing)) == "not-found"
