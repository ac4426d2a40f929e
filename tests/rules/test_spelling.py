"""Spelling: pinyin, whole or by initials, means characters of names."""

from __future__ import annotations

import pytest

from server.external.pinyin import readings, syllables
from server.rules import spelling

NAMES = [
    "水利维修",
    "小型水利维修工程",
    "会计工资",
    "银行存款",
    "长岭镇修路",
    "西安路",
    "绿化",
    "2026年水渠（二段）",
]


def _meant(typed: str) -> tuple[str, ...]:
    found = spelling.letters(typed)
    assert found is not None
    return spelling.meant(found, NAMES, readings, 8)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("slwx", ("水利维修",)),
        ("shuiliweixiu", ("水利维修",)),
        ("shuiliwx", ("水利维修",)),
        ("shuiliwei", ("水利维",)),
        ("shuiliwe", ("水利维",)),
        ("kuaiji", ("会计",)),
        ("kjgz", ("会计工资",)),
        ("huiji", ("会计",)),
        ("yinhangcunkuan", ("银行存款",)),
        ("clz", ("长岭镇",)),
        ("zlz", ("长岭镇",)),
        ("xian", ("西安",)),
        ("xi'an", ("西安",)),
        ("lvhua", ("绿化",)),
        ("lühua", ("绿化",)),
        ("lǜhuà", ("绿化",)),
        ("sq", ("水渠",)),
        ("ed", ("二段",)),
        ("qed", ()),  # a bracket stands between
        ("xls", ()),
        ("repair", ()),
    ],
)
def test_letters_mean_characters(typed: str, meant: tuple[str, ...]) -> None:
    assert _meant(typed) == meant


@pytest.mark.parametrize(
    "typed", ["slwx", "shuiliweixiu", "shuiliwx", "shuiliwe", "kuaiji", "huiji"]
)
def test_the_names_that_are_meant_are_among_those_looked_up(typed: str) -> None:
    asked = spelling.initials_meant(typed, syllables())
    for name in NAMES:
        if spelling.meant(typed, [name], readings, 1):
            filed = spelling.initials(name, readings)
            assert any(each in way for each in asked for way in filed), (name, asked, filed)


def test_names_are_read_in_every_likely_way_and_no_more() -> None:
    assert spelling.initials("长岭镇", readings) == ("zlz", "clz")
    assert spelling.initials("2026年水渠（二段）", readings) == ("nsq", "nsj", "ed")
    assert spelling.initials("2026年", readings) == ()
    assert len(spelling.initials("长行重会长行重会长行重会", readings)) == 8


@pytest.mark.parametrize("typed", ["8000", "a", "水渠", "x1", "a" * 61, ""])
def test_what_is_no_pinyin_is_not_read_as_such(typed: str) -> None:
    assert spelling.letters(typed) is None


def test_syllables_in_a_row_are_one() -> None:
    assert spelling.together(["shui", "li", "repair", "wei", "8000"], syllables()) == [
        *("shuili", "repair", "wei", "8000"),
    ]


@pytest.mark.parametrize("typed", ["a" * 60, "xian" * 15, "shi" * 20, "ng" * 30])
def test_long_nonsense_is_read_quickly(typed: str) -> None:
    assert len(spelling.initials_meant(typed, syllables())) <= 8
    assert spelling.meant(typed, NAMES * 50, readings, 8) == ()
