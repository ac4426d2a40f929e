"""Personal numbers are found however they are written, and never repeated; python-stdnum is the oracle."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from server.rules import personal_numbers as rules
from server.rules.findings import CheckContext
from server.rules.personal_numbers import personal_number, spots, without
from tests.rules.categories_on_disk import SCHEMAS, examples, read

# The sample of GB 11643, printed in the standard itself; the rest only satisfy their check digits.
SAMPLE = "11010519491231002X"
VECTORS = read(SCHEMAS / "vectors" / "personal_numbers.json")["numbers"]


@pytest.mark.parametrize("one", VECTORS, ids=[v["name"] for v in VECTORS])
def test_the_vectors_that_the_phone_walks_too(one: dict[str, Any]) -> None:
    seen = spots(one["text"], mobile_allowed=one.get("office", False))
    assert list(dict.fromkeys(s.kind for s in seen)) == one["kinds"]
    if seen:
        offer = without(one["text"], seen)
        assert offer == one["offer"]
        assert spots(offer) == [], "what is offered passes itself"


def with_check_digit(body: str) -> str:
    return body + luhn.calc_check_digit(body)


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE,
        SAMPLE.lower(),
        f"张三{SAMPLE}",
        "110105 19491231 002X",
        "110105-1949-1231-002-X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "1101\u200b05194912\u200b31002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "证号110105491231002，属实",
    ],
)
def test_identity_numbers(text: str) -> None:
    assert personal_number(text) == "identity"


@pytest.mark.parametrize(
    "text",
    [
        with_check_digit("622202100000000000"),
        with_check_digit("411111111111111"),
        " ".join(["6222", "0210", "0000", "0000", with_check_digit("622202100000000000")[16:]]),
        f"卡号：{with_check_digit('955880000000000000')}（农行）",
    ],
)
def test_bank_cards(text: str) -> None:
    assert personal_number(text) == "card"


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "14700138000",
        "19900138000",
        "电话138-0013-8000",
        "+86 138 0013 8000",
        "１３８００１３８０００",
        "008613800138000",
    ],
)
def test_mobiles(text: str) -> None:
    assert personal_number(text) == "mobile"
    assert personal_number(text, mobile_allowed=True) is None


@pytest.mark.parametrize("text", ["1101**********002X", "110105********0021", "110****0021"])
def test_half_hidden_numbers(text: str) -> None:
    assert personal_number(text) == "masked"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-07-01 2026-09-30",
        "2026年7月1日至2026年9月30日，共92天",
        "记-0701",
        "0954-0000000",
        "640425100201",
        "1,234,567.89 元",
        "11010519491231002",
        "110105194912310021",
        "110105194902300026",
        "990105194912310020",
        "6222021000000000001",
        "12800138000",
        "138001380001",
        "aB" * 32,
        "4a" * 32,
        "0000000000000000",
        "8888888888888888",
        "发票号 24952000000012345678",
        "三组 12 户 138 亩 0013 号",
    ],
)
def test_what_is_no_personal_number(text: str) -> None:
    assert personal_number(text) is None


@given(
    st.sampled_from(["110105", "640425", "420882", "321202", "500231"]),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 1, 1)),
    st.integers(0, 999),
    st.sampled_from("0123456789X"),
)
def test_the_check_digit_is_the_oracle_s(place: str, born: date, order: int, last: str) -> None:
    number = f"{place}{born:%Y%m%d}{order:03d}{last}"
    assert rules._is_identity(number) is (last == ric.calc_check_digit(number))


@given(
    st.text("0123456789", min_size=16, max_size=19).filter(
        lambda t: t[0] in "345689" and len(set(t)) > 1
    )
)
def test_luhn_is_the_oracle_s(number: str) -> None:
    assert rules._is_card(number) is luhn.is_valid(number)


def test_a_finding_says_where_and_never_what() -> None:
    content = {"a": [{"b": f"张三 {SAMPLE} 家"}], "phone": "13800138000", "office": "13800138000"}
    found = list(
        rules.personal_numbers(content, CheckContext(params={"office_phones": ["/office"]}))
    )
    assert [f.pointer for f in found] == ["/a/0/b", "/phone"]
    for finding in found:
        for text in (finding.message.zh, finding.message.en):
            assert not any(c.isdigit() for c in text)
        assert finding.expected is None
        assert finding.actual is None


@pytest.mark.parametrize("one", examples("good"), ids=str)
def test_no_good_example_is_suspected(one: object) -> None:
    assert list(rules.personal_numbers(one.content, CheckContext())) == []  # type: ignore[attr-defined]


def test_ten_ordinary_signs_have_ten_digits_at_most() -> None:
    ordinary = [s for s in map(chr, range(0x2D, 0xA000)) if rules._FEW.fullmatch(s)]
    assert len(ordinary) > 20_000
    assert {rules._weight.__wrapped__(sign) for sign in ordinary} == {0, 1}
