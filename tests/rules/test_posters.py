"""Posters: which rows stand on which sheet, heads again, sums carried over, and nothing below the edge."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.poster_blocks import (
    Column,
    Masthead,
    Notes,
    Pairs,
    Row,
    SheetOfPaper,
    Table,
    Words,
    shown,
)
from server.rules.poster_formats import PADDING, STYLES, Format, format_of
from server.rules.posters import laid_out
from server.rules.type_widths import evenly, width_of, wrapped

WORDS = Words("第 {n} 张，共 {m} 张", "过次页", "承前页", "（续）", "……")
HEAD = Masthead(
    "公示栏　红河村",
    "红河村低保初审公示",
    "2026年第三季度",
    "",
    "单位：元",
    "第 2 版，替换第 1 版",
    "更正：写错",
)
COLUMNS = (
    Column("序号", "int"),
    Column("申请人"),
    Column("人口", "int", carried=True),
    Column("金额", "money", carried=True),
)
FORMATS = [format_of(paper, way) for paper in ("a3", "a4") for way in ("portrait", "landscape")]


def households(count: int, remark: str = "张三") -> Table:
    rows = tuple(
        Row((str(n), remark, "2", shown(46000 + n, "money")), "line", (None, None, 2, 46000 + n))
        for n in range(1, count + 1)
    )
    total = sum(row.amounts[3] or 0 for row in rows)
    return Table(
        "拟保障家庭",
        COLUMNS,
        rows,
        Row(("", "合计", str(2 * count), shown(total, "money")), "total"),
    )


def texts(sheet: SheetOfPaper, style: str, column: int = 0) -> list[str]:
    return ["".join(line.cells[column].lines) for line in sheet.lines if line.style == style]


def height(sheet: SheetOfPaper) -> float:
    return sum(line.height for line in sheet.lines)


def fen(text: str) -> int:
    return int(re.sub(r"[,.]", "", text))


@pytest.mark.parametrize("paper", FORMATS, ids=lambda f: f"{f.paper}-{f.way}")
@given(count=st.integers(1, 180), facts=st.integers(0, 12))
def test_every_row_stands_once_and_every_sum_goes_along(
    paper: Format, count: int, facts: int
) -> None:
    table = households(count)
    pairs = Pairs("公示", tuple((f"第{n}条", "10月12日") for n in range(facts)))
    after = [Notes(("有异议请提出。",)), Pairs("谁做的账", pairs.items)]
    blocks = [pairs, table, *after] if facts else [table]
    sheets = laid_out(HEAD, blocks, WORDS, paper)

    numbers = [number for sheet in sheets for number in texts(sheet, "line")]
    assert numbers == [str(n) for n in range(1, count + 1)]
    assert all(height(sheet) <= paper.body for sheet in sheets)
    assert [texts(sheet, "top", 1) for sheet in sheets] == [
        [f"第 {n} 张，共 {len(sheets)} 张"] for n in range(1, len(sheets) + 1)
    ]
    begun: set[str] = set()
    for heading in (each for sheet in sheets for each in texts(sheet, "heading")):
        assert heading.endswith("（续）") == (heading.removesuffix("（续）") in begun), heading
        begun.add(heading.removesuffix("（续）"))
    running = 0
    with_rows = [sheet for sheet in sheets if texts(sheet, "line")]
    for at, sheet in enumerate(with_rows):
        assert texts(sheet, "head", 1) == ["申请人"], "heads stand on every sheet"
        carried = dict(zip(texts(sheet, "carried", 1), texts(sheet, "carried", 3), strict=True))
        expected = ({"承前页"} if at else set()) | (
            {"过次页"} if sheet is not with_rows[-1] else set()
        )
        assert set(carried) == expected
        if at:
            assert fen(carried["承前页"]) == running
        running += sum(fen(text) for text in texts(sheet, "line", 3))
        if sheet is not with_rows[-1]:
            assert fen(carried["过次页"]) == running
    assert [fen(text) for text in texts(with_rows[-1], "total", 3)] == [running]


@pytest.mark.parametrize("paper", FORMATS, ids=lambda f: f"{f.paper}-{f.way}")
@given(
    remark=st.text(alphabet="张三李四，。（）ab1 9.,W", max_size=260),
    title=st.text(alphabet="村务公开Ww ", min_size=1, max_size=60),
)
def test_nothing_is_wider_than_its_column(paper: Format, remark: str, title: str) -> None:
    head = Masthead("公示栏", title, "2026年", remark, "单位：元", "第 1 版", remark, (remark,))
    sheets = laid_out(head, [households(9, remark)], WORDS, paper)
    for sheet in sheets:
        assert height(sheet) <= paper.body
        for line in sheet.lines:
            how = STYLES[line.style]
            assert sum(cell.width for cell in line.cells) == pytest.approx(paper.measure)
            for cell in line.cells:
                room = cell.width - (PADDING * paper.unit * line.scale if line.table else 0)
                for text in cell.lines:
                    wide = width_of(text) * how.size * line.scale * paper.unit
                    assert wide <= room + 1.05 * how.size * line.scale * paper.unit, text
                    if width_of(text) > 2:
                        assert wide <= room + 0.01, text


@pytest.mark.parametrize("paper", FORMATS, ids=lambda f: f"{f.paper}-{f.way}")
def test_a_wide_table_is_set_smaller_and_no_amount_is_broken(paper: Format) -> None:
    columns = tuple(Column(f"第{n}类补助资金", "money") for n in range(7))
    row = Row(tuple(shown(88_200_000, "money") for _ in columns))
    (sheet,) = laid_out(HEAD, [Table("分配表", columns, (row,))], WORDS, paper)
    (line,) = [line for line in sheet.lines if line.style == "line"]
    assert line.scale < 1
    assert [cell.lines for cell in line.cells] == [("882,000.00",)] * 7


def test_a_remark_that_would_fill_a_sheet_is_cut_and_says_so() -> None:
    (sheet,) = laid_out(HEAD, [households(1, "长" * 900)], WORDS, format_of("a4", "portrait"))
    (line,) = [line for line in sheet.lines if line.style == "line"]
    assert line.cells[1].lines[-1] == "……"


def test_a_large_code_stands_on_a3() -> None:
    for way in ("portrait", "landscape"):
        assert format_of("a3", way).code >= 80
        assert format_of("a3", way).unit >= 7.5, "read from a metre and a half"


def test_a_table_without_rows_to_carry_says_nothing_of_it() -> None:
    plain = Table(
        "标准",
        (Column("等级"), Column("标准", "money")),
        tuple(Row(("C级", "7,500.00")) for _ in range(60)),
    )
    sheets = laid_out(HEAD, [plain], WORDS, format_of("a4", "portrait"))
    assert len(sheets) > 1
    assert not any(texts(sheet, "carried") for sheet in sheets)


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("", 5, [""]),
        ("红河村财务", 3, ["红河村", "财务"]),
        ("应为1,148.50元", 4.5, ["应为", "1,148.50", "元"]),
        ("水电费，写错", 3, ["水电", "费，写", "错"]),
        ("说明（一）", 3, ["说明", "（一）"]),
        ("12345678", 2, ["123", "456", "78"]),
        ("a\nb", 9, ["a", "b"]),
        ("宽", 0, ["宽"]),
    ],
)
def test_where_lines_break(text: str, measure: float, lines: list[str]) -> None:
    assert wrapped(text, measure) == lines


def test_heads_break_evenly() -> None:
    assert evenly("This quarter", 5) == ["This", "quarter"]
    assert evenly("保障人口", 3.5) == ["保障", "人口"]
    assert evenly("分类施保金", 4.2) == ["分类施", "保金"]
