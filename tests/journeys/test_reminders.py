"""Reminders: who owes is reminded once on each day, in the group and on the phone, and nobody who has posted."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import pytest

from server import jobs
from server.commands.claim_deliveries import claim_deliveries
from server.commands.settle_delivery import settle_delivery
from server.rules.deliveries import ARRIVED, LEASE, MOST_ATTEMPTS, Outcome
from tests.cast import (
    LI_SI,
    SUN_QI,
    TOWNSHIP,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHOU_BA,
    Hall,
    opened,
    problem_of,
)
from tests.external.push_browser import PushBrowser
from tests.external.robot_server import RobotServer, dingtalk, feishu, robot_server
from tests.journeys.posting import new_id, submission

ROOT = Path(__file__).parents[2]


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


async def add_group(
    hall: Hall, service: RobotServer, *, seed: int = 1, robot: str = "wecom", **changes: Any
) -> str:
    """Let 周八 add a group of the township, and return its id."""
    administrator = await hall.client_as(ZHOU_BA)
    made = await administrator.post(
        "/api/v1/webhooks",
        json={
            "id": new_id(hall.clock(), seed),
            "division": TOWNSHIP,
            "name": "红河镇报账群",
            "robot": robot,
            "address": f"{service.address}/robot/send?access_token=topsecret{seed:04}",
            **changes,
        },
    )
    assert made.status_code == 201, made.text
    found: str = made.json()["id"]
    return found


async def work(hall: Hall) -> int:
    """Do what the background worker does at one look; return how many messages were tried."""
    await jobs.plan(hall.house, hall.clock())
    done = 0
    while n := await jobs.deliver(hall.house, hall.clock):
        done += n
    return done


def about_accounts(texts: list[str]) -> list[str]:
    return [text for text in texts if "2026年第三季度财务收支" in text]


@pytest.mark.one_engine
async def test_the_group_reads_who_has_not_published_once_a_day(
    hall: Hall, service: RobotServer
) -> None:
    hall.clock.set("2026-10-14 07:59+08:00")
    await add_group(hall, service)
    assert await work(hall) == 0, "it is quiet until eight"

    hall.clock.set("2026-10-14 08:00+08:00")
    assert await work(hall) > 0
    said = about_accounts(service.texts())
    assert len(said) == 1
    assert said[0].startswith("【公示栏】2026年第三季度")
    assert "2026年10月15日到期，还剩 1 天，其中工作日 1 天。" in said[0]
    assert said[0].endswith("还没有公开：红河村、宽坪村")
    for person in (ZHANG_SAN, LI_SI, SUN_QI):
        assert person.name not in str(service.texts())

    before = len(service.got)
    hall.clock.pass_(hours=5)
    assert await work(hall) == 0, "the same again on the same day is nothing new"
    assert len(service.got) == before

    phone = await hall.client_as(ZHANG_SAN)
    assert (await phone.post("/api/v1/submissions", json=submission(hall))).status_code == 201
    hall.clock.set("2026-10-15 08:00+08:00")
    await work(hall)
    last_day = about_accounts(service.texts())[-1]
    assert "今天是最后一天" in last_day
    assert last_day.endswith("还没有公开：宽坪村"), "who has posted is not named"

    hall.clock.set("2026-10-16 09:00+08:00")
    await work(hall)
    assert "已迟 1 天" in about_accounts(service.texts())[-1]
    hall.clock.set("2026-10-30 09:00+08:00")
    await work(hall)
    assert len(about_accounts(service.texts())) == 3, "nobody is reminded for ever"


@pytest.mark.one_engine
@pytest.mark.parametrize(("robot", "reply"), [("dingtalk", dingtalk), ("feishu", feishu)])
async def test_a_signed_robot_and_its_test_button(
    hall: Hall, service: RobotServer, robot: str, reply: Any
) -> None:
    service.reply = reply("SEC-right")
    group = await add_group(hall, service, robot=robot, secret="SEC-wrong")
    administrator = await hall.client_as(ZHOU_BA)
    tried = await administrator.post(f"/api/v1/webhooks/{group}/test")
    assert tried.json()["arrived"] is False
    assert "加签密钥" in tried.json()["why"]["zh"]
    assert tried.json()["code"] in (310000, 19021)

    right = await add_group(hall, service, robot=robot, secret="SEC-right", seed=2)
    tried = await administrator.post(f"/api/v1/webhooks/{right}/test")
    assert tried.json() == {"arrived": True, "why": None, "code": None}
    assert "红河镇的公开到期提醒会发到这个群" in service.texts()[-1]

    for _ in range(8):
        last = await administrator.post(f"/api/v1/webhooks/{right}/test")
    assert problem_of(last) == "too-many-attempts"


async def test_the_address_is_shown_to_nobody_whole(hall: Hall, service: RobotServer) -> None:
    group = await add_group(hall, service)
    administrator = await hall.client_as(ZHOU_BA)
    listed = await administrator.get("/api/v1/webhooks")
    line = listed.json()["items"][0]
    assert line["ends_in"] == "0001"
    assert line["division_name"] == "红河镇"
    for place in (listed.text, str(await hall.rows("SELECT details FROM event"))):
        assert "topsecret" not in place

    assert (await administrator.delete(f"/api/v1/webhooks/{group}")).status_code == 204
    assert (await administrator.get("/api/v1/webhooks")).json()["items"] == []
    assert (await hall.rows("SELECT address, secret FROM webhook"))[0]["address"] == ""
    assert problem_of(await administrator.post(f"/api/v1/webhooks/{group}/test")) == "not-found"


@pytest.mark.one_engine
async def test_a_place_has_so_many_groups_and_no_more(hall: Hall, service: RobotServer) -> None:
    for seed in range(1, 21):
        await add_group(hall, service, seed=seed)
    administrator = await hall.client_as(ZHOU_BA)
    body = {"id": new_id(hall.clock(), 99), "division": TOWNSHIP, "name": "群", "robot": "wecom"}
    refused = await administrator.post("/api/v1/webhooks", json=body | {"address": service.address})
    assert problem_of(refused) == "wrong-type"
    assert "20" in refused.json()["detail"]
    assert len((await administrator.get("/api/v1/webhooks")).json()["items"]) == 20


@pytest.mark.one_engine
@pytest.mark.parametrize("person", [ZHANG_SAN, LI_SI, WANG_WU])
async def test_only_an_administrator_says_which_groups(hall: Hall, person: Any) -> None:
    client = await hall.client_as(person)
    assert problem_of(await client.get("/api/v1/webhooks")) == "not-allowed"


@pytest.mark.one_engine
async def test_an_administrator_says_so_in_their_own_area_only(
    hall: Hall, service: RobotServer
) -> None:
    administrator = await hall.client_as(ZHOU_BA)
    refused = await administrator.post(
        "/api/v1/webhooks",
        json={
            "id": new_id(hall.clock(), 1),
            "division": "640000000000",
            "name": "全区",
            "robot": "wecom",
            "address": service.address,
        },
    )
    assert problem_of(refused) == "not-allowed"


async def test_a_robot_that_refuses_is_asked_again_and_given_up_in_words(
    hall: Hall, service: RobotServer
) -> None:
    service.reply = lambda got: (200, b'{"errcode":45009,"errmsg":"api freq out of limit"}')
    hall.clock.set("2026-10-15 08:00+08:00")
    await add_group(hall, service)
    await work(hall)
    first = len(service.got)
    assert first > 0
    assert await work(hall) == 0, "not again at once"
    for _ in range(12):
        hall.clock.pass_(minutes=61)
        await work(hall)
    assert len(service.got) == first * MOST_ATTEMPTS
    administrator = await hall.client_as(ZHOU_BA)
    line = (await administrator.get("/api/v1/webhooks")).json()["items"][0]
    assert (line["sent"], line["failed"]) == (0, first)
    assert line["newest"][0]["why"]["zh"] == "发得太快，过一会儿再发"
    assert line["newest"][0]["attempts"] == MOST_ATTEMPTS
    given_up = await hall.rows("SELECT 1 AS x FROM event WHERE action = 'reminder.given_up'")
    assert len(given_up) == first


@pytest.mark.one_engine
async def test_what_was_not_said_by_night_is_not_said_tomorrow(
    hall: Hall, service: RobotServer
) -> None:
    service.reply = lambda got: (503, b"")
    hall.clock.set("2026-10-15 20:58+08:00")
    await add_group(hall, service)
    await work(hall)
    tried = len(service.got)
    hall.clock.set("2026-10-16 00:30+08:00")
    await work(hall)
    assert len(service.got) == tried
    states = {r["state"] for r in await hall.rows("SELECT state FROM delivery")}
    assert states == {"failed"}


async def test_two_workers_at_once_send_each_message_once(hall: Hall, service: RobotServer) -> None:
    hall.clock.set("2026-10-15 08:00+08:00")
    for seed in range(1, 8):
        await add_group(hall, service, seed=seed)
    await asyncio.gather(*(jobs.plan(hall.house, hall.clock()) for _ in range(4)))

    async def worker() -> None:
        while await jobs.deliver(hall.house, hall.clock):
            pass

    await asyncio.gather(*(worker() for _ in range(4)))
    said = [(g.path, g.body) for g in service.got]
    assert len(said) == len(set(said))
    rows = await hall.rows("SELECT state, COUNT(*) AS n FROM delivery GROUP BY state")
    assert [(r["state"], r["n"]) for r in rows] == [("sent", len(said))]


KILLED_WHILE_SENDING = """
    import asyncio, os, sys
    from datetime import datetime
    from ipaddress import ip_network
    from server import jobs
    from server.external import robots
    from server.settings import read_settings
    from server.web.opening import open_house

    async def die(*args, **kwargs):
        os.kill(os.getpid(), 9)

    async def main():
        url, photos, key, now = sys.argv[1:]
        settings = read_settings({}, database_url=url, photos=photos, push_key=key,
                                 notify_networks=(ip_network("127.0.0.0/8"),))
        house = await open_house(settings)
        robots.say = die
        await jobs.deliver(house, lambda: datetime.fromisoformat(now))

    asyncio.run(main())
"""


async def test_a_worker_that_is_killed_in_the_middle_loses_nothing(
    hall: Hall, service: RobotServer
) -> None:
    hall.clock.set("2026-10-15 08:00+08:00")
    await add_group(hall, service)
    await jobs.plan(hall.house, hall.clock())
    settings = hall.house.settings
    killed = await asyncio.to_thread(
        subprocess.run,
        [
            *(sys.executable, "-c", textwrap.dedent(KILLED_WHILE_SENDING)),
            *(settings.database_url, settings.photos, settings.push_key),
            hall.clock().isoformat(),
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -9, killed.stderr.decode()
    states = {r["state"] for r in await hall.rows("SELECT state FROM delivery")}
    assert states == {"sending"}
    assert await jobs.deliver(hall.house, hall.clock) == 0, "the lease is not out"
    hall.clock.now += LEASE
    assert await jobs.deliver(hall.house, hall.clock) > 0
    assert len(about_accounts(service.texts())) == 1
    states = {r["state"] for r in await hall.rows("SELECT state FROM delivery")}
    assert states == {"sent"}


async def test_a_slow_worker_does_not_write_over_the_one_that_took_over(
    hall: Hall, service: RobotServer
) -> None:
    hall.clock.set("2026-10-15 08:00+08:00")
    await add_group(hall, service)
    await jobs.plan(hall.house, hall.clock())
    async with hall.store.transaction() as tx:
        slow = await claim_deliveries(tx, token="slow", most=8, now=hall.clock())
    hall.clock.now += LEASE
    async with hall.store.transaction() as tx:
        fast = await claim_deliveries(tx, token="fast", most=8, now=hall.clock())
    assert {d.id for d in slow} == {d.id for d in fast}
    async with hall.store.transaction() as tx:
        assert await settle_delivery(tx, delivery=fast[0], outcome=ARRIVED, now=hall.clock())
    async with hall.store.transaction() as tx:
        late = await settle_delivery(
            tx,
            delivery=next(d for d in slow if d.id == fast[0].id),
            outcome=Outcome("no_answer"),
            now=hall.clock(),
        )
    assert late is None
    row = await hall.rows("SELECT state FROM delivery WHERE id = ?", fast[0].id)
    assert row[0]["state"] == "sent"


# --- On the phone ---------------------------------------------------------------------------------


def subscription(hall: Hall, endpoint: str, seed: int = 1) -> dict[str, Any]:
    """Return what a phone's browser sends when its owner switches reminders on."""
    return {"id": new_id(hall.clock(), 500 + seed), "lang": "zh", **PushBrowser().keys(endpoint)}


async def listening_phone(
    hall: Hall, service: RobotServer, person: Any, name: str
) -> httpx.AsyncClient:
    phone = await hall.client_as(person)
    body = subscription(hall, f"{service.address}/push/{name}", len(name))
    answer = await phone.put("/api/v1/push", json=body)
    assert answer.status_code == 204, answer.text
    return phone


async def test_the_phone_of_who_owes_is_woken_and_no_other(
    hall: Hall, service: RobotServer
) -> None:
    service.reply = lambda got: (201, b"")
    hall.clock.set("2026-10-14 10:00+08:00")
    phone = await listening_phone(hall, service, ZHANG_SAN, "zhang")
    await listening_phone(hall, service, SUN_QI, "sunqi7")
    assert (await phone.get("/api/v1/push")).json()["on"] is True
    await phone.post("/api/v1/submissions", json=submission(hall))
    await work(hall)
    woken = {g.path for g in service.got}
    assert woken == {"/push/sunqi7"}
    subjects = await hall.rows("SELECT subject, message FROM delivery")
    assert all(r["subject"].startswith(VILLAGE_B) for r in subjects)
    assert not any(p.name in r["message"] for r in subjects for p in (ZHANG_SAN, SUN_QI))


@pytest.mark.one_engine
async def test_a_device_signed_out_from_elsewhere_is_silent(
    hall: Hall, service: RobotServer
) -> None:
    service.reply = lambda got: (201, b"")
    hall.clock.set("2026-10-14 10:00+08:00")
    phone = await listening_phone(hall, service, ZHANG_SAN, "zhang")
    assert (await phone.delete("/api/v1/sessions/current")).status_code == 204
    assert await work(hall) == 0
    assert service.got == []


async def test_one_tap_switches_it_off(hall: Hall, service: RobotServer) -> None:
    hall.clock.set("2026-10-14 10:00+08:00")
    phone = await listening_phone(hall, service, ZHANG_SAN, "zhang")
    assert (await phone.delete("/api/v1/push")).status_code == 204
    assert (await phone.delete("/api/v1/push")).status_code == 204
    state = (await phone.get("/api/v1/push")).json()
    assert (state["on"], state["endpoint_hash"]) == (False, None)
    assert await work(hall) == 0


@pytest.mark.one_engine
async def test_a_device_that_is_gone_is_forgotten(hall: Hall, service: RobotServer) -> None:
    service.reply = lambda got: (410, b"")
    hall.clock.set("2026-10-14 10:00+08:00")
    phone = await listening_phone(hall, service, ZHANG_SAN, "zhang")
    await work(hall)
    assert (await phone.get("/api/v1/push")).json()["on"] is False


@pytest.mark.one_engine
async def test_a_wrong_setting_holds_a_reminder_back_and_it_goes_out_once_it_is_right(
    hall: Hall, service: RobotServer
) -> None:
    service.reply = lambda got: (201, b"")
    hall.clock.set("2026-10-14 08:05+08:00")
    phone = await listening_phone(hall, service, ZHANG_SAN, "zhang")
    right, wrong = hall.house.settings, ("push.example.cn",)
    hall.house.settings = replace(right, notify_hosts=wrong)
    for _ in range(MOST_ATTEMPTS + 2):
        assert await work(hall) == 1
        hall.clock.pass_(hours=1)
    assert await jobs.say_held(hall.house) == 1, "and the log says so"
    assert (await phone.get("/api/v1/push")).json()["on"] is True
    hall.house.settings = right
    assert await work(hall) == 1
    assert [g.path for g in service.got] == ["/push/zhang"]
    assert await jobs.say_held(hall.house) == 0


@pytest.mark.parametrize(
    ("status", "said", "minutes", "why"),
    [
        (429, "1200", 20, "too_often"),
        (503, None, 1, "http_status"),
        (429, "86400", None, "too_often"),
        (413, None, None, "too_large"),
        (403, None, None, "http_status"),
    ],
)
async def test_a_push_service_says_when_it_takes_more_and_what_it_never_takes(
    hall: Hall,
    service: RobotServer,
    status: int,
    said: str | None,
    minutes: int | None,
    why: str,
) -> None:
    """`minutes`: until it is sent again; None: not any more, the evening comes first or it would be the same again."""
    service.reply = lambda got: (status, b"", {"Retry-After": said} if said else {})
    hall.clock.set("2026-10-14 10:00+08:00")
    phone = await listening_phone(hall, service, ZHANG_SAN, "zhang")
    first = await work(hall)
    assert first > 0
    rows = await hall.rows("SELECT state, why, code FROM delivery")
    state = "failed" if minutes is None else "waiting"
    assert {(r["state"], r["why"], r["code"]) for r in rows} == {(state, why, status)}
    assert (await phone.get("/api/v1/push")).json()["on"] is True, "the device is still there"
    service.reply = lambda got: (201, b"")
    hall.clock.pass_(minutes=minutes or 60 * 10, seconds=-1)
    assert await work(hall) == 0
    hall.clock.pass_(seconds=1)
    assert await work(hall) == (0 if minutes is None else first)


async def test_a_post_that_changes_hands_between_planning_and_sending(
    hall: Hall, service: RobotServer
) -> None:
    service.reply = lambda got: (201, b"")
    hall.clock.set("2026-10-09 10:00+08:00")
    zhang = await listening_phone(hall, service, ZHANG_SAN, "zhang")
    successor = {"id": new_id(hall.clock(), 77), "login": "qianjiu", "name": "钱九"}
    handover = f"/api/v1/accounts/{ZHANG_SAN.id}/handover"
    answer = await zhang.post(handover, json={**successor, "on": "2026-10-15"})
    assert answer.status_code == 201, answer.text
    hall.clock.set("2026-10-14 10:00+08:00")
    assert await jobs.plan(hall.house, hall.clock()) > 0
    # A county that lets its reminders speak until midnight, and a worker that was slow: the post has a new holder.
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE delivery SET expires_at = expires_at + 43200000")
    hall.clock.set("2026-10-15 00:00+08:00")
    assert await jobs.deliver(hall.house, hall.clock) > 0
    assert service.got == []
    rows = await hall.rows("SELECT state, why FROM delivery")
    assert {(r["state"], r["why"]) for r in rows} == {("failed", "recipient_gone")}


async def test_the_same_device_under_a_new_sign_in_is_reminded_once(
    hall: Hall, service: RobotServer
) -> None:
    service.reply = lambda got: (201, b"")
    hall.clock.set("2026-10-14 10:00+08:00")
    await listening_phone(hall, service, ZHANG_SAN, "zhang")
    hall.clock.pass_(minutes=1)
    await listening_phone(hall, service, ZHANG_SAN, "zhang")
    await work(hall)
    assert len(service.got) == len(await hall.rows("SELECT DISTINCT subject FROM delivery"))


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"endpoint": "https://10.0.0.1/x"}, "address-not-allowed"),
        ({"endpoint": "ftp://push.test/x"}, "address-not-allowed"),
        ({"p256dh": "AAAA"}, "wrong-type"),
        ({"auth": "AAAA"}, "wrong-type"),
    ],
)
async def test_what_is_no_subscription_is_refused(
    hall: Hall, service: RobotServer, change: dict[str, Any], slug: str
) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    body = subscription(hall, f"{service.address}/push/1") | change
    assert problem_of(await phone.put("/api/v1/push", json=body)) == slug
    assert await hall.rows("SELECT id FROM push_subscription") == []


@pytest.mark.one_engine
async def test_the_list_of_what_i_owe_says_which_reminder_today_is(hall: Hall) -> None:
    hall.clock.set("2026-10-14 10:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)

    async def reminder() -> str | None:
        items = (await phone.get("/api/v1/tasks")).json()["items"]
        found: str | None = next(
            i["reminder"]
            for i in items
            if (i["category"], i["period"]) == ("finance_quarterly", "2026Q3")
        )
        return found

    assert await reminder() == "before-1"
    hall.clock.set("2026-10-15 23:00+08:00")
    assert await reminder() == "due", "the list speaks at night too"
    await phone.post("/api/v1/submissions", json=submission(hall))
    assert await reminder() is None
