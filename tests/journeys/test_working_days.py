"""The year's official notice is looked at before it is loaded: which days it changes, and how many due days move."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cast import VILLAGE_A, WANG_WU, ZHAO_LIU, ZHOU_BA, Hall, problem_of
from tests.journeys.posting import new_id
from tests.journeys.written import written

DAYS = "/api/v1/working-days"
# Made up: the Dragon Boat of 2027 and a Saturday worked instead.
NOTICE: dict[str, Any] = {
    "year": 2027,
    "official": True,
    "source": "国办发明电〔2026〕0 号（示例）",
    "holidays": ["2027-01-01", "2027-04-05", "2027-04-06", "2027-04-07"],
    "makeup_workdays": ["2027-04-03"],
}


def sent(doc: object) -> dict[str, str]:
    return {"text": doc if isinstance(doc, str) else json.dumps(doc), "file": "2027.json"}


async def test_a_notice_is_seen_first_and_then_loaded(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    years = (await zhou.get(DAYS)).json()
    assert years["may_manage"]
    newest = years["items"][0]
    assert (newest["year"], newest["known"]) == (2027, False)
    before = await written(hall)
    answer = await zhou.post(f"{DAYS}/preview", json=sent(NOTICE))
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    assert await written(hall) == before
    changed = {each["on"]: each["works"] for each in seen["days"]}
    assert (changed["2027-04-05"], changed["2027-04-03"]) == (False, True)
    # National Day is computed as days off, and this notice does not name it.
    assert changed["2027-10-01"]
    assert (seen["was_official"], seen["past"]) == (False, 0)
    assert (await zhou.post(DAYS, json=sent(NOTICE))).status_code == 201
    newest = (await zhou.get(DAYS)).json()["items"][0]
    assert (newest["year"], newest["official"], newest["recorded_at"] is not None) == (
        2027,
        True,
        True,
    )
    file = await zhou.get(f"{DAYS}/2027/document")
    assert file.json() == NOTICE
    assert len(await hall.rows("SELECT id FROM event WHERE action = 'workdays.imported'")) == 1
    await zhou.post(DAYS, json=sent(NOTICE))
    assert len(await hall.rows("SELECT id FROM workday_year")) == 1
    assert problem_of(await zhou.get(f"{DAYS}/2031/document")) == "not-found"


@pytest.mark.one_engine
async def test_the_day_of_an_event_moves_with_the_notice(hall: Hall) -> None:
    hall.clock.set("2026-12-20 09:00+08:00")
    zhou, zhao = [await hall.client_as(p) for p in (ZHOU_BA, ZHAO_LIU)]
    happened = {
        "id": new_id(hall.clock(), 7),
        "division": VILLAGE_A,
        "category": "subsidy_list",
        "title": "玉米种植补贴",
        "occurred_on": "2026-12-18",
    }
    recorded = await zhao.post("/api/v1/occurrences", json=happened)
    assert recorded.status_code == 201, recorded.text
    longer = {
        **NOTICE,
        "holidays": ["2027-01-01", "2027-01-04", "2027-01-05"],
        "makeup_workdays": [],
    }
    seen = (await zhou.post(f"{DAYS}/preview", json=sent(longer))).json()
    [moved] = seen["dues"]
    assert (moved["category"], moved["villages"], seen["moved"]) == ("subsidy_list", 1, 1)
    assert (moved["before"], moved["after"]) == ("2027-01-18", "2027-01-20")


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("doc", "where", "said"),
    [
        ({**NOTICE, "holidays": ["2027-02-30"]}, "holidays[0]", "没有 2027-02-30 这一天"),
        ({**NOTICE, "holiday": []}, "holiday", "没有这个字段"),
        (
            {**NOTICE, "makeup_workdays": ["2027-04-05"]},
            "makeup_workdays",
            "2027-04-05 同时写成了放假",
        ),
        ("[", "line 1, column 2", "不是 JSON"),
    ],
)
async def test_what_is_no_notice_is_refused_at_its_place(
    hall: Hall, doc: object, where: str, said: str
) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    refused = await zhou.post(DAYS, json=sent(doc))
    assert problem_of(refused) == "calendar-not-valid"
    assert refused.json()["detail"].startswith(f"2027.json：{where}：{said}")


async def test_only_whoever_administers_every_county_loads_a_year(hall: Hall) -> None:
    wang, zhou = [await hall.client_as(p) for p in (WANG_WU, ZHOU_BA)]
    assert problem_of(await wang.post(DAYS, json=sent(NOTICE))) == "not-allowed"
    async with hall.store.transaction() as tx:
        await tx.execute(
            "INSERT INTO division (id, county, code, name, parent, level, valid_from, valid_to, initials)"
            " SELECT 640422101200, '640422', '640422101200', name, parent, level, valid_from, valid_to, initials"
            " FROM division WHERE code = '640425103200'"
        )
    refused = await zhou.post(DAYS, json=sent(NOTICE))
    assert problem_of(refused) == "not-allowed"
    assert "1 个别的县" in refused.json()["detail"]
