"""A query point through a day: what its page and its process hold in memory at 0, 6, 12, 18 and 24 hours.

`python -m bench.kiosk` measures and prints this alone, in four minutes on two idle cores, and gives up after fifteen; `--write` puts it into docs/benchmarks.md
in the place of what stands there.

The page's clock is Playwright's: timers run when they are told to, so a day of heartbeats, looks and slides takes minutes.
Each hour somebody comes, reads a notice, searches and walks away; at night it looks for another version, and there is
none: one that comes starts the page anew, with nothing of what was held. The server cannot be hurried like that, so
heartbeats are answered here, in its words and with the page's own time; all else is the server's.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from playwright.sync_api import BrowserContext, CDPSession, Page, Route, sync_playwright

from bench.alone import start_alone, with_cast
from bench.processes import Server
from bench.section import run_alone
from server.rules.values import uuid7_at
from tests.cast import LI_SI, PASSWORD, TOWNSHIP, VILLAGE_A, ZHANG_SAN, ZHAO_LIU, Person
from tests.journeys.posting import ALL_FIVE, accounts_of, board_photo

TITLE = "## A query point through a day"
HOURS = 24
# Shorter than what any question is given before it is given up: the server answers in real time.
STEP_MS = 15_000
MEASURED = (0, 6, 12, 18, 24)
# A day that takes longer than this, by the clock on the wall, is not waited for.
AT_MOST_SECONDS = 900
# From the sixth hour on: what is loaded once is there by then.
FROM = 6
MOST_GROWTH = 0.10
QUARTERS = ("2026-q1", "2026-q2", "2026-q3")
POINT = {"name": "便民大厅查询机", "place": "一楼门口", "kind": "kiosk"}
# So long is a visit with the minutes until the slides are back.
VISIT_MS = 131_000
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--enable-precise-memory-info",
]
HOW = (
    "{browser}, 1080 × 1920, a township's kiosk with one village's notices; {hours} hours on the page's own clock: "
    "{visits} visits with a search each, all of them forgotten after a minute, slides in between, {beats} heartbeats, "
    "a look at what changed with each, and the hours of the night in which it looks for another version. "
    "The heap is JavaScript's after three forced collections; the process is the renderer's resident memory (RSS), "
    "in which the engine's own caches come and go."
)


@dataclass(slots=True)
class ThroughDay:
    """Megabytes of the page's heap and of its process, by the hour; `absent` says why nothing was measured."""

    absent: str = ""
    browser: str = ""
    heap: dict[int, float] = field(default_factory=dict)
    process: dict[int, float] = field(default_factory=dict)
    nodes: dict[int, int] = field(default_factory=dict)
    visits: int = 0
    beats: int = 0


def growth(by_hour: dict[int, float]) -> float:
    """Return by which part what is held after a day is more than after six hours."""
    return by_hour[HOURS] / by_hour[FROM] - 1


def measure_kiosk(folder: Path) -> ThroughDay:
    """Return what was measured; `absent` says why nothing was, where there is no browser."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        return ThroughDay(absent="not measured: no Chromium (CHROMIUM=/path/to/chromium)")
    url = f"sqlite://{folder / 'kiosk.db'}"
    asyncio.run(with_cast(url, datetime.now(UTC)))
    server = start_alone(url, folder, "kiosk")
    try:
        for quarter in QUARTERS:
            _publish(server, quarter)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
            seen = ThroughDay(browser=f"Chromium {browser.version.split('.')[0]}")
            context = browser.new_context(
                viewport={"width": 1080, "height": 1920}, locale="zh-CN", has_touch=True
            )
            _day(context, server, seen)
            browser.close()
    finally:
        server.stop()
    return seen


@contextmanager
def _client(server: Server, person: Person) -> Iterator[httpx.Client]:
    """Return somebody's signed-in client."""
    base = f"http://127.0.0.1:{server.port}"
    with httpx.Client(base_url=base, headers={"Origin": base}, trust_env=False) as client:
        body = {"login": person.login, "password": PASSWORD}
        client.post("/api/v1/sessions", json=body).raise_for_status()
        yield client


def _publish(server: Server, quarter: str) -> None:
    """Post a quarter's accounts with a photo of the board, and approve them."""
    now = datetime.now(UTC)
    sha256, data = board_photo()
    sent = {
        "id": uuid7_at(now, os.urandom(10)),
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "schema_version": 1,
        "content": accounts_of(quarter),
        "period": quarter.upper().replace("-", ""),
        "photos": [{"sha256": sha256, "role": "board"}],
        "composed_at": now.isoformat(),
    }
    with _client(server, ZHANG_SAN) as phone:
        kind = {"Content-Type": "application/octet-stream"}
        address = f"/api/v1/photos/{sha256}?division={VILLAGE_A}"
        phone.put(address, content=data, headers=kind).raise_for_status()
        phone.post("/api/v1/submissions", json=sent).raise_for_status()
    with _client(server, LI_SI) as supervisor:
        address = f"/api/v1/submissions/{sent['id']}"
        etag = supervisor.get(address).headers["etag"]
        decision = {
            "id": uuid7_at(now, os.urandom(10)),
            "decision": "approve",
            "points": ALL_FIVE,
        }
        supervisor.post(
            f"{address}/review", json=decision, headers={"If-Match": etag}
        ).raise_for_status()


def _code(server: Server) -> str:
    """Put a kiosk of the township into the register and return its eight digits."""
    point = {"id": uuid7_at(datetime.now(UTC), os.urandom(10)), "division": TOWNSHIP, **POINT}
    with _client(server, ZHAO_LIU) as town:
        answer = town.post("/api/v1/query-points", json=point)
        answer.raise_for_status()
        return re.sub(r"\D", "", answer.json()["code"])


def _day(context: BrowserContext, server: Server, seen: ThroughDay) -> None:
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.clock.install()
    page.goto(f"http://127.0.0.1:{server.port}/kiosk")
    for digit in _code(server):
        _press(page, digit)
    _press(page, "配对")
    page.get_by_role("button", name="红河村").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.route("**/heartbeats", lambda route: _answer(route, seen))
    asked = Asked(page)
    devtools = context.new_cdp_session(page)
    for method in ("HeapProfiler.enable", "Performance.enable"):
        devtools.send(method)
    page.clock.run_for(130_000)  # the slides are on
    _measure(page, devtools, seen, 0)
    began = time.monotonic()
    for hour in range(1, HOURS + 1):
        if time.monotonic() - began > AT_MOST_SECONDS:
            seen.absent = (
                f"not measured: {hour - 1} of {HOURS} hours in {AT_MOST_SECONDS // 60} minutes"
            )
            return
        _visit(page, asked, seen)
        _pass(page, asked, 3_600_000 - VISIT_MS)
        if hour in MEASURED:
            _measure(page, devtools, seen, hour)


class Asked:
    """What a page asked and was not answered yet."""

    def __init__(self, page: Page) -> None:
        self.open = 0
        page.on("request", lambda _: self._add(1))
        page.on("requestfinished", lambda _: self._add(-1))
        page.on("requestfailed", lambda _: self._add(-1))

    def _add(self, by: int) -> None:
        self.open = max(0, self.open + by)

    def wait(self, page: Page) -> None:
        """Wait until everything is answered, and nothing is asked because of it; what is not within two seconds never is."""
        for _ in range(100):
            if self.open == 0:
                return
            page.wait_for_timeout(20)
        self.open = 0


def _pass(page: Page, asked: Asked, milliseconds: int) -> None:
    """Let time pass for the page, and what it asks meanwhile be answered."""
    for left in range(milliseconds, 0, -STEP_MS):
        page.clock.run_for(min(left, STEP_MS))
        asked.wait(page)


def _answer(route: Route, seen: ThroughDay) -> None:
    """Answer a heartbeat as the server does to a device whose clock is right."""
    said = json.loads(route.request.post_data or "{}")
    seen.beats += 1
    body = {
        "received_at": said["at"],
        "server_now": said["at"],
        "name": POINT["name"],
        "place": POINT["place"],
        "kind": POINT["kind"],
        "volume": 6,
        "retired": False,
    }
    route.fulfill(json=body, headers={"Gongshilan": "1"})


def _press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).first.click()


def _visit(page: Page, asked: Asked, seen: ThroughDay) -> None:
    """Somebody wakes the screen, reads a notice, searches, reads what was found, and walks away."""
    page.locator("button.touch").click()
    _press(page, "红河村")
    _press(page, "村级财务收支公开")
    page.locator("ul.rows .row").first.click()
    page.locator(".sheet table").first.wait_for()
    _press(page, "找一找")
    for letter in "CWSZ":
        _press(page, letter)
    page.clock.run_for(1000)
    page.locator("ul.rows .row").first.click()
    page.locator(".sheet table").first.wait_for()
    _pass(page, asked, 65_000)
    page.locator(".brand").wait_for()  # the first screen, as nobody had been here
    _pass(page, asked, 65_000)
    page.locator("button.touch").wait_for()
    seen.visits += 1


def _measure(page: Page, devtools: CDPSession, seen: ThroughDay, hour: int) -> None:
    page.clock.run_for(1000)
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(200)
    metrics = {
        each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]
    }
    seen.heap[hour] = float(metrics["JSHeapUsedSize"]) / 1e6
    seen.nodes[hour] = int(metrics["Nodes"])
    seen.process[hour] = _renderer_bytes() / 1e6


def _renderer_bytes() -> int:
    """Return the resident memory of the largest renderer of this browser, the one with the page in it."""
    own = _children(os.getpid())
    sizes = [
        int(found[1]) * 1024
        for pid in own
        if b"--type=renderer" in _read(pid, "cmdline")
        and (found := re.search(rb"VmRSS:\s+(\d+) kB", _read(pid, "status")))
    ]
    return max(sizes)


def _children(parent: int) -> set[int]:
    """Return the processes below one, at any depth."""
    of: dict[int, list[int]] = {}
    for each in Path("/proc").iterdir():
        if each.name.isdecimal() and (
            found := re.search(rb"PPid:\s+(\d+)", _read(int(each.name), "status"))
        ):
            of.setdefault(int(found[1]), []).append(int(each.name))
    found_all: set[int] = set()
    waiting = [parent]
    while waiting:
        below = of.get(waiting.pop(), [])
        found_all.update(below)
        waiting += below
    return found_all


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""  # it ended meanwhile


def kiosk_section(seen: ThroughDay) -> str:
    """Return the results as Markdown, without their heading."""
    if seen.absent:
        return seen.absent
    rows = [
        "| after hours | heap, MB | renderer, MB | DOM nodes |",
        "| --- | --- | --- | --- |",
    ]
    rows += [
        f"| {hour} | {seen.heap[hour]:.2f} | {seen.process[hour]:.0f} | {seen.nodes[hour]} |"
        for hour in MEASURED
    ]
    heap, process = growth(seen.heap), growth(seen.process)
    met = "met" if max(heap, process) <= MOST_GROWTH else "**not met**"
    rows += [
        "",
        (
            f"Wanted: from hour {FROM} to {HOURS} no growth of more than {MOST_GROWTH:.0%}: {met} "
            f"(heap {heap:+.1%}, renderer {process:+.1%})."
        ),
        "",
        HOW.format(browser=seen.browser, hours=HOURS, visits=seen.visits, beats=seen.beats),
    ]
    return "\n".join(rows)


def main() -> None:
    """Measure, print, and write where that is asked for."""
    run_alone("bench.kiosk", __doc__, TITLE, lambda place, _: measure_kiosk(place), kiosk_section)


if __name__ == "__main__":
    main()
