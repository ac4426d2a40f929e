"""The compliance overview as tables: shares side by side, with words for the grades, and every number line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from server.problems import Say
from server.queries.compliance_overview import Overview, OverviewRow, Rate
from server.rules.grades import WORDS, Grade
from server.rules.owners import Owner
from server.rules.values import Lang
from server.rules.workbooks import Cell, Look, Tone, WrittenBook, WrittenSheet
from server.web.compliance_workbook import said

Flat: TypeAlias = tuple[str | int | None, ...]

_TITLE = Say("公开情况汇总", "Compliance overview")
_SHARES, _NUMBERS = Say("按时率", "On time"), Say("逐项数字", "Every number")
_ALL, _SUM = Say("合计", "All"), Say("本页合计", "This page")
_VILLAGES = Say("村数", "Villages")
_COUNTED: Final[dict[Owner, Say]] = {
    "village": _VILLAGES,
    "group": Say("村民小组数", "Village groups"),
}
_HEADS: Final = (
    (Say("代码", "Code"), 15),
    (Say("乡镇（县区）", "Township or county"), 18),
    (Say("事项或季度", "Category or quarter"), 26),
    (_VILLAGES, 8),
    (Say("已到期", "Finished"), 9),
    (Say("按时", "On time"), 8),
    (Say("其中提前", "Of these early"), 10),
    (Say("迟", "Late"), 7),
    (Say("空表", "Empty sheets"), 8),
    (Say("缺", "Missing"), 7),
    (Say("未到期", "Not due yet"), 9),
    (Say("免公开", "Exempt"), 9),
    (Say("要处理", "Needs a person"), 9),
    (Say("展示不够天数", "Displayed too short"), 12),
    (Say("按时率", "Share on time"), 10),
    (Say("提前率", "Share early"), 10),
    (Say("有内容率", "Share with content"), 11),
    (Say("评定", "Grade"), 10),
)
# Which of them are shares per thousand.
SHARES: Final = frozenset({14, 15, 16})
_TONES: Final[dict[str | None, Tone]] = {
    "excellent": "on_time",
    "good": "on_time",
    "passing": "late",
    "failing": "missing",
    None: "upcoming",
}


def flat_rows(overview: Overview, lang: Lang) -> Iterator[Flat]:
    """Yield the heads, then a line for each row and column, then each row's sum; shares per thousand."""
    counted = _COUNTED[overview.level]
    yield tuple(said(counted if words is _VILLAGES else words, lang) for words, _ in _HEADS)
    for row in overview.rows:
        for column, rate in zip(overview.columns, row.cells, strict=True):
            yield _line(row, column.label.pick(lang), rate, lang)
        yield _line(row, said(_ALL, lang), row.total, lang)


def _line(row: OverviewRow, what: str, rate: Rate, lang: Lang) -> Flat:
    return (
        row.division,
        row.name,
        what,
        row.villages,
        rate.finished,
        rate.on_time,
        rate.early,
        rate.late,
        rate.empty,
        rate.missing,
        rate.coming,
        rate.exempt,
        rate.needs_person,
        rate.short,
        rate.on_time_permille,
        rate.early_permille,
        rate.content_permille,
        grade_word(rate.grade, lang),
    )


def grade_word(grade: str | None, lang: Lang) -> str:
    """Return a grade in words; empty where nothing is finished."""
    return "" if grade is None else WORDS[_known(grade)].pick(lang)


def _known(grade: str) -> Grade:
    return next(each for each in WORDS if each == grade)


def overview_workbook(overview: Overview, lang: Lang) -> WrittenBook:
    """Return the overview as a workbook."""
    return WrittenBook(said(_TITLE, lang), (_shares(overview, lang), _numbers(overview, lang)))


def _shares(overview: Overview, lang: Lang) -> WrittenSheet:
    head = Look(role="head")
    rows: list[tuple[Cell | None, ...]] = [
        (
            Cell(said(_HEADS[0][0], lang), head),
            Cell(said(_HEADS[1][0], lang), head),
            *(Cell(column.label.pick(lang), head) for column in overview.columns),
            Cell(said(_ALL, lang), head),
        )
    ]
    for row in overview.rows:
        shares = (_share(rate, lang) for rate in (*row.cells, row.total))
        rows.append((Cell(row.division), Cell(row.name), *shares))
    shares = (_share(rate, lang) for rate in (*overview.totals, overview.total))
    rows.append((None, Cell(said(_SUM, lang), Look(role="total")), *shares))
    return WrittenSheet(
        said(_SHARES, lang),
        tuple(rows),
        (15, 18, *(16 for _ in overview.columns), 16),
        frozen=(1, 2),
        landscape=True,
    )


def _share(rate: Rate, lang: Lang) -> Cell:
    """Return a share in words with its grade: a colour alone says nothing on a copier."""
    permille = rate.on_time_permille
    words = "—" if permille is None else f"{permille / 10:g}% {grade_word(rate.grade, lang)}"
    return Cell(words, Look(tone=_TONES[rate.grade]))


def _numbers(overview: Overview, lang: Lang) -> WrittenSheet:
    lines = flat_rows(overview, lang)
    heads = tuple(Cell(str(each), Look(role="head")) for each in next(lines))
    rows = [tuple(map(_number, enumerate(line))) for line in lines]
    return WrittenSheet(
        said(_NUMBERS, lang),
        (heads, *rows),
        tuple(width for _, width in _HEADS),
        frozen=(1, 3),
        landscape=True,
        filtered=True,
    )


def _number(placed: tuple[int, str | int | None]) -> Cell:
    place, value = placed
    if not isinstance(value, int):
        return Cell(value)
    return Cell(value, Look("permille" if place in SHARES else "int"))
