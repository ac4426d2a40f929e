"""Hearing of what is new, in a real browser: switched on from the village's page, kept over a reload, stopped with one tap."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import VILLAGE_A
from tests.e2e.reader_browser import sideways, small_targets, violations
from tests.e2e.staff_site import Site, look
from tests.external.push_browser import PushBrowser

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

# The browser of the tests reaches no push service: what its maker's would answer is put in the place of that.
SERVICE = """
    const bytes = (text) => Uint8Array.from(
        atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)).buffer;
    const keys = KEYS;
    const made = { endpoint: keys.endpoint, getKey: (name) => bytes(keys[name]) };
    PushManager.prototype.subscribe = async (options) => {
        if (options.applicationServerKey.length !== 65) throw new Error("no key");
        sessionStorage.setItem("made", "1");
        return made;
    };
    PushManager.prototype.getSubscription = async () => sessionStorage.getItem("made") ? made : null;
"""


def test_it_is_switched_on_kept_changed_and_stopped(whole_browser: Browser, site: Site) -> None:
    page = look(whole_browser, site)
    page.context.grant_permissions(["notifications"], origin=site.address)
    keys = PushBrowser().keys("https://fcm.googleapis.com/fcm/send/abc:def")
    page.add_init_script(SERVICE.replace("KEYS", json.dumps(keys)))
    page.goto(f"{site.address}/v/{VILLAGE_A}")
    page.get_by_role("link", name="有新公示告诉我").click()
    expect(page.get_by_role("button", name="打开通知")).to_be_visible()
    expect(page.get_by_role("button", name="不再收")).to_be_hidden()
    assert violations(page) == []
    assert sideways(page) <= 0
    # A box is tapped by the words beside it.
    assert [s for s in small_targets(page, 44) if "checkbox" not in s] == []
    page.get_by_label("到期没公开的").check()
    page.get_by_role("button", name="打开通知").click()
    expect(page.get_by_role("status").filter(has_text="已经打开")).to_be_visible()

    page.reload()
    expect(page.get_by_role("status").filter(has_text="已经打开")).to_be_visible()
    expect(page.get_by_label("到期没公开的")).to_be_checked()
    page.locator("summary", has_text="只要其中几类").click()
    page.get_by_label("村级财务收支公开").check()
    page.get_by_role("button", name="存下新的选择").click()
    expect(page.get_by_role("button", name="存下新的选择")).to_be_enabled()
    page.reload()
    expect(
        page.get_by_label("村级财务收支公开")
    ).to_be_visible()  # what was chosen is not folded away
    expect(page.get_by_label("村级财务收支公开")).to_be_checked()
    assert violations(page) == []

    page.get_by_role("button", name="不再收").click()
    expect(page.get_by_role("status").filter(has_text="已经关掉")).to_be_visible()
    expect(page.get_by_role("button", name="打开通知")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="打开通知")).to_be_visible()
    expect(page.get_by_role("button", name="不再收")).to_be_hidden()
