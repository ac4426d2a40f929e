"""Write server/external/readings.txt: how each character is read, as pypinyin's dictionaries say.

A server that files what is posted needs the readings and not fifty megabytes of dictionaries. The usual readings come
first, a line for each syllable; below the bar the other readings of the characters that people use (GB 2312).
`python -m tools.pinyin_table`
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pypinyin import Style, pinyin

TABLE = Path(__file__).parents[1] / "server" / "external" / "readings.txt"
BAR = "-"
# The others are words of dictionaries.
OTHERS = 2


def table() -> str:
    """Return the table as it stands in the file; ü is written v."""
    usual: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    used = set(_in_use())
    for code in range(0x4E00, 0xA000):
        char = chr(code)
        found = [r for r in dict.fromkeys(_read(char)) if r.isascii() and r.isalpha()]
        if not found:
            continue
        usual.setdefault(found[0], []).append(char)
        for other in found[1 : 1 + OTHERS] if char in used else ():
            others.setdefault(other, []).append(char)
    return "\n".join([*_lines(usual), BAR, *_lines(others), ""])


def _read(char: str) -> list[str]:
    read = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return [each.replace("ü", "v") for each in read[0]] if read else []


def _in_use() -> Iterator[str]:
    for row in range(0xB0, 0xF8):
        for column in range(0xA1, 0xFF):
            yield bytes((row, column)).decode("gb2312", "ignore")


def _lines(by_syllable: dict[str, list[str]]) -> list[str]:
    return [f"{syllable} {''.join(chars)}" for syllable, chars in sorted(by_syllable.items())]


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
