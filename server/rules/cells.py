"""One cell of a spreadsheet, read for one column of a form: exact, or a sentence that says what was read and expected.

Nothing is rounded and nothing is guessed. A spreadsheet keeps 1234.56 as a binary fraction; what it shows, fifteen
digits, is what its author wrote, and that is what counts here.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from server.rules.tables import TableColumn, normal
from server.rules.values import MAX_FEN, Fen, Text, yuan
from server.rules.workbooks import Broken, Raw

Unit = Literal["yuan", "wan"]
FEN_PER: dict[Unit, int] = {"yuan": 100, "wan": 1_000_000}

_LONGEST_SHOWN = 40
_MOST_DIGITS = (
    13  # on either side of the point: what decimals still hold exactly when 万元 becomes 分
)
_NOTHING = frozenset(("", "-", "--", "—", "——", "/", "无", "空"))
_FIRST_SERIAL, _LAST_SERIAL = 18264, 73415  # 1950-01-01 and 2100-12-31, counted from 1899-12-30
_SERIAL_DAY = date(1899, 12, 30)
_DAY = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_COMPACT_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_CLOCK = re.compile(r"[ T]00?:00(:00(\.0+)?)?$")
_MONTH = re.compile(r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*月?")
_AMOUNT = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)?")
_WHOLE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?(?:户|人|口|名|个)?")
_YES = frozenset(("是", "对", "√", "✓", "✔", "☑", "1", "y", "yes", "true"))
_NO = frozenset(("否", "不是", "×", "0", "n", "no", "false"))


class Misread(ValueError):
    """A cell that is not what its column asks; `text` says what was read and what was expected.

    `word`: the text of a choice that is none of the column's, for a person to say which one is meant.
    """

    def __init__(self, text: Text, word: str | None = None) -> None:
        super().__init__(f"{text.zh} / {text.en}")
        self.text = text
        self.word = word


def is_blank(raw: Raw) -> bool:
    """Return whether a cell says nothing; a dash alone is how accountants write nothing."""
    return raw is None or (isinstance(raw, str) and _plain(raw) in _NOTHING)


def shown(raw: Raw) -> str:
    """Return a cell as a person sees it, on one line."""
    if raw is None:
        return ""
    if isinstance(raw, Broken):
        return raw.shown
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return f"{_decimal(raw):f}"
    if isinstance(raw, date):
        return raw.isoformat()
    return " ".join(str(raw).split())


def read_cell(column: TableColumn, raw: Raw, unit: Unit = "yuan") -> str | int | bool | None:
    """Return a cell's value as the content has it (money in fen), or None where it says nothing.

    Raises Misread.
    """
    if isinstance(raw, Broken):
        raise Misread(_why_broken(raw))
    if is_blank(raw):
        return None
    if column.widget == "money":
        return read_money(raw, unit)
    if column.widget == "int":
        return _whole(raw)
    if column.widget == "date":
        return _day(raw).isoformat()
    if column.widget == "month":
        return _month(raw)
    if column.widget == "checkbox":
        return _flag(raw)
    if column.widget == "choice":
        return _choice(column, raw)
    return _words(raw, several_lines=column.widget == "longtext")


def read_money(raw: Raw, unit: Unit = "yuan") -> Fen:
    """Return an amount in fen. Raises Misread for what is not exactly one."""
    if isinstance(raw, bool | date):
        raise _unexpected(raw, Text("金额，例如 1,234.56", "an amount like 1,234.56"))
    if isinstance(raw, int | float):
        amount = _decimal(raw)
    else:
        amount = _amount_in_words(str(raw), raw)
        typed = _plain(str(raw))
        if typed.endswith(("万元", "万")):
            unit = "wan"
        elif typed.endswith("元"):
            unit = "yuan"
    fen = amount * FEN_PER[unit]
    if fen != fen.to_integral_value():
        raise _unexpected(
            raw,
            Text(
                "最多到分的金额（元的两位小数）", "an amount in whole fen (two decimals of a yuan)"
            ),
        )
    if abs(fen) > MAX_FEN:
        raise _unexpected(
            raw,
            Text(f"不超过 {yuan(MAX_FEN)} 元的金额", f"an amount of at most {yuan(MAX_FEN)} yuan"),
        )
    return int(fen)


def _amount_in_words(text: str, raw: Raw) -> Decimal:
    typed = _plain(text).replace(" ", "")
    typed = typed.removeprefix("¥").removeprefix("RMB").removesuffix("元").removesuffix("万")
    negative = typed.startswith("(") and typed.endswith(")")
    if negative:
        typed = typed[1:-1]
    found = _AMOUNT.fullmatch(typed)
    if found is None:
        raise _unexpected(raw, Text("金额，例如 1,234.56", "an amount like 1,234.56"))
    sign, whole, part = found.groups()
    digits, decimals = whole.replace(",", "").lstrip("0"), (part or "").rstrip("0")
    if len(digits) > _MOST_DIGITS or len(decimals) > _MOST_DIGITS:
        raise _unexpected(raw, Text("金额，例如 1,234.56", "an amount like 1,234.56"))
    amount = Decimal((digits or "0") + decimals.rstrip("."))
    return -amount if (sign == "-") != negative else amount


def _decimal(number: float) -> Decimal:
    """Return a number with the fifteen digits that a spreadsheet shows."""
    try:
        return Decimal(f"{number:.15g}").normalize() + 0
    except InvalidOperation:  # not a number, or infinite
        return Decimal("NaN")


def _whole(raw: Raw) -> int:
    expected = Text("整数，例如 12", "a whole number like 12")
    if isinstance(raw, bool | date):
        raise _unexpected(raw, expected)
    if isinstance(raw, int | float):
        number = _decimal(raw)
        if number != number.to_integral_value() or abs(number) > MAX_FEN:
            raise _unexpected(raw, expected)
        return int(number)
    found = _WHOLE.fullmatch(_plain(str(raw)).replace(" ", ""))
    if found is None or len(found[1]) > 15:
        raise _unexpected(raw, expected)
    return int(found[1].replace(",", ""))


def _day(raw: Raw) -> date:
    expected = Text("日期，例如 2026-09-30", "a day like 2026-09-30")
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if float(raw).is_integer() and _FIRST_SERIAL <= raw <= _LAST_SERIAL:
            return _SERIAL_DAY + timedelta(days=int(raw))
        text = shown(raw)
    else:
        text = _CLOCK.sub("", _plain(shown(raw)))
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if found is None:
        raise _unexpected(raw, expected)
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise _unexpected(raw, expected) from None


def _month(raw: Raw) -> str:
    if isinstance(raw, date):
        return f"{raw.year:04d}-{raw.month:02d}"
    text = _plain(shown(raw))
    found = _MONTH.fullmatch(text) or _DAY.fullmatch(_CLOCK.sub("", text))
    if found is None or not 1 <= int(found[2]) <= 12:
        raise _unexpected(raw, Text("年月，例如 2026-09", "a month like 2026-09"))
    return f"{found[1]}-{int(found[2]):02d}"


def _flag(raw: Raw) -> bool:
    typed = _plain(shown(raw)).casefold()
    if typed in _YES:
        return True
    if typed in _NO:
        return False
    raise _unexpected(raw, Text("“是”或“否”", "“yes” or “no”"))


def _choice(column: TableColumn, raw: Raw) -> str | int | bool:
    typed = shown(raw)
    wanted = normal(typed)
    for option in column.options:
        if wanted in (normal(option.label.zh), normal(option.label.en), normal(str(option.value))):
            return option.value
    known = Text(
        "、".join(o.label.zh for o in column.options), ", ".join(o.label.en for o in column.options)
    )
    raise Misread(
        Text(
            f"读到“{_cut(typed)}”，应是其中之一：{known.zh}",
            f"read “{_cut(typed)}”, expected one of: {known.en}",
        ),
        word=typed,
    )


def _words(raw: Raw, *, several_lines: bool) -> str:
    if isinstance(raw, str) and several_lines:
        return "\n".join(line.rstrip() for line in raw.replace("\r\n", "\n").split("\n")).strip()
    return shown(raw).strip()


def _plain(text: str) -> str:
    """Return a text with full-width signs made plain, without what cannot be seen, trimmed."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("，", ",")
    return "".join(c for c in plain if unicodedata.category(c) != "Cf").strip()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _unexpected(raw: Raw, expected: Text) -> Misread:
    found = _cut(shown(raw))
    return Misread(
        Text(f"读到“{found}”，应是{expected.zh}", f"read “{found}”, expected {expected.en}")
    )


def _why_broken(raw: Broken) -> Text:
    if raw.kind == "uncalculated":
        return Text(
            "公式还没有算出结果，请用 WPS 或 Excel 打开、保存一次再传",
            "the formula has no result yet; open and save the file in WPS or Excel, then send it again",
        )
    return Text(
        f"公式出错（{raw.shown}），应是一个值，请改好再传",
        f"the formula failed ({raw.shown}), expected a value; correct it and send it again",
    )
