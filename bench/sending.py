"""What one posting costs on the line: requests and bytes as the real phone app sends them, and what a break sends again.

A quarter's accounts with three board photos, written and sent in Chromium. `python -m bench.sending` measures and prints
this alone, in about half a minute; it needs the packages of the tests and the built front end.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, Response

from bench.processes import every_core
from server.cli.logs import set_up_logs
from server.storage.migrate import migrate
from tests.cast import ZHANG_SAN
from tests.e2e.phone import kept, wake
from tests.e2e.reader_browser import CHROMIUM, browsing
from tests.e2e.staff_site import look, open_site, sign_in
from tests.e2e.test_bad_line import add_photos
from tests.e2e.test_staff_posting import go_on, write_accounts
from tests.simulators.proxy import Fault, Proxy, fair, first, proxied

PHOTOS = 3
MOST_AGAIN = 65_536
STEPS = {
    "commitments": "commitment, with the receipt",
    "uploads": "three photos, in pieces",
    "submissions": "content, with the receipt",
}


@dataclass(slots=True)
class Step:
    """Requests of one kind, and their bytes with headers, before TLS."""

    requests: int = 0
    up: int = 0
    down: int = 0


@dataclass(slots=True)
class Sent:
    """What a posting cost on a good line, and what one break at half sent again."""

    steps: dict[str, Step] = field(default_factory=dict)
    photos: int = 0  # bytes of the photos as the phone made them
    again: int = 0


def measure_sending() -> Sent | None:
    """Return what was counted: one posting on a good line, one whose first photo breaks at half of a piece.

    None where there is no Chromium.
    """
    if not Path(CHROMIUM).exists():
        return None
    with tempfile.TemporaryDirectory(prefix="gongshilan-bench-") as place:
        folders = [Path(place) / name for name in ("whole", "broken")]
        for folder in folders:
            folder.mkdir()
            # Before Playwright brings an event loop of its own.
            asyncio.run(migrate(_database(folder)))
        with every_core(), browsing() as browser:
            with _posting(browser, folders[0], None) as (page, line):
                answers: list[Response] = []
                page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks it
                _send(page)
                found = Sent(_counted(line, answers), line.bytes_of("PATCH"))
            with _posting(browser, folders[1], Fault("cut", 0.5)) as (page, line):
                _send(page)
                [posting] = kept(page)
                found.again = line.bytes_of("PATCH") - sum(p["size"] for p in posting["photos"])
    return found


def _database(folder: Path) -> str:
    return f"sqlite://{folder / 'sending.db'}"


@contextmanager
def _posting(browser: Browser, folder: Path, fault: Fault | None) -> Iterator[tuple[Page, Proxy]]:
    """A site of its own, and a phone on which the quarter is written and three photos are taken."""
    boards = [_photo(folder / f"board{n}.jpg", n) for n in range(PHOTOS)]
    with open_site(_database(folder), folder / "photos") as site:
        port = int(site.address.rsplit(":", 1)[1])
        with proxied(port, first("PATCH", fault) if fault else fair) as line:
            page = look(browser, site)
            sign_in(page, site, ZHANG_SAN, address=line.address)
            write_accounts(page, boards[0])
            add_photos(page, boards[1:])
            yield page, line


def _photo(path: Path, number: int) -> Path:
    """A photo of twelve million points that a phone makes into some 300 KB."""
    noise = Image.effect_noise((500, 375), 30 + number).resize((4000, 3000))
    Image.merge("RGB", (noise, noise, noise)).save(path, "JPEG", quality=90)
    return path


def _send(page: Page) -> None:
    go_on(page)
    for _ in range(120):
        wake(
            page
        )  # the page's date stands still, so that a pause between two tries would never be over
        page.wait_for_timeout(500)
        if "监委会审议" in page.locator(".track .now").inner_text():
            return
    raise RuntimeError("the posting did not arrive within a minute")


def _counted(line: Proxy, answers: list[Response]) -> dict[str, Step]:
    """Count what passed: each head as its lines are written, each body by its length."""
    steps: dict[str, Step] = defaultdict(Step)
    for asked in line.passed:
        kind = _kind(asked.method, asked.path)
        if kind:
            step = steps[kind]
            step.requests += 1
            step.up += (
                len(f"{asked.method} {asked.path} HTTP/1.1") + _lines(asked.headers) + asked.body
            )
    for answer in answers:
        kind = _kind(answer.request.method, urlsplit(answer.url).path)
        if kind:
            body = int(answer.headers.get("content-length", "0"))
            steps[kind].down += len("HTTP/1.1 200 OK") + _lines(answer.headers) + body
    return dict(steps)


def _kind(method: str, path: str) -> str | None:
    found = path.removeprefix("/api/v1/").partition("/")[0]
    return found if found in STEPS and method != "GET" else None


def _lines(headers: Mapping[str, str]) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.items()) + 4


def sending_table(sent: Sent) -> str:
    """Return the results as Markdown."""
    lines = ["| what | requests | bytes up | bytes down |", "| --- | --- | --- | --- |"]
    for kind, name in STEPS.items():
        step = sent.steps.get(kind, Step())
        lines.append(f"| {name} | {step.requests} | {step.up:,} | {step.down:,} |")
    verdict = "met" if 0 <= sent.again < MOST_AGAIN else "**not met**"
    lines.append(
        f"\nHeaders counted, TLS not. The photos have {sent.photos:,} bytes after the phone made them smaller. The first photo's line broke "
        f"in the middle of a piece: {sent.again:,} bytes went again (wanted: under {MOST_AGAIN:,}; {verdict})."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    set_up_logs("warning")
    measured = measure_sending()
    print(sending_table(measured) if measured else "Not measured: no Chromium.")
