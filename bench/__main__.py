"""`python -m bench`: measure beside peers, print the tables, write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

import uvloop

from bench.goals import Results
from bench.load import ask, request
from bench.nation import import_nation
from bench.posting import Stock, mixed_rounds, post_rounds
from bench.processes import Quiet, pin_load
from bench.rounds import run_rounds
from bench.section import PAGE
from bench.sending import measure_sending
from bench.soak import ENGINES, SECONDS, soak
from bench.tables import document
from bench.targets import PLAIN, Fleet, all_targets, look_at, pages_of, start_ours, start_peers
from bench.uploads import measure_uploads
from bench.world import World, make_world
from server.cli.logs import set_up_logs

STARTS = 3


def say(text: str) -> None:
    """Tell how far it is; the tables go to standard output."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


class Part:
    """A part of the run: said when it begins, timed, and broken off without breaking the others."""

    def __init__(self, results: Results, name: str, *, needed: bool = False) -> None:
        self.results, self.name, self.needed = results, name, needed
        self.began = 0.0

    def __enter__(self) -> None:
        say(self.name)
        self.began = time.perf_counter()

    def __exit__(self, kind: type[BaseException] | None, error: object, _: object) -> bool:
        took = time.perf_counter() - self.began
        self.results.spent[self.name] = took
        say(f"  {took:.0f} s")
        if kind is None or self.needed or not issubclass(kind, Exception):
            return False
        first = next(iter(str(error).splitlines()), "")
        self.results.broken.append(f"{self.name}: could not be measured: {kind.__name__}: {first}")
        say(self.results.broken[-1])
        return True


async def measure(arguments: argparse.Namespace, folder: Path) -> Results:
    """Run everything once."""
    quick: bool = arguments.quick
    rounds, seconds = (2, 0.2) if quick else (arguments.rounds, arguments.seconds)
    results = Results(Fleet(), [], [], Quiet(), rounds, seconds, quick)
    with Part(results, "making the data", needed=True):
        world = await make_world(folder)
    pin_load()
    try:
        with Part(results, "starting the servers", needed=True):
            await _start(results, world, folder)
        with Part(results, "reading", needed=True):
            results.seen = await run_rounds(
                results.fleet, results.targets, rounds=rounds, seconds=seconds,
                quiet=results.quiet, say=say,
            )  # fmt: skip
            results.rss = {name: server.rss() for name, server in results.fleet.servers.items()}
        await _writing(results, Stock(world), quick=quick)
    finally:
        results.fleet.stop()
    for engine, name in ENGINES.items():
        with Part(results, f"fifty submissions a second on {name}"):
            results.soaked[engine] = await soak(engine, seconds=2 if quick else SECONDS)
    with Part(results, "photos, whole and in pieces"):
        place = folder / "uploading"
        place.mkdir()
        results.uploads = await asyncio.to_thread(measure_uploads, place, rounds=2 if quick else 5)
    with Part(results, "one posting, in Chromium"):
        results.sent = await asyncio.to_thread(measure_sending)
    if not arguments.no_nation:
        with Part(
            results, "importing a thirtieth of the country" if quick else "importing the country"
        ):
            results.nation = import_nation(folder, part=30 if quick else 1)
    return results


async def _start(results: Results, world: World, folder: Path) -> None:
    fleet = results.fleet
    starts = 1 if results.quick else STARTS
    for number in range(starts):
        server = start_ours(world, folder)
        fleet.first_answers.append(server.first_answer)
        if number < starts - 1:
            server.stop()
        else:
            fleet.servers["ours"] = server
    for kind in ("quiet", "uncached"):
        fleet.servers[kind] = start_ours(world, folder, kind)
    pages = await pages_of(fleet.servers["ours"].port, world)
    start_peers(fleet, world, pages, folder)
    fleet.idle_rss = {name: server.rss() for name, server in fleet.servers.items()}
    port = fleet.servers["ours"].port
    page = await ask(port, request("GET", f"/api/v1/villages/{world.village}", port, PLAIN))
    results.targets = all_targets(world, page.headers["etag"])
    results.wrong = await look_at(fleet, results.targets, pages)
    for each in results.wrong:
        say(each)


async def _writing(results: Results, stock: Stock, *, quick: bool) -> None:
    rounds, seconds = (1, 0.5) if quick else (4, 1.2)
    with Part(results, "posting, eight clients"):
        results.posting = await post_rounds(
            results.fleet, stock, rounds=rounds, seconds=seconds, quiet=results.quiet
        )
    with Part(results, "reading while others post"):
        plain = next(each for each in results.targets if each.key == "plain")
        results.mixed = await mixed_rounds(
            results.fleet, stock, plain, rounds=rounds, seconds=seconds, per_second=100
        )


def main() -> None:
    """Read the arguments, measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="two short rounds, a thirtieth of the country"
    )
    parser.add_argument("--rounds", type=int, default=5, help="rounds, at least 5")
    parser.add_argument(
        "--seconds", type=float, default=0.5, help="seconds for a target in a round"
    )
    parser.add_argument("--no-nation", action="store_true", help="leave the national import out")
    parser.add_argument(
        "--print", action="store_true", help="print only, do not write docs/benchmarks.md"
    )
    arguments = parser.parse_args()
    if not 5 <= arguments.rounds <= 20 or not 0.1 <= arguments.seconds <= 3:
        parser.error("5 to 20 rounds of 0.1 to 3 seconds")
    set_up_logs("warning")
    with tempfile.TemporaryDirectory(prefix="gongshilan-bench-") as folder:
        results = uvloop.run(measure(arguments, Path(folder)))
    page = document(results, PAGE.read_text("utf-8") if PAGE.exists() else "")
    print(page)
    if not arguments.print and not arguments.quick:
        PAGE.write_text(page, "utf-8")
        say(f"wrote docs/{PAGE.name}")


if __name__ == "__main__":
    main()
