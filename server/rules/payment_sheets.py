"""A township's list of payments as a sheet: names, identity numbers and amounts under headings that people use.

The sheet is read whole or not at all, and nothing of it stays but marks and amounts. Identity numbers may stand in the
column of that name and nowhere else; a card or telephone number anywhere refuses the file, hidden cells included: what
this system does not need should not travel to it. Sentences about a row repeat no name and no digit of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from server.rules.cells import Misread, is_blank, read_cell, shown
from server.rules.households import LONGEST_NAME, TAIL, plain_name, plain_tail
from server.rules.payment_columns import (
    HEADINGS,
    HEADINGS_WITHIN,
    PARTS,
    Part,
    headings_of,
)
from server.rules.payments import LONGEST_PURPOSE, MOST_ROWS, SheetRow
from server.rules.personal_numbers import is_identity_number
from server.rules.tables import TableColumn, normal
from server.rules.values import Fen, Text, yuan
from server.rules.workbooks import Raw, ReadSheet, letters, spans
from server.rules.wrong_rows import SheetNotRead, WrongRow

_DAY = TableColumn("/paid_on", PARTS["paid_on"], "date")
_MONEY = TableColumn("/amount", PARTS["amount"], "money")
_TOTALS = frozenset(("合计", "总计", "共计", "total"))
_SUBTOTALS = frozenset(("小计", "本页小计", "本页合计", "subtotal"))
# Letters that amounts and days have none of.
_NAMING = re.compile(r"[^\W\d_元万年月日]")


class ListRead(Struct, frozen=True):
    """What a sheet says. `skipped`: rows of totals and notes."""

    sheet: str
    rows: tuple[SheetRow, ...]
    wrong: tuple[WrongRow, ...]
    skipped: int

    @property
    def total(self) -> Fen:
        """Everything that is paid, in fen."""
        return sum(row.amount for row in self.rows)


def read_matched(
    sheet: ReadSheet, head: int, columns: dict[Part, int], *, purpose: str, paid_on: date, most: int
) -> ListRead:
    """Return the payments of a sheet whose columns somebody matched; `most`: rows. Raises SheetNotRead."""
    return _Reader(sheet, head, columns, purpose, paid_on, most).read()


def read_list(sheets: Sequence[ReadSheet], *, purpose: str, paid_on: date) -> ListRead:
    """Return the payments of the one sheet that has the headings.

    `purpose`, `paid_on`: for rows that say none of their own. Raises SheetNotRead.
    """
    found = [(s, where) for s in sheets if not s.hidden and (where := headings_of(s)) is not None]
    if not found:
        raise SheetNotRead(_missing(sheets))
    if len(found) > 1:
        names = [sheet.name for sheet, _ in found]
        raise SheetNotRead(
            Text(
                f"有 {len(found)} 张工作表都像是发放清册：{'、'.join(names)}。请只留一张再传",
                f"{len(found)} sheets look like the list: {', '.join(names)}. Leave one of them",
            )
        )
    sheet, (head, columns) = found[0]
    hidden = frozenset(r for r in sheet.hidden_rows if r > head and _is_filled(sheet, r))
    if hidden:
        places = spans(hidden, "row")
        raise SheetNotRead(
            Text(
                f"第 {'、'.join(places)} 行被隐藏了，不知道算不算。请取消隐藏，或删掉再传",
                f"Hidden rows: {', '.join(places)}. Show them, or delete them",
            )
        )
    return _Reader(sheet, head, columns, purpose, paid_on).read()


def _missing(sheets: Sequence[ReadSheet]) -> Text:
    """Say which of the three headings stands in no row, by the row that has the most of them."""
    best: set[str] = set()
    for sheet in sheets:
        for row in sheet.rows[:HEADINGS_WITHIN]:
            words = {normal(cell) for cell in row if isinstance(cell, str)}
            here = {p for p, names in HEADINGS.items() if words & set(map(normal, names))}
            if len(here) > len(best):
                best = set(here)
    if "tail" in best:
        best.add("identity")
    lacks: list[Part] = [p for p in ("name", "identity", "amount") if p not in best]
    wanted = lacks or ["name", "identity", "amount"]
    return Text(
        f"没有找到这些列：{'、'.join(PARTS[p].zh for p in wanted)}。"
        f"表头要在前 {HEADINGS_WITHIN} 行，同一行里写着姓名、身份证号（或后四位）、金额",
        f"These columns were not found: {', '.join(PARTS[p].en for p in wanted)}. One of the first"
        f" {HEADINGS_WITHIN} rows must hold the headings name, identity number (or last four) and amount",
    )


def _is_filled(sheet: ReadSheet, row: int) -> bool:
    return row < len(sheet.rows) and any(not is_blank(cell) for cell in sheet.rows[row])


class _Reader:
    """Goes down one sheet and gathers rows and what is wrong with them."""

    def __init__(
        self,
        sheet: ReadSheet,
        head: int,
        columns: dict[Part, int],
        purpose: str,
        paid_on: date,
        most: int = MOST_ROWS,
    ) -> None:
        self.most = most
        self.sheet, self.head, self.columns = sheet, head, columns
        self.purpose, self.paid_on = purpose, paid_on
        self.rows: list[SheetRow] = []
        self.wrong: list[WrongRow] = []
        self.skipped = 0
        self.row = head

    def read(self) -> ListRead:
        for row in range(self.head + 1, len(self.sheet.rows)):
            if _is_filled(self.sheet, row):
                self.row = row
                self._one()
        if not self.rows and not self.wrong:
            raise SheetNotRead(Text("表头下面一行也没有", "There is no row below the headings"))
        if len(self.rows) > self.most:
            raise SheetNotRead(
                Text(
                    f"有 {len(self.rows)} 行，一份清册最多 {self.most} 行，请按项目或批次分开",
                    f"{len(self.rows)} rows; a list has at most {self.most}. Divide it",
                )
            )
        return ListRead(self.sheet.name, tuple(self.rows), tuple(self.wrong), self.skipped)

    def _one(self) -> None:
        if self._is_foot():
            return
        before = len(self.wrong)
        name = self._name()
        tail, person = self._tail()
        amount = self._amount()
        purpose = self._purpose()
        paid_on = self._day()
        if len(self.wrong) == before:
            assert tail is not None
            self.rows.append(SheetRow(self.row + 1, name, tail, amount, purpose, paid_on, person))

    def _is_foot(self) -> bool:
        """Say whether a row is no payment: a sum, or a line of words below the list."""
        cells = [c for c in self.sheet.rows[self.row] if not is_blank(c)]
        words = {normal(c) for c in cells if isinstance(c, str)}
        if is_blank(self._raw("identity")) and is_blank(self._raw("tail")):
            if words & _TOTALS:
                self._compare_total()
                self.skipped += 1
                return True
            if words & _SUBTOTALS or (is_blank(self._raw("amount")) and len(cells) <= 2):
                self.skipped += 1
                return True
        return False

    def _raw(self, part: Part) -> Raw:
        at = self.columns.get(part)
        return None if at is None else self.sheet.at(self.row, at)

    def _compare_total(self) -> None:
        stated = self._raw("amount")
        if is_blank(stated):
            return
        try:
            total = int(read_cell(_MONEY, stated) or 0)
        except Misread:
            return
        summed = sum(row.amount for row in self.rows)
        # With a wrong row above the sum says nothing.
        if total != summed and not self.wrong:
            self._refuse(
                "amount",
                Text(
                    f"合计 {yuan(total)} 元，上面各行相加是 {yuan(summed)} 元，差 {yuan(abs(total - summed))} 元",
                    f"the total says {yuan(total)} yuan; the rows above add up to {yuan(summed)}, {yuan(abs(total - summed))} apart",
                ),
            )

    def _refuse(self, part: Part, text: Text) -> None:
        self.wrong.append(WrongRow(self.row + 1, letters(self.columns[part]), text))

    def _name(self) -> str:
        name = plain_name(shown(self._raw("name")))
        if not name or not any(c.isalpha() for c in name):
            self._refuse("name", Text("没有姓名，请补上", "there is no name; fill it in"))
        elif len(name) > LONGEST_NAME:
            self._refuse(
                "name",
                Text(
                    f"姓名最多 {LONGEST_NAME} 个字，这里有 {len(name)} 个",
                    f"a name has at most {LONGEST_NAME} characters; this has {len(name)}",
                ),
            )
        return name

    def _tail(self) -> tuple[str | None, str | None]:
        if "identity" in self.columns and not is_blank(self._raw("identity")):
            return self._identity(self._raw("identity"))
        part: Part = "tail" if "tail" in self.columns else "identity"
        raw = self._raw(part)
        if is_blank(raw):
            self._refuse(
                part, Text("没有身份证号，请补上", "there is no identity number; fill it in")
            )
            return None, None
        tail = plain_tail(_typed(raw))
        if tail is None:
            self._refuse(
                part,
                Text(
                    f"不是 {TAIL} 位：开头的 0 可能丢了。请把这一列设为“文本”再填",
                    f"these are not {TAIL} characters: a leading 0 may be lost. Make the column text and type it again",
                ),
            )
        return tail, None

    def _identity(self, raw: Raw) -> tuple[str | None, str | None]:
        if not isinstance(raw, str):
            self._refuse(
                "identity",
                Text(
                    "身份证号存成了数字，后几位已经变了。请把这一列设为“文本”，再从原件填入",
                    "the identity number was saved as a number and lost its end. Make the column text and fill it in from the original",
                ),
            )
            return None, None
        number = plain_name(_typed(raw)).replace("×", "X")
        if len(number) == TAIL and (tail := plain_tail(number)):
            return tail, None
        if not is_identity_number(number):
            self._refuse(
                "identity",
                Text(
                    f"不是有效的 18 位身份证号（现有 {len(number)} 位，或校验位不对），请核对",
                    f"this is no valid identity number of 18 characters (it has {len(number)}, or its check digit is wrong)",
                ),
            )
            return None, None
        return number[-TAIL:], number

    def _amount(self) -> Fen:
        try:
            amount = int(read_cell(_MONEY, self._raw("amount")) or 0)
        except Misread as error:
            self._refuse("amount", _unquoted(self._raw("amount"), error.text, _NO_AMOUNT))
            return 0
        if amount <= 0:
            self._refuse("amount", Text("金额应大于 0", "the amount must be more than 0"))
        return amount

    def _purpose(self) -> str:
        words = " ".join(shown(self._raw("purpose")).split()) or self.purpose
        if len(words) > LONGEST_PURPOSE:
            self._refuse(
                "purpose",
                Text(
                    f"项目最多 {LONGEST_PURPOSE} 个字，这里有 {len(words)} 个",
                    f"a purpose has at most {LONGEST_PURPOSE} characters; this has {len(words)}",
                ),
            )
        return words

    def _day(self) -> date:
        raw = self._raw("paid_on")
        if is_blank(raw):
            return self.paid_on
        try:
            return date.fromisoformat(str(read_cell(_DAY, raw)))
        except Misread as error:
            self._refuse("paid_on", _unquoted(raw, error.text, _NO_DAY))
            return self.paid_on


_NO_AMOUNT = Text(
    "这里不是金额，请写数字，比如 1050.00；也看看这一行的各列有没有错位",
    "this is no amount: write digits, like 1050.00; see also whether the cells of this row are out of place",
)
_NO_DAY = Text(
    "这里不是日期，请写成 2026-11-20 这样；也看看这一行的各列有没有错位",
    "this is no day: write it like 2026-11-20; see also whether the cells of this row are out of place",
)


def _unquoted(raw: Raw, said: Text, unsaid: Text) -> Text:
    """Return what is said of a cell, without its content where cells out of place may have put a name or a number there."""
    text = shown(raw)
    if not isinstance(raw, str) or not (_NAMING.search(text) or sum(map(str.isdigit, text)) > 12):
        return said
    return unsaid


def _typed(raw: Raw) -> str:
    """Return what was typed: a spreadsheet's own marks for 'this is text' fall away."""
    text = shown(raw).strip().lstrip("'’")
    return text.removeprefix('="').removesuffix('"') if text.startswith('="') else text


def hidden_sheets(sheets: Sequence[ReadSheet]) -> Iterator[str]:
    """Yield the names of hidden sheets with anything in them: they are not read."""
    for sheet in sheets:
        if sheet.hidden and any(not is_blank(c) for row in sheet.rows for c in row):
            yield sheet.name
