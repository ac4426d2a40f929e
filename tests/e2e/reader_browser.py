"""The site and the browser that the reader's tests share."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e import reader_site

AXE = Path(__file__).parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
# The same engine without windows: half the work, and no notifications. `make test` says where it is.
ENGINE = os.environ.get("CHROMIUM_ENGINE") or CHROMIUM
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page of a test lives for a second or two: what the engine would compile for speed is thrown away before it pays.
    "--js-flags=--no-opt",
]
PHONE = {"width": 360, "height": 800}


@contextmanager
def serving() -> Iterator[str]:
    """The fixed site on a free port of this machine."""
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(reader_site.app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        door.close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Debian's Chromium, without a download."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and its own best practices, one line each.

    Contrast, three quarters of its work, is looked at in Chinese and in the dark: a light page in English has the same
    colours. In the elder version it is 7 to 1 (WCAG 1.4.6), not 4.5.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """() => {
          const {lang, dataset} = document.documentElement;
          const seen = lang !== 'en' || matchMedia('(prefers-color-scheme: dark)').matches;
          const elder = dataset.view === 'elder';
          return axe.run(document, {
            resultTypes: ['violations'],
            rules: {'color-contrast': {enabled: seen && !elder}, 'color-contrast-enhanced': {enabled: seen && elder}},
          });
        }"""
    )
    return [
        f"{v['id']}: {v['help']} — {n['html'][:160]}"
        for v in found["violations"]
        for n in v["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page, not a table in it, is wider than the screen.

    `innerWidth` would not tell: a phone zooms out until everything is in sight, and it grows with what is too wide.
    """
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(wide))


def small_targets(page: Page, least: int) -> list[str]:
    """Links and buttons that a thumb would miss: under `least` px high or 24 px wide. A box is as large as its label."""
    return list(
        page.evaluate(
            """least => [...document.querySelectorAll('a, button, summary, input')]
              .filter(e => e.offsetParent !== null && !e.closest('.vh') && !e.matches('.skip'))
              .filter(e => { const b = (e.closest('label') ?? e).getBoundingClientRect();
                             return b.height < least - 0.5 || b.width < 24 })
              .map(e => e.outerHTML.slice(0, 120) + ' ' + e.getBoundingClientRect().height)""",
            least,
        )
    )
