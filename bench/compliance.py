"""The compliance overview: a county's eight quarters from tallies, beside judging anew and beside plain per-row ORM loops.

`python -m bench.compliance` measures and prints this alone, in some minutes: a township (20 villages), a county (300) and a
province (30,000) on SQLite, the first two on PostgreSQL. `--quick` leaves the province out; `--write` puts it into
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from bench.compliance_data import (
    CATEGORIES,
    COUNTY,
    QUARTERS,
    TOWNSHIP,
    copy_to_province,
    make_county,
    orm_cell,
    village_code,
)
from bench.section import Verdict, run_alone
from server.commands.file_tallies import file_tallies
from server.commands.verify_tallies import verify_tallies
from server.queries.compliance_overview import Overview, compliance_overview
from server.rules.rulebook import Rulebook
from server.rules.tallies import sign_of
from server.rules.verdicts import judged
from server.rules.workdays import WorkdayCalendar
from server.storage import facts, tallies
from server.storage.database import Store
from server.storage.migrate import migrate
from server.web.catalogue import read_categories
from tools.postgres import Postgres, installed

TITLE = "## Compliance"
NOW = datetime(2026, 10, 30, 2, 0, tzinfo=UTC)
FIRST, LAST = date(2024, 10, 1), date(2026, 9, 30)
YEARS = (2024, 2025, 2026)
VILLAGES = 300
COUNTIES = 100
# So long, at most, do plain loops run; the rest is their rate.
LOOPS_SECONDS = 12.0
WANTED_MS, WANTED_TIMES = 100, 300


@dataclass(slots=True)
class Size:
    """Milliseconds for one answer: from good lines, with no line on record, judged anew in bulk, and by plain loops."""

    name: str
    villages: int
    cells: int
    warm: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    anew: list[float] = field(default_factory=list)
    loops: float | None = None
    looped: int = 0
    # Of the province: whose recomputation is a county's, so many times.
    scaled: bool = False


@dataclass(slots=True)
class Engine:
    """What one engine did."""

    sizes: list[Size] = field(default_factory=list)
    compared: int = 0
    differing: int = 0
    filed_seconds: float = 0.0
    line_bytes: float = 0.0


@dataclass(slots=True)
class Seen:
    """Both engines, by name, and why one did nothing."""

    engines: dict[str, Engine] = field(default_factory=dict)
    lacking: str = ""
    absent: str = ""


def book_of_bench() -> Rulebook:
    """Return a rulebook in which each of fifteen categories is owed every quarter."""
    catalogue = read_categories(Path("schemas"))
    quarterly = catalogue.categories["finance_quarterly"]
    categories = {key: replace(quarterly, key=key) for key in CATEGORIES}
    return Rulebook(categories, {}, [], WorkdayCalendar({}))


def measure(folder: Path, *, rounds: int, quick: bool) -> Seen:
    """Return what was measured on a SQLite file and on a PostgreSQL of its own."""
    seen = Seen()
    url = f"sqlite://{folder / 'compliance.db'}"
    seen.engines["SQLite"] = asyncio.run(_engine(url, rounds, province=not quick))
    with contextlib.ExitStack() as held:
        try:
            installed()
        except SystemExit as missing:
            seen.lacking = f"PostgreSQL: not measured. {str(missing).splitlines()[0]}"
            return seen
        server = Postgres.start(durable=True)
        held.callback(server.stop)
        url = server.create("compliance")
        seen.engines["PostgreSQL"] = asyncio.run(_engine(url, rounds, province=False))
    return seen


async def _engine(url: str, rounds: int, *, province: bool) -> Engine:
    await migrate(url)
    store = await Store.open(url)
    book, seen = book_of_bench(), Engine()
    try:
        await make_county(store, VILLAGES)
        for place, villages in ((TOWNSHIP, 20), (COUNTY, VILLAGES)):
            seen.sizes.append(await _size(store, book, place, villages, rounds))
        started = time.perf_counter()
        await file_tallies(store, book=book, division=COUNTY, year=2026, now=NOW, afresh=True)
        seen.filed_seconds = time.perf_counter() - started
        proof = await verify_tallies(store, book=book, division=COUNTY, years=YEARS, now=NOW)
        seen.compared, seen.differing = proof.signs, proof.differing
        row = await store.reader.row("SELECT AVG(LENGTH(signs)) AS n FROM tally WHERE year = 2026")
        seen.line_bytes = float((row or {}).get("n") or 0)
        if province:
            seen.sizes.append(await _province(store, book, seen.sizes[-1], rounds))
    finally:
        await store.close()
    return seen


async def _size(store: Store, book: Rulebook, place: str, villages: int, rounds: int) -> Size:
    size = Size("township" if place == TOWNSHIP else "county", villages, villages * 15 * 8)

    async def ask() -> Overview:
        return await compliance_overview(
            store.reader, book=book, division=place, first=FIRST, last=LAST, by="quarter",
            as_of=NOW, now=NOW,
        )  # fmt: skip

    async def anew() -> object:
        known = await facts.read(store.reader, place, FIRST, LAST)
        return [sign_of(cell) for cell in judged(known, book, NOW)]

    for _ in range(rounds):
        async with store.transaction() as tx:
            await tallies.forget(tx, place)
        size.cold.append(await _timed(ask))
        size.anew.append(await _timed(anew))
        await file_tallies(store, book=book, division=place, year=2026, now=NOW)
        for _ in range(5):
            size.warm.append(await _timed(ask))
        found = await ask()
        total = found.total
        assert total.finished + total.coming + total.exempt == size.cells, total
    size.loops, size.looped = await _loops(store, book, size)
    return size


async def _loops(store: Store, book: Rulebook, size: Size) -> tuple[float, int]:
    """Return how long plain loops take for all cells, in ms, and how many of them were really asked for."""
    started, asked = time.perf_counter(), 0
    for n in range(size.villages):
        for category in CATEGORIES:
            for quarter in QUARTERS:
                await orm_cell(store, book, village_code(n), category, quarter, NOW)
                asked += 1
        if time.perf_counter() - started > LOOPS_SECONDS:
            break
    return (time.perf_counter() - started) * 1000 / asked * size.cells, asked


async def _province(store: Store, book: Rulebook, county: Size, rounds: int) -> Size:
    """Return a province of the same county a hundred times, read page by page to its end."""
    await copy_to_province(store, COUNTIES)
    size = Size("province", county.villages * COUNTIES, county.cells * COUNTIES, scaled=True)

    async def ask() -> int:
        after, pages = None, 0
        while True:
            page = await compliance_overview(
                store.reader, book=book, division="640000000000", first=FIRST, last=LAST,
                by="quarter", as_of=NOW, now=NOW, after=after,
            )  # fmt: skip
            assert not any(row.waiting for row in page.rows)
            pages += 1
            if page.next is None:
                return pages
            after = page.next

    for _ in range(rounds):
        size.warm.append(await _timed(ask))
    size.anew = [each * COUNTIES for each in county.anew]
    size.loops = county.loops * COUNTIES if county.loops else None
    return size


async def _timed(ask: Callable[[], Awaitable[object]]) -> float:
    gc.collect()
    started = time.perf_counter()
    await ask()
    return (time.perf_counter() - started) * 1000


def section(seen: Seen) -> str:
    """Return the tables of both engines."""
    lines = [
        "Eight quarters of fifteen categories. ‘Warm’: added up from lines that are good; ‘cold’: no line on record, so that the",
        "answer judges everything first (a county in part: the rest says that it is still being worked out); ‘judged anew’: all facts",
        "in seven statements and `compliance.judge` for each cell, as the matrix does; ‘plain loops’: the same verdict with three ORM",
        "queries a cell, run for twelve seconds and scaled. A province is the county a hundred times, paged to its end; what it is",
        "compared with is the county’s time a hundred times.",
        "",
        "| | villages | cells | warm | cold | judged anew | plain loops | anew/warm | loops/warm |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, engine in seen.engines.items():
        lines += [_row(name, size) for size in engine.sizes]
    for name, engine in seen.engines.items():
        lines.append(
            f"\n{name}: a county filed in {engine.filed_seconds:.1f} s; a line of a village’s year is {engine.line_bytes:.0f} bytes; "
            f"`compliance verify` compared {engine.compared:,} cells, {engine.differing} differed."
        )
    if seen.lacking:
        lines.append(f"\n{seen.lacking}")
    return "\n".join(lines)


def _row(engine: str, size: Size) -> str:
    warm, anew = median(size.warm), median(size.anew)
    cells = [
        f"{engine}, {size.name}",
        f"{size.villages:,}",
        f"{size.cells:,}",
        _ms(warm),
        _ms(median(size.cold)) if size.cold else "–",
        _ms(anew) + (" *" if size.scaled else ""),
        (_ms(size.loops) if size.loops else "–") + (" *" if size.scaled else ""),
        f"{anew / warm:,.0f}×",
        f"{size.loops / warm:,.0f}×" if size.loops else "–",
    ]
    return "| " + " | ".join(cells) + " |"


def _ms(value: float) -> str:
    return f"{value:,.1f} ms" if value < 1000 else f"{value / 1000:,.1f} s"


def goals(seen: Seen | None) -> list[Verdict]:
    """Return the verdicts on SQLite; None where nothing was measured."""
    sizes = {s.name: s for s in seen.engines["SQLite"].sizes} if seen else {}
    found = []
    for name, words in (("county", "300 villages"), ("province", "30,000 villages")):
        goal = f"G5 compliance from tallies beside judging anew, {words}"
        size = sizes.get(name)
        if size is None:
            found.append(Verdict(goal, f"≥ {WANTED_TIMES}×", "–", None))
            continue
        times = median(size.anew) / median(size.warm)
        found.append(Verdict(goal, f"≥ {WANTED_TIMES}×", f"{times:,.0f}×", times >= WANTED_TIMES))
    county = sizes.get("county")
    warm = median(county.warm) if county else None
    said = "–" if warm is None else f"{warm:.1f} ms"
    met = None if warm is None else warm <= WANTED_MS
    found.append(Verdict("G5 compliance: 36,000 cells, warm", f"≤ {WANTED_MS} ms", said, met))
    proof = seen.engines["SQLite"] if seen else None
    found.append(
        Verdict(
            "G5 compliance: cells that differ from judging anew",
            "0",
            f"{proof.differing} of {proof.compared:,}" if proof else "–",
            proof.differing == 0 if proof else None,
        )
    )
    return found


def _more(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="no province, one round")


def _measure(folder: Path, given: argparse.Namespace) -> Seen:
    return measure(folder, rounds=1 if given.quick else given.rounds, quick=given.quick)


def main() -> None:
    """Measure, print, and write where that is asked for."""
    run_alone("bench.compliance", __doc__, TITLE, _measure, section, goals=goals, more=_more)


if __name__ == "__main__":
    main()
