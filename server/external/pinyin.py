"""Pinyin: initials of place names with every reading (长岭镇 is found by clz and by zlz), and how characters are read.

The only home of pypinyin; what any process needs of it stands in readings.txt (tools/pinyin_table.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import combinations, product
from pathlib import Path

from server.rules.divisions import DivisionRow

# Nobody types more; and readings multiply with every character that has two.
LONGEST = 12
MOST_READINGS = 16

# Place names keep readings that a dictionary puts last or leaves out.
_OVERRIDES = {
    "单": "sd",
    "曾": "zc",
    "长": "cz",
    "乐": "ly",
    "重": "cz",
    "行": "xh",
    "朝": "cz",
    "厦": "xs",
    "都": "d",
    "番": "pf",
    "尉": "wy",
    "洪": "h",
    "六": "l",
    "蚌": "b",
    "铅": "qy",
    "莘": "sx",
    "解": "jx",
    "区": "qo",
    "仇": "qc",
    "查": "zc",
    "盖": "g",
    "覃": "qt",
    "缪": "m",
    "石": "s",
    "大": "d",
    "家": "j",
    "村": "c",
    "南": "n",
    "车": "c",
    "沈": "s",
    "陂": "bp",
    "圩": "wx",
    "埔": "pb",
    "堡": "bp",
    "峒": "dt",
    "侗": "d",
    "泊": "bp",
    "什": "s",
    "浒": "hx",
    "汤": "t",
    "氏": "s",
    "句": "j",
    "镐": "gh",
    "荥": "xy",
    "郫": "p",
    "藏": "zc",
}


def initials(name: str) -> list[str]:
    """Return the initials of a name, the usual reading first, at most MOST_READINGS of them.

    Letters and digits stand for themselves, other signs are left out. Readings that differ from the
    usual one in few characters come first.
    """
    letters = [read for char in name if (read := _readings(char))][:LONGEST]
    usual = "".join(read[0] for read in letters)
    found = {usual: None} if usual else {}
    double = [i for i, read in enumerate(letters) if len(read) > 1]
    for changed in range(1, len(double) + 1):
        for places in combinations(double, changed):
            for other in product(*(letters[i][1:] for i in places)):
                if len(found) >= MOST_READINGS:
                    return list(found)
                signs = list(usual)
                for place, sign in zip(places, other, strict=True):
                    signs[place] = sign
                found["".join(signs)] = None
    return list(found)


def with_initials(rows: Iterable[DivisionRow]) -> Iterator[tuple[DivisionRow, str]]:
    """Yield each row with every reading of its name's initials, each after a blank, as they are searched."""
    for row in rows:
        yield row, "".join(f" {reading}" for reading in initials(row.name))


@cache
def _readings(char: str) -> str:
    """Return the different initials of a character, the usual one first; '' for a sign that has none."""
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    if char in _OVERRIDES:
        return _OVERRIDES[char]
    # Its dictionaries are fifty megabytes: only a process that imports divisions has them.
    from pypinyin import Style, pinyin

    read = pinyin(char, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    letters = (letter for letter in (read[0] if read else []) if letter.isascii())
    return "".join(dict.fromkeys(letters))


@lru_cache(maxsize=8192)
def readings(char: str) -> tuple[str, ...]:
    """Return the syllables as which a character is read, the usual one first; () for what is no character."""
    if char.isascii():
        return ()
    found = [syllable for part in _table() for syllable, chars in part.items() if char in chars]
    if sure := _OVERRIDES.get(char):
        found = [syllable for syllable in found if syllable[0] in sure] or found
    return tuple(dict.fromkeys(found))


@cache
def syllables() -> frozenset[str]:
    """Return every syllable there is, without tones; ü is written v."""
    return frozenset(syllable for part in _table() for syllable in part)


@cache
def _table() -> tuple[dict[str, str], ...]:
    """Return the usual and the other readings: by syllable the characters, in one string each to be small."""
    text = (Path(__file__).parent / "readings.txt").read_text("utf-8")
    return tuple(
        dict(line.split(" ", 1) for line in part.splitlines() if line)
        for part in text.split("\n-\n")
    )
