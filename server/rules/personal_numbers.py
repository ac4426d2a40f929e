"""Finding personal numbers and words about illness in what people typed, before anybody else can read them.

Personal numbers never belong on a notice board (PIPL art. 28; the leaks that led to public-interest cases were
whole identity and card numbers in relief notices). A finding says where and what kind, and never repeats a digit.
Recognised: 18-digit identity numbers (GB 11643, ISO 7064 MOD 11-2 check digit), 15-digit ones, bank cards of 16 to 19
digits (Luhn), mobile numbers, and identity numbers half hidden by asterisks. Full-width digits, invisible signs,
spaces and dashes between digits do not hide a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate

from server.rules import pointers
from server.rules.findings import CheckContext, Content, Found
from server.rules.values import Text

_KINDS = {
    "identity": Text("身份证号码", "an identity card number"),
    "card": Text("银行卡号", "a bank card number"),
    "mobile": Text("手机号码", "a mobile number"),
    "masked": Text("遮了一部分的身份证号码", "a half-hidden identity card number"),
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split()  # noqa: SIM905
)
# Groups of digits, joined by at most two spaces, dashes or dots: one number written with gaps, perhaps.
_RUN = re.compile(r"\d+(?:[ \-_.·‐‑‒–—]{1,2}\d+)*(?:[ \-]?[Xx](?![A-Za-z]))?")
_GROUP = re.compile(r"\d+|[Xx]")
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12]\d|3[01])日?(?!\d)"
)
_MASKED = re.compile(r"(?<!\d)[1-9]\d{2,9}[*＊xX]{4,14}\d{1,4}[\dXx](?![\dA-Za-z])")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST = 19

SENSITIVE_WORDS = frozenset(
    "癌 肿瘤 白血病 尿毒症 艾滋 HIV 乙肝 肺结核 梅毒 精神病 精神分裂 精神残疾 抑郁 智力残疾 智障 瘫痪 偏瘫 吸毒 "  # noqa: SIM905
    "服刑 刑满 残疾一级 残疾二级 残疾三级 残疾四级 一级残疾 二级残疾 三级残疾 四级残疾 家暴 未婚先孕".split()
)


def personal_numbers(content: Content, context: CheckContext) -> Iterable[Found]:
    """Every text that holds a personal number. params.office_phones: patterns of fields where a mobile may stand."""
    offices = {
        at for p in context.params.get("office_phones", []) for at, _ in pointers.find(content, p)
    }
    for at, text in pointers.texts(content):
        kind = personal_number(text, mobile_allowed=at in offices)
        if kind is not None:
            yield Found(
                at,
                Text(
                    f"这里像是有{_KINDS[kind].zh}。公开栏上不能出现个人号码，请删去。",
                    f"This looks like {_KINDS[kind].en}. Personal numbers must not be published; please remove it.",
                ),
            )


def sensitive_words(content: Content, context: CheckContext) -> Iterable[Found]:
    """Free text that seems to tell of an illness, a disability grade or a sentence. params.paths: where to look."""
    for pattern in context.params["paths"]:
        for at, text in pointers.find(content, pattern):
            plain = normalised(text)
            if any(word in plain for word in SENSITIVE_WORDS):
                yield Found(
                    at,
                    Text(
                        "这里像是写了病情、残疾等级一类的个人情况，与救助金额无关的不要公开。",
                        "This seems to tell of an illness, a disability or the like."
                        " What has nothing to do with the relief must not be published.",
                    ),
                )


def personal_number(text: str, *, mobile_allowed: bool = False) -> str | None:
    """Return the kind of personal number a text holds ('identity', 'card', 'mobile', 'masked'), or None."""
    plain = normalised(text)
    if _SHA256.fullmatch(plain):
        return None
    if any(_is_identity(n) for n in _numbers(plain)):
        return "identity"
    dateless = _DATE.sub("|", plain)
    numbers = list(_numbers(dateless))
    if any(_is_old_identity(n) for n in numbers):
        return "identity"
    if any(_is_card(n) for n in numbers):
        return "card"
    if not mobile_allowed and any(_is_mobile(n) for n in numbers):
        return "mobile"
    return "masked" if _MASKED.search(dateless) else None


def words_for(kind: str) -> Text:
    """Return the words for a kind of personal number."""
    return _KINDS[kind]


def normalised(text: str) -> str:
    """Return a text with full-width signs made plain and invisible ones removed."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if unicodedata.category(c) != "Cf")


def _numbers(plain: str) -> Iterator[str]:
    """Yield every whole number in a text, and every neighbouring groups of digits read as one number."""
    for run in _RUN.finditer(plain):
        groups = _GROUP.findall(run.group())
        for start in range(len(groups)):
            for joined in accumulate(groups[start:]):
                if len(joined) > _LONGEST:
                    break
                yield joined


def _is_identity(number: str) -> bool:
    if len(number) != 18 or not number[:17].isascii() or not number[:17].isdecimal():
        return False
    weighted = sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=False))
    return (
        number[17].upper() == _CHECK_DIGITS[weighted % 11]
        and number[:2] in _PROVINCES
        and _is_birthday(number[6:14])
    )


def _is_old_identity(number: str) -> bool:
    return (
        len(number) == 15
        and number.isdecimal()
        and number[:2] in _PROVINCES
        and _is_birthday("19" + number[6:12])
    )


def _is_card(number: str) -> bool:
    if not 16 <= len(number) <= _LONGEST or not number.isdecimal() or number[0] not in "345689":
        return False
    if len(set(number)) == 1:
        return False
    doubled = (sum(divmod(2 * int(d), 10)) for d in number[-2::-2])
    return (sum(doubled) + sum(int(d) for d in number[::-2])) % 10 == 0


def _is_mobile(number: str) -> bool:
    local = number.removeprefix("00").removeprefix("86") if len(number) > 11 else number
    return len(local) == 11 and local.isdecimal() and local[0] == "1" and local[1] in "3456789"


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2099
