"""Attack: fill a village's list with made-up phones, or turn its news into requests at somebody else's server.

Anybody may subscribe, so anybody's machine may try to.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.commands import subscribe_device
from server.rules import throttling
from server.rules.subscribing import MOST_OF_A_DEVICE
from server.rules.throttling import Limit
from server.settings import read_settings
from server.storage import models
from tests.cast import VILLAGE_A, VILLAGE_B, Hall, problem_of
from tests.external.robot_server import RobotServer
from tests.journeys.following import Phone, hall, publish, service, work

pytestmark = pytest.mark.one_engine

__all__ = ["hall", "service"]


async def test_one_address_is_slowed_down_and_others_are_not(
    hall: Hall, service: RobotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "SUBSCRIBING_ADDRESS", Limit(capacity=5, per_minute=1))
    for n in range(5):
        assert (await Phone(service, f"n{n}").follow(hall)).status_code == 200
    refused = await Phone(service, "n5").follow(hall)
    assert problem_of(refused) == "too-many-attempts"
    assert int(refused.headers["retry-after"]) <= 60
    assert problem_of(await Phone(service, "n6").follow(hall, VILLAGE_B)) == "too-many-attempts"
    body = {**Phone(service, "n7").where()}
    elsewhere = hall.visitor("198.51.100.9")
    kept = await elsewhere.put(f"/api/v1/villages/{VILLAGE_A}/subscription", json=body)
    assert kept.status_code == 200
    assert len(await hall.rows("SELECT id FROM subscriber")) == 6


async def test_many_addresses_together_are_slowed_down_village_by_village(
    hall: Hall, service: RobotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttling, "SUBSCRIBING_VILLAGE", Limit(capacity=5, per_minute=1))
    answers = []
    for n in range(8):
        client = hall.visitor(f"198.51.100.{n}")
        url = f"/api/v1/villages/{VILLAGE_A}/subscription"
        answers.append(await client.put(url, json=Phone(service, f"n{n}").where()))
    assert [a.status_code for a in answers] == [200] * 5 + [429] * 3
    assert (await Phone(service, "other").follow(hall, VILLAGE_B)).status_code == 200


async def test_a_village_has_so_many_and_the_way_out_is_named(
    hall: Hall, service: RobotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscribe_device, "MOST_IN_A_VILLAGE", 3)
    for n in range(3):
        assert (await Phone(service, f"n{n}").follow(hall)).status_code == 200
    refused = await Phone(service, "n3").follow(hall)
    assert problem_of(refused) == "too-many-subscriptions"
    assert refused.json()["detail"].startswith("已有 3 份订阅，最多 3 份")
    changed = await Phone(service, "n0").follow(hall)
    assert problem_of(changed) == "too-many-subscriptions", "another phone, though it says n0"


async def test_one_device_follows_so_many_villages(hall: Hall, service: RobotServer) -> None:
    phone = Phone(service, "greedy")
    codes = [f"640425104{n:03}" for n in range(200, 201 + MOST_OF_A_DEVICE)]
    async with hall.store.transaction() as tx:
        for code in codes:
            await tx.insert(
                models.Division,
                id=int(code),
                county=code[:6],
                code=code,
                name=f"第{code[-3:]}村",
                parent="640425103000",
                level="village",
                valid_from="",
                valid_to=None,
                initials="",
            )
    answers = [await phone.follow(hall, code) for code in codes]
    assert [a.status_code for a in answers] == [200] * MOST_OF_A_DEVICE + [409]
    assert problem_of(answers[-1]) == "too-many-subscriptions"


def as_shipped(hall: Hall) -> None:
    """Let the hall allow what an installation allows that sets nothing."""
    usual = read_settings({})
    hall.house.settings = replace(
        hall.house.settings, push_hosts=usual.push_hosts, notify_networks=usual.notify_networks
    )


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://victim.example/expensive",
        "https://fcm.googleapis.com.evil.test/x",
        "https://evilpush.apple.com.cn/x",
        "https://notnotify.windows.com/x",
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:10.0.0.1]/x",
        "https://fcm.googleapis.com@10.0.0.1/x",
        "http://fcm.googleapis.com/x",
        "http://localhost/x",
    ],
)
async def test_only_the_browsers_own_push_services_are_written_to(
    hall: Hall, service: RobotServer, endpoint: str
) -> None:
    """Whoever could name any address would have a thousand requests sent there by each notice, or look around inside."""
    as_shipped(hall)
    answer = await Phone(service, "x").follow(hall, endpoint=endpoint)
    assert problem_of(answer) == "push-service-not-allowed"
    assert answer.json()["errors"][0]["pointer"] == "/endpoint"
    assert await hall.rows("SELECT id FROM subscriber") == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://web.push.apple.com/QGx",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://wns2-par02p.notify.windows.com/w/?token=BQY",
    ],
)
async def test_the_services_that_browsers_have_are_taken(
    hall: Hall, service: RobotServer, endpoint: str
) -> None:
    as_shipped(hall)
    assert (await Phone(service, "x").follow(hall, endpoint=endpoint)).status_code == 200


async def test_a_name_that_leads_inside_is_not_connected_to(
    hall: Hall, service: RobotServer
) -> None:
    """A host on the list whose name leads inside when it is sent to: checked again at the door, and held back."""
    hall.house.settings = replace(
        hall.house.settings, push_hosts=("localhost",), notify_networks=()
    )
    endpoint = f"https://localhost:{service.port}/x"
    assert (await Phone(service, "x").follow(hall, endpoint=endpoint)).status_code == 200
    hall.clock.pass_(seconds=1)
    await publish(hall)
    assert await work(hall) == 1
    assert service.got == []
    assert await work(hall) == 0, "once an hour is enough to look again"
    (left,) = await hall.rows("SELECT state, why FROM delivery")
    assert (left["state"], left["why"]) == ("waiting", "address_refused")
