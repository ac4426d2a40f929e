"""One division at a time: renamed, closed, merged, added, each looked at first, and the last one taken back while nothing came of it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    LI_SI,
    SITE,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHOU_BA,
    Hall,
    problem_of,
    read,
)
from tests.journeys.posting import approve, new_id, submission

LIVES = "/api/v1/division-lives"
PAGE = {"Accept": "text/html", "Accept-Language": "zh"}
NEW = "640425103202"


async def preview(client: httpx.AsyncClient, code: str, act: str, **more: str) -> httpx.Response:
    return await client.post(
        f"{LIVES}/{code}/acts/preview",
        json={"act": act} | more,
        headers={"Accept-Language": "zh"},
    )


async def seen(client: httpx.AsyncClient, code: str, act: str, **more: str) -> dict[str, Any]:
    answer = await preview(client, code, act, **more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def done(client: httpx.AsyncClient, code: str, act: str, **more: str) -> dict[str, Any]:
    """Look at an act, then do it; return what was said before."""
    said = await seen(client, code, act, **more)
    answer = await act_on(client, code, act, said["revision"], **more)
    assert answer.status_code == 204, answer.text
    return said


async def act_on(
    client: httpx.AsyncClient, code: str, act: str, revision: int, **more: str
) -> httpx.Response:
    return await client.post(
        f"{LIVES}/{code}/acts",
        json={"act": act} | more,
        headers={"If-Match": f'"r{revision}"', "Accept-Language": "zh"},
    )


async def line_of(client: httpx.AsyncClient, code: str) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(LIVES, params={"q": code})).json()["items"][0]
    return found


async def told(hall: Hall, code: str) -> list[str]:
    rows = await hall.rows("SELECT action FROM event WHERE subject = ? ORDER BY id", code)
    return [row["action"] for row in rows]


async def test_a_village_is_renamed_from_a_past_day(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    said = await done(zhou, VILLAGE_A, "rename", name="红河新村", on="2026-10-01")
    assert said["effects"][0].startswith("从 2026-10-01 起，红河村改叫红河新村")
    assert (said["notices"], said["accounts"]) == (0, 2)
    line = await line_of(zhou, VILLAGE_A)
    assert (line["name"], line["earlier"]) == (
        "红河新村",
        [{"name": "红河村", "last_day": "2026-09-30"}],
    )
    old = (await zhou.get(LIVES, params={"q": "红河村"})).json()["items"]
    assert [each["code"] for each in old] == [VILLAGE_A]
    page = await hall.visitor().get(f"/v/{VILLAGE_A}", headers=PAGE)
    assert "红河新村" in page.text

    taken = await done(zhou, VILLAGE_A, "take_back")
    assert "又叫红河村" in taken["effects"][0]
    line = await line_of(zhou, VILLAGE_A)
    assert (line["name"], line["earlier"], line["first_day"]) == ("红河村", [], None)
    assert await told(hall, VILLAGE_A) == ["division.renamed", "division.taken_back"]


async def test_a_township_is_renamed_and_its_villages_stay(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    await done(zhou, TOWNSHIP, "rename", name="红河街道")
    lives = (await zhou.get(LIVES, params={"state": "open"})).json()["items"]
    assert len(lives) == 6
    assert {each["parent_name"] for each in lives if each["code"].startswith("640425103")} == {
        "彭阳县",
        "红河街道",
    }


async def test_a_closed_village_stays_readable_and_its_people_finish(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    posted = (await zhang.post("/api/v1/submissions", json=sent)).json()
    zhou = await hall.client_as(ZHOU_BA)
    said = await done(zhou, VILLAGE_A, "close")
    words = "".join(said["effects"])
    assert "撤销红河村，最后一天是 2026-10-07" in words
    assert "有 1 件报送了还没有审议，以后照样能审议" in words
    assert "附近的村的名单" in words
    assert said["owed"] > 0
    assert f"有 {said['owed']} 项该公开的还没有公开" in words

    # What was said of its people holds: what waits is reviewed, and nothing of what it did not owe is posted.
    await approve(hall, sent["id"])
    notice = await hall.visitor().get(f"/d/{posted['disclosure_id']}", headers=PAGE)
    assert notice.status_code == 200
    put_right = submission(hall, id=new_id(hall.clock(), 77), reason="合计写错了")
    answer = await zhang.post("/api/v1/submissions", json=put_right)
    assert answer.status_code == 201, answer.text
    hall.clock.set("2027-01-05 09:00+08:00")
    zhang, zhou = await hall.client_as(ZHANG_SAN), await hall.client_as(ZHOU_BA)
    later = submission(hall, id=new_id(hall.clock(), 8), period="2026Q4")
    again = await zhang.post("/api/v1/submissions", json=later)
    assert problem_of(again) == "not-owed-by-closed-village"
    for address in ("me", "tasks", "submissions", f"submissions/{sent['id']}"):
        assert (await zhang.get(f"/api/v1/{address}")).status_code == 200, address
    gone = await hall.visitor().get(f"/v/{VILLAGE_A}", headers=PAGE)
    assert gone.status_code == 410
    assert "用到2026年10月7日" in read(gone.text)
    taken_down = await zhang.post(
        f"/api/v1/disclosures/{posted['disclosure_id']}/withdrawal",
        json={"id": new_id(hall.clock(), 9), "reason": "数字有误"},
    )
    assert taken_down.status_code == 200, taken_down.text

    # The review came afterwards, so it is not as if nothing had been.
    back = await preview(zhou, VILLAGE_A, "take_back")
    assert problem_of(back) == "division-act-not-possible"
    assert "审议或撤下过 3 次" in back.json()["detail"]


async def test_merged_villages_lead_to_the_one_that_stands(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    said = await done(zhou, VILLAGE_A, "merge", successor=VILLAGE_B, on="2026-10-01")
    assert "红河村并入宽坪村；红河村的最后一天是 2026-09-30" in said["effects"][0]
    assert "可以点去宽坪村" in said["effects"][1]
    await done(zhou, VILLAGE_B, "merge", successor=FAR_VILLAGE)
    page = await hall.visitor().get(f"/v/{VILLAGE_A}", headers=PAGE)
    assert page.status_code == 410
    assert "后来并入了古城村" in page.text
    assert f'class="btn main" href="/v/{FAR_VILLAGE}"' in page.text
    search = await hall.visitor().get(f"/search?division={VILLAGE_A}", headers=PAGE)
    assert search.headers["Location"] == f"/search?division={FAR_VILLAGE}"

    # No circle: what was closed is no successor, and what others were merged into is still one place.
    circle = await preview(zhou, FAR_VILLAGE, "merge", successor=VILLAGE_A)
    assert problem_of(circle) == "division-act-not-possible"
    await done(zhou, VILLAGE_B, "take_back")
    page = await hall.visitor().get(f"/v/{VILLAGE_A}", headers=PAGE)
    assert "后来并入了宽坪村" in page.text
    await done(zhou, VILLAGE_A, "take_back")
    assert (await hall.visitor().get(f"/v/{VILLAGE_A}", headers=PAGE)).status_code == 200


async def test_a_village_is_added_and_taken_out_while_nobody_is_in_it(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    said = await done(zhou, NEW, "add", name="后河村", on="2026-10-01")
    assert "红河镇下面有后河村" in said["effects"][0]
    line = await line_of(zhou, NEW)
    assert (line["name"], line["first_day"], line["last_day"]) == ("后河村", "2026-10-01", None)
    by_initials = (await zhou.get(LIVES, params={"q": "hhc"})).json()["items"]
    assert [each["code"] for each in by_initials] == [NEW]
    await done(zhou, NEW, "take_back")
    assert (await zhou.get(LIVES, params={"q": NEW})).json()["items"] == []

    await done(zhou, NEW, "add", name="后河村")
    await done(zhou, VILLAGE_B, "merge", successor=NEW)
    held = await preview(zhou, NEW, "take_back")
    assert "有别的村并了进来" in held.json()["detail"]


async def test_who_signed_in_since_keeps_it_from_being_taken_back(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    await done(zhou, VILLAGE_A, "rename", name="红河新村")
    code = (await zhou.post(f"/api/v1/accounts/{LI_SI.id}/invitation")).json()["code"]
    held = await preview(zhou, VILLAGE_A, "take_back")
    assert held.status_code == 200, "a new code is nothing that was done under the name"
    phone = hall.visitor(Origin=SITE)
    assert (await phone.post("/api/v1/sessions", json={"code": code})).status_code == 201
    held = await act_on(zhou, VILLAGE_A, "take_back", held.json()["revision"])
    assert problem_of(held) == "division-act-not-possible"
    assert "登录过 1 次" in held.json()["detail"]


async def test_two_who_change_it_at_once_and_a_list_in_between(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    looked = await seen(zhou, VILLAGE_B, "rename", name="新坪村")
    await done(zhou, VILLAGE_B, "rename", name="大坪村")
    late = await act_on(zhou, VILLAGE_B, "rename", looked["revision"], name="新坪村")
    assert (late.status_code, problem_of(late)) == (412, "division-changed-meanwhile")
    bare = await zhou.post(f"{LIVES}/{VILLAGE_B}/acts", json={"act": "close"})
    assert problem_of(bare) == "precondition-required"
    hall.clock.set("2026-10-09 09:00+08:00")
    export = (
        (await zhou.get(f"{LIVES}.csv?state=open")).content.decode().replace("大坪村", "中坪村")
    )
    listed = await zhou.post(
        "/api/v1/division-lists", params={"division": COUNTY}, content=export.encode()
    )
    assert listed.json()["renamed"] == 1
    held = await preview(zhou, VILLAGE_B, "take_back")
    assert "又按名单改过" in held.json()["detail"]


SAD = (
    (VILLAGE_A, "rename", {"name": ""}, "/name", "1 到 60 个字"),
    (VILLAGE_A, "rename", {"name": "红河村"}, "/name", "现在就叫"),
    (VILLAGE_A, "rename", {"name": "红河新村", "on": "2026-10-09"}, "/on", "最晚是今天 2026-10-08"),
    (NEW, "rename", {"name": "后河村"}, "", "只能改现有的乡镇、村和村民小组"),
    (COUNTY, "rename", {"name": "新县"}, "", "只能改现有的乡镇、村和村民小组"),
    (TOWNSHIP, "close", {}, "", "下面还有 2 个村"),
    (TOWNSHIP, "merge", {"successor": "640425102000"}, "", "只有村和村民小组能合并"),
    (VILLAGE_A, "merge", {"successor": VILLAGE_A}, "/successor", "不能并入它自己"),
    (VILLAGE_A, "merge", {"successor": NEW}, "/successor", f"没有代码为“{NEW}”的村"),
    (VILLAGE_A, "merge", {"successor": "640425102000"}, "/successor", "古城镇不是村"),
    (VILLAGE_B, "add", {"name": "后河村"}, "/code", "已经是宽坪村的"),
    ("640425103000", "add", {"name": "红河镇"}, "/code", "已经是红河镇的"),
    ("640425109201", "add", {"name": "后河村"}, "/code", "640425109000 不在册"),
    ("640425000201", "add", {"name": "后河村"}, "/code", "不能都是 0"),
    (VILLAGE_A, "take_back", {}, "", "没有可以撤回的改动"),
)


@pytest.mark.parametrize(("code", "act", "more", "field", "words"), SAD)
async def test_what_cannot_be_done_says_why_and_changes_nothing(
    hall: Hall, code: str, act: str, more: dict[str, str], field: str, words: str
) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    before = await hall.rows("SELECT * FROM division ORDER BY id")
    answer = await preview(zhou, code, act, **more)
    assert problem_of(answer) == "division-act-not-possible"
    assert words in answer.json()["detail"]
    assert [each["pointer"] for each in answer.json().get("errors", [])] == [field] * bool(field)
    assert await hall.rows("SELECT * FROM division ORDER BY id") == before


async def test_a_township_may_look_and_nobody_changes_another_county(hall: Hall) -> None:
    zhou, wang = await hall.client_as(ZHOU_BA), await hall.client_as(WANG_WU)
    assert problem_of(await preview(wang, VILLAGE_A, "close")) == "not-allowed"
    elsewhere = await preview(zhou, "330102001001", "add", name="外省村")
    assert problem_of(elsewhere) == "not-allowed"
    away = await preview(zhou, VILLAGE_A, "merge", successor="330102001001")
    assert problem_of(away) == "not-allowed"
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
    refused = await act_on(township, VILLAGE_A, "close", 1)
    assert problem_of(refused) == "not-allowed"
    assert (await line_of(township, VILLAGE_A))["last_day"] is None
