"""The reader's pages in a real browser: legible, reachable, whole without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.reader_browser import PHONE, serving, sideways, small_targets, violations

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

VILLAGE = "/v/640425100201"
PAGES = {
    "village": VILLAGE,
    "busy village": f"{VILLAGE}?case=busy",
    "empty village": f"{VILLAGE}?case=empty",
    "closed village": f"{VILLAGE}?case=closed",
    "unknown village": f"{VILLAGE}?case=unknown",
    "past": f"{VILLAGE}/past",
    "data": f"{VILLAGE}/data",
    "accounts": "/d/x",
    "explained": "/d/x?case=told",
    "older edition": "/d/x?case=old",
    "roster": "/d/x?case=roster",
    "withdrawn": "/d/x?case=withdrawn",
    "difference": "/d/x/difference",
    "editions": "/d/x/editions",
    "choose": "/",
    "township": "/?in=640425",
    "found": "/?q=杏",
    "not found": "/?q=无",
    "problem": "/nothing/here",
    "offline": "/offline",
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_accessible_and_fits_a_phone(site: str, browser: Browser, lang: str) -> None:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", service_workers="block")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda m: errors.append(m.text) if "Content Security Policy" in m.text else None
    )
    for name, path in PAGES.items():
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={lang}")
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[lang]
        assert violations(page) == [], name
        assert sideways(page) <= 0, name
        assert small_targets(page, 44) == [], name
        missing = page.evaluate("document.body.innerText.match(/\\{\\w+\\}|undefined|None|null/)")
        assert missing is None, (name, missing)
    assert errors == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_large_type_is_accessible_and_every_target_is_60_px(
    site: str, browser: Browser, scheme: str
) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, service_workers="block")
    page = context.new_page()
    for name in ("village", "accounts", "roster", "choose"):
        path = PAGES[name]
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang=zh&view=elder")
        assert page.locator("html").get_attribute("data-view") == "elder"
        assert violations(page) == [], name
        assert sideways(page) <= 0, name
        assert small_targets(page, 60) == [], name
        sizes = page.evaluate(
            """[...document.querySelectorAll('main *')].filter(e => e.offsetParent &&
               [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
               .map(e => parseFloat(getComputedStyle(e).fontSize))"""
        )
        assert min(sizes) >= 18
    context.close()


def test_dark_and_wide_pages_are_accessible(site: str, browser: Browser) -> None:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, color_scheme="dark", service_workers="block"
    )
    page = context.new_page()
    for path in (VILLAGE, "/d/x", "/d/x/difference", "/"):
        page.goto(site + path)
        assert violations(page) == []
        assert sideways(page) <= 0
    context.close()


def test_a_notice_is_whole_without_a_script(site: str, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/d/x")
    expect(page.get_by_role("heading", level=1)).to_have_text("2026年第三季度财务收支")
    line = page.locator("tr.line", has_text="管理费用")
    expect(line.get_by_text("误工补贴 12 人次")).to_be_hidden()
    line.locator("summary").click()
    expect(line.get_by_text("误工补贴 12 人次")).to_be_visible()
    box = line.locator(".in").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert page.locator(".needs-js:visible").count() == 0
    page.goto(f"{site}/?q=杏")
    page.get_by_role("link", name="杏塬村").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("杏塬村")
    context.close()


def test_the_table_scrolls_inside_itself_and_its_first_column_stays(
    site: str, browser: Browser
) -> None:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", service_workers="block")
    page = context.new_page()
    page.goto(f"{site}/d/x")
    table = page.locator(".scroll").first
    table.evaluate("e => { e.scrollLeft = 400 }")
    first = table.locator("tbody th").first.bounding_box()
    last = table.locator("thead th").last.bounding_box()
    assert first is not None
    assert last is not None
    assert 0 <= first["x"] <= 20
    assert last["x"] + last["width"] <= PHONE["width"] + 1
    assert sideways(page) <= 0
    context.close()


def test_on_paper_there_is_nothing_to_tap(site: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123}, service_workers="block")
    page = context.new_page()
    page.emulate_media(media="print")
    for path in (VILLAGE, "/d/x", "/d/x/difference", "/d/x/editions", f"{VILLAGE}/past", "/"):
        page.goto(site + path)
        assert page.locator("button:visible, .thumb:visible, .bar:visible").count() == 0, path
        assert page.locator("h1:visible").count() == 1
    context.close()
