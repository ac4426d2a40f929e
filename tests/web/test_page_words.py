"""The words of the public pages: both languages whole, dates in Shanghai, amounts to the fen."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from server.web.page_words import (
    Words,
    catalogue,
    choose_lang,
    choose_view,
    foreign,
    grouped,
    unbroken,
)

NOW = datetime.fromisoformat("2026-10-15T16:30:00Z")  # already the 16th in Shanghai
ZH, EN = Words("zh", NOW), Words("en", NOW)


def places(message: Any) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", str(message)))


def test_both_languages_say_the_same_things() -> None:
    assert list(catalogue("zh")) == list(catalogue("en"))
    for key, message in catalogue("zh").items():
        assert places(catalogue("en")[key]) <= places(message), key


def test_one_and_many() -> None:
    assert EN.say("late.sentence", n=1) == "1 day late"
    assert EN.say("late.sentence", n=3) == "3 days late"
    assert ZH.say("late.sentence", n=1) == "已迟 1 天"


def test_dates_are_those_of_shanghai_whatever_the_device_says() -> None:
    assert ZH.long_day("2026-10-15") == "2026年10月15日（周四）"
    assert EN.long_day("2026-10-15") == "Thu, 15 October 2026"
    assert ZH.time("2026-10-15T16:05:00Z") == "10月16日 0:05"
    assert ZH.day_and_time("2026-10-15T15:59:59Z") == "2026年10月15日（周四）23:59"
    assert ZH.day("2025-12-31") == "2025年12月31日"
    assert EN.day("2025-12-31") == "31 Dec 2025"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>到12月4日止</p>", "<p>到<one-line>12月4日</one-line>止</p>"),
        (
            "<b>2026年12月4日</b>（周五）<i></i>",
            "<b><one-line>2026年12月4日</one-line></b>（周五）<i></i>",
        ),
        ("<title>12月4日</title>", "<title>12月4日</title>"),
        ('<a title="12月4日">x</a>', '<a title="12月4日">x</a>'),
        ('<script>"12月4日"</script>', '<script>"12月4日"</script>'),
        ("<textarea>12月4日</textarea>", "<textarea>12月4日</textarea>"),
        ("<p>12月份4日</p>", "<p>12月份4日</p>"),
        (
            "<p>1月2日3月4日</p>",
            "<p><one-line>1月2日</one-line><one-line>3月4日</one-line></p>",
        ),
        (
            "<svg>1月2日</svg><p>第12026年1月2日</p>",
            "<svg>1月2日</svg><p>第1<one-line>2026年1月2日</one-line></p>",
        ),
    ],
)
def test_no_line_ends_inside_a_date(page: str, shown: str) -> None:
    assert unbroken(page) == shown


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(0, "0.00"), (5, "0.05"), (123456789, "1,234,567.89"), (-1, "−0.01"), (-100000, "−1,000.00")],
)
def test_amounts(fen: int, shown: str) -> None:
    assert grouped(fen) == shown


def test_a_negative_amount_is_also_said_in_a_word() -> None:
    assert str(ZH.amount(-100000)) == '<span class="neg"><small>负数</small> −1,000.00</span>'
    assert EN.yuan(-100000) == "−¥1,000.00"
    assert ZH.amount(None) == ""


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "chosen"),
    [
        (None, None, None, "zh"),
        ("en", "zh", "zh-CN", "en"),
        (None, "en", "zh-CN", "en"),
        (None, None, "en-GB,en;q=0.9,zh;q=0.8", "en"),
        (None, None, "fr,zh;q=0.7,en;q=0.6", "zh"),
        (None, None, "fr;q=x,en;q=nonsense", "zh"),
        ("klingon", None, "en", "en"),
    ],
)
def test_the_language(asked: str, kept: str, accepted: str, chosen: str) -> None:
    assert choose_lang(asked, kept, accepted) == chosen


def test_the_size() -> None:
    assert choose_view(None, "elder") == "elder"
    assert choose_view("normal", "elder") == "normal"
    assert choose_view("<script>", None) == "normal"


def test_periods_in_short() -> None:
    assert ZH.short_period("2026Q3") == ("三季", "2026年")
    assert EN.short_period("2026-09") == ("Sep", "2026")
    assert ZH.short_period("2026") == ("2026年", "")
    assert ZH.cadence("E2026-10-14-0199e000") == "other"


def test_chinese_names_are_marked_on_an_english_page() -> None:
    assert str(foreign("<张三>", EN)) == '<span lang="zh-CN">&lt;张三&gt;</span>'
    assert foreign("张三", ZH) == "张三"
    assert foreign("Edition 2", EN) == "Edition 2"
