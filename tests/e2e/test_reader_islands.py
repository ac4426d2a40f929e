"""What a script adds to the reader's pages: photos, large type, search, and no network at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.reader_browser import PHONE, serving, violations

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

VILLAGE = "/v/640425100201"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", has_touch=True)
    yield context
    context.close()


def controlled(page: Page) -> None:
    """Wait until the service worker answers for the page."""
    page.evaluate(
        """new Promise(done => navigator.serviceWorker.controller ? done()
             : navigator.serviceWorker.addEventListener('controllerchange', () => done()))"""
    )


def test_large_type_takes_one_tap_and_is_remembered(site: str, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(site + VILLAGE)
    page.get_by_role("link", name="长辈版").tap()
    assert page.locator("html").get_attribute("data-view") == "elder"
    page.goto(f"{site}/d/x")
    assert page.locator("html").get_attribute("data-view") == "elder"
    page.get_by_role("link", name="普通版").tap()
    page.reload()
    assert page.locator("html").get_attribute("data-view") is None


def test_the_language_asked_for_stays(site: str, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(site + VILLAGE)
    page.get_by_role("link", name="EN", exact=True).tap()
    expect(page.get_by_role("heading", name="Newest")).to_be_visible()
    page.goto(f"{site}/d/x")
    expect(page.get_by_role("heading", name="In plain words")).to_be_visible()


def test_photos_open_over_the_page_and_give_the_focus_back(
    site: str, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto(site + VILLAGE)
    first = page.locator("[data-photo]").first
    first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert violations(page) == []
    expect(dialog.get_by_role("button", name="关上")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(dialog.get_by_role("button", name="下一张")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(dialog).to_have_attribute("aria-label", "照片 2／2")
    before = dialog.locator("img").bounding_box()
    dialog.get_by_role("button", name="放大").click()
    after = dialog.locator("img").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"] * 1.8
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(first).to_be_focused()
    first.click()
    page.go_back()  # the phone's back button closes the picture, not the page
    expect(dialog).to_have_count(0)
    assert page.url == site + VILLAGE


def test_villages_are_found_while_typing(site: str, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(site)
    page.get_by_role("searchbox").fill("xy")
    expect(page.locator("#found-list a")).to_have_count(1)
    expect(page.get_by_text("找到 1 个")).to_be_visible()
    assert violations(page) == []
    page.locator("#found-list a").tap()
    page.wait_for_url(f"**{VILLAGE}")
    page.goto(site)
    expect(page.locator("#last a")).to_have_text("杏塬村")
    page.get_by_role("button", name="清除").tap()
    expect(page.locator("#last")).to_be_hidden()


def test_a_countdown_left_open_goes_on(site: str, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.clock.install(time="2026-10-16T01:41:00Z")
    page.goto(site + VILLAGE)
    expect(page.locator(".left-n[data-until]")).to_have_text("还剩5天")
    page.clock.fast_forward("24:00:00")
    expect(page.locator(".left-n[data-until]")).to_have_text("还剩4天")
    for _ in range(3):
        page.clock.fast_forward("24:00:00")
    expect(page.locator(".left-n[data-until]")).to_have_text("今天最后一天")


def test_what_was_opened_once_opens_again_without_a_network_and_says_how_old_it_is(
    site: str, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto(site + VILLAGE)
    controlled(page)
    page.goto(f"{site}/d/x")
    page.goto(site + VILLAGE)
    page.evaluate("fetch('/api/v1/me').then(r => r.json())")
    phone.set_offline(True)
    page.goto(f"{site}/d/x")
    expect(page.get_by_role("heading", level=1)).to_have_text("2026年第三季度财务收支")
    expect(page.locator("#kept")).to_contain_text("没有连上网")
    assert violations(page) == []
    page.goto(site + "/v/640425100299")
    expect(page.get_by_role("heading", level=1)).to_have_text("现在没有网络")
    expect(page.locator("#saved a")).to_have_count(2)
    # A villager's phone keeps the reading half alone.
    page.goto(site + "/app/tasks")
    expect(page.get_by_role("heading", level=1)).to_have_text("现在没有网络")
    assert page.evaluate("caches.keys()") != []
    assert not [name for name in page.evaluate("caches.keys()") if name.startswith("staff-")]
    kept = page.evaluate(
        """(async () => {
             const urls = [];
             for (const name of await caches.keys())
               for (const r of await (await caches.open(name)).keys()) urls.push(new URL(r.url).pathname);
             return urls })()"""
    )
    assert "/d/x" in kept
    assert not [path for path in kept if path in {"/api/v1/me", "/api/v1/tasks"}]


def test_a_notice_that_has_ended_is_not_shown_from_the_phone(
    site: str, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto(site + VILLAGE)
    controlled(page)
    page.goto(f"{site}/d/x?case=roster")
    page.evaluate(
        """async () => {
             const cache = await caches.open('pages');
             for (const r of await cache.keys()) {
               const kept = await cache.match(r), text = await kept.text();
               await cache.put(r, new Response(
                 text.replace(/data-hide-after="[^"]+"/, 'data-hide-after="2020-01-01T00:00:00Z"'),
                 {headers: kept.headers}));
             } }"""
    )
    phone.set_offline(True)
    page.goto(f"{site}/d/x?case=roster")
    expect(page.get_by_role("heading", level=1)).to_have_text("现在没有网络")
    assert "孙七" not in page.content()
