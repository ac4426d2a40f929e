"""The reading pages as Lighthouse sees them: a village's page and its newest accounts, on a phone over a slow 4G.

`python -m bench.lighthouse` audits and prints, in a minute or two; `--write` puts it into docs/benchmarks.md in the place
of what stands there. The pages are the demonstration's, with photos; search engines are kept out of it on purpose, so
the audit that asks whether they may come in is left out (tests/web/test_site_map.py looks at a real installation).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from bench.processes import CORES, Quiet, Server, free_port, start, wait_until_idle
from bench.section import ROOT, run_alone
from server.cli.demonstration.people import OWN_VILLAGE

TITLE = "## The reading pages under Lighthouse"
WANTED = 100
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {
    "largest-contentful-paint": ("LCP s", 1000, 2),
    "total-blocking-time": ("blocked ms", 1, 0),
    "cumulative-layout-shift": ("shift", 1, 3),
    "total-byte-weight": ("KB", 1024, 0),
}

HOW = (
    "Lighthouse {version}, {browser}, its mobile preset (a slow 4G and a processor four times slower, both reckoned), median of "
    "{rounds} rounds (smallest–largest); pages of the demonstration, with photos. How long a page is blocked is measured by "
    "the clock and grows when others use the machine."
)


@dataclass(slots=True)
class Audited:
    """What was seen of each page: points by category, numbers by metric, and audits that were not passed."""

    absent: str = ""
    version: str = ""
    browser: str = ""
    quiet: Quiet = field(default_factory=Quiet)
    points: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    numbers: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    failed: dict[str, set[str]] = field(default_factory=dict)


def audit_reading(folder: Path, *, rounds: int = 3) -> Audited:
    """Return what Lighthouse found; `absent` says why it could not look."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        return Audited(absent="not measured: no Chromium (CHROMIUM=/path/to/chromium)")
    tool = subprocess.run(
        [ROOT / "tools" / "lighthouse.sh"], capture_output=True, text=True, check=False
    )
    if tool.returncode:
        return Audited(absent="not measured: Lighthouse could not be installed")
    server = _demonstration(folder)
    try:
        seen = Audited()
        for _ in range(rounds):
            for name, path in _pages(server).items():
                wait_until_idle(seen.quiet, at_most=10)
                url = f"http://127.0.0.1:{server.port}{path}"
                _note(seen, name, _audit(tool.stdout.strip(), chromium, url))
        return seen
    finally:
        server.stop()


def _demonstration(folder: Path) -> Server:
    port = free_port()
    settings = {
        "GONGSHILAN_DATABASE_URL": f"sqlite://{folder / 'demo.db'}",
        "GONGSHILAN_PHOTOS": str(folder / "photos"),
        "GONGSHILAN_UPLOADS": str(folder / "uploads"),
        "GONGSHILAN_LOG_LEVEL": "warning",
    }
    subprocess.run(
        [sys.executable, "-m", "server", "demo", "--load-only"],
        env=os.environ | settings,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    command = ["server", "demo", "--port", str(port)]
    server = start(command, port, "/readyz", settings, folder / "demo.log")
    if CORES:
        server.process.cpu_affinity(CORES)  # nothing else is measured beside it
    return server


def _pages(server: Server) -> Mapping[str, str]:
    """Return the two addresses: a village's, and that of its newest accounts."""
    past = f"http://127.0.0.1:{server.port}/v/{OWN_VILLAGE}/past?category=finance_quarterly"
    found = re.search(r'href="(/d/[^"]+)"', httpx.get(past, trust_env=False).text)
    if found is None:
        raise RuntimeError("the demonstration shows no accounts")
    return {"village": f"/v/{OWN_VILLAGE}", "accounts": found[1]}


def _audit(tool: str, chromium: str, url: str) -> dict[str, Any]:
    done = subprocess.run(
        [
            ROOT / "tools" / "with_node.sh",
            tool,
            url,
            "--quiet",
            "--no-enable-error-reporting",
            "--output=json",
            "--skip-audits=is-crawlable",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-quic --no-first-run",
        ],
        env=os.environ | {"CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    if done.returncode:
        raise RuntimeError(f"Lighthouse could not audit {url}:\n{done.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _note(seen: Audited, page: str, report: Mapping[str, Any]) -> None:
    seen.version = report["lighthouseVersion"]
    agent = re.search(r"Chrome/(\d+)", report["environment"]["hostUserAgent"])
    seen.browser = f"Chromium {agent[1]}" if agent else "Chromium"
    points = seen.points.setdefault(page, {})
    for key in CATEGORIES:
        points.setdefault(key, []).append(round(report["categories"][key]["score"] * 100))
        for part in report["categories"][key]["auditRefs"]:
            found = report["audits"][part["id"]]
            # Performance is judged by its numbers; its advice has no weight.
            if part["weight"] and found["score"] == 0 and key != "performance":
                seen.failed.setdefault(page, set()).add(found["title"])
    numbers = seen.numbers.setdefault(page, {})
    for key in METRICS:
        numbers.setdefault(key, []).append(float(report["audits"][key]["numericValue"]))


def section(seen: Audited) -> str:
    """Return the results as Markdown, without their heading."""
    if seen.absent:
        return seen.absent
    heads = [*CATEGORIES, *(name for name, _, _ in METRICS.values())]
    rows = [f"| page | {' | '.join(heads)} |", f"| --- |{' --- |' * len(heads)}"]
    for page, points in seen.points.items():
        cells = [
            f"{median(points[key]):.0f} ({min(points[key])}–{max(points[key])})" for key in points
        ]
        for key, (_, unit, places) in METRICS.items():
            cells.append(f"{median(seen.numbers[page][key]) / unit:.{places}f}")
        rows.append(f"| {page} | {' | '.join(cells)} |")
    rounds = len(next(iter(seen.points.values()))[CATEGORIES[0]])
    reached = all(median(p[key]) >= WANTED for p in seen.points.values() for key in CATEGORIES)
    rows += ["", f"Wanted: {WANTED} everywhere; {'met' if reached else '**not met**'}."]
    rows += [
        f"Not passed, {page}: {'; '.join(sorted(what))}." for page, what in seen.failed.items()
    ]
    how = HOW.format(version=seen.version, browser=seen.browser, rounds=rounds)
    rows += ["", how]
    if seen.quiet.gave_up:
        rows.append(
            f"\nThe machine was not idle before {seen.quiet.gave_up} of {rounds * len(seen.points)} audits."
        )
    return "\n".join(rows)


def main() -> None:
    """Audit, print, and write where that is asked for."""
    run_alone(
        "bench.lighthouse",
        __doc__,
        TITLE,
        lambda place, given: audit_reading(place, rounds=given.rounds),
        section,
    )


if __name__ == "__main__":
    main()
