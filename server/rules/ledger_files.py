"""A township's ledger file: rows of many villages under headings of its own, and how its columns are known again.

The rows are read as rows of one list of a category's form, with one column more that says which village each belongs to.
Which column is which is asked once: the next file with the same headings is matched as the last one was.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from server.rules.canonical import canonical_bytes
from server.rules.cells import Unit, is_blank, shown
from server.rules.matching import SEARCHED_ROWS, Match, propose
from server.rules.payment_columns import HEADINGS, PARTS, headings_of
from server.rules.tables import FormTable, FormTables, TableColumn, normal, tables_of
from server.rules.values import Text
from server.rules.workbooks import Raw, ReadSheet

VILLAGE = "/_village"
PAYMENTS = "payments"
MOST_LEDGER_ROWS = 20_000
_PLACE = "/place"
_LEAST_HEADS = 3

_VILLAGE_COLUMN = TableColumn(
    VILLAGE,
    Text("哪个村", "Village"),
    "text",
    also=("村", "行政村", "村名", "村名称", "所在村", "村委会", "村居", "村社区", "村别", "village"),
)  # fmt: skip
_PAYMENT_TABLE = FormTable(
    key=PAYMENTS,
    label=Text("发放清册", "List of payments"),
    help=None,
    columns=(
        *(
            TableColumn(
                f"/{part}",
                words,
                "money" if part == "amount" else "date" if part == "paid_on" else "text",
                required=part in ("name", "amount"),
                also=HEADINGS[part],
            )
            for part, words in PARTS.items()
        ),
        _VILLAGE_COLUMN,
    ),
)
# 红河村小计, 全镇合计: what stands before the word says of what.
_NAMED_SUM = re.compile(r"^.{1,20}?(小计|合计|总计)$")
_OF_ALL = re.compile(r"^(全|总|本)?.{0,6}?(镇|乡|街道|县|表)?(合计|总计)$")


class KnownMatching(Struct, frozen=True):
    """A matching that somebody of the township chose: of which headings, which table, which column is which, in what unit."""

    heads: str
    table: str
    columns: Mapping[str, int]
    unit: Unit


def tables_for(form: Mapping[str, Any] | None) -> FormTables:
    """Return what a ledger's rows can be: the lists of a form, each with the village's column; None: payments."""
    if form is None:
        return FormTables(FormTable("/", Text("", ""), None, ()), (_PAYMENT_TABLE,), ())
    tables = tables_of(form)
    return FormTables(
        tables.single,
        tuple(replace(t, columns=(*t.columns, _VILLAGE_COLUMN)) for t in tables.lists),
        (),
    )


def proposed(
    sheets: Sequence[ReadSheet], tables: FormTables, known: Sequence[KnownMatching]
) -> tuple[Match | None, KnownMatching | None]:
    """Return how a file's columns are most likely meant, and what of the township's memory says so.

    What was chosen before under the same headings counts more than any words.
    """
    by_heads = {k.heads: k for k in known}
    for number, sheet in enumerate(sheets):
        if sheet.hidden or not by_heads:
            continue
        for row in range(min(len(sheet.rows), SEARCHED_ROWS)):
            if (k := by_heads.get(heads_print(sheet, row))) is not None:
                return Match(number, row, k.table, dict(k.columns), k.unit), k
    found = propose(sheets, tables)
    if not found:
        return None, None
    best = max(found, key=lambda m: len(m.columns))
    if best.table == PAYMENTS:
        best = _as_lists_are_read(sheets[best.sheet], best)
    if VILLAGE not in best.columns and _PLACE in best.columns:
        best = replace(best, columns={**best.columns, VILLAGE: best.columns[_PLACE]})
    return best, None


def _as_lists_are_read(sheet: ReadSheet, match: Match) -> Match:
    """Return a match in which the headings that a list of payments prefers (实发 before 应发) count first."""
    where = headings_of(sheet)
    if where is None:
        return match
    head, parts = where
    own = {f"/{part}": column for part, column in parts.items()}
    village = {p: c for p, c in match.columns.items() if p == VILLAGE and c not in own.values()}
    return replace(match, header=head, columns={**own, **village})


def heads_print(sheet: ReadSheet, row: int) -> str:
    """Return the fingerprint of a row of headings: the same for next month's file, whatever its title says.

    What stands above belongs to it where it is headings too (C级 | D级), which a title is not.
    """
    heads = _words(sheet, row)
    above = _words(sheet, row - 1) if row else []
    if not any(heads):
        return ""
    two = [above, heads] if len({words for words in above if words}) >= _LEAST_HEADS else [heads]
    return hashlib.sha256(canonical_bytes(two)).hexdigest()


def _words(sheet: ReadSheet, row: int) -> list[str]:
    words = [normal(shown(sheet.at(row, column))) for column in range(sheet.width)]
    while words and not words[-1]:
        words.pop()
    return words


def file_print(sheets: Sequence[ReadSheet]) -> str:
    """Return what a file is known again by: what its cells say, however often it was saved anew."""
    digest = hashlib.sha256()
    for sheet in sheets:
        digest.update(f"\x1c{sheet.name}\x1c{sheet.hidden}".encode())
        for row in sheet.rows:
            digest.update("\x1f".join(shown(cell) for cell in row).encode() + b"\x1e")
    return digest.hexdigest()


def tidied(sheet: ReadSheet, match: Match, table: FormTable) -> tuple[ReadSheet, int]:
    """Return a sheet as its rows are meant, and how many blank cells that makes 0.

    红河村小计 is a 小计. A blank number is 0 only where the row states a sum of its own, which then proves it.
    """
    numbers = [
        at for pointer, at in match.columns.items()
        if (c := table.column(pointer)) and c.widget in ("money", "int") and c.required and not c.computed
    ]  # fmt: skip
    sums = [at for p, at in match.columns.items() if (c := table.column(p)) and c.computed]
    zeros = 0
    rows: list[tuple[Raw, ...]] = list(sheet.rows)
    for number in range(match.header + 1, len(rows)):
        cells = list(rows[number])
        first = next((i for i, c in enumerate(cells) if isinstance(c, str) and not is_blank(c)), None)  # fmt: skip
        if first is not None and (said := _sum_word(str(cells[first]))) is not None:
            cells[first] = said
        elif any(not is_blank(sheet.at(number, at)) for at in sums):
            cells += [None] * (sheet.width - len(cells))
            for at in numbers:
                if is_blank(cells[at]):
                    cells[at], zeros = 0, zeros + 1
        rows[number] = tuple(cells)
    return replace(sheet, rows=tuple(rows)), zeros


def _sum_word(words: str) -> str | None:
    said = normal(words)
    if _OF_ALL.fullmatch(said):
        return "合计"
    return "小计" if _NAMED_SUM.fullmatch(said) else None


_RATE = re.compile(r"标准[^0-9；;。]{0,8}?(?P<amount>\d+(?:\.\d{1,4})?)\s*(?P<unit>万元|元)")


def rates_said(
    sheet: ReadSheet, match: Match, form: Mapping[str, object]
) -> dict[str, list[dict[str, object]]]:
    """Return the rates that a file's notes state (D级、无房户标准为2.1万元/户), as rows of the form's list of rates.

    A list of rates asks a choice and an amount and nothing else that is required.
    """
    notes = " ".join(
        shown(cell) for row in sheet.rows[match.header + 1 :] for cell in dict.fromkeys(row)
        if isinstance(cell, str) and "标准" in cell
    )  # fmt: skip
    said: dict[str, Any] = {}
    for table in tables_of(form).lists:
        needed = [c for c in table.columns if c.required]
        if table.key == match.table or [c.widget for c in needed] != ["choice", "money"]:
            continue
        choice, amount = needed
        rows = [
            {choice.pointer[1:]: option.value, amount.pointer[1:]: fen}
            for words, fen in _rates(notes)
            for option in choice.options
            if normal(option.label.zh) in normal(words)
        ]
        if rows:
            said[table.key] = rows
    return said


def _rates(notes: str) -> Iterator[tuple[str, int]]:
    """Yield the words before each rate, and the rate in fen."""
    begin = 0
    for found in _RATE.finditer(notes):
        per = 1_000_000 if found["unit"] == "万元" else 100
        whole, _, rest = found["amount"].partition(".")
        yield (
            notes[begin : found.start()],
            int(whole) * per + int(rest.ljust(4, "0") or 0) * per // 10_000,
        )
        begin = found.end()
