"""Which column of a township's list of payments is which, by headings that people use, and which must not come along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from server.rules.cells import is_blank
from server.rules.personal_cells import personal_cells
from server.rules.tables import normal
from server.rules.values import Text
from server.rules.workbooks import ReadSheet, letters

Part = Literal["name", "identity", "tail", "amount", "purpose", "paid_on"]

# Where several columns of a sheet fit, the heading that stands first here is meant: what was really paid.
HEADINGS: dict[Part, tuple[str, ...]] = {
    "name": ("户主姓名", "农户姓名", "领取人", "领款人", "持证人姓名", "补贴对象", "姓名", "户主", "name"),
    "identity": ("户主身份证号码", "户主身份证号", "身份证号码", "身份证号", "身份证", "公民身份号码", "证件号码", "证件号", "identity number"),
    "tail": ("身份证号后四位", "身份证号码后四位", "身份证后四位", "身份证后4位", "身份证号后4位", "后四位", "后4位", "last four"),
    "amount": ("实发金额", "实发", "发放金额", "补贴金额", "补助金额", "救助金额", "兑付金额", "发放资金", "金额", "amount"),
    "purpose": ("补贴项目", "补助项目", "发放项目", "项目名称", "项目", "用途", "purpose"),
    "paid_on": ("发放日期", "拨付日期", "发放时间", "拨付时间", "到账日期", "paid on"),
}  # fmt: skip
PARTS: dict[Part, Text] = {
    "name": Text("姓名", "name"),
    "identity": Text(
        "身份证号（或身份证号后四位）", "identity number (or its last four characters)"
    ),
    "tail": Text("身份证号后四位", "last four characters of the identity number"),
    "amount": Text("金额", "amount"),
    "purpose": Text("补贴项目", "purpose"),
    "paid_on": Text("发放日期", "paid on"),
}
_NOT_NEEDED = ("卡号", "账号", "帐号", "账户", "电话", "手机", "联系方式")
# Headings stand below a title and a line or two about the list.
HEADINGS_WITHIN = 15


def personal_columns(
    sheets: Sequence[ReadSheet], matched: Mapping[int, tuple[int, dict[Part, int]]] | None = None
) -> list[tuple[str, Text]]:
    """Return where numbers stand that must not come along: 'sheet!F' and a sentence without any digit, once a column.

    `matched`: by sheet, the row of headings and the columns that somebody chose.
    """
    bare = []
    for number, sheet in enumerate(sheets):
        where = (matched or {}).get(number) or headings_of(sheet)
        if where is None:
            bare.append(sheet)
            continue
        head, columns = where
        allowed = {columns[p] for p in ("identity", "tail") if p in columns}
        bare.append(
            replace(
                sheet,
                rows=tuple(
                    tuple(None if r > head and c in allowed else v for c, v in enumerate(row))
                    for r, row in enumerate(sheet.rows)
                ),
            )
        )
    seen: dict[str, Text] = {}
    for number, sheet in enumerate(sheets):
        where = (matched or {}).get(number) or headings_of(sheet)
        seen |= {f"{sheet.name}!{column}": text for column, text in _not_needed(sheet, where)}
    for place, sentence in personal_cells(bare):
        seen.setdefault(place.rstrip("0123456789") or place, sentence)
    return list(seen.items())


def _not_needed(
    sheet: ReadSheet, where: tuple[int, dict[Part, int]] | None
) -> Iterator[tuple[str, Text]]:
    """Yield the columns of numbers that this system never asks for, by their headings: not every account proves itself."""
    if where is None:
        return
    head = where[0]
    for column, cell in enumerate(sheet.rows[head]):
        if not isinstance(cell, str) or not any(word in cell for word in _NOT_NEEDED):
            continue
        if any(not is_blank(sheet.at(r, column)) for r in range(head + 1, len(sheet.rows))):
            yield (
                letters(column),
                Text(
                    "这一列的账号、电话不需要，请整列删去再传",
                    "accounts and telephones are not needed here; delete the whole column",
                ),
            )


def headings_of(sheet: ReadSheet) -> tuple[int, dict[Part, int]] | None:
    """Return the row of the headings and where each part stands; None where a list needs more than the sheet has."""
    for number, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        words = [normal(cell) if isinstance(cell, str) else "" for cell in row]
        columns: dict[Part, int] = {}
        for part, names in HEADINGS.items():
            at = next((words.index(n) for n in map(normal, names) if n in words), None)
            if at is not None:
                columns[part] = at
        if "tail" in columns and columns.get("identity") == columns["tail"]:
            del columns["identity"]
        if {"name", "amount"} <= columns.keys() and columns.keys() & {"identity", "tail"}:
            return number, columns
    return None
