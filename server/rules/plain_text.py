"""Text made plain for looking, and the way back: which sign of the original every plain sign came from.

A number hides in full width, in the digits of another script, in circles, in Chinese numerals and behind signs
that take no room. Here every such digit becomes an ASCII one, every kind of space a space, and what cannot be
seen is gone. A Chinese numeral becomes a sign of its own (`NUMERALS`), because 张三 ends in one and no number begins there.
Nothing plain is ever stored or shown; pwa/src/core/plain.ts does the same.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from msgspec import Struct

# Ten private signs: the Chinese numerals for 0 to 9.
NUMERALS = "".join(chr(0xE000 + digit) for digit in range(10))
# What people write for digits: everyday, financial and old forms.
_NUMERALS = {
    sign: NUMERALS[digit]
    for digit, signs in enumerate(
        "零〇○◯ 一壹弌幺〡 二贰貳弍〢 三叁參弎〣 四肆〤 五伍〥 六陆陸〦 七柒〧 八捌〨 九玖〩".split()  # noqa: SIM905
    )
    for sign in signs
}
# Runs of digits that no normal form turns into ASCII: first code point, its value, how many follow in order.
_DIGIT_RUNS = (
    (0x1369, 1, 9), (0x19DA, 1, 1), (0x24F5, 1, 9), (0x24FF, 0, 1), (0x2776, 1, 9), (0x2780, 1, 9), (0x278A, 1, 9),
    (0x10A40, 1, 4), (0x10E60, 1, 9), (0x11052, 1, 9), (0x1F10B, 0, 1), (0x1F10C, 0, 1),
)  # fmt: skip
_ODD_DIGITS = {
    chr(first + n): str(value + n) for first, value, count in _DIGIT_RUNS for n in range(count)
}
# The check digit X in other scripts, and signs that look like it.
_LIKE_X = frozenset("ХхΧχ×✕✖")
# Letters by category, but nothing to see.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


class Plain(Struct, frozen=True):
    """A plain text; `origin[i]` is the index in the original text of the sign that `text[i]` came from."""

    text: str
    origin: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where plain[start:end] stands in the original, invisible signs behind it included."""
        last = self.origin[end - 1] + 1
        return self.origin[start], max(
            last, self.origin[end] if end < len(self.origin) else self.length
        )


def plain(text: str, *, numerals: bool = True) -> Plain:
    """Return a text made plain; `numerals`: turn 一二三 and 壹贰叁 into NUMERALS."""
    signs: list[str] = []
    origin: list[int] = []
    for index, sign in enumerate(text):
        for one in _plain_sign(sign, numerals):
            signs.append(one)
            origin.append(index)
    return Plain("".join(signs), tuple(origin), len(text))


@cache
def _plain_sign(sign: str, numerals: bool) -> str:
    if sign in _BLANK_LETTERS:
        return ""
    if sign in _LIKE_X:
        return "X"
    general = unicodedata.category(sign)
    if sign in "\t\n\v\f\r\x85" or general.startswith("Z"):
        return " "
    if general in ("Cf", "Cc", "Mn", "Me") or sign in NUMERALS:
        return ""
    if sign in _ODD_DIGITS:
        return _ODD_DIGITS[sign]
    wide = unicodedata.normalize("NFKC", sign)
    found = "".join(_digit(one, numerals) for one in wide)
    # ⑴ and ⒈ are digits with ornaments.
    if general == "No" and (
        digits := "".join(c for c in found if c in "0123456789" or c in NUMERALS)
    ):
        return digits
    return "".join(c for c in found if unicodedata.category(c) not in ("Mn", "Me"))


def _digit(sign: str, numerals: bool) -> str:
    if numerals and sign in _NUMERALS:
        return _NUMERALS[sign]
    value = unicodedata.decimal(sign, None)
    if value is not None:
        return str(value)
    return " " if unicodedata.category(sign).startswith("Z") else sign
