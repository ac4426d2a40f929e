"""Ways out of trouble: what was refused is put right and registered anew; what is unsent moves to another phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import LI_SI, ZHANG_SAN
from tests.e2e.phone import kept
from tests.e2e.staff_site import Site, comes_true, look, sign_in
from tests.e2e.test_bad_line import photos
from tests.e2e.test_outbox_screens import PUT
from tests.e2e.test_staff_posting import STAFF_KEPT, amount, arrived, go_on, write_accounts

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite, pytest.mark.timeout(300)]


def written_offline(browser: Browser, site: Site, folder: Path) -> Page:
    """A phone with one posting in it that could not go."""
    page = look(browser, site)
    sign_in(page, site, ZHANG_SAN)
    comes_true(page, STAFF_KEPT)
    page.reload()
    write_accounts(page, photos(folder, 1, 17)[0])
    page.context.set_offline(True)
    go_on(page)
    expect(page.locator(".track .now")).to_contain_text("等信号")
    return page


def test_what_was_refused_is_put_right_and_takes_the_place_of_its_registration(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    page = written_offline(browser, site, tmp_path)
    [posting] = kept(page)
    posting["submission"]["content"]["closing"]["total"] += 5000
    page.evaluate(PUT, posting)  # as if the phone's own check had not seen it
    page.reload()
    page.context.set_offline(False)
    expect(page.locator(".notice").first).to_contain_text("50.00", timeout=30_000)
    expect(page.locator(".receipt .lead")).to_have_text("10月12日 10:02 到，按时")
    page.get_by_role("button", name="打开修改").click()
    expect(page.locator(".find .sides").first).to_contain_text("102,000.00")  # it opens there
    amount(page, 1, "100000")
    for _ in range(3):
        go_on(page)
    expect(page.locator(".facts")).to_contain_text("数都对得上")
    go_on(page)
    arrived(page)
    [after] = kept(page)
    assert after["id"] != posting["id"]
    assert after["replaces"] == posting["id"]
    standing = page.evaluate(
        "id => fetch(`/api/v1/commitments/${id}`).then(answer => answer.json())", posting["id"]
    )
    assert standing["state"] == "replaced"


def test_what_is_unsent_goes_to_another_phone_by_a_file(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    old = written_offline(browser, site, tmp_path)
    old.goto(f"{site.address}/app/me")
    with old.expect_download() as waiting:
        old.get_by_role("button", name="把没发出的存成文件").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".gsl"

    stranger = look(browser, site)
    sign_in(stranger, site, LI_SI)
    stranger.goto(f"{site.address}/app/me")
    expect(stranger.locator("#devices")).to_be_visible()
    assert stranger.locator("input[type=file]").count() == 0  # who posts nothing takes in nothing

    new = look(browser, site)
    sign_in(new, site, ZHANG_SAN)
    new.goto(f"{site.address}/app/me")
    new.locator("input[type=file]").set_input_files(file)
    expect(new.locator("[role=status]", has_text="取回 1 件")).to_be_visible()
    new.goto(f"{site.address}/app/tasks")
    expect(new.locator(".ent", has_text="等村监委会审议")).to_be_visible(timeout=30_000)
    [there] = kept(new)
    [here] = kept(old)
    assert there["id"] == here["id"]
    # The old phone finds a signal as well: it is the same posting, and nothing stands twice.
    old.context.set_offline(False)
    old.goto(f"{site.address}/app/tasks")
    expect(old.locator(".ent", has_text="等村监委会审议")).to_be_visible(timeout=30_000)
    items = new.evaluate("fetch('/api/v1/submissions').then(answer => answer.json())")["items"]
    assert len(items) == 1
