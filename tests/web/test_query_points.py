"""Query points: from the register over the pairing to what the township sees of each."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    LI_SI,
    TOWNSHIP,
    VILLAGE_A,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    Person,
    problem_of,
)
from tests.device import HALL, POINTS, SQUARE, Device, a_point, line_of, paired, registered

SEEN = {"If-Match": '"r1"'}


async def test_a_kiosk_from_the_register_to_its_first_words(hall: Hall) -> None:
    zhao = await hall.client_as(ZHAO_LIU)
    made = (await zhao.post(POINTS, json=a_point())).json()
    assert len(made["code"].replace(" ", "")) == 8
    assert made["expires_at"] == "2026-10-08T01:30:00Z"
    line = await line_of(hall)
    assert (line["state"], line["code_until"]) == ("unpaired", "2026-10-08T01:30:00Z")

    kiosk = Device(hall)
    known = await kiosk.pair(made["code"])
    assert known.json() == {
        "id": HALL,
        "name": "村部查询机",
        "place": "村委会一楼大厅",
        "kind": "kiosk",
        "volume": 5,
        "division": {
            "code": VILLAGE_A,
            "name": "红河村",
            "path": ["宁夏回族自治区", "固原市", "彭阳县", "红河镇"],
        },
        "server_now": "2026-10-08T01:00:00Z",
    }
    hall.clock.pass_(minutes=10)
    kiosk.skew = timedelta(seconds=90)
    heard = await kiosk.beat(on_screen=f"/v/{VILLAGE_A}/past")
    assert heard.status_code == 200, heard.text
    assert heard.json() == {
        "received_at": "2026-10-08T01:10:00Z",
        "server_now": "2026-10-08T01:10:00Z",
        "name": "村部查询机",
        "place": "村委会一楼大厅",
        "kind": "kiosk",
        "volume": 5,
        "retired": False,
    }
    line = await line_of(hall)
    assert (line["state"], line["silent_since"], line["code_until"]) == ("heard", None, None)
    assert line["last"] == {
        "received_at": "2026-10-08T01:10:00Z",
        "on_screen": f"/v/{VILLAGE_A}/past",
        "contents_as_of": "2026-10-08T01:10:00Z",
        "skew_ms": 90_000,
        "battery": {"level": 0.8, "charging": True},
        "network": "online",
        "version": "1.4.0",
    }
    assert line["uptime"] == [{"day": "2026-10-08", "of": 2, "heard": 1, "claimed": 0}]
    events = await hall.rows("SELECT action, actor FROM event WHERE subject = ? ORDER BY id", HALL)
    assert [each["action"] for each in events] == ["query_point.created", "query_point.paired"]
    assert [each["actor"] for each in events] == [ZHAO_LIU.id, None]


@pytest.mark.one_engine
async def test_it_is_silent_after_three_heartbeats_that_did_not_come(hall: Hall) -> None:
    kiosk = await paired(hall)
    await kiosk.beat()
    hall.clock.pass_(minutes=30)
    assert (await line_of(hall))["state"] == "heard"
    hall.clock.pass_(seconds=1)
    line = await line_of(hall)
    assert (line["state"], line["silent_since"]) == ("silent", "2026-10-08T01:00:00Z")
    await kiosk.beat()
    assert (await line_of(hall))["state"] == "heard"


@pytest.mark.one_engine
async def test_what_a_device_says_it_ran_without_network_is_counted_apart(hall: Hall) -> None:
    kiosk = await paired(hall)
    kiosk.skew = timedelta(hours=-3)  # its clock is three hours late: what it says is moved to ours
    for _ in range(3):
        hall.clock.pass_(minutes=10)
        await kiosk.beat()
    hall.clock.pass_(hours=2)
    offline = {"from": "2026-10-07T22:40:00Z", "to": "2026-10-08T00:20:00Z"}
    assert (await kiosk.beat(missed=[offline])).status_code == 200
    (today,) = (await line_of(hall))["uptime"]
    # Paired at 9:00, now 11:30: fifteen stretches are over, and in the sixteenth it was heard.
    assert today == {"day": "2026-10-08", "of": 16, "heard": 4, "claimed": 11}
    editor = await hall.client_as(ZHAO_LIU)
    file = await editor.get("/api/v1/query-points.csv", headers={"Accept-Language": "en"})
    (row,) = csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff")))
    assert (row["Query point"], row["Day"]) == ("村部查询机", "2026-10-08")
    assert list(row.values())[-4:] == ["160", "40", "110", "25"]


@pytest.mark.one_engine
async def test_a_change_reaches_the_device_with_its_next_heartbeat(hall: Hall) -> None:
    kiosk = await paired(hall)
    zhao = await hall.client_as(ZHAO_LIU)
    changed = {"name": "广场大屏", "place": "文化广场", "kind": "screen", "volume": 0}
    answer = await zhao.put(f"{POINTS}/{HALL}", json=changed, headers=SEEN)
    assert answer.status_code == 200
    assert answer.json().items() >= changed.items()
    assert (await kiosk.beat()).json().items() >= changed.items()


async def test_a_retired_point_is_told_so_and_stays_on_record(hall: Hall) -> None:
    kiosk = await paired(hall)
    await kiosk.beat()
    zhao = await hall.client_as(ZHAO_LIU)
    for _ in range(2):
        assert (await zhao.delete(f"{POINTS}/{HALL}")).status_code == 204
    assert problem_of(await kiosk.beat()) == "query-point-gone"
    hall.clock.pass_(days=2)
    line = await line_of(hall)
    assert (line["state"], line["silent_since"]) == ("retired", None)
    assert line["last"]["on_screen"] == f"/v/{VILLAGE_A}"
    for call in (
        zhao.post(f"{POINTS}/{HALL}/pairing-code"),
        zhao.put(
            f"{POINTS}/{HALL}",
            json={"name": "a", "place": "b", "kind": "kiosk", "volume": 1},
            headers=SEEN,
        ),
        zhao.post(POINTS, json=a_point()),
    ):
        assert problem_of(await call) == "query-point-gone"
    (event,) = await hall.rows("SELECT action FROM event WHERE action = 'query_point.retired'")
    assert event


async def test_another_device_takes_the_place_of_the_first(hall: Hall) -> None:
    first = await paired(hall)
    await first.beat()
    zhao = await hall.client_as(ZHAO_LIU)
    code = (await zhao.post(f"{POINTS}/{HALL}/pairing-code")).json()["code"]
    assert (await first.beat()).status_code == 200  # until the other one is there
    second = Device(hall)
    assert (await second.pair(code)).status_code == 201
    assert problem_of(await first.beat()) == "heartbeat-not-signed"
    assert (await second.beat()).status_code == 200
    keys = await hall.rows("SELECT replaced_at FROM query_point_key")
    assert sorted(each["replaced_at"] is None for each in keys) == [False, True]


async def test_a_lost_answer_is_given_again_and_a_lost_code_made_anew(hall: Hall) -> None:
    code, again = await registered(hall), await registered(hall)
    kiosk = Device(hall)
    assert problem_of(await kiosk.pair(code)) == "pairing-code-not-valid"
    first, second = await kiosk.pair(again), await kiosk.pair(again.replace(" ", "-"))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len(await hall.rows("SELECT id FROM event WHERE action = 'query_point.paired'")) == 1
    made = await hall.rows("SELECT actor FROM event WHERE action = 'query_point.code_made'")
    assert [each["actor"] for each in made] == [ZHAO_LIU.id], "no code is made unseen"
    zhao = await hall.client_as(ZHAO_LIU)
    other = await zhao.post(POINTS, json=a_point(name="别的"))
    assert problem_of(other) == "same-id-other-content"


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("person", "sees", "manages"),
    [
        (ZHANG_SAN, False, False),
        (LI_SI, False, False),
        (WANG_WU, True, False),
        (ZHAO_LIU, True, True),
        (ZHOU_BA, True, True),
    ],
    ids=lambda each: each.role if isinstance(each, Person) else "",
)
async def test_who_may(hall: Hall, person: Person, sees: bool, manages: bool) -> None:
    await paired(hall)
    client = await hall.client_as(person)
    assert (await client.get(POINTS)).status_code == (200 if sees else 403)
    calls = [
        client.post(POINTS, json=a_point(id=SQUARE)),
        client.put(
            f"{POINTS}/{HALL}",
            json={"name": "a", "place": "b", "kind": "kiosk", "volume": 1},
            headers=SEEN,
        ),
        client.post(f"{POINTS}/{HALL}/pairing-code"),
        client.delete(f"{POINTS}/{HALL}"),
    ]
    statuses = [(await call).status_code for call in calls]
    assert statuses == ([201, 200, 201, 204] if manages else [403] * 4)


SAD: list[tuple[str, dict[str, Any], str]] = [
    ("in a village of the next township", {"division": FAR_VILLAGE}, "not-allowed"),
    ("in a county", {"division": COUNTY}, "not-allowed"),
    ("in a village that is not there", {"division": "640425103299"}, "unknown-division"),
    ("louder than loud", {"volume": 11}, "wrong-type"),
    ("a kind there is not", {"kind": "robot"}, "wrong-type"),
    ("no name", {"name": ""}, "wrong-type"),
    ("a personal number in its place", {"place": "联系人身份证11010519491231002X"}, "content-has-errors"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "slug"), [each[1:] for each in SAD], ids=[s[0] for s in SAD])
async def test_what_is_not_registered(hall: Hall, changed: dict[str, Any], slug: str) -> None:
    zhao = await hall.client_as(ZHAO_LIU)
    assert problem_of(await zhao.post(POINTS, json=a_point(**changed))) == slug
    assert not await hall.rows("SELECT id FROM query_point")


@pytest.mark.one_engine
async def test_a_township_has_points_of_its_own_and_twenty_at_most(hall: Hall) -> None:
    zhao = await hall.client_as(ZHAO_LIU)
    answers = [
        await zhao.post(POINTS, json=a_point(id=HALL[:-2] + f"{n:02d}", division=TOWNSHIP))
        for n in range(21)
    ]
    assert [each.status_code for each in answers] == [201] * 20 + [409]
    assert answers[-1].json()["count"] == 20
    assert len((await zhao.get(POINTS)).json()["items"]) == 20
    assert (await zhao.get(f"{POINTS}?division={VILLAGE_A}")).json()["items"] == []
    assert problem_of(await zhao.get(f"{POINTS}?division={FAR_VILLAGE}")) == "not-allowed"


@pytest.mark.one_engine
async def test_villagers_read_where_a_point_stands_and_nothing_of_its_device(hall: Hall) -> None:
    visitor = hall.visitor()
    address = f"/api/v1/villages/{VILLAGE_A}"
    before = await visitor.get(address)
    assert before.json()["points"] == []
    kiosk = await paired(hall)
    await registered(hall, id=SQUARE, division=TOWNSHIP, name="大厅显示屏", place="便民服务中心")
    await kiosk.beat()
    after = await visitor.get(address, headers={"If-None-Match": before.headers["etag"]})
    assert after.json()["points"] == [
        {"name": "村部查询机", "place": "村委会一楼大厅"},
        {"name": "大厅显示屏", "place": "便民服务中心"},
    ]
    page = await visitor.get(f"/v/{VILLAGE_A}")
    assert "村委会一楼大厅" in page.text
    assert "便民服务中心" in page.text
    assert HALL not in page.text + after.text
    zhao = await hall.client_as(ZHAO_LIU)
    await zhao.delete(f"{POINTS}/{HALL}")
    assert "村委会一楼大厅" not in (await visitor.get(f"/v/{VILLAGE_A}")).text
