"""Divisions through time, and a list by file: looked at first, then done; a county's to say and nobody else's."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    PLACES,
    SITE,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHOU_BA,
    Hall,
    problem_of,
)
from tests.workbooks import book

LIVES, LISTS = "/api/v1/division-lives", "/api/v1/division-lists"
NEW = "640425103202"


def listed(*changed: tuple[str, str], without: str = "") -> bytes:
    names = {code: name for code, name, *_ in PLACES} | dict(changed)
    return book(区划=[["代码", "名称"], *([c, n] for c, n in names.items() if c != without)])


async def send(client: httpx.AsyncClient, data: bytes, path: str = LISTS, **query: str) -> Any:
    return await client.post(path, params={"division": COUNTY} | query, content=data)


async def test_a_list_is_looked_at_and_then_done(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    # What stands above the county is not the county's to rename.
    data = listed(
        ("640000000000", "改名省"), (VILLAGE_B, "新坪村"), (NEW, "后河村"), without=FAR_VILLAGE
    )
    seen = (await send(zhou, data, f"{LISTS}/preview")).json()
    assert (seen["added"], seen["renamed"], seen["closed"]) == (1, 1, 1)
    assert seen["renamings"] == [{"code": VILLAGE_B, "old": "宽坪村", "new": "新坪村"}]
    assert seen["closings"] == [{"code": FAR_VILLAGE, "name": "古城村"}]
    assert seen["accounts"] == 1  # 孙七 keeps the account in the village that is renamed
    assert not await hall.rows("SELECT 1 FROM division WHERE name = '新坪村'")

    assert (await send(zhou, data)).json() == seen
    again = (await send(zhou, data)).json()
    assert (again["added"], again["renamed"], again["closed"], again["moved"]) == (0, 0, 0, 0)
    assert not await hall.rows("SELECT 1 FROM division WHERE name = '改名省'")
    assert await hall.rows(
        "SELECT 1 FROM event WHERE action = 'divisions.imported' AND actor = ?", ZHOU_BA.id
    )

    found = (await zhou.get(LIVES, params={"q": "宽坪"})).json()
    (line,) = found["items"]
    assert (line["name"], line["earlier"]) == (
        "新坪村",
        [{"name": "宽坪村", "last_day": "2026-10-07"}],
    )
    closed = (await zhou.get(LIVES, params={"state": "closed"})).json()["items"]
    assert [(each["code"], each["last_day"]) for each in closed] == [(FAR_VILLAGE, "2026-10-07")]
    by_initials = (await zhou.get(LIVES, params={"q": "hhc"})).json()["items"]
    assert [each["code"] for each in by_initials] == [NEW]
    pages = [(await zhou.get(LIVES, params={"limit": 4, "start": n})).json() for n in (0, 4)]
    assert [p["next"] for p in pages] == [4, None]
    assert sum(len(p["items"]) for p in pages) == pages[0]["count"] == 7


@pytest.mark.one_engine
async def test_what_is_exported_is_what_is_read(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    file = await zhou.get(f"{LIVES}.csv", headers={"Accept-Language": "zh"})
    back = (await send(zhou, file.content, f"{LISTS}/preview")).json()
    assert (back["listed"], back["unchanged"]) == (6, 6)


@pytest.mark.one_engine
async def test_a_mistake_names_its_row_and_changes_nothing(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    for data, said in (
        (listed(("12", "短村")), "第 10 行"),
        (listed(("330102001001", "外省村")), "不在"),
        (listed(("640425109001", "没上级村")), "上级"),
    ):
        answer = await send(zhou, data, f"{LISTS}/preview", lang="zh")
        assert problem_of(answer) == "division-list-not-read"
        assert said in answer.json()["detail"]
    late = await send(zhou, listed(), on="2026-10-09")
    assert problem_of(late) == "parameter-not-valid"


@pytest.mark.one_engine
async def test_who_may_not(hall: Hall) -> None:
    wang = await hall.client_as(WANG_WU)
    assert problem_of(await send(wang, listed())) == "not-allowed"
    assert problem_of(await wang.get(LIVES)) == "not-allowed"
    zhou = await hall.client_as(ZHOU_BA)
    elsewhere = await send(zhou, listed(), division="640400000000")
    assert problem_of(elsewhere) == "not-allowed"
    body = {
        "id": "01990000-0000-7000-8000-0000000000d1",
        "login": "township",
        "name": "镇管",
        "role": "administrator",
        "division": TOWNSHIP,
    }
    code = (await zhou.post("/api/v1/accounts", json=body)).json()["code"]
    township = hall.visitor(Origin=SITE)
    await township.post("/api/v1/sessions", json={"code": code})
    assert problem_of(await send(township, listed(), division=TOWNSHIP)) == "not-allowed"
    mine = (await township.get(LIVES)).json()
    assert mine["may_change"] is False
    assert {each["code"] for each in mine["items"]} == {TOWNSHIP, VILLAGE_A, VILLAGE_B}
