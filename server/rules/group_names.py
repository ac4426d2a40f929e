"""Names of village groups as people type them beside those on record: '1组', '一组' and '第一村民小组' are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from server.rules.places import spoken_name

_NUMBERED: Final = re.compile(
    r"第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:小?组|社|队)?", re.ASCII
)
_DIGITS: Final = {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}


def group_key(name: str) -> str:
    """Return what names of one group have in common: its number where it has one, or else the name."""
    said = spoken_name(name.strip())
    found = _NUMBERED.fullmatch(said)
    return str(_number(found[1])) if found else said


def _number(written: str) -> int:
    if written.isascii():
        return int(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return int("".join(str(_DIGITS[sign]) for sign in written))
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def among(registered: Sequence[str], typed: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return (reached, missed) of a village's registered groups, by the names that were typed."""
    keys = {group_key(name) for name in typed}
    names = [spoken_name(name) for name in registered]
    return (
        [name for name in names if group_key(name) in keys],
        [name for name in names if group_key(name) not in keys],
    )
