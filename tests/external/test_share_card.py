"""The picture of a shared address: its size, its weight, that it stays within its edges, and that it needs a font."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from server.external.poster_pdf import NoChineseFont
from server.external.share_card import HEIGHT, MARGIN, WIDTH, Card, can_paint, paint

FONTS = Path("/usr/share/fonts")
BIG = "−¥1,234,567,890.12"
FULL = Card(
    seal="公示",
    place="红河镇 · " + "很长的村名" * 12,
    title="2026年第三季度" + "农村危房改造补助分配结果" * 4,
    figures=[("收入", BIG), ("支出", BIG), ("期末余额", BIG)],
    lines=["2026年10月19日（周一）公开 · 至少公开到 2026年10月29日（周四）" * 2],
    foot="公示栏",
)
SHORT = Card("公开", "红河镇", "红河村", (), ["一", "二", "三"], "公示栏")


@pytest.mark.parametrize("card", [FULL, SHORT])
def test_it_is_as_large_as_chats_want_it_and_light(card: Card) -> None:
    data = paint(card, FONTS)
    assert len(data) < 100_000
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
        assert not picture.info
    assert paint(card, FONTS) == data


@pytest.mark.parametrize("card", [FULL, SHORT])
def test_nothing_runs_over_its_edges_or_into_the_foot(card: Card) -> None:
    with Image.open(io.BytesIO(paint(card, FONTS))) as picture:
        plain = picture.convert("RGB")
        paper = plain.getpixel((20, 40))
        edges = [(x, y) for y in range(20, HEIGHT) for x in (MARGIN - 20, WIDTH - MARGIN + 20)]
        above_the_foot = [(x, HEIGHT - 90) for x in range(MARGIN, WIDTH - MARGIN)]
        for at in (*edges, *above_the_foot):
            assert plain.getpixel(at) == paper, at


def test_without_a_font_there_is_none(tmp_path: Path) -> None:
    assert can_paint(FONTS)
    (tmp_path / "not-a-font.ttf").write_bytes(b"no font at all")
    assert not can_paint(tmp_path)
    assert not can_paint(tmp_path / "nowhere")
    with pytest.raises(NoChineseFont):
        paint(SHORT, tmp_path)
