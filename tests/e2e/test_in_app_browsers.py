"""A notice opened from a chat: the app's browser has no worker, no storage, no printer, and the page is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.e2e.in_app import LACKING, WATCH
from tests.e2e.old_reader import old_reading
from tests.e2e.reader_browser import PHONE, serving
from tests.e2e.test_reader_pages import PAGES

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

VILLAGE = PAGES["village"]
BUTTONS = "button:visible"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in such a browser; a failure in any script of it fails the test."""
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        locale="zh-CN",
        has_touch=True,
        is_mobile=True,
    )
    context.add_init_script(LACKING[request.param])
    wrong: list[str] = []
    context.on(
        "weberror", lambda error: wrong.append(f"{error.page and error.page.url}: {error.error}")
    )
    yield context.new_page()
    context.close()
    assert wrong == []


def idle(context: BrowserContext, address: str, number: int) -> str | None:
    """Tap the button of that number on a page of its own; return the words on it if nothing came of it.

    Of its own: what the button before led to may still be on its way, and would come in between.
    """
    page = context.new_page()
    try:
        page.goto(address)
        return _tapped(page, number)
    finally:
        page.close()


def _tapped(page: Page, number: int) -> str | None:
    page.evaluate(WATCH)
    button = page.locator(BUTTONS).nth(number)
    words = button.inner_text()
    button.tap()
    for _ in range(20):
        page.wait_for_timeout(100)
        try:
            if page.evaluate("window.changed !== false"):  # a new page knows no such word
                return None
        except PlaywrightError as error:
            if "navigation" not in error.message:
                raise
            return None  # on the way to a new page
    return words


@pytest.mark.parametrize("page", LACKING, indirect=True)
def test_every_page_opens_and_no_script_fails(site: str, page: Page) -> None:
    for name, path in PAGES.items():
        page.goto(site + path)
        assert page.locator("h1:visible").count() == 1, name
    page.goto(f"{site}/offline")
    expect(page.locator("#saved .empty")).to_be_visible()


@pytest.mark.parametrize("page", LACKING, indirect=True)
def test_no_button_does_nothing(site: str, page: Page) -> None:
    seen = 0
    for name in ("village", "accounts", "roster", "choose"):
        address = site + PAGES[name]
        page.goto(address)
        buttons = page.locator(BUTTONS).count()
        assert [idle(page.context, address, number) for number in range(buttons)] == [
            None
        ] * buttons, name
        seen += buttons
    assert seen >= 6


@pytest.mark.parametrize("page", ["refusing"], indirect=True)
def test_what_cannot_be_done_here_is_said_with_the_way_out(site: str, page: Page) -> None:
    page.goto(f"{site}/d/x")
    page.locator("[data-share]").tap()
    expect(page.locator(".passing")).to_contain_text(f"请长按这个网址：{site}/d/x")
    page.goto(f"{site}/d/x")
    page.locator("[data-print]").tap()
    expect(page.locator(".passing")).to_contain_text("用手机自带的浏览器打开这一页")
    page.goto(f"{site}/d/x")
    page.locator("[data-listen]").tap()
    expect(page.locator(".passing")).to_contain_text("读不出来")
    expect(page.locator("[data-listen]")).to_have_text("朗读")


@pytest.mark.parametrize("page", ["missing"], indirect=True)
def test_the_address_is_copied_without_a_clipboard(site: str, page: Page) -> None:
    page.goto(f"{site}/d/x")
    expect(page.locator("[data-listen]")).to_be_hidden()
    page.evaluate(
        "document.addEventListener('copy', () => { window.copied = String(document.activeElement.value) })"
    )
    page.locator("[data-share]").tap()
    expect(page.locator(".passing")).to_contain_text("网址已复制")
    assert page.evaluate("copied") == f"{site}/d/x"


@pytest.mark.parametrize("page", LACKING, indirect=True)
def test_large_type_and_photos_need_no_storage(site: str, page: Page) -> None:
    page.goto(site + VILLAGE)
    page.locator("[data-elder]").tap()
    expect(page.locator("html")).to_have_attribute("data-view", "elder")
    expect(page.locator("[data-elder]")).to_have_text("普通版")
    page.locator("[data-photo]").first.tap()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="关上").tap()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("lacking", LACKING)
def test_the_oldest_engine_inside_an_app(site: str, tmp_path: Path, lacking: str) -> None:
    with old_reading(tmp_path) as phone:
        phone.before(LACKING[lacking])
        for name in ("village", "accounts", "choose", "offline"):
            phone.open(site + PAGES[name])
            assert phone.text("h1"), name
        phone.open(f"{site}/d/x")
        phone.tap("[data-share]")
        phone.until("!!document.querySelector('.passing')")
        assert phone.wrong == []
