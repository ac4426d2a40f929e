"""The third quarter, written, photographed and sent in the oldest engine that must be able to: Chromium 92."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.cast import LI_SI, ZHANG_SAN, Person
from tests.e2e.old_phone import MAJOR, old_browsing, teach, touch
from tests.e2e.reader_browser import sideways
from tests.e2e.staff_site import Site, look, sign_in
from tests.e2e.test_staff_posting import arrived, go_on, write_accounts

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]


def come(browser: Browser, site: Site, person: Person, wrong: list[str]) -> Page:
    """Sign in on the old phone; what breaks in its scripts is written to `wrong`."""
    page = look(browser, site)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    devtools = teach(page)
    sign_in(page, site, person)
    touch(devtools)
    return page


def test_a_quarter_is_posted_with_a_photo_and_reaches_the_supervisor(
    playwright: Playwright, site: Site, board: Path, tmp_path: Path
) -> None:
    wrong: list[str] = []
    with old_browsing(playwright, tmp_path, site) as browser:
        assert browser.version.split(".")[0] == MAJOR
        page = come(browser, site, ZHANG_SAN, wrong)
        assert page.evaluate("'checkVisibility' in Element.prototype") is False
        write_accounts(page, board)
        page.context.set_offline(True)
        go_on(page)
        expect(page.locator(".track .now")).to_contain_text("等信号")
        page.context.set_offline(False)
        arrived(page)
        expect(page.locator(".receipt")).to_contain_text("按时")
        expect(page.locator(".receipt")).to_contain_text("10月12日 10:02")
        assert sideways(page) == 0

        other = come(browser, site, LI_SI, wrong)
        other.locator(".thumb .btn.main").click()
        expect(other.locator(".figs")).to_contain_text("102,000.00")
        other.locator(".facts .link").click()
        photo = other.locator(".thumbs img")
        expect(photo).to_have_count(1)
        photo.scroll_into_view_if_needed()
        assert photo.evaluate("img => img.decode().then(() => img.naturalWidth)") > 0
        for yes in other.locator(".seg .y").all():
            yes.click()
        other.get_by_role("button", name="同意公开").click()
        expect(other.locator("h1")).to_have_text("待我审议")
    assert wrong == []
