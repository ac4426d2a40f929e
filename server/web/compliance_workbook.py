"""The compliance matrix as a workbook: the grid with words and colours, and every cell as a row with real days."""

from __future__ import annotations

from typing import Final

from server.problems import Say
from server.queries.compliance_matrix import Matrix, MatrixCell, MatrixRow
from server.rules.values import Lang
from server.rules.workbooks import Cell, Look, Tone, WrittenBook, WrittenSheet

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
_CODE, _VILLAGE = Say("代码", "Code"), Say("村", "Village")
_NEEDS, _DUE = Say("要处理", "Needs a person"), Say("应公开", "Due")
_HEADS = (
    (_CODE, 15),
    (_VILLAGE, 18),
    (Say("事项", "Category"), 26),
    (Say("期", "Period"), 18),
    (Say("情况", "State"), 12),
    (Say("迟或缺的天数", "Days late or missing"), 14),
    (_DUE, 13),
    (Say("公开日期", "Opened on"), 13),
    (Say("要处理", "Needs a person"), 12),
    (Say("发现", "Findings"), 60),
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


def matrix_workbook(matrix: Matrix, lang: Lang) -> WrittenBook:
    """Return the matrix as a workbook."""
    return WrittenBook(said(_TITLE, lang), (_grid(matrix, lang), _cells(matrix, lang)))


def _grid(matrix: Matrix, lang: Lang) -> WrittenSheet:
    head = Look(role="head")
    heads = [
        Cell(f"{c.category_name.pick(lang)}\n{c.label.pick(lang)}", head) for c in matrix.columns
    ]
    rows: list[tuple[Cell | None, ...]] = [
        (Cell(said(_CODE, lang), head), Cell(said(_VILLAGE, lang), head), *heads,
         Cell(said(_NEEDS, lang), head)),
        (None, Cell(said(_DUE, lang), Look(role="total")),
         *(Cell(c.due_on, Look("date", "total")) for c in matrix.columns), None),
    ]  # fmt: skip
    for row in matrix.rows:
        cells = [
            Cell(stack_words(row, n, lang), Look(tone=_tone(cell)) if cell else Look())
            for n, cell in enumerate(row.cells)
        ]
        rows.append(
            (Cell(row.division), Cell(row.name), *cells, Cell(row.needs_person, Look("int")))
        )
    return WrittenSheet(
        said(_GRID, lang),
        tuple(rows),
        (15, 18, *(22 for _ in matrix.columns), 12),
        frozen=(2, 2),
        landscape=True,
    )


def _cells(matrix: Matrix, lang: Lang) -> WrittenSheet:
    rows: list[tuple[Cell | None, ...]] = [
        tuple(Cell(said(words, lang), Look(role="head")) for words, _ in _HEADS)
    ]
    for row in matrix.rows:
        for n, column in enumerate(matrix.columns):
            rows += [
                (
                    Cell(row.division),
                    Cell(row.name),
                    Cell(column.category_name.pick(lang)),
                    Cell(cell.period),
                    Cell(said(STATES[cell.state], lang), Look(tone=_tone(cell))),
                    Cell(cell.days if cell.state in ("late", "missing") else None, Look("int")),
                    Cell(cell.due_on, Look("date")),
                    Cell(cell.opened_on, Look("date")),
                    Cell(said(_YES if cell.needs_person else _NO, lang)),
                    Cell("；".join(f.text.pick(lang) for f in cell.findings)),
                )
                for cell in row.stack(n)
            ]
    return WrittenSheet(
        said(_CELLS, lang), tuple(rows), tuple(w for _, w in _HEADS), frozen=(1, 2), landscape=True
    )


def _tone(cell: MatrixCell) -> Tone:
    return _TONES.get(cell.state, "upcoming")
