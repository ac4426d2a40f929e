"""Values that every rule speaks in: sentences in two languages, money in fen, ids made by clients."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

Fen: TypeAlias = int
"""Money in 分; 100 fen are one yuan. Never a float."""

Lang = Literal["zh", "en"]

MAX_FEN: Fen = 2**53 - 1
"""The largest amount that a phone's number and a canonical JSON number both hold exactly."""


class Text(Struct, frozen=True):
    """A sentence for people, in Chinese and in English."""

    zh: str
    en: str

    def pick(self, lang: str) -> str:
        """Return the sentence in the language of a tag such as 'zh', 'zh-CN' or 'en'."""
        return self.en if lang.startswith("en") else self.zh

    def as_dict(self) -> dict[str, str]:
        """Return the JSON shape {"zh", "en"}."""
        return {"zh": self.zh, "en": self.en}


def parse_text(doc: object, field: str = "text") -> Text:
    """Read {"zh", "en"}; a ValueError names the field that is not such an object."""
    if isinstance(doc, dict):
        zh, en = doc.get("zh"), doc.get("en")
        if isinstance(zh, str) and isinstance(en, str) and doc.keys() <= {"zh", "en"}:
            return Text(zh, en)
    raise ValueError(f'{field}: expected {{"zh": text, "en": text}}, found {doc!r}')


class BadAmount(ValueError):
    """Text that is not an amount of yuan; `text` says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.text = text


_AMOUNT = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)
_TYPED = str.maketrans("，．－−０１２３４５６７８９", ",.--0123456789")
"""What a Chinese keyboard types for the same signs."""


def yuan(fen: Fen) -> str:
    """Return an amount as it stands on a sheet: 123456 -> '1,234.56'."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def parse_yuan(text: str) -> Fen:
    """Read yuan as people type them: '1,234.56', '1234.5', '¥ 12', '-3元'.

    Raises BadAmount for anything else: nothing is rounded and no misplaced comma is guessed at.
    """
    typed = text.strip().translate(_TYPED)
    typed = typed.removeprefix("¥").removeprefix("￥").removesuffix("元").strip()
    found = _AMOUNT.fullmatch(typed)
    if found is None:
        raise BadAmount(_why_not_an_amount(text, typed))
    sign, whole, part = found.groups()
    fen = int(whole.replace(",", "")[:20]) * 100 + int((part or "").ljust(2, "0"))
    if fen > MAX_FEN:
        raise BadAmount(
            Text(
                f"金额“{text[:40]}”超过上限 {yuan(MAX_FEN)} 元",
                f"The amount “{text[:40]}” is above the limit of {yuan(MAX_FEN)} yuan",
            )
        )
    return -fen if sign else fen


def _why_not_an_amount(text: str, typed: str) -> Text:
    shown = text[:40]
    if not typed:
        return Text("金额为空，请填写数字，例如 1234.56", "The amount is empty; write 1234.56")
    if re.fullmatch(r"-?[\d,]+\.\d{3,}", typed, re.ASCII):
        return Text(
            f"金额“{shown}”的小数超过两位，元以下只有角和分",
            f"The amount “{shown}” has more than two decimals; fen are the smallest unit",
        )
    return Text(
        f"“{shown}”不是金额，请按 1,234.56 的样式填写",
        f"“{shown}” is not an amount; write it like 1,234.56",
    )


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿", "亿亿")


def capitals(fen: Fen) -> str:
    """Return an amount in the capital characters of vouchers: 174650 -> '壹仟柒佰肆拾陆元伍角整'.

    Rules of the appendix on filling in bills to the Payment and Settlement Measures (1997):
    '整' follows yuan and jiao and never fen; zeros inside a number are read as one '零'; a zero
    jiao before fen is read. Where the rules allow several forms (1,680.32 and 107,000.53) it is the
    one without '零' after '元'.
    """
    head = "负" if fen < 0 else ""
    whole, part = divmod(abs(fen), 100)
    jiao, cent = divmod(part, 10)
    said = f"{_whole_capitals(whole)}元" if whole else ""
    if not part:
        return f"{head}{said or '零元'}整"
    if jiao:
        said += f"{_DIGITS[jiao]}角"
    elif whole:
        said += "零"
    said += f"{_DIGITS[cent]}分" if cent else "整"
    return head + said


def _whole_capitals(number: int) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    said = ""
    for index in reversed(range(len(groups))):
        group = groups[index]
        if not group:
            continue
        # A gap is read once: a zero at the end of the group before, or at the head of this one.
        gap = said and (group < 1000 or groups[index + 1] % 10 == 0)
        said += ("零" if gap else "") + _group_capitals(group) + _GROUPS[index]
    return said


def _group_capitals(group: int) -> str:
    said, zero = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit:
            said += ("零" if zero and said else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return said


_UUID7 = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII
)


def is_uuid7(text: str) -> bool:
    """Say whether an id is a UUIDv7 in its one accepted spelling, lower case with hyphens."""
    return _UUID7.fullmatch(text) is not None


def uuid7_at(moment: datetime, random_bytes: bytes) -> str:
    """Return the UUIDv7 of a moment, in milliseconds, with ten bytes of the caller's randomness."""
    if len(random_bytes) != 10:
        raise ValueError(f"uuid7_at needs 10 random bytes, got {len(random_bytes)}")
    if moment.tzinfo is None:
        raise ValueError("uuid7_at needs an aware moment")
    milliseconds = round(moment.timestamp() * 1000)
    tail = bytearray(random_bytes)
    tail[0] = tail[0] & 0x0F | 0x70
    tail[2] = tail[2] & 0x3F | 0x80
    digits = (milliseconds.to_bytes(6, "big") + bytes(tail)).hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
