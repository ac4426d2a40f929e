"""A posting on its way through several signatures, in a real browser: whose turn it is, what is let through by two
people, and what they write beside a line. And before it is sent, the gate's offer.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from server.rules.schedules import parse_policy
from tests.cast import LI_SI, VILLAGE_A, WANG_WU, ZHANG_SAN, ZHOU_BA
from tests.e2e.reader_browser import sideways, violations
from tests.e2e.staff_site import DESK, Site, look, sign_in, signed_in
from tests.journeys.posting import accounts_of, new_id

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

MOBILE = "13800138000"
TITLE = "2026年第三季度财务收支"


def ask_for_two_steps(site: Site) -> None:
    """The county wants the village's supervision and the township's record."""
    steps = [{"by": by, "signatures": 1} for by in ("supervisor", "township")]
    policy = {
        "id": "county-signatures",
        "division_prefix": "640425",
        "valid_from": "2026-01-01",
        "valid_to": None,
        "title": {"zh": "县里的规定", "en": "The county's rule"},
        "legal_basis": [],
        "overrides": {"finance_quarterly": {"review": {"steps": steps}}},
    }
    book = site.house.book
    site.house.book = book.under([*book.policies, parse_policy(policy)])


def posted(site: Site) -> dict[str, Any]:
    """Send the quarter's accounts with a mobile number in them, and the reason why it may stand there."""
    content = accounts_of("2026-q3")
    content["organisation"] += f"（值班电话 {MOBILE}）"
    now = site.clock()
    sent = {
        "id": new_id(now, 7),
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "schema_version": 1,
        "content": content,
        "period": "2026Q3",
        "composed_at": now.isoformat(),
        "overrides": [
            {"pointer": "/content/organisation", "kind": "mobile", "reason": "村部的值班电话"}
        ],
    }
    with signed_in(site, ZHANG_SAN) as phone:
        answer = phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    return sent


def whole(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def mark_all_five(page: Page) -> None:
    expect(page.locator(".pt")).to_have_count(5)
    for yes in page.locator(".seg .y").all():
        yes.click()


def test_two_steps_an_override_and_a_note(browser: Browser, site: Site) -> None:
    ask_for_two_steps(site)
    with signed_in(site, ZHOU_BA) as desk:
        named = desk.put(
            f"/api/v1/accounts/{LI_SI.id}/post",
            json={"post": "村监委会主任"},
            headers={"If-Match": '"r1"'},
        )
        assert named.status_code == 200
    sent = posted(site)

    # The supervisor's list says that it is her turn, and who comes after.
    page = look(browser, site)
    sign_in(page, site, LI_SI)
    line = page.get_by_role("region", name="等您审").locator("li", has_text=TITLE)
    expect(line).to_contain_text("等村监委会审议")
    expect(line).to_contain_text("10:02 起，之后还要乡镇备案")
    whole(page)
    line.get_by_role("link").click()

    # What only looks personal wants a tick of its own.
    asked = page.get_by_role("region", name="报送人请求放行")
    expect(asked).to_contain_text(MOBILE)
    expect(asked).to_contain_text("村部的值班电话")
    mark_all_five(page)
    approve = page.get_by_role("button", name="同意公开")
    approve.click()
    expect(asked).to_contain_text("还有 1 处没有勾")
    expect(asked.get_by_role("checkbox")).to_be_focused()
    asked.get_by_role("checkbox").check()

    page.get_by_role("button", name="在某一行旁边写几句").click()
    page.get_by_label("行", exact=True).select_option(index=1)
    noted = page.get_by_label("行", exact=True).locator("option:checked").inner_text()
    page.get_by_label("写什么").fill("下次附上明细")
    page.get_by_role("button", name="加上这一条").click()
    expect(page.get_by_role("button", name=re.compile("写了 1 条"))).to_be_visible()
    whole(page)
    approve.click()
    expect(page.get_by_role("region", name="等别人签的")).to_contain_text("等乡镇备案")
    whole(page)

    # The accountant reads whose turn it is now, and what was written.
    phone = look(browser, site)
    sign_in(phone, site, ZHANG_SAN)
    entry = phone.locator(".ent", has_text=TITLE)
    expect(entry).to_contain_text("等乡镇备案")
    whole(phone)
    phone.goto(f"{site.address}/app/sent/{sent['id']}")
    expect(phone.locator(".track .now")).to_contain_text("等乡镇备案")
    written = phone.get_by_role("region", name="审议的人在旁边写的")
    expect(written).to_contain_text("李四 · 村监委会主任")
    expect(written).to_contain_text(f"{noted} 下次附上明细")
    whole(phone)

    site.clock.pass_(hours=1)
    # The township reads it too, and ticks the same place before its record opens the accounts.
    desk = look(browser, site, size=DESK)
    sign_in(desk, site, WANG_WU)
    desk.goto(f"{site.address}/app/review")
    desk.get_by_role("link", name=f"先审：{TITLE}").click()
    signed = desk.get_by_role("region", name="署名")
    expect(signed).to_contain_text("李四 · 村监委会主任")
    expect(signed).to_contain_text(f"{noted} 下次附上明细")
    desk.get_by_role("region", name="报送人请求放行").get_by_role("checkbox").check()
    mark_all_five(desk)
    whole(desk)
    desk.get_by_role("button", name="同意公开").click()
    expect(desk.get_by_role("region", name="最近办过的")).to_contain_text("已公开")
    desk.goto(f"{site.address}/v/{VILLAGE_A}")
    desk.locator("a.ent", has_text="第三季度").first.click()
    signatures = desk.get_by_role("region", name="谁签的字")
    expect(signatures).to_contain_text("村监委会李四（村监委会主任），五项审议通过")
    expect(signatures).to_contain_text("乡镇王五，五项审议通过")
    assert "下次附上明细" not in desk.content()


def test_the_gate_offers_what_may_stand(browser: Browser, site: Site) -> None:
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    page.locator(".ent", has_text=TITLE).click()
    field = page.locator("[data-place='/organisation']")
    field.fill(f"红河村合作社 {MOBILE}")
    offer = page.get_by_role("button", name=re.compile("^改成“红河村合作社"))
    expect(offer).to_be_visible()
    whole(page)
    offer.click()
    expect(offer).to_have_count(0)
    expect(field).to_have_value("红河村合作社")
