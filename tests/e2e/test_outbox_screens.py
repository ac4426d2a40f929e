"""Every state in which a posting can be on the phone, in both languages: named in words, and whole."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import ZHANG_SAN
from tests.e2e.phone import kept
from tests.e2e.reader_browser import sideways, small_targets, violations
from tests.e2e.staff_site import Site, comes_true, follow, look, sign_in
from tests.e2e.test_bad_line import add_photos, photos
from tests.e2e.test_staff_posting import STAFF_KEPT, arrived, go_on, write_accounts
from tests.simulators.proxy import Passing, proxied

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite, pytest.mark.timeout(300)]

COMMITMENT = {
    "received_at": "2026-10-12T02:02:00Z",
    "due_on": "2026-10-15",
    "on_time": True,
    "days_late": 0,
    "provisional": False,
    "lapses_at": "2026-10-15T02:02:00Z",
    "content_hash": "sha256:" + "5a" * 32,
    "photos_missing": [],
    "signed": "gongshilan.example/receipt/v1\nkind commitment\n\n— gongshilan.example "
    + "Zm9v" * 24,
}
LATE = {**COMMITMENT, "on_time": False, "days_late": 5, "received_at": "2026-10-20T02:02:00Z"}
RECEIPT = {
    **COMMITMENT,
    "committed_at": COMMITMENT["received_at"],
    "received_at": "2026-10-12T02:09:00Z",
    "verdict": "on_time",
    "late_days": 0,
    "stage": "in_review",
    "opens_at": None,
}
WORDS = {"zh": "期末余额对不上，差 50.00 元。", "en": "The closing balance is off by 50.00 yuan."}
REFUSAL = {
    "slug": "content-has-errors",
    "status": 422,
    "title": {"zh": "内容有错", "en": "The content has errors"},
    "detail": WORDS,
    "errors": [{"pointer": "/closing/total", "detail": WORDS}],
}
Change = dict[str, Any]
# What the record holds, what the list says in Chinese and in English.
STATES: dict[str, tuple[Change, str, str]] = {
    "waiting": ({}, "等信号", "Waiting for signal"),
    "registered": (
        {"state": "registered", "commitment": COMMITMENT},
        "已登记，按时",
        "Registered on time",
    ),
    "registered late": (
        {"state": "registered", "commitment": LATE},
        "已登记，迟 5 天",
        "Registered, 5 days late",
    ),
    "sign in": ({"signInNeeded": True}, "等您登录", "Sign in to send"),
    "in review": (
        {"state": "in_review", "commitment": COMMITMENT, "receipt": RECEIPT},
        "监委会在审",
        "With the supervisor",
    ),
    "returned": (
        {"state": "returned", "receipt": RECEIPT, "reason": "其他支出缺 8 月的签字单。"},
        "退回修改",
        "Returned",
    ),
    "scheduled": ({"state": "scheduled", "receipt": RECEIPT}, "定好了", "Scheduled"),
    "published": ({"state": "published", "receipt": RECEIPT}, "已公示", "Published"),
    "needs attention": (
        {"state": "needs_attention", "commitment": COMMITMENT, "refusal": REFUSAL},
        "要处理",
        "Needs attention",
    ),
}
PUT = """record => new Promise((resolve, reject) => {
  const asked = indexedDB.open('gongshilan-staff');
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const tx = asked.result.transaction('outbox', 'readwrite');
    tx.objectStore('outbox').put(record);
    tx.oncomplete = () => {
      asked.result.close();
      new BroadcastChannel('gongshilan-outbox').postMessage({type: 'moved'});
      resolve();
    };
  };
})"""


def whole(page: Page, where: str) -> list[str]:
    """What axe, a narrow screen or a thumb would stumble over."""
    wrong = [f"{where}: {each}" for each in violations(page)]
    if sideways(page) > 0:
        wrong.append(f"{where}: wider than the screen by {sideways(page)}")
    return wrong + [f"{where}: {each}" for each in small_targets(page, 44)]


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "n", "dark"), [("zh-CN", 0, False), ("en", 1, True)])
def test_every_state_is_named_and_whole(
    browser: Browser, site: Site, tmp_path: Path, lang: str, n: int, dark: bool
) -> None:
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    comes_true(page, STAFF_KEPT)
    page.reload()
    write_accounts(page, photos(tmp_path, 1, 11)[0])
    page.context.set_offline(True)
    go_on(page)
    expect(page.locator(".track .now")).to_contain_text("等信号")
    [posting] = kept(page)
    page.context.add_init_script(f"localStorage.setItem('gongshilan-language', '{lang}')")
    page.emulate_media(color_scheme="dark" if dark else "light")
    wrong: list[str] = []
    page.goto(f"{site.address}/app/me")
    for state, (change, *words) in STATES.items():
        page.evaluate(PUT, {**posting, **change})
        follow(page, "/app/tasks")
        row = page.locator(".ent", has_text=words[n])
        expect(row).to_be_visible()
        wrong += whole(page, f"{state}, list")
        row.click()
        expect(page.locator(".track")).to_be_visible()
        if "receipt" in change or "commitment" in change:
            expect(page.locator(".receipt .lead")).to_be_visible()
            page.locator(".receipt summary").click()
        wrong += whole(page, f"{state}, page")
    follow(page, "/app/me")
    expect(page.locator("label.file")).to_be_visible()
    wrong += whole(page, "this phone")
    assert wrong == []


def test_photos_on_their_way_say_which_and_how_much(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    go = threading.Event()

    def slow(_: int, passing: Passing) -> None:
        second = len({each.path for each in line.passed if each.method == "PATCH"}) > 1
        if passing.method == "PATCH" and second:
            go.wait(30)

    port = int(site.address.rsplit(":", 1)[1])
    with proxied(port, slow) as line:
        page = look(browser, site)
        sign_in(page, site, ZHANG_SAN, address=line.address)
        first, *more = photos(tmp_path, 3, 13)
        write_accounts(page, first)
        add_photos(page, more)
        go_on(page)
        now = page.locator(".track .now")
        expect(now).to_contain_text("正在发第 2 张照片，共 3 张", timeout=30_000)
        expect(page.locator(".receipt .lead")).to_have_text("10月12日 10:02 到，按时")
        wrong = whole(page, "sending")
        page.get_by_role("button", name="English").click()
        expect(now).to_contain_text("Sending photo 2 of 3")
        wrong += whole(page, "sending, in English")
        assert wrong == []
        page.get_by_role("button", name="中文").click()
        go.set()
        arrived(page)
