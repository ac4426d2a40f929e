"""Who shows the reading pages in bench/reading.py: ours, plain HTML, a Django template, a React application."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx

from bench.bare import bare
from bench.processes import Server, free_port, start
from bench.section import ROOT
from bench.targets import fill_tables, pages_of, start_ours
from bench.world import World

KEPT = "public, max-age=31536000, immutable"

Addresses = dict[str, dict[str, str]]
Facts = dict[str, list[str]]


@contextmanager
def serving(
    world: World, folder: Path, lacking: dict[str, str]
) -> Iterator[tuple[Addresses, Facts]]:
    """Start everybody; yield by page the address of each way, and what every one of them must show.

    `lacking`: why somebody is not there, written on.
    """
    running: list[Server] = []
    try:
        ours = start_ours(world, folder)
        running.append(ours)
        pages = asyncio.run(pages_of(ours.port, world))
        key = {"village": world.village, "disclosure": world.disclosures[-1]}
        paths = {"village": f"/v/{world.village}", "disclosure": f"/d/{key['disclosure']}"}
        found = {
            page: {"ours": f"http://127.0.0.1:{ours.port}{path}"} for page, path in paths.items()
        }
        facts = {"village": _said_village(pages["village"]),
                 "disclosure": _said_sheet(pages["disclosures"][key["disclosure"]])}  # fmt: skip
        for way, server in (
            ("floor", _floor(found, paths, folder)),
            ("django", _django(pages, folder, paths["village"], lacking)),
            ("react", _react(ours.port, key, paths, folder, lacking)),
        ):
            if server is not None:
                running.append(server)
                for page, path in paths.items():
                    found[page][way] = f"http://127.0.0.1:{server.port}{path}"
        yield found, facts
    finally:
        for server in running:
            server.stop()


def _said_village(page: dict[str, Any]) -> list[str]:
    return [page["division"]["name"], *(card["title"] for card in page["latest"])]


def _said_sheet(page: dict[str, Any]) -> list[str]:
    rows = [
        row
        for section in page["sheet"]["sections"]
        if section["kind"] == "sum"
        for row in section["rows"]
    ]
    amounts = [each["amount"] for row in rows for each in (row, *row["entries"])]
    said = [page["card"]["title"], *(row["label"] for row in rows)]
    said += [entry["summary"] for row in rows for entry in row["entries"]]
    return said + [f"{abs(fen) / 100:,.2f}" for fen in amounts if fen is not None]


def _floor(found: Addresses, paths: dict[str, str], folder: Path) -> Server:
    place = folder / "floor"
    place.mkdir()
    listed = {}
    for page, path in paths.items():
        address = found[page]["ours"]
        text = bare(httpx.get(address, trust_env=False).text, address.removesuffix(path))
        (place / page).write_text(text, "utf-8")
        listed[path] = (page, "text/html", "no-cache")
    return _files(place, listed, next(iter(paths.values())))


def _files(place: Path, listed: dict[str, tuple[str, str, str]], ready: str) -> Server:
    (place / "list.json").write_text(json.dumps(listed), "utf-8")
    port = free_port()
    command = ["uvicorn", "bench.peers.files:app", "--no-access-log", "--port", str(port)]
    return start(command, port, ready, {"BENCH_FILES": str(place)}, place / "log")


def _django(
    pages: dict[str, Any], folder: Path, ready: str, lacking: dict[str, str]
) -> Server | None:
    needed = [each for each in ("django", "rest_framework", "gunicorn") if find_spec(each) is None]
    if needed:
        lacking["django"] = f"not measured: {', '.join(needed)} not installed"
        return None
    database = folder / "django.db"
    fill_tables(pages, folder, database)
    port = free_port()
    command = ["gunicorn", "bench.peers.drf.wsgi:application", "--threads", "4",
               "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]  # fmt: skip
    environment = {"BENCH_DATABASE": str(database), "BENCH_URLS": "bench.peers.drf.pages"}
    return start(command, port, ready, environment, folder / "django.log")


def _react(
    port: int, key: dict[str, str], paths: dict[str, str], folder: Path, lacking: dict[str, str]
) -> Server | None:
    built = subprocess.run(
        [ROOT / "tools" / "react_peer.sh"], capture_output=True, text=True, check=False
    )
    if built.returncode:
        lacking["react"] = "not measured: the application could not be built"
        return None
    place = folder / "react"
    shutil.copytree(built.stdout.strip(), place)
    kinds = {".js": "text/javascript", ".css": "text/css"}
    listed = dict.fromkeys(paths.values(), ("index.html", "text/html", "no-cache"))
    for asset in sorted((place / "assets").iterdir()):
        listed[f"/assets/{asset.name}"] = (f"assets/{asset.name}", kinds[asset.suffix], KEPT)
    for page, of in (("village", "villages"), ("disclosure", "disclosures")):
        path = f"/api/v1/{of}/{key[page]}"
        answer = httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False)
        (place / page).write_bytes(answer.content)
        listed[path] = (page, "application/json", "no-cache")
    return _files(place, listed, paths["village"])
