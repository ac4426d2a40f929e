"""What the drawer of the matrix says about a cell: registrations, signatures, and a second event behind the first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import LI_SI, VILLAGE_A, WANG_WU, ZHANG_SAN, ZHAO_LIU
from tests.e2e.reader_browser import violations
from tests.e2e.staff_site import DESK, NOW, Site, look, sign_in, signed_in
from tests.journeys.posting import ALL_FIVE, accounts_of, board_photo, new_id
from tests.journeys.registering import registration

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]


def _accounts(site: Site, seed: int) -> dict[str, Any]:
    """Return the third quarter's accounts with a photo of the board, as 张三's phone keeps them."""
    return {
        "id": new_id(site.clock(), seed),
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "schema_version": 1,
        "content": accounts_of("2026-q3"),
        "period": "2026Q3",
        "photos": [{"sha256": board_photo(seed)[0], "role": "board"}],
        "composed_at": (site.clock() - timedelta(hours=1)).isoformat(),
    }


def _registered(site: Site, seed: int) -> None:
    sent = _accounts(site, seed)
    with signed_in(site, ZHANG_SAN) as phone:
        answer = phone.put(f"/api/v1/commitments/{sent['id']}", json=registration(sent))
        assert answer.status_code == 201, answer.text


def _opened(page: Page, site: Site, column: str) -> None:
    """Let 王五 open 红河村's cell of a category in the quarter that matters."""
    sign_in(page, site, WANG_WU)
    page.locator(".grid tbody tr", has_text="红河村").locator(".cell").filter(
        has_text=column
    ).first.click()
    expect(page.locator(".drawer h2")).to_be_focused()


def test_it_lists_the_registrations_that_wait_and_those_that_lapsed(
    browser: Browser, site: Site
) -> None:
    site.clock.set("2026-10-08 10:00+08:00")
    _registered(site, 1)  # its content never comes: three days later it counts for nothing
    site.clock.set(NOW)
    _registered(site, 2)
    page = look(browser, site, size=DESK)
    _opened(page, site, "财务")
    listed = page.locator(".drawer h3", has_text="登记").locator("+ ul > li")
    expect(listed).to_have_count(2)
    lapsed, waiting = listed.all()
    expect(lapsed).to_contain_text("10月8日")
    expect(lapsed).to_contain_text("张三登记")
    expect(lapsed).to_contain_text("登记作废")
    expect(waiting).to_contain_text("内容还没到")
    expect(waiting).to_contain_text("就按登记的时间算")
    expect(waiting).to_contain_text("当时定下 1 张照片")
    expect(waiting.locator(".hash")).to_have_text(registration(_accounts(site, 2))["content_hash"])
    assert violations(page) == []


def test_it_names_everybody_who_signed(browser: Browser, site: Site) -> None:
    sent = _accounts(site, 1)
    sha256, data = board_photo(1)
    with signed_in(site, ZHANG_SAN) as phone:
        head = {"Content-Type": "application/octet-stream"}
        address = f"/api/v1/photos/{sha256}?division={VILLAGE_A}"
        assert phone.put(address, content=data, headers=head).status_code == 201
        assert phone.post("/api/v1/submissions", json=sent).status_code == 201
    with signed_in(site, LI_SI) as supervisor:
        read = supervisor.get(f"/api/v1/submissions/{sent['id']}")
        verdict = {
            "id": new_id(site.clock(), 90),
            "decision": "return",
            "points": ALL_FIVE,
            "reason": "请补上单据编号",
        }
        answer = supervisor.post(
            f"/api/v1/submissions/{sent['id']}/review",
            json=verdict,
            headers={"If-Match": read.headers["etag"]},
        )
        assert answer.status_code == 200, answer.text
    page = look(browser, site, size=DESK)
    _opened(page, site, "财务")
    signed = page.get_by_role("list", name="未编版次的签字，按先后").locator("li")
    expect(signed).to_have_count(1)
    expect(signed).to_contain_text("李四 · 村监委会 · 退回")
    expect(signed).to_contain_text("请补上单据编号")


def test_a_second_event_of_the_cell_opens_from_the_first(browser: Browser, site: Site) -> None:
    with signed_in(site, ZHAO_LIU) as editor:
        for n, day in ((1, "2026-09-08"), (2, "2026-09-20")):
            happened = {
                "id": new_id(site.clock(), n),
                "division": VILLAGE_A,
                "category": "dibao_preliminary",
                "title": f"2026年9月低保初审第{n}批",
                "occurred_on": day,
            }
            assert editor.post("/api/v1/occurrences", json=happened).status_code == 201
    page = look(browser, site, size=DESK)
    _opened(page, site, "初审")
    beside = page.get_by_role("navigation", name="同一格里还有")
    expect(beside.get_by_role("button")).to_have_count(1)
    before = page.locator(".drawer .verdict").first.inner_text()
    assert violations(page) == []
    # The sentence, the row and the totals say the same number.
    needs = page.locator(".grid tfoot .t2 td.n").inner_text()
    expect(page.locator(".grid-head .sum b")).to_have_text(f"{needs} 处要处理")

    beside.get_by_role("button").click()
    expect(page.locator(".drawer .verdict").first).not_to_have_text(before)
    expect(page.locator(".drawer h2")).to_be_focused()
    expect(beside.get_by_role("button")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".drawer")).to_have_count(0)
    expect(page.locator(".grid [data-at]:focus")).to_have_count(1)
