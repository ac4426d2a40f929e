"""Reminders in a real browser: the group's screen from first to last, and a push that wakes the service worker."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import ZHANG_SAN, ZHOU_BA
from tests.e2e.reader_browser import violations
from tests.e2e.staff_site import DESK, Site, look, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]


def test_a_group_is_added_tried_and_removed(browser: Browser, site: Site) -> None:
    page = look(browser, site, size=DESK)
    sign_in(page, site, ZHOU_BA)
    page.goto(f"{site.address}/app/groups")
    expect(page.locator("main")).to_contain_text("还没有群")
    page.get_by_role("button", name="加一个群").click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="存下").click()
    expect(form.locator(".error")).to_have_count(2)

    form.get_by_label("叫什么").fill("红河镇报账群")
    form.get_by_label("管哪里").select_option("640425103000")
    form.get_by_label("机器人的网址").fill("https://10.0.0.5/robot/send?access_token=1")
    form.get_by_role("button", name="存下").click()
    expect(form).to_contain_text("内部网络")

    form.get_by_label("机器人的网址").fill("https://robot.invalid/send?access_token=secret9876")
    form.get_by_label("加签密钥").fill("SEC")
    form.get_by_role("button", name="存下").click()
    expect(form).to_have_count(0)
    group = page.locator(".chat-group")
    expect(group).to_contain_text("红河镇 · 钉钉 · 加签")
    expect(group).to_contain_text("robot.invalid …9876")
    expect(page.locator("body")).not_to_contain_text("secret9876")

    group.get_by_role("button", name="发一条测试消息").click()
    expect(page.get_by_role("alert")).to_contain_text("红河镇报账群：没有发成。对方没有回应")
    assert violations(page) == []

    group.get_by_role("button", name="取消").click()
    page.get_by_role("dialog").get_by_role("button", name="取消").click()
    expect(page.locator("main")).to_contain_text("还没有群")


def test_a_push_is_shown_and_leads_to_what_is_owed_and_nowhere_else(
    whole_browser: Browser, site: Site
) -> None:
    page = look(whole_browser, site)
    page.context.grant_permissions(["notifications"], origin=site.address)
    sign_in(page, site, ZHANG_SAN)
    page.goto(f"{site.address}/app/me")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tools = page.context.new_cdp_session(page)
    registrations: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(r["registrationId"] for r in event["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    for _ in range(100):
        if registrations:
            break
        page.wait_for_timeout(100)
    assert registrations

    def deliver(data: str) -> None:
        tools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": site.address, "registrationId": registrations[-1], "data": data},
        )

    shown = """navigator.serviceWorker.ready.then((r) => r.getNotifications())
        .then((all) => all.map((n) => [n.title, n.body, n.tag, n.data]))"""
    reminder = {
        "title": "红河村：财务收支",
        "body": "今天是最后一天",
        "path": "/app/tasks",
        "tag": "a",
    }
    deliver(json.dumps(reminder))
    deliver(json.dumps({**reminder, "tag": "b", "path": "//evil.test/"}))
    deliver("no JSON at all")
    found: dict[str, tuple[str, str, str]] = {}
    for _ in range(200):
        found = {tag: (title, body, data) for title, body, tag, data in page.evaluate(shown)}
        if len(found) == 3:
            break
        page.wait_for_timeout(100)
    assert found["a"] == ("红河村：财务收支", "今天是最后一天", "/app/tasks")
    assert found["b"][2] == "/app"
    assert found["gongshilan"] == ("公示栏", "", "/app")
