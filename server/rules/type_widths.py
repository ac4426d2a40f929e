"""How wide text is and where it may be broken, in heights of a character: the same in every Chinese font.

A Chinese character is one wide. Digits, letters and signs are counted a little wider than fonts make them, so that
what fits here fits on paper.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from typing import Final

_DIGIT, _CAPITAL, _SMALL, _NARROW, _OTHER = 0.57, 0.75, 0.6, 0.34, 0.65
_WIDE: Final = 0.95
_WIDE_SIGNS: Final = frozenset("mwMW@%")
_NARROW_SIGNS: Final = frozenset(" .,:;'|!()[]iIjl·")
# What may not begin a line hangs at the end of the one before; what may not end one goes to the next.
_NEVER_FIRST: Final = frozenset("，。、；：？！）》」』】〕％…,.;:?!)]}%")
_NEVER_LAST: Final = frozenset("（《「『【〔([{¥￥")
_WORD: Final = re.compile(r"[0-9A-Za-z.,:%+\-−¥/]+[ ]?|[\s\S]")


@lru_cache(maxsize=4096)
def width_of(text: str) -> float:
    """Return how wide a text is."""
    return sum(_width(sign) for sign in text)


def longest_word(text: str) -> float:
    """Return how wide the widest part of a text is that should not be broken apart."""
    return max((width_of(word.rstrip()) for word in _WORD.findall(text)), default=0.0)


def wrapped(text: str, measure: float) -> list[str]:
    """Return a text in lines no wider than a measure; numbers and words stay whole where they fit a line.

    A measure below one character is taken as one. An empty text is one empty line.
    """
    measure = max(measure, 1.0) + 1e-6
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _broken(paragraph, measure)
    return lines


def evenly(text: str, measure: float) -> list[str]:
    """Return a text in as few lines as it needs, each about as long as the others."""
    lines = wrapped(text, measure)
    even = max(math.ceil(width_of(text) / len(lines)), longest_word(text))
    for narrower in (even, even + 1):
        made = wrapped(text, narrower)
        if narrower < measure and len(made) == len(lines):
            return made
    return lines


def _broken(text: str, measure: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in _pieces(text, measure):
        if not line or width_of(line + word.rstrip()) <= measure:
            line += word
            continue
        if word[0] in _NEVER_FIRST and len(line) > 1:
            # The last character goes along, so that the sign does not begin the line.
            line, word = line[:-1], line[-1] + word
        elif line[-1] in _NEVER_LAST and len(line) > 1:
            line, word = line[:-1], line[-1] + word
        lines.append(line.rstrip())
        line = word
    return [*lines, line.rstrip()]


def _pieces(text: str, measure: float) -> list[str]:
    """Return what may not be broken apart; a word that is wider than a whole line is broken all the same."""
    made: list[str] = []
    for word in _WORD.findall(text):
        made += [word] if width_of(word) <= measure else list(word)
    return made


@lru_cache(maxsize=4096)
def _width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in ("W", "F", "A"):
        return 1.0
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Cc"):
        return 0.0
    if sign.isdigit():
        return _DIGIT
    if sign in _WIDE_SIGNS:
        return _WIDE
    if sign in _NARROW_SIGNS:
        return _NARROW
    if sign.isupper():
        return _CAPITAL
    return _SMALL if sign.isalpha() else _OTHER
