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
from bench.phone import measure_phone
from bench.posting import Stock, mixed_rounds, post_rounds
from bench.processes import Quiet, pin_load
from bench.rounds import run_rounds
from bench.search import QUICK, RECORDS, measure_search
from bench.section import PAGE
from bench.sending import measure_sending
from bench.soak import ENGINES, SECONDS, soak
from bench.tables import document
from bench.targets import PLAIN, Fleet, all_targets, look_at, pages_of, start_ours, start_peers
from bench.uploads import measure_uploads
from bench.world import make_world
from server.cli.logs import set_up_logs

STARTS = 3


def say(text: str) -> None:
    """Tell how far it is; the tables go to standard output."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


async def measure(arguments: argparse.Namespace, folder: Path) -> Results:
    """Run everything once."""
    began = time.perf_counter()
    quick: bool = arguments.quick
    fleet, quiet = Fleet(), Quiet()
    rounds, seconds = (2, 0.2) if quick else (arguments.rounds, arguments.seconds)
    say("making the data: twenty quarters, posted and approved")
    world = await make_world(folder)
    pin_load()
    results = Results(fleet, [], [], quiet, rounds, seconds, quick)
    try:
        say("starting the servers")
        starts = 1 if quick else STARTS
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
        results.seen = await run_rounds(
            fleet, results.targets, rounds=rounds, seconds=seconds, quiet=quiet, say=say
        )
        results.rss = {name: server.rss() for name, server in fleet.servers.items()}
        await _writing(results, Stock(world), quick=quick)
    finally:
        fleet.stop()
    for engine, name in ENGINES.items():
        say(f"fifty submissions a second on {name}")
        results.soaked[engine] = await soak(engine, seconds=2 if quick else SECONDS)
    say("photos, whole and in pieces")
    place = folder / "uploading"
    place.mkdir()
    results.uploads = await asyncio.to_thread(measure_uploads, place, rounds=2 if quick else 5)
    say("searching a county's lines")
    place = folder / "searching"
    place.mkdir()
    results.searched = await measure_search(
        place, records=QUICK if quick else RECORDS, rounds=1 if quick else 5
    )
    say("one posting, in Chromium")
    results.sent = await asyncio.to_thread(measure_sending)
    say("the staff app on a slow phone")
    place = folder / "phone"
    place.mkdir()
    results.phone = await asyncio.to_thread(measure_phone, place, rounds=1 if quick else 3)
    if not arguments.no_nation:
        say("importing the country" if not quick else "importing a thirtieth of the country")
        results.nation = import_nation(folder, part=30 if quick else 1)
    results.took = time.perf_counter() - began
    return results


async def _writing(results: Results, stock: Stock, *, quick: bool) -> None:
    say("posting, eight clients")
    rounds, seconds = (1, 0.5) if quick else (4, 1.2)
    results.posting = await post_rounds(
        results.fleet, stock, rounds=rounds, seconds=seconds, quiet=results.quiet
    )
    say("reading while others post")
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
    page = document(results)
    print(page)
    if not arguments.print and not arguments.quick:
        PAGE.write_text(page, "utf-8")
        say(f"wrote docs/{PAGE.name}")


if __name__ == "__main__":
    main()
