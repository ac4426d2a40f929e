"""Numbers as they are said aloud, for somebody who reads a text over a loudspeaker."""

from __future__ import annotations

import re
from typing import Final

from server.rules.values import BadAmount, Fen, Lang, capitals, parse_yuan

_FROM, _TO = "零壹贰叁肆伍陆柒捌玖拾佰仟", "零一二三四五六七八九十百千"
_PLAIN: Final = str.maketrans(_FROM, _TO)
_TWO: Final = re.compile(r"二(?=[百千])|^二(?=[万亿])")
# As sentences write an amount: '-1,234.56 元'.
_AMOUNT_ZH: Final = re.compile(r"\s*(-?[\d,]+\.\d\d)\s*元")
_AMOUNT_EN: Final = re.compile(r"(-?[\d,]+)\.(\d\d) yuan")
# On the telephone and over loudspeakers a one is said as 幺: 一 and 七 sound alike.
_DIGITS: Final = str.maketrans("0123456789", "零幺二三四五六七八九")


def said_amount(fen: Fen) -> str:
    """Return an amount as Chinese says it: 4791241 -> '四万七千九百一十二元四角一分'; no cents, no word about them."""
    said = capitals(fen).removesuffix("整").translate(_PLAIN)
    head = "负" if said.startswith("负") else ""
    said = said.removeprefix("负")
    if said.startswith("一十"):
        said = said[1:]
    return head + _TWO.sub("两", said)


def said_aloud(sentence: str, lang: Lang) -> str:
    """Return a sentence with its amounts as they are said aloud."""
    if lang == "en":
        return _AMOUNT_EN.sub(
            lambda m: f"{m[1].replace(',', '')} yuan" + (f" {m[2]} fen" if m[2] != "00" else ""),
            sentence,
        )
    return _AMOUNT_ZH.sub(_amount, sentence)


def _amount(found: re.Match[str]) -> str:
    try:
        return said_amount(parse_yuan(found[1]))
    except BadAmount:
        return found[0]


def said_digits(number: str, lang: Lang) -> str:
    """Return a telephone number digit by digit: '0954-7012345' -> '零九五四，七零幺二三四五'."""
    if lang == "en":
        return ", ".join(" ".join(part) for part in re.findall(r"\d+", number))
    return "，".join(part.translate(_DIGITS) for part in re.findall(r"\d+", number))
