"""Addresses outlive villages: a closed code, an unknown one and an ended notice each say so and lead on."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.cast import (
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
from tests.journeys.lifting import lifted_by_two
from tests.journeys.merging import NEW_CODE, closed, merged
from tests.journeys.posting import approve, new_id, submission

PAGE = {"Accept": "text/html", "Accept-Language": "zh"}
UNKNOWN = f"{TOWNSHIP[:9]}999"
Q3 = {"division": TOWNSHIP, "first": "2026-07-01", "last": "2026-09-30"}


async def posted(hall: Hall) -> str:
    """Post and approve the accounts of a quarter; return the disclosure."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    await approve(hall, sent["id"])
    disclosure: str = answer.json()["disclosure_id"]
    return disclosure


async def opened(hall: Hall, address: str, **headers: str) -> httpx.Response:
    return await hall.visitor().get(address, headers=PAGE | headers)


async def test_a_village_with_a_new_code_is_found_under_it(hall: Hall) -> None:
    await closed(hall, becomes=NEW_CODE)
    answer = await opened(hall, f"/v/{VILLAGE_A}")
    assert answer.status_code == 410
    assert "红河村的这个编号停用了" in answer.text
    assert f"编号 {VILLAGE_A} 用到2026年10月12日（周一）为止" in read(answer.text)
    assert "现在在这里看" in answer.text
    assert f'class="btn main" href="/v/{NEW_CODE}"' in answer.text
    assert (await opened(hall, f"/v/{NEW_CODE}")).status_code == 200


async def test_a_village_that_was_merged_shows_what_began_and_who_is_near(hall: Hall) -> None:
    await closed(hall, becomes=NEW_CODE, name="新红村村民委员会")
    answer = await opened(hall, f"/v/{VILLAGE_A}")
    assert "第二天起新设的村，看看是不是其中一个" in answer.text
    assert f'href="/v/{NEW_CODE}"' in answer.text
    assert "新红村<" in answer.text
    assert f'href="/v/{VILLAGE_B}"' in answer.text, "the township's villages"
    assert 'name="q"' in answer.text


async def test_its_notices_keep_their_addresses(hall: Hall) -> None:
    disclosure = await posted(hall)
    await closed(hall)
    answer = await opened(hall, f"/d/{disclosure}")
    assert answer.status_code == 200
    assert "红河村" in answer.text
    past = await opened(hall, f"/v/{VILLAGE_A}/past")
    assert past.status_code == 200
    assert f"/d/{disclosure}" in past.text
    lonely = await opened(hall, f"/v/{VILLAGE_A}")
    assert f'href="/v/{VILLAGE_A}/past"' in lonely.text
    assert "现在在这里看" not in lonely.text


@pytest.mark.parametrize(
    ("code", "lead"),
    [
        (UNKNOWN, f'href="/v/{VILLAGE_A}"'),
        (TOWNSHIP, f'href="/v/{VILLAGE_A}"'),
        (f"{TOWNSHIP[:6]}999201", f'href="/?in={TOWNSHIP}"'),
        ("990000000201", 'name="q"'),
        ("12", 'name="q"'),
    ],
)
async def test_an_unknown_code_leads_to_the_villages_near_it(
    hall: Hall, code: str, lead: str
) -> None:
    answer = await opened(hall, f"/v/{code}")
    assert answer.status_code == 404
    assert lead in answer.text
    assert 'name="q"' in answer.text


async def test_programs_are_told_in_their_own_way(hall: Hall) -> None:
    await closed(hall, becomes=NEW_CODE)
    for address in (f"/api/v1/villages/{VILLAGE_A}", f"/v/{VILLAGE_A}"):
        answer = await hall.visitor().get(address)
        assert (answer.status_code, problem_of(answer)) == (410, "village-closed")
        said: dict[str, Any] = answer.json()
        assert said["last"] == "2026-10-12"
    unknown = await hall.visitor().get(f"/api/v1/villages/{UNKNOWN}")
    assert problem_of(unknown) == "not-found"


async def test_a_search_in_it_goes_on_in_its_successor_or_around_it(hall: Hall) -> None:
    await closed(hall, becomes=NEW_CODE)
    answer = await opened(hall, f"/search?division={VILLAGE_A}&q=%E7%A7%9F%E9%87%91&year=2026")
    assert answer.status_code == 303
    leads = httpx.URL(answer.headers["Location"]).params
    assert dict(leads) == {"q": "租金", "division": NEW_CODE, "year": "2026"}


async def test_what_is_found_of_a_closed_village_is_marked_in_the_readers_language(
    hall: Hall,
) -> None:
    await posted(hall)
    await closed(hall)
    address = f"/search?division={TOWNSHIP}&q=%E7%A7%9F%E9%87%91"
    assert "红河村（已撤销）" in (await opened(hall, address)).text
    english = (await opened(hall, f"{address}&lang=en")).text
    assert '<span lang="zh-CN">红河村</span> (closed)' in english


async def test_a_search_in_one_of_which_nobody_knows_what_became_goes_on_in_the_township(
    hall: Hall,
) -> None:
    await closed(hall)
    answer = await opened(hall, f"/search?division={VILLAGE_A}")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/search?division={TOWNSHIP}"
    assert (await opened(hall, f"/search?division={UNKNOWN}")).status_code == 404


async def test_an_edition_that_is_not_there_says_which_are(hall: Hall) -> None:
    disclosure = await posted(hall)
    answer = await opened(hall, f"/d/{disclosure}?edition=99")
    assert answer.status_code == 404
    assert "没有第 99 版，能看的是第 1 版" in answer.text
    assert f'href="/d/{disclosure}?edition=1"' in answer.text
    assert "正在看" not in answer.text


async def test_what_a_closed_village_owes_is_lifted_by_two_and_stays_on_record(hall: Hall) -> None:
    await merged(hall)
    hall.clock.set("2026-10-20 09:00+08:00")
    auditor = await hall.client_as(WANG_WU)
    row = await row_of(auditor, Q3)
    assert (row["name"], row["last_day"], row["successor"]) == (
        "红河村（已撤销）",
        "2026-10-12",
        "宽坪村",
    )
    owed = [cell for cell in row["cells"] if cell is not None]
    assert [cell["state"] for cell in owed] == ["missing", "missing"]
    assert row["needs_person"] == 2
    csv = (await auditor.get("/api/v1/compliance.csv", params=Q3)).text
    assert "红河村（已撤销）" in csv
    english = (await auditor.get("/api/v1/compliance.csv", params=Q3 | {"lang": "en"})).text
    assert "红河村 (closed)" in english
    assert "已撤销" not in english

    asked = lifting_all(hall)
    later = await auditor.post(
        "/api/v1/exemptions",
        json=asked | {"id": new_id(hall.clock(), 72), "due_on": "2026-12-01"},
        headers={"Accept-Language": "zh"},
    )
    assert problem_of(later) == "wrong-type"
    assert "请办免公开" in later.text
    line = await lifted_by_two(hall, asked)
    assert (line["division_name"], line["state"]) == ("红河村（已撤销）", "approved")
    assert (line["valid_from"], line["valid_to"]) == (None, "2026-10-12")

    hall.clock.set("2026-10-26 09:00+08:00")
    row = await row_of(auditor, Q3)
    cells = [cell for cell in row["cells"] if cell is not None]
    assert row["needs_person"] == 0
    assert [(cell["state"], cell["days"]) for cell in cells] == [("missing", 5)] * 2
    assert "免公开" in cells[0]["findings"][0]["text"]["zh"], cells[0]["findings"]


async def test_what_a_closed_village_owes_later_is_lifted_before_its_day(hall: Hall) -> None:
    await merged(hall)
    await lifted_by_two(hall, lifting_all(hall))
    hall.clock.set("2026-10-20 09:00+08:00")
    auditor = await hall.client_as(WANG_WU)
    row = await row_of(auditor, Q3)
    assert {cell["state"] for cell in row["cells"] if cell is not None} == {"exempt"}


async def test_staff_lists_say_the_name_that_a_closed_village_had(hall: Hall) -> None:
    await posted(hall)
    await merged(hall)
    zhou = await hall.client_as(ZHOU_BA)
    people = (await zhou.get("/api/v1/accounts")).json()["items"]
    assert {each["division_name"] for each in people if each["division"] == VILLAGE_A} == {
        "红河村（已撤销）"
    }
    trail = (await zhou.get("/api/v1/events")).json()["items"]
    named = {each["division_name"] for each in trail}
    assert "红河村（已撤销）" in named
    assert VILLAGE_A not in named
    queue = (await (await hall.client_as(WANG_WU)).get("/api/v1/submissions")).json()["items"]
    assert {each["division_name"] for each in queue} == {"红河村（已撤销）"}
    me = (await (await hall.client_as(ZHANG_SAN)).get("/api/v1/me")).json()
    assert me["actor"]["division_name"] == "红河村（已撤销）"


async def row_of(auditor: httpx.AsyncClient, span: dict[str, str]) -> dict[str, Any]:
    matrix = (await auditor.get("/api/v1/compliance", params=span)).json()
    found: dict[str, Any] = next(r for r in matrix["rows"] if r["division"] == VILLAGE_A)
    return found


def lifting_all(hall: Hall) -> dict[str, Any]:
    """Return the question to lift everything that the closed village owes."""
    return {
        "id": new_id(hall.clock(), 71),
        "division": VILLAGE_A,
        "reason": "村已并入宽坪村，账已移交，没有人能再报送",
        "valid_to": "2026-10-12",
    }
