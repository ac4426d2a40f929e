"""Spreadsheets over HTTP: a template filled in, the township's own sheet, what stands in the way, and what comes out."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import openpyxl
import pytest

from tests.cast import (
    LI_SI,
    SITE,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    problem_of,
)
from tests.journeys.posting import accounts_of, approve, new_id, submission
from tests.workbooks import AGENCY, XLSX, book, changed, template_of

# What a file says is read before any database is asked.
pytestmark = pytest.mark.sqlite

ACCOUNTS = {"category": "finance_quarterly", "division": VILLAGE_A}
URL = "/api/v1/spreadsheets"


async def test_a_template_is_downloaded_filled_in_and_read(hall: Hall) -> None:
    visitor = hall.visitor()
    empty = await visitor.get("/api/v1/categories/finance_quarterly/template.xlsx")
    assert empty.headers["content-type"] == XLSX
    assert empty.headers["content-disposition"].endswith('"finance_quarterly-v2-zh.xlsx"')
    again = await visitor.get(
        "/api/v1/categories/finance_quarterly/template.xlsx",
        headers={"If-None-Match": empty.headers["etag"]},
    )
    assert again.status_code == 304

    def fill(made: Any) -> None:
        basics = made["基本情况"]
        rows = {basics.cell(r, 1).value: r for r in range(1, 40)}
        basics.cell(rows["账务单位 *"], 2).value = "红河村村民委员会（演示数据）"
        basics.cell(rows["期初库存现金（元） *"], 2).value = 1150
        made["本期收入"]["A4"], made["本期收入"]["C4"] = "租赁收入", 16200
        journal = made["逐笔明细"]
        heads = {journal.cell(3, c).value: c for c in range(1, 20)}
        for row, (item, day, what, amount) in enumerate(
            [
                ("租赁收入", date(2026, 7, 5), "门面房租金", 16200),
                ("办公、水电费", "2026年8月6日", "电费", "632.18"),
                ("办公、水电费", "2026/8/7", "纸", 20),
            ],
            start=4,
        ):
            journal.cell(row, heads["项目 *"]).value = item
            journal.cell(row, heads["日期 *"]).value = day
            journal.cell(row, heads["摘要 *"]).value = what
            journal.cell(row, heads["金额（元） *"]).value = amount

    zhang = await hall.client_as(ZHANG_SAN)
    answer = await zhang.post(URL, params=ACCOUNTS, content=changed(empty.content, fill))
    assert answer.status_code == 200, answer.text
    assert answer.json()["template"] is True
    content = answer.json()["content"]
    assert content["opening"] == {"cash": 115000}
    (rent,) = content["income"]
    assert rent["entries"][0] == {
        "date": "2026-07-05",
        "summary": "门面房租金",
        "amount": 1620000,
    }
    (office,) = content["expense"]  # nobody wrote this line: it is made of its entries
    assert (office["item"], office["amount"]) == ("management_office", 65218)
    assert [e["date"] for e in office["entries"]] == ["2026-08-06", "2026-08-07"]
    assert "debts" not in content  # an empty table empties nothing
    assert not await hall.rows("SELECT * FROM edition")


async def test_the_townships_own_sheet_is_proposed_matched_and_read(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    first = (await zhang.post(URL, params=ACCOUNTS, content=AGENCY.read_bytes())).json()
    assert first["content"] is None
    assert first["template"] is False
    assert [s["name"] for s in first["sheets"]] == ["收入", "藏起来的", "名单"]
    assert first["sheets"][0]["top"][2] == ["日期", "收入项目", "用途", "金额（万元）"]
    assert first["sheets"][0]["top"][5] == ["", "", "", ""]  # hidden, until somebody asks for it
    assert first["hidden"] == [
        {"sheet": "收入", "kind": "rows", "places": ["6"]},
        {"sheet": "藏起来的", "kind": "sheet", "places": []},
        {"sheet": "名单", "kind": "columns", "places": ["B"]},
    ]
    (match,) = first["matches"]
    assert (match["table"], match["header"], match["unit"]) == ("/income/*/entries", 2, "wan")
    assert match["columns"] == {"^/item": 1, "/date": 0, "/summary": 2, "/amount": 3}

    chosen = {"matches": [match]}
    broken = await zhang.post(
        URL, params={**ACCOUNTS, "matching": json.dumps(chosen)}, content=AGENCY.read_bytes()
    )
    assert problem_of(broken) == "cells-not-read"
    (error,) = broken.json()["errors"]
    assert error["cell"] == "收入!D7"
    assert "#DIV/0!" in error["detail"]

    def repair(made: Any) -> None:
        made["收入"]["D5"], made["收入"]["D6"], made["收入"]["D7"] = 0.03, 1.65, 0.0105

    for hidden, items in (("left", 3), ("read", 4)):
        done = await zhang.post(
            URL,
            params={**ACCOUNTS, "matching": json.dumps(chosen), "hidden": hidden},
            content=changed(AGENCY.read_bytes(), repair),
        )
        assert done.status_code == 200, done.text
        income = done.json()["content"]["income"]
        assert len(income) == items
        assert income[0]["amount"] == 1620000
        assert income[-1] == {
            "item": "other_income",
            "amount": 10500,
            "entries": [{"date": "2026-09-08", "summary": "退回", "amount": 10500}],
        }
        assert done.json()["skipped"] == ["收入!A8", "收入!A9"]


async def test_a_word_of_theirs_is_given_a_meaning(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    data = book(支出=[["支出项目", "金额"], ["烤火费", "1,200"], ["慰问", 300], ["合计", 1500]])
    match = (await zhang.post(URL, params=ACCOUNTS, content=data)).json()["matches"][0]
    assert match["table"] == "/expense"
    asked = {"matches": [match]}
    refused = await zhang.post(
        URL, params={**ACCOUNTS, "matching": json.dumps(asked)}, content=data
    )
    (error,) = refused.json()["errors"]
    assert (error["cell"], error["word"]) == ("支出!A2", "烤火费")
    assert (error["table"], error["column"]) == ("/expense", "/item")
    asked["words"] = {"/expense /item": {"烤火费": "management_office"}}  # type: ignore[assignment]
    read = await zhang.post(URL, params={**ACCOUNTS, "matching": json.dumps(asked)}, content=data)
    assert read.json()["content"] == {
        "expense": [
            {"item": "management_office", "amount": 120000},
            {"item": "public_comfort", "amount": 30000},
        ]
    }


async def test_every_wrong_cell_is_named_and_nothing_is_read_in_part(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    data = book(
        欠款=[
            ["对方", "期初", "本期增加", "本期减少", "期末"],
            ["信用社", 100, 0, 0, 100],
            ["王五", "一百", None, 1.234, -5],
            ["名" * 90, 1, 0, 0, 1],
        ]
    )
    match = {
        "sheet": 0,
        "header": 0,
        "table": "/debts",
        "columns": {"/party": 0, "/opening": 1, "/increase": 2, "/decrease": 3, "/closing": 4},
    }
    answer = await zhang.post(
        URL, params={**ACCOUNTS, "matching": json.dumps({"matches": [match]})}, content=data
    )
    assert problem_of(answer) == "cells-not-read"
    said = {e["cell"]: e["detail"] for e in answer.json()["errors"]}
    assert list(said) == ["欠款!B3", "欠款!C3", "欠款!D3"]
    assert said["欠款!B3"] == "读到“一百”，应是金额，例如 1,234.56"
    assert said["欠款!C3"] == "没有填“本期增加”，没有就写 0"
    assert "content" not in answer.json()

    def repair(made: Any) -> None:
        made["欠款"]["B3"], made["欠款"]["C3"], made["欠款"]["D3"] = 100, 0, 1.23

    shape = await zhang.post(
        URL,
        params={**ACCOUNTS, "matching": json.dumps({"matches": [match]})},
        content=changed(data, repair),
    )
    assert problem_of(shape) == "cells-not-read"
    assert [e["cell"] for e in shape.json()["errors"]] == ["欠款!E3", "欠款!A4"]


async def test_an_offices_mobile_may_stand_where_the_form_asks_for_it(hall: Hall) -> None:
    zhao = await hall.client_as(ZHAO_LIU)
    asked = {"category": "dibao_roster", "division": VILLAGE_A}

    def fill(made: Any) -> None:
        basics = made["基本情况"]
        row = next(r for r in range(1, 30) if "举报电话" in str(basics.cell(r, 1).value))
        basics.cell(row, 2).value = "13800138000"

    answer = await zhao.post(URL, params=asked, content=changed(template_of("dibao_roster"), fill))
    assert answer.status_code == 200, answer.text
    assert answer.json()["content"] == {"report_phone": "13800138000"}


async def test_a_template_that_was_fetched_before_the_form_asked_more_is_still_ours(
    hall: Hall,
) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    content = accounts_of("2026-q1")
    made = template_of("finance_quarterly", "zh", content, version=1)
    answer = (await zhang.post(URL, params=ACCOUNTS, content=made)).json()
    assert answer["template"] is True
    assert answer["content"]["closing"]["cash"] == content["closing"]["cash"]


async def test_a_template_whose_headings_were_changed_is_matched_by_hand(hall: Hall) -> None:
    def change(made: Any) -> None:
        made["本期收入"]["C3"] = "钱"

    zhang = await hall.client_as(ZHANG_SAN)
    answer = await zhang.post(
        URL, params=ACCOUNTS, content=changed(template_of("finance_quarterly"), change)
    )
    assert (answer.json()["template"], answer.json()["content"]) == (False, None)


CHOSEN = {"sheet": 0, "header": 0, "table": "/income", "columns": {"/item": 0}}
WRONG = [
    ("an unknown category", {"category": "horoscopes"}, "unknown-category"),
    ("the next village", {"division": VILLAGE_B}, "not-allowed"),
    ("the township's category", {"category": "dibao_roster"}, "not-allowed"),
    ("no division", {"division": "x"}, "parameter-not-valid"),
    ("hidden what?", {"hidden": "maybe"}, "parameter-not-valid"),
    ("no JSON", {"matching": "{"}, "parameter-not-valid"),
    ("nested without end", {"matching": "[" * 20_000}, "parameter-not-valid"),
    ("an unknown field", {"matching": json.dumps({"matches": [], "x": 1})}, "parameter-not-valid"),
    *(
        (f"a match with {change}", {"matching": json.dumps({"matches": [CHOSEN | change]})}, "parameter-not-valid")
        for change in (
            {"sheet": 1}, {"sheet": -1}, {"table": "/nothing"}, {"columns": {"/x": 0}},
            {"columns": {"/item": 5}}, {"header": 99}, {"unit": "pound"},
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change", "slug"), WRONG, ids=[w[0] for w in WRONG])
async def test_refused(hall: Hall, what: str, change: dict[str, str], slug: str) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    data = book(收入=[["项目", "金额"], ["租赁收入", 1]])
    answer = await zhang.post(URL, params=ACCOUNTS | change, content=data)
    assert problem_of(answer) == slug, what


async def test_the_template_of_another_category_is_named(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    answer = await zhang.post(URL, params=ACCOUNTS, content=template_of("housing_relief"))
    assert problem_of(answer) == "template-of-other-category"
    assert "危房改造" in answer.json()["detail"]


async def test_who_may_not(hall: Hall) -> None:
    data = book(收入=[["项目", "金额"]])
    visitor = hall.visitor(Origin=SITE)
    assert problem_of(await visitor.post(URL, params=ACCOUNTS, content=data)) == "not-signed-in"
    for person in (LI_SI, WANG_WU, ZHOU_BA):
        client = await hall.client_as(person)
        assert problem_of(await client.post(URL, params=ACCOUNTS, content=data)) == "not-allowed"
    foreign = await hall.client_as(ZHANG_SAN)
    foreign.headers["Origin"] = "https://elsewhere.test"
    assert problem_of(await foreign.post(URL, params=ACCOUNTS, content=data)) == "cross-origin"


async def test_a_disclosure_as_a_workbook_holds_what_the_page_shows(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, content=accounts_of("2026-q3") | {"prepared_by": "=张三"})
    posted = (await zhang.post("/api/v1/submissions", json=sent)).json()
    url = f"/api/v1/disclosures/{posted['disclosure_id']}/sheet.xlsx"
    visitor = hall.visitor()
    assert (await visitor.get(url)).status_code == 404  # in review
    await approve(hall, sent["id"])
    answer = await visitor.get(url, headers={"Accept-Encoding": "br, gzip"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == XLSX
    assert "content-encoding" not in answer.headers
    same = await visitor.get(url, headers={"If-None-Match": answer.headers["etag"]})
    assert same.status_code == 304
    assert (await visitor.get(url + "?edition=2")).status_code == 404

    made = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert made.sheetnames[:2] == ["收支表", "逐笔明细"]
    sheet = made["收支表"]
    amounts = {sheet.cell(r, 2).value: sheet.cell(r, 3) for r in range(2, sheet.max_row + 1)}
    closing = sent["content"]["closing"]["total"]
    assert amounts["期末余额"].value == closing / 100
    entries = made["逐笔明细"]
    assert entries["B2"].is_date
    assert isinstance(entries["F2"].value, int | float)
    about = made["公开内容"]
    rows = {about.cell(r, 1).value: about.cell(r, 2) for r in range(1, about.max_row + 1)}
    assert rows["报账员"].value == "=张三"
    assert rows["报账员"].data_type != "f"
    assert rows["报账员"].quotePrefix
    assert rows["网址"].value.endswith(f"/d/{posted['disclosure_id']}")

    page = await visitor.get(f"/d/{posted['disclosure_id']}")
    assert f'href="{url}" download' in page.text
    english = openpyxl.load_workbook(
        io.BytesIO((await visitor.get(url, params={"lang": "en"})).content)
    )
    assert english.sheetnames[:2] == ["Accounts", "Entries"]


async def test_a_withdrawn_disclosure_leaves_its_reason_alone(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    posted = (await zhang.post("/api/v1/submissions", json=sent)).json()
    await approve(hall, sent["id"])
    hall.clock.pass_(hours=1)
    gone = await zhang.post(
        f"/api/v1/disclosures/{posted['disclosure_id']}/withdrawal",
        json={"id": new_id(hall.clock(), 9), "reason": "整份账有误"},
    )
    assert gone.status_code == 200
    answer = await hall.visitor().get(f"/api/v1/disclosures/{posted['disclosure_id']}/sheet.xlsx")
    made = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert made.sheetnames == ["公开内容"]
    words = [c.value for row in made["公开内容"].iter_rows() for c in row]
    assert "整份账有误" in words
    assert "报账员" not in words
    page = await hall.visitor().get(f"/d/{posted['disclosure_id']}")
    assert "sheet.xlsx" not in page.text


async def test_the_matrix_as_a_workbook(hall: Hall) -> None:
    hall.clock.set("2026-11-20 10:00+08:00")
    auditor = await hall.client_as(WANG_WU)
    span = {"division": TOWNSHIP, "first": "2026-07-01", "last": "2026-11-30"}
    answer = await auditor.get("/api/v1/compliance.xlsx", params=span)
    assert answer.headers["content-type"] == XLSX
    made = openpyxl.load_workbook(io.BytesIO(answer.content))
    grid, cells = made["对照表"], made["逐格明细"]
    assert grid.freeze_panes == "C3"
    assert grid["C2"].is_date
    missing = next(c for row in grid.iter_rows(min_row=3) for c in row if "缺" in str(c.value))
    assert missing.fill.fgColor.rgb == "FFF6D9D6"  # the colour stands beside its word
    assert cells.freeze_panes == "C2"
    assert cells.auto_filter.ref == cells.dimensions
    assert grid["A2"].value == "截至 2026-11-20"
    heads = {cells.cell(1, c).value: c for c in range(1, 15)}
    assert "2026年第三季度" in {cells.cell(r, heads["期"]).value for r in range(2, 9)}
    late = [r for r in range(2, cells.max_row + 1) if cells.cell(r, heads["情况"]).value == "缺"]
    assert late
    for row in late:
        assert cells.cell(row, heads["应公开"]).is_date
        assert isinstance(cells.cell(row, heads["迟或缺的天数"]).value, int)
        required = cells.cell(row, heads["规定几天"]).value
        assert cells.cell(row, heads["展示了几天"]).value == (0 if required else None)
    assert grid.cell(grid.max_row, grid.max_column).value == sum(
        cells.cell(r, heads["规定几天"]).value or 0 for r in range(2, cells.max_row + 1)
    )
    for person in (ZHANG_SAN, LI_SI):
        client = await hall.client_as(person)
        refused = await client.get("/api/v1/compliance.xlsx", params=span)
        assert problem_of(refused) == "not-allowed"
    assert (
        problem_of(await hall.visitor().get("/api/v1/compliance.xlsx", params=span))
        == "not-signed-in"
    )
