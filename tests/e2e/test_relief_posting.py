"""The three relief forms, written to their last field and sent: two by the township's editor at a desk, and the
village's own list of rebuilt houses by its accountant on a phone, with a total that is wrong at first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import ZHANG_SAN, ZHAO_LIU
from tests.e2e.form_filling import fill_step, good, steps_of, type_amount, yuan
from tests.e2e.reader_browser import sideways, violations
from tests.e2e.staff_site import DESK, Site, look, sign_in
from tests.e2e.test_staff_posting import go_on

VILLAGE = "红河村"
TOTAL = "补助资金合计"


def begin(page: Page, category: str, day: str | None = None) -> None:
    """Choose the kind, the day if it is about an event, and begin to write."""
    page.locator("#kind").select_option(category)
    if day:
        page.locator("input[type=date]").fill(day)
    page.get_by_role("button", name="开始写").click()
    expect(page.locator(".steps")).to_be_visible()


def write(page: Page, category: str, content: dict[str, Any]) -> None:
    """Fill every step of the form; the page stays at the photos."""
    for step in steps_of(category):
        fill_step(page, step, content)
        assert violations(page) == []
        assert sideways(page) == 0
        go_on(page)


def add_board(page: Page, board: Path) -> None:
    page.locator("input[type=file]").nth(1).set_input_files(board)
    expect(page.locator(".photo-list img")).to_be_visible()
    go_on(page)
    expect(page.locator("h1")).to_have_text("核对，交上去")


def send(page: Page, title: str) -> None:
    # The phone reckons no relief list: it does not say that the sums agree.
    expect(page.locator(".facts")).to_contain_text("该填的都填了；数对不对，交上去再核一遍")
    assert violations(page) == []
    go_on(page)
    expect(page.locator(".receipt")).to_contain_text("按时")
    expect(page.locator("h1")).to_contain_text(title)
    assert violations(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize(
    ("category", "example", "day", "title"),
    [
        ("dibao_preliminary", "three-households", "2026-10-09", "低保初审公示"),
        ("dibao_roster", "2026-q3", None, "2026年第三季度低保对象名单"),
    ],
    ids=["dibao_preliminary", "dibao_roster"],
)
def test_the_township_writes_a_list(
    browser: Browser,
    site: Site,
    board: Path,
    category: str,
    example: str,
    day: str | None,
    title: str,
) -> None:
    page = look(browser, site, size=DESK)
    sign_in(page, site, ZHAO_LIU)
    page.goto(f"{site.address}/app/publish")
    page.locator(".picker select").first.select_option(label=VILLAGE)
    begin(page, category, day)
    write(page, category, good(category, example))
    add_board(page, board)
    send(page, title)


def test_a_total_that_is_a_fen_too_much_is_seen_and_put_right(
    browser: Browser, site: Site, board: Path
) -> None:
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    page.goto(f"{site.address}/app/new")
    begin(page, "housing_relief", "2026-09-21")
    content = good("housing_relief", "village-list")
    right = content["total"]["amount"]
    content["total"]["amount"] = right + 1
    write(page, "housing_relief", content)
    add_board(page, board)

    go_on(page)
    refused = page.locator(".errors")
    expect(refused).to_contain_text(TOTAL)
    for amount in (right, right + 1):
        expect(refused).to_contain_text(yuan(amount))
    assert violations(page) == []
    assert sideways(page) == 0

    # It opens where the server found something, and its words stand there until that amount changes.
    page.get_by_role("button", name="打开修改").click()
    expect(page.locator("h1")).to_have_text("合计")
    total = page.get_by_label(TOTAL, exact=True)
    expect(total).to_have_value(yuan(right + 1))
    beside = page.locator(f".fld:has(label:text-is('{TOTAL}')) + .find")
    expect(beside).to_contain_text("不改收不下")
    expect(beside).to_contain_text(yuan(right))
    type_amount(total, right)
    expect(beside).to_have_count(0)
    go_on(page)  # how it went, of which nothing was written
    go_on(page)
    expect(page.locator(".photo-list img")).to_be_visible()  # neither a word nor a photo is lost
    go_on(page)
    send(page, "危房改造")
