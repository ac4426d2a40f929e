"""An accountant without a signal, a supervisor, and what each of them sees."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.cast import LI_SI, ZHANG_SAN
from tests.e2e.reader_browser import sideways, violations
from tests.e2e.staff_site import Site, comes_true, look, sign_in

# The worker keeps the staff app once somebody has opened it; its page is the last thing that it keeps.
STAFF_KEPT = "caches.match('/app').then(kept => kept !== undefined)"
# So are the forms of what is owed, one after the other once the list has come.
FORM_KEPT = """() => new Promise(resolve => {
  const asked = indexedDB.open('gongshilan-staff');
  asked.onsuccess = () => {
    const all = asked.result.transaction('answers').objectStore('answers').getAllKeys();
    all.onsuccess = () => {
      asked.result.close();
      resolve(all.result.some(key => key.startsWith('form ') && key.endsWith(' 2026Q3')));
    };
  };
})"""


def amount(page: Page, field: int, typed: str) -> None:
    """Type an amount with the thumb: on our keypad, key by key."""
    page.locator("input[data-money]").nth(field).click()
    for key in typed:
        page.locator(f".keys button:text-is('{key}')").click()


def put_keys_away(page: Page) -> None:
    """Close the keypad."""
    page.locator(".keys .w").click()
    expect(page.locator(".keys")).to_have_count(0)


def go_on(page: Page) -> None:
    # The keypad may be leaving by itself just now, because a word was typed last: then there is nothing to hit.
    page.evaluate("document.querySelector('.keys .w')?.click()")
    expect(page.locator(".keys")).to_have_count(0)
    page.locator(".thumb .btn.main").click()


def choose_kind(page: Page, section: int, words: str) -> None:
    page.locator(".lines").nth(section).locator(".adders .link").first.click()
    page.locator("dialog .row", has_text=words).first.click()
    expect(page.locator("dialog")).to_have_count(0)


def write_accounts(page: Page, board: Path) -> None:
    """Write the third quarter from its first step to its last."""
    page.locator(".ent", has_text="2026年第三季度财务收支").click()
    expect(page.locator("h1")).to_have_text("期初和收入")
    page.locator("[data-place='/organisation']").fill("红河村股份经济合作社（演示数据）")
    page.locator("[data-place='/book']").select_option("collective")
    amount(page, 0, "1150")
    amount(page, 1, "85282.18")
    expect(page.locator(".daxie b")).to_have_text("捌万伍仟贰佰捌拾贰元壹角捌分")
    choose_kind(page, 0, "租赁收入")
    amount(page, 2, "16200")
    expect(page.locator(".tot .z dd")).to_have_text("102,632.18")
    go_on(page)
    choose_kind(page, 0, "其他支出")
    amount(page, 0, "632.18")
    go_on(page)
    expect(page.locator(".fld.sum output").first).to_have_text("102,000.00")
    amount(page, 0, "2000")
    amount(page, 1, "99000")
    expect(page.locator(".find .sides")).to_contain_text("101,000.00")
    expect(page.locator(".find .sides")).to_contain_text("102,000.00")
    put_keys_away(page)
    amount(page, 1, "100000")  # a digit replaces what stood there
    expect(page.locator(".find")).to_have_count(0)
    go_on(page)
    page.locator("[data-place='/prepared_by']").fill("张三")
    go_on(page)
    page.locator("input[type=file]").nth(1).set_input_files(board)
    expect(page.locator(".photo-list img")).to_be_visible()
    go_on(page)
    expect(page.locator("h1")).to_have_text("核对，交上去")


def arrived(page: Page) -> None:
    """Wait until photos and content are with the supervisor; the receipt alone comes first, with the commitment."""
    expect(page.locator(".track .now")).to_contain_text("监委会审议", timeout=30_000)


def test_from_no_signal_to_a_receipt_and_to_the_public(
    browser: Browser, site: Site, board: Path
) -> None:
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    expect(page.locator("h1")).to_have_text("我该公示的")
    comes_true(page, STAFF_KEPT)
    comes_true(page, FORM_KEPT)
    page.context.set_offline(True)  # no form was opened yet
    page.reload()
    write_accounts(page, board)

    page.reload()
    expect(page.locator("h1")).to_have_text("核对，交上去")  # nothing that was typed is lost
    expect(page.locator(".facts")).to_contain_text("数都对得上")
    go_on(page)
    expect(page.locator(".track .now")).to_contain_text("等信号")
    page.locator(".bar .back").click()
    expect(page.locator(".ent", has_text="2026年第三季度")).to_contain_text("等信号")
    expect(page.locator(".net").first).to_contain_text("1 件在手机里")
    assert violations(page) == []

    page.context.set_offline(False)
    row = page.locator(".ent", has_text="2026年第三季度")
    expect(row).to_contain_text("等村监委会审议", timeout=30_000)
    page.locator(".ent", has_text="2026年第三季度").click()
    expect(page.locator(".receipt")).to_contain_text("按时")
    expect(page.locator(".receipt")).to_contain_text("10月12日 10:02")
    assert violations(page) == []

    other = look(browser, site)
    sign_in(other, site, LI_SI)
    other.locator(".thumb .btn.main").click()
    expect(other.locator(".figs")).to_contain_text("102,000.00")
    other.get_by_role("button", name="同意公开").click()
    expect(other.locator(".error").first).to_contain_text("五项都看过")
    for yes in other.locator(".seg .y").all():
        yes.click()
    assert violations(other) == []
    other.get_by_role("button", name="同意公开").click()
    expect(other.locator("h1")).to_have_text("待我审议")

    page.locator(".bar .back").click()
    expect(page.locator(".ent", has_text="2026年第三季度")).to_contain_text("已公示，按时")
    assert sideways(page) == 0


def test_a_return_says_why_and_opens_again_with_every_word(
    browser: Browser, site: Site, board: Path
) -> None:
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    write_accounts(page, board)
    go_on(page)
    arrived(page)

    other = look(browser, site)
    sign_in(other, site, LI_SI)
    other.locator(".thumb .btn.main").click()
    other.get_by_role("button", name="退回").click()
    other.locator("dialog textarea").fill("其他支出缺 8 月的签字单。")
    assert violations(other) == []
    other.locator("dialog button[type=submit]").click()
    expect(other.locator("h1")).to_have_text("待我审议")

    page.locator(".bar .back").click()
    row = page.locator(".ent", has_text="2026年第三季度")
    expect(row).to_contain_text("退回修改")
    expect(row).to_contain_text("其他支出缺 8 月的签字单。")
    row.click()
    page.get_by_role("button", name="打开修改").click()
    expect(page.locator("[data-place='/organisation']")).to_have_value(
        "红河村股份经济合作社（演示数据）"
    )
    for _ in range(5):
        go_on(page)
    go_on(page)
    arrived(page)
    expect(page.locator(".receipt")).to_contain_text("按时")


def approve(page: Page) -> None:
    page.locator(".thumb .btn.main").click()
    expect(page.locator(".pt")).to_have_count(5)
    for yes in page.locator(".seg .y").all():
        yes.click()
    page.get_by_role("button", name="同意公开").click()
    expect(page.locator("h1")).to_have_text("待我审议")


def test_a_correction_shows_what_it_changes_and_a_withdrawal_says_why(
    browser: Browser, site: Site, board: Path
) -> None:
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    write_accounts(page, board)
    go_on(page)
    arrived(page)
    other = look(browser, site)
    sign_in(other, site, LI_SI)
    approve(other)

    page.reload()
    page.get_by_role("button", name="更正").click()
    page.locator("[data-place='/organisation']").fill("红河村村民委员会（演示数据）")
    for _ in range(5):
        go_on(page)
    expect(page.locator(".diff")).to_contain_text("红河村村民委员会（演示数据）")
    go_on(page)
    expect(page.locator(".error").first).to_contain_text("请写一句原因")  # not without a reason
    page.locator(".field textarea").fill("账务单位写错了。")
    assert violations(page) == []
    go_on(page)
    arrived(page)
    other.reload()
    other.locator(".thumb .btn.main").click()
    expect(other.locator(".quote")).to_contain_text("账务单位写错了。")
    other.goto(f"{site.address}/app/review")
    approve(other)

    site.clock.pass_(hours=1)  # withdrawn before it opened, it would never have been there
    page.reload()
    page.get_by_role("button", name="撤下来").click()
    page.locator("dialog textarea").fill("整份账有误，重新公开。")
    page.locator("dialog button[type=submit]").click()
    expect(page.locator(".track .now")).to_contain_text("已撤下")


def test_the_app_opens_without_a_signal_and_keeps_what_is_typed(
    browser: Browser, site: Site
) -> None:
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    comes_true(page, STAFF_KEPT)
    page.locator(".ent", has_text="2026年第三季度财务收支").click()
    page.locator("[data-place='/organisation']").fill("一离开")
    page.reload()  # at once: the change is still on its way to the disk
    expect(page.locator("[data-place='/organisation']")).to_have_value("一离开")
    page.locator("[data-place='/organisation']").fill("没有信号也在")
    expect(page.locator(".saved:not(.pending)")).to_contain_text("已存")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-place='/organisation']")).to_have_value("没有信号也在")
    page.locator(".bar .back").click()
    expect(page.locator(".ent", has_text="2026年第三季度")).to_contain_text("草稿")
    expect(page.locator(".net").first).to_contain_text("没有连上")
