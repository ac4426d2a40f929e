"""Slip of paper, fingerprint, lost phone, handover, and one phone for two people: in a real browser.

Chromium's virtual authenticator stands for the phone's own; passkeys need a name for the site, so these phones open
http://localhost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.cast import LI_SI, PASSWORD, ZHANG_SAN, ZHOU_BA, at
from tests.e2e.reader_browser import sideways, small_targets, violations
from tests.e2e.staff_site import DESK, NOW, Site, comes_true, look, open_site, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

DRAFT = """async () => {
  const open = indexedDB.open("gongshilan-staff");
  const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const ask = db.transaction("drafts").objectStore("drafts").getAll();
  return new Promise((done) => { ask.onsuccess = () => done(ask.result.map((d) => d.account)); });
}"""


@pytest.fixture
def site(database_url: str, photo_root: Path) -> Iterator[Site]:
    with open_site(database_url, photo_root) as found:
        yield replace(found, address=found.address.replace("127.0.0.1", "localhost"))


def with_fingerprint(page: Page) -> CDPSession:
    """Give a phone an authenticator whose owner's finger is always on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return devtools


def whole(page: Page) -> None:
    """The screen as it stands is accessible, fits and can be hit with a thumb."""
    assert violations(page) == []
    assert sideways(page) <= 0
    assert small_targets(page, 44) == []


def invited(desk: Page, site: Site, login: str, *, lost: bool = False) -> str:
    """Let the administrator write a slip and return where its QR code leads."""
    desk.goto(f"{site.address}/app/accounts")
    desk.locator("tbody tr", has_text=login).get_by_role("button", name="给新码").click()
    if lost:
        desk.get_by_label("手机丢了").check()
    desk.get_by_role("button", name="出新码").click()
    expect(desk.locator("dialog .slip-qr")).to_be_visible()
    code = desk.locator("dialog .slip-code").inner_text()
    return f"{site.address}/app/sign-in#code={code}"


def come_with_slip(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.locator("input[name=code]")).not_to_have_value("")
    page.get_by_role("button", name="登录", exact=True).click()


def test_slip_then_fingerprint_then_back_by_fingerprint(browser: Browser, site: Site) -> None:
    desk = look(browser, site, size=DESK)
    sign_in(desk, site, ZHOU_BA)
    link = invited(desk, site, ZHANG_SAN.login)
    assert violations(desk) == []

    phone = look(browser, site)
    with_fingerprint(phone)
    come_with_slip(phone, link)
    expect(phone.locator("h1")).to_have_text("下次怎么登录")
    whole(phone)
    phone.get_by_role("button", name="就用这台设备解锁的办法").click()
    expect(phone.locator("h1")).to_have_text("我该公示的")

    phone.goto(f"{site.address}/app/me")
    expect(phone.locator("#passkeys + *, section[aria-labelledby=passkeys]").first).to_be_visible()
    expect(phone.get_by_text("还没用过")).to_be_visible()
    phone.get_by_role("button", name=re.compile("^给 .* 改名$")).click()
    phone.locator("input[name=passkey-name]").fill("我的红手机")
    phone.get_by_role("button", name="存下").click()
    expect(phone.get_by_text("我的红手机")).to_be_visible()
    phone.get_by_role("button", name="约定交接").click()
    expect(phone.get_by_label("接任的人从哪一天起办事")).to_be_visible()
    whole(phone)
    phone.get_by_role("button", name="先不").click()
    whole(phone)
    phone.get_by_role("button", name="退出登录", exact=True).click()

    # Nobody types anything: the button stands first, because this device was registered.
    expect(phone.locator("h1")).to_have_text("登录")
    whole(phone)
    first = phone.locator("form button").first
    expect(first).to_have_text(re.compile("指纹"))
    first.click()
    expect(phone.locator("h1")).to_have_text("我该公示的")

    # Removed, it opens nothing.
    phone.goto(f"{site.address}/app/me")
    phone.get_by_role("button", name="去掉 我的红手机").click()
    expect(phone.get_by_text("您没有设过密码")).to_be_visible()
    phone.locator("dialog").get_by_role("button", name="去掉").click()
    expect(phone.get_by_text("还没有登记过")).to_be_visible()
    phone.get_by_role("button", name="退出登录", exact=True).click()
    phone.locator("form button").first.click()
    expect(phone.get_by_role("alert")).to_contain_text("没有通过核对")


def test_in_english_and_in_the_dark(browser: Browser, site: Site) -> None:
    desk = look(browser, site, size=DESK, lang="en", dark=True)
    sign_in(desk, site, ZHOU_BA)
    desk.goto(f"{site.address}/app/accounts")
    for act in ("New code", "Hand over"):
        desk.locator("tbody tr", has_text=LI_SI.login).get_by_role("button", name=act).click()
        expect(desk.locator("dialog")).to_be_visible()
        if act == "Hand over":
            desk.locator("dialog select").select_option("day")
            expect(desk.get_by_label("The successor's first day")).to_be_visible()
        assert violations(desk) == []
        desk.get_by_role("button", name="Not now").click()
    desk.locator("tbody tr", has_text=LI_SI.login).get_by_role("button", name="New code").click()
    desk.get_by_role("button", name="Make the code").click()
    code = desk.locator("dialog .slip-code").inner_text()
    assert violations(desk) == []

    phone = look(browser, site, lang="en", dark=True)
    with_fingerprint(phone)
    phone.goto(f"{site.address}/app/sign-in")
    expect(phone.get_by_role("button", name=re.compile("fingerprint"))).to_be_visible()
    whole(phone)
    phone.goto(f"{site.address}/app/sign-in#code={code}")
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone.locator("h1")).to_have_text("How to sign in next time")
    whole(phone)
    phone.get_by_role("button", name="Use what unlocks this device").click()
    expect(phone.locator("h1")).to_have_text("To review")
    phone.goto(f"{site.address}/app/me")
    phone.get_by_role("button", name="Choose a PIN and share").click()
    whole(phone)
    phone.locator("input[name=new-pin]").fill("2046")
    phone.locator("input[name=again-pin]").fill("2046")
    phone.get_by_role("button", name="Save PIN").click()
    expect(phone.get_by_text("The PIN is saved")).to_be_visible()
    whole(phone)
    phone.get_by_role("button", name="Switch", exact=True).click()
    expect(phone.locator("h1")).to_have_text("Who has the phone?")
    whole(phone)


def test_where_there_is_no_fingerprint_the_reason_is_said(browser: Browser, site: Site) -> None:
    plain = replace(site, address=site.address.replace("localhost", "127.0.0.1"))
    phone = look(browser, plain)
    phone.goto(f"{plain.address}/app/sign-in")
    expect(phone.get_by_text("请用密码登录")).to_be_visible()
    expect(phone.get_by_role("button", name=re.compile("指纹"))).to_have_count(0)
    whole(phone)


def test_a_lost_phone_is_told_and_its_owner_comes_back(browser: Browser, site: Site) -> None:
    lost = look(browser, site)
    sign_in(lost, site, ZHANG_SAN)
    begin_a_draft(lost)
    desk = look(browser, site, size=DESK)
    sign_in(desk, site, ZHOU_BA)
    link = invited(desk, site, ZHANG_SAN.login, lost=True)

    lost.goto(f"{site.address}/app/tasks")
    expect(lost.locator("h1")).to_have_text("登录")
    expect(lost.get_by_role("alert")).to_contain_text("手机丢失")
    expect(lost.get_by_role("alert")).to_contain_text("都留在这台手机里")
    whole(lost)
    assert lost.evaluate(DRAFT) == [ZHANG_SAN.id]

    # It was under the sofa. With the new slip nothing is lost.
    come_with_slip(lost, link)
    expect(lost.locator("h1")).to_have_text(re.compile("下次怎么登录|设一个密码"))
    lost.get_by_role("link", name="以后再说").click()
    expect(lost.locator("h1")).to_have_text("我该公示的")
    assert lost.evaluate(DRAFT) == [ZHANG_SAN.id]


def begin_a_draft(phone: Page) -> None:
    """Open the first form that is owed; it is a draft from then on."""
    phone.locator(".btn.main").first.click()
    phone.wait_for_url(re.compile("/app/post/"))
    comes_true(phone, f"async () => (await ({DRAFT})()).length === 1")


def test_a_post_is_handed_over(browser: Browser, site: Site) -> None:
    old = look(browser, site)
    sign_in(old, site, ZHANG_SAN)
    desk = look(browser, site, size=DESK)
    sign_in(desk, site, ZHOU_BA)
    desk.goto(f"{site.address}/app/accounts")
    desk.locator("tbody tr", has_text=ZHANG_SAN.login).get_by_role("button", name="交接").click()
    expect(desk.locator("dialog")).to_contain_text("报账员，红河村")
    assert violations(desk) == []
    desk.get_by_role("button", name="交接，出邀请码").click()
    expect(desk.locator("dialog .error")).to_have_count(2)
    desk.get_by_label("接任人的姓名").fill("钱九")
    desk.get_by_label("接任人的用户名").fill("qianjiu")
    desk.get_by_role("button", name="交接，出邀请码").click()
    code = desk.locator("dialog .slip-code").inner_text()
    desk.get_by_role("button", name="抄好了").click()
    expect(desk.locator("tbody tr", has_text=ZHANG_SAN.login)).to_contain_text("接任：钱九")
    expect(desk.locator("tbody tr", has_text=ZHANG_SAN.login)).to_contain_text("已交接")
    expect(desk.locator("tbody tr", has_text="qianjiu")).to_contain_text("前任：张三")
    assert violations(desk) == []

    old.goto(f"{site.address}/app/tasks")
    expect(old.get_by_role("alert")).to_contain_text("已交接给接任的人")

    new = look(browser, site)
    come_with_slip(new, f"{site.address}/app/sign-in#code={code}")
    new.get_by_role("link", name="以后再说").click()
    expect(new.locator("h1")).to_have_text("我该公示的")


def test_a_post_is_named_for_a_place_that_the_role_may_have(browser: Browser, site: Site) -> None:
    desk = look(browser, site, size=DESK)
    sign_in(desk, site, ZHOU_BA)
    desk.goto(f"{site.address}/app/accounts")
    desk.get_by_role("button", name="新账号").click()
    form = desk.locator("dialog")
    form.get_by_label("姓名").fill("吴九")
    form.get_by_label("用户名").fill("wujiu")
    form.get_by_label("职务").fill("审计局")
    # An auditor may have the whole county or a township; a supervisor one village.
    form.get_by_label("身份").select_option("auditor")
    place = form.get_by_label("彭阳县的")
    expect(place.locator("option")).to_have_text(["彭阳县全部", "古城镇", "红河镇"])
    form.get_by_label("身份").select_option("supervisor")
    expect(place.locator("option").first).to_have_text("请选")
    form.get_by_role("button", name="建账号").click()
    expect(form.locator(".error")).to_have_text("请选到具体的地方。")
    form.get_by_label("身份").select_option("administrator")
    expect(place.locator("option").first).to_have_text("彭阳县全部")
    place.select_option(label="红河镇")
    assert violations(desk) == []
    form.get_by_role("button", name="建账号").click()
    desk.get_by_role("button", name="抄好了").click()
    line = desk.locator("tbody tr", has_text="wujiu")
    expect(line).to_contain_text("审计局")
    expect(line).to_contain_text("红河镇")

    line.get_by_role("button", name="职务").click()
    expect(form.get_by_label("职务")).to_have_value("审计局")
    form.get_by_label("职务").fill("打 13800138000")
    form.get_by_role("button", name="存下职务").click()
    expect(form.get_by_role("alert")).to_contain_text("手机号")
    assert violations(desk) == []
    form.get_by_label("职务").fill("农经站")
    form.get_by_role("button", name="存下职务").click()
    expect(form).to_have_count(0)
    expect(line).to_contain_text("农经站")


def share(phone: Page, pin: str) -> None:
    """Choose a PIN on this phone."""
    phone.get_by_role("button", name="设 PIN，和别人合用").click()
    phone.locator("input[name=new-pin]").fill(pin)
    phone.locator("input[name=again-pin]").fill(pin)
    phone.get_by_role("button", name="存下 PIN").click()


def test_two_people_on_one_phone(browser: Browser, site: Site) -> None:
    phone = look(browser, site)
    sign_in(phone, site, ZHANG_SAN)
    begin_a_draft(phone)
    phone.goto(f"{site.address}/app/me")
    share(phone, "1234")
    expect(phone.get_by_role("alert")).to_contain_text("太好猜")
    whole(phone)
    phone.locator("input[name=new-pin]").fill("2046")
    phone.locator("input[name=again-pin]").fill("2046")
    phone.get_by_role("button", name="存下 PIN").click()
    expect(phone.get_by_text("PIN 已存下")).to_be_visible()
    whole(phone)

    phone.get_by_role("button", name="换人或锁上").click()
    expect(phone.locator("h1")).to_have_text("谁在用手机？")
    whole(phone)
    phone.get_by_role("button", name="用别的账号登录").click()
    enter_password(phone, LI_SI.login)
    expect(phone.locator("h1")).to_have_text(re.compile("审议"))
    phone.goto(f"{site.address}/app/me")
    expect(phone.get_by_text("您还没有 PIN")).to_be_visible()
    share(phone, "90317")
    expect(phone.get_by_text("PIN 已存下")).to_be_visible()

    # To Zhang San by his PIN: a wrong one first.
    phone.get_by_role("button", name="换人", exact=True).click()
    expect(phone.locator("h1")).to_have_text("谁在用手机？")
    phone.get_by_role("button", name=re.compile("^张三")).click()
    phone.locator("input[name=pin]").fill("0071")
    phone.get_by_role("button", name="进去").click()
    expect(phone.get_by_role("alert")).to_contain_text("还可以再试 4 次")
    whole(phone)
    phone.locator("input[name=pin]").fill("2046")
    phone.get_by_role("button", name="进去").click()
    expect(phone.locator("h1")).to_have_text("我该公示的")
    assert phone.evaluate(DRAFT) == [ZHANG_SAN.id]

    # And Li Si's five wrong ones: a full sign-in, and Zhang San is not hurt.
    phone.get_by_role("button", name="换人", exact=True).click()
    phone.get_by_role("button", name=re.compile("^李四")).click()
    for said in ("再试 4 次", "再试 3 次", "再试 2 次", "再试 1 次", "连续输错 5 次"):
        phone.locator("input[name=pin]").fill("0071")
        phone.get_by_role("button", name="进去").click()
        expect(phone.get_by_role("alert")).to_contain_text(said)
    expect(phone.get_by_role("button", name=re.compile("^李四"))).to_have_count(0)
    expect(phone.get_by_role("button", name=re.compile("^张三"))).to_be_visible()


def test_a_shared_phone_that_nobody_touches_locks_itself(browser: Browser, site: Site) -> None:
    phone = look(browser, site)
    sign_in(phone, site, ZHANG_SAN)
    phone.goto(f"{site.address}/app/me")
    share(phone, "2046")
    expect(phone.get_by_text("PIN 已存下")).to_be_visible()
    phone.get_by_label("没人动手机，多久自己锁上").select_option(label="5 分钟")
    whole(phone)
    for minutes, title in ((4, "我的登录"), (9, "谁在用手机？")):
        phone.clock.set_fixed_time(at(NOW) + timedelta(minutes=minutes))
        phone.evaluate("dispatchEvent(new Event('focus'))")
        expect(phone.locator("h1")).to_have_text(title)


def enter_password(phone: Page, login: str) -> None:
    phone.locator("input[name=way]").nth(1).check(force=True)
    phone.locator("input[name=login]").fill(login)
    phone.locator("input[name=password]").fill(PASSWORD)
    phone.get_by_role("button", name="登录", exact=True).click()


def test_another_tab_does_not_write_under_a_new_name(browser: Browser, site: Site) -> None:
    """Zhang San's tab is still open when Li Si has the phone: what it sends is refused, and it begins anew."""
    phone = look(browser, site)
    sign_in(phone, site, ZHANG_SAN)
    phone.goto(f"{site.address}/app/me")
    share(phone, "2046")
    expect(phone.get_by_text("PIN 已存下")).to_be_visible()
    tab = phone.context.new_page()
    tab.set_default_timeout(10_000)
    tab.goto(f"{site.address}/app/sign-in")
    tab.get_by_role("button", name="用别的账号登录").click()
    enter_password(tab, LI_SI.login)
    expect(tab.locator("h1")).to_have_text(re.compile("审议"))
    with phone.expect_response(lambda answer: answer.url.endswith("/api/v1/tasks")) as refused:
        phone.get_by_role("link", name="回首页").click()
    assert refused.value.status == 401
    expect(phone.locator("h1")).to_have_text(re.compile("审议"))
