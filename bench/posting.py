"""Writing: durable posts by eight clients, ours and the peers', and readers while somebody posts."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bench.load import Run, post_all, reading, request
from bench.processes import Quiet, wait_until_idle
from bench.targets import Fleet, Target
from bench.world import CLIENTS, Quarter, World, Writer, post_of
from server.rules.values import uuid7_at

# A writer's villages have years enough: each post is another quarter, from here on.
FIRST = Quarter(1951, 1)
QUARTERS = 300
READERS = 16


@dataclass(slots=True)
class Posting:
    """Posts a second, round by round, and the server's CPU for each in ms."""

    rates: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    wrong: int = 0
    first_wrong: str = ""


@dataclass(slots=True)
class Mixed:
    """Readers alone and readers beside posts, round by round."""

    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    alone_p99: list[float] = field(default_factory=list)
    beside_p99: list[float] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)
    wrong: int = 0


class Stock:
    """The posts that can still be sent: made before the clock runs, each used once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.next = [FIRST for _ in world.writers]
        self.turn = 0

    def ours(self, port: int, each: int) -> list[Iterator[bytes]]:
        """Return for each client the requests of the next quarters, of one village after the other."""
        found = []
        now = datetime.now(UTC)
        for client in range(CLIENTS):
            sent = []
            for turn in range(each):
                number = (client + CLIENTS * (self.turn + turn)) % len(self.world.writers)
                writer = self.world.writers[number]
                body = _bytes(post_of(writer, self.next[number], now))
                self.next[number] = _after(self.next[number])
                sent.append(_post("/api/v1/submissions", port, body, _signed_in(writer, port)))
            found.append(iter(sent))
        self.turn += each
        return found

    def peers(self, port: int, each: int) -> list[Iterator[bytes]]:
        """Return the same posts as the peers take them: thirty lines, three photos, no session, no checks."""
        found = []
        now = datetime.now(UTC)
        for writer in self.world.writers[:CLIENTS]:
            flat = flattened(post_of(writer, FIRST, now))
            bodies = [
                _bytes(flat | {"id": uuid7_at(now, secrets.token_bytes(10))}) for _ in range(each)
            ]
            found.append(iter([_post("/posts", port, body, {}) for body in bodies]))
        return found


def _after(quarter: Quarter) -> Quarter:
    return (
        Quarter(quarter.year + 1, 1)
        if quarter.number == 4
        else Quarter(quarter.year, quarter.number + 1)
    )


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _post(path: str, port: int, body: bytes, headers: dict[str, str]) -> bytes:
    return request("POST", path, port, {"Content-Type": "application/json", **headers}, body)


def _signed_in(writer: Writer, port: int) -> dict[str, str]:
    return {"Cookie": f"gsl_session={writer.token}", "Origin": f"http://127.0.0.1:{port}"}


def flattened(post: dict[str, Any]) -> dict[str, Any]:
    """Return a post as rows: every line and every entry of the accounts, and the photos."""
    lines = []
    for group in ("income", "other_receipts", "expense", "other_payments"):
        for line in post["content"][group]:
            label = line.get("label", line["item"])
            lines.append(
                {"group": group, "item": line["item"], "label": label, "amount": line["amount"]}
            )
            lines += [
                {"group": group, "item": line["item"], "label": e["summary"], "amount": e["amount"]}
                for e in line.get("entries", [])
            ]
    return {
        "id": post["id"],
        "village": post["division"],
        "category": post["category"],
        "period": post["period"],
        "composed_at": post["composed_at"],
        "lines": lines,
        "photos": [{"sha256": p["sha256"], "role": p["role"]} for p in post["photos"]],
    }


async def post_rounds(
    fleet: Fleet, stock: Stock, *, rounds: int, seconds: float, quiet: Quiet
) -> dict[str, Posting]:
    """Return how many durable posts each server takes, in alternating rounds."""
    servers = [name for name in ("ours", "drf", "fastapi") if name in fleet.servers]
    found = {name: Posting() for name in servers}
    most = QUARTERS // (rounds + 1) // 2
    for _ in range(rounds):
        for name in servers:
            server = fleet.servers[name]
            make = stock.ours if name == "ours" else stock.peers
            bodies = make(server.port, most)
            wait_until_idle(quiet, at_most=0.4)
            before = server.cpu()
            run = await post_all(server.port, bodies, seconds)
            spent = server.cpu() - before
            _note(found[name], run, spent)
    return found


def _note(posting: Posting, run: Run, spent: float) -> None:
    posting.wrong += run.wrong
    posting.first_wrong = posting.first_wrong or run.first_wrong
    if run.times:
        posting.rates.append(run.rate)
        posting.p50.append(run.quantile(0.5) * 1000)
        posting.p99.append(run.quantile(0.99) * 1000)
        posting.cpu.append(spent / len(run.times) * 1000)


async def mixed_rounds(
    fleet: Fleet, stock: Stock, target: Target, *, rounds: int, seconds: float, per_second: float
) -> Mixed:
    """Return what readers of the cached village page lose while others post, in alternating rounds."""
    mixed = Mixed()
    server = fleet.servers["ours"]
    assert target.answer is not None
    sent = request("GET", target.path, server.port, target.headers)
    each = int(per_second * seconds / CLIENTS) + 2
    for _ in range(rounds):
        for posting in (False, True):
            bodies = stock.ours(server.port, each) if posting else []
            async with AsyncExitStack() as held:
                run = await held.enter_async_context(
                    reading(server.port, sent, target.answer, READERS)
                )
                if posting:
                    posts = await post_all(server.port, bodies, seconds, per_second=per_second)
                    mixed.posts.append(posts.rate)
                    mixed.wrong += posts.wrong
                else:
                    await asyncio.sleep(seconds)
            rates, tails = (
                (mixed.beside, mixed.beside_p99) if posting else (mixed.alone, mixed.alone_p99)
            )
            rates.append(run.rate)
            tails.append(run.quantile(0.99) * 1000)
            mixed.wrong += run.wrong
    return mixed
