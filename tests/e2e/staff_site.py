"""The real application on a real port, with the cast in it, and a phone or a desk to look at it with.

The server's clock stands at `NOW`, and a browser's date runs from there, so that 'three days left' is always three.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from server.app import create_app
from server.settings import read_settings
from server.web.house import House
from tests.cast import PASSWORD, FrozenClock, Person, at, settle

NOW = "2026-10-12 10:02+08:00"
PHONE = {"width": 360, "height": 800}

# A photo on its way in is made smaller in the browser and again by the server: a busy machine takes its time.
expect.set_options(timeout=30_000)
DESK = {"width": 1366, "height": 768}

# Chromium sometimes never ends a navigation that begins while one worker takes over from another, if it is driven by a
# debugger, as here; left to itself it ended every one of 223. So nobody is signed in before the workers have settled.
WORKERS_SETTLED = """Promise.resolve(navigator.serviceWorker?.getRegistration()).then(one => !one?.active
  || (one.installing === null && one.waiting === null && one.active.state === 'activated'))"""


@dataclass(slots=True)
class Site:
    """A running site: its address, its clock, and the house behind it."""

    address: str
    clock: FrozenClock
    house: House
    contexts: list[BrowserContext] = field(default_factory=list)


@contextmanager
def open_site(database_url: str, photos: Path, *, again: bool = False) -> Iterator[Site]:
    """Serve the application from a thread of its own until the test is over; `again`: the cast is there already."""
    clock = FrozenClock(at(NOW))
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    settings = read_settings(
        {},
        database_url=database_url,
        photos=str(photos),
        uploads=photos.parent / "uploads",
        receipt_key=str(photos.parent / "receipt.key"),
        household_key=str(photos.parent / "household.key"),
        push_key=str(photos.parent / "push-key.pem"),
        jobs="off",
    )
    app = create_app(settings, clock=clock)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    ready = threading.Event()

    async def serve() -> None:
        async with app.router.lifespan_context(app):
            if not again:
                await settle(app.state.house.store, clock())
            ready.set()
            await server.serve(sockets=[door])

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(timeout=30), "the site did not start"
    site = Site(f"http://127.0.0.1:{door.getsockname()[1]}", clock, app.state.house)
    try:
        yield site
    finally:
        for context in site.contexts:
            context.close()
        server.should_exit = True
        thread.join(timeout=15)
        door.close()


def running_from(begin: datetime) -> str:
    """Return a script by which it is `begin` in the page now, and time goes on: what waits for a second gets it."""
    ahead = (begin - datetime.now(UTC)) // timedelta(milliseconds=1)
    return f"""(() => {{
      const Real = Date;
      class Shifted extends Real {{
        constructor(...given) {{
          super(...(given.length > 0 ? given : [Shifted.now()]));
        }}
        static now() {{
          return Real.now() + {ahead};
        }}
      }}
      globalThis.Date = Shifted;
    }})()"""


def look(
    browser: Browser,
    site: Site,
    *,
    size: dict[str, int] = PHONE,
    lang: str = "zh-CN",
    dark: bool = False,
) -> Page:
    """Open a page on a phone (or a desk); axe-core may be put into it, which the site's own policy forbids."""
    phone = size["width"] < 600
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale=lang,
        color_scheme="dark" if dark else "light",
        is_mobile=phone,
        has_touch=phone,
        bypass_csp=True,
        accept_downloads=True,
    )
    context.add_init_script(f"localStorage.setItem('gongshilan-language', '{lang}')")
    context.add_init_script(running_from(at(NOW)))
    site.contexts.append(context)
    page = context.new_page()
    page.set_default_timeout(30_000)
    return page


def comes_true(page: Page, promised: str) -> None:
    """Wait until a script's promise comes true; `wait_for_function` takes the promise itself for an answer."""
    last = time.monotonic() + 30
    while not page.evaluate(promised):
        assert time.monotonic() < last, f"not within half a minute: {promised}"
        page.wait_for_timeout(50)


@contextmanager
def signed_in(site: Site, person: Person) -> Iterator[httpx.Client]:
    """Yield a client on which somebody of the cast is signed in: for what a story begins with."""
    body = {"login": person.login, "password": PASSWORD, "device": "手机"}
    with httpx.Client(base_url=site.address, headers={"Origin": site.address}) as client:
        answer = client.post("/api/v1/sessions", json=body)
        assert answer.status_code == 201, answer.text
        yield client


def sign_in(page: Page, site: Site, person: Person, *, address: str | None = None) -> None:
    """Sign in as somebody of the cast, with user name and password; `address` leads there by another way."""
    page.goto(f"{address or site.address}/app/sign-in")
    page.locator("input[name=way]").nth(1).check(force=True)
    page.locator("input[name=login]").fill(person.login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.wait_for_load_state("networkidle")
    comes_true(page, WORKERS_SETTLED)


def bring_session(page: Page, site: Site, person: Person) -> None:
    """Let a page be somebody's who signed in before it was opened: where signing in is not what is looked at."""
    with signed_in(site, person) as client:
        (session,) = client.cookies.items()
    name, value = session
    page.context.add_cookies([{"name": name, "value": value, "url": site.address}])


# Marked, the heading one comes from is told from the one that one goes to.
FOLLOW = """path => {
  document.querySelector('h1').dataset.left = '';
  const link = document.createElement('a');
  link.href = path;
  document.body.append(link);
  link.click();
  link.remove();
}"""
ARRIVED = (
    "() => document.querySelector('h1:not([data-left])') && !document.querySelector('.skeleton')"
)


def follow(page: Page, path: str, waits: float = 0.15) -> None:
    """Go to another screen of the app by a link, as people do, and wait until nothing has been asked for a while.

    A second `goto` would start the whole app again, and axe-core with it: two thirds of what looking at a screen costs.
    """
    with asking(page) as asked:
        page.evaluate(FOLLOW, path)
        page.wait_for_function(ARRIVED)
        last, quiet_since = time.monotonic() + 30, time.monotonic()
        while time.monotonic() - quiet_since < waits:
            assert time.monotonic() < last, f"{path} is still asking for {asked}"
            page.wait_for_timeout(30)
            if asked or not page.evaluate(ARRIVED):
                quiet_since = time.monotonic()


@contextmanager
def asking(page: Page) -> Iterator[set[Request]]:
    """Yield what the page has asked for and not got yet."""
    asked: set[Request] = set()

    def began(request: Request) -> None:
        asked.add(request)

    def ended(request: Request) -> None:
        asked.discard(request)

    page.on("request", began)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)
    yield asked
    page.remove_listener("request", began)
    page.remove_listener("requestfinished", ended)
    page.remove_listener("requestfailed", ended)
