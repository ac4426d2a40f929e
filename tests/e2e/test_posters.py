"""Posters in a real browser: it prints the sheets that the server counted, and no line is cut or runs into another."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdf
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser

from tests.e2e.reader_browser import PHONE, serving, sideways, violations
from tests.paper import ORIGIN, SIGNS

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

MM = 72 / 25.4
CASES = ("accounts", "relief", "wide")
SIZES = {
    ("a3", "portrait"): (297, 420),
    ("a3", "landscape"): (420, 297),
    ("a4", "portrait"): (210, 297),
    ("a4", "landscape"): (297, 210),
}
# By how much the lines of a sheet end above what stands below them, and what is wider than its place.
MEASURED = """() => [...document.querySelectorAll('.paper')].map(sheet => {
  const box = name => sheet.querySelector(name).getBoundingClientRect()
  const below = sheet.classList.contains('portrait') ? box('.block') : box('.last')
  const wide = [...sheet.querySelectorAll('.text td, .text th, .text p, h1, h2, .asides p, .last p, li span')]
    .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth).map(e => e.textContent)
  return [below.top - box('.text').bottom, box('.last').top - box('.block').bottom, wide.join('|')]
})"""

# By how much a sheet that is narrower than the screen is nearer to one of its sides.
BESIDE = """() => {
  const at = document.querySelector('.paper').getBoundingClientRect()
  const room = document.documentElement.clientWidth
  return at.width > room ? 0 : at.left - (room - at.right)
}"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_cut_on_any_paper(site: str, browser: Browser, lang: str) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, service_workers="block")
    page = context.new_page()
    for case in CASES if lang == "zh" else ("accounts", "relief"):
        for paper, way in SIZES:
            page.goto(f"{site}/d/x/poster?case={case}&paper={paper}&way={way}&lang={lang}")
            for above, apart, wide in page.evaluate(MEASURED):
                assert above >= 0, (case, paper, way)
                assert apart >= 0, (case, paper, way)
                assert wide == "", (case, paper, way)
            beside = page.evaluate(BESIDE)
            assert abs(beside) < 1, (paper, way, "the sheet lies in the middle of the screen")
    context.close()


@pytest.mark.parametrize("case", ["accounts", "relief"])
def test_the_browser_prints_what_was_counted(site: str, browser: Browser, case: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    for (paper, way), (wide, high) in SIZES.items():
        page.goto(f"{site}/d/x/poster?case={case}&paper={paper}&way={way}&lang=zh")
        count = page.locator(".paper").count()
        printed = page.pdf(prefer_css_page_size=True, print_background=True)
        sheets = pypdf.PdfReader(io.BytesIO(printed)).pages
        assert len(sheets) == count, (paper, way)
        for number, sheet in enumerate(sheets, 1):
            assert float(sheet.mediabox.width) == pytest.approx(wide * MM, abs=1)
            assert float(sheet.mediabox.height) == pytest.approx(high * MM, abs=1)
            said = "".join(sheet.extract_text().split())
            assert f"第{number}张，共{count}张" in said
            assert "下载PDF" not in said, "what leads elsewhere is not printed"
        picture = pypdfium2.PdfDocument(printed)[0].render(scale=2).to_pil()
        (code,) = zxingcpp.read_barcodes(picture)
        assert code.text == f"{ORIGIN}/S/{SIGNS}".upper()
        across = (code.position.top_right.x - code.position.top_left.x) / 2 / MM
        assert across >= (80 if paper == "a3" else 56)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_accessible(site: str, browser: Browser, scheme: str, lang: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, service_workers="block")
    page = context.new_page()
    page.goto(f"{site}/d/x/poster?case=accounts&lang={lang}")
    assert violations(page) == []
    assert sideways(page) == 0, "the sheet scrolls, not the page"
    context.close()
