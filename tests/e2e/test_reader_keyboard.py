"""The reader's pages without a finger: by keyboard and by screen reader, in both sizes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.reader_browser import PHONE, serving
from tests.e2e.test_reader_pages import PAGES

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

WALKED = ("village", "accounts", "roster", "data", "choose", "closed village")
MOST = 120

# Where the focus stands: what is there, whether it is seen, and whether something lies over it.
FOCUS = """(() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const box = (at.getClientRects()[0] || at.getBoundingClientRect());
  const seen = box.top >= -0.5 && box.bottom <= innerHeight + 0.5;
  const over = document.elementFromPoint(
    Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2)),
    Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height, innerHeight) / 2)));
  return {
    name: at.outerHTML.slice(0, 100),
    outline: getComputedStyle(at).outlineStyle !== 'none' && parseFloat(getComputedStyle(at).outlineWidth) >= 2,
    seen: seen || box.height > innerHeight / 2,
    open: at.contains(over) || box.height > innerHeight / 2,
    after: window.before ? !!(window.before.compareDocumentPosition(at) & 4) : true,
    x: (window.before = at, 0),
  };
})()"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(params=["normal", "elder"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        locale="zh-CN",
        service_workers="block",
    )
    if request.param == "elder":
        context.add_cookies([{"name": "view", "value": "elder", "url": site}])
    yield context.new_page()
    context.close()


def test_headings_go_down_one_step_at_a_time(site: str, page: Page) -> None:
    for name, path in PAGES.items():
        page.goto(site + path)
        levels = page.evaluate(
            """[...document.querySelectorAll('h1, h2, h3, h4')].filter(h => h.getClientRects().length)
               .map(h => Number(h.tagName[1]))"""
        )
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        steps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert steps == [], (name, levels)


def test_there_is_one_of_each_landmark_and_every_other_has_its_own_name(
    site: str, page: Page
) -> None:
    for name, path in PAGES.items():
        page.goto(site + path)
        for role in ("banner", "main", "contentinfo"):
            assert page.get_by_role(role).count() == 1, (name, role)
        names = page.evaluate(
            """[...document.querySelectorAll('nav')].filter(n => n.getClientRects().length)
               .map(n => n.getAttribute('aria-label') || '')"""
        )
        assert "" not in names, name
        assert len(set(names)) == len(names), (name, names)


def test_the_first_key_leads_past_the_bar(site: str, page: Page) -> None:
    page.goto(site + PAGES["accounts"])
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


@pytest.mark.parametrize("name", WALKED)
def test_the_focus_is_seen_at_every_step_and_goes_down_the_page(
    site: str, page: Page, name: str
) -> None:
    page.goto(site + PAGES[name])
    steps = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found is None or not found["after"]:
            break
        steps.append(found)
    assert len(steps) >= 8
    assert len(steps) < MOST
    for problem in ("outline", "seen", "open"):
        assert [step["name"] for step in steps if not step[problem]] == [], problem


def test_a_line_of_the_accounts_opens_and_closes_with_enter(site: str, page: Page) -> None:
    page.goto(site + PAGES["accounts"])
    line = page.locator("tr.line", has_text="管理费用").locator("summary")
    line.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("误工补贴 12 人次")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("误工补贴 12 人次")).to_be_hidden()
    page.locator("[data-elder]").focus()
    before = page.locator("html").get_attribute("data-view")
    page.keyboard.press("Enter")
    assert page.locator("html").get_attribute("data-view") != before


def test_the_table_scrolls_with_the_arrows(site: str, page: Page) -> None:
    page.goto(site + PAGES["roster"])
    table = page.locator(".scroll").first
    table.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)  # the keys scroll smoothly
    assert table.evaluate("e => e.scrollLeft") > 20
