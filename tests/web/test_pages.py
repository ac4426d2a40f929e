"""Pages as text: what people wrote stays text, and a window's marks stay on the paper."""

from __future__ import annotations

import json
import re
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from server.web import pages
from server.web.page_charts import charts
from server.web.page_window import day_counter, window_bar
from server.web.page_words import Words
from tests.e2e import reader_pages as made

NOW = datetime.fromisoformat(made.NOW)
WORDS = Words("zh", NOW)
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}"


def screen(**changed: Any) -> pages.Screen:
    return pages.Screen(
        **({"lang": "zh", "now": NOW, "public_url": "https://board.test"} | changed)
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_people_wrote_is_text_never_markup(lang: Any) -> None:
    card = made.card(title=made.text(EVIL, EVIL), publisher=EVIL, figures=made.figures())
    page = made.disclosure_page(card=card, submitted_by_name=EVIL)
    page["sheet"]["sections"][0]["rows"][2]["entries"][0] |= {"summary": EVIL, "party": EVIL}
    page["division"] = made.VILLAGE | {"name": EVIL}
    for text in (
        pages.render_disclosure(page, screen(lang=lang)),
        pages.render_choose(
            {"q": EVIL, "items": [], "place": None, "ancestors": [], "children": []},
            screen(lang=lang, path="/?q=" + EVIL),
        ),
    ):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "onerror=alert(1)&gt;" in text
        assert "49" not in re.findall(r"\{\{.*?\}\}", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_carries_the_words_of_its_scripts(lang: Any) -> None:
    text = pages.render_village(made.village_page(), screen(lang=lang))
    block = re.search(r'<script type="application/json" id="words">(.*?)</script>', text, re.DOTALL)
    assert block is not None
    assert json.loads(block[1]) == Words(lang, NOW).island()


def test_a_row_of_totals_says_so_once_and_first() -> None:
    counted = {
        "kind": "table",
        "id": "allocation",
        "heading": "分配表",
        "columns": [
            {"key": "number", "label": "序号", "type": "int"},
            {"key": "place", "label": "村", "type": "text"},
            {"key": "amount", "label": "金额", "type": "money"},
        ],
        "rows": [{"cells": [1, "白家镇", 9_150_000], "pointer": "/rows/0"}],
        "totals": [None, "合计", 9_150_000],
    }
    for totals, first in (([None, "合计", 9_150_000], "合计"), ([None, None, 9_150_000], "合计")):
        page = made.disclosure_page()
        page["sheet"]["sections"] = [counted | {"totals": totals}]
        row = re.search(
            r'<tr class="total">(.*?)</tr>', pages.render_disclosure(page, screen()), re.DOTALL
        )
        assert row is not None
        assert row[1].count("合计") == 1
        assert f'<th scope="row">{first}</th>' in row[1]


def test_share_tags_name_the_notice_and_leave_the_readers_choices_out() -> None:
    text = pages.render_disclosure(
        made.disclosure_page(), screen(path="/d/x?edition=2&lang=en&view=elder")
    )
    assert '<meta property="og:url" content="https://board.test/d/x?edition=2">' in text
    assert '<meta property="og:title" content="2026年第三季度财务收支 · 杏塬村">' in text
    assert f"/api/v1/photos/{made.BOARD}/960.jpg" in text


def test_there_is_no_script_or_style_inside_the_page() -> None:
    for text in (
        pages.render_village(made.village_page(), screen()),
        pages.render_disclosure(made.disclosure_page(), screen()),
    ):
        assert not re.search(r"\sstyle=|\son\w+=|<style", text)
        assert set(re.findall(r"<script([^>]*)>", text)) == {' type="application/json" id="words"'}


def test_a_notice_that_leaves_the_web_leaves_the_phone_too() -> None:
    roster = pages.render_disclosure(made.roster_page(), screen())
    assert 'data-hide-after="2026-10-20T16:00:00Z"' in roster
    assert "data-hide-after" not in pages.render_disclosure(made.disclosure_page(), screen())


def test_a_withdrawn_notice_keeps_its_address_and_says_why() -> None:
    text = pages.render_disclosure(made.withdrawn_page(), screen())
    assert "这份公开已撤回" in text
    assert "一张凭证照片没有遮住电话" in text
    assert "管理费用" not in text
    # Lists say so to phones too, which then keep neither the notice nor its photos.
    listed = made.village_page(latest=[made.card(stage="withdrawn"), made.card(disclosure_id="x")])
    marked = re.findall(
        r'<a class="ent" href="([^"]+)"( data-gone)?>', pages.render_village(listed, screen())
    )
    assert [bool(gone) for _, gone in marked] == [True, False]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("opened", range(1, 29))
@pytest.mark.parametrize("due", [1, 10, 28])
def test_marks_of_a_window_never_leave_the_bar_nor_cover_each_other(
    lang: Any, large: bool, opened: int, due: int
) -> None:
    window = {
        "opens_on": "2026-10-01",
        "due_on": f"2026-10-{due:02d}",
        "opened_at": f"2026-10-{opened:02d}T02:00:00Z",
        "must_stay_until": "2026-10-28T16:00:00Z",
        "comes_down_at": None,
        "today": "2026-10-16",
    }
    bar = window_bar(window, Words(lang, NOW), fixed=False, large=large)
    assert bar is not None
    for mark in bar.marks:
        assert 0 <= mark.x <= 100
        assert 0 <= mark.label_x <= 100
    for row in ("hi", "lo"):
        spots = sorted(m.label_x for m in bar.marks if m.row == row)
        assert all(b - a >= 9 for a, b in pairwise(spots)), spots


def test_the_day_counter_counts_today() -> None:
    counter = day_counter(made.relief(), WORDS)
    assert counter is not None
    assert (counter.total, counter.today) == (7, 3)
    assert counter.cells == ["done", "done", "now", "", "", "", ""]
    assert (
        day_counter(made.relief(comes_down_at=None, must_stay_until="2027-10-20T16:00:00Z"), WORDS)
        is None
    )


def test_bars_stand_on_the_floor_and_under_the_top() -> None:
    drawn = charts(made.trend(), WORDS)
    assert drawn is not None
    assert [g.name for g in drawn.groups] == ["三季", "四季", "一季", "二季", "三季"]
    assert [y.name for y in drawn.years] == ["2025年", "2026年"]
    assert all(14 <= g.income_y <= 150 and 14 <= g.expense_y <= 150 for g in drawn.groups)
    assert drawn.grid[0] == (150.0, "0")
    assert charts(made.trend()[:1], WORDS) is None


@pytest.mark.parametrize("fen", [1, 99, 12345, 10**7, 10**12])
def test_any_size_of_money_finds_a_scale(fen: int) -> None:
    trend = [{"period": p, "income": fen, "expense": 0, "closing": -fen} for p in ("2025", "2026")]
    assert charts(trend, WORDS) is not None
