"""The township's query points in a real browser: registered, paired by the code that is shown, silent, and retired."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import ZHAO_LIU
from tests.e2e.reader_browser import sideways, violations
from tests.e2e.staff_site import DESK, PHONE, Site, look, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

# What a device sends, made and signed by the browser's own WebCrypto: r and s raw, the key not to be read out.
PAIR_AND_BEAT = """async (code) => {
  const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const json = { "Content-Type": "application/json" };
  const kind = { name: "ECDSA", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(kind, false, ["sign", "verify"]);
  const public_key = text(await crypto.subtle.exportKey("raw", pair.publicKey));
  const paired = await fetch("/api/v1/query-points/pairings",
    { method: "POST", headers: json, body: JSON.stringify({ code, public_key }) });
  const { id, division } = await paired.json();
  const now = new Date().toISOString();
  const body = new TextEncoder().encode(JSON.stringify({
    at: now, seq: 1, on_screen: `/v/${division.code}`, contents_as_of: now, skew_ms: 0,
    battery: { level: 0.5, charging: false }, network: "online", version: "1", missed: [] }));
  const head = new TextEncoder().encode(`gongshilan heartbeat v1\\n${id}\\n`);
  const whole = new Uint8Array([...head, ...body]);
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, whole);
  const heard = await fetch(`/api/v1/query-points/${id}/heartbeats`,
    { method: "POST", body, headers: { ...json, "Query-Point-Signature": text(signature) } });
  return [paired.status, heard.status];
}"""


def test_a_kiosk_is_registered_paired_heard_and_retired(browser: Browser, site: Site) -> None:
    page = look(browser, site, size=DESK)
    sign_in(page, site, ZHAO_LIU)
    page.goto(f"{site.address}/app/points")
    expect(page.locator("main")).to_contain_text("还没有查询点")
    page.get_by_role("button", name="加一个查询点").click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="登记").click()
    expect(form.locator(".error")).to_have_count(2)
    form.get_by_label("叫什么").fill("村部查询机")
    form.get_by_label("放在哪里").fill("村委会一楼大厅")
    form.get_by_label("红河镇的", exact=True).select_option("640425103200")
    form.get_by_role("button", name="登记").click()
    shown = page.get_by_role("dialog")
    expect(shown).to_contain_text("村部查询机的配对码")
    code = shown.locator(".pairing-code").inner_text()
    assert violations(page) == []
    shown.get_by_role("button", name="好了").click()
    point = page.locator(".point")
    expect(point).to_contain_text("还没有配对")
    expect(page.locator("body")).not_to_contain_text(code)

    assert page.evaluate(PAIR_AND_BEAT, code) == [201, 200]
    page.reload()
    expect(point).to_contain_text("正常")
    expect(point).to_contain_text("50%，没有接电源")
    expect(point.get_by_role("link", name="村的公开")).to_have_attribute("href", "/v/640425103200")
    point.get_by_text("逐日看").click()
    expect(point.locator("tbody tr")).to_have_count(1)
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert sideways(page) == 0

    point.get_by_role("button", name="换设备").click()
    again = page.get_by_role("dialog")
    again.get_by_role("button", name="取配对码").click()
    expect(page.locator(".pairing-code")).not_to_have_text(code)
    page.get_by_role("button", name="好了").click()
    point.get_by_role("button", name="停用").click()
    page.get_by_role("dialog").get_by_role("button", name="停用").click()
    expect(point).to_contain_text("已停用")
    expect(point.get_by_role("button")).to_have_count(0)
