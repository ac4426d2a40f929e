"""A silent query point is told once a day, not at night; old heartbeats go, and the days they made stay."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from server import jobs
from server.commands.forget_heartbeats import forget_heartbeats
from server.storage import push_subscriptions
from server.storage.push_subscriptions import Subscription
from tests.cast import TOWNSHIP, VILLAGE_B, WANG_WU, ZHANG_SAN, ZHAO_LIU, ZHOU_BA, Hall, opened
from tests.device import SQUARE, line_of, paired, registered
from tests.external.robot_server import RobotServer, robot_server
from tests.journeys.test_reminders import add_group, work


@pytest.fixture
def service() -> Iterator[RobotServer]:
    with robot_server() as found:
        yield found


@pytest.fixture
async def hall(database_url: str, photo_root: Path) -> AsyncIterator[Hall]:
    """A hall that may send to this machine, where the chat service of the tests is."""
    async with opened(
        database_url, photo_root, notify_networks=(ip_network("127.0.0.0/8"),)
    ) as found:
        yield found


def about_points(service: RobotServer) -> list[str]:
    return [text for text in service.texts() if "查询点" in text]


@pytest.mark.one_engine
async def test_the_group_reads_once_a_day_which_points_are_silent(
    hall: Hall, service: RobotServer
) -> None:
    await add_group(hall, service)
    kiosk = await paired(hall)
    screen = await paired(hall, id=SQUARE, division=VILLAGE_B, name="广场大屏", kind="screen")
    await registered(hall, id=SQUARE[:-1] + "3", name="还没有设备")
    await kiosk.beat()
    await screen.beat()
    hall.clock.pass_(minutes=30)
    await work(hall)
    assert about_points(service) == []

    await screen.beat()
    hall.clock.pass_(minutes=1)
    await work(hall)
    (said,) = about_points(service)
    assert said == (
        "【公示栏】有查询点没有信号，请看看电源和网络\n"
        "红河村 村部查询机：2026年10月8日 09:00起没有收到"
    )
    hall.clock.pass_(hours=3)
    await work(hall)
    assert len(about_points(service)) == 1, "once a day"

    hall.clock.set("2026-10-09 07:59+08:00")
    await work(hall)
    assert len(about_points(service)) == 1, "and not at night"
    hall.clock.set("2026-10-09 08:00+08:00")
    await work(hall)
    assert about_points(service)[-1].count("起没有收到") == 2

    zhao = await hall.client_as(ZHAO_LIU)
    for point in (kiosk.point, screen.point):
        assert (await zhao.delete(f"/api/v1/query-points/{point}")).status_code == 204
    hall.clock.set("2026-10-10 08:00+08:00")
    await work(hall)
    assert len(about_points(service)) == 2, "nobody waits for what is retired"


async def test_the_townships_devices_hear_of_each_and_no_village_does(hall: Hall) -> None:
    await paired(hall)
    for number, person in enumerate((WANG_WU, ZHANG_SAN, ZHOU_BA)):
        client = await hall.client_as(person)
        session = (await client.get("/api/v1/me")).json()["session_id"]
        async with hall.store.transaction() as tx:
            await push_subscriptions.insert(
                tx,
                Subscription(
                    id=SQUARE[:-1] + str(number),
                    county=TOWNSHIP[:6],
                    account_id=person.id,
                    session_id=session,
                    endpoint=f"https://push.example/{number}",
                    endpoint_hash=str(number) * 64,
                    p256dh="",
                    auth="",
                    lang="zh",
                    created_at=hall.clock(),
                ),
            )
    hall.clock.pass_(hours=1)
    for _ in range(2):
        await jobs.plan(hall.house, hall.clock())
    said = await hall.rows("SELECT recipient, message FROM delivery WHERE kind LIKE 'silent%'")
    told = {each["recipient"][-1] for each in said}
    assert told == {"0", "2"}
    assert len(said) == len(told), "each once"
    assert "红河村：村部查询机没有信号" in said[0]["message"]
    assert "/app/points" in said[0]["message"]


async def test_heartbeats_are_kept_for_400_days_and_their_days_for_good(hall: Hall) -> None:
    kiosk = await paired(hall)
    await kiosk.beat()
    hall.clock.pass_(days=1)
    await kiosk.beat()
    hall.clock.pass_(days=399, minutes=9)
    assert await forget_heartbeats(hall.store, now=hall.clock()) == 0
    hall.clock.pass_(minutes=1)
    assert await forget_heartbeats(hall.store, now=hall.clock()) == 1
    assert await forget_heartbeats(hall.store, now=hall.clock()) == 0
    assert [r["seq"] for r in await hall.rows("SELECT seq FROM query_point_heartbeat")] == [2]
    assert len(await hall.rows("SELECT day FROM query_point_day")) == 2
    assert (await line_of(hall))["last"] is not None
