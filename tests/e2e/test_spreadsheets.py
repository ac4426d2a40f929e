"""An accountant with a spreadsheet: the template, the township's own sheet, a pasted table, and no signal."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Browser, Page, expect

from tests.cast import WANG_WU, ZHANG_SAN
from tests.e2e.reader_browser import sideways, violations
from tests.e2e.staff_site import DESK, Site, look, sign_in
from tests.workbooks import AGENCY, IDENTITY, book, changed

ACCOUNTS_SHEET = [
    ["红河村2026年第三季度财务收支公开表"],
    ["编制单位：红河村村民委员会（演示数据）    单位：元"],
    ["收入项目", "具体名称", "金额"],
    ["租赁收入", "门面房", 16200],
    ["合计", None, 16200],
    ["一、上期结余", None, 85282.18],
    ["其中：库存现金", None, 1150],
    ["银行存款", None, 84132.18],
    ["二、期末库存现金", None, 1482.18],
    ["期末银行存款", None, 100000],
    ["期末银行存款", None, 100500],
]
TABLE = "收入项目\t具体名称\t金额（元）\n租赁收入\t门面房\t16,200.00\n存款利息\t\t35.5\n合计\t\t16,235.50\n"


def open_form(page: Page, site: Site) -> None:
    """Sign in as the accountant and go to filling the third quarter from a spreadsheet."""
    sign_in(page, site, ZHANG_SAN)
    page.locator(".ent", has_text="2026年第三季度财务收支").click()
    page.get_by_role("link", name="从表格填").click()
    expect(page.locator("h1")).to_have_text("从表格填")


def choose(page: Page, data: bytes, folder: Path, name: str = "账.xlsx") -> None:
    file = folder / name
    file.write_bytes(data)
    page.locator("#fill-file").set_input_files(file)


def paste(page: Page, text: str, html: str = "") -> None:
    """Paste as a browser hands it over: words, and a page's table where there is one."""
    page.locator("#fill-paste").evaluate(
        """(area, [text, html]) => {
            const held = new DataTransfer();
            held.setData("text/plain", text);
            if (html) held.setData("text/html", html);
            area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true}));
        }""",
        [text, html],
    )


def test_the_template_is_downloaded_filled_in_and_fills_the_form(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    page = look(browser, site)
    open_form(page, site)
    assert violations(page) == []
    assert sideways(page) == 0
    with page.expect_download() as saved:
        page.get_by_role("link", name="下载这一类的模板").click()
    made = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))
    basics = made["基本情况"]
    rows = {basics.cell(r, 1).value: r for r in range(1, 40)}
    basics.cell(rows["账务单位 *"], 2).value = "红河村村民委员会（演示数据）"
    basics.cell(rows["期初库存现金（元） *"], 2).value = 1150
    made["本期收入"]["A4"], made["本期收入"]["C4"] = "租赁收入", 16200
    journal = made["逐笔明细"]
    heads = {journal.cell(3, c).value: c for c in range(1, 20)}
    for name, value in {
        "项目 *": "租赁收入",
        "日期 *": date(2026, 7, 5),
        "摘要 *": "门面房租金",
        "金额（元） *": 16200,
    }.items():
        journal.cell(4, heads[name]).value = value
    made.save(tmp_path / "填好.xlsx")
    page.locator("#fill-file").set_input_files(tmp_path / "填好.xlsx")
    expect(page.locator(".sum-list")).to_contain_text("本期收入")
    expect(page.locator(".sum-list")).to_contain_text("1 行")
    assert violations(page) == []
    page.get_by_role("button", name="填进草稿").click()
    expect(page.locator("[data-place='/organisation']")).to_have_value(
        "红河村村民委员会（演示数据）"
    )
    expect(page.locator(".lines").first).to_contain_text("租赁收入")
    expect(page.locator(".tot .z dd")).to_have_text("17,350.00")
    page.reload()  # it is in the draft, and the draft is kept
    expect(page.locator(".lines").first).to_contain_text("租赁收入")


def test_the_townships_own_sheet_is_matched_by_a_person(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    page = look(browser, site)
    open_form(page, site)
    choose(page, AGENCY.read_bytes(), tmp_path)
    expect(page.locator("h1")).to_have_text("对一下列")
    expect(page.locator(".notice").first).to_contain_text("“收入”第 6 行")
    expect(page.locator(".match").first).to_contain_text("门面房租金")
    assert violations(page) == []
    assert sideways(page) == 0
    page.get_by_role("button", name="读进来").click()
    expect(page.locator(".errors li")).to_contain_text("收入!D7")
    expect(page.locator(".errors li")).to_contain_text("#DIV/0!")
    assert violations(page) == []

    def repair(made: Any) -> None:
        made["收入"]["D5"], made["收入"]["D6"], made["收入"]["D7"] = 0.03, 1.65, 0.0105
        made["收入"]["B7"] = "废品款"

    page.get_by_role("button", name="换一个表").click()
    choose(page, changed(AGENCY.read_bytes(), repair), tmp_path)
    page.get_by_role("button", name="读进来").click()
    expect(page.locator(".errors li")).to_contain_text("废品款")
    page.get_by_label("“废品款”算哪一项").select_option("other_income")
    page.get_by_role("button", name="再读一次").click()
    expect(page.locator(".sum-list")).to_contain_text("3 行")
    expect(page.locator(".help").first).to_contain_text("收入!A8")
    page.get_by_role("button", name="填进草稿").click()
    expect(page.locator(".lines").first).to_contain_text("其他收入")


def test_single_values_in_the_townships_sheet_are_taken_or_left_by_a_person(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    page = look(browser, site)
    open_form(page, site)
    choose(page, book(收支表=ACCOUNTS_SHEET), tmp_path)
    found = page.locator(".found")
    expect(found).to_contain_text("84,132.18 元")
    expect(found).to_contain_text("收支表 C8，写着“一、上期结余·银行存款”")
    bank = found.get_by_role("group", name=re.compile("其中：银行存款"))
    expect(bank).to_contain_text("表里有 2 个不一样的数，请选一个")
    expect(bank.get_by_label("都不填")).to_be_checked()
    assert violations(page) == []
    assert sideways(page) == 0
    bank.get_by_label("100,000.00 元").check()
    found.get_by_role("group", name="账务单位").get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="读进来").click()
    expect(page.locator(".sum-list")).to_contain_text("4 项")
    expect(page.locator(".sum-list")).to_contain_text("1 行")
    page.get_by_role("button", name="填进草稿").click()
    expect(page.get_by_label("期初库存现金")).to_have_value(re.compile(r"^1,?150"))
    expect(page.get_by_label("期初银行存款")).to_have_value(re.compile(r"^84,?132.18"))
    expect(page.locator("[data-place='/organisation']")).not_to_have_value(
        "红河村村民委员会（演示数据）"
    )
    expect(page.locator(".tot .z dd")).to_have_text("101,482.18")
    page.locator(".steps button").nth(2).click()
    expect(page.get_by_label("其中：银行存款")).to_have_value(re.compile(r"^100,?000"))


def test_single_values_are_found_in_a_pasted_table_too(browser: Browser, site: Site) -> None:
    page = look(browser, site)
    open_form(page, site)
    page.context.set_offline(True)
    paste(page, "项目\t期初余额\t期末余额\n库存现金\t1,150\t1,482.18\n合计\t1,150\t1,482.18\n")
    expect(page.locator(".found")).to_contain_text("B2，写着“期初余额·库存现金”")
    assert violations(page) == []
    page.get_by_role("button", name="读进来").click()
    expect(page.locator(".sum-list")).to_contain_text("2 项")
    page.get_by_role("button", name="填进草稿").click()
    expect(page.get_by_label("期初库存现金")).to_have_value(re.compile(r"^1,?150"))


def test_a_pasted_table_needs_no_signal(browser: Browser, site: Site) -> None:
    page = look(browser, site)
    open_form(page, site)
    page.context.set_offline(True)
    paste(page, TABLE)
    expect(page.locator("h1")).to_have_text("对一下列")
    page.get_by_role("button", name="读进来").click()
    expect(page.locator(".sum-list")).to_contain_text("2 行")
    page.get_by_role("button", name="填进草稿").click()
    expect(page.locator(".lines").first).to_contain_text("门面房")
    expect(page.locator(".fld.sum output").first).to_have_text("16,235.50")

    page.get_by_role("link", name="从表格填").click()
    cells = "<td colspan=2>租赁收入</td><td>3</td>"
    paste(page, "", f"<table><tr><td>项目<td>项目<td>金额</tr><tr>{cells}</tr></table>")
    page.get_by_role("button", name="读进来").click()
    expect(page.locator(".sum-list")).to_contain_text("换掉原来的 2 行")


def test_a_file_waits_for_a_signal(browser: Browser, site: Site, tmp_path: Path) -> None:
    page = look(browser, site)
    open_form(page, site)
    page.context.set_offline(True)
    choose(page, book(收入=[["项目", "金额"], ["租赁收入", 5]]), tmp_path, "七月.xlsx")
    expect(page.locator(".notice")).to_contain_text("没有信号，文件留在手机里")
    assert violations(page) == []
    page.locator(".bar .back").click()
    page.get_by_role("link", name="从表格填").click()
    expect(page.locator(".notice")).to_contain_text("七月.xlsx")
    page.context.set_offline(False)
    page.get_by_role("button", name="现在读“七月.xlsx”").click()
    expect(page.locator("h1")).to_have_text("对一下列")


def test_a_file_with_an_identity_number_is_not_read(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    page = look(browser, site, lang="en")
    sign_in(page, site, ZHANG_SAN)
    page.locator(".ent").first.click()
    page.locator(".filler a").click()
    choose(page, book(收入=[["项目", "金额", IDENTITY], ["租赁收入", 5]]), tmp_path)
    expect(page.locator(".notice")).to_contain_text("收入!C1")
    expect(page.locator(".notice")).not_to_contain_text(IDENTITY)
    assert violations(page) == []


def test_the_matrix_leaves_as_a_workbook(browser: Browser, site: Site) -> None:
    page = look(browser, site, size=DESK)
    sign_in(page, site, WANG_WU)
    page.goto(f"{site.address}/app/grid")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Excel").click()
    made = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))
    assert made.sheetnames == ["对照表", "逐格明细"]
