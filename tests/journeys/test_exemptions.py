"""An exemption from asking to its early end: two people, from the decision on, read by everybody."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from server.commands.file_tallies import file_tallies
from server.commands.verify_tallies import verify_tallies
from server.web.etag import revision_tag
from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
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
from tests.journeys.lifting import PATH, lifted_by_two
from tests.journeys.posting import new_id


def asking(hall: Hall, number: int, **change: Any) -> dict[str, Any]:
    return {
        "id": new_id(hall.clock(), number),
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "period": "2026Q3",
        "reason": "山洪冲了村部，账簿正在晾晒",
        "valid_from": "2026-07-01",
        "valid_to": "2026-09-30",
    } | change


async def cell(client: httpx.AsyncClient, village: str = VILLAGE_A, **asked: str) -> dict[str, Any]:
    params = {"division": village, "first": "2026-07-01", "last": "2026-09-30"} | asked
    (row,) = (await client.get("/api/v1/compliance", params=params)).json()["rows"]
    found: dict[str, Any] = next(c for c in row["cells"] if c["category"] == "finance_quarterly")
    return found


async def decide(
    client: httpx.AsyncClient, id_: str, *, revision: int = 1, **body: Any
) -> httpx.Response:
    return await client.post(
        f"{PATH}/{id_}/decision",
        json={"approve": True} | body,
        headers={"If-Match": revision_tag(revision)},
    )


async def test_one_asks_another_decides_and_only_then_it_counts(hall: Hall) -> None:
    auditor, editor = await hall.client_as(WANG_WU), await hall.client_as(ZHAO_LIU)
    sent = asking(hall, 1)
    asked = await auditor.post(PATH, json=sent)
    assert (asked.status_code, asked.json()["state"], asked.json()["ways"]) == (201, "asked", [])
    assert (await auditor.post(PATH, json=sent)).json() == asked.json()
    other = await auditor.post(PATH, json=sent | {"reason": "别的理由"})
    assert problem_of(other) == "same-id-other-content"
    before = await cell(auditor)
    assert before["state"] != "exempt"
    assert problem_of(await decide(auditor, sent["id"])) == "own-work"
    assert problem_of(await decide(editor, sent["id"], approve=False)) == "reason-needed"
    assert problem_of(await decide(editor, sent["id"], revision=9)) == "edited-meanwhile"

    listed = (await editor.get(PATH)).json()
    assert (listed["waiting"], listed["items"][0]["ways"]) == (1, ["decide"])
    waiting = [(await who.get(f"{PATH}/waiting")).json()["waiting"] for who in (editor, auditor)]
    assert waiting == [1, 0], "nobody decides on what they asked for themselves"
    hall.clock.pass_(minutes=5)
    approved = await decide(editor, sent["id"])
    assert (approved.json()["state"], approved.json()["post"]["zh"]) == (
        "approved",
        "红河镇乡镇编辑",
    )
    assert (await decide(editor, sent["id"])).json() == approved.json()
    assert problem_of(await decide(editor, sent["id"], approve=False, words="不行")) == (
        "exemption-not-possible"
    )
    now = await cell(auditor)
    assert now["state"] == "exempt"
    assert "山洪" in now["findings"][0]["text"]["zh"]
    hall.clock.pass_(minutes=5)
    minute_before = (await cell(auditor, as_of="2026-10-08T09:04:59+08:00"))["state"]
    assert minute_before == before["state"]

    page = (await hall.visitor().get(f"/v/{VILLAGE_A}")).text
    assert "山洪冲了村部" in page
    assert "红河镇乡镇编辑批准" in page
    assert "赵六" not in page, "the public reads the post, not the name"
    evidence = await auditor.get(
        "/api/v1/compliance/evidence",
        params={"division": VILLAGE_A, "category": "finance_quarterly", "period": "2026Q3"},
    )
    (said,) = evidence.json()["exemptions"]
    assert (said["asked_by_name"], said["decided_by_name"]) == ("王五", "赵六")

    end = f"{PATH}/{sent['id']}/ending"
    ended = await auditor.post(
        end, json={"reason": "账簿晾好了"}, headers={"If-Match": revision_tag(2)}
    )
    assert ended.json()["state"] == "ended"
    again = await auditor.post(
        end, json={"reason": "账簿晾好了"}, headers={"If-Match": revision_tag(2)}
    )
    assert again.json() == ended.json()
    assert (await cell(auditor))["state"] == before["state"], "it had not fallen due yet"
    assert (await editor.get(f"{PATH}/waiting")).json() == {"waiting": 0}
    file = await auditor.get(f"{PATH}.csv", headers={"Accept-Language": "zh"})
    (line,) = csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff")))
    assert (line["地方"], line["期"], line["办法"]) == ("红河村", "2026年第三季度", "免公开")
    assert (line["状态"], line["申请人"], line["决定人"]) == ("已提前结束", "王五", "赵六")
    assert line["决定时间"] == "2026-10-08 09:05:00"
    actions = await hall.rows("SELECT action FROM event WHERE subject = ? ORDER BY at", sent["id"])
    assert [row["action"] for row in actions] == [
        "exemption.asked",
        "exemption.granted",
        "exemption.ended",
    ]


@pytest.mark.one_engine
async def test_overdue_already_it_stays_missing_and_tallies_say_the_same(hall: Hall) -> None:
    hall.clock.set("2026-10-20 09:00+08:00")
    auditor = await hall.client_as(WANG_WU)
    phone = await hall.client_as(ZHANG_SAN)

    async def owed() -> list[str]:
        tasks = (await phone.get("/api/v1/tasks")).json()["items"]
        return [t["period"] for t in tasks if t["category"] == "finance_quarterly"]

    async def proved() -> int:
        book, now = hall.house.book, hall.clock()
        await file_tallies(hall.store, book=book, division=COUNTY, year=2026, now=now)
        found = await verify_tallies(hall.store, book=book, division=COUNTY, years=(2026,), now=now)
        assert (found.differing, found.out_of_date) == (0, 0), found.differences
        return found.signs

    assert "2026Q3" in await owed()
    # The whole township, everything that ended in the quarter, another day for all of it.
    flood = asking(hall, 2, division=TOWNSHIP, due_on="2026-10-31")
    del flood["category"], flood["period"]
    await lifted_by_two(hall, flood)
    given = await cell(auditor)
    assert (given["state"], given["days"], given["needs_person"]) == ("missing", 5, False)
    assert [f["kind"] for f in given["findings"]] == ["deadline_after"]
    assert (await cell(auditor, VILLAGE_B))["needs_person"] is False
    await proved()
    hall.clock.set("2026-11-01 00:00+08:00")
    assert (await cell(auditor))["needs_person"] is True
    await proved()
    hall.clock.set("2026-11-02 09:00+08:00")
    await lifted_by_two(hall, asking(hall, 3))
    lifted = await cell(auditor)
    assert (lifted["state"], lifted["days"], lifted["needs_person"]) == ("missing", 18, False)
    hall.clock.set("2026-11-20 09:00+08:00")
    auditor, phone = await hall.client_as(WANG_WU), await hall.client_as(ZHANG_SAN)
    assert (await cell(auditor))["days"] == 18
    assert await proved() > 0
    assert "2026Q3" not in await owed(), "nobody waits for it any more"
    page = (await hall.visitor().get(f"/v/{VILLAGE_A}")).text
    assert "过期 18 天以后才批准免公开" in page


@pytest.mark.one_engine
async def test_who_may_not_and_what_cannot_be_asked(hall: Hall) -> None:
    auditor, phone = await hall.client_as(WANG_WU), await hall.client_as(ZHANG_SAN)
    administrator = await hall.client_as(ZHOU_BA)
    assert problem_of(await phone.post(PATH, json=asking(hall, 1))) == "not-allowed"
    assert problem_of(await administrator.post(PATH, json=asking(hall, 1))) == "not-allowed"
    far = asking(hall, 1, division=FAR_VILLAGE)
    assert problem_of(await auditor.post(PATH, json=far)) == "not-allowed"
    for change, pointer in (
        ({"due_on": "2026-10-07"}, "/due_on"),
        ({"valid_to": "2026-06-30"}, "/valid_to"),
        ({"category": None}, "/category"),
    ):
        answer = await auditor.post(PATH, json=asking(hall, 1, **change))
        assert [e["pointer"] for e in answer.json()["errors"]] == [pointer], answer.text
    refused = asking(hall, 2)
    await auditor.post(PATH, json=refused)
    editor = await hall.client_as(ZHAO_LIU)
    no = await decide(editor, refused["id"], approve=False, words="村部没有受灾")
    assert (no.json()["state"], no.json()["decision"]) == ("refused", "村部没有受灾")
    assert (await cell(auditor))["state"] != "exempt"
    assert problem_of(await decide(editor, new_id(hall.clock(), 9))) == "not-found"
