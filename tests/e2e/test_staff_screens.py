"""Every staff screen, in both languages, light and dark: no violation, no sideways page, arrows reach the grid."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, expect

from tests.cast import LI_SI, WANG_WU, ZHANG_SAN, ZHAO_LIU, ZHOU_BA, Person
from tests.e2e.reader_browser import sideways, small_targets, violations
from tests.e2e.staff_site import DESK, PHONE, Site, bring_session, follow, look, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]


SCREENS: list[tuple[Person, tuple[str, ...]]] = [
    (ZHANG_SAN, ("/app/tasks", "/app/new", "/app/me", "/app/password", "/app/grid", "/app/lost")),
    (LI_SI, ("/app/review",)),
    (
        WANG_WU,
        (
            "/app/grid",
            "/app/grid/overview",
            "/app/grid/warnings",
            "/app/grid/plan",
            "/app/grid/cross",
            "/app/grid/exemptions",
            "/app/review",
            "/app/points",
            "/app/times",
            "/app/outreach/coverage",
        ),
    ),
    (ZHAO_LIU, ("/app/tasks", "/app/publish", "/app/inspections", "/app/rectifications")),
    (ZHAO_LIU, ("/app/inquiries", "/app/payments")),
    (ZHAO_LIU, ("/app/outreach", "/app/outreach/new", "/app/notices")),
    (ZHAO_LIU, ("/app/ledgers", "/app/ledgers/new")),
    (
        ZHOU_BA,
        (
            "/app/accounts",
            "/app/accounts/batch",
            "/app/divisions",
            "/app/groups",
            "/app/grid",
            "/app/trail",
            "/app/roles",
            "/app/policies",
            "/app/in-use",
            "/app/working-days",
        ),
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "dark", "size"),
    [("zh-CN", False, PHONE), ("en", True, PHONE), ("zh-CN", True, DESK)],
    ids=["phone-zh-light", "phone-en-dark", "desk-zh-dark"],
)
def test_every_screen_is_whole(
    browser: Browser, site: Site, lang: str, dark: bool, size: dict[str, int]
) -> None:
    wrong: list[str] = []
    for person, paths in SCREENS if size is PHONE else SCREENS[1:]:  # she has a phone only
        page = look(browser, site, size=size, lang=lang, dark=dark)
        bring_session(page, site, person)
        page.goto(site.address + paths[0])
        page.wait_for_load_state("networkidle")
        for path in paths:
            if path != paths[0]:
                follow(page, path)
            expect(page.locator("h1")).to_be_visible()
            expect(page.locator("html")).to_have_attribute("lang", lang)
            where = f"{person.login} {path}"
            if (
                size is PHONE
            ):  # the same words and colours, in another order: both palettes were looked at
                wrong += [f"{where}: {each}" for each in violations(page)]
            if sideways(page) > 0:
                wrong.append(f"{where}: wider than the screen by {sideways(page)}")
            if size is PHONE and "grid" not in path:
                wrong += [f"{where}: {each}" for each in small_targets(page, 44)]
        page.context.close()
        site.contexts.clear()
    assert wrong == []


def test_the_grid_by_keyboard_to_the_evidence_and_to_a_file(browser: Browser, site: Site) -> None:
    page = look(browser, site, size=DESK)
    sign_in(page, site, WANG_WU)
    expect(page.locator("h1")).to_have_text("应公开对照表")
    page.locator(".grid [data-at='0 0']").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".grid [data-at='1 0']")).to_be_focused()
    page.keyboard.press("ArrowRight")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [round(side) for side in printed[0].mediabox[2:]] == [842, 595]  # A4 across
    words = printed[0].extract_text()
    assert "第三季度" in words
    assert "红河村" in words
    assert "可以公开" in words
    page.keyboard.press("Enter")
    expect(page.locator(".drawer h2")).to_be_focused()
    expect(page.locator(".drawer")).to_contain_text("当时施行的规则")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_have_count(0)
    expect(page.locator(".grid [data-at='1 1']")).to_be_focused()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert "红河村" in text


def test_one_asks_for_an_exemption_and_another_approves_it(browser: Browser, site: Site) -> None:
    page = look(browser, site, size=DESK)
    sign_in(page, site, WANG_WU)
    page.locator(".grid .cell").first.click()
    page.get_by_role("button", name="免公开 / 改期限").click()
    page.locator("dialog textarea").fill("村已整体搬迁，账由新村公开。")
    page.locator("dialog button[type=submit]").click()
    expect(page.locator(".drawer")).to_contain_text("等另一个人决定")
    expect(page.locator(".grid .cell.exempt")).to_have_count(0)
    other = look(browser, site, size=DESK)
    bring_session(other, site, ZHAO_LIU)
    other.goto(f"{site.address}/app/grid/exemptions")
    other.get_by_role("button", name="批准", exact=True).click()
    assert violations(other) == []
    other.locator("dialog button[type=submit]").click()
    expect(other.locator(".exemptions tbody .cell")).to_contain_text("已批准")
    page.reload()
    decided = page.locator(".grid .cell.exempt, .grid .cell.missing:has-text('事后免')")
    expect(decided).to_have_count(1)


def test_a_village_is_renamed_after_looking_at_what_will_happen(
    browser: Browser, site: Site
) -> None:
    page = look(browser, site, size=PHONE)
    bring_session(page, site, ZHOU_BA)
    page.goto(site.address + "/app/divisions")
    page.locator("tbody tr", has_text="宽坪村").get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    assert violations(page) == []
    dialog.get_by_label("新的名称").fill("新坪村")
    dialog.get_by_role("button", name="看看会怎样").click()
    expect(dialog).to_contain_text("宽坪村改叫新坪村")
    assert violations(page) == []
    dialog.get_by_role("button", name="改名", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("改名，办好了")
    expect(page.locator("tbody tr", has_text="新坪村")).to_contain_text("以前叫宽坪村")


def test_a_new_account_signs_in_with_its_slip(browser: Browser, site: Site) -> None:
    page = look(browser, site, size=DESK)
    sign_in(page, site, ZHOU_BA)
    page.goto(f"{site.address}/app/accounts")
    page.get_by_role("button", name="新账号").click()
    page.locator("dialog input").nth(0).fill("李四")
    page.locator("dialog input").nth(1).fill("lisi2")
    page.locator("#division-0").select_option(label="红河镇")
    page.locator("#division-1").select_option(label="宽坪村")
    page.locator("dialog button[type=submit]").click()
    link = f"{site.address}/app/sign-in#code={page.locator('dialog .slip-code').inner_text()}"

    other = look(browser, site)
    other.goto(link)
    expect(other.locator("input[name=code]")).not_to_have_value("")
    assert "code" not in other.url  # it leaves the address bar
    other.locator("button[type=submit]").click()
    expect(other.locator("h1")).to_have_text("设一个密码")
    assert violations(other) == []
    other.locator("input[name=new-password]").fill("短了")
    other.locator("button[type=submit]").click()
    expect(other.locator(".error")).to_be_visible()
    other.locator("input[name=new-password]").fill("河边的老柳树一共三棵半")
    other.locator("button[type=submit]").click()
    expect(other.locator("h1")).to_have_text("我该公示的")
