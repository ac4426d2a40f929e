"""How long a text message is, as telephones count: in septets of the GSM alphabet, or in UTF-16 units where a sign is outside of it.

3GPP TS 23.038 has the alphabets, TS 23.040 how a long message is sent in parts: 160 septets or 70 units alone, 153 or 67
in each of several parts, whose header takes the rest.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

# The default alphabet and its extension, whose signs take two septets (TS 23.038, 6.2.1).
_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("\f^{}\\[~]|€")

Alphabet = Literal["gsm", "ucs2"]
ALONE: Final[dict[Alphabet, int]] = {"gsm": 160, "ucs2": 70}
IN_PARTS: Final[dict[Alphabet, int]] = {"gsm": 153, "ucs2": 67}


class Length(Struct, frozen=True):
    """So many units of an alphabet, sent in so many parts; `room`: the most units that many parts hold."""

    alphabet: Alphabet
    units: int
    parts: int
    room: int


def length_of(text: str) -> Length:
    """Return how long a text is as a message. Nothing at all is one part."""
    alphabet: Alphabet = "gsm" if all(c in _GSM or c in _EXTENDED for c in text) else "ucs2"
    widths = [_width(sign, alphabet) for sign in text]
    units = sum(widths)
    if units <= ALONE[alphabet]:
        return Length(alphabet, units, 1, ALONE[alphabet])
    most = IN_PARTS[alphabet]
    parts, filled = 1, 0
    for width in widths:
        # A sign of two units is never sent half in one part and half in the next.
        if filled + width > most:
            parts, filled = parts + 1, 0
        filled += width
    return Length(alphabet, units, parts, most * parts)


def _width(sign: str, alphabet: Alphabet) -> int:
    if alphabet == "gsm":
        return 2 if sign in _EXTENDED else 1
    return 2 if ord(sign) > 0xFFFF else 1
