"""Posters as PDF, read again by readers we did not write: sizes, fonts, text, the code, and how they look.

The pictures in golden/ are drawn anew by `python -m tests.external.draw_posters` after a change that is meant.
"""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from server.external.poster_pdf import NoChineseFont, paint
from server.rules.poster_formats import PaperSize, Way
from server.web.page_words import Words
from server.web.poster_layout import Poster, document_of
from tests.external.draw_posters import GOLDEN, PICTURES, picture
from tests.paper import OPENED, ORIGIN, SIGNS, example, page_of, poster, roster

FONTS = Path("/usr/share/fonts")
MM = 72 / 25.4
ENOUGH = 20
FORMATS = [(p, w) for p in ("a3", "a4") for w in ("portrait", "landscape")]
SIZES = {"a3": (297, 420), "a4": (210, 297)}


def painted(made: Poster, lang: Any = "zh") -> bytes:
    return paint(document_of(made, Words(lang, OPENED)), FONTS)


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def text_of(data: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in read(data).pages)


def fonts_of(page: pypdf.PageObject) -> list[dict[str, Any]]:
    found = page["/Resources"]["/Font"].get_object()
    return [font.get_object() for font in found.values()]


@pytest.mark.parametrize(("paper", "way"), FORMATS)
def test_sheets_are_of_their_paper(paper: PaperSize, way: Way) -> None:
    made = poster(page_of("dibao_preliminary", roster(60)), paper, way)
    pages = read(painted(made)).pages
    assert len(pages) == len(made.sheets) > 1
    short, long = SIZES[paper]
    wide, high = (short, long) if way == "portrait" else (long, short)
    for number, page in enumerate(pages, 1):
        assert float(page.mediabox.width) == pytest.approx(wide * MM, abs=0.5)
        assert float(page.mediabox.height) == pytest.approx(high * MM, abs=0.5)
        said = "".join(page.extract_text().split())
        assert f"第{number}张，共{len(pages)}张" in said
        assert "拟月保障金额" in said, "heads again"


def test_chinese_fonts_are_inside() -> None:
    for page in read(
        painted(poster(page_of("finance_quarterly", example("finance_quarterly", "2026-q3"))))
    ).pages:
        fonts = fonts_of(page)
        assert fonts
        for font in fonts:
            (inner,) = font["/DescendantFonts"]
            told = inner.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(told), font["/BaseFont"]
            assert "CJK" in font["/BaseFont"]


def test_what_is_printed_can_be_read_out() -> None:
    said = text_of(
        painted(poster(page_of("finance_quarterly", example("finance_quarterly", "2026-q3")), "a3"))
    )
    for text in (
        "红河村财务收支公开",
        "第2版，替换第1版",
        "更正：水电费写错",
        "期末余额",
        "111,712.09",
        "村监委会：李四",
        "盖章处",
    ):
        assert text in said, text
    assert "门面一至三号" not in said
    entries = poster(
        page_of("finance_quarterly", example("finance_quarterly", "2026-q3")), "a3", entries=True
    )
    assert "7月6日门面一至三号上半年租金" in text_of(painted(entries))


@pytest.mark.parametrize(
    "evil",
    ['#panic("x")', "$x^2$ *b* _i_ `c`", '\\ #include "/etc/passwd"', "</svg><script>", "{{7*7}}"],
)
def test_text_of_people_stays_text(evil: str) -> None:
    content = example("dibao_preliminary", "one-person")
    content["households"][0]["holder_name"] = evil
    content["remark"] = evil
    made = poster(page_of("dibao_preliminary", content))
    assert "".join(evil.split()) in text_of(painted(made))


@pytest.mark.parametrize(("paper", "way"), FORMATS)
def test_the_code_is_read_from_the_paper_and_large_enough(paper: PaperSize, way: Way) -> None:
    document = pypdfium2.PdfDocument(
        painted(poster(page_of("dibao_preliminary", roster(30)), paper, way))
    )
    for page in document:
        scale = 2.0
        sheet = page.render(scale=scale).to_pil()
        (code,) = zxingcpp.read_barcodes(sheet)
        assert code.text == f"{ORIGIN}/S/{SIGNS}".upper()
        at = code.position
        across = (at.top_right.x - at.top_left.x) / scale / MM
        assert across >= (80 if paper == "a3" else 56), across
        # From across the room: the whole sheet is 1,200 dots high.
        far = sheet.resize((int(sheet.width * 1200 / sheet.height), 1200))
        assert [found.text for found in zxingcpp.read_barcodes(far)] == [code.text]


@pytest.mark.parametrize(("paper", "way"), FORMATS)
def test_no_text_stands_outside_the_margins(paper: PaperSize, way: Way) -> None:
    """With the true widths of the font: what the layout counted on is enough."""
    made = poster(
        page_of("housing_relief", example("housing_relief", "dianjiang-2021-1")), paper, way
    )
    edge = made.format.margin * MM - 1
    for page in pypdfium2.PdfDocument(painted(made)):
        wide, high = page.get_size()
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            assert left >= edge
            assert right <= wide - edge
            assert bottom >= edge
            assert top <= high - edge


def test_the_same_notice_makes_the_same_file() -> None:
    made = poster(page_of("dibao_preliminary", roster(5)))
    assert painted(made) == painted(made)


def test_an_english_poster() -> None:
    made = poster(page_of("dibao_preliminary", roster(30), "en"), lang="en")
    said = text_of(painted(made, "en"))
    assert "Sheet1of" in said
    assert "Carriedover" in said


def test_where_there_is_no_font(tmp_path: Path) -> None:
    document = document_of(poster(page_of("dibao_preliminary", roster(1))), Words("zh", OPENED))
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NoChineseFont):
            paint(document, folder)


def test_a_thousand_households_are_bounded_work() -> None:
    tracemalloc.start()
    made = poster(page_of("dibao_preliminary", roster(1000)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 * 1024 * 1024
    data = painted(made)
    assert len(read(data).pages) == len(made.sheets)
    assert len(data) < 2_000_000


def furthest(one: Image.Image, other: Image.Image) -> int:
    """Return how far two pictures are apart where they differ most, of 255.

    Fonts of another year differ by a hair: blurred and looked at by pieces, only what moved or is missing is left.
    """
    soft = [image.filter(ImageFilter.GaussianBlur(4)) for image in (one, other)]
    difference = ImageChops.difference(*soft)
    pieces = difference.resize((one.width // 20, one.height // 20), Image.Resampling.BOX)
    furthest: int = pieces.getextrema()[1]
    return furthest


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_it_looks_as_it_should(name: str) -> None:
    drawn = picture(name)
    wanted = Image.open(GOLDEN / f"{name}.png").convert("L")
    assert drawn.size == wanted.size
    assert furthest(drawn, wanted) < ENOUGH


def test_a_row_that_is_missing_would_be_seen() -> None:
    wanted = Image.open(GOLDEN / "relief-a4.png").convert("L")
    without = wanted.copy()
    without.paste(255, (30, 300, 590, 320))
    assert furthest(without, wanted) > ENOUGH
