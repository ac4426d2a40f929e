"""A notice from an office: written ahead, read from its second to its last, changed before, ended early, told by the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from server.rules.site_notices import FOR_STAFF, SiteNotice
from server.storage import site_notices
from server.web.etag import revision_tag
from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    SUN_QI,
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
from tests.journeys.posting import new_id
from tests.journeys.written import written

PATH = "/api/v1/site-notices"
SHOWN = "/api/v1/site-notices-shown"


def notice(hall: Hall, number: int, **change: Any) -> dict[str, Any]:
    return {
        "id": new_id(hall.clock(), number),
        "division": TOWNSHIP,
        "title": "停水通知",
        "text": "10 日上午检修水管。\n请提前存水。",
        "audience": "both",
        "weight": "important",
        "from_at": "2026-10-10T08:00:00+08:00",
        "until_at": "2026-10-12T18:00:00+08:00",
    } | change


def without_id(sent: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if name != "id"}


async def titles(client: httpx.AsyncClient, village: str = VILLAGE_A) -> list[str]:
    found = (await client.get(f"/api/v1/villages/{village}")).json()["site_notices"]
    return [each["title"] for each in found]


async def told(client: httpx.AsyncClient) -> list[str]:
    return [each["title"] for each in (await client.get(SHOWN)).json()["items"]]


@pytest.mark.one_engine
async def test_it_is_read_from_its_first_second_to_its_last(hall: Hall) -> None:
    editor, visitor = await hall.client_as(ZHAO_LIU), hall.visitor()
    sent = notice(hall, 1)
    kept = await editor.post(PATH, json=sent)
    assert (kept.status_code, kept.json()["state"], kept.json()["ways"]) == (
        201,
        "coming",
        ["change", "end"],
    )
    assert (await editor.post(PATH, json=sent)).json() == kept.json()
    for moment, seen in (
        ("2026-10-10 07:59:59+08:00", False),
        ("2026-10-10 08:00:00+08:00", True),
        ("2026-10-12 17:59:59+08:00", True),
        ("2026-10-12 18:00:00+08:00", False),
    ):
        # A second before, the page is made and kept: what lies on the shelf must know when it turns.
        hall.clock.set(moment)
        for village, here in ((VILLAGE_A, seen), (VILLAGE_B, seen), (FAR_VILLAGE, False)):
            page = await visitor.get(f"/v/{village}")
            assert ("请提前存水" in page.text) is here, (moment, village)
            assert ("8:00 发<" in page.text) is here
            assert await titles(visitor, village) == (["停水通知"] if here else [])
            again = await visitor.get(
                f"/v/{village}", headers={"If-None-Match": page.headers["etag"]}
            )
            assert again.status_code == 304
        assert await told(await hall.client_as(ZHANG_SAN)) == (["停水通知"] if seen else [])
    english = await visitor.get(f"/v/{VILLAGE_A}?lang=en")
    assert "From the office" not in english.text


@pytest.mark.one_engine
async def test_who_it_is_for(hall: Hall) -> None:
    editor, county = await hall.client_as(ZHAO_LIU), await hall.client_as(ZHOU_BA)
    now = {"from_at": None}
    for number, (client, change) in enumerate(
        (
            (editor, {"title": "只给村民", "audience": "villagers", "division": VILLAGE_A}),
            (editor, {"title": "只给报账员", "audience": "staff", "weight": "plain"}),
            (county, {"title": "全县", "division": COUNTY, "weight": "plain"}),
        ),
        start=1,
    ):
        answer = await client.post(PATH, json=notice(hall, number, **change, **now))
        assert answer.json()["state"] == "shown", answer.text
    visitor = hall.visitor()
    assert await titles(visitor) == ["只给村民", "全县"]
    assert await titles(visitor, VILLAGE_B) == ["全县"]
    assert await titles(visitor, FAR_VILLAGE) == ["全县"]
    assert sorted(await told(await hall.client_as(SUN_QI))) == ["全县", "只给报账员"]
    assert await told(county) == ["全县"]
    page = (await visitor.get(f"/api/v1/villages/{VILLAGE_B}")).json()["site_notices"][0]
    assert (page["office"], "written_by_name" in page) == ("彭阳县", False)

    listed = (await editor.get(PATH)).json()
    assert listed["counts"] == {"coming": 0, "shown": 3, "over": 0}
    by_title = {each["title"]: each["ways"] for each in listed["items"]}
    assert by_title == {"全县": [], "只给报账员": ["end"], "只给村民": ["end"]}
    of_county = next(each for each in listed["items"] if each["title"] == "全县")
    refused = await editor.post(
        f"{PATH}/{of_county['id']}/ending", headers={"If-Match": revision_tag(1)}
    )
    assert problem_of(refused) == "not-allowed"
    places = (await editor.get("/api/v1/site-notice-places")).json()["items"]
    assert [(each["code"], each["phone"]) for each in places] == [
        (code, "") for code in (TOWNSHIP, VILLAGE_A, VILLAGE_B)
    ]


async def test_an_office_says_by_which_telephone_it_answers(hall: Hall) -> None:
    editor, visitor = await hall.client_as(ZHAO_LIU), hall.visitor()

    async def phones(village: str) -> list[tuple[str, str]]:
        page = (await visitor.get(f"/api/v1/villages/{village}")).json()
        return [(each["office"], each["number"]) for each in page["phones"]]

    assert await phones(VILLAGE_A) == []
    for code, typed in (
        (TOWNSHIP, "0954 701 2345"),
        (VILLAGE_A, "0954-7012346"),
        (TOWNSHIP, "0954-7012345"),
    ):
        answer = await editor.put(f"/api/v1/divisions/{code}/phone", json={"phone": typed})
        assert answer.status_code == 200, answer.text
    assert await phones(VILLAGE_A) == [("红河村", "0954-7012346"), ("红河镇", "0954-7012345")]
    assert await phones(VILLAGE_B) == [("红河镇", "0954-7012345")]
    assert await phones(FAR_VILLAGE) == []
    places = (await editor.get("/api/v1/site-notice-places")).json()["items"]
    assert [each["phone"] for each in places] == ["0954-7012345", "0954-7012346", ""]

    mobile = await editor.put(f"/api/v1/divisions/{TOWNSHIP}/phone", json={"phone": "13800138000"})
    assert problem_of(mobile) == "wrong-type"
    assert "13800138000" not in mobile.text
    far = await editor.put(f"/api/v1/divisions/{FAR_VILLAGE}/phone", json={"phone": "12345"})
    assert problem_of(far) == "not-allowed"
    await editor.put(f"/api/v1/divisions/{TOWNSHIP}/phone", json={"phone": ""})
    assert await phones(VILLAGE_B) == []
    auditor = await hall.client_as(WANG_WU)
    trail = (await auditor.get("/api/v1/events", params={"subject": TOWNSHIP})).json()["items"]
    assert [(line["details"]["before"], line["details"]["after"]) for line in reversed(trail)] == [
        ("", "0954-7012345"),
        ("0954-7012345", ""),
    ]


async def test_changed_until_it_begins_and_ended_after(hall: Hall) -> None:
    editor, visitor = await hall.client_as(ZHAO_LIU), hall.visitor()
    sent = notice(hall, 1)
    await editor.post(PATH, json=sent)
    one = f"{PATH}/{sent['id']}"
    first, second = ({"If-Match": revision_tag(n)} for n in (1, 2))
    assert (await editor.put(one, json=without_id(sent))).status_code == 428
    elsewhere = without_id(sent) | {"division": VILLAGE_B, "title": "改在宽坪村停水"}
    changed = await editor.put(one, json=elsewhere, headers=first)
    assert (changed.json()["revision"], changed.headers["etag"]) == (2, revision_tag(2))
    assert problem_of(await editor.put(one, json=elsewhere, headers=first)) == "edited-meanwhile"
    hall.clock.set("2026-10-10 08:00+08:00")
    assert await titles(visitor) == []
    assert await titles(visitor, VILLAGE_B) == ["改在宽坪村停水"]
    late = await editor.put(one, json=without_id(sent), headers=second)
    assert problem_of(late) == "site-notice-not-possible"
    assert "另写一条" in late.json()["detail"]
    assert problem_of(await editor.post(f"{one}/ending", headers=first)) == "edited-meanwhile"
    hall.clock.pass_(hours=1)
    ended = await editor.post(f"{one}/ending", headers=second)
    assert (ended.json()["state"], ended.json()["ended_by_name"]) == ("over", "赵六")
    assert (await editor.post(f"{one}/ending", headers=second)).json() == ended.json()
    assert await titles(visitor, VILLAGE_B) == []

    assert [
        i["id"]
        for i in (await editor.get(PATH, params={"state": "over", "q": "宽坪"})).json()["items"]
    ] == [sent["id"]]
    for nothing in ({"state": "shown"}, {"q": "停电"}, {"q": "%"}):
        assert (await editor.get(PATH, params=nothing)).json()["items"] == []
    auditor = await hall.client_as(WANG_WU)
    trail = (await auditor.get("/api/v1/events", params={"subject": sent["id"]})).json()["items"]
    assert [(line["action"], line["details"]["title"]) for line in reversed(trail)] == [
        ("site_notice.written", "停水通知"),
        ("site_notice.changed", "改在宽坪村停水"),
        ("site_notice.ended", "改在宽坪村停水"),
    ]


@pytest.mark.one_engine
async def test_what_is_called_off_before_it_begins_is_never_shown(hall: Hall) -> None:
    editor, visitor = await hall.client_as(ZHAO_LIU), hall.visitor()
    sent = notice(hall, 1)
    await editor.post(PATH, json=sent)
    ended = await editor.post(f"{PATH}/{sent['id']}/ending", headers={"If-Match": revision_tag(1)})
    assert ended.json()["state"] == "over"
    hall.clock.set("2026-10-10 08:00+08:00")
    assert await titles(visitor) == []
    assert await told(await hall.client_as(ZHANG_SAN)) == []


@pytest.mark.one_engine
async def test_what_is_refused_leaves_nothing(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    before = await written(hall)
    for change, pointer in (
        ({"title": " "}, "/title"),
        ({"text": "\n"}, "/text"),
        ({"from_at": "2026-10-08T08:59:59+08:00"}, "/from_at"),
        ({"until_at": "2026-10-10T08:00:00+08:00"}, "/until_at"),
        ({"until_at": "2027-10-12T08:00:00+08:00"}, "/until_at"),
        ({"text": "有事打 13800138000"}, "/text"),
        ({"title": "找 13800138000"}, "/title"),
    ):
        answer = await editor.post(PATH, json=notice(hall, 1, **change))
        assert [e["pointer"] for e in answer.json()["errors"]] == [pointer], answer.text
        assert "13800138000" not in answer.text
    assert (
        problem_of(await editor.post(PATH, json=notice(hall, 1, division=COUNTY))) == "not-allowed"
    )
    gone = notice(hall, 1, division="640425103999")
    assert problem_of(await editor.post(PATH, json=gone)) == "unknown-division"
    for person in (ZHANG_SAN, WANG_WU):
        client = await hall.client_as(person)
        assert problem_of(await client.post(PATH, json=notice(hall, 1))) == "not-allowed"
    unknown = f"{PATH}/{new_id(hall.clock(), 9)}/ending"
    assert (
        problem_of(await editor.post(unknown, headers={"If-Match": revision_tag(1)})) == "not-found"
    )
    assert problem_of(await (await hall.client_as(ZHANG_SAN)).get(PATH)) == "not-allowed"
    assert (await hall.visitor().get(SHOWN)).status_code == 401
    after = await written(hall)
    assert after == before | {"event": after["event"]}, "nothing but sign-ins"
    sent = notice(hall, 1)
    await editor.post(PATH, json=sent)
    other = await editor.post(PATH, json=sent | {"text": "别的话"})
    assert problem_of(other) == "same-id-other-content"


@pytest.mark.parametrize("ended", [None, 0, 3600, 10**6])
async def test_the_list_s_states_are_the_rule_s(hall: Hall, ended: int | None) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    sent = notice(
        hall, 1, from_at="2026-10-08T09:30:00+08:00", until_at="2026-10-08T11:00:00+08:00"
    )
    await editor.post(PATH, json=sent)
    if ended is not None:
        at = int((hall.clock() + timedelta(seconds=ended)).timestamp() * 1000)
        async with hall.store.transaction() as tx:
            await tx.execute("UPDATE site_notice SET ended_at = ?", at)
    for minutes in (0, 29, 30, 59, 60, 119, 120, 500):
        moment = hall.clock() + timedelta(minutes=minutes)
        kept: SiteNotice | None = await site_notices.get(hall.store.reader, sent["id"])
        assert kept is not None
        counts = await site_notices.counts(hall.store.reader, TOWNSHIP, moment)
        assert [s for s, n in counts.items() if n] == [kept.state(moment)]
        waiting = await site_notices.not_over(hall.store.reader, VILLAGE_A, FOR_STAFF, moment)
        assert bool(waiting) is (kept.state(moment) != "over")
