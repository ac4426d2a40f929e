"""A villager's phone hears of what is new from the second it can be read, once, and stops with one tap."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server import jobs
from server.commands import tell_news
from server.rules.deliveries import LEASE
from tests.cast import EVERYBODY, VILLAGE_A, VILLAGE_B, Hall, at, problem_of
from tests.external.robot_server import Got, RobotServer
from tests.journeys import asking
from tests.journeys.following import Phone, follows, hall, publish, service, work
from tests.journeys.posting import accounts_of
from tests.journeys.test_village_groups import (
    FIRST,
    groups_owe_accounts,
    last_quarter,
    set_up,
)

ROOT = Path(__file__).parents[2]
__all__ = ["hall", "service"]


async def test_a_phone_hears_of_a_notice_once_in_the_language_it_was_read_in(
    hall: Hall, service: RobotServer
) -> None:
    mine = await follows(hall, service)
    hers = await follows(hall, service, "hers", lang="en")
    next_door = Phone(service, "next-door")
    await next_door.follow(hall, VILLAGE_B)
    assert await work(hall) == 0, "nothing is new"

    disclosure = await publish(hall)
    assert await work(hall) == 2
    assert await work(hall) == 0, "and once only"
    (heard,) = mine.heard()
    assert heard["title"] == "红河村有新公示"
    assert heard["body"] == "2026年第三季度财务收支"
    assert heard["path"] == f"/d/{disclosure}"
    assert heard["stop"] == "不再收"
    assert hers.heard()[0]["title"] == "红河村: a new notice"
    assert next_door.heard() == []
    assert not any(person.name in str(heard) for person in EVERYBODY)
    assert (await hall.visitor().get(heard["path"])).status_code == 200

    later = await follows(hall, service, "later")
    await work(hall)
    assert later.heard() == [], "who came later has seen it on the page"
    told = await hall.rows("SELECT details FROM event WHERE action = 'news.told'")
    assert [row["details"] for row in told] == ['{"kind":"notice","messages":2}']


async def test_who_follows_a_village_hears_of_its_groups(hall: Hall, service: RobotServer) -> None:
    await set_up(hall, FIRST, "一组")
    await groups_owe_accounts(hall)
    hall.clock.set("2027-01-05 09:00+08:00")
    mine = await follows(hall, service)
    await publish(hall, division=FIRST, period="2026Q4", content=last_quarter())
    await work(hall)
    assert [said["title"] for said in mine.heard()] == ["红河村一组有新公示"]
    visitor = hall.visitor()
    for code in (FIRST, VILLAGE_A):
        feed = (await visitor.get(f"/api/v1/open-data/{code}/feed.json")).json()
        assert "红河村一组" in str(feed["items"][0])
        due = (await visitor.get(f"/api/v1/open-data/{code}/due.ics")).text
        assert "红河村一组" in due


async def test_it_is_told_in_its_opening_second_and_not_before(
    hall: Hall, service: RobotServer
) -> None:
    mine = await follows(hall, service)
    opens_at = at("2026-10-12 08:00+08:00")
    disclosure = await publish(hall, opens_at=opens_at)
    hall.clock.now = opens_at - timedelta(seconds=1)
    assert await work(hall) == 0
    hall.clock.now = opens_at
    assert await work(hall) == 1
    assert mine.heard()[0]["path"] == f"/d/{disclosure}"


async def test_the_worker_wakes_when_something_opens(hall: Hall) -> None:
    await publish(hall, opens_at=at("2026-10-12 08:00+08:00"))
    hall.clock.set("2026-10-12 07:59:57+08:00")
    assert await jobs._until_next(hall.house, hall.clock()) == 3.0
    hall.clock.set("2026-10-12 08:00+08:00")
    assert await jobs._until_next(hall.house, hall.clock()) == jobs.LOOK_EVERY_SECONDS


async def test_phones_that_cannot_be_reached_keep_nothing_else_waiting(
    hall: Hall, service: RobotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silence(got: Got) -> tuple[int, bytes]:
        hall.clock.pass_(seconds=10)
        return 503, b""

    for n in range(5):
        await follows(hall, service, f"phone-{n}")
    await publish(hall)
    await jobs.tell(hall.house, hall.clock())
    service.reply = silence
    monkeypatch.setattr(jobs, "MOST", 1)
    assert await jobs._deliver_for_a_look(hall.house, hall.clock), "the next look comes first"
    assert len(service.got) == 2
    assert await jobs._deliver_for_a_look(hall.house, hall.clock)
    service.reply = lambda got: (201, b"")
    assert not await jobs._deliver_for_a_look(hall.house, hall.clock), "all that was due is tried"
    assert len(service.got) == 5


async def test_a_correction_is_told_as_one_and_only_the_chosen_kinds_are(
    hall: Hall, service: RobotServer
) -> None:
    accounts = await follows(hall, service, "accounts", categories=["finance_quarterly"])
    relief = await follows(hall, service, "relief", categories=["dibao_preliminary"])
    silent = await follows(hall, service, "silent", notices=False, missing=True)
    await publish(hall)
    await work(hall)
    hall.clock.pass_(hours=1)
    changed = accounts_of("2026-q3")
    changed["note"] = "更正一处文字"
    await publish(hall, seed=8, content=changed, reason="写错了一处")
    await work(hall)
    assert [each["title"] for each in accounts.heard()] == [
        "红河村有新公示",
        "红河村更正了一项公示",
    ]
    assert relief.heard() == silent.heard() == []


async def test_what_is_due_and_missing_is_told_once_in_the_morning(
    hall: Hall, service: RobotServer
) -> None:
    mine = await follows(hall, service, missing=True)
    other = await follows(hall, service, "other", missing=False)
    hall.clock.set("2026-10-15 23:59+08:00")
    assert await work(hall, missing=True) == 0
    hall.clock.set("2026-10-16 00:00+08:00")
    assert await work(hall, missing=True) == 0, "nobody is woken"
    hall.clock.set("2026-10-16 08:00+08:00")
    await work(hall, missing=True)
    accounts = [each for each in mine.heard() if "2026年第三季度财务收支" in each["body"]]
    assert len(accounts) == 1
    assert accounts[0]["title"] == "红河村有一项到期没公开"
    assert accounts[0]["body"] == "2026年第三季度财务收支，应在2026年10月15日以前公开"
    assert accounts[0]["path"] == f"/v/{VILLAGE_A}"
    page = (await hall.visitor().get(f"/api/v1/villages/{VILLAGE_A}?lang=zh")).json()
    titles = {each["title"] for each in page["missing"]}
    assert all(each["body"].partition("，")[0] in titles for each in mine.heard())

    before = len(mine.heard())
    for day in ("16 20:00", "17 08:00", "18 08:00", "30 08:00"):
        hall.clock.set(f"2026-10-{day}+08:00")
        await work(hall, missing=True)
    assert len(mine.heard()) == before, "once for each, however long it stays so"
    assert other.heard() == []


async def test_what_was_published_in_time_is_not_told_as_missing(
    hall: Hall, service: RobotServer
) -> None:
    mine = await follows(hall, service, missing=True, notices=False)
    await publish(hall)
    hall.clock.set("2026-10-16 08:00+08:00")
    await work(hall, missing=True)
    assert not any("2026年第三季度财务收支" in each["body"] for each in mine.heard())


async def test_whoever_asked_hears_of_the_answer_when_it_is_public(
    hall: Hall, service: RobotServer
) -> None:
    receipt = await asking.asked(hall)
    phone = Phone(service, "asker")
    url = f"/api/v1/follow-ups/{asking.follow_of(1)}/subscription"
    kept = await hall.visitor().put(url, json=phone.where())
    assert kept.status_code == 200, kept.text
    assert kept.json()["inquiry"] == receipt["id"]
    hall.clock.pass_(minutes=1)
    await asking.answer(hall, receipt["id"])
    assert await work(hall) == 0, "it is not reviewed yet"
    await asking.publish(hall, receipt["id"])
    assert await work(hall) == 1
    (heard,) = phone.heard()
    assert (heard["title"], heard["body"]) == ("您的提问有答复了", "红河村 2026-001 号，点开看答复")
    assert asking.QUESTION not in str(heard)
    page = await hall.visitor().get(heard["path"])
    assert asking.ANSWER in page.text
    assert await hall.rows("SELECT id FROM subscriber") == [], "it has ended by itself"
    refused = await hall.visitor().put(url, json=phone.where())
    assert problem_of(refused) == "not-found", "nothing is left to wait for"
    # Not satisfied: there is a second answer to wait for, and it is told as well.
    hall.clock.pass_(minutes=1)
    link = f"/api/v1/follow-ups/{asking.follow_of(1)}/satisfaction"
    assert (await hall.visitor().put(link, json={"rating": "not"})).status_code == 200
    assert (await hall.visitor().put(url, json=phone.where())).status_code == 200
    assert await work(hall) == 0
    assert len(await hall.rows("SELECT id FROM subscriber")) == 1, "it still waits"
    hall.clock.pass_(minutes=1)
    await asking.answer(hall, receipt["id"], seed=2)
    await asking.publish(hall, receipt["id"])
    assert await work(hall) == 1
    assert len(phone.heard()) == 2
    assert await hall.rows("SELECT id FROM subscriber") == []


async def test_an_answer_that_will_not_come_is_waited_for_by_nobody(
    hall: Hall, service: RobotServer
) -> None:
    receipt = await asking.asked(hall, proved=False)
    url = f"/api/v1/follow-ups/{asking.follow_of(1)}/subscription"
    assert (await hall.visitor().put(url, json=Phone(service, "x").where())).status_code == 200
    refused = {"decision": "refuse", "reason": "这不是村里的事"}
    await asking.at_desk(hall, asking.ZHAO_LIU, receipt["id"], "look", refused)
    assert await hall.rows("SELECT id FROM subscriber") == []


async def test_nothing_but_where_what_and_the_language_is_kept(
    hall: Hall, service: RobotServer
) -> None:
    await follows(hall, service, "phone", categories=["finance_quarterly"], missing=True)
    (row,) = await hall.rows("SELECT * FROM subscriber")
    assert set(row) == {
        *("id", "county", "division", "about", "device", "endpoint", "p256dh", "auth"),
        *("lang", "notices", "categories", "missing"),
    }
    (event,) = await hall.rows("SELECT * FROM event WHERE action = 'subscriber.added'")
    assert (event["address"], event["actor"], event["details"]) == ("", None, "{}")
    throttles = await hall.rows("SELECT key FROM throttle")
    assert not any("192.0.2.7" in each["key"] for each in throttles)


async def test_the_same_again_is_the_same_and_other_choices_take_its_place(
    hall: Hall, service: RobotServer
) -> None:
    phone = Phone(service, "phone")
    first = await phone.follow(hall)
    assert (await phone.follow(hall)).json() == first.json()
    changed = await phone.follow(hall, missing=True, categories=["finance_quarterly"], lang="en")
    assert changed.json()["stop_url"] == first.json()["stop_url"]
    listed = (await hall.visitor().get(f"/api/v1/subscriptions/{phone.device}")).json()["items"]
    assert [(i["categories"], i["missing"], i["lang"]) for i in listed] == [
        (["finance_quarterly"], True, "en")
    ]
    assert listed[0]["division_name"] == "红河村"
    assert len(await hall.rows("SELECT id FROM subscriber")) == 1


async def test_one_tap_ends_it_with_the_link_alone(hall: Hall, service: RobotServer) -> None:
    phone = await follows(hall, service)
    await publish(hall)
    await work(hall)
    end = phone.heard()[0]["end"]
    stranger = hall.visitor("198.51.100.9")
    page = await stranger.get(end, headers={"Accept": "text/html"})
    assert "这台设备正在收红河村的通知" in page.text
    # With 'no-referrer' a browser would send the button's form with the origin 'null', and nobody could stop it.
    assert page.headers["referrer-policy"] == "same-origin"
    assert len(await hall.rows("SELECT id FROM subscriber")) == 1, "looking ends nothing"

    tapped = await stranger.post(end)
    assert tapped.status_code == 200
    assert "已经不再收" in tapped.text
    assert await hall.rows("SELECT id FROM subscriber") == []
    assert (await stranger.post(end)).status_code == 200, "again is well too"
    listed = await stranger.get(f"/api/v1/subscriptions/{phone.device}")
    assert listed.json() == {"items": []}


@pytest.mark.parametrize("status", [404, 410])
async def test_a_device_that_is_gone_is_forgotten(
    hall: Hall, service: RobotServer, status: int
) -> None:
    await follows(hall, service)
    service.reply = lambda got: (status, b"")
    await publish(hall)
    await work(hall)
    assert await hall.rows("SELECT id FROM subscriber") == []
    (event,) = await hall.rows("SELECT details FROM event WHERE action = 'subscriber.dropped'")
    assert f'"code":{status}' in event["details"]


async def test_a_push_service_that_fails_is_asked_again(hall: Hall, service: RobotServer) -> None:
    phone = await follows(hall, service)
    service.reply = lambda got: (503, b"")
    await publish(hall)
    assert await work(hall) == 1
    service.reply = lambda got: (201, b"")
    hall.clock.pass_(minutes=1)
    assert await work(hall) == 1
    assert len(phone.heard()) == 2, "the first was not taken"


async def test_messages_are_forgotten_after_a_week(hall: Hall, service: RobotServer) -> None:
    await follows(hall, service)
    await publish(hall)
    await work(hall)
    hall.clock.pass_(days=6)
    await jobs.forget_old(hall.house, hall.clock())
    assert len(await hall.rows("SELECT id FROM delivery")) == 1
    hall.clock.pass_(days=2)
    await jobs.forget_old(hall.house, hall.clock())
    assert await hall.rows("SELECT id FROM delivery") == []
    assert await work(hall) == 0, "what was told stays told"


async def test_many_are_told_in_batches_by_many_workers_each_once(
    hall: Hall, service: RobotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tell_news, "BATCH", 4)
    phones = [await follows(hall, service, f"n{n}") for n in range(11)]
    await publish(hall)
    now = hall.clock()
    await asyncio.gather(*(jobs.tell(hall.house, now) for _ in range(4)))
    await asyncio.gather(*(work(hall) for _ in range(3)))
    assert [len(phone.heard()) for phone in phones] == [1] * 11
    (row,) = await hall.rows("SELECT told, done_at FROM announcement")
    assert row["told"] == 11
    assert row["done_at"] is not None


KILLED_BETWEEN_BATCHES = """
    import asyncio, os, sys
    from datetime import datetime
    from ipaddress import ip_network
    from server import jobs
    from server.commands import tell_news
    from server.settings import read_settings
    from server.web.opening import open_house

    async def main():
        url, photos, key, receipt, now = sys.argv[1:]
        settings = read_settings({}, database_url=url, photos=photos, push_key=key, receipt_key=receipt,
                                 notify_networks=(ip_network("127.0.0.0/8"),), push_hosts=("127.0.0.1",))
        house = await open_house(settings)
        tell_news.BATCH = 2
        told, whole = [], jobs.tell_news
        async def dying(tx, **given):
            if told:
                await whole(tx, **given)
                os.kill(os.getpid(), 9)
            told.append(await whole(tx, **given))
            return told[0]
        jobs.tell_news = dying
        await jobs.tell(house, datetime.fromisoformat(now))

    asyncio.run(main())
"""


async def test_killed_between_two_batches_nobody_is_left_out_and_nobody_told_twice(
    hall: Hall, service: RobotServer
) -> None:
    phones = [await follows(hall, service, f"n{n}") for n in range(5)]
    await publish(hall)
    settings = hall.house.settings
    killed = await asyncio.to_thread(
        subprocess.run,
        [
            *(sys.executable, "-c", textwrap.dedent(KILLED_BETWEEN_BATCHES)),
            *(settings.database_url, settings.photos, settings.push_key, settings.receipt_key),
            hall.clock().isoformat(),
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -9, killed.stderr.decode()
    assert len(await hall.rows("SELECT id FROM delivery")) == 2, "the second batch was undone"
    hall.clock.now += LEASE
    await work(hall)
    assert [len(phone.heard()) for phone in phones] == [1] * 5


NOT_KEPT: list[tuple[dict[str, Any], str, str]] = [
    ({"p256dh": "AAAA"}, "wrong-type", "/p256dh"),
    ({"auth": "AAAA"}, "wrong-type", "/p256dh"),
    ({"notices": False}, "wrong-type", "/notices"),
    ({"lang": "fr"}, "wrong-type", "/lang"),
    ({"account": "x"}, "unknown-field", "/account"),
    ({"categories": ["no_such_thing"]}, "not-found", ""),
    ({"endpoint": "http://10.0.0.1/x"}, "push-service-not-allowed", "/endpoint"),
]


@pytest.mark.parametrize(("change", "slug", "pointer"), NOT_KEPT)
async def test_what_no_browser_sends_is_refused_whole(
    hall: Hall, service: RobotServer, change: dict[str, Any], slug: str, pointer: str
) -> None:
    answer = await Phone(service, "x").follow(hall, **change)
    assert problem_of(answer) == slug
    if pointer:
        assert answer.json()["errors"][0]["pointer"] == pointer
    assert await hall.rows("SELECT id FROM subscriber") == []


async def test_only_a_village_is_followed(hall: Hall, service: RobotServer) -> None:
    for code in ("640425103000", "640425999999"):
        assert problem_of(await Phone(service, "x").follow(hall, code)) == "unknown-division"
        page = await hall.visitor().get(f"/v/{code}/follow", headers={"Accept": "text/html"})
        assert page.status_code == 404
