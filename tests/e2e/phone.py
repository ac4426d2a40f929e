"""A phone that is closed and opened again: one folder on the disk, whatever browser runs on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.e2e.reader_browser import ENGINE, FLAGS
from tests.e2e.staff_site import PHONE


@dataclass(slots=True)
class Phone:
    """Its folder, and the browser that makes pages of it: CHROMIUM where notifications are looked at, which ENGINE has none of."""

    playwright: Playwright
    folder: Path
    lang: str = "zh-CN"
    program: str = ENGINE

    @contextmanager
    def opened(self) -> Iterator[Page]:
        """Open the browser with everything that it kept, and close it again."""
        context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=self.program,
            args=FLAGS,
            viewport={"width": PHONE["width"], "height": PHONE["height"]},
            locale=self.lang,
            is_mobile=True,
            has_touch=True,
            bypass_csp=True,
        )
        try:
            page = context.pages[0] if context.pages else context.new_page()
            page.set_default_timeout(20_000)
            yield page
        finally:
            context.close()


def kept(page: Page) -> list[dict[str, Any]]:
    """Return the outbox as the phone holds it."""
    return list(
        page.evaluate(
            """() => new Promise((resolve, reject) => {
              const asked = indexedDB.open('gongshilan-staff');
              asked.onerror = () => reject(asked.error);
              asked.onsuccess = () => {
                const all = asked.result.transaction('outbox').objectStore('outbox').getAll();
                all.onsuccess = () => { asked.result.close(); resolve(all.result) };
              };
            })"""
        )
    )


def wake(page: Page) -> None:
    """The signal comes back."""
    page.evaluate("dispatchEvent(new Event('online'))")


def close_app(context: BrowserContext, page: Page) -> None:
    """Leave the app; the browser itself stays, as it does in a pocket."""
    page.goto("about:blank")
    assert all("/app" not in each.url for each in context.pages)
