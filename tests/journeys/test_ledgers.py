"""A township's ledgers: the real Dianjiang table, rosters of many villages, columns matched once, nothing imported half."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.storage import events
from tests.cast import (
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    Hall,
    problem_of,
)
from tests.journeys.ledgers import (
    DIANJIANG,
    HEADS,
    LEDGERS,
    ROSTER,
    about,
    bring,
    dianjiang,
    matching,
    read,
    roster,
)
from tests.journeys.posting import approve
from tests.journeys.receiving import LI, WANG, ZHANG, look_up, notice
from tests.workbooks import book


async def form_of(hall: Hall, village: str, category: str = "subsidy_list") -> dict[str, Any]:
    who = await hall.client_as(ZHANG_SAN if village == VILLAGE_A else ZHAO_LIU)
    answer = await who.get(f"/api/v1/forms/{category}", params={"division": village})
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def found(preview: dict[str, Any], *, blocking: bool = True) -> list[tuple[str, str]]:
    return [
        (f["cell"], f["detail"]["zh"]) for f in preview["findings"] if f["blocking"] is blocking
    ]


@pytest.mark.one_engine
async def test_every_row_and_sum_of_the_real_table_passes_and_a_changed_digit_is_named(
    hall: Hall,
) -> None:
    whole = {"category": "housing_relief", "whole": VILLAGE_A}
    clean = await read(hall, dianjiang(), **whole)
    assert (clean["rows"], clean["total"], clean["rates"]) == (23, 115_650_000, 3)
    assert (clean["findings"], clean["left_out"]) == ([], [27])
    assert clean["zeros"] == 2 * sum(
        not n for row in DIANJIANG for n in row[1:]
    )  # blank where there is none, and the row's own sum proves it
    for cell, wrong, words in (
        ("C7", 2, "C级 2 户 × 7,500.00 元 = 15,000.00 元，这里写的是 7,500.00 元"),
        ("F9", 2.2, "D级 1 户 × 21,000.00 元 = 21,000.00 元，这里写的是 22,000.00 元"),
        ("I8", 5, "“总户数”写的是 5，这一行各项相加是 4，差 1"),
        (
            "J27",
            115.66,
            "写的是 1,156,600.00 元，第 4 到 26 行相加是 1,156,500.00 元，差 100.00 元",
        ),
        ("E27", 43, "写的是 43，第 4 到 26 行相加是 42，差 1"),
    ):
        changed = dianjiang(lambda page, at=cell, value=wrong: page.__setitem__(at, value))
        said = await read(hall, changed, **whole)
        assert any(words in text for _, text in found(said)), (cell, found(said))
        assert {int(f["row"]) for f in said["findings"]} & {int(cell[1:])}
        refused = await bring(hall, changed, **whole)
        assert problem_of(refused) == "ledger-has-findings"
        assert refused.json()["errors"][0]["cell"].startswith("计划表!")
    assert (await bring(hall, dianjiang(), **whole)).status_code == 200
    content = (await form_of(hall, VILLAGE_A, "housing_relief"))["prepared"]["content"]
    assert len(content["allocation"]["rows"]) == 23
    assert content["allocation"]["total"]["all"] == {"households": 57, "amount": 115_650_000}
    assert {(s["grade"], s["amount"]) for s in content["standards"]} == {
        ("C", 750_000), ("D", 2_100_000), ("none", 2_100_000)
    }  # fmt: skip


@pytest.mark.one_engine
async def test_each_village_gets_its_rows_and_its_form_begins_with_them(hall: Hall) -> None:
    first = await read(hall, roster())
    assert [(p["name"], p["rows"], p["total"]) for p in first["parts"]] == [
        ("红河村", 2, 89_588), ("宽坪村", 1, 28_668)
    ]  # fmt: skip
    assert (first["findings"], first["left_out"], first["remembered"]) == ([], [5, 7], False)
    loaded = (await bring(hall, roster())).json()
    assert (loaded["again"], loaded["rows"], loaded["villages"]) == (False, 3, 2)

    prepared = (await form_of(hall, VILLAGE_A))["prepared"]
    assert (prepared["name"], prepared["loaded_by_name"]) == ("台账.xlsx", "赵六")
    assert [h["holder_name"] for h in prepared["content"]["households"]] == ["张三", "李四"]
    assert prepared["content"]["total"] == {"households": 2, "amount": 89_588}

    # The same file again does nothing, and says when it was imported.
    again = (await bring(hall, roster())).json()
    assert (again["again"], again["id"], again["loaded_at"]) == (
        True, loaded["id"], loaded["loaded_at"]
    )  # fmt: skip
    earlier = (await read(hall, roster()))["earlier"]
    assert (earlier["same"], earlier["loaded_by_name"]) == (True, "赵六")
    assert len(await hall.rows("SELECT * FROM ledger_import")) == 1

    listed = (await (await hall.client_as(WANG_WU)).get(LEDGERS)).json()["items"]
    assert [(i["name"], i["rows"], len(i["parts"])) for i in listed] == [("台账.xlsx", 3, 2)]
    trail = await hall.rows("SELECT * FROM event WHERE action = 'ledger_file.imported'")
    assert len(trail) == 1
    assert "张三" not in str(trail)


@pytest.mark.one_engine
async def test_columns_are_matched_once_for_the_whole_township(hall: Hall) -> None:
    heads = ("所在", "小组", "当家的", "亩", "每亩", "应得")
    rows = [("红河", "一组", "张三", 10, 71.67, 716.7)]
    month = book(表=[("七月",), heads, *rows])
    unknown = await read(hall, month)
    lacking = [text for cell, text in found(unknown) if cell == "表"]
    assert lacking == ["还没有选“户主姓名”是哪一列", "还没有选“补贴金额”是哪一列"]
    assert problem_of(await bring(hall, month)) == "ledger-has-findings"
    assert problem_of(await bring(hall, book(表=[("空",)]))) == "ledger-not-matched"
    columns = {
        "/_village": 0,
        "/group": 1,
        "/holder_name": 2,
        "/quantity": 3,
        "/standard": 4,
        "/amount": 5,
    }
    chosen = matching(columns)
    assert (await read(hall, month, matching=chosen))["blocking"] == 0
    assert (await bring(hall, month, matching=chosen)).status_code == 200

    next_month = book(
        表=[("八月", None), (), heads, *rows, ("宽坪", "二组", "王五", 1, 71.67, 71.67)]
    )
    known = await read(hall, next_month)
    assert (known["remembered"], known["match"]["header"]) == (True, 2)
    assert known["match"]["columns"] == columns
    assert [p["name"] for p in known["parts"]] == ["红河村", "宽坪村"]
    # Another kind of ledger was matched by nobody.
    assert (await read(hall, next_month, "dibao_roster"))["remembered"] is False


async def test_everything_that_is_wrong_is_said_together_with_row_and_both_numbers(
    hall: Hall,
) -> None:
    rows = [list(r) for r in ROSTER]
    rows[0][6] = 716.07  # 10 × 71.67 = 716.70
    rows[1][1] = "红合村"
    rows[3][4] = "四亩"
    rows.insert(4, [4, "宽坪村", "二组", "张三", 1, 71.67, 71.67])
    rows.insert(5, [5, "红河村", "一组", "张三", 1, 71.67, 71.67])
    said = await read(hall, roster(rows))
    wrong = dict(found(said))
    assert "10 × 标准 71.67 元" in wrong["花名册!G3"]
    assert "716.07" in wrong["花名册!G3"]
    assert "没有“红合村”这个村" in wrong["花名册!B4"]
    assert "花名册!E6" in wrong
    assert "差" in wrong["花名册!G5"]  # 小计 of the first two rows
    assert "差" in wrong["花名册!G9"]
    assert "花名册!E9" not in wrong  # 四亩 was not read: the sum of the areas says nothing
    warned = dict(found(said, blocking=False))
    assert "第 3 行（红河村）也有这个姓名" in warned["花名册!D7"]
    assert "和第 3 行是同一个村、同一组、同一个姓名" in warned["花名册!D8"] or (
        "花名册!D8" in wrong
    )
    assert [f["blocking"] for f in said["findings"]] == sorted(
        (f["blocking"] for f in said["findings"]), reverse=True
    )
    assert problem_of(await bring(hall, roster(rows))) == "ledger-has-findings"
    for table in ("ledger_import", "ledger_part", "ledger_matching"):
        assert await hall.rows(f"SELECT * FROM {table}") == []


@pytest.mark.one_engine
async def test_a_name_on_another_villages_published_roster_is_named(hall: Hall) -> None:
    sent, _, _ = await notice(hall)  # of the first village, with 张三 on it
    assert (await read(hall, roster([(1, "宽坪村", "二组", "张三", 1, 71.67, 71.67)])))[
        "warnings"
    ] == 0
    await approve(hall, sent)
    said = await read(hall, roster([(1, "宽坪村", "二组", "张三", 1, 71.67, 71.67)]))
    ((cell, text),) = found(said, blocking=False)
    assert (cell, said["blocking"]) == ("花名册!D3", 0)
    assert "红河村正在公布的名单里也有这个姓名" in text


PAID = ("行政村", "户主姓名", "身份证号码", "实发金额")
PAY = {"kind": "payments", "purpose": "2026年耕地地力保护补贴", "paid_on": "2026-09-30"}


def paid(*rows: tuple[Any, ...]) -> bytes:
    return book(清册=[PAID, *rows])


@pytest.mark.one_engine
async def test_one_file_of_payments_becomes_a_list_for_each_village(hall: Hall) -> None:
    data = paid(
        ("红河村", "张三", ZHANG, 100),
        ("宽坪村", "李四", LI, 50),
        ("宽坪村", "张三", ZHANG, 7),
        ("合计", None, None, 157),
    )
    said = await read(hall, data, **PAY)
    assert [(p["name"], p["rows"], p["total"]) for p in said["parts"]] == [
        ("红河村", 1, 10_000), ("宽坪村", 2, 5_700)
    ]  # fmt: skip
    ((_, twice),) = found(said, blocking=False)
    assert "另一个村的第 2 行是同一个身份证号" in twice
    assert ZHANG[-4:] not in json.dumps(said["findings"])
    assert "张三" not in json.dumps(said["findings"], ensure_ascii=False)
    assert (await bring(hall, data, **PAY)).json()["villages"] == 2
    assert "¥50.00" in (await look_up(hall, "李四", LI[-4:], division=VILLAGE_B)).text
    stored = [
        await hall.rows(f"SELECT * FROM {t}") for t in ("ledger_import", "ledger_part", "event")
    ]
    assert "张三" not in str(stored)
    assert ZHANG not in str(stored)
    assert (await bring(hall, data, **PAY)).json()["again"] is True
    other = paid(("红河村", "王五", WANG, 1))
    ((_, standing),) = found(await read(hall, other, **PAY), blocking=False)
    assert "已经录入过，导入会换下它" in standing


@pytest.mark.one_engine
async def test_what_breaks_off_in_the_middle_leaves_nothing(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = paid(("红河村", "张三", ZHANG, 100), ("宽坪村", "李四", LI, 50))
    written = events.record
    calls = []

    async def failing(*args: Any, **named: Any) -> Any:
        calls.append(named["action"])
        if len(calls) == 2:
            raise OSError("no space left on device")
        return await written(*args, **named)

    monkeypatch.setattr(events, "record", failing)
    assert (await bring(hall, data, **PAY)).status_code == 500
    assert calls == ["payments.new", "payments.new"]
    monkeypatch.undo()
    for table in ("payment_list", "payment", "ledger_import", "ledger_part", "ledger_matching"):
        assert await hall.rows(f"SELECT * FROM {table}") == []
    assert (await bring(hall, data, **PAY)).json()["again"] is False


async def test_only_the_townships_editor_imports_and_personal_numbers_stay_out(hall: Hall) -> None:
    for who in (WANG_WU, ZHANG_SAN):
        client = await hall.client_as(who)
        refused = await client.post(LEDGERS, params=about(), content=roster())
        assert problem_of(refused) == "not-allowed"
    with_numbers = book(表=[(*HEADS, "身份证号"), (1, "红河村", "一组", "张三", 1, 1, 1, ZHANG)])
    refused = await bring(hall, with_numbers)
    assert problem_of(refused) == "spreadsheet-has-personal-numbers"
    unsaid = await bring(hall, paid(("红河村", "张三", ZHANG, 1)), kind="payments")
    assert problem_of(unsaid) == "parameter-not-valid"
