"""The compliance matrix as a workbook: the grid with words and colours, and every cell as a row with real days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.problems import Say
from server.queries.compliance_matrix import Matrix, MatrixCell, MatrixRow
from server.rules.owners import Owner
from server.rules.periods import label, local_date, parse_period
from server.rules.places import name_in
from server.rules.values import Lang
from server.rules.workbooks import Cell, Look, Tone, WrittenBook, WrittenSheet
from server.storage.shown_on_points import PointDays

STATES: Final = {
    "not_yet": Say("未到", "not yet"),
    "open": Say("可以公开", "open"),
    "due_soon": Say("即将到期", "due soon"),
    "on_time": Say("按时", "on time"),
    "late": Say("迟", "late"),
    "missing": Say("缺", "missing"),
    "exempt": Say("免公开", "exempt"),
}
_TONES: Final[dict[str, Tone]] = {"on_time": "on_time", "late": "late", "missing": "missing"}
_TITLE = Say("应公开对照表", "Compliance matrix")
_GRID, _CELLS = Say("对照表", "Matrix"), Say("逐格明细", "Cell by cell")
_SUM = Say("合计", "In all")
_CODE, _AS_OF = Say("代码", "Code"), Say("截至", "As of")
_OWNERS: Final[dict[Owner, Say]] = {
    "village": Say("村", "Village"),
    "group": Say("村民小组", "Village group"),
}
_NEEDS, _DUE = Say("要处理", "Needs a person"), Say("应公开", "Due")
_HEADS = (
    (Say("事项", "Category"), 26),
    (Say("期", "Period"), 18),
    (Say("情况", "State"), 12),
    (Say("迟或缺的天数", "Days late or missing"), 14),
    (_DUE, 13),
    (Say("公开日期", "Opened on"), 13),
    (Say("展示了几天", "Days displayed"), 12),
    (Say("规定几天", "Days required"), 12),
    (Say("查询点上几天", "Days on query points"), 14),
    (Say("要处理", "Needs a person"), 12),
    (Say("发现", "Findings"), 60),
    (Say("期的编号", "Key of the period"), 24),
)
COVERED: Final = (
    Say("到期展示天数", "Days displayed, finished ones"),
    Say("规定展示天数", "Days required"),
)
_YES, _NO = Say("是", "yes"), Say("否", "no")


def said(say: Say, lang: Lang) -> str:
    """Return the words of one language."""
    return say.zh if lang == "zh" else say.en


def cell_words(cell: MatrixCell, lang: Lang) -> str:
    """Return an obligation in words: the state, its days, what was found."""
    word = said(STATES[cell.state], lang)
    if cell.state in ("late", "missing"):
        word += f"{cell.days}天" if lang == "zh" else f" {cell.days} days"
    findings = [f.text.pick(lang) for f in cell.findings]
    return ("；" if lang == "zh" else "; ").join([word, *findings])


def stack_words(row: MatrixRow, n: int, lang: Lang) -> str:
    """Return everything that a village owes in one column, in words; empty where that is nothing."""
    return " / ".join(cell_words(cell, lang) for cell in row.stack(n))


def owner_word(matrix: Matrix, lang: Lang) -> str:
    """Return what the rows of a matrix are: villages or village groups."""
    return said(_OWNERS[matrix.level], lang)


def row_words(row: MatrixRow, lang: Lang) -> str:
    """Return a row's name, after what it lies in where the matrix is of several of those: a county has villages of one name."""
    name = name_in(row.name, lang)
    return f"{row.township} {name}" if row.township else name


def matrix_workbook(matrix: Matrix, points: Mapping[str, PointDays], lang: Lang) -> WrittenBook:
    """Return the matrix as a workbook; `points`: the days on query points, by notice."""
    return WrittenBook(said(_TITLE, lang), (_grid(matrix, lang), _cells(matrix, points, lang)))


def _grid(matrix: Matrix, lang: Lang) -> WrittenSheet:
    head = Look(role="head")
    heads = [
        Cell(f"{c.category_name.pick(lang)}\n{c.label.pick(lang)}", head) for c in matrix.columns
    ]
    rows: list[tuple[Cell | None, ...]] = [
        (Cell(said(_CODE, lang), head), Cell(owner_word(matrix, lang), head), *heads,
         Cell(said(_NEEDS, lang), head), *(Cell(said(words, lang), head) for words in COVERED)),
        (Cell(f"{said(_AS_OF, lang)} {local_date(matrix.as_of).isoformat()}", Look(role="total")),
         Cell(said(_DUE, lang), Look(role="total")),
         *(Cell(c.due_on, Look("date", "total")) for c in matrix.columns), None, None, None),
    ]  # fmt: skip
    for row in matrix.rows:
        cells = [
            Cell(stack_words(row, n, lang), Look(tone=_tone(cell)) if cell else Look())
            for n, cell in enumerate(row.cells)
        ]
        rows.append(
            (
                Cell(row.division),
                Cell(row_words(row, lang)),
                *cells,
                Cell(row.needs_person, Look("int")),
                Cell(row.covered.shown, Look("int")),
                Cell(row.covered.required, Look("int")),
            )
        )
    total = Look("int", "total")
    rows.append(
        (None, Cell(said(_SUM, lang), Look(role="total")), *(None for _ in matrix.columns),
         Cell(matrix.summary.needs_person, total), Cell(matrix.covered.shown, total),
         Cell(matrix.covered.required, total))
    )  # fmt: skip
    return WrittenSheet(
        said(_GRID, lang),
        tuple(rows),
        (15, 18, *(22 for _ in matrix.columns), 12, 12, 12),
        frozen=(2, 2),
        landscape=True,
    )


def _cells(matrix: Matrix, points: Mapping[str, PointDays], lang: Lang) -> WrittenSheet:
    heads = ((_CODE, 15), (_OWNERS[matrix.level], 18), *_HEADS)
    rows: list[tuple[Cell | None, ...]] = [
        tuple(Cell(said(words, lang), Look(role="head")) for words, _ in heads)
    ]
    for row in matrix.rows:
        for n, column in enumerate(matrix.columns):
            rows += [
                (
                    Cell(row.division),
                    Cell(row_words(row, lang)),
                    Cell(column.category_name.pick(lang)),
                    Cell(label(parse_period(cell.period)).pick(lang)),
                    Cell(said(STATES[cell.state], lang), Look(tone=_tone(cell))),
                    Cell(cell.days if cell.state in ("late", "missing") else None, Look("int")),
                    Cell(cell.due_on, Look("date")),
                    Cell(cell.opened_on, Look("date")),
                    *_coverage(cell, points),
                    Cell(said(_YES if cell.needs_person else _NO, lang)),
                    Cell(
                        ("；" if lang == "zh" else "; ").join(
                            f.text.pick(lang) for f in cell.findings
                        )
                    ),
                    Cell(cell.period),
                )
                for cell in row.stack(n)
            ]
    return WrittenSheet(
        said(_CELLS, lang),
        tuple(rows),
        tuple(w for _, w in heads),
        frozen=(1, 2),
        landscape=True,
        filtered=True,
    )


def _coverage(cell: MatrixCell, points: Mapping[str, PointDays]) -> tuple[Cell, Cell, Cell]:
    """Return days displayed, days required and days on query points; empty where nothing is decided or asked for."""
    days, on = cell.coverage, points.get(cell.disclosure_id or "")
    return (
        Cell(days.shown if days else None, Look("int")),
        Cell(days.required if days else None, Look("int")),
        Cell(on.days if on else None, Look("int")),
    )


def _tone(cell: MatrixCell) -> Tone:
    return _TONES.get(cell.state, "upcoming")
