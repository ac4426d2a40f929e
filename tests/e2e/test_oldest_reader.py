"""A village's notices, read in the oldest engine in which chat apps still open a link: Chromium 78."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.old_reader import OldReader, old_reading
from tests.e2e.reader_browser import PHONE, serving
from tests.e2e.reader_site import DIST

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

VILLAGE = "/v/640425100201"
ACCOUNTS = ".ent[href='/d/0199e000-0000-7000-8000-000000000003']"
NOW_IS = "(now => { Date.now = () => Date.parse(now) })('{now}')"
# What this engine does not know and a page reads as well without.
ORNAMENTS = {
    "-webkit-overflow-scrolling",
    "color-scheme",
    "print-color-adjust",
    "text-underline-offset",
    "text-wrap",
}
# With every variable filled in: only then does the engine say what it makes of the rest.
UNSUPPORTED = r"""(declared => {
  const root = getComputedStyle(document.documentElement);
  const filled = value => value.replace(/env\([^)]*\)/g, "0px")
    .replace(/var\((--[\w-]+)\)/g, (all, name) => root.getPropertyValue(name).trim() || all);
  return declared.filter(([prop, value]) => !CSS.supports(prop, filled(value)));
})({declared})"""
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[OldReader]:
    """The phone; whatever breaks on it while a story is told fails that story."""
    with old_reading(tmp_path) as found:
        yield found
        assert found.wrong == []


def loaded(phone: OldReader, picture: str) -> None:
    """Bring a picture into view; it must come."""
    one = f'document.querySelector("{picture}")'
    phone.ask(f"{one}.scrollIntoView()")
    phone.until(f"{one}.complete && {one}.naturalWidth > 0")


def test_from_the_village_to_its_accounts_and_back(site: str, phone: OldReader) -> None:
    phone.open(site + VILLAGE)
    assert phone.text("h1") == "杏塬村"
    assert phone.text(".left") == "公示中 还剩5天"
    loaded(phone, ".shot img")
    phone.tap(ACCOUNTS, leaves=True)
    assert phone.text("h1") == "2026年第三季度财务收支"
    assert phone.ask(FITS)

    line = "tr.line details"
    assert not phone.seen(f"{line} .in")
    phone.tap(f"{line} summary")
    phone.until(f"document.querySelector('{line}').open")
    assert phone.text(f"{line} .e1") == "机井房租金 18,600.00"
    box = phone.ask(
        f"(b => [b.left, b.right])(document.querySelector('{line} .in').getBoundingClientRect())"
    )
    assert 0 <= box[0] < box[1] <= PHONE["width"]

    assert not phone.seen(".drawn table")
    phone.tap(".drawn summary")
    phone.until("document.querySelector('.drawn details').open")
    assert "2025年三季 41,230.06 31,205.00 60,973.52" in phone.text(".drawn table")
    assert phone.ask(FITS)
    assert phone.seen(".drawn svg .in")
    phone.tap("header .back", leaves=True)
    assert phone.text("h1") == "杏塬村"


def test_the_table_scrolls_inside_itself_and_its_first_column_stays(
    site: str, phone: OldReader
) -> None:
    phone.open(f"{site}/d/x")
    phone.ask("document.querySelector('.scroll').scrollLeft = 400")
    left, right = phone.ask(
        """[document.querySelector('.scroll tbody th').getBoundingClientRect().left,
            [...document.querySelectorAll('.scroll thead th')].slice(0, 4).pop().getBoundingClientRect().right]"""
    )
    assert 0 <= left <= 20
    assert right <= PHONE["width"] + 1
    assert phone.ask(FITS)


def test_large_type_takes_one_tap_and_stays(site: str, phone: OldReader) -> None:
    phone.open(f"{site}/d/x")
    assert phone.ask("getComputedStyle(document.body).fontSize") == "17px"
    phone.tap("[data-elder]")
    phone.until("document.documentElement.dataset.view === 'elder'")
    assert phone.ask("getComputedStyle(document.body).fontSize") == "22px"
    assert phone.text("[data-elder]") == "普通版"
    assert phone.text("tr.total .cmp") == "比上季多 ¥25,279.91"
    phone.open(site + VILLAGE)
    assert phone.ask("document.documentElement.dataset.view") == "elder"
    assert phone.ask(FITS)
    # The thumb's bar keeps its lower edge: `max()` is younger than this engine.
    assert phone.ask("getComputedStyle(document.querySelector('.thumb')).paddingBottom") == "8px"


def test_photos_open_over_the_page_and_the_back_button_closes_them(
    site: str, phone: OldReader
) -> None:
    phone.open(f"{site}/d/x")
    phone.tap("#photos [data-photo]")
    phone.until("!!document.querySelector('.viewer')")
    loaded(phone, ".viewer img")
    box = phone.ask(
        "(b => [b.left, b.top, b.right, b.bottom])(document.querySelector('.viewer').getBoundingClientRect())"
    )
    assert box == [0, 0, PHONE["width"], PHONE["height"]]
    before = phone.ask("document.querySelector('.viewer img').getBoundingClientRect().width")
    phone.tap(".viewer .tools button:nth-child(2)")
    phone.until(
        f"document.querySelector('.viewer img').getBoundingClientRect().width > {before * 1.8}"
    )
    phone.back()
    phone.until("!document.querySelector('.viewer')")
    assert phone.ask("location.pathname") == "/d/x"


def test_what_changed_between_two_editions_and_the_sheet_for_the_wall(
    site: str, phone: OldReader
) -> None:
    phone.open(f"{site}/d/x")
    phone.tap(".acts2 a[href*='difference']", leaves=True)
    assert phone.text("h1") == "两版哪里不一样"
    assert phone.text(".was dd") == "¥21,300.00"
    assert phone.text(".is dd") == "¥21,346.50"
    assert phone.ask("getComputedStyle(document.querySelector('.was del')).textDecorationLine") == (
        "line-through"
    )
    phone.open(f"{site}/d/x")
    phone.tap("a[href$='/poster']", leaves=True)
    assert phone.text("h1") == "红河村财务收支公开"
    wide = phone.ask("document.querySelector('.poster-qr svg').getBoundingClientRect().width")
    assert wide == pytest.approx(60 / 25.4 * 96, abs=1)
    paper = base64.b64decode(phone.tell("Page.printToPDF", preferCSSPageSize=True)["data"])
    assert paper.startswith(b"%PDF-")


def test_a_code_that_was_closed_leads_to_the_village_that_has_another(
    site: str, phone: OldReader
) -> None:
    phone.open(f"{site}{VILLAGE}?case=closed")
    assert phone.text("h1") == "杏塬村的这个编号停用了"
    assert "9月30日（周三）为止" in phone.text("main")
    assert phone.ask(FITS)
    phone.tap(".thumb .btn.main", leaves=True)
    assert phone.ask("location.pathname") == "/v/640425100288"
    phone.open(f"{site}/d/x?case=withdrawn")
    assert "这份公开已撤回" in phone.text(".tomb")
    phone.open(f"{site}/d/x?case=old")
    phone.tap(".note a", leaves=True)
    phone.wrong[:] = [each for each in phone.wrong if "410 (Gone)" not in each]


def test_a_countdown_left_open_goes_on(site: str, phone: OldReader) -> None:
    phone.open(site + VILLAGE)
    left = ".left-n[data-until]"
    for now, said in (
        ("2026-10-16T15:59:59Z", "还剩5天"),
        ("2026-10-16T16:00:00Z", "还剩4天"),
        ("2026-10-20T15:59:59Z", "今天最后一天"),
        ("2026-10-20T16:00:00Z", "时间到了，请刷新"),
    ):
        phone.ask(NOW_IS.replace("{now}", now))
        phone.ask("document.dispatchEvent(new Event('visibilitychange')) && 0")
        assert phone.text(left) == said


def test_a_village_is_found_by_its_initials(site: str, phone: OldReader) -> None:
    phone.open(site)
    phone.tap("#q")
    phone.tell("Input.insertText", text="xy")
    phone.until("document.querySelectorAll('#found-list a').length === 1")
    phone.tap("#found-list a", leaves=True)
    assert phone.text("h1") == "杏塬村"


def test_what_was_opened_once_opens_again_without_a_network(phone: OldReader) -> None:
    with serving() as site:
        phone.open(site + VILLAGE)
        phone.until("!!navigator.serviceWorker.controller")
        phone.open(f"{site}/d/x")
        phone.until("caches.open('pages').then(c => c.match('/d/x')).then(kept => !!kept)")
    phone.before("const clock = Date.now; Date.now = () => clock() + 3 * 3600000")
    phone.open(f"{site}/d/x")
    assert phone.text("h1") == "2026年第三季度财务收支"
    assert "这是 3 小时前存下的页面" in phone.text("#kept")
    # Pictures were not looked at with a network, and do not come without one.
    phone.wrong[:] = [each for each in phone.wrong if "/api/v1/photos/" not in each]


def test_the_style_asks_for_nothing_that_this_engine_lacks(site: str, phone: OldReader) -> None:
    """A value with var() in it is not passed over where the engine lacks it: it counts as nothing, and so does the rest."""
    (name,) = (DIST / "assets").glob("reader-*.css")
    style = re.sub(r"@supports[^{]*\{[^{}]*\{[^{}]*\}\s*\}", "", name.read_text("utf-8"))
    declared = {
        (prop, value.replace("!important", "").strip())
        for _, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style)
        for prop, _, value in (line.strip().partition(":") for line in body.split(";"))
        if value and not prop.startswith("--")
    }
    assert len(declared) > 200
    phone.open(site + VILLAGE)
    lacking = phone.ask(UNSUPPORTED.replace("{declared}", json.dumps(sorted(declared))))
    unknown = [(prop, value) for prop, value in lacking if prop not in ORNAMENTS]
    assert unknown == []
    # It knows `gap`, but in grids alone: in a row of boxes there would be none.
    assert not [prop for prop, _ in declared if prop in {"gap", "row-gap"}]
