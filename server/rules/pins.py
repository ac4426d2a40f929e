"""PINs between the people who share one phone: which are refused, and how often one may be mistyped.

A PIN keeps honest colleagues apart, it does not replace a sign-in: it works on one phone only, and after five
wrong ones in a row its person signs in again in full.
"""

from __future__ import annotations

from itertools import pairwise

from server.rules.values import Text

SHORTEST, LONGEST = 4, 6
MOST_MISSES = 5
MOST_PEOPLE = 4

# What is tried first: dates and rows on the keypad that are neither a run nor a repetition.
_COMMON = frozenset({"1212", "1122", "2580", "0852", "5201", "1314", "131452", "520131", "147258"})


def too_simple(pin: str) -> Text | None:
    """Return why a PIN is refused; None when it may be used."""
    digits = pin.isascii() and pin.isdigit()
    if not digits or not SHORTEST <= len(pin) <= LONGEST:
        return Text(
            f"PIN 是 {SHORTEST} 到 {LONGEST} 位数字",
            f"a PIN has {SHORTEST} to {LONGEST} digits",
        )
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {-1}) or pin in _COMMON:
        return Text(
            "太好猜：不要全是同一个数字，也不要 1234 这样的顺序",
            "too easy to guess: not one digit throughout, not a run such as 1234",
        )
    return None


def misses_left(misses: int) -> int:
    """Return how many wrong PINs are still forgiven after so many in a row."""
    return max(0, MOST_MISSES - misses)
