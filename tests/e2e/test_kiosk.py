"""A query point in a real browser: paired, three touches to a notice, and a night without power or network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import LI_SI, TOWNSHIP, VILLAGE_A, ZHANG_SAN, ZHAO_LIU, at
from tests.e2e.reader_browser import sideways, small_targets, violations
from tests.e2e.staff_site import NOW, Site, comes_true, signed_in
from tests.journeys.posting import ALL_FIVE, accounts_of, board_photo, new_id

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

TALL = {"width": 1080, "height": 1920}
HALL = "01a11906-3680-7000-8000-0000000000c1"
TITLE = "2026年第三季度财务收支"


def published(site: Site) -> str:
    """Publish the quarter's accounts with a photo of the board, and return the photo's hash."""
    now = site.clock()
    sha256, data = board_photo()
    sent = {
        "id": new_id(now, 7),
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "schema_version": 1,
        "content": accounts_of("2026-q3"),
        "period": "2026Q3",
        "photos": [{"sha256": sha256, "role": "board"}],
        "composed_at": now.isoformat(),
    }
    with signed_in(site, ZHANG_SAN) as phone:
        came = phone.put(
            f"/api/v1/photos/{sha256}?division={VILLAGE_A}",
            content=data,
            headers={"Content-Type": "application/octet-stream"},
        )
        assert came.is_success, came.text
        posted = phone.post("/api/v1/submissions", json=sent)
        assert posted.status_code == 201, posted.text
    with signed_in(site, LI_SI) as supervisor:
        read = supervisor.get(f"/api/v1/submissions/{sent['id']}")
        done = supervisor.post(
            f"/api/v1/submissions/{sent['id']}/review",
            json={"id": new_id(now, 9), "decision": "approve", "points": ALL_FIVE},
            headers={"If-Match": read.headers["etag"]},
        )
        assert done.status_code == 200, done.text
    return sha256


def registered(site: Site) -> str:
    """Put the township's kiosk into the register and return its eight digits."""
    point = {
        "id": HALL,
        "division": TOWNSHIP,
        "name": "便民大厅查询机",
        "place": "一楼门口",
        "kind": "kiosk",
    }
    with signed_in(site, ZHAO_LIU) as town:
        answer = town.post("/api/v1/query-points", json=point)
    assert answer.status_code == 201, answer.text
    return re.sub(r"\D", "", answer.json()["code"])


def heard(site: Site) -> dict[str, object]:
    """Return the point as the township sees it."""
    with signed_in(site, ZHAO_LIU) as town:
        items = town.get("/api/v1/query-points").json()["items"]
    found: dict[str, object] = next(each for each in items if each["id"] == HALL)
    return found


def whole(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0
    assert small_targets(page, 60) == []


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).first.click()


def test_three_touches_a_night_without_power_and_nothing_typed_stays(
    browser: Browser, site: Site
) -> None:
    photo = published(site)
    code = registered(site)
    context = browser.new_context(viewport=TALL, locale="zh-CN", has_touch=True, bypass_csp=True)
    site.contexts.append(context)
    page = context.new_page()
    page.clock.install(time=at(NOW))
    page.set_default_timeout(30_000)
    page.goto(f"{site.address}/kiosk")
    expect(page.get_by_role("heading", name="把这台机器设成查询点")).to_be_visible()
    whole(page)
    for digit in "00000000":
        press(page, digit)
    press(page, "配对")
    expect(page.get_by_role("alert")).to_be_visible()  # not this township's digits
    for digit in code:
        press(page, digit)
    press(page, "配对")

    # Village, category, notice.
    press(page, "红河村")
    whole(page)
    press(page, "村级财务收支公开")
    whole(page)
    press(page, TITLE)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text("公开中")).to_be_visible()
    kept = f"caches.open('kiosk-photos').then(c => c.match('/api/v1/photos/{photo}/1920.webp')).then(Boolean)"
    comes_true(page, kept)
    whole(page)
    # No menu of the browser's own, and nothing that leads away.
    assert (
        page.evaluate("dispatchEvent(new MouseEvent('contextmenu', {cancelable: true}))") is False
    )
    assert page.locator("a").count() == 0
    assert heard(site)["state"] == "heard"

    # The power goes in the evening, and in the morning there is no network.
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.close()
    context.set_offline(True)
    page = context.new_page()
    page.clock.install(time=at("2026-10-13 07:30+08:00"))
    page.goto(f"{site.address}/kiosk")
    expect(page.get_by_text("网络断了，照样能看。")).to_be_visible()
    expect(page.get_by_text("内容截至 10月12日 10:02")).to_be_visible()
    press(page, "红河村")
    press(page, "村级财务收支公开")
    press(page, TITLE)
    expect(page.get_by_text("内容截至 10月12日 10:02")).to_be_visible()
    expect(page.get_by_text("拿手机扫一扫")).to_be_visible()
    board = page.locator(".photos img")
    board.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.photos img').naturalWidth > 0")
    whole(page)

    # Somebody searches, walks away, and the next one finds the first screen.
    press(page, "找一找")
    for letter in "CWSZ":
        press(page, letter)
    page.clock.run_for(1000)
    expect(page.get_by_text("网络断了，在这台机器存着的公示里找")).to_be_visible()
    expect(page.get_by_role("button", name=TITLE)).to_be_visible()
    whole(page)
    page.clock.run_for(50_000)
    expect(page.get_by_role("alertdialog", name="还在看吗？")).to_be_visible()
    whole(page)
    page.clock.run_for(10_000)
    expect(page.get_by_role("heading", name="看哪个村？")).to_be_visible()
    press(page, "找一找")
    expect(page.locator(".typed")).not_to_contain_text("C")
    press(page, "回开头")

    # Nobody comes: what is open is shown by turns, until somebody touches the screen.
    page.clock.run_for(125_000)
    expect(page.get_by_role("button", name="点一下屏幕")).to_be_visible()
    expect(page.get_by_text(TITLE)).to_be_visible()
    whole(page)
    press(page, "点一下屏幕")
    expect(page.get_by_role("heading", name="看哪个村？")).to_be_visible()
