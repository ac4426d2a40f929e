"""The last evening before the limit: fifty submissions a second for thirty seconds, every one accepted.

The shape of ODK Central's soak test, on SQLite and on PostgreSQL, both waiting for the disk.

`python -m bench.soak` measures and prints this alone, in about two minutes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.load import Run, post_all
from bench.posting import Stock
from bench.processes import pin_load
from bench.targets import start_ours
from bench.world import CLIENTS, make_world
from server.cli.logs import set_up_logs
from tools.postgres import Postgres

PER_SECOND = 50
SECONDS = 30
ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


@dataclass(slots=True)
class Soaked:
    """One engine's run: what was sent, and what was answered otherwise than 201."""

    asked: int
    run: Run
    cpu: float  # seconds of our process, without PostgreSQL's


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == "sqlite":
        yield ""
        return
    server = Postgres.start(durable=True)
    try:
        yield server.create("soak")
    finally:
        server.stop()


async def soak(engine: str, *, seconds: float = SECONDS) -> Soaked:
    """Send the submissions to a server of its own, in time with the clock, and return how it went."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="gongshilan-soak-")))
        world = await make_world(folder, held.enter_context(_database(engine)))
        server = start_ours(world, folder)
        held.callback(server.stop)
        each = round(PER_SECOND * seconds / CLIENTS)
        sent = Stock(world).ours(server.port, each)
        before = server.cpu()
        run = await post_all(server.port, sent, 10 * seconds, per_second=PER_SECOND)
        return Soaked(each * CLIENTS, run, server.cpu() - before)


def soak_table(soaked: dict[str, Soaked]) -> str:
    """Return the results as Markdown."""
    lines = [
        "| database | sent | accepted | seconds | posts/s | p50 ms | p99 ms | longest ms | CPU ms a post |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for engine, name in ENGINES.items():
        seen = soaked.get(engine)
        if seen is None:
            lines.append(f"| {name} | not measured |" + " |" * 7)
            continue
        run = seen.run
        cells = [
            name,
            f"{seen.asked:,}",
            f"{len(run.times):,}",
            f"{run.seconds:.1f}",
            f"{run.rate:.1f}",
            f"{run.quantile(0.5) * 1000:.0f}",
            f"{run.quantile(0.99) * 1000:.0f}",
            f"{max(run.times, default=0) * 1000:.0f}",
            f"{seen.cpu / max(1, len(run.times)) * 1000:.1f}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
        if run.wrong:
            lines.append(f"| {name}, refused: {run.wrong} | {run.first_wrong} |" + " |" * 7)
    lines.append(
        f"\n{PER_SECOND} a second asked for, {CLIENTS} connections; one process of ours on one core. "
        "A submission has thirty lines and names three photos; its answer is a signed receipt."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    set_up_logs("warning")
    pin_load()

    async def both() -> dict[str, Soaked]:
        """Return what each engine did, one after the other."""
        return {engine: await soak(engine) for engine in ENGINES}

    print(soak_table(uvloop.run(both())))
