"""What every browser test may ask for: one Chromium for all of a process, and a site of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.cast import work_of
from tests.e2e.reader_browser import CHROMIUM, ENGINE, FLAGS
from tests.e2e.staff_site import Site, open_site


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The engine of Debian's Chromium; what one test leaves in it, another never sees: each opens contexts of its own."""
    found = playwright.chromium.launch(executable_path=ENGINE, args=FLAGS)
    yield found
    found.close()


@pytest.fixture
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium with all that surrounds the engine: what notifications need."""
    found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield found
    found.close()


@pytest.fixture
def site(database_url: str, photo_root: Path) -> Iterator[Site]:
    """The application with the cast in it, as at 10:02 on 12 October 2026. What is anonymous costs a moment, not ten seconds."""
    with work_of(12), open_site(database_url, photo_root) as found:
        yield found


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """A photo as a phone's camera makes it: larger than what is sent, with noise that no encoder can throw away."""
    path = tmp_path / "board.jpg"
    Image.effect_noise((2400, 1600), 30).convert("RGB").save(path, quality=90)
    return path
