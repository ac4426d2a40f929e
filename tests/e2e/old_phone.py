"""A phone with Chromium 92 (July 2021): the engine in which chat apps on older phones still open a link.

Today's driver speaks to it over the DevTools protocol. It lacks two things there, and gets them without the page's
own scripts seeing anything of it: the driver's own world is taught `checkVisibility`, which is younger than the
engine, and the finger is announced again once the page has been left for the first time.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Playwright

from tests.e2e.staff_site import Site

TOOL = Path(__file__).parents[2] / "tools" / "old_browser.sh"
MAJOR = "92"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--remote-debugging-port=0",
]
DRIVERS_WORLD = re.compile(r"^__playwright_utility_world")
TEACH = """Element.prototype.checkVisibility ??= function () {
  return this.getClientRects().length > 0 || getComputedStyle(this).display === 'contents';
};"""


def old_chromium(major: str = MAJOR) -> str:
    """Return the path of an old engine, unpacked on the first call; skips the test where it cannot run."""
    here = (platform.system(), platform.machine())
    if f"CHROMIUM_{major}" not in os.environ and here != ("Linux", "x86_64"):
        pytest.skip(f"Chromium {major} comes for Linux on x86-64 only")
    got = subprocess.run([TOOL, major], capture_output=True, text=True)
    assert got.returncode == 0, got.stderr
    return got.stdout.strip()


@contextmanager
def old_browsing(playwright: Playwright, folder: Path, site: Site) -> Iterator[Browser]:
    """Run the old engine with a fresh profile in `folder`, and a driver that speaks to it, until the visit is over."""
    log = folder / "browser.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [old_chromium(), *FLAGS, f"--user-data-dir={folder / 'profile'}"], stderr=said
        )
    try:
        yield playwright.chromium.connect_over_cdp(_address(process, log))
    finally:
        site.contexts.clear()  # they went with their browser
        process.kill()
        process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Return where the browser listens, once it says so; fails with what it said instead."""
    for _ in range(600):
        if found := re.search(r"DevTools listening on (ws://\S+)", log.read_text("utf-8")):
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"Chromium {MAJOR} did not start:\n{log.read_text('utf-8')}")


def teach(page: Page) -> CDPSession:
    """Let the driver find its way on a new page, before it goes anywhere."""
    devtools = page.context.new_cdp_session(page)
    worlds: list[dict[str, object]] = []
    devtools.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]))
    devtools.send("Runtime.enable")
    devtools.send("Page.enable")
    (own,) = [world for world in worlds if DRIVERS_WORLD.match(str(world["name"]))]
    devtools.send(
        "Page.addScriptToEvaluateOnNewDocument", {"source": TEACH, "worldName": own["name"]}
    )
    return devtools


def touch(devtools: CDPSession) -> None:
    """Announce the finger again: this engine forgets it when it leaves a page."""
    devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})
