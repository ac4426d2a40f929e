"""What is asked of whom, and the servers that answer."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.load import Answer, ask, request
from bench.processes import AS_SHIPPED, Server, free_port, start
from bench.world import World

# What each request has of its own moment; everything else must be the same for everybody.
OF_THE_MOMENT = {"as_of", "today"}
PLAIN = {"Accept-Encoding": "identity"}
BROTLI = {"Accept-Encoding": "br"}


@dataclass(slots=True)
class Target:
    """One thing that is asked: of which server, what, and whether its answer must equal a page of ours."""

    key: str
    name: str
    server: str
    path: str
    headers: dict[str, str] = field(default_factory=lambda: dict(PLAIN))
    status: int = 200
    like: str = ""  # 'village' or 'disclosure': the body must be that page's
    cached: bool | None = None  # whether two answers must show the same moment, or must not
    connections: int = 16
    answer: Answer | None = None


@dataclass(slots=True)
class Fleet:
    """The servers that could be started, and why the others could not."""

    servers: dict[str, Server] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    first_answers: list[float] = field(default_factory=list)
    idle_rss: dict[str, float] = field(default_factory=dict)

    def stop(self) -> None:
        for server in self.servers.values():
            server.stop()


def all_targets(world: World, etag: str) -> list[Target]:
    """Return every target: the limits, ours, the peers."""
    code, disclosure = world.village, world.disclosures[-1]
    village, detail = f"/api/v1/villages/{code}", f"/api/v1/disclosures/{disclosure}"
    have = {**PLAIN, "If-None-Match": etag}
    return [
        Target("hello", "uvicorn, ‘hello’ without a framework", "raw", "/hello"),
        Target("same", "raw Starlette, the same bytes from memory", "raw", f"/villages/{code}", like="village"),
        Target("plain", "ours, cached", "ours", village, like="village", cached=True),
        Target("br", "ours, cached, br", "ours", village, dict(BROTLI)),
        Target("304", "ours, 304", "ours", village, have, 304),
        Target("quiet", "ours, cached, log at ‘warning’", "quiet", village, like="village", cached=True),
        Target("made", "ours, not cached", "uncached", village, like="village", cached=False),
        Target("html", "ours, village page as HTML, cached", "ours", f"/v/{code}"),
        Target("html-made", "ours, village page as HTML, not cached", "uncached", f"/v/{code}"),
        Target("drf", "Django REST Framework", "drf", f"/villages/{code}", like="village", cached=False),
        Target("drf-cached", "Django REST Framework, its own cache", "drf", f"/cached/villages/{code}",
               like="village", cached=True),
        Target("fastapi", "FastAPI + SQLAlchemy async", "fastapi", f"/villages/{code}", like="village", cached=False),
        Target("d-plain", "ours, cached", "ours", detail, like="disclosure"),
        Target("d-made", "ours, not cached", "uncached", detail, like="disclosure"),
        Target("d-html", "ours, as HTML, cached", "ours", f"/d/{disclosure}"),
        Target("d-html-made", "ours, as HTML, not cached", "uncached", f"/d/{disclosure}"),
        Target("d-drf", "Django REST Framework", "drf", f"/disclosures/{disclosure}", like="disclosure"),
        Target("d-fastapi", "FastAPI + SQLAlchemy async", "fastapi", f"/disclosures/{disclosure}", like="disclosure"),
    ]  # fmt: skip


def environment_of(world: World, **more: str) -> dict[str, str]:
    """Return the settings of our own server on the bench's database; the rest are the defaults."""
    return {
        "GONGSHILAN_DATABASE_URL": world.database_url,
        "GONGSHILAN_PHOTOS": str(world.photos),
        "GONGSHILAN_UPLOADS": str(world.photos.parent / "uploads"),
        **more,
    }


def start_ours(world: World, folder: Path, kind: str = "ours") -> Server:
    """Start our own server: as it is shipped, with a quieter log, or with a shelf that keeps nothing."""
    port = free_port()
    command = ["server", "serve", "--port", str(port)]
    if kind == "uncached":
        command = [
            "uvicorn",
            "bench.uncached:app",
            "--factory",
            "--port",
            str(port),
            "--no-access-log",
        ]
    more = {"GONGSHILAN_LOG_LEVEL": "warning"} if kind == "quiet" else {}
    return start(
        command,
        port,
        "/healthz",
        environment_of(world, **more),
        folder / f"{kind}.log",
        str(AS_SHIPPED.absolute()) if AS_SHIPPED.exists() else sys.executable,
    )


async def pages_of(port: int, world: World) -> dict[str, Any]:
    """Return our own pages as values: what the peers are filled with and compared with."""

    async def page(path: str) -> Any:
        answer = await ask(port, request("GET", path, port, PLAIN))
        assert answer.status == 200, (path, answer.status)
        return json.loads(answer.body)

    village = await page(f"/api/v1/villages/{world.village}")
    details = {each: await page(f"/api/v1/disclosures/{each}") for each in world.disclosures}
    categories = {
        card["category"]: {
            "name": card["category_name"], "icon": card["icon"],
            "publisher": card["publisher"], "wording": card["wording"],
        }
        for card in village["latest"]
    }  # fmt: skip
    for missing in village["missing"]:
        categories.setdefault(missing["category"], next(iter(categories.values())))
    return {"village": village, "disclosures": details, "categories": categories}


def start_peers(fleet: Fleet, world: World, pages: dict[str, Any], folder: Path) -> None:
    """Fill and start the peers that are installed."""
    database = folder / "drf.db"
    body = folder / "page.bytes"
    body.write_bytes(
        json.dumps(pages["village"], ensure_ascii=False, separators=(",", ":")).encode()
    )
    port, health = free_port(), "/hello"
    uvicorn = ["--no-access-log", "--log-level", "warning", "--port"]
    fleet.servers["raw"] = start(
        ["uvicorn", "bench.peers.raw:app", *uvicorn, str(port)],
        port, health, {"BENCH_BYTES": str(body)}, folder / "raw.log",
    )  # fmt: skip
    for name, needs in (
        ("drf", ("rest_framework", "gunicorn")),
        ("fastapi", ("fastapi", "sqlalchemy")),
    ):
        lacking = [each for each in ("django", *needs) if find_spec(each) is None]
        if lacking:
            fleet.absent[name] = f"not measured: {', '.join(lacking)} not installed"
    if "drf" in fleet.absent:
        fleet.absent.setdefault("fastapi", "not measured: its tables are made by Django")
        return
    fill_tables(pages, folder, database)
    path = f"/villages/{world.village}"
    port = free_port()
    fleet.servers["drf"] = start(
        ["gunicorn", "bench.peers.drf.wsgi:application", "--workers", "1", "--threads", "4",
         "--keep-alive", "60", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"],
        port, path, {"BENCH_DATABASE": str(database)}, folder / "drf.log",
    )  # fmt: skip
    if "fastapi" not in fleet.absent:
        copy, port = folder / "fastapi.db", free_port()
        shutil.copy(database, copy)
        fleet.servers["fastapi"] = start(
            ["uvicorn", "bench.peers.fastapi_app:app", *uvicorn, str(port)],
            port, path, {"BENCH_DATABASE": str(copy)}, folder / "fastapi.log",
        )  # fmt: skip


def fill_tables(pages: dict[str, Any], folder: Path, database: Path) -> None:
    """Make the tables of the peers, with what our pages show."""
    saved = folder / "pages.json"
    saved.write_text(json.dumps(pages, ensure_ascii=False), "utf-8")
    filled = subprocess.run(
        [sys.executable, "-m", "bench.peers.drf.wsgi", str(saved)],
        env={**os.environ, "BENCH_DATABASE": str(database)},
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if filled.returncode:
        raise RuntimeError(filled.stderr[-2000:])


async def look_at(fleet: Fleet, targets: list[Target], pages: dict[str, Any]) -> list[str]:
    """Read every target once more and say what is wrong: a status, a body, a cache that does not hit."""
    wrong: list[str] = []
    for target in [each for each in targets if each.server in fleet.servers]:
        port = fleet.servers[target.server].port
        sent = request("GET", target.path, port, target.headers)
        await ask(port, sent)
        first = await ask(port, sent)
        await asyncio.sleep(0.005)
        target.answer = await ask(port, sent)
        name = f"{target.key} ({target.name})"
        if first.status != target.status:
            wrong.append(f"{name}: status {first.status}, not {target.status}")
        elif target.like:
            page = pages["village"]
            if target.like == "disclosure":
                page = pages["disclosures"][target.path.rsplit("/", 1)[-1]]
            wrong += [f"{name}: {each}" for each in differences(page, json.loads(first.body))][:5]
        if target.cached is not None and (first.body == target.answer.body) != target.cached:
            wrong.append(f"{name}: its cache {'does not hit' if target.cached else 'is on'}")
    return wrong


def differences(ours: Any, theirs: Any, at: str = "") -> list[str]:
    """Return where two pages differ, but for what belongs to the moment of asking."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        names = (ours.keys() | theirs.keys()) - OF_THE_MOMENT
        # The card on a disclosure's own page shows no photo; the peers keep one card for both pages.
        names -= {"photo"} if at == "/card" else set()
        return [
            d for n in sorted(names) for d in differences(ours.get(n), theirs.get(n), f"{at}/{n}")
        ]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [d for i, (a, b) in pairs for d in differences(a, b, f"{at}/{i}")]
    return [] if ours == theirs else [f"{at}: {ours!r:.60} is not {theirs!r:.60}"]
