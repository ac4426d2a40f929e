"""The preview in a real browser: the server's own page in a frame, the A4 sheet, and the phone's own drawing offline."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.cast import ZHANG_SAN
from tests.e2e.reader_browser import sideways, violations
from tests.e2e.staff_site import Site, look, sign_in
from tests.e2e.test_staff_posting import write_accounts

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "board.jpg"
    Image.effect_noise((1200, 900), 60).convert("RGB").save(path, quality=80)
    return path


def test_a_posting_is_seen_before_it_is_sent(browser: Browser, site: Site, board: Path) -> None:
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    write_accounts(page, board)
    page.get_by_role("button", name="看村民会看到的样子").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("还没有发出")
    frame = page.frame_locator(".preview-page")
    expect(frame.locator("h1")).to_contain_text("2026年第三季度")
    expect(frame.locator(".money").first).to_contain_text("16,200.00")
    # A photo that is still in the phone stands in the page from there.
    picture = frame.locator("#photos img").first
    assert (picture.get_attribute("src") or "").startswith("blob:")
    assert picture.evaluate("(img) => img.decode().then(() => img.naturalWidth)") > 0
    frame.locator("header a").first.click(force=True)
    expect(frame.locator("h1")).to_contain_text("2026年第三季度")
    assert violations(page) == []
    assert sideways(page) == 0

    dialog.get_by_label("公示单（A4）").check()
    sheet = page.frame_locator(".preview-a4")
    expect(sheet.locator(".poster-qr svg").first).to_be_visible()
    box = page.locator(".preview-sheet").bounding_box()
    assert box is not None
    assert abs(box["height"] / box["width"] - 297 / 210) < 0.02, "it is an A4 page"
    assert sideways(page) == 0

    dialog.get_by_role("button", name="关闭").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="看村民会看到的样子").click()
    expect(dialog).to_contain_text("这是手机自己画的大概样子")
    expect(dialog).to_contain_text("16,200.00")
    expect(page.locator("iframe")).to_have_count(0)
    page.context.set_offline(False)
