"""No valid number gets through, however it is written; and what villages really write is not suspected.

python-stdnum makes the numbers and is the oracle; Hypothesis chooses digits, spaces and what stands around them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from server.rules.personal_numbers import personal_number, spots, without

# Unicode has no digit beyond plane 1; its million other points would be walked through by every process of a run.
POINTS = range(0x20000)
# Every sign that Unicode knows as a digit, by its value; 一 and 壹 stand for one too.
DIGITS: dict[str, list[str]] = {str(n): [] for n in range(10)}
for _point in POINTS:
    _value = unicodedata.digit(chr(_point), None)
    if _value is not None:
        DIGITS[str(_value)].append(chr(_point))
for _signs in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "○幺貳參〤〥陸〧〨〩"):
    for _n, _sign in enumerate(_signs):
        DIGITS[str(_n)].append(_sign)
XS = "XxＸｘХχ×Ⅹ𝐗Ⓧ"
# One script for the whole number, as a keyboard gives it; or any sign for any digit.
SCRIPTS = [
    [chr(point + n) for n in range(10)]
    for point in POINTS
    if unicodedata.decimal(chr(point), None) == 0
]
SPACES = [
    "",
    " ",
    "  ",
    "\u3000",
    "\u00a0",
    "\u2009",
    "\u202f",
    "\t",
    "\n",
    "\u200b",
    "\u200d",
    "\ufe0f",
    "\u2060",
]
DASHES = ["-", "－", "—", " - ", "·", ".", "_"]
AROUND = ["", "张三", "（", "）", "，", "身份证号：", "家", "元", " 三组 ", "户主李四", "\n"]

PLACES = ["110105", "640425", "420882", "321202", "500231"]
identities = st.builds(
    lambda place, born, order: (
        (body := f"{place}{born:%Y%m%d}{order:03d}") + ric.calc_check_digit(body + "0")
    ),
    st.sampled_from(PLACES),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 1, 1)),
    st.integers(0, 999),
)
old_identities = st.builds(
    lambda place, born, order: f"{place}{born:%y%m%d}{order:03d}",
    st.sampled_from(PLACES),
    st.dates(min_value=date(1930, 1, 1), max_value=date(1999, 12, 31)),
    st.integers(0, 999),
)
cards = st.builds(
    lambda issuer, rest: (
        (body := (issuer + rest)[: 15 if issuer[0] in "35" else None]) + luhn.calc_check_digit(body)
    ),
    st.sampled_from(["622202", "621700", "955880", "436742", "524094", "356827", "603367"]),
    st.text("0123456789", min_size=9, max_size=12),
)
mobiles = st.builds(
    lambda country, second, rest: f"{country}1{second}{rest}",
    st.sampled_from(["", "", "+86 ", "0086", "86-"]),
    st.sampled_from("3456789"),
    st.text("0123456789", min_size=9, max_size=9),
)
passports = st.builds(
    lambda letters, digits: letters + digits[: 9 - len(letters)],
    st.sampled_from(["E", "G", "EA", "EK", "PE", "SE", "DE"]),
    st.text("0123456789", min_size=8, max_size=8),
)


@st.composite
def disguised(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> tuple[str, str]:
    """Return a number and a text that holds it in other digits, with gaps, between other words."""
    number = draw(numbers)
    script = draw(st.sampled_from(SCRIPTS))
    any_sign = draw(st.booleans())
    gaps = draw(
        st.sampled_from(
            [[""], SPACES, [*SPACES, *DASHES], [draw(st.sampled_from(SPACES + DASHES))]]
        )
    )
    written = ""
    for n, sign in enumerate(number):
        if sign in DIGITS:
            sign = draw(st.sampled_from(DIGITS[sign])) if any_sign else script[int(sign)]
        elif sign == "X":
            sign = draw(st.sampled_from(XS))
        written += sign + (draw(st.sampled_from(gaps)) if n < len(number) - 1 else "")
    before, after = draw(st.sampled_from(AROUND)), draw(st.sampled_from(AROUND))
    # A number that runs on is another number, and an amount with its unit is an amount.
    assume(not (after == "元" and "." in unicodedata.normalize("NFKC", written)))
    return number, before + written + after


@given(disguised(identities))
def test_no_identity_number_gets_through(written: tuple[str, str]) -> None:
    assert personal_number(written[1]) == "identity"


@given(disguised(old_identities))
def test_no_old_identity_number_gets_through(written: tuple[str, str]) -> None:
    assert personal_number(written[1]) in ("identity", "card")


@given(disguised(cards))
def test_no_bank_card_gets_through(written: tuple[str, str]) -> None:
    number, text = written
    assert luhn.is_valid(number)
    assert personal_number(text) in ("card", "identity")


@given(disguised(mobiles))
def test_no_mobile_number_gets_through_unless_the_field_is_an_office_s(
    written: tuple[str, str],
) -> None:
    _, text = written
    assert personal_number(text) is not None
    assert personal_number(text, mobile_allowed=True) != "mobile"


@given(
    passports,
    st.sampled_from(["", "，护照", "（"]),
    st.sampled_from(["", "，", "）"]),
    st.booleans(),
)
def test_no_passport_gets_through(number: str, before: str, after: str, wide: bool) -> None:
    if wide:
        number = "".join(chr(ord(c) + 0xFEE0) for c in number)
    assert personal_number(before + number + after) == "passport"


@given(disguised(st.one_of(identities, cards, mobiles)))
def test_what_is_offered_holds_none(written: tuple[str, str]) -> None:
    offer = without(written[1], spots(written[1]))
    assert spots(offer) == []
    assert len(offer) < len(written[1])


# --- What villages write -----------------------------------------------------------------------------

days = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))
fen = st.integers(0, 9_999_999_999)


def _forms(day: date) -> list[str]:
    return [
        day.isoformat(),
        f"{day:%Y.%m.%d}",
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}-{day.month}-{day.day}",
        f"{day:%Y%m%d}",
    ]


@given(
    days,
    st.integers(0, 5),
    st.integers(1, 400),
    st.sampled_from(["至", "-", " ", "、", "—", " 至 "]),
)
def test_dates_and_spans_pass(day: date, form: int, length: int, between: str) -> None:
    until = day + timedelta(days=length)
    for text in (_forms(day)[form], f"{_forms(day)[form]}{between}{_forms(until)[form]}"):
        assert personal_number(text) is None, text


AMOUNTS: list[Callable[[int], str]] = [
    lambda n: f"{n / 100:.2f}",
    lambda n: f"{n / 100:,.2f}",
    lambda n: f"¥{n / 100:,.2f}",
    lambda n: f"￥{n / 100:.2f}",
    lambda n: f"{n / 100:.2f}元",
    lambda n: f"{n // 100}元",
    lambda n: f"{n / 1_000_000:.2f}万元",
    lambda n: f"收入 {n // 100} 元，支出 {n // 300} 元",
]


@given(fen, st.sampled_from(AMOUNTS))
def test_amounts_pass(amount: int, write: Callable[[int], str]) -> None:
    assert personal_number(write(amount)) is None, write(amount)


@given(
    st.integers(2015, 2035),
    st.integers(1, 12),
    st.integers(1, 9999),
    st.sampled_from(
        [
            "记-{month:02d}{n:02d}",
            "记字第{n}号",
            "银付{year}{month:02d}-{n:03d}",
            "No.{n:08d}",
            "发票 {n:08d}",
            "发票号 {year}2000{n:012d}",
            "彭政发〔{year}〕{n}号",
            "HT-{year}-{n:04d}",
            "合同编号C{year}{n:04d}",
            "{year}-640425-{month:02d}-01-{n:06d}",
            "宁（{year}）彭阳县不动产权第{n:07d}号",
            "凭证 {n:04d}、{m:04d}、{o:04d}、{p:04d}",
            "0954-701{n:04d}",
            "{n}亩，{m}户",
        ]
    ),
)
def test_vouchers_and_document_numbers_pass(year: int, month: int, n: int, form: str) -> None:
    text = form.format(year=year, month=month, n=n, m=n + 1, o=n + 2, p=n + 3)
    assert personal_number(text) is None, text


@given(
    st.sampled_from(["91", "92", "93", "51", "52", "53", "11", "12"]),
    st.sampled_from(["640425", "420882", "110105", "320919", "440320"]),
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
    st.sampled_from(["{}", "付：彭阳县某某公司（{}）", "统一社会信用代码 {}"]),
)
def test_credit_codes_of_companies_pass(kind: str, region: str, body: str, around: str) -> None:
    code = kind + region + body
    code += uscc.calc_check_digit(code)
    assert uscc.is_valid(code)
    # One in many thousands is an identity number as well; then it is treated as one.
    assume(not ric.is_valid(code))
    assert personal_number(around.format(code)) is None
