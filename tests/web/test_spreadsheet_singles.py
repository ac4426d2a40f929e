"""Single values in the township's own sheet, over HTTP: found with their cells, taken by a person, read with the lists."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cast import VILLAGE_A, ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.web.test_spreadsheets import ACCOUNTS, URL
from tests.workbooks import book, changed, template_of

ROSTER = {"category": "dibao_roster", "division": VILLAGE_A}
SHEET = [
    ["红河村2026年第三季度财务收支公开表"],
    ["编制单位：红河村村民委员会（演示数据）    单位：元"],
    ["一、期初余额", 85282.18],
    ["其中：库存现金", 1150],
    ["银行存款", 84132.18],
    ["收入项目", "金额"],
    ["租赁收入", "16,200.00"],
    ["合计", 16200],
    ["期末余额：101,482.18元（其中：现金1,482.18元，存款100,000元）"],
    ["制表人：", "张三"],
]


def taking(answer: dict[str, Any], *pointers: str, **more: Any) -> str:
    """The JSON of a person who takes what was found for these fields, and the lists as they are proposed."""
    singles = [
        {key: found[key] for key in ("pointer", "sheet", "cell", "value")}
        for found in answer["singles"]
        if found["pointer"] in pointers
    ]
    return json.dumps({"matches": answer["matches"], "singles": singles} | more)


async def test_what_a_person_takes_is_read_and_nothing_else(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    data = book(收支表=SHEET)
    first = (await zhang.post(URL, params=ACCOUNTS, content=data)).json()
    assert first["content"] is None
    assert [m["table"] for m in first["matches"]] == ["/income"]
    said = {f["pointer"]: (f["cell"], f["value"], f["sure"]) for f in first["singles"]}
    assert said == {
        "/organisation": ("A2", "红河村村民委员会（演示数据）", True),
        "/opening/cash": ("B4", 115000, True),
        "/opening/bank": ("B5", 8413218, True),
        "/closing/cash": ("A9", 148218, True),
        "/closing/bank": ("A9", 10000000, True),
        "/prepared_by": ("B10", "张三", True),
    }
    matching = taking(first, "/opening/cash", "/opening/bank", "/closing/bank")
    read = await zhang.post(URL, params={**ACCOUNTS, "matching": matching}, content=data)
    assert read.status_code == 200, read.text
    assert read.json()["content"] == {
        "opening": {"cash": 115000, "bank": 8413218},
        "closing": {"bank": 10000000},
        "income": [{"item": "operating_rent", "amount": 1620000}],
    }
    assert read.json()["singles"] == first["singles"]
    assert not await hall.rows("SELECT * FROM edition")


@pytest.mark.one_engine
async def test_single_values_may_be_all_there_is(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    data = book(余额=[["项目", "期初余额", "期末余额"], ["库存现金", 5, 6], ["合计", 5, 6]])
    first = (await zhang.post(URL, params=ACCOUNTS, content=data)).json()
    assert first["matches"] == []
    read = await zhang.post(
        URL, params={**ACCOUNTS, "matching": taking(first, "/closing/cash")}, content=data
    )
    assert read.json()["content"] == {"closing": {"cash": 600}}


@pytest.mark.one_engine
async def test_two_different_values_are_offered_and_one_may_be_taken(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    data = book(七月=[["期末库存现金", 5]], 九月=[["期末库存现金", 6]])
    first = (await zhang.post(URL, params=ACCOUNTS, content=data)).json()
    assert [(f["sheet"], f["cell"], f["value"], f["sure"]) for f in first["singles"]] == [
        (0, "B1", 500, False),
        (1, "B1", 600, False),
    ]
    both = taking(first, "/closing/cash")
    refused = await zhang.post(URL, params={**ACCOUNTS, "matching": both}, content=data)
    assert problem_of(refused) == "parameter-not-valid"
    second = json.dumps({"matches": [], "singles": json.loads(both)["singles"][1:]})
    read = await zhang.post(URL, params={**ACCOUNTS, "matching": second}, content=data)
    assert read.json()["content"] == {"closing": {"cash": 600}}


@pytest.mark.one_engine
async def test_hidden_rows_are_searched_only_when_somebody_asks(hall: Hall) -> None:
    def hide(made: Any) -> None:
        made["收支表"].row_dimensions[4].hidden = True

    zhang = await hall.client_as(ZHANG_SAN)
    data = changed(book(收支表=SHEET), hide)
    left = (await zhang.post(URL, params=ACCOUNTS, content=data)).json()
    assert left["hidden"] == [{"sheet": "收支表", "kind": "rows", "places": ["4"]}]
    assert "/opening/cash" not in [f["pointer"] for f in left["singles"]]
    read = (await zhang.post(URL, params={**ACCOUNTS, "hidden": "read"}, content=data)).json()
    taken = taking(read, "/opening/cash")
    asked = {**ACCOUNTS, "matching": taken}
    assert problem_of(await zhang.post(URL, params=asked, content=data)) == "parameter-not-valid"
    done = await zhang.post(URL, params={**asked, "hidden": "read"}, content=data)
    assert done.json()["content"]["opening"] == {"cash": 115000}


@pytest.mark.one_engine
async def test_one_wrong_cell_leaves_everything_unread(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    rows = [*SHEET[:6], ["租赁收入", "一百"], *SHEET[7:]]
    data = book(收支表=rows)
    first = (await zhang.post(URL, params=ACCOUNTS, content=data)).json()
    answer = await zhang.post(
        URL, params={**ACCOUNTS, "matching": taking(first, "/opening/cash")}, content=data
    )
    assert problem_of(answer) == "cells-not-read"
    assert "content" not in answer.json()
    long = book(收支表=[["编制单位", "村" * 150]])
    found = (await zhang.post(URL, params=ACCOUNTS, content=long)).json()
    shape = await zhang.post(
        URL, params={**ACCOUNTS, "matching": taking(found, "/organisation")}, content=long
    )
    assert problem_of(shape) == "cells-not-read"
    assert [e["cell"] for e in shape.json()["errors"]] == ["收支表!B1"]


TAKEN = {"pointer": "/opening/cash", "sheet": 0, "cell": "B4", "value": 115000}
WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    ("another value", {"value": 115001}),
    ("another cell", {"cell": "B5"}),
    ("another field", {"pointer": "/closing/cash"}),
    ("a sum", {"pointer": "/subtotals/income"}),
    ("another sheet", {"sheet": 1}),
    ("no cell", {"cell": "B0"}),
    ("no value", {"value": None}),
    ("a list", {"value": [1]}),
)


@pytest.mark.one_engine
@pytest.mark.parametrize(("what", "change"), WRONG, ids=[w for w, _ in WRONG])
async def test_only_what_stands_there_can_be_taken(
    hall: Hall, what: str, change: dict[str, Any]
) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    matching = json.dumps({"matches": [], "singles": [TAKEN | change]})
    answer = await zhang.post(
        URL, params={**ACCOUNTS, "matching": matching}, content=book(收支表=SHEET)
    )
    assert problem_of(answer) == "parameter-not-valid", what


PHONES: tuple[tuple[str, list[list[Any]], list[str]], ...] = (
    ("beside its label", [["举报电话", "13800138000"]], []),
    ("typed as a number", [["举报电话", 13800138000]], []),
    ("behind its label", [["举报电话：13800138000"]], []),
    ("of another person", [["王五", "13800138000"]], ["名册!B1"]),
    ("with a name behind it", [["举报电话：13800138000 王五"]], ["名册!A1"]),
    ("below its label", [["举报电话"], ["13800138000"]], ["名册!A2"]),
    ("one further right", [["举报电话", "0954-7012345", "13800138000"]], ["名册!C1"]),
    ("an identity number", [["举报电话", "640425199003071234"]], ["名册!B1"]),
)


@pytest.mark.one_engine
@pytest.mark.parametrize(("what", "rows", "refused"), PHONES, ids=[p[0] for p in PHONES])
async def test_an_offices_mobile_may_stand_where_it_is_read_from(
    hall: Hall, what: str, rows: list[list[Any]], refused: list[str]
) -> None:
    zhao = await hall.client_as(ZHAO_LIU)
    answer = await zhao.post(URL, params=ROSTER, content=book(名册=rows))
    if refused:
        assert problem_of(answer) == "spreadsheet-has-personal-numbers", what
        assert [e["cell"] for e in answer.json()["errors"]] == refused
        assert "138" not in answer.text
        return
    assert [f["value"] for f in answer.json()["singles"]] == ["13800138000"]
    taken = {**ROSTER, "matching": taking(answer.json(), "/report_phone")}
    read = await zhao.post(URL, params=taken, content=book(名册=rows))
    assert read.json()["content"] == {"report_phone": "13800138000"}


@pytest.mark.one_engine
async def test_a_merged_cell_is_one_cell_and_a_hidden_one_is_not_read(hall: Hall) -> None:
    def merge(made: Any) -> None:
        made["名册"].merge_cells("B1:C2")

    def hide(made: Any) -> None:
        made["名册"].row_dimensions[1].hidden = True

    zhao = await hall.client_as(ZHAO_LIU)
    data = book(名册=[["举报电话", "13800138000", None], ["户主", None, None]])
    merged = await zhao.post(URL, params=ROSTER, content=changed(data, merge))
    assert merged.status_code == 200, merged.text
    hidden = await zhao.post(URL, params=ROSTER, content=changed(data, hide))
    assert problem_of(hidden) == "spreadsheet-has-personal-numbers"
    shown = await zhao.post(URL, params={**ROSTER, "hidden": "read"}, content=changed(data, hide))
    assert [f["cell"] for f in shown.json()["singles"]] == ["B1"]


@pytest.mark.one_engine
async def test_in_a_template_it_may_stand_on_the_sheet_that_asks_for_it_alone(hall: Hall) -> None:
    def elsewhere(made: Any) -> None:
        made["保障家庭"].protection.sheet = False
        made["保障家庭"]["A9"], made["保障家庭"]["B9"] = "举报电话（单位电话）", "13800138000"

    zhao = await hall.client_as(ZHAO_LIU)
    answer = await zhao.post(
        URL, params=ROSTER, content=changed(template_of("dibao_roster"), elsewhere)
    )
    assert problem_of(answer) == "spreadsheet-has-personal-numbers"
    assert [e["cell"] for e in answer.json()["errors"]] == ["保障家庭!B9"]
