"""What spares an accountant typing, seen on a phone: what the last quarter left, rows by keyboard, both kinds of
keyboard, vouchers, the words of the rules, and what the checks say beside the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.cast import (
    FAR_VILLAGE,
    LI_SI,
    PASSWORD,
    TOWNSHIP,
    VILLAGE_A,
    ZHANG_SAN,
    ZHAO_LIU,
    Person,
)
from tests.e2e.reader_browser import sideways, violations
from tests.e2e.staff_site import DESK, Site, look, sign_in
from tests.e2e.test_staff_posting import go_on
from tests.journeys.posting import ALL_FIVE, accounts_of, new_id

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

KEPT = "2026-q2"


@contextmanager
def signed_in(site: Site, person: Person) -> Iterator[httpx.Client]:
    origin = {"Origin": site.address}
    with httpx.Client(base_url=site.address, headers=origin, trust_env=False) as client:
        body = {"login": person.login, "password": PASSWORD}
        client.post("/api/v1/sessions", json=body).raise_for_status()
        yield client


def second_quarter(site: Site) -> dict[str, Any]:
    """Publish the quarter before, so that there is something to go on from."""
    now = site.clock()
    content = accounts_of(KEPT)
    sent = {
        "id": new_id(now, 7),
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "schema_version": 1,
        "content": content,
        "period": "2026Q2",
        "photos": [],
        "composed_at": (now - timedelta(hours=1)).isoformat(),
    }
    with signed_in(site, ZHANG_SAN) as phone:
        phone.post("/api/v1/submissions", json=sent).raise_for_status()
    with signed_in(site, LI_SI) as phone:
        page = phone.get(f"/api/v1/submissions/{sent['id']}").raise_for_status()
        phone.post(
            f"/api/v1/submissions/{sent['id']}/review",
            json={"id": new_id(now, 8), "decision": "approve", "points": ALL_FIVE},
            headers={"If-Match": page.headers["etag"]},
        ).raise_for_status()
    return content


def keys(page: Page, typed: str) -> None:
    for key in typed:
        page.locator(f".keys button:text-is('{key}')").click()


def names(section: Locator) -> list[str]:
    return section.locator(":scope > ol > li > .line > .fld .line-name").all_inner_texts()


def in_sight(page: Page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    height = page.evaluate("innerHeight")
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height + 1


def test_what_the_last_quarter_left(browser: Browser, site: Site, board: Path) -> None:
    before = second_quarter(site)
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    page.locator(".ent", has_text="2026年第三季度财务收支").click()

    # The opening balance is the last closing one, and says so until somebody changes it.
    cash = page.get_by_label("期初库存现金")
    expect(cash).to_have_value(f"{before['closing']['cash'] / 100:,.2f}")
    expect(page.locator(".fld-name small")).to_have_count(2)
    expect(page.locator(".fld-name small").first).to_have_text("从上期结转")

    page.get_by_role("button", name="规定怎么说").click()
    expect(page.locator("dialog")).to_contain_text("次月15日前公开")
    expect(page.locator(".laws")).to_contain_text("《中华人民共和国农村集体经济组织法》第45条")
    expect(page.locator(".laws")).not_to_contain_text("2018年修正")  # no longer in force
    assert violations(page) == []
    page.keyboard.press("Escape")

    # The same lines as last quarter, one tap; the first amount waits for its digits.
    income = page.locator(".lines").first
    income.get_by_role("button", name=re.compile("照上期的")).click()
    lines = names(income)
    assert len(lines) >= 2
    amounts = income.locator("input[data-money]")
    expect(amounts.first).to_be_focused()
    keys(page, "1409.5")
    expect(page.locator(".daxie b")).to_have_text("壹仟肆佰零玖元伍角整")
    assert in_sight(page, ".tot")
    keys(page, "±")
    expect(page.locator(".daxie b")).to_have_text("负壹仟肆佰零玖元伍角整")
    expect(page.locator(".find.grave")).to_contain_text("勾选“更正”")
    keys(page, "±")
    expect(page.locator(".find")).to_have_count(0)
    page.locator(".keys .go").click()
    expect(amounts.nth(1)).to_be_focused()
    page.locator(".keys .w").click()

    # Up, down, copy, delete and back again, all by keyboard; the focus goes along.
    heading = income.locator(".line-name")
    heading.first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(heading.nth(1)).to_be_focused()
    assert names(income) == [lines[1], lines[0], *lines[2:]]
    page.keyboard.press("Enter")
    open_line = income.locator(".line.open")
    open_line.locator("[data-tool=move-up]").last.press("Enter")
    expect(income.locator("[data-tool=move-down]").last).to_be_focused()
    assert names(income) == lines
    income.locator("[data-tool=copy]").last.press("Enter")
    assert names(income) == [lines[0], lines[0], *lines[1:]]
    income.locator("[data-tool=remove]").last.press("Enter")
    assert names(income) == lines
    expect(page.get_by_role("button", name="放回去")).to_be_focused()
    page.keyboard.press("Enter")
    assert names(income) == [lines[0], lines[0], *lines[1:]]
    heading.nth(1).press("Enter")
    income.locator("[data-tool=remove]").last.press("Enter")
    assert violations(page) == []
    assert sideways(page) == 0


def test_an_entry_with_its_voucher_and_a_day_outside_the_quarter(
    browser: Browser, site: Site, board: Path
) -> None:
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    page.locator(".ent", has_text="2026年第三季度财务收支").click()
    income = page.locator(".lines").first
    income.get_by_role("button", name="加一行").click()
    page.locator("dialog .row", has_text="租赁收入").click()
    expect(income.locator("input[data-money]")).to_be_focused()
    keys(page, "300")
    page.locator(".keys .w").click()
    income.locator(".line-name").click()
    income.get_by_role("button", name="加一笔").click()
    expect(page.locator(".find")).to_have_count(0)  # an empty amount is asked for, not blamed
    entry = "/income/0/entries/0"
    page.locator(f"[data-place='{entry}/summary']").fill("门面房租金")
    page.locator(f"[data-place='{entry}/date']").fill("2026-10-02")
    beside = page.locator(f".field:has([data-place='{entry}/date']) + .find")
    expect(beside).to_contain_text("2026-10-02 不在本期（2026-07-01 至 2026-09-30）之内")
    expect(beside).to_have_class(re.compile("grave"))

    # With the phone's keyboard up the totals are still there: on Android the page gets shorter, on an iPhone it is covered.
    page.set_viewport_size({"width": 360, "height": 430})
    page.locator(f"[data-place='{entry}/summary']").focus()
    assert in_sight(page, ".tot")
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(
        """() => { Object.defineProperty(visualViewport, "height", { get: () => 450, configurable: true });
                   visualViewport.dispatchEvent(new Event("resize")); }"""
    )
    totals = page.locator(".tot").bounding_box()
    assert totals is not None
    assert totals["y"] + totals["height"] <= 450
    page.evaluate("delete visualViewport.height; visualViewport.dispatchEvent(new Event('resize'))")

    voucher = page.locator(".field", has_text="凭证照片")
    expect(voucher).to_contain_text("先遮住电话、卡号、身份证号再拍")
    voucher.locator("input[type=file]").first.set_input_files(board)
    expect(voucher.locator(".thumbs img")).to_have_count(1)

    # Before it goes: what must be put right stands apart from what only wants another look.
    page.locator(".steps button").last.click()
    must = page.locator("section[aria-labelledby=before]")
    expect(must).to_contain_text("不在本期")
    assert violations(page) == []
    go_on(page)
    must.get_by_text("不在本期").click()
    expect(page.locator("h1")).to_have_text("期初和收入")
    income.locator(".line-name").first.click()
    income.locator(".line-body .line-name").first.click()
    page.locator(f"[data-place='{entry}/date']").fill("2026-09-02")
    expect(beside).to_have_count(0)


def test_nobody_is_offered_a_village_that_is_not_theirs(browser: Browser, site: Site) -> None:
    accountant = look(browser, site)
    sign_in(accountant, site, ZHANG_SAN)
    accountant.goto(f"{site.address}/app/new")
    expect(accountant.locator("#kind")).to_be_visible()  # their own village: nothing to choose
    expect(accountant.locator(".picker")).to_have_count(0)

    editor = look(browser, site, size=DESK)
    sign_in(editor, site, ZHAO_LIU)
    editor.goto(f"{site.address}/app/publish")
    expect(editor.locator(".picker select")).to_have_count(1)
    offered = editor.locator(".picker option").evaluate_all("all => all.map(one => one.value)")
    assert VILLAGE_A in offered
    assert all(code == "" or code.startswith(TOWNSHIP[:9]) for code in offered)
    elsewhere = editor.evaluate(
        """division => fetch(`/api/v1/forms/dibao_roster?division=${division}&period=2026Q3`).then(a => a.status)""",
        FAR_VILLAGE,
    )
    assert elsewhere == 403
