"""An accountant on the worst of lines: forty breaks, two closed browsers, a server that restarts, a hotel's login page."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, Request, Response, expect

from tests.cast import ZHANG_SAN
from tests.e2e.phone import Phone, close_app, kept, wake
from tests.e2e.reader_browser import CHROMIUM
from tests.e2e.staff_site import Site, comes_true, open_site, sign_in
from tests.e2e.test_staff_posting import STAFF_KEPT, go_on, write_accounts
from tests.simulators.proxy import Fault, Kind, Passing, Proxy, proxied

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

BREAKS: tuple[Kind, ...] = ("reset", "cut", "vanish", "mute")
# After a break the server may still be adding what had come: the next piece is then refused, and goes from there.
REFUSED = 10
TASK = "2026年第三季度财务收支"


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path) -> Phone:
    return Phone(playwright, tmp_path / "phone")


@dataclass(slots=True)
class Breaks:
    """Weather in which what the outbox sends breaks, so many times and no more."""

    dice: random.Random
    left: int
    met: list[str] = field(default_factory=list)

    def __call__(self, _: int, passing: Passing) -> Fault | None:
        ours = ("/api/v1/commitments", "/api/v1/uploads", "/api/v1/submissions")
        sends = passing.method in ("PUT", "POST", "PATCH") and passing.path.startswith(ours)
        if not sends or self.left == 0 or self.dice.random() < 0.35:
            return None
        self.left -= 1
        self.met.append(f"{passing.method} {passing.path}")
        return Fault(self.dice.choice(BREAKS), self.dice.random())


def photos(folder: Path, count: int, seed: int) -> list[Path]:
    """Different photos of a board, so full of grain that each is several pieces long."""
    dice = random.Random(seed)
    made = []
    for n in range(count):
        path = folder / f"board{n}.jpg"
        size = (dice.randint(700, 900), dice.randint(500, 700))
        Image.effect_noise(size, 60 + n).convert("RGB").save(path, quality=85)
        made.append(path)
    return made


def add_photos(page: Page, more: list[Path]) -> None:
    page.locator(".thumb-row .btn:not(.main)").click()
    page.locator("input[type=file]").nth(1).set_input_files(more)
    expect(page.locator(".photo-list > li")).to_have_count(len(more) + 1, timeout=60_000)
    go_on(page)


def until(
    page: Page, done: str, breaks: Breaks | None = None, *, left: int = 0, timeout: int = 120
) -> None:
    """Let the signal come and go until the page says so, or until so few breaks are left; seconds at most."""
    for _ in range(timeout * 2):
        if breaks is not None and breaks.left <= left:
            return
        if done and done in page.locator("main").inner_text():
            return
        wake(page)
        page.wait_for_timeout(500)
    raise AssertionError(f"not in time: {page.locator('main').inner_text()} {kept(page)}")


@dataclass  # without slots: Playwright marks the objects whose methods it calls
class Ledger:
    """What the phone asked and was answered about photos: how far each was acknowledged, and what went again."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    bytes: int = 0
    again: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _asked(self, request: Request) -> None:
        at = request.headers.get("upload-offset")
        if request.method == "PATCH" and int(at or 0) < self.acknowledged.get(request.url, 0):
            self.again.append(f"{request.url} from {at}")

    def _answered(self, response: Response) -> None:
        request = response.request
        if request.method == "PATCH" and response.status == 204:
            upto = int(response.headers["upload-offset"])
            self.bytes += upto - int(request.headers["upload-offset"])
            self.acknowledged[request.url] = upto


@pytest.mark.slow
@pytest.mark.timeout(480)
@pytest.mark.parametrize("seed", [7])
def test_forty_breaks_two_closings_and_a_restart(
    database_url: str, photo_root: Path, phone: Phone, tmp_path: Path, seed: int
) -> None:
    boards = photos(tmp_path, 15, seed)
    breaks, ledger = Breaks(random.Random(seed), left=0), Ledger()
    with proxied(0, breaks) as line:
        with open_site(database_url, photo_root) as site:
            line.target = _port(site)
            with phone.opened() as page:
                ledger.watch(page)
                sign_in(page, site, ZHANG_SAN, address=line.address)
                write_accounts(page, boards[0])
                add_photos(page, boards[1:])
                breaks.left = 40
                go_on(page)
                until(page, "", breaks, left=28)
            with phone.opened() as page:  # closed in the middle, and opened again
                ledger.watch(page)
                page.goto(f"{line.address}/app/tasks")
                expect(page.locator(".net").first).to_be_visible()
                page.context.set_offline(True)
                page.wait_for_timeout(1500)
                page.context.set_offline(False)
                until(page, "", breaks, left=14)
        with open_site(database_url, photo_root, again=True) as site:  # the server was restarted
            line.target = _port(site)
            with phone.opened() as page:  # and so was the phone, once more
                ledger.watch(page)
                page.goto(f"{line.address}/app/tasks")
                until(page, "等村监委会审议", timeout=240)
                assert breaks.left == 0
                the_receipt_says_on_time(page)
                [posting] = kept(page)
                there_is_one_edition(page)
    nothing_acknowledged_went_again(ledger, line, posting)


def the_receipt_says_on_time(page: Page) -> None:
    page.locator(".ent", has_text=TASK).click()
    expect(page.locator(".track .now")).to_contain_text("监委会审议")
    receipt = page.locator(".receipt")
    expect(receipt.locator(".lead")).to_have_text("10月12日 10:02 到，按时")
    expect(receipt).to_contain_text("照片和内容到齐")
    receipt.locator("summary").click()
    expect(receipt.locator("pre")).to_contain_text("640425103200")


def there_is_one_edition(page: Page, *, photos: int = 15) -> None:
    answer = page.evaluate("fetch('/api/v1/submissions').then(answer => answer.json())")
    assert len(answer["items"]) == 1, answer
    there = page.evaluate(
        "id => fetch(`/api/v1/submissions/${id}`).then(answer => answer.json())",
        answer["items"][0]["id"],
    )["photos"]
    assert len(there) == photos


def nothing_acknowledged_went_again(ledger: Ledger, line: Proxy, posting: dict[str, Any]) -> None:
    """Count the bytes: what was acknowledged is never more than there is, and no piece begins before its end."""
    sizes = [photo["size"] for photo in posting["photos"]]
    assert ledger.again == []
    assert 0 < ledger.bytes <= sum(sizes)
    pieces = [each for each in line.passed if each.method == "PATCH"]
    assert len({each.path for each in pieces}) == 15  # a lost answer begins nothing twice
    # Only what broke on its way went twice.
    broken = sum(each.body for each in pieces if each.fault is not None)
    assert sum(sizes) <= line.bytes_of("PATCH") <= sum(sizes) + broken + REFUSED * 65_536


@contextmanager
def hotel() -> Iterator[int]:
    """A captive portal: whatever is asked, it answers 200 with its own page. Yields its port."""

    class Portal(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            body = "<html><title>欢迎使用免费 WiFi</title>请先登录".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def __getattr__(self, name: str) -> Any:
            if name.startswith("do_"):  # do_GET, do_PUT … whatever is asked
                return self.answer
            raise AttributeError(name)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def test_a_login_page_that_answers_200_is_no_signal(
    database_url: str, photo_root: Path, phone: Phone, tmp_path: Path
) -> None:
    with (
        open_site(database_url, photo_root) as site,
        hotel() as portal,
        proxied(_port(site)) as line,
        phone.opened() as page,
    ):
        sign_in(page, site, ZHANG_SAN, address=line.address)
        comes_true(page, STAFF_KEPT)
        write_accounts(page, photos(tmp_path, 1, 3)[0])
        line.lead_to(portal)
        go_on(page)
        expect(page.locator(".track .now")).to_contain_text("等信号")
        page.get_by_role("button", name="现在发").click()
        page.wait_for_timeout(1000)
        [posting] = kept(page)
        assert posting["state"] == "waiting"
        assert posting["commitment"] is posting["receipt"] is posting["refusal"] is None
        assert not posting["signInNeeded"]
        line.lead_to(_port(site))
        until(page, "监委会审议")


@dataclass
class Pocket:
    """A phone whose app is closed while its browser still runs: the signal comes back in a pocket."""

    page: Page
    address: str
    registrations: list[str] = field(default_factory=list)

    def put_away(self) -> None:
        """Leave the app with a posting in it that could not go."""
        self.page.context.set_offline(True)
        go_on(self.page)
        expect(self.page.locator(".track .now")).to_contain_text("等信号")
        self.cdp = self.page.context.new_cdp_session(self.page)
        self.cdp.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda said: self.registrations.extend(
                each["registrationId"] for each in said["registrations"]
            ),
        )
        self.cdp.send("ServiceWorker.enable")
        self.page.wait_for_timeout(300)
        close_app(self.page.context, self.page)
        self.page.context.set_offline(False)

    def signal(self) -> Page:
        """The browser wakes the worker; return a page of the site that is not the app, to look into the phone."""
        sync = {"origin": self.address, "registrationId": self.registrations[-1], "tag": "outbox"}
        self.cdp.send("ServiceWorker.dispatchSyncEvent", {**sync, "lastChance": False})
        other = self.page.context.new_page()
        other.goto(f"{self.address}/healthz")
        return other


def until_kept(page: Page, has: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Wait until the one posting in the phone has it, and return the posting."""
    for _ in range(150):
        [posting] = kept(page)
        if has(posting):
            return posting
        page.wait_for_timeout(200)
    raise AssertionError(f"not in time: {kept(page)}")


def test_everything_arrives_while_the_app_is_closed(
    database_url: str, photo_root: Path, phone: Phone, tmp_path: Path
) -> None:
    boards = photos(tmp_path, 2, 5)
    phone = replace(phone, program=CHROMIUM)
    with open_site(database_url, photo_root) as site, phone.opened() as page:
        page.context.grant_permissions(["notifications"], origin=site.address)
        sign_in(page, site, ZHANG_SAN)
        comes_true(page, STAFF_KEPT)
        page.reload()
        write_accounts(page, boards[0])
        add_photos(page, boards[1:])
        pocket = Pocket(page, site.address)
        pocket.put_away()
        other = pocket.signal()
        posting = until_kept(other, lambda posting: posting["receipt"])
        assert posting["state"] == "in_review"
        assert posting["receipt"]["verdict"] == "on_time"
        assert "kind submission" in posting["receipt"]["signed"]
        there_is_one_edition(other, photos=2)
        said = [
            "2026年第三季度财务收支",
            "已收到：10月12日 10:02，按时",
            f"/app/sent/{posting['id']}",
        ]
        told = "navigator.serviceWorker.ready.then(it => it.getNotifications())"
        comes_true(other, f"{told}.then(all => all.length > 0)")
        assert other.evaluate(f"{told}.then(all => all.map(n => [n.title, n.body, n.data]))") == [
            said
        ]
        page.goto(f"{site.address}/app/tasks")
        expect(page.locator(".ent", has_text=TASK)).to_contain_text("监委会")
        the_receipt_says_on_time(page)


def test_a_photo_begun_by_the_worker_is_finished_by_the_app(
    database_url: str, photo_root: Path, phone: Phone, tmp_path: Path
) -> None:
    def weather(_: int, passing: Passing) -> Fault | None:
        """The second piece breaks, and until the app is opened nothing more passes."""
        if passing.method != "PATCH" or not broken:
            return None
        return None if passing.headers.get("upload-offset") == "0" else Fault("reset", 0.0)

    broken = [True]
    with (
        open_site(database_url, photo_root) as site,
        proxied(_port(site), weather) as line,
        phone.opened() as page,
    ):
        sign_in(page, site, ZHANG_SAN, address=line.address)
        comes_true(page, STAFF_KEPT)
        page.reload()
        write_accounts(page, photos(tmp_path, 1, 11)[0])
        pocket = Pocket(page, line.address)
        pocket.put_away()
        other = pocket.signal()
        # A failure alone may be an earlier one, of before anything was registered.
        posting = until_kept(
            other, lambda one: one["failures"] and one["commitment"] and one["photos"][0]["offset"]
        )
        [photo] = posting["photos"]
        assert posting["commitment"]["on_time"] is True
        assert 0 < photo["offset"] < photo["size"]
        broken.clear()
        page.goto(f"{line.address}/app/tasks")
        until(page, "等村监委会审议")
        there_is_one_edition(page, photos=1)
        begun = [
            int(each.headers["upload-offset"]) for each in line.passed if each.method == "PATCH"
        ]
        assert begun.count(0) == 1  # what was acknowledged to the worker is not sent by the app


def test_a_villagers_phone_is_spared_the_staff_app_and_an_accountants_has_it_whole(
    database_url: str, photo_root: Path, phone: Phone
) -> None:
    in_caches = """async () => {
      const all = await Promise.all((await caches.keys()).map(name => caches.open(name).then(one => one.keys())));
      return all.flat().map(one => new URL(one.url).pathname);
    }"""
    with open_site(database_url, photo_root) as site, phone.opened() as page:
        page.goto(site.address)
        comes_true(page, "caches.match('/offline').then(kept => kept !== undefined)")
        villager = page.evaluate(in_caches)
        assert [path for path in villager if "staff" in path or path.startswith("/app")] == []
        sign_in(page, site, ZHANG_SAN)
        comes_true(page, STAFF_KEPT)
        accountant = page.evaluate(in_caches)
        for part in ("staff-", "photos-", "tus-"):
            assert any(f"/assets/{part}" in path for path in accountant), (part, accountant)
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.context.set_offline(True)
        page.goto(f"{site.address}/app/tasks")
        expect(page.locator("h1")).to_have_text("我该公示的")


def _port(site: Site) -> int:
    return int(site.address.rsplit(":", 1)[1])
