from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.values import (
    MAX_FEN,
    BadAmount,
    Text,
    capitals,
    is_uuid7,
    parse_text,
    parse_yuan,
    uuid7_at,
    yuan,
)

fens = st.integers(-MAX_FEN, MAX_FEN)

VECTORS = Path(__file__).parents[2] / "schemas" / "vectors" / "capitals.json"
CAPITALS = [(v["fen"], v["words"]) for v in json.loads(VECTORS.read_text("utf-8"))["amounts"]]


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (-5, "-0.05"),
        (123456, "1,234.56"),
        (-100_000_000, "-1,000,000.00"),
    ],
)
def test_yuan(fen: int, text: str) -> None:
    assert yuan(fen) == text


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1234.5", 123450),
        (" ¥ 1,234.56 ", 123456),
        ("￥12", 1200),
        ("3元", 300),
        ("-0.05", -5),
        ("１，２３４．５６", 123456),
        ("007", 700),
    ],
)
def test_people_type_amounts_in_several_ways(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "-", "1,23", "12,34.00", "1.", ".5", "1.234", "1e3", "NaN", "1 000", "一百"),
        *("1..2", "٣", "1,234,56", "0x10", "--1", "9" * 16, "9" * 4000, "1\n2"),
    ],
)
def test_what_is_not_an_amount_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(BadAmount) as refused:
        parse_yuan(text)
    assert refused.value.text.zh
    assert refused.value.text.en
    assert len(str(refused.value)) < 250


@given(fens)
def test_yuan_and_back(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(yuan(fen).replace(",", "")) == fen


@given(st.text("0123456789.,-¥元 ，。e", max_size=14))
def test_parse_yuan_answers_or_refuses(text: str) -> None:
    try:
        fen = parse_yuan(text)
    except BadAmount:
        return
    assert parse_yuan(yuan(fen)) == fen


@pytest.mark.parametrize(("fen", "words"), CAPITALS)
def test_capitals(fen: int, words: str) -> None:
    """The phone walks the same file: what it shows beside a field is what the poster says."""
    assert capitals(fen) == words


def test_capitals_beyond_what_a_sheet_holds() -> None:
    assert capitals(parse_yuan("1000000010000.01")) == "壹万亿零壹万元零壹分"


_DIGIT = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}


def read_capitals(said: str) -> int:
    """Read capitals as a person does, digit by digit and place by place."""
    sign = -1 if said.startswith("负") else 1
    said = said.removeprefix("负").removesuffix("整")
    whole, _, part = said.partition("元") if "元" in said else ("", "", said)
    yuan_, group, digit = 0, 0, 0
    for c in whole.replace("万亿", "兆"):
        if c in _DIGIT:
            digit = _DIGIT[c]
        elif c in "拾佰仟":
            group += digit * {"拾": 10, "佰": 100, "仟": 1000}[c]
            digit = 0
        else:
            yuan_ += (group + digit) * {"万": 10**4, "亿": 10**8, "兆": 10**12}[c]
            group, digit = 0, 0
    fen = (yuan_ + group + digit) * 100
    digit = 0
    for c in part:
        if c in _DIGIT:
            digit = _DIGIT[c]
        else:
            fen += digit * (10 if c == "角" else 1)
    return sign * fen


@given(st.one_of(fens, st.integers(-(10**7), 10**7)))
def test_capitals_can_be_read_back(fen: int) -> None:
    said = capitals(fen)
    assert read_capitals(said) == fen
    assert "零零" not in said
    assert not said.endswith("分整")


def test_text_reads_what_it_writes_and_names_a_wrong_field() -> None:
    assert parse_text(Text("是", "yes").as_dict()) == Text("是", "yes")
    assert [Text("是", "yes").pick(tag) for tag in ("zh-CN", "en-GB", "zh")] == ["是", "yes", "是"]
    for doc in ("是", {"zh": "是"}, {"zh": "是", "en": 1}, {"zh": "是", "en": "yes", "fr": "oui"}):
        with pytest.raises(ValueError, match=r"^title: "):
            parse_text(doc, "title")


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.binary(min_size=10, max_size=10),
)
def test_uuid7_is_one_and_sorts_by_time(moment: datetime, noise: bytes) -> None:
    made = uuid7_at(moment, noise)
    assert is_uuid7(made)
    assert int(made.replace("-", "")[:12], 16) == round(moment.timestamp() * 1000)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "019A0000-0000-7000-8000-000000000000",
        "019a0000-0000-4000-8000-000000000000",
        "019a0000-0000-7000-c000-000000000000",
        "019a000000007000800000000000000a",
        "019a0000-0000-7000-8000-000000000000\n",
    ],
)
def test_other_spellings_are_no_uuid7(text: str) -> None:
    assert not is_uuid7(text)


def test_uuid7_wants_ten_bytes_and_a_zone() -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        uuid7_at(datetime(2026, 1, 1, tzinfo=UTC), b"")
    with pytest.raises(ValueError, match="aware"):
        uuid7_at(datetime(2026, 1, 1), bytes(10))  # noqa: DTZ001
