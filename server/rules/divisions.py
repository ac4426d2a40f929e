"""Division codes: twelve digits whose zeros say the level, and the rows of a list of divisions.

2 digits province, 4 city, 6 county, 9 township (or street), 12 village (or community). A village group has 14: its
village's, and two of its own that the village or township gives out (decision 54). A city without
counties (东莞 441900) has its townships directly below: their parent is the next code above that is not
their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal
from unicodedata import category

from msgspec import Struct

from server.rules.values import Text

Level = Literal["province", "city", "county", "township", "village", "group"]

COUNTRY = "000000000000"
LONGEST_NAME = 60
COLUMNS = ("code", "name", "parent", "level", "valid_from", "valid_to")

# What a spreadsheet in Chinese calls the columns.
HEADINGS = {
    "代码": "code",
    "区划代码": "code",
    "名称": "name",
    "上级": "parent",
    "级别": "level",
    "起始日": "valid_from",
    "终止日": "valid_to",
}

_ENDS: dict[Level, int] = {
    "province": 2,
    "city": 4,
    "county": 6,
    "township": 9,
    "village": 12,
    "group": 14,
}
VILLAGE_DIGITS = 12


class BadDivision(ValueError):
    """A row that is no division; it knows its line, and says both what stands there and what should."""

    def __init__(self, line: int, text: Text) -> None:
        super().__init__(f"第 {line} 行：{text.zh} / line {line}: {text.en}")
        self.line = line
        self.text = text


class DivisionRow(Struct, frozen=True):
    """One row of a list. `valid_from` None: as long as is known; `valid_to` None: it stands today."""

    line: int
    code: str
    name: str
    parent: str | None
    level: Level
    valid_from: date | None
    valid_to: date | None


def level_of(code: str) -> Level:
    """Return the level of a division code by the zeros at its end."""
    return next((level for level, end in _ENDS.items() if not code[end:].strip("0")), "village")


def parent_of(code: str) -> str | None:
    """Return the code one level up: the next shorter one that differs; None for a province."""
    for end in (12, 9, 6, 4, 2):
        above = code[:end].ljust(12, "0")
        if above != code:
            return above
    return None


def is_code(text: str) -> bool:
    """Say whether a text is a division's code: twelve digits or a group's fourteen, and none below a level that is all zeros.

    A level may be skipped below a city, where 441900003000 is a township without a county.
    """
    if len(text) not in _ENDS.values() or len(text) < VILLAGE_DIGITS:
        return False
    if not text.isascii() or not text.isdigit():
        return False
    township, village, group = text[6:9], text[9:VILLAGE_DIGITS], text[VILLAGE_DIGITS:]
    if group and (group == "00" or village == "000"):
        return False
    return text[:2] != "00" and not (township == "000" and village != "000")


def is_group(code: str) -> bool:
    """Say whether a code is a village group's."""
    return len(code) > VILLAGE_DIGITS


def village_of(code: str) -> str:
    """Return the code of the village that a group lies in; any other code as it is."""
    return code[:VILLAGE_DIGITS]


def read_division(line: int, cells: Mapping[str, str]) -> DivisionRow:
    """Read a row of a list by the names of its columns. Raises BadDivision.

    `code` and `name` are needed; parent and level follow from the code, but must agree when given.
    """
    code, name = cells.get("code", "").strip(), cells.get("name", "").strip()
    if not is_code(code):
        raise BadDivision(
            line,
            Text(
                f"区划代码应为 12 位数字，村民小组 14 位，这里是“{code[:40]}”",
                f"a division code has 12 digits, a village group's 14; this is {code[:40]!r}",
            ),
        )
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadDivision(
            line,
            Text(
                f"{code} 的名称应为 1 到 {LONGEST_NAME} 个字，这里有 {len(name)} 个",
                f"the name of {code} has 1 to {LONGEST_NAME} characters, this has {len(name)}",
            ),
        )
    # Only control characters: official lists hold rare characters that Python calls unprintable.
    at = next((n for n, char in enumerate(name, 1) if category(char) == "Cc"), None)
    if at is not None:
        raise BadDivision(
            line,
            Text(
                f"{code} 的名称里第 {at} 个字是看不见的控制符",
                f"in the name of {code}, sign {at} is a control character",
            ),
        )
    level, parent = level_of(code), parent_of(code)
    said = cells.get("level", "").strip()
    if said and said != level:
        raise BadDivision(
            line,
            Text(
                f"{code} 是 {level} 级，这里写 {said}", f"{code} is a {level}, this says {said!r}"
            ),
        )
    said = cells.get("parent", "").strip()
    if said and said != parent:
        if not is_code(said) or _ENDS[level_of(said)] >= _ENDS[level] or level == "group":
            raise BadDivision(
                line,
                Text(
                    f"{code} 的上级应高一级，这里是“{said[:40]}”",
                    f"the parent of {code} must stand above it, this is {said[:40]!r}",
                ),
            )
        parent = said
    first, last = (_day(line, cells, name) for name in ("valid_from", "valid_to"))
    if first and last and last < first:
        raise BadDivision(
            line,
            Text(
                f"{code} 的终止日 {last} 早于起始日 {first}",
                f"the last day of {code}, {last}, lies before its first, {first}",
            ),
        )
    return DivisionRow(line, code, name, parent, level, first, last)


def _day(line: int, cells: Mapping[str, str], column: str) -> date | None:
    text = cells.get(column, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadDivision(
            line,
            Text(
                f"{column} 应为 2026-01-31 这样的日期，这里是“{text[:40]}”",
                f"{column} is a day like 2026-01-31, this is {text[:40]!r}",
            ),
        ) from None
