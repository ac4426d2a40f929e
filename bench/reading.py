"""The reading pages on a slow phone: a village's page and a quarter's accounts, the first time and again.

`python -m bench.reading` measures and prints this, in about three minutes; `--write` puts it into docs/benchmarks.md in
the place of what stands there. Debian's Chromium, by the DevTools protocol: a line of 1.6 Mbit/s and 150 ms, a processor
four times slower; how long a page is blocked is measured at six times.

Beside ours: an ordinary React application over our own API (peers/react_spa), an ordinary Django template (peers/drf), and
the floor: what our page says as plain HTML without style and script. They take turns; what each shows is compared before.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import brotli
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.phone import FLAGS, NETWORK
from bench.processes import Quiet, every_core, wait_until_idle
from bench.reading_ways import Addresses, Facts, serving
from bench.rounds import Ratio, ratio
from bench.section import Verdict, judged, run_alone
from bench.world import make_world
from server.cli.logs import set_up_logs

TITLE = "## The reading pages on a slow phone"
PAGES = {"village": "village", "disclosure": "accounts"}
WAYS = {
    "ours": "ours",
    "floor": "plain HTML",
    "django": "Django template",
    "react": "React application",
}
SLOWER, BLOCKED_SLOWER = 4, 6
FIRST_KB, ALL_KB, SCRIPT_KB, STYLE_KB, BLOCKED_MS = 14, 40, 25, 6, 150
LCP_TIMES, AGAIN_TIMES = 1.2, 0.35
# What must be there before anything can be read.
FIRST = {"react": ("Document", "Stylesheet", "Script", "Fetch"), "": ("Document", "Stylesheet")}
FOR_PAPER = "style for paper"
INSIDE = "[...document.querySelectorAll('style')].map(each => each.textContent).join('')"

WATCH = """
window.seen = { lcp: 0, blocked: 0 };
new PerformanceObserver(list => { for (const e of list.getEntries()) seen.lcp = e.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver(list => { for (const e of list.getEntries()) seen.blocked += Math.max(0, e.duration - 50); })
  .observe({ type: "longtask", buffered: true });
"""


@dataclass(slots=True)
class Look:
    """What one way did with one page: bytes by kind and requests of a first view, and milliseconds round by round."""

    kinds: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    lcp: list[float] = field(default_factory=list)
    blocked: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    again_bytes: int = 0
    inside: int = 0  # bytes of the style that stands in the page, packed by itself

    @property
    def style(self) -> float:
        """KB of style, in files and in the page."""
        return self.weight("Stylesheet", FOR_PAPER) + self.inside / 1024

    def weight(self, *kinds: str) -> float:
        """KB over the line of these kinds, headers with them; without any: of all but pictures."""
        of = kinds or tuple(kind for kind in self.kinds if kind != "Image")
        return sum(self.kinds.get(kind, 0) for kind in of) / 1024


@dataclass(slots=True)
class Read:
    """What was seen, by page and way; `wrong` says what somebody does not show."""

    absent: str = ""
    browser: str = ""
    quiet: Quiet = field(default_factory=Quiet)
    lacking: dict[str, str] = field(default_factory=dict)
    looks: dict[str, dict[str, Look]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def measure_reading(folder: Path, *, rounds: int = 3) -> Read:
    """Return what was measured; `absent` says why nothing was."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        return Read(absent="not measured: no Chromium (CHROMIUM=/path/to/chromium)")
    set_up_logs("warning")
    world = asyncio.run(make_world(folder))
    seen = Read()
    with (
        serving(world, folder, seen.lacking) as (addresses, facts),
        every_core(),
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        seen.browser = f"Chromium {browser.version.split('.')[0]}"
        _compare(browser, addresses, facts, seen)
        for number in range(rounds):
            for page, ways in addresses.items():
                looks = seen.looks.setdefault(page, {way: Look() for way in ways})
                for way in list(ways) if number % 2 == 0 else list(ways)[::-1]:
                    wait_until_idle(seen.quiet, at_most=0.5)
                    _measure(browser, ways[way], way, looks[way])
        browser.close()
    return seen


# ---------------------------------------------------------------- looking


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, is_mobile=True, has_touch=True, locale="zh-CN"
    )
    context.add_init_script(WATCH)
    context.set_default_timeout(30_000)
    return context


def _compare(browser: Browser, addresses: Addresses, facts: Facts, seen: Read) -> None:
    """Note what somebody does not show of what everybody must."""
    for page, ways in addresses.items():
        for way, address in ways.items():
            with _context(browser) as context:
                tab = context.new_page()
                tab.goto(address, wait_until="networkidle")
                shown = "".join((tab.locator("body").text_content() or "").split())
            missing = [fact for fact in facts[page] if "".join(fact.split()) not in shown]
            if missing:
                seen.wrong.append(
                    f"{PAGES[page]}, {WAYS[way]}: {len(missing)} of {len(facts[page])} are not shown: {missing[0]!r}"
                )


def _measure(browser: Browser, address: str, way: str, look: Look) -> None:
    with _context(browser) as context:
        tab = context.new_page()
        counted = _slow(tab, SLOWER, NETWORK)
        look.lcp.append(_seen(tab, address)["lcp"])
        look.kinds, look.requests = dict(counted), counted.requests
        look.inside = len(brotli.compress(str(tab.evaluate(INSIDE)).encode()))
        if way == "ours":
            _until_kept(tab)
            context.set_offline(True)
        counted.clear()
        look.again.append(_seen(tab, address)["lcp"])
        look.again_bytes = sum(counted.values())
    with _context(browser) as context:
        tab = context.new_page()
        _slow(tab, BLOCKED_SLOWER, None)
        look.blocked.append(_seen(tab, address)["blocked"])


class _Counted(defaultdict[str, int]):
    requests = 0


def _slow(tab: Page, slower: int, network: dict[str, Any] | None) -> _Counted:
    """Make a phone of it, and count what comes over its line."""
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    devtools.send("Network.enable")
    if network:
        devtools.send("Network.emulateNetworkConditions", network)
    counted, kinds = _Counted(int), dict[str, str]()

    def finished(event: dict[str, Any]) -> None:
        size = int(event["encodedDataLength"])
        if size:  # nothing comes over the line from a cache
            counted[kinds.get(event["requestId"], "Other")] += size
            counted.requests += 1

    def received(event: dict[str, Any]) -> None:
        kinds.setdefault(event["requestId"], event["type"])

    def sent(event: dict[str, Any]) -> None:
        # What only paper needs is fetched last of all, and no screen waits for it.
        if event["type"] == "Stylesheet" and event["request"]["initialPriority"] == "VeryLow":
            kinds[event["requestId"]] = FOR_PAPER

    devtools.on("Network.requestWillBeSent", sent)
    devtools.on("Network.responseReceived", received)
    devtools.on("Network.loadingFinished", finished)
    return counted


def _seen(tab: Page, address: str) -> dict[str, float]:
    tab.goto(address, wait_until="load")
    tab.wait_for_load_state("networkidle")
    tab.wait_for_timeout(300)
    found: dict[str, float] = tab.evaluate("seen")
    return found


def _until_kept(tab: Page) -> None:
    """Wait until the phone keeps the page; the page's own policy lets nobody wait inside it."""
    for turn in range(200):
        if tab.evaluate("caches.match(location.href).then(kept => kept !== undefined)"):
            return
        if turn == 60:  # the first view may end before there is a worker
            tab.reload(wait_until="networkidle")
        tab.wait_for_timeout(50)
    raise TimeoutError(f"not kept on the phone: {tab.url}")


# ---------------------------------------------------------------- the tables


def _needed(look: Look, way: str) -> float:
    return look.weight(*FIRST.get(way, FIRST[""]))


def section(seen: Read) -> str:
    """Return the results as Markdown, without their heading."""
    if seen.absent:
        return seen.absent
    heads = ["page", "who shows it", "KB to the first screen", "KB in all", "script", "style", "photos KB", "requests",
             "LCP s", "LCP ÷ floor", "blocked ms", "again: LCP s", "again ÷ floor", "again KB"]  # fmt: skip
    rows = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for page, looks in seen.looks.items():
        floor = looks["floor"].lcp
        for way, title in WAYS.items():
            look = looks.get(way)
            if look is None:
                rows.append(
                    f"| {PAGES[page]} | {title} | {seen.lacking.get(way, 'not measured')} |{' |' * 11}"
                )
                continue
            again = f"{title}, without a signal" if way == "ours" else title
            cells = [
                PAGES[page], again, f"{_needed(look, way):.1f}", f"{look.weight():.1f}",
                f"{look.weight('Script'):.1f}", f"{look.style:.1f}", f"{look.weight('Image'):.1f}",
                f"{look.requests}", f"{median(look.lcp) / 1000:.2f}", str(ratio(look.lcp, floor)),
                f"{median(look.blocked):.0f} ({min(look.blocked):.0f}–{max(look.blocked):.0f})",
                f"{median(look.again) / 1000:.2f}", str(ratio(look.again, floor)), f"{look.again_bytes / 1024:.1f}",
            ]  # fmt: skip
            rows.append(f"| {' | '.join(cells)} |")
    rows += [
        "",
        (
            f"{seen.browser}, 360 × 800, over 1.6 Mbit/s and 150 ms with a processor {SLOWER} times slower; blocked is measured at {BLOCKED_SLOWER} times."
            " Bytes are compressed, with headers, without TLS and without what a service worker fetches for later. To the first screen: page and"
            " style, and for React its script and the answer too. Again: the same page once more, ours without a signal, the others over the line."
            " Ratios are taken inside a round; ‘again’ too is beside the floor's first view."
        ),
    ]
    rows += [f"\nNot the same: {each}." for each in seen.wrong]
    if not seen.wrong:
        rows.append(
            "\nWhat everybody shows was compared before: the same titles, labels and amounts."
        )
    if seen.quiet.gave_up:
        rows.append(f"\nThe machine was not idle before {seen.quiet.gave_up} of the measurements.")
    return "\n".join(rows)


def goals(seen: Read | None) -> list[Verdict]:
    """Return the verdicts: of the two pages the worse one counts."""
    pages = list(seen.looks.values()) if seen and not seen.absent else []
    ours = [looks["ours"] for looks in pages]

    def worst(times: list[Ratio | None]) -> Ratio | None:
        return max((each for each in times if each), key=lambda each: each.middle, default=None)

    lcp = worst([ratio(looks["ours"].lcp, looks["floor"].lcp) for looks in pages])
    again = worst([ratio(looks["ours"].again, looks["floor"].lcp) for looks in pages])
    found = []
    for goal, limit, unit, values in (
        ("to the first readable screen", FIRST_KB, "KB", [_needed(look, "ours") for look in ours]),
        ("in all", ALL_KB, "KB", [look.weight() for look in ours]),
        ("script", SCRIPT_KB, "KB", [look.weight("Script") for look in ours]),
        ("style", STYLE_KB, "KB", [look.style for look in ours]),
        (
            "blocked, processor slowed 6 times",
            BLOCKED_MS,
            "ms",
            [median(look.blocked) for look in ours],
        ),
    ):
        value = max(values, default=None)
        found.append(
            judged(
                f"G8 reading page: {goal}",
                f"≤ {limit} {unit}",
                value,
                limit,
                f"{value or 0:.1f} {unit}",
            )
        )
    for goal, most, measured in (
        ("LCP beside plain HTML", LCP_TIMES, lcp),
        ("again without a signal, beside plain HTML", AGAIN_TIMES, again),
    ):
        found.append(
            judged(
                f"G8 reading page: {goal}",
                f"≤ {most}×",
                measured.middle if measured else None,
                most,
                str(measured),
            )
        )
    return found


def main() -> None:
    """Measure, print, and write where that is asked for."""
    run_alone(
        "bench.reading",
        __doc__,
        TITLE,
        lambda place, given: measure_reading(place, rounds=given.rounds),
        section,
        goals=goals,
    )


if __name__ == "__main__":
    main()
