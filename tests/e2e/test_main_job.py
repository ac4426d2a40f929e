"""The main job from end to end, by four people in a real browser: missing, posted, approved, read, late 3 days."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.cast import LI_SI, VILLAGE_A, WANG_WU, ZHANG_SAN, at
from tests.e2e.reader_browser import violations
from tests.e2e.staff_site import DESK, Site, look, sign_in
from tests.e2e.test_staff_posting import arrived, go_on, write_accounts

TODAY = "2026-10-18 08:06+08:00"


def arrive(browser: Browser, site: Site, size: dict[str, int] | None = None) -> Page:
    page = look(browser, site, **({"size": size} if size else {}))
    page.clock.set_fixed_time(at(TODAY))
    return page


def test_the_third_quarter_of_a_village(whole_browser: Browser, site: Site, board: Path) -> None:
    site.clock.set(TODAY)
    auditor = arrive(whole_browser, site, DESK)
    sign_in(auditor, site, WANG_WU)
    row = auditor.locator(".grid tr", has_text="红河村")
    expect(row).to_contain_text("缺 3 天")

    accountant = arrive(whole_browser, site)
    sign_in(accountant, site, ZHANG_SAN)
    write_accounts(accountant, board)
    go_on(accountant)
    arrived(accountant)
    expect(accountant.locator(".receipt")).to_contain_text("迟 3 天")

    # What a villager's phone opens from the code on the board, before the committee has agreed.
    villager = arrive(whole_browser, site)
    villager.goto(f"{site.address}/C/{VILLAGE_A}")
    expect(villager.locator("h1")).to_have_text("红河村")
    expect(villager.locator("body")).to_contain_text("2026年第三季度财务收支")
    assert villager.locator("a[href^='/d/']").count() == 0

    supervisor = arrive(whole_browser, site)
    sign_in(supervisor, site, LI_SI)
    supervisor.locator(".thumb .btn.main").click()
    expect(supervisor.locator(".seg .y")).to_have_count(5)
    for yes in supervisor.locator(".seg .y").all():
        yes.click()
    supervisor.get_by_role("button", name="同意公开").click()
    expect(supervisor.locator("h1")).to_have_text("待我审议")

    villager.reload()
    villager.locator(".thumb .btn.main").click()
    expect(villager.locator("h1")).to_contain_text("2026年第三季度")
    expect(villager.locator("body")).to_contain_text("102,000.00")
    expect(villager.locator("body")).to_contain_text("迟了 3 天")
    assert villager.locator("img[src*='/api/v1/photos/']").count() >= 1
    assert violations(villager) == []

    auditor.reload()
    expect(row).to_contain_text("迟 3 天")
    row.get_by_text("迟 3 天").click()
    expect(auditor.locator(".drawer")).to_contain_text("10月18日 8:06")
