"""Alternating rounds: every target once a round, in turn, and ratios taken inside a round."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from bench.load import ask, reading, request
from bench.processes import Quiet, wait_until_idle
from bench.targets import Fleet, Target


@dataclass(slots=True)
class Seen:
    """What one target did in each round."""

    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # µs a request
    p50: list[float] = field(default_factory=list)  # ms
    p99: list[float] = field(default_factory=list)
    share: list[float] = field(default_factory=list)  # of one core, what the server had
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Ratio:
    """A median of per-round ratios, with the smallest and the largest."""

    middle: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.middle:.2f} ({self.low:.2f}–{self.high:.2f})"


def ratio(above: list[float], below: list[float]) -> Ratio | None:
    """Return the ratio of two series, round by round."""
    each = [a / b for a, b in zip(above, below, strict=False) if b]
    return Ratio(median(each), min(each), max(each)) if each else None


async def run_rounds(
    fleet: Fleet,
    targets: list[Target],
    *,
    rounds: int,
    seconds: float,
    quiet: Quiet,
    say: Callable[[str], None],
) -> dict[str, Seen]:
    """Return what each target that is there did, after one short warm-up of each."""
    there = [each for each in targets if each.server in fleet.servers]
    seen = {each.key: Seen() for each in there}
    for target in there:
        await once(fleet, target, 0.15, Seen())
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}")
        # Every second round runs backwards, so that nobody always follows the same neighbour.
        for target in there if number % 2 == 0 else there[::-1]:
            wait_until_idle(quiet, at_most=min(0.3, seconds))
            await once(fleet, target, seconds, seen[target.key])
    return seen


async def once(fleet: Fleet, target: Target, seconds: float, seen: Seen) -> None:
    """Load one target for a moment and write down what it did."""
    server = fleet.servers[target.server]
    sent = request("GET", target.path, server.port, target.headers)
    target.answer = await ask(server.port, sent)
    async with reading(server.port, sent, target.answer, target.connections) as run:
        before = server.cpu()
        counted = len(run.times)
        await asyncio.sleep(seconds)
        spent, counted = server.cpu() - before, len(run.times) - counted
    seen.wrong += run.wrong
    if counted:
        seen.rates.append(run.rate)
        seen.cpu.append(spent / counted * 1e6)
        seen.p50.append(run.quantile(0.5) * 1000)
        seen.p99.append(run.quantile(0.99) * 1000)
        seen.share.append(spent / seconds)
