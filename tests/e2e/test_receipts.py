"""A receipt that somebody in between has changed is not believed, and a changed key only by somebody's own word."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from server.external.signing import new_signer
from tests.cast import VILLAGE_A, ZHANG_SAN
from tests.e2e.phone import kept
from tests.e2e.reader_browser import sideways, violations
from tests.e2e.staff_site import Site, look, sign_in
from tests.journeys.posting import accounts_of, new_id

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

# Whoever carries the answers makes a posting earlier than it was.
BETWEEN = """() => {
  const carried = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await carried(...asked);
    if (sessionStorage.honest || !String(asked[0]).includes("/commitments/")) return answer;
    const body = await answer.json();
    body.received_at = "2026-10-01T00:00:00Z";
    return new Response(JSON.stringify(body), { status: answer.status, headers: answer.headers });
  };
}"""
FREEZE = """record => new Promise((resolve, reject) => {
  const asked = indexedDB.open("gongshilan-staff");
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const tx = asked.result.transaction("outbox", "readwrite");
    tx.objectStore("outbox").put(record);
    tx.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""


def frozen(site: Site) -> dict[str, Any]:
    """Return the third quarter's accounts as the outbox holds them before anything was sent."""
    now = site.clock()
    posting = new_id(now, 7)
    submission = {
        "id": posting,
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "period": "2026Q3",
        "schema_version": 1,
        "content": accounts_of("2026-q3"),
        "photos": [],
        "composed_at": now.isoformat(),
        "publish": {"when": "on_approval"},
    }
    return {
        "id": posting,
        "account": ZHANG_SAN.id,
        "period": "2026Q3",
        "title": "2026年第三季度财务收支",
        "dueOn": "2026-10-15",
        "submission": submission,
        "state": "waiting",
        "photos": [],
        "queuedAt": 1,
        "failures": 0,
        "notBefore": 0,
        "signInNeeded": False,
        "mustAsk": False,
        **dict.fromkeys(("commitment", "replaces", "receipt", "refusal", "reason")),
    }


def whole(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def test_nobody_in_between_is_believed(browser: Browser, site: Site) -> None:
    page = look(browser, site)
    page.add_init_script(f"({BETWEEN})()")
    with page.expect_response("**/api/v1/receipt-key"):
        sign_in(page, site, ZHANG_SAN)
    record = frozen(site)
    page.evaluate(FREEZE, record)
    page.goto(f"{site.address}/app/tasks")
    line = page.locator(".ent", has_text=record["title"])
    expect(line).to_contain_text("要处理")
    expect(line).to_contain_text("签名和这一份对不上")
    whole(page)
    [held] = kept(page)
    assert (held["submission"], held["commitment"]) == (record["submission"], None)

    # Without the one in between; but meanwhile the township has moved to another server, with a key of its own.
    page.evaluate("sessionStorage.honest = '1'")
    site.house.signer = new_signer("gongshi.test")
    line.click()
    expect(page.get_by_role("button", name="打开修改，再交一次")).to_have_count(0)
    page.get_by_role("button", name="再试一次").click()
    expect(page.get_by_role("alert")).to_contain_text("给回执签名的密钥换了")
    whole(page)
    page.get_by_role("button", name="乡镇说对，接受新密钥").click()
    form = page.get_by_role("dialog")
    expect(form).to_contain_text(str(site.house.signer.verifier))
    form.get_by_role("button", name="对上了，接受").click()
    expect(form.locator(".error")).to_have_text("请写上问了谁。")
    form.get_by_label("问了谁，怎么说").fill("问了乡镇王五：上周换了服务器")
    whole(page)
    form.get_by_role("button", name="对上了，接受").click()
    expect(page.locator(".receipt")).to_contain_text("回执已核对，签名是真的")
    expect(page.locator(".track .now")).to_contain_text("审议")
    whole(page)
