"""Village groups: set up below their village, owing what a policy says they owe, posted for by its accountant, read on its page."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from server.commands.file_tallies import file_tallies
from server.commands.verify_tallies import verify_tallies
from tests.cast import (
    FAR_VILLAGE,
    SUN_QI,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHOU_BA,
    Hall,
    problem_of,
)
from tests.journeys.outreaching import letter
from tests.journeys.posting import accounts_of, approve, submission
from tests.journeys.ruling import preview as look_ahead
from tests.journeys.ruling import put, rule
from tests.journeys.test_division_acts import LIVES, PAGE, done, line_of, preview, told
from tests.journeys.test_policies import reread

FIRST, SECOND = f"{VILLAGE_A}01", f"{VILLAGE_A}02"
LISTS = "/api/v1/division-lists"


async def set_up(hall: Hall, code: str, name: str) -> httpx.AsyncClient:
    zhou = await hall.client_as(ZHOU_BA)
    await done(zhou, code, "add", name=name, on="2026-01-01")
    return zhou


async def groups_owe_accounts(hall: Hall, first: str = "2026-10-09") -> None:
    """A policy for one village: its groups publish accounts too."""
    zhou = await hall.client_as(ZHOU_BA)
    answer = await put(
        zhou,
        rule(
            "groups-2026",
            first,
            division_prefix=VILLAGE_A,
            overrides={"finance_quarterly": {"owed_by": ["village", "group"]}},
        ),
    )
    assert answer.status_code in (200, 201), answer.text
    await reread(hall)


def last_quarter() -> dict[str, Any]:
    """Return accounts of the fourth quarter: the third's, three months later."""
    text = json.dumps(accounts_of("2026-q3"))
    for old, new in (("08-31", "08-30"), ("09-", "12-"), ("08-", "11-"), ("07-", "10-")):
        text = text.replace(f"2026-{old}", f"2026-{new}")
    found: dict[str, Any] = json.loads(text)
    return found


async def matrix(hall: Hall, division: str, level: str = "village") -> dict[str, Any]:
    wang = await hall.client_as(WANG_WU)
    answer = await wang.get(
        "/api/v1/compliance",
        params={"division": division, "level": level, "first": "2026-10-01", "last": "2026-12-31"},
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_group_is_set_up_found_renamed_and_closed_and_no_village_more(hall: Hall) -> None:
    zhou = await set_up(hall, FIRST, "第一村民小组")
    line = await line_of(zhou, FIRST)
    assert (line["name"], line["level"], line["parent_name"]) == ("第一组", "group", "红河村")
    visitor = hall.visitor()
    for q in ("第一", "dyc", "d1c"):
        found = (await visitor.get("/api/v1/divisions", params={"q": q})).json()["items"]
        if q != "d1c":
            assert [each["code"] for each in found] == [FIRST], q
            assert found[0]["path"][-1] == "红河村"
    below = (await visitor.get(f"/api/v1/divisions/{VILLAGE_A}")).json()
    assert [each["code"] for each in below["children"]] == [FIRST]
    assert below["division"]["path"][-1] == "红河镇"

    await done(zhou, FIRST, "rename", name="上庄组", on="2026-06-01")
    assert (await line_of(zhou, FIRST))["earlier"] == [{"name": "第一组", "last_day": "2026-05-31"}]
    assert [row["name"] for row in (await matrix(hall, TOWNSHIP))["rows"]] == ["红河村", "宽坪村"]
    await done(zhou, FIRST, "close", on="2026-10-01")
    assert (await line_of(zhou, FIRST))["last_day"] == "2026-09-30"
    assert await told(hall, FIRST) == ["division.added", "division.renamed", "division.closed"]
    page = await visitor.get(f"/v/{FIRST}", headers=PAGE)
    assert page.status_code == 404 or page.status_code == 410
    assert "2026" in page.text


@pytest.mark.one_engine
async def test_its_groups_end_with_a_village_and_come_back_with_it(hall: Hall) -> None:
    zhou = await set_up(hall, FIRST, "一组")
    await done(zhou, SECOND, "add", name="二组", on="2026-01-01")
    said = await done(zhou, VILLAGE_A, "merge", successor=VILLAGE_B)
    assert any("2 个村民小组同一天撤销" in each for each in said["effects"])
    assert (await line_of(zhou, SECOND))["last_day"] == "2026-10-07"
    refused = await preview(zhou, f"{VILLAGE_A}03", "add", name="三组")
    assert problem_of(refused) == "division-act-not-possible"
    await done(zhou, VILLAGE_A, "take_back")
    assert (await line_of(zhou, SECOND))["last_day"] is None


@pytest.mark.one_engine
async def test_an_official_list_without_groups_leaves_them_alone(hall: Hall) -> None:
    zhou = await set_up(hall, FIRST, "一组")
    rows = (await zhou.get(f"{LIVES}.csv", params={"state": "open"})).text.splitlines()
    assert any(FIRST in row for row in rows)
    villages = "\n".join(row for row in rows if FIRST not in row)
    sent = {"division": "640425000000", "on": "2026-10-08"}
    bare = await zhou.post(LISTS, params=sent, content=villages.encode())
    assert bare.status_code in (200, 201), bare.text
    assert bare.json()["closed"] == 0
    with_two = f"{villages}\n{SECOND},二组,{VILLAGE_A},group,,"
    other = await zhou.post(LISTS, params=sent, content=with_two.encode())
    assert (other.json()["added"], other.json()["closed"]) == (1, 1)
    assert (await line_of(zhou, FIRST))["last_day"] == "2026-10-07"


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("64042510320000,零组", "第 3 行"),
        ("6404251032001,一组", "第 3 行"),
        ("64042510329901,一组", "640425103299"),
        (f"64042510320001,一组,{VILLAGE_B}", "第 3 行"),
    ],
)
async def test_a_code_of_no_group_and_a_group_of_no_village_are_named_by_their_line(
    hall: Hall, row: str, said: str
) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    text = f"code,name,parent\n{VILLAGE_A},红河村,\n{row}\n"
    refused = await zhou.post(
        f"{LISTS}/preview",
        params={"division": VILLAGE_A, "on": "2026-10-08"},
        content=text.encode(),
        headers={"Accept-Language": "zh"},
    )
    assert problem_of(refused) == "division-list-not-read"
    assert said in refused.json()["detail"]


async def test_a_group_owes_what_a_policy_says_and_its_villages_people_do_it(hall: Hall) -> None:
    await set_up(hall, FIRST, "一组")
    zhang = await hall.client_as(ZHANG_SAN)
    before = await zhang.post("/api/v1/submissions", json=submission(hall, division=FIRST))
    assert problem_of(before) == "category-of-other-level"
    await groups_owe_accounts(hall)
    assert (await matrix(hall, VILLAGE_A))["rows"][0]["division"] == VILLAGE_A
    hall.clock.set("2027-01-05 09:00+08:00")
    zhang = await hall.client_as(ZHANG_SAN)
    tasks = (await zhang.get("/api/v1/tasks")).json()["items"]
    mine = {t["division"]: t["division_name"] for t in tasks if t["period"] == "2026Q4"}
    assert mine == {VILLAGE_A: "红河村", FIRST: "红河村一组"}
    form = await zhang.get(
        "/api/v1/forms/finance_quarterly", params={"division": FIRST, "period": "2026Q4"}
    )
    assert form.json()["division_name"] == "红河村一组", form.text

    sent = submission(hall, division=FIRST, period="2026Q4", content=last_quarter())
    posted = await zhang.post("/api/v1/submissions", json=sent)
    assert posted.status_code == 201, posted.text
    await approve(hall, sent["id"])
    visitor = hall.visitor()
    page = (await visitor.get(f"/v/{VILLAGE_A}", headers=PAGE)).text
    assert "各村民小组公开的" in page
    assert f'href="/v/{FIRST}"' in page
    own = (await visitor.get(f"/v/{FIRST}", headers=PAGE)).text
    notice = f"/d/{posted.json()['disclosure_id']}"
    assert notice in page
    assert notice in own
    assert f'href="/v/{VILLAGE_A}/ask"' in own
    assert "/household" not in own
    text = (await visitor.get(notice, headers=PAGE)).text
    assert f"/v/{VILLAGE_A}/ask?about=" in text
    assert "一组" in text
    assert (await visitor.get(f"/v/{VILLAGE_A}/ask?about={notice[3:]}", headers=PAGE)).is_success
    assert (await visitor.get(f"/v/{FIRST}/past", headers=PAGE)).is_success
    site = (await visitor.get("/sitemap-villages-1.xml")).text
    assert f"/v/{VILLAGE_A}<" in site
    assert FIRST not in site

    rows = (await matrix(hall, VILLAGE_A, "group"))["rows"]
    assert [(r["division"], r["name"]) for r in rows] == [(FIRST, "一组")]
    assert [c["state"] for c in rows[0]["cells"] if c] == ["on_time"]
    whole = (await matrix(hall, TOWNSHIP, "group"))["rows"]
    assert [(r["township"], r["name"]) for r in whole] == [("红河村", "一组")]
    assert {r["division"] for r in (await matrix(hall, TOWNSHIP))["rows"]} == {
        VILLAGE_A,
        VILLAGE_B,
    }
    wang = await hall.client_as(WANG_WU)
    # Added up by themselves; what the overview counts is what is filed, proved and warned of.
    span = {"division": TOWNSHIP, "first": "2026-10-01", "last": "2026-12-31", "by": "category"}
    of_groups = (
        await wang.get("/api/v1/compliance/overview", params=span | {"level": "group"})
    ).json()
    assert (of_groups["rows"][0]["villages"], of_groups["total"]["finished"]) == (1, 1)
    assert of_groups["total"]["on_time"] == 1
    villages = (await wang.get("/api/v1/compliance/overview", params=span)).json()
    assert villages["rows"][0]["villages"] == 2
    book, now = hall.house.book, hall.clock()
    filed = await file_tallies(hall.store, book=book, division=TOWNSHIP, year=2026, now=now)
    assert filed == 9, "two villages and a group, three years"
    proved = await verify_tallies(hall.store, book=book, division=TOWNSHIP, years=(2026,), now=now)
    assert (proved.lines, proved.differing) == (3, 0)
    hall.clock.set("2027-04-20 09:00+08:00")
    wang = await hall.client_as(WANG_WU)
    warned = await wang.get("/api/v1/compliance/warnings", params={"division": TOWNSHIP})
    late = {w["division"]: w["village"] for w in warned.json()["items"] if w["period"] == "2027Q1"}
    assert late[FIRST] == "红河村一组"
    behind = await wang.get(
        "/api/v1/compliance/evidence",
        params={"division": FIRST, "category": "finance_quarterly", "period": "2026Q4"},
    )
    assert behind.status_code == 200, behind.text


@pytest.mark.one_engine
async def test_what_a_policy_moves_is_counted_for_groups_apart(hall: Hall) -> None:
    await set_up(hall, FIRST, "一组")
    zhou = await set_up(hall, SECOND, "二组")
    owed_by_both = {"finance_quarterly": {"owed_by": ["village", "group"]}}
    asked = rule("groups-2026", "2026-10-09", overrides=owed_by_both)
    seen = (await look_ahead(zhou, asked)).json()
    assert (seen["groups"], seen["newly_owed"]) == (2, seen["changed"])
    fresh = [due for due in seen["dues"] if due["before"] is None]
    assert {(due["owner"], due["villages"], due["example"]) for due in fresh} == {
        ("group", 2, "红河村一组")
    }
    silent = (await look_ahead(zhou, rule("county-2026", "2026-10-09"))).json()
    assert silent["groups"] == 0, "who owes nothing is not counted"


@pytest.mark.one_engine
async def test_nobody_posts_for_another_villages_group(hall: Hall) -> None:
    await set_up(hall, FIRST, "一组")
    await groups_owe_accounts(hall)
    hall.clock.set("2027-01-05 09:00+08:00")
    sun = await hall.client_as(SUN_QI)
    sent = submission(hall, division=FIRST, period="2026Q4")
    assert problem_of(await sun.post("/api/v1/submissions", json=sent)) == "not-allowed"
    zhang = await hall.client_as(ZHANG_SAN)
    far = submission(hall, division=f"{FAR_VILLAGE}01", period="2026Q4")
    assert problem_of(await zhang.post("/api/v1/submissions", json=far)) == "not-allowed"
    nobody = submission(hall, division=f"{VILLAGE_A}77", period="2026Q4")
    assert problem_of(await zhang.post("/api/v1/submissions", json=nobody)) == "unknown-division"


@pytest.mark.one_engine
@pytest.mark.parametrize("where", ["ask", "household", "follow", "data", "answers"])
async def test_what_is_the_villages_is_not_the_groups(hall: Hall, where: str) -> None:
    await set_up(hall, FIRST, "一组")
    assert (await hall.visitor().get(f"/v/{FIRST}/{where}", headers=PAGE)).status_code == 404


@pytest.mark.one_engine
async def test_coverage_names_the_registered_groups_that_nothing_reached(hall: Hall) -> None:
    zhou = await set_up(hall, FIRST, "第一村民小组")
    await done(zhou, SECOND, "add", name="二组", on="2026-01-01")
    zhang = await hall.client_as(ZHANG_SAN)
    choices = (await zhang.get("/api/v1/outreach-choices")).json()["villages"]
    assert choices == [{"code": VILLAGE_A, "name": "红河村", "groups": ["第一组", "二组"]}]
    sent = letter(villages=[{"division": VILLAGE_A, "groups": ["1组"]}])
    assert (await zhang.post("/api/v1/outreach", json=sent)).status_code == 201
    to_a_group = letter(2, villages=[{"division": FIRST}])
    assert problem_of(await zhang.post("/api/v1/outreach", json=to_a_group)) == "wrong-type"
    wang = await hall.client_as(WANG_WU)
    found = (await wang.get("/api/v1/outreach-coverage", params={"division": TOWNSHIP})).json()
    here, there = found["villages"]
    assert (here["groups_total"], here["missed"]) == (2, ["二组"])
    assert (there["groups_total"], there["missed"]) == (None, [])
    assert (found["groups_reached"], found["groups_known"]) == (1, 2)
