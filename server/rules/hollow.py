"""Hollow postings: sheets that came in time and tell little. Each sign is for a person to judge, and never shown in public.

Looked at by what a content holds, not by which category it is: lines of any list, and the four groups of an account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from server.rules.values import Fen, Text

Content = Mapping[str, Any]
Kind = Literal["empty_lines", "other", "copied", "bank_moved"]
# From so many percent on, what stands under 'other' should have had a heading of its own.
OTHER_PERCENT = 30
_IN, _OUT = ("income", "other_receipts"), ("expense", "other_payments")
_OTHER = "other_"


class Hollow(Struct, frozen=True):
    """One sign that a sheet tells little, with both numbers in its sentence."""

    kind: Kind
    text: Text


def hollow_signs(content: Content, previous: Content | None) -> list[Hollow]:
    """Return the signs that a content tells little; `previous`: what was published for the period before."""
    return [
        *_empty_lines(content),
        *_other(content, _IN, Text("收入", "what came in")),
        *_other(content, _OUT, Text("支出", "what went out")),
        *_copied(content, previous),
        *_bank_moved(content),
    ]


def _empty_lines(content: Content) -> Iterator[Hollow]:
    lines = [line for value in content.values() if isinstance(value, list) for line in value]
    lines = [line for line in lines if isinstance(line, Mapping)]
    empty = sum(not _says_something(line) for line in lines)
    # Forms with a fixed set of headings leave some at nothing: half of them is what asks for a look.
    if empty * 2 >= len(lines) > 0:
        yield Hollow(
            "empty_lines",
            Text(
                f"表里 {len(lines)} 行，有 {empty} 行没有内容",
                f"{empty} of its {len(lines)} lines say nothing",
            ),
        )


def _says_something(line: Mapping[str, Any]) -> bool:
    return any(
        value not in (None, "", 0, [], {}) and str(value).strip() != ""
        for key, value in line.items()
        if key != "item"
    )


def _other(content: Content, groups: tuple[str, ...], what: Text) -> Iterator[Hollow]:
    lines = [line for group in groups for line in _amounts(content, group)]
    whole = sum(amount for _, amount in lines)
    other = sum(amount for item, amount in lines if item.startswith(_OTHER))
    percent = other * 100 // whole if whole > 0 else 0
    if percent >= OTHER_PERCENT:
        yield Hollow(
            "other",
            Text(
                f"{what.zh} {_yuan(whole)} 元里，{_yuan(other)} 元写在“其他”，占 {percent}%（{OTHER_PERCENT}% 起提示）",
                f"¥{_yuan(other)} of ¥{_yuan(whole)} {what.en} stand under ‘other’: {percent}% ({OTHER_PERCENT}% is said)",
            ),
        )


def _copied(content: Content, previous: Content | None) -> Iterator[Hollow]:
    mine = _account(content)
    if previous is not None and len(mine) > 1 and mine == _account(previous):
        yield Hollow(
            "copied",
            Text(
                f"{len(mine)} 行的项目和金额与上一期完全一样",
                f"All {len(mine)} lines have the headings and amounts of the period before",
            ),
        )


def _bank_moved(content: Content) -> Iterator[Hollow]:
    before, after = _bank(content, "opening"), _bank(content, "closing")
    if before is None or after is None or _account(content) or before == after:
        return
    yield Hollow(
        "bank_moved",
        Text(
            f"写着没有收支，银行存款却从 {_yuan(before)} 元变成 {_yuan(after)} 元",
            f"It says that nothing moved, yet the bank balance went from ¥{_yuan(before)} to ¥{_yuan(after)}",
        ),
    )


def _account(content: Content) -> list[tuple[str, Fen]]:
    return [line for group in (*_IN, *_OUT) for line in _amounts(content, group)]


def _amounts(content: Content, group: str) -> list[tuple[str, Fen]]:
    found = content.get(group)
    lines = found if isinstance(found, list) else []
    return [
        (str(line.get("item", "")), line["amount"])
        for line in lines
        if isinstance(line, Mapping) and isinstance(line.get("amount"), int)
    ]


def _bank(content: Content, side: str) -> Fen | None:
    found = content.get(side)
    bank = found.get("bank") if isinstance(found, Mapping) else None
    return bank if isinstance(bank, int) else None


def _yuan(fen: Fen) -> str:
    return f"{fen / 100:,.2f}"
