"""A villager looks for something on a phone: without a script, in both languages, with large type, and at a desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from server.queries import search_disclosures as module
from tests.cast import LI_SI, VILLAGE_A, VILLAGE_B, ZHANG_SAN
from tests.e2e.reader_browser import sideways, small_targets, violations
from tests.e2e.staff_site import DESK, PHONE, Site, look, signed_in
from tests.journeys.posting import ALL_FIVE, accounts_of, new_id

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]


def posted(site: Site, seed: int, period: str, content: dict[str, Any]) -> None:
    """张三 posts accounts, 李四 approves them."""
    now = site.clock()
    sent = {
        "id": new_id(now, seed),
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "schema_version": 1,
        "content": content,
        "period": period,
        "photos": [],
        "composed_at": now.isoformat(),
    }
    with signed_in(site, ZHANG_SAN) as phone:
        answer = phone.post("/api/v1/submissions", json=sent)
        assert answer.status_code == 201, answer.text
    with signed_in(site, LI_SI) as phone:
        read = phone.get(f"/api/v1/submissions/{sent['id']}")
        verdict = {"id": new_id(now, 100 + seed), "decision": "approve", "points": ALL_FIVE}
        answer = phone.post(
            f"/api/v1/submissions/{sent['id']}/review",
            json=verdict,
            headers={"If-Match": read.headers["etag"]},
        )
        assert answer.status_code == 200, answer.text


@pytest.fixture
def full(site: Site) -> Site:
    """A site with two quarters on it, one with a note about a document."""
    posted(site, 1, "2026Q2", accounts_of("2026-q2"))
    posted(site, 2, "2026Q3", accounts_of("2026-q3") | {"note": "见彭政发〔2026〕3号文件"})
    return site


def test_without_a_script_from_the_village_to_the_notice(full: Site, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{full.address}/v/{VILLAGE_B}")
    page.get_by_role("searchbox").fill("租金")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_text("宽坪村没有找到“租金”。")).to_be_visible()
    page.get_by_role("link", name=re.compile("红河镇有")).click()
    expect(page.get_by_text("红河镇有 1 件公开写着“租金”。")).to_be_visible()
    assert page.locator("mark").all_inner_texts() == ["租金"] * 3

    page.get_by_role("searchbox").fill("彭政发20263号")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("mark")).to_have_text("彭政发〔2026〕3号")
    expect(page.get_by_role("radio", name="红河镇")).to_be_checked()
    page.get_by_role("searchbox").fill("mmzj")  # 门面租金
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("mark").first).to_have_text("门面租金")
    page.go_back()
    page.locator("a.ent").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2026年第三季度财务收支")
    context.close()


PAGES = {
    "box": f"/search?division={VILLAGE_A}",
    "found": f"/search?q=财务收支&division={VILLAGE_A}",
    "narrowed": "/search?q=财务收支&division=640425103000&year=2026&order=best",
    "wider": f"/search?q=租金&division={VILLAGE_B}",
    "nothing": "/search?q=飞机场",
    "too short": f"/search?q=渠&division={VILLAGE_A}",
    "village": f"/v/{VILLAGE_A}",
    "first": "/",
}


def _is_whole(page: Page, name: str, least: int) -> None:
    assert violations(page) == [], name
    assert sideways(page) <= 0, name
    assert small_targets(page, least) == [], name
    assert page.evaluate("document.body.innerText.match(/\\{\\w+\\}|undefined|None|null/)") is None
    box = page.locator("input[type=search]").first
    assert float(box.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 16, name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_state_is_accessible_and_fits_a_phone(
    full: Site, browser: Browser, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 1)  # so that there is a next page
    page = look(browser, full)
    for name, path in PAGES.items():
        page.goto(f"{full.address}{path}{'&' if '?' in path else '?'}lang={lang}")
        _is_whole(page, name, 44)
    page.goto(f"{full.address}{PAGES['found']}&lang={lang}")
    assert page.locator("a.btn.wide").count() == 1


def test_one_circle_a_place_whatever_the_language_of_its_name(full: Site, browser: Browser) -> None:
    page = look(browser, full)
    page.goto(f"{full.address}{PAGES['box']}&lang=en")
    drawn = page.locator(".where-in").evaluate(
        """e => [...e.querySelectorAll('span')]
           .filter(s => getComputedStyle(s, '::before').content !== 'none').length"""
    )
    assert drawn == page.locator(".where-in input").count() == 3


@pytest.mark.parametrize("dark", [False, True])
def test_large_type_and_desk_in_light_and_dark(full: Site, browser: Browser, dark: bool) -> None:
    page = look(browser, full, dark=dark)
    for name in ("box", "found", "wider"):
        page.goto(f"{full.address}{PAGES[name]}&lang=zh&view=elder")
        _is_whole(page, name, 60)
    desk = look(browser, full, dark=dark, size=DESK)
    desk.goto(f"{full.address}{PAGES['narrowed']}&lang=zh&view=normal")
    _is_whole(desk, "desk", 44)
    # What narrows it down stands beside what was found.
    beside, found = desk.locator("#narrow").bounding_box(), desk.locator(".ledger").bounding_box()
    assert beside is not None
    assert found is not None
    assert beside["x"] > found["x"] + found["width"]


def test_on_a_tall_screen_that_stands_upright_it_is_large(full: Site, browser: Browser) -> None:
    page = look(browser, full, size={"width": 1080, "height": 1920})
    for path in (f"/search?q=租金&division={VILLAGE_A}", f"/v/{VILLAGE_A}/ask"):
        page.goto(f"{full.address}{path}")
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "28px"
        assert sideways(page) <= 0, path
        # A radio's target is its label.
        small = [each for each in small_targets(page, 60) if 'type="radio"' not in each]
        assert small == [], path
        columns = "getComputedStyle(document.querySelector('.cols') || document.body).display"
        assert page.evaluate(columns) != "grid", path
