"""Attack: a heartbeat heard before, signed by another device, or changed on its way; and words typed at the screen."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.cast import VILLAGE_A, ZHAO_LIU, Hall, problem_of
from tests.device import HALL, POINTS, SQUARE, Device, base64url, line_of, paired


async def heartbeats(hall: Hall) -> list[dict[str, Any]]:
    return await hall.rows("SELECT seq, on_screen FROM query_point_heartbeat ORDER BY slot")


@pytest.mark.one_engine
async def test_a_replayed_heartbeat(hall: Hall) -> None:
    kiosk = await paired(hall)
    body = json.dumps(kiosk.says()).encode()
    signature = kiosk.sign(body)
    assert (await kiosk.send(body, signature)).status_code == 200
    hall.clock.pass_(minutes=10)
    again = await kiosk.send(body, signature)
    assert problem_of(again) == "heartbeat-replayed"
    assert (again.json()["last"], again.json()["next"]) == (1, 2)
    hall.clock.pass_(minutes=21)
    assert (await line_of(hall))["state"] == "silent"  # a recording keeps nobody alive
    assert len(await heartbeats(hall)) == 1


async def test_the_same_heartbeat_many_times_at_once(hall: Hall) -> None:
    kiosk = await paired(hall)
    body = json.dumps(kiosk.says()).encode()
    answers = await asyncio.gather(*(kiosk.send(body, kiosk.sign(body)) for _ in range(5)))
    assert sorted(each.status_code for each in answers) == [200, 409, 409, 409, 409]


@pytest.mark.one_engine
async def test_an_old_recording_after_the_point_was_paired_anew(hall: Hall) -> None:
    kiosk = await paired(hall)
    body = json.dumps(kiosk.says()).encode()
    signature = kiosk.sign(body)
    await kiosk.send(body, signature)
    zhao = await hall.client_as(ZHAO_LIU)
    code = (await zhao.post(f"{POINTS}/{HALL}/pairing-code")).json()["code"]
    assert (await kiosk.pair(code)).status_code == 201  # the same device: its numbers go on
    assert problem_of(await kiosk.send(body, signature)) == "heartbeat-replayed"
    other = Device(hall)
    code = (await zhao.post(f"{POINTS}/{HALL}/pairing-code")).json()["code"]
    assert (await other.pair(code)).status_code == 201
    assert problem_of(await kiosk.send(body, signature)) == "heartbeat-not-signed"
    # And its key never comes back, with a count that begins anew.
    code = (await zhao.post(f"{POINTS}/{HALL}/pairing-code")).json()["code"]
    assert problem_of(await kiosk.pair(code)) == "pairing-key-not-valid"


async def test_signed_by_another_device(hall: Hall) -> None:
    kiosk = await paired(hall)
    neighbour = await paired(hall, id=SQUARE)
    body = json.dumps(kiosk.says()).encode()
    for signature in (neighbour.sign(body, HALL), neighbour.sign(body), kiosk.sign(body, SQUARE)):
        assert problem_of(await kiosk.send(body, signature)) == "heartbeat-not-signed"
    # A neighbour's own heartbeat, sent to this point's address.
    theirs = json.dumps(neighbour.says()).encode()
    answer = await neighbour.send(theirs, neighbour.sign(theirs), HALL)
    assert problem_of(answer) == "heartbeat-not-signed"
    assert await heartbeats(hall) == []


@pytest.mark.one_engine
async def test_changed_on_its_way(hall: Hall) -> None:
    kiosk = await paired(hall)
    said = kiosk.says()
    signature = kiosk.sign(json.dumps(said).encode())
    for change in (
        {"seq": 9},
        {"on_screen": "/"},
        {"missed": [{"from": said["at"], "to": said["at"]}]},
    ):
        answer = await kiosk.send(json.dumps(said | change).encode(), signature)
        assert problem_of(answer) == "heartbeat-not-signed"
    spaced = json.dumps(said, indent=1).encode()  # the same values in other bytes
    assert problem_of(await kiosk.send(spaced, signature)) == "heartbeat-not-signed"


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "signature",
    [
        "A",
        "A" * 86,
        "not base64url!",
        base64url(b"\0" * 64),
        base64url(b"\xff" * 64),
        base64url(b"\1" * 70),
    ],
)
async def test_no_signature_at_all(hall: Hall, signature: str) -> None:
    kiosk = await paired(hall)
    body = json.dumps(kiosk.says()).encode()
    assert problem_of(await kiosk.send(body, signature)) == "heartbeat-not-signed"


@pytest.mark.one_engine
async def test_a_point_that_is_not_there_or_not_paired(hall: Hall) -> None:
    kiosk = await paired(hall)
    body = json.dumps(kiosk.says()).encode()
    nobody = HALL.replace("c1", "ff")
    answer = await kiosk.send(body, kiosk.sign(body, nobody), nobody)
    assert problem_of(answer) == "query-point-gone"


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "path",
    [
        "/search?q=低保",
        "/search/低保",
        "/search/zhangsan",
        "/kiosk/zhangsan",
        "/v/640425103200#李四",
        "/v/640425103200?q=1",
        "/v/640425103200/past/zhangsan",
        "/v/640425103200\n",
        "/v/６４０４２５１０３２００",
        "//evil.example/v/640425103200",
        "https://evil.example/",
        "/app/tasks",
        "/f/nobodys-private-link-0",
        "v/640425103200",
        "",
        "/s/" + "A" * 300,
    ],
)
async def test_on_screen_with_typed_text(hall: Hall, path: str) -> None:
    kiosk = await paired(hall)
    answer = await kiosk.beat(on_screen=path)
    assert problem_of(answer) == "heartbeat-says-too-much"
    assert not any(word in answer.text for word in ("低保", "李四", "zhangsan"))
    assert await heartbeats(hall) == []
    assert (await kiosk.beat(on_screen=f"/v/{VILLAGE_A}")).status_code == 200


@pytest.mark.one_engine
async def test_a_device_boasts(hall: Hall) -> None:
    """It says it ran for a year: what is counted begins with its pairing and ends now."""
    kiosk = await paired(hall)
    hall.clock.pass_(minutes=30)
    year = {"from": "2025-10-08T00:00:00Z", "to": "2027-10-08T00:00:00Z"}
    assert (await kiosk.beat(missed=[year])).status_code == 200
    assert (await line_of(hall))["uptime"] == [
        {"day": "2026-10-08", "of": 4, "heard": 1, "claimed": 3}
    ]
    ends = {"from": "2026-10-08T01:20:00Z", "to": "2026-10-08T01:10:00Z"}
    assert problem_of(await kiosk.beat(missed=[ends])) == "wrong-type"
    far = {"from": "1970-01-01T00:00:00Z", "to": "2199-12-31T23:59:59Z"}
    assert (await kiosk.beat(missed=[far] * 200, at="2199-12-31T23:59:59Z")).status_code == 200
    (days,) = await hall.rows("SELECT COUNT(*) AS n FROM query_point_day")
    assert days["n"] == 1


@pytest.mark.one_engine
@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00"])
async def test_a_moment_that_no_calendar_has(hall: Hall, moment: str) -> None:
    kiosk = await paired(hall)
    for said in (
        {"at": moment},
        {"contents_as_of": moment},
        {"missed": [{"from": moment, "to": moment}]},
    ):
        assert problem_of(await kiosk.beat(**said)) == "wrong-type"
    assert await heartbeats(hall) == []
