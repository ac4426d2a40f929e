"""Posters over HTTP: a page and a PDF of the same sheets, kept and refused like every other public answer."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from server.rules.poster_formats import PADDING, STYLES, format_of
from tests.cast import ZHANG_SAN, Hall, opened, problem_of
from tests.journeys.posting import accounts_of, approve, new_id, submission

pytestmark = pytest.mark.one_engine

ZH = {"Accept-Language": "zh"}


async def posted(hall: Hall) -> str:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    found: str = sent["id"]
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def words_of(page: str) -> list[str]:
    """Return every word of the lines of a page's sheets, in their order."""
    cells = [
        found[2] for found in re.finditer(r"<(td|th|p|h1|h2)\b[^>]*>(.*?)</\1>", page, re.DOTALL)
    ]
    return [squeezed(re.sub(r"<[^>]+>", " ", cell)) for cell in cells]


async def test_page_and_pdf_are_the_same_sheets(hall: Hall) -> None:
    disclosure = await posted(hall)
    visitor = hall.visitor(**ZH)
    for paper in ("a3", "a4"):
        for way in ("portrait", "landscape"):
            asked = {"paper": paper, "way": way}
            page = await visitor.get(f"/d/{disclosure}/poster", params=asked)
            pdf = await visitor.get(f"/d/{disclosure}/poster.pdf", params=asked)
            assert pdf.headers["content-type"] == "application/pdf"
            assert pdf.headers["content-disposition"] == (
                f'inline; filename="{disclosure}-{paper}-{way}.pdf"'
            )
            sheets = pypdf.PdfReader(io.BytesIO(pdf.content)).pages
            assert page.text.count(f'class="paper {paper} {way}"') == len(sheets)
            for sheet, drawn in zip(page.text.split("<section")[1:], sheets, strict=True):
                said = squeezed(drawn.extract_text())
                for words in words_of(sheet):
                    assert words in said, words


async def test_a_poster_needs_no_script_and_leads_on(hall: Hall) -> None:
    disclosure = await posted(hall)
    visitor = hall.visitor(**ZH)
    page = (await visitor.get(f"/d/{disclosure}/poster")).text
    assert "<script" not in page
    assert "style=" not in page
    for link in re.findall(r'<a class="\w+" href="([^"]+)"', page):
        address = link.replace("&amp;", "&")
        address = address if address.startswith("/") else f"/d/{disclosure}/poster{address}"
        assert (await visitor.get(address)).status_code == 200, address
    entries = (await visitor.get(f"/d/{disclosure}/poster?entries=yes")).text
    assert "门面一至三号上半年租金" in entries
    assert "门面一至三号上半年租金" not in page
    assert "打印张贴版" in (await visitor.get(f"/d/{disclosure}")).text


async def test_what_a_browser_has_is_not_sent_again(hall: Hall) -> None:
    disclosure = await posted(hall)
    visitor = hall.visitor(**ZH)
    for address in (f"/d/{disclosure}/poster", f"/d/{disclosure}/poster.pdf"):
        first = await visitor.get(address)
        again = await visitor.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 304
        other = await visitor.get(
            address + "?paper=a3", headers={"If-None-Match": first.headers["etag"]}
        )
        assert other.status_code == 200
    hall.clock.pass_(hours=1)
    phone = await hall.client_as(ZHANG_SAN)
    second = submission(
        hall,
        id=new_id(hall.clock(), 8),
        content=accounts_of("2026-q3") | {"prepared_by": "张三（更正）"},
        reason="填表人写错了",
    )
    await phone.post("/api/v1/submissions", json=second)
    await approve(hall, second["id"], seed=2)
    for address in (f"/d/{disclosure}/poster", f"/d/{disclosure}/poster.pdf"):
        fresh = await visitor.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert fresh.status_code == 200
    assert "第 2 版，替换第 1 版" in (await visitor.get(f"/d/{disclosure}/poster")).text
    reader = pypdf.PdfReader(io.BytesIO(fresh.content))
    assert "替换第1版" in squeezed(reader.pages[0].extract_text())


@pytest.mark.parametrize("asked", ["paper=a5", "way=round", "entries=maybe"])
async def test_other_paper_is_refused(hall: Hall, asked: str) -> None:
    disclosure = await posted(hall)
    for name in ("poster", "poster.pdf"):
        answer = await hall.visitor().get(f"/d/{disclosure}/{name}?{asked}")
        assert answer.status_code in (400, 422)


async def test_without_a_font_it_says_what_to_install(
    database_url: str, photo_root: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "fonts"
    empty.mkdir()
    async with opened(database_url, photo_root, fonts=empty) as hall:
        disclosure = await posted(hall)
        visitor = hall.visitor(**ZH)
        answer = await visitor.get(f"/d/{disclosure}/poster.pdf")
        assert (answer.status_code, problem_of(answer)) == (503, "no-chinese-font")
        assert "fonts-noto-cjk" in answer.json()["detail"]
        assert "GONGSHILAN_FONTS" in answer.json()["detail"]
        assert (await visitor.get(f"/d/{disclosure}/poster")).status_code == 200


def test_the_style_sheet_counts_as_the_layout_does() -> None:
    """How high a line is on the page is how high the layout took it for."""
    lines = Path("pwa/src/style/poster_lines.css").read_text("utf-8")
    for name, style in STYLES.items():
        (rule,) = re.findall(rf"\.poster \.l-{name} {{([^}}]*--s[^}}]*)}}", lines)
        said = dict(re.findall(r"--(\w+): ([\d.]+)", rule))
        assert float(said["s"]) == style.size, name
        assert float(said["p"]) == style.pitch, name
        assert float(said["w"]) == style.white, name
        assert ("b" in said) == style.bold, name
    assert f"var(--k, 1) * {PADDING / 2:g})" in lines
    sheets = Path("pwa/src/style/poster.css").read_text("utf-8")
    for paper in ("a3", "a4"):
        given = format_of(paper, "portrait")
        (rule,) = re.findall(rf"\.poster \.{paper} {{([^}}]*)}}", sheets)
        said = dict(re.findall(r"--(\w+): ([\d.]+)mm", rule))
        assert {k: float(v) for k, v in said.items()} == pytest.approx(
            {"u": given.unit, "edge": given.margin, "code": given.code, "gap": given.gap}
        )
