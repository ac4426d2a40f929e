"""Finding personal numbers in what people typed, before anybody else can read them.

Personal numbers never belong on a notice board (PIPL art. 28; the leaks that led to public-interest cases were
whole identity and card numbers in relief notices). A finding says where and what kind, and never repeats a digit.
Recognised: 18-digit identity numbers (GB 11643, ISO 7064 MOD 11-2 check digit), 15-digit ones, bank cards of 16 to 19
digits (Luhn), mobile numbers, passports and travel permits by their form, and numbers half hidden by asterisks.
Other digits, invisible signs, spaces and dashes do not hide a number (`plain_text`).

What only looks like one passes: unified social credit codes (GB 32100), codes of investment projects, dates, amounts
with their currency, vouchers counted through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from server.rules import pointers
from server.rules.findings import CheckContext, Content, Found
from server.rules.plain_text import NUMERALS, plain
from server.rules.values import Text

NumberKind = Literal["identity", "card", "masked", "mobile", "passport"]
KINDS: dict[NumberKind, Text] = {
    "identity": Text("身份证号码", "an identity card number"),
    "card": Text("银行卡号", "a bank card number"),
    "masked": Text("遮了一部分的个人号码", "a half-hidden personal number"),
    "mobile": Text("手机号码", "a mobile number"),
    "passport": Text("护照或通行证号码", "a passport or permit number"),
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split()  # noqa: SIM905
)
_LONGEST = 19

# Groups of digits: one number written with gaps, perhaps. An identity number proves itself by its check digit, so
# that nearly anything may stand between its groups; other numbers are only read over spaces, dashes and dots.
_GAP = r"[ \-_.·•∙‧・‐‑‒–—―−]"
_ANY_GAP = rf"[^0-9A-Za-z㐀-鿿{NUMERALS[0]}-{NUMERALS[9]}]"
_DIGIT = rf"[0-9{NUMERALS[0]}-{NUMERALS[9]}]"
_RUN = re.compile(rf"{_DIGIT}+(?:{_GAP}{{1,4}}{_DIGIT}+)*")
_WIDE_RUN = re.compile(
    rf"{_DIGIT}+(?:{_ANY_GAP}{{1,6}}{_DIGIT}+)*(?:{_ANY_GAP}{{0,6}}[Xx](?![A-Za-z]))?"
)
# A Chinese numeral is a group of its own: a number may begin at the next sign.
_GROUP = re.compile(rf"[0-9]+|[{NUMERALS[0]}-{NUMERALS[9]}]|[Xx]")
_AS_DIGITS = str.maketrans(NUMERALS, "0123456789")
_GONE = "字"

_DATE = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12][0-9]|3[01])日?(?![0-9])"
)
_HARMLESS = re.compile(
    # ¥1234.50, 1234.50元, 1,234.50
    r"¥ ?[0-9]{1,12}\.[0-9]{2}(?![0-9])|(?<![0-9.])[0-9]{1,12}\.[0-9]{2}(?= ?[元万])"
    r"|(?<![0-9,.])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?(?![0-9])"
    # The code of an investment project: 2026-640425-03-01-123456
    r"|(?<![0-9])20[0-9]{2}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}(?![0-9])"
)
_CREDIT_CODE = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy](?: ?[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]){17}(?![0-9A-Za-z])"
)
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Who registers, and what kinds of bodies. Travel agencies (6) are left out: bank cards begin with 62.
_CREDIT_KINDS = {
    "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "1239", "7": "129", "8": "19", "9": "123", "A": "19",
    "N": "1239", "Y": "1",
}  # fmt: skip
_MASKED = re.compile(r"(?<![0-9])[1-9][0-9]{2,9}[*xX●•■█]{4,14}[0-9]{1,4}[0-9Xx](?![0-9A-Za-z])")
_PASSPORT = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?P<letter>[EGDSPHMCK])(?P<digits>(?:[ \-]{0,2}[0-9]){8})(?:[ \-]{0,2}[0-9]{2})?"
    r"|(?:[EC][A-HJ-NP-Z]|[DSP]E|MA|K[A-Z])(?:[ \-]{0,2}[0-9]){7}"
    r")(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_NAMED_PASSPORT = re.compile(
    r"(?:护照|通行证)[^0-9A-Za-z]{0,8}[A-Za-z]{0,2} ?[0-9]{6,10}(?![0-9A-Za-z])"
)
_OTHER_NUMBER = re.compile(
    r"(?:合同|编号|单号|凭证|发票|票号|订单|项目|型号|文号|字号)[^0-9A-Za-z]{0,4}$"
)
_SHA256 = re.compile(r"[0-9a-f]{64}")

# How people group what they write with gaps.
_GROUPINGS: dict[str, frozenset[tuple[int, ...]]] = {
    "mobile": frozenset({(3, 4, 4), (3, 3, 5), (4, 4, 3), (4, 3, 4)}),
    "card": frozenset({(4, 4, 4, 4), *((4, 4, 4, 4, n) for n in (1, 2, 3))}),
    "identity": frozenset({(6, 6, 3)}),
}


class Spot(Struct, frozen=True):
    """A personal number in a text: text[start:end] holds it."""

    kind: NumberKind
    start: int
    end: int


def personal_numbers(content: Content, context: CheckContext) -> Iterable[Found]:
    """Every text that holds a personal number, a finding for each kind and the text without it on offer.

    params.office_phones: patterns of fields where a mobile number may stand.
    """
    offices = {
        at for p in context.params.get("office_phones", []) for at, _ in pointers.find(content, p)
    }
    for at, text in pointers.texts(content):
        seen = spots(text, mobile_allowed=at in offices)
        if not seen:
            continue
        offer = without(text, seen)
        for kind in dict.fromkeys(s.kind for s in seen):
            yield Found(at, _sentence(kind), kind=kind, offer=offer)


def _sentence(kind: NumberKind) -> Text:
    word = KINDS[kind]
    return Text(
        f"这里像是有{word.zh}。公开栏上不能出现个人号码，请删去。",
        f"This looks like {word.en}. Personal numbers must not be published; please remove it.",
    )


def personal_number(text: str, *, mobile_allowed: bool = False) -> NumberKind | None:
    """Return the gravest kind of personal number a text holds, or None."""
    seen = spots(text, mobile_allowed=mobile_allowed)
    if not seen:
        return None
    found = {s.kind for s in seen}
    return next((kind for kind in KINDS if kind in found), None)


def words_for(kind: NumberKind) -> Text:
    """Return the words for a kind of personal number."""
    return KINDS[kind]


def spots(text: str, *, mobile_allowed: bool = False) -> list[Spot]:
    """Return every personal number in a text, in the order of KINDS; none overlaps another."""
    if _is_short_of_digits(text) or _SHA256.fullmatch(text):
        return []
    seen = plain(text)
    here = seen.text
    found: list[tuple[NumberKind, int, int]] = []

    def take(kind: NumberKind, places: Iterable[tuple[int, int]]) -> None:
        nonlocal here
        for start, end in places:
            if _GONE not in here[start:end]:
                found.append((kind, start, end))
                here = here[:start] + _GONE * (end - start) + here[end:]

    take("identity", _identities(here))
    here = _without_harmless(here)
    take("card", _written(here, "card", _is_card))
    take("identity", _written(here, "identity", _is_old_identity))
    take("masked", ((m.start(), m.end()) for m in _MASKED.finditer(here)))
    if not mobile_allowed:
        take("mobile", _written(here, "mobile", _is_mobile))
    take("passport", _passports(here))
    order = list(KINDS)
    return sorted(
        (Spot(kind, *seen.span(start, end)) for kind, start, end in found),
        key=lambda s: (order.index(s.kind), s.start),
    )


# Nothing has fewer digits than a number half hidden; nothing without a letter, a hiding sign or its name in front
# has fewer than a mobile number.
_FEWEST, _FEWEST_ALONE = 4, 11
_TELLING = frozenset("*●•■█照证證")
_TOLD = 1 << 20
# Ten characters or digits, none of them telling: ten digits at most.
_FEW = re.compile("[-0-9\u4e00-\u7166\u7168-\u8b48\u8b4a-\u8bc0\u8bc2-\u9fff]{0,10}")


def _is_short_of_digits(text: str) -> bool:
    """Say whether a text has too few digits for any personal number: most names and words of a form have none."""
    if _FEW.fullmatch(text):
        return True
    weight = sum(map(_weight, text))
    digits = weight & (_TOLD - 1)
    return digits < (_FEWEST if weight >= _TOLD else _FEWEST_ALONE)


@cache
def _weight(sign: str) -> int:
    """Return how many digits a sign is, and _TOLD for one that belongs to numbers with few digits."""
    seen = plain(sign).text
    digits = sum(one in NUMERALS or "0" <= one <= "9" for one in seen)
    told = any((one.isascii() and one.isalpha()) or one in _TELLING for one in seen)
    return digits + (_TOLD if told else 0)


def _identities(here: str) -> Iterator[tuple[int, int]]:
    for run in _WIDE_RUN.finditer(here):
        groups = list(_GROUP.finditer(run.group()))
        for first in range(len(groups)):
            number = ""
            for group in groups[first:]:
                number += group.group().translate(_AS_DIGITS)
                if len(number) >= 18:
                    if _is_identity(number):
                        yield run.start() + groups[first].start(), run.start() + group.end()
                    break


def _written(here: str, kind: str, fits: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of a kind: unbroken, or with gaps as somebody would write one number.

    With gaps it begins or ends its row of groups, or is grouped as usual; and it cuts through no date.
    """
    dates = [m.span() for m in _DATE.finditer(here)]
    for run in _RUN.finditer(here):
        groups = list(_GROUP.finditer(run.group()))
        for first in range(len(groups)):
            number, longest = "", None
            for last in range(first, len(groups)):
                number += groups[last].group().translate(_AS_DIGITS)
                if len(number) > _LONGEST:
                    break
                start, end = run.start() + groups[first].start(), run.start() + groups[last].end()
                if fits(number) and (
                    last == first
                    or _is_one(here, groups, first, last, _GROUPINGS[kind], (start, end), dates)
                ):
                    longest = start, end
            if longest:
                yield longest


def _is_one(
    here: str,
    groups: Sequence[re.Match[str]],
    first: int,
    last: int,
    usual: frozenset[tuple[int, ...]],
    place: tuple[int, int],
    dates: Sequence[tuple[int, int]],
) -> bool:
    """Say whether groups with gaps between them are meant as one number."""
    texts = [g.group().translate(_AS_DIGITS) for g in groups[first : last + 1]]
    start, end = place
    if len(texts) == end - start:  # Chinese numerals, one behind the other
        return True
    # 张三 and 三组 lend their numerals to the row.
    at_edge = any(
        all(g.group() in NUMERALS for g in beyond)
        for beyond in (groups[:first], groups[last + 1 :])
    )
    if not at_edge and tuple(map(len, texts)) not in usual:
        return False
    if len(texts) > 2 and _counts_through(texts):
        return False
    for since, until in dates:
        if until <= start or since >= end:
            continue
        if since < start or until > end:
            return False
        # A date beside a number, with a space between them, is a date beside a number.
        if here[since - 1 : since] == " " and since > start:
            return False
        if here[until : until + 1] == " " and until < end:
            return False
    return True


def _counts_through(groups: Sequence[str]) -> bool:
    """Say whether groups are a row of vouchers: 3001 3002 3003 3004."""
    return all(len(a) == len(b) > 1 and int(b) - int(a) == 1 for a, b in pairwise(groups))


def _without_harmless(here: str) -> str:
    for match in _CREDIT_CODE.finditer(here):
        if is_credit_code(match.group().replace(" ", "")):
            here = here[: match.start()] + _GONE * len(match.group()) + here[match.end() :]
    return _HARMLESS.sub(lambda m: _GONE * len(m.group()), here)


def _passports(here: str) -> Iterator[tuple[int, int]]:
    dates = [m.span() for m in _DATE.finditer(here)]
    for match in _PASSPORT.finditer(here):
        letter = (match["letter"] or "E").upper()
        digits = re.sub(r"[^0-9]", "", match["digits"] or "")
        of_a_day = letter not in "EG" and re.match(r"20[1-9][0-9](?:0[1-9]|1[0-2])", digits)
        within = any(a < match.end() and b > match.start() for a, b in dates)
        if not of_a_day and not within and not _OTHER_NUMBER.search(here[: match.start()]):
            yield match.span()
    for match in _NAMED_PASSPORT.finditer(here):
        yield match.span()


_LABEL = re.compile(
    r"(?:本人|联系|其)?(?:居民身份证|身份证|证件|银行卡|信用卡|社保卡|卡|账|帐|证号|手机|移动电话|电话|护照|通行证)"
    r"(?:号码|号|码)?[:：是为 ]*[+＋]?$|[+＋]$"
)
_EMPTY_BRACKETS = re.compile(r"[(（\[【〔<《][\s,，、;；:：]*[)）\]】〕>》]")
_LOOSE = " \t,，、;；:：-—"


def without(text: str, seen: Sequence[Spot]) -> str:
    """Return a text without these numbers, their labels and the brackets they leave empty; "" when nothing stays."""
    for spot in sorted(seen, key=lambda s: -s.start):
        before = _LABEL.sub("", text[: spot.start])
        after = text[spot.end :]
        if after[:1] in "，,、；;。)）]】" or not after:
            before = before.rstrip(_LOOSE)
        text = before + after
    text = _EMPTY_BRACKETS.sub("", text)
    return re.sub(r" {2,}", " ", text).strip(_LOOSE)


def is_credit_code(code: str) -> bool:
    """Say whether 18 signs are a unified social credit code (GB 32100: region and check sign fit)."""
    code = code.upper()
    if len(code) != 18 or any(c not in _CREDIT_SIGNS for c in code) or not code[2:8].isdecimal():
        return False
    if code[1] not in _CREDIT_KINDS.get(code[0], "") or code[2:4] not in _PROVINCES | {"10"}:
        return False
    weighted = sum(_CREDIT_SIGNS.index(c) * pow(3, n, 31) for n, c in enumerate(code[:17]))
    return code[17] == _CREDIT_SIGNS[-weighted % 31]


def is_identity_number(text: str) -> bool:
    """Say whether a text is one identity number of 18 characters, with the right check digit, and nothing else."""
    return _is_identity(text)


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
