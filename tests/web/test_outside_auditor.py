"""Somebody from outside is let in until a day: sees the trail and the matrix, changes nothing, and is gone on time."""

from __future__ import annotations

import httpx
import pytest

from server.rules.permissions import ACTS
from server.web.asking import ANYONE, SIGNED_IN
from server.web.routes import ENDPOINTS
from tests.authenticator import at_home
from tests.cast import (
    COUNTY,
    LI_SI,
    TOWNSHIP,
    VILLAGE_A,
    WANG_WU,
    ZHANG_SAN,
    ZHOU_BA,
    Hall,
    problem_of,
)

API = "/api/v1"
NEW = "01990000-0000-7000-8000-0000000000ee"


def wanted(**changes: object) -> dict[str, object]:
    body = {"id": NEW, "login": "waishen", "name": "吴九", "role": "examiner", "division": TOWNSHIP,
            "last_day": "2026-10-20"}  # fmt: skip
    return {k: v for k, v in {**body, **changes}.items() if v is not None}


async def let_in(hall: Hall) -> httpx.AsyncClient:
    zhou = await hall.client_as(ZHOU_BA)
    card = await zhou.post(f"{API}/accounts", json=wanted())
    assert card.status_code == 201, card.text
    client = at_home(hall)
    assert (
        await client.post(f"{API}/sessions", json={"code": card.json()["code"]})
    ).status_code == 201
    return client


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"last_day": None}, "没有填"),
        ({"last_day": "2026-10-07"}, "2026-10-07"),
        ({"last_day": "2027-10-10"}, "2027-10-09"),
        ({"role": "auditor"}, "不设查看期限"),
        ({"division": VILLAGE_A}, "属于乡镇或以上"),
    ],
)
async def test_without_a_fitting_last_day_nobody_is_let_in(
    hall: Hall, changes: dict[str, object], said: str
) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    refused = await zhou.post(
        f"{API}/accounts", json=wanted(**changes), headers={"Accept-Language": "zh"}
    )
    assert problem_of(refused) == "wrong-type"
    assert said in refused.text


@pytest.mark.one_engine
async def test_on_the_last_day_they_look_and_a_second_later_the_door_is_shut(hall: Hall) -> None:
    outside = await let_in(hall)
    hall.clock.set("2026-10-20 23:59:59+08:00")
    assert (
        await outside.get(f"{API}/compliance", params={"division": TOWNSHIP})
    ).status_code == 200
    hall.clock.set("2026-10-21 00:00+08:00")
    gone = await outside.get(f"{API}/me", headers={"Accept-Language": "zh"})
    assert problem_of(gone) == "session-ended"
    assert "期限到了" in gone.json()["detail"]


@pytest.mark.one_engine
async def test_the_last_day_can_be_moved_by_whoever_saw_the_newest(hall: Hall) -> None:
    outside = await let_in(hall)
    zhou = await hall.client_as(ZHOU_BA)
    path = f"{API}/accounts/{NEW}/term"
    seen = {"If-Match": '"r1"'}
    moved = await zhou.put(path, json={"last_day": "2026-12-31"}, headers=seen)
    assert (moved.status_code, moved.json()["ends_on"]) == (200, "2027-01-01")
    assert moved.json()["arranged"] is False
    late = await zhou.put(path, json={"last_day": "2026-11-30"}, headers=seen)
    assert problem_of(late) == "edited-meanwhile"
    other = await zhou.put(
        f"{API}/accounts/{LI_SI.id}/term", json={"last_day": "2026-11-30"}, headers=seen
    )
    assert problem_of(other) == "wrong-type"
    handed = await zhou.post(
        f"{API}/accounts/{NEW}/handover",
        json={"id": NEW[:-2] + "ef", "login": "another", "name": "郑十"},
    )
    assert problem_of(handed) == "not-allowed"
    for change in (
        await zhou.put(f"{API}/accounts/{NEW}/handover", json={"on": "2026-11-02"}, headers=seen),
        await zhou.delete(f"{API}/accounts/{NEW}/handover", headers=seen),
    ):
        assert problem_of(change) == "not-found"
    hall.clock.set("2026-10-25 12:00+08:00")
    assert (await outside.get(f"{API}/me")).status_code == 200


@pytest.mark.one_engine
async def test_no_door_that_changes_anything_opens(hall: Hall) -> None:
    outside = await let_in(hall)
    for endpoint in ENDPOINTS:
        if endpoint.who in (ANYONE, SIGNED_IN) or endpoint.method in ("GET", "HEAD"):
            continue
        assert "examiner" not in ACTS[endpoint.who], f"{endpoint.method} {endpoint.path}"
    body = {"id": NEW[:-2] + "ef", "login": "another", "name": "郑十", "role": "editor"}
    tried = await outside.post(f"{API}/accounts", json={**body, "division": TOWNSHIP})
    assert problem_of(tried) == "not-allowed"


async def test_the_trail_tells_who_did_what(hall: Hall) -> None:
    outside = await let_in(hall)
    zhou = await hall.client_as(ZHOU_BA, address="192.0.2.9")
    assert (await zhou.post(f"{API}/accounts/{ZHANG_SAN.id}/lost-phone")).status_code == 201
    found = (await outside.get(f"{API}/events")).json()
    assert [line["action"] for line in found["items"]] == [
        "account.phone_lost", "session.opened", "account.created",
    ]  # fmt: skip
    newest = found["items"][0]
    assert (newest["name"]["zh"], newest["role"]["zh"], newest["words"]["zh"]) == (
        "周八", "管理员", "登记手机丢失，另发邀请码",
    )  # fmt: skip
    assert (newest["address"], newest["division_name"]) == ("192.0.2.9", "红河村")
    first = (await outside.get(f"{API}/events", params={"limit": 1})).json()
    rest = (await outside.get(f"{API}/events", params={"before": first["next"]})).json()
    assert [line["id"] for line in (*first["items"], *rest["items"])] == [
        line["id"] for line in found["items"]
    ]
    for query, count in (
        ({"action": "account."}, 2),
        ({"action": "account.phone_lost"}, 1),
        ({"actor": NEW}, 1),
        ({"subject": ZHANG_SAN.id}, 1),
        ({"first": "2026-10-09"}, 0),
        ({"last": "2026-10-08"}, 3),
        ({"division": VILLAGE_A}, 1),
    ):
        lines = (await outside.get(f"{API}/events", params=query)).json()["items"]
        assert len(lines) == count, query
    sheet = await outside.get(f"{API}/events.csv", params={"lang": "zh"})
    assert sheet.headers["content-type"].startswith("text/csv")
    assert len(sheet.text.strip().splitlines()) == 4
    assert "2026-10-08 09:00:00+08:00,周八,管理员,登记手机丢失" in sheet.text


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ({"first": "2026-10-09", "last": "2026-10-08"}, "parameter-not-valid"),
        ({"action": "everything"}, "parameter-not-valid"),
        ({"division": COUNTY}, "not-allowed"),
        ({"before": "0"}, "parameter-not-valid"),
    ],
)
async def test_what_is_asked_wrongly_is_said(hall: Hall, query: dict[str, str], slug: str) -> None:
    wang = await hall.client_as(WANG_WU)
    assert problem_of(await wang.get(f"{API}/events", params=query)) == slug


async def test_looks_at_a_contact_are_not_the_administrator_s_to_see(hall: Hall) -> None:
    async with hall.store.transaction() as tx:
        await tx.execute(
            "INSERT INTO event (county, at, actor, action, subject, division, address, details)"
            " VALUES ('640425', 1791421200000, ?, 'inquiry.contact_seen', 'x', ?, '', '{}')",
            WANG_WU.id,
            VILLAGE_A,
        )
    for person, seen in ((WANG_WU, 1), (ZHOU_BA, 0)):
        client = await hall.client_as(person)
        found = (await client.get(f"{API}/events", params={"division": VILLAGE_A})).json()
        assert len(found["items"]) == seen, person.name
    zhang = await hall.client_as(ZHANG_SAN)
    assert problem_of(await zhang.get(f"{API}/events")) == "not-allowed"


@pytest.mark.one_engine
async def test_roles_and_acts_are_those_of_the_rules(hall: Hall) -> None:
    li = await hall.client_as(LI_SI)
    table = (await li.get(f"{API}/roles")).json()
    assert {each["act"]: tuple(each["roles"]) for each in table["acts"]} == ACTS
    assert [each["role"] for each in table["roles"]][-1] == "examiner"
