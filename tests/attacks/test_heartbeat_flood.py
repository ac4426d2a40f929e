"""Attack: a paired device, or whoever took its key, that beats without a pause; and somebody who uses its turns up."""

from __future__ import annotations

import json

import pytest

from server.rules.throttling import HEARTBEATS
from tests.cast import ZHAO_LIU, Hall, problem_of
from tests.device import HALL, POINTS, SQUARE, Device, paired


async def flooded(hall: Hall) -> Device:
    """Return a device that has used its turns up."""
    kiosk = await paired(hall)
    for _ in range(HEARTBEATS.capacity):
        assert (await kiosk.beat()).status_code == 200
    return kiosk


async def test_a_device_without_a_pause_is_told_when_to_come_again(hall: Hall) -> None:
    kiosk = await flooded(hall)
    refused = await kiosk.beat()
    assert (refused.status_code, problem_of(refused)) == (429, "too-many-heartbeats")
    said = refused.json()
    assert (said["every"], said["most"], said["retry_after"]) == (10, 20, 120)
    assert refused.headers["retry-after"] == "120"
    assert all(n in said["detail"] for n in ("10", "20", "2 分钟"))
    (key,) = await hall.rows("SELECT seq FROM query_point_key")
    assert key["seq"] == HEARTBEATS.capacity  # nothing of it was kept
    hall.clock.pass_(seconds=119)
    assert problem_of(await kiosk.beat()) == "too-many-heartbeats"
    hall.clock.pass_(seconds=1)
    assert (await kiosk.beat()).status_code == 200


@pytest.mark.one_engine
async def test_a_device_at_its_usual_pace_never_hears_of_it(hall: Hall) -> None:
    kiosk = await flooded(hall)
    for _ in range(HEARTBEATS.capacity):
        hall.clock.pass_(minutes=10)
        assert (await kiosk.beat()).status_code == 200


@pytest.mark.one_engine
async def test_a_neighbour_and_the_device_that_comes_after_it_have_turns_of_their_own(
    hall: Hall,
) -> None:
    await flooded(hall)
    assert (await (await paired(hall, id=SQUARE)).beat()).status_code == 200
    zhao = await hall.client_as(ZHAO_LIU)
    code = (await zhao.post(f"{POINTS}/{HALL}/pairing-code")).json()["code"]
    after = Device(hall)
    assert (await after.pair(code)).status_code == 201
    assert (await after.beat()).status_code == 200


@pytest.mark.one_engine
async def test_recordings_and_forgeries_use_none_of_its_turns_up(hall: Hall) -> None:
    kiosk = await paired(hall)
    body = json.dumps(kiosk.says()).encode()
    signature = kiosk.sign(body)
    assert (await kiosk.send(body, signature)).status_code == 200
    for _ in range(HEARTBEATS.capacity):
        assert problem_of(await kiosk.send(body, signature)) == "heartbeat-replayed"
        assert problem_of(await kiosk.send(body + b" ", signature)) == "heartbeat-not-signed"
    assert (await kiosk.beat()).status_code == 200
