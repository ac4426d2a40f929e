"""The sheet a content becomes: what phone, paper, kiosk and evidence all show, driven by v1.view.json.

Pure data in one language; amounts stay whole fen, dates 'YYYY-MM-DD', and whoever paints the sheet formats them.
Hand in `privacy.public_content` for the public; staff who may see all hand in the content itself.

View sections (docs/categories.md has the whole format):
- sum: rows that read as one sum, ＋ and － and ＝, optionally with the lines of a group below their row;
- table: one row per element of a list, with totals;
- facts: labelled single values;
- timeline: the category's steps with the days on which they were done (timelines.py), as a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from server.rules import pointers, sums, timelines
from server.rules.categories import Category
from server.rules.periods import Period, label
from server.rules.sums import Entry, SumRow, text
from server.rules.values import Lang, yuan
from server.rules.workdays import WorkdayCalendar

__all__ = [
    "Column",
    "Entry",
    "Fact",
    "FactsSection",
    "Section",
    "Sheet",
    "SumRow",
    "SumSection",
    "TableRow",
    "TableSection",
    "sheet_for",
]

ValueType = Literal["text", "int", "money", "date", "enum"]
Cell: TypeAlias = str | int | None


class SumSection(Struct, frozen=True):
    """Rows that read as one sum. Amounts in fen."""

    kind: Literal["sum"]
    id: str
    heading: str
    rows: tuple[SumRow, ...]


class Column(Struct, frozen=True):
    """One column of a table; enum cells already hold the words of the sheet's language."""

    key: str
    label: str
    type: ValueType


class TableRow(Struct, frozen=True):
    """One row: cells in the order of the columns, and where in the content it comes from."""

    cells: tuple[Cell, ...]
    pointer: str


class TableSection(Struct, frozen=True):
    """A table; `totals` has one cell per column, None where there is nothing to add."""

    kind: Literal["table"]
    id: str
    heading: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    totals: tuple[Cell, ...] | None


class Fact(Struct, frozen=True):
    """A labelled value: money in fen, a date as 'YYYY-MM-DD', text as it is."""

    label: str
    value: str | int
    type: ValueType
    pointer: str


class FactsSection(Struct, frozen=True):
    """Single values one under the other."""

    kind: Literal["facts"]
    id: str
    heading: str
    items: tuple[Fact, ...]


Section: TypeAlias = SumSection | TableSection | FactsSection


class Sheet(Struct, frozen=True):
    """A notice as it is shown. `cadence` says what `previous` and `last_year` compare with ('period' if unknown)."""

    title: str
    subtitle: str
    unit: str
    cadence: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...]


def sheet_for(
    category: Category,
    view: Mapping[str, Any],
    content: Mapping[str, Any],
    lang: Lang,
    previous: Mapping[str, Any] | None = None,
    last_year: Mapping[str, Any] | None = None,
    *,
    period: Period | None = None,
    calendar: WorkdayCalendar | None = None,
) -> Sheet:
    """Return the sheet of a content in one language.

    `previous` and `last_year` are contents of the same category for the period before and for the same period a year
    earlier; without one its column is None throughout. Sections without anything to show are left out. `calendar`
    counts the working days that steps took.
    """
    made = [
        _timeline(category, spec, content, lang, calendar)
        if spec["kind"] == "timeline"
        else _section(spec, content, lang, previous, last_year)
        for spec in view["sections"]
    ]
    return Sheet(
        title=_title(category, period, lang),
        subtitle=subtitle_of(view, content, lang),
        unit=text(view["unit"], lang),
        cadence=period.cadence if period else "period",
        sections=tuple(s for s in made if s is not None),
        notes=tuple(n for n in (_note(s, content, previous, lang) for s in view["notes"]) if n),
    )


def _title(category: Category, period: Period | None, lang: Lang) -> str:
    if period is None:
        return category.title.pick(lang)
    when = label(period)
    return f"{when.zh}{category.title.zh}" if lang == "zh" else f"{category.title.en}, {when.en}"


def subtitle_of(view: Mapping[str, Any], content: Mapping[str, Any], lang: Lang) -> str:
    """Return what stands under a notice's title: which project, which fund; "" where its view names nothing."""
    shown = (_shown(spec, content, lang) for spec in view["subtitle"])
    return " · ".join(str(s) for s in shown if s not in (None, ""))


def _section(
    spec: Mapping[str, Any],
    content: Mapping[str, Any],
    lang: Lang,
    previous: Mapping[str, Any] | None,
    last_year: Mapping[str, Any] | None,
) -> Section | None:
    heading = text(spec["heading"], lang)
    if spec["kind"] == "sum":
        rows = sums.rows(spec["rows"], content, lang, previous, last_year)
        return SumSection("sum", spec["id"], heading, rows)
    if spec["kind"] == "table":
        return _table(spec, heading, content, lang)
    items = tuple(
        Fact(text(item["label"], lang), value, item["type"], item["pointer"])
        for item in spec["items"]
        if (value := _shown(item, content, lang)) not in (None, "")
    )
    return FactsSection("facts", spec["id"], heading, items) if items else None


def _timeline(
    category: Category,
    spec: Mapping[str, Any],
    content: Mapping[str, Any],
    lang: Lang,
    calendar: WorkdayCalendar | None,
) -> TableSection | None:
    found = list(timelines.rows(category, content, spec["rows"], lang, calendar))
    if not found:
        return None
    columns = tuple(
        Column(key, head.pick(lang), "date" if key == "on" else "text")
        for key, head in timelines.HEADS.items()
    )
    made = tuple(TableRow(cells, at) for cells, at in found)
    heading = text(spec["heading"], lang)
    return TableSection("table", spec["id"], heading, columns, made, None)


def _table(
    spec: Mapping[str, Any], heading: str, content: Mapping[str, Any], lang: Lang
) -> TableSection | None:
    found = list(pointers.find(content, spec["rows"] + "/*"))
    if not found:
        return None
    columns = [c for c in spec["columns"] if _used(c, [row for _, row in found])]
    rows = tuple(
        TableRow(tuple(_cell(c, row, number, lang) for c in columns), at)
        for number, (at, row) in enumerate(found, start=1)
    )
    totals = spec.get("totals")
    return TableSection(
        kind="table",
        id=spec["id"],
        heading=heading,
        columns=tuple(Column(c["key"], text(c["label"], lang), c["type"]) for c in columns),
        rows=rows,
        totals=tuple(_total(totals.get(c["key"]), c, content, spec["rows"], lang) for c in columns)
        if totals
        else None,
    )


def _used(column: Mapping[str, Any], rows: Sequence[Any]) -> bool:
    """Tell whether a column has anything in it; optional columns without a value in any row are left out."""
    if not column.get("optional", False):
        return True
    return any(pointers.get(row, _pointer(column)) not in (None, "", False) for row in rows)


def _cell(column: Mapping[str, Any], row: Any, number: int, lang: Lang) -> Cell:
    if column.get("counter", False):
        return number
    cell: Cell = _shown({**column, "pointer": _pointer(column)}, row, lang)
    return cell


def _pointer(column: Mapping[str, Any]) -> str:
    pointer: str = column.get("pointer", f"/{column['key']}")
    return pointer


def _total(
    spec: Mapping[str, Any] | None,
    column: Mapping[str, Any],
    content: Mapping[str, Any],
    rows: str,
    lang: Lang,
) -> Cell:
    if spec is None:
        return None
    if "label" in spec:
        return text(spec["label"], lang)
    if "pointer" in spec:
        cell: Cell = pointers.get(content, spec["pointer"])
        return cell
    return pointers.total(content, [f"{rows}/*{_pointer(column)}"])


def _shown(spec: Mapping[str, Any], content: Any, lang: Lang) -> Any:
    """Return a value for people: options become words, everything else stays what it is."""
    value = pointers.get(content, spec["pointer"])
    for option in spec.get("options", []):
        if option["value"] == value:
            return text(option["label"], lang)
    return value


def _note(
    spec: Mapping[str, Any],
    content: Mapping[str, Any],
    previous: Mapping[str, Any] | None,
    lang: Lang,
) -> str | None:
    """Return a note if it applies: always, when a field is filled, or when a sum equals one of the last period."""
    words = text(spec["text"], lang)
    if "when_filled" in spec:
        value = pointers.get(content, spec["when_filled"])
        return words.replace("{value}", str(value)) if value else None
    if "when_same" in spec:
        now = pointers.total(content, spec["when_same"]["this"])
        if previous is None or now != pointers.total(previous, spec["when_same"]["previous"]):
            return None
        return words.replace("{amount}", yuan(now))
    return words
