"""Accounts in bulk: a sheet in, slips out; every row judged, nobody made twice."""

from __future__ import annotations

import io
from typing import Any

import httpx
import openpyxl
import pytest

from tests.cast import (
    FAR_VILLAGE,
    LI_SI,
    SITE,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    ZHOU_BA,
    Hall,
    problem_of,
)
from tests.workbooks import IDENTITY, book, changed

BATCHES = "/api/v1/account-batches"
ONE, TWO = (f"01990000-0000-7000-8000-0000000000{n}" for n in ("c1", "c2"))
HEADS = ["姓名", "身份", "地方", "职务", "电话", "最后一天"]


def people(*rows: list[Any]) -> bytes:
    return book(名单=[HEADS, *rows])


async def make(client: httpx.AsyncClient, data: bytes, **query: str) -> httpx.Response:
    return await client.post(BATCHES, params={"id": ONE} | query, content=data)


async def look(client: httpx.AsyncClient, data: bytes) -> httpx.Response:
    return await client.post(f"{BATCHES}/preview", content=data)


async def test_the_template_filled_in_becomes_slips_that_sign_in(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    template = await zhou.get(f"{BATCHES}/template", headers={"Accept-Language": "zh"})
    opened = openpyxl.load_workbook(io.BytesIO(template.content))
    assert [c.value for c in opened["名单"][1]] == HEADS
    assert opened["名单"]["A2"].number_format == "@"
    choices = next(iter(opened["名单"].data_validations.dataValidation)).formula1
    assert choices.startswith('"报账员')
    assert [TOWNSHIP, "红河镇", "彭阳县"] in [[c.value for c in row] for row in opened["地方"]]

    def fill(workbook: openpyxl.Workbook) -> None:
        rows = (
            ["吴十", "报账员", "宽坪村", None, "139 0953 0000"],
            ["郑一", "监委会", VILLAGE_A, "监委会主任"],
        )
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                workbook["名单"].cell(number, column).value = value

    filled = changed(template.content, fill)
    seen = (await look(zhou, filled)).json()
    assert [(p["name"], p["division"]) for p in seen["right"]] == [
        ("吴十", VILLAGE_B),
        ("郑一", VILLAGE_A),
    ]
    assert seen["wrong"] == []
    assert not await hall.rows("SELECT 1 FROM account WHERE name = '吴十'")

    made = await make(zhou, filled)
    assert made.status_code == 201, made.text
    wu, zheng = made.json()["slips"]
    assert (wu["login"], wu["division_name"], wu["phone"]) == ("吴十", "宽坪村", "139 0953 0000")
    assert wu["qr"].startswith("<svg ")
    signed = await hall.visitor(Origin=SITE).post("/api/v1/sessions", json={"code": wu["code"]})
    assert signed.status_code == 201
    stored = str(await hall.rows("SELECT * FROM account_batch")) + str(
        await hall.rows("SELECT * FROM event")
    )
    assert "0953" not in stored

    # Sent again: nobody twice, a fresh code for whoever has not come.
    again = (await make(zhou, filled)).json()
    assert [s["account_id"] for s in again["slips"]][-1] == zheng["account_id"]
    assert again["slips"][-1]["code"] != zheng["code"]
    assert len(await hall.rows("SELECT 1 FROM account WHERE name IN ('吴十', '郑一')")) == 2
    gone = await hall.visitor(Origin=SITE).post("/api/v1/sessions", json={"code": zheng["code"]})
    assert problem_of(gone) == "code-not-valid"
    assert (
        problem_of(await make(zhou, people(["钱九", "报账员", "红河村"])))
        == "same-id-other-content"
    )
    (line,) = (await zhou.get(BATCHES)).json()["items"]
    assert (line["people"], line["made_by"]) == (2, "周八")
    renewed = (await zhou.post(f"{BATCHES}/{ONE}/codes")).json()
    assert renewed["slips"][-1]["code"] != again["slips"][-1]["code"]


async def test_every_row_is_judged_and_none_is_made(hall: Hall) -> None:
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE division SET name = '宽坪村' WHERE code = ?", FAR_VILLAGE)
    zhou = await hall.client_as(ZHOU_BA)
    data = people(
        ["吴十", "报账员", "宽坪村"],
        ["吴十", "报账员", "红河镇宽坪村"],
        ["吴十", "报账员", VILLAGE_B],
        ["郑一", "会计师", "红河村"],
        ["郑一", "报账员", "没有村"],
        [LI_SI.name, "监委会", "红河村"],
        ["外人", "外部审计", "红河镇"],
        ["孙二", "报账员", "330102001001"],
        ["=HYPERLINK(1)", "报账员", "红河村"],
        ["王一", "监管员", "红河村"],
    )
    wrong = {w["row"]: w["detail"]["zh"] for w in (await look(zhou, data)).json()["wrong"]}
    assert VILLAGE_B in wrong[2]  # which of the two: asks for the code, naming both
    assert FAR_VILLAGE in wrong[2]
    assert 3 not in wrong
    assert "第 3 行" in wrong[4]
    assert "会计师" in wrong[5]
    assert "没有村" in wrong[6]
    assert LI_SI.login in wrong[7]
    assert "最后一天" in wrong[8]
    assert "不包括 330102001001" in wrong[9]
    assert "开头" in wrong[10]
    assert "乡镇或以上" in wrong[11]

    refused = await make(zhou, data)
    assert problem_of(refused) == "people-rows-wrong"
    assert refused.json()["errors"][0]["row"] == 2
    assert not await hall.rows("SELECT 1 FROM account WHERE name = '吴十'")
    made = (await make(zhou, data, only_right="true")).json()
    assert [s["name"] for s in made["slips"]] == ["吴十"]
    assert len(made["wrong"]) == 9


def _merge(workbook: openpyxl.Workbook) -> None:
    workbook["名单"].merge_cells("C1:D1")


def _hide_row(workbook: openpyxl.Workbook) -> None:
    workbook["名单"].row_dimensions[2].hidden = True


def _hide_sheet(workbook: openpyxl.Workbook) -> None:
    workbook.create_sheet("说明")
    workbook["名单"].sheet_state = "hidden"


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("change", "said"), [(_merge, "C1"), (_hide_row, "第 2 行被隐藏"), (_hide_sheet, "名单")]
)
async def test_what_hides_or_is_merged_is_named(hall: Hall, change: Any, said: str) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    data = changed(people(["吴十", "报账员", "红河村"]), change)
    answer = await zhou.post(f"{BATCHES}/preview", content=data, headers={"Accept-Language": "zh"})
    assert problem_of(answer) == "people-list-not-read"
    assert said in answer.json()["detail"]


@pytest.mark.one_engine
async def test_an_identity_number_refuses_the_file(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    answer = await look(zhou, people(["吴十", "报账员", "红河村", None, IDENTITY]))
    assert problem_of(answer) == "spreadsheet-has-personal-numbers"
    assert IDENTITY not in answer.text


@pytest.mark.one_engine
async def test_who_may_not(hall: Hall) -> None:
    data = people(["吴十", "报账员", "红河村"])
    li = await hall.client_as(LI_SI)
    for answer in (await make(li, data), await look(li, data), await li.get(BATCHES)):
        assert problem_of(answer) == "not-allowed"
    zhou = await hall.client_as(ZHOU_BA)
    body = {
        "id": TWO,
        "login": "township",
        "name": "镇管",
        "role": "administrator",
        "division": TOWNSHIP,
    }
    code = (await zhou.post("/api/v1/accounts", json=body)).json()["code"]
    assert (await make(zhou, data)).status_code == 201
    township = hall.visitor(Origin=SITE)
    await township.post("/api/v1/sessions", json={"code": code})
    # Neither a village nor a batch of elsewhere.
    (wrong,) = (await look(township, people(["孙二", "报账员", FAR_VILLAGE]))).json()["wrong"]
    assert FAR_VILLAGE in wrong["detail"]["zh"]
    assert problem_of(await township.post(f"{BATCHES}/{ONE}/codes")) == "not-found"


@pytest.mark.one_engine
async def test_a_list_that_is_too_long_says_so(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.rules.account_sheets.MOST_PEOPLE", 2)
    zhou = await hall.client_as(ZHOU_BA)
    data = people(*[[f"人{n}", "报账员", "红河村"] for n in range(3)])
    assert problem_of(await look(zhou, data)) == "people-list-not-read"


async def test_the_list_sorted_in_pages_and_as_a_file(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    hall.clock.pass_(hours=1)
    body = {"id": TWO, "login": "aaa", "name": "=1+1", "role": "accountant", "division": VILLAGE_B}
    assert (await zhou.post("/api/v1/accounts", json=body)).status_code == 201
    expected = {
        "login": ["aaa", "lisi", "sunqi", "wangwu", "zhangsan", "zhaoliu", "zhouba"],
        "place": ["zhouba", "wangwu", "zhaoliu", "lisi", "zhangsan", "aaa", "sunqi"],
        "newest": ["aaa", "lisi", "sunqi", "wangwu", "zhangsan", "zhaoliu", "zhouba"],
    }
    for sort, logins in expected.items():
        seen: list[str] = []
        query = {"sort": sort, "limit": "3"}
        while query.get("cursor") != "":
            page = (await zhou.get("/api/v1/accounts", params=query)).json()
            seen += [each["login"] for each in page["items"]]
            query["cursor"] = page["next"] or ""
        assert seen == logins
    file = await zhou.get("/api/v1/accounts.csv", headers={"Accept-Language": "zh"})
    assert "'=1+1,报账员,640425103201,宽坪村,aaa" in file.text  # a name that is no formula
    li = await hall.client_as(LI_SI)
    assert problem_of(await li.get("/api/v1/accounts.csv")) == "not-allowed"
