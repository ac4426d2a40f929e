"""Ledgers as townships and counties have them: a real allocation table, and rosters of several villages in one sheet."""

from __future__ import annotations

import io
import json
from typing import Any

import httpx
import openpyxl

from server.rules.cells import Unit
from tests.cast import ZHAO_LIU, Hall
from tests.workbooks import book, saved

LEDGERS = "/api/v1/ledgers"
# 垫江县2021年第一批农村低收入群体等重点对象危房改造专项补助资金计划表 (published 2021-12-15): C, D, no house, all, in households.
DIANJIANG: tuple[tuple[str, int, int, int], ...] = (
    ("桂阳街道", 0, 3, 0), ("桂溪街道", 0, 2, 0), ("新民镇", 0, 2, 0), ("沙坪镇", 1, 1, 1), ("曹回镇", 0, 2, 2),
    ("周嘉镇", 0, 1, 0), ("普顺镇", 0, 2, 0), ("高安镇", 0, 2, 2), ("长龙镇", 0, 2, 0), ("沙河乡", 0, 0, 1),
    ("杠家镇", 0, 3, 0), ("大石乡", 0, 1, 1), ("澄溪镇", 1, 1, 0), ("太平镇", 0, 4, 1), ("五洞镇", 0, 0, 1),
    ("高峰镇", 0, 1, 0), ("砚台镇", 0, 0, 1), ("白家镇", 1, 4, 0), ("包家镇", 0, 1, 0), ("坪山镇", 0, 5, 0),
    ("三溪镇", 0, 1, 0), ("裴兴镇", 0, 2, 1), ("永平镇", 0, 2, 1),
)  # fmt: skip


def dianjiang(change: Any = None) -> bytes:
    """Return the real table as a workbook: merged heads, blank cells where there is none, sums, and its note with the rates."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = "计划表"
    page["A1"] = "垫江县2021年第一批农村低收入群体等重点对象危房改造专项补助资金计划表"
    page.merge_cells("A1:J1")
    heads = ("序号", "乡镇、街道", "C级", None, "D级", None, "无房户", None, "合计", None)
    for column, head in enumerate(heads, start=1):
        page.cell(2, column).value = head
    for column in range(3, 11):
        first = "户数" if column < 9 else "总户数"
        page.cell(3, column).value = first if column % 2 else "补助资金（万元）"
    for area in ("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2", "I2:J2"):
        page.merge_cells(area)
    rows = [*DIANJIANG, ("合计", 3, 42, 12)]
    for number, (place, c, d, none) in enumerate(rows, start=1):
        at = number + 3
        page.cell(at, 1).value, page.cell(at, 2).value = (
            (number, place) if place != "合计" else ("合计", None)
        )
        for column, households, rate in ((3, c, 75), (5, d, 210), (7, none, 210)):
            if households:
                page.cell(at, column).value = households
                page.cell(at, column + 1).value = households * rate / 100
        page.cell(at, 9).value = c + d + none
        page.cell(at, 10).value = (c * 75 + (d + none) * 210) / 100
    page.cell(
        len(rows) + 4, 1
    ).value = (
        "备注：1.C级危房改造补助标准为0.75万元/户；2.D级危房改造及无房户改造补助标准为2.1万元/户。"
    )
    if change is not None:
        change(page)
    return saved(made)


HEADS = ("序号", "行政村", "组别", "户主姓名", "面积（亩）", "补贴标准（元/亩）", "补贴金额（元）")
ROSTER: tuple[tuple[Any, ...], ...] = (
    (1, "红河村", "一组", "张三", 10, 71.67, 716.7),
    (2, "红河村", "一组", "李四", 2.5, 71.67, 179.18),
    ("红河村小计", None, None, None, 12.5, None, 895.88),
    (3, "宽坪村民委员会", "二组", "王五", 4, 71.67, 286.68),
    ("全镇合计", None, None, None, 16.5, None, 1182.56),
)


def roster(rows: Any = ROSTER, title: str = "红河镇2026年耕地地力保护补贴花名册") -> bytes:
    """Return a township's roster of two villages."""
    return book(花名册=[(title,), HEADS, *rows])


def about(category: str = "subsidy_list", **changed: Any) -> dict[str, str]:
    """Return what a ledger is said to be."""
    said: dict[str, Any] = {"category": category, "name": "台账.xlsx"} | changed
    if "matching" in said and not isinstance(said["matching"], str):
        said["matching"] = json.dumps(said["matching"])
    return said


def matching(
    columns: dict[str, int], *, header: int = 1, table: str = "/households", unit: Unit = "yuan"
) -> dict[str, Any]:
    """Return what a person decided of the first sheet."""
    return {"sheet": 0, "header": header, "table": table, "columns": columns, "unit": unit}


async def read(
    hall: Hall, data: bytes, category: str = "subsidy_list", who: Any = ZHAO_LIU, **changed: Any
) -> dict[str, Any]:
    """Return what importing a ledger would do."""
    answer = await (await hall.client_as(who)).post(
        f"{LEDGERS}/preview", params=about(category, **changed), content=data
    )
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def bring(
    hall: Hall, data: bytes, category: str = "subsidy_list", who: Any = ZHAO_LIU, **changed: Any
) -> httpx.Response:
    """Import a ledger."""
    return await (await hall.client_as(who)).post(
        LEDGERS, params=about(category, **changed), content=data
    )


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    """Return a workbook's first sheet as rows."""
    opened = openpyxl.load_workbook(io.BytesIO(data))
    return list(opened.worksheets[0].iter_rows(values_only=True))
