"""Relief that cannot wait: chosen on a phone without a signal, public and marked as soon as it arrives, reviewed after."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import VILLAGE_A, WANG_WU, ZHAO_LIU
from tests.e2e.form_filling import good
from tests.e2e.reader_browser import sideways, violations
from tests.e2e.staff_site import PHONE, Site, look, sign_in
from tests.e2e.test_relief_posting import VILLAGE, add_board, begin, write
from tests.e2e.test_staff_posting import go_on

WHY = "房屋失火，当晚没有住处"
OBJECTION = "金额和审批表不一样"


def clean(page: Page) -> None:
    """A screen that fits a phone and over which nobody stumbles."""
    assert violations(page) == []
    assert sideways(page) == 0
    # A phone zooms out where something is too wide: then the window says that it is wider.
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def in_english(page: Page, words: str) -> None:
    """The same screen in English, then back."""
    for lang in ("en", "zh-CN"):
        page.evaluate(f"localStorage.setItem('gongshilan-language', '{lang}')")
        page.context.add_init_script(f"localStorage.setItem('gongshilan-language', '{lang}')")
        page.reload()
        page.wait_for_load_state("networkidle")
        if lang == "en":
            expect(page.locator("body")).to_contain_text(words)
        clean(page)


@pytest.mark.parametrize("agrees", [True, False], ids=["agreed", "not agreed"])
def test_published_first_from_a_phone_without_a_signal_and_reviewed_after(
    browser: Browser, site: Site, board: Path, agrees: bool
) -> None:
    phone = look(browser, site)
    sign_in(phone, site, ZHAO_LIU)
    phone.goto(f"{site.address}/app/publish")
    phone.locator(".picker select").first.select_option(label=VILLAGE)
    begin(phone, "temporary_relief", "2026-10-12")
    write(phone, "temporary_relief", good("temporary_relief", "one-urgent"))
    add_board(phone, board)

    phone.get_by_label("急事，等不了审议").check()
    go_on(phone)
    expect(phone.locator("#urgent .error")).to_contain_text("请写一句为什么等不了")
    clean(phone)
    phone.get_by_label("急在哪里，为什么等不了").fill("失火，请打 13800138000")
    expect(phone.locator("#urgent .find")).to_contain_text("手机号")
    expect(phone.get_by_role("button", name="确实要写，请审议人核准")).to_have_count(0)
    phone.get_by_label("急在哪里，为什么等不了").fill(WHY)
    in_english(phone, "before the review")
    expect(phone.get_by_label("急在哪里，为什么等不了")).to_have_value(WHY)  # kept in the draft

    phone.context.set_offline(True)
    go_on(phone)
    expect(phone.locator("h1, .track").first).to_be_visible()
    expect(phone.locator(".track")).to_contain_text("已存好")
    phone.context.set_offline(False)
    expect(phone.locator(".receipt")).to_contain_text("按时")
    expect(phone.locator(".track")).to_contain_text("急事先公布，审议待补，最迟2026年10月19日")
    expect(phone.locator(".track")).to_contain_text("等乡镇备案")
    expect(phone.locator(".track .done")).to_have_count(1)  # the review is not behind it
    clean(phone)

    villager = look(browser, site)
    villager.goto(f"{site.address}/v/{VILLAGE_A}")
    expect(villager.locator(".sheet")).to_contain_text("急事先公布，审议待补，最迟2026年10月19日")
    clean(villager)
    villager.locator(".sheet .link").first.click()
    expect(villager.locator(".note.urgent")).to_contain_text(WHY)
    clean(villager)
    address = villager.url

    desk = look(browser, site)
    sign_in(desk, site, WANG_WU)
    desk.goto(f"{site.address}/app/review")
    expect(desk.locator(".ledger").first).to_contain_text("急事先公布，审议待补")
    in_english(desk, "Published first as urgent")
    desk.locator(".ledger .ent").first.click()
    expect(desk.locator("h1")).to_contain_text("临时救助")
    expect(desk.locator("main, body").first).to_contain_text("最迟10月19日")
    clean(desk)
    if agrees:
        for yes in desk.locator(".seg .y").all():
            yes.click()
        desk.get_by_role("button", name="补审同意").click()
        said = "急事先公布，已于2026年10月12日补审"
    else:
        desk.get_by_role("button", name="不同意", exact=True).click()
        expect(desk.get_by_role("dialog")).to_contain_text("村民都看得到")
        clean(desk)
        desk.get_by_label("为什么不同意").fill(OBJECTION)
        desk.get_by_role("button", name="写到公示上").click()
        said = f"补审没有同意：{OBJECTION}"
    desk.wait_for_url("**/app/review")
    villager.goto(address)
    expect(villager.locator(".note.urgent")).to_contain_text(said)
    clean(villager)
    phone.goto(f"{site.address}/app/tasks")
    if not agrees:
        expect(phone.locator("body")).to_contain_text("补审没有同意，要更正或撤下")
        clean(phone)
