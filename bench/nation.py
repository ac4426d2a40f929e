"""The national import: a made-up country of the real size, through `gongshilan divisions import`."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.processes import MB

# The real country (china-division 2.7.0): provinces, cities, counties, townships, villages and communities.
PROVINCES, CITIES, COUNTIES, TOWNSHIPS, VILLAGES = 31, 342, 2_978, 41_352, 620_573
# The whole bench has four minutes: a slow machine imports once.
AGAIN_BELOW = 60.0


@dataclass(frozen=True, slots=True)
class Imported:
    """How the import went, first and again."""

    rows: int
    seconds: float
    peak_mb: float
    again_seconds: float | None
    database_mb: float


def write_nation(path: Path, *, part: int = 1) -> int:
    """Write the list and return its number of rows; `part` 10 is a tenth of the townships and villages."""
    count = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:

        def line(code: str, name: str) -> None:
            nonlocal count
            out.write(f"{code.ljust(12, '0')},{name}\n")
            count += 1

        out.write("code,name\n")
        townships, villages = TOWNSHIPS // part, VILLAGES // part
        for province in range(PROVINCES):
            first = f"{11 + province}"
            line(first, f"第{province + 1}省")
            for city in _share(CITIES, PROVINCES, province):
                second = f"{first}{city % 99 + 1:02}"
                line(second, f"第{city + 1}市")
                for county in _share(COUNTIES, CITIES, city):
                    third = f"{second}{county % 99 + 1:02}"
                    line(third, f"第{county + 1}县")
                    for township in _share(townships, COUNTIES, county):
                        fourth = f"{third}{township % 900 + 100}"
                        line(fourth, f"第{township + 1}镇")
                        for village in _share(villages, townships, township):
                            line(f"{fourth}{village % 900 + 100}", f"{_name(village)}村")
    return count


def _share(total: int, parts: int, part: int) -> range:
    """Return the numbers that fall to one of several parts, all together 0 … total-1."""
    return range(total * part // parts, total * (part + 1) // parts)


def _name(number: int) -> str:
    signs = "东西南北上下大小新老红白青黄长石沙河山林田井桥湾沟坪塬庄店集"
    return "".join(signs[number // len(signs) ** place % len(signs)] for place in range(3))


def import_nation(folder: Path, *, part: int = 1) -> Imported:
    """Import the country into a database of its own, and again: the second time nothing changes."""
    path, database = folder / "nation.csv.gz", folder / "nation.db"
    rows = write_nation(path, part=part)
    seconds, peak = _import(path, database)
    again = _import(path, database)[0] if seconds < AGAIN_BELOW else None
    return Imported(rows, seconds, peak, again, database.stat().st_size / MB)


def _import(path: Path, database: Path) -> tuple[float, float]:
    started = time.perf_counter()
    process = psutil.Popen(
        [sys.executable, "-m", "server", "divisions", "import", str(path)],
        env={**os.environ, "GONGSHILAN_DATABASE_URL": f"sqlite://{database}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    peak = 0.0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            try:
                peak = max(peak, process.memory_info().rss / MB)
            except psutil.Error:
                return
            time.sleep(0.02)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        _, errors = process.communicate(timeout=180)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    watching.join(1)
    if process.returncode:
        raise RuntimeError(errors[-1000:])
    return time.perf_counter() - started, peak
