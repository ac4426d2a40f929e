"""Asking in a real browser: from a line of the accounts to the answer beside it, with and without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import LI_SI, VILLAGE_A, ZHANG_SAN, ZHAO_LIU
from tests.e2e.reader_browser import PHONE, sideways, small_targets, violations
from tests.e2e.staff_site import DESK, Site, bring_session, look, signed_in
from tests.journeys.posting import ALL_FIVE, accounts_of, new_id

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite, pytest.mark.timeout(600)]

# A proof is luck: a moment mostly, seconds now and then where everything else runs too and nothing is compiled for speed.
PROVED = 60_000

QUESTION = "办公费为什么比上季度多？"
ANSWER = "多出来的是换了一台打印机，发票在公开栏旁边可以看。"


def accounts(site: Site) -> str:
    """Publish the quarter's accounts and return their disclosure."""
    now = site.clock()
    sent = {
        "id": new_id(now, 7),
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "schema_version": 1,
        "content": accounts_of("2026-q3"),
        "period": "2026Q3",
        "composed_at": now.isoformat(),
    }
    with signed_in(site, ZHANG_SAN) as phone:
        receipt = phone.post("/api/v1/submissions", json=sent)
        assert receipt.status_code == 201, receipt.text
    with signed_in(site, LI_SI) as supervisor:
        read = supervisor.get(f"/api/v1/submissions/{sent['id']}")
        done = supervisor.post(
            f"/api/v1/submissions/{sent['id']}/review",
            json={"id": new_id(now, 9), "decision": "approve", "points": ALL_FIVE},
            headers={"If-Match": read.headers["etag"]},
        )
        assert done.status_code == 200, done.text
    return str(receipt.json()["disclosure_id"])


def whole(page: Page) -> None:
    assert violations(page) == []
    assert sideways(page) <= 0


def test_a_line_is_asked_about_answered_reviewed_and_read(browser: Browser, site: Site) -> None:
    disclosure = accounts(site)
    phone = look(browser, site)
    phone.goto(f"{site.address}/d/{disclosure}")
    line = phone.locator("tr", has_text="办公、水电费")
    line.locator("summary").click()
    line.get_by_role("link", name="对这一条有疑问？问一问").click()
    expect(phone.locator("#line option:checked")).to_have_text("办公、水电费")
    whole(phone)
    phone.fill("textarea", QUESTION)
    phone.fill("#contact", "13912345678")
    phone.reload()
    expect(phone.locator("textarea")).to_have_value(QUESTION)  # nothing typed is lost
    phone.get_by_role("button", name="提交").click()
    phone.wait_for_url("**/f/*", timeout=PROVED)
    expect(phone.get_by_text("等待答复")).to_be_visible()  # the phone proved its work
    whole(phone)
    mine = phone.url

    desk = look(browser, site)
    bring_session(desk, site, ZHANG_SAN)
    desk.goto(f"{site.address}/app/inquiries")
    expect(desk.get_by_role("region", name="等您办的")).to_contain_text("还剩 5 个工作日")
    whole(desk)
    desk.get_by_role("link", name=re.compile(QUESTION)).click()
    desk.get_by_role("button", name="查看联系方式").click()
    expect(desk.get_by_text("13912345678")).to_be_visible()
    desk.get_by_role("button", name="交乡镇审核").click()
    expect(desk.get_by_text("请写好答复。")).to_be_visible()
    desk.get_by_label("写答复").fill(ANSWER)
    whole(desk)
    desk.get_by_role("button", name="交乡镇审核").click()
    expect(desk.get_by_role("region", name="等别人办的")).to_contain_text("等待审核")

    town = look(browser, site, size=DESK)
    bring_session(town, site, ZHAO_LIU)
    town.goto(f"{site.address}/app/inquiries")
    town.get_by_role("link", name=re.compile(QUESTION)).click()
    expect(town.get_by_text(ANSWER)).to_be_visible()
    whole(town)
    town.get_by_role("button", name="退回重写").click()
    whole(town)
    town.get_by_role("button", name="关闭").first.click()
    town.get_by_role("button", name="通过并公开").click()
    expect(town.get_by_role("region", name="最近办完的")).to_contain_text("已答复")

    phone.goto(mine)
    expect(phone.get_by_text(ANSWER)).to_be_visible()
    phone.goto(f"{site.address}/d/{disclosure}")
    line.locator("summary").click()
    expect(line.get_by_text(ANSWER)).to_be_visible()
    whole(phone)


def test_a_topic_is_asked_without_a_script_and_signed_with_one(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    plain = context.new_page()
    plain.goto(f"{site.address}/v/{VILLAGE_A}")
    plain.get_by_role("link", name="问一问").first.click()
    plain.locator("input[value=topic]").check()
    plain.fill("textarea", "请公开鱼塘的承包合同")
    plain.get_by_role("button", name="提交").click()
    expect(plain.get_by_text("已收到，等人工看过")).to_be_visible()
    context.close()

    town = look(browser, site)
    bring_session(town, site, ZHAO_LIU)
    town.goto(f"{site.address}/app/inquiries")
    town.get_by_role("link", name=re.compile("请公开鱼塘")).click()
    whole(town)
    town.get_by_role("button", name="转给答复的人").click()
    expect(town.get_by_role("region", name="等您办的")).to_contain_text("0 部手机联名")
    town.get_by_role("link", name=re.compile("请公开鱼塘")).click()
    town.get_by_role("button", name="受理").last.click()
    town.get_by_label("事项").select_option("other")
    whole(town)
    town.get_by_role("dialog").get_by_role("button", name="受理").click()
    expect(town.get_by_role("region", name="等别人办的")).to_contain_text("请公开鱼塘")

    phone = look(browser, site)
    phone.goto(f"{site.address}/v/{VILLAGE_A}/answers")
    phone.get_by_role("link", name="去联名").click()
    whole(phone)
    phone.get_by_role("button", name="我也要求公开").click()
    expect(phone.get_by_text("已联名。现在 1 部手机，满 20 部必须公开。")).to_be_visible(
        timeout=PROVED
    )
    whole(phone)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", ["normal", "elder"])
def test_the_pages_are_accessible(browser: Browser, site: Site, lang: str, view: str) -> None:
    disclosure = accounts(site)
    page = look(browser, site, dark=view == "elder")
    for path in (f"/v/{VILLAGE_A}/ask?about={disclosure}", f"/v/{VILLAGE_A}/answers"):
        joint = "&" if "?" in path else "?"
        page.goto(f"{site.address}{path}{joint}lang={lang}&view={view}")
        whole(page)
        small = small_targets(page, 60 if view == "elder" else 44)
        # Of a choice, the whole row with its words is the target.
        assert [each for each in small if 'type="radio"' not in each] == [], path
        rows = [box.bounding_box() for box in page.locator(".kinds label").all()]
        assert all(box and box["height"] >= (60 if view == "elder" else 44) for box in rows)
