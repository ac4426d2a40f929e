"""A sheet in plain words, computed, never written by hand: how much, how much more than last time, mainly why.

Every number in a sentence stands in the sheet too. Amounts come in as fen and are spoken as 1,234.56.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from server.rules.sheets import Sheet, SumSection
from server.rules.sums import SumRow
from server.rules.values import Fen, Lang, yuan

# What the two comparisons are called, by cadence: the period before, and the same one last year.
_BEFORE: dict[str, dict[str, tuple[str, str]]] = {
    "zh": {
        "monthly": ("上月", "去年同月"),
        "quarterly": ("上季度", "去年同季"),
        "half_yearly": ("上半年度", "去年同期"),
        "yearly": ("上年", ""),
        "period": ("上期", "去年同期"),
    },
    "en": {
        "monthly": ("the month before", "the same month last year"),
        "quarterly": ("the quarter before", "the same quarter last year"),
        "half_yearly": ("the half-year before", "the same half-year last year"),
        "yearly": ("the year before", ""),
        "period": ("the period before", "the same period last year"),
    },
}


class Told(Struct, frozen=True):
    """One thing worth telling: what, how much (fen), and the comparison in words ('' if there is none)."""

    id: str
    label: str
    amount: Fen
    text: str


def sentences(sheet: Sheet, lang: Lang) -> list[str]:
    """Return the sheet's plain sentences: "收入 47,912.41 元，比上季度多 2,300.00 元，主要是…"."""
    unit = sheet.unit
    made = []
    for told in glance(sheet, lang):
        said = f"{told.label} {yuan(told.amount)} {unit}"
        if lang == "zh":
            made.append(f"{said}，{told.text}。" if told.text else f"{said}。")
        else:
            made.append(f"{said}: {told.text}." if told.text else f"{said}.")
    return made


def glance(sheet: Sheet, lang: Lang) -> list[Told]:
    """Return what the sheet's view marks as worth telling, compared with the period before and last year."""
    return [
        Told(
            row.id, row.label, row.amount, _compared(row, _below(section.rows, index), sheet, lang)
        )
        for section in sheet.sections
        if isinstance(section, SumSection)
        for index, row in enumerate(section.rows)
        if row.tell
    ]


def _below(rows: Sequence[SumRow], index: int) -> list[SumRow]:
    """Return the lines of the group at an index: those after it, up to the next row that is not below it."""
    lines: list[SumRow] = []
    for row in rows[index + 1 :]:
        if row.level not in ("line", "sub"):
            break
        if row.level == "line":
            lines.append(row)
    return lines


def _compared(row: SumRow, lines: Sequence[SumRow], sheet: Sheet, lang: Lang) -> str:
    before, year_ago = _BEFORE[lang].get(sheet.cadence, _BEFORE[lang]["period"])
    parts = []
    if row.previous is not None:
        part = _difference(before, row.amount - row.previous, sheet.unit, lang)
        parts.append(part + _mainly(row.amount - row.previous, lines, sheet.unit, lang))
    if row.last_year is not None and year_ago:
        parts.append(_difference(year_ago, row.amount - row.last_year, sheet.unit, lang))
    return ("；" if lang == "zh" else "; ").join(parts)


def _difference(when: str, gap: Fen, unit: str, lang: Lang) -> str:
    if lang == "zh":
        if gap == 0:
            return f"和{when}一样"
        return f"比{when}{'多' if gap > 0 else '少'} {yuan(abs(gap))} {unit}"
    if gap == 0:
        return f"the same as {when}"
    return f"{yuan(abs(gap))} {unit} {'more' if gap > 0 else 'less'} than {when}"


def _mainly(moved: Fen, lines: Sequence[SumRow], unit: str, lang: Lang) -> str:
    """Name the line that moved the total most in its own direction; nothing where one line says it all anyway."""
    moves = [
        (line.amount - line.previous, line.label)
        for line in lines
        if line.previous is not None and (line.amount - line.previous) * moved > 0
    ]
    if len(lines) < 2 or not moves:
        return ""
    gap, name = max(moves, key=lambda m: abs(m[0]))
    if lang == "zh":
        return f"，主要是{name}{'多' if gap > 0 else '少'} {yuan(abs(gap))} {unit}"
    return f", mainly {name.lower()} ({yuan(abs(gap))} {unit} {'more' if gap > 0 else 'less'})"
