"""Messages that could not be sent: a wrong setting loses nobody, and whoever has nothing to wait for any more is let go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server import jobs
from tests.cast import Hall
from tests.external.robot_server import RobotServer
from tests.journeys import asking
from tests.journeys.following import Phone, follows, hall, publish, service, work

__all__ = ["hall", "service"]


def allow(hall: Hall, *hosts: str) -> None:
    """Let the operator set which push services may be written to."""
    hall.house.settings = replace(hall.house.settings, push_hosts=hosts)


async def waits(hall: Hall, service: RobotServer) -> tuple[Phone, str]:
    """Return a phone that waits for an answer, and the inquiry."""
    receipt = await asking.asked(hall)
    phone = Phone(service, "asker")
    url = f"/api/v1/follow-ups/{asking.follow_of(1)}/subscription"
    assert (await hall.visitor().put(url, json=phone.where())).status_code == 200
    hall.clock.pass_(minutes=1)
    return phone, receipt["id"]


async def answered(hall: Hall, inquiry: str) -> None:
    await asking.answer(hall, inquiry)
    await asking.publish(hall, inquiry)


async def left(hall: Hall) -> int:
    return len(await hall.rows("SELECT id FROM subscriber"))


async def test_a_wrong_setting_loses_nobody_and_the_message_goes_out_once_it_is_right(
    hall: Hall, service: RobotServer
) -> None:
    phones = [await follows(hall, service, f"n{n}") for n in range(3)]
    await publish(hall)
    allow(hall, "push.example.cn")
    for _ in range(8):  # as often as any message is tried, and more
        assert await work(hall) == 3
        hall.clock.pass_(hours=1)
    assert (await left(hall), service.got) == (3, [])
    assert await jobs.say_held(hall.house) == 3, "and the log says so"
    dropped = "SELECT id FROM event WHERE action LIKE 'subscriber.dropped'"
    assert await hall.rows(dropped) == []
    allow(hall, "127.0.0.1")
    assert await work(hall) == 3
    assert [len(phone.heard()) for phone in phones] == [1, 1, 1]
    assert await jobs.say_held(hall.house) == 0


@pytest.mark.one_engine
async def test_news_of_yesterday_is_let_be_and_who_follows_stays(
    hall: Hall, service: RobotServer
) -> None:
    phone = await follows(hall, service)
    await publish(hall)
    allow(hall, "push.example.cn")
    await work(hall)
    hall.clock.pass_(days=2)
    await work(hall)
    allow(hall, "127.0.0.1")
    assert await work(hall) == 0
    assert (await left(hall), phone.heard()) == (1, [])


@pytest.mark.one_engine
async def test_an_answer_is_told_days_later_than_news(hall: Hall, service: RobotServer) -> None:
    phone, inquiry = await waits(hall, service)
    await answered(hall, inquiry)
    allow(hall, "push.example.cn")
    await work(hall)
    hall.clock.pass_(days=5)
    await jobs.forget_old(hall.house, hall.clock())
    allow(hall, "127.0.0.1")
    assert await work(hall) == 1
    assert [each["title"] for each in phone.heard()] == ["您的提问有答复了"]
    assert await left(hall) == 0


async def test_whoever_waited_for_an_answer_that_was_never_sent_is_let_go(
    hall: Hall, service: RobotServer
) -> None:
    _, inquiry = await waits(hall, service)
    await follows(hall, service, "follower")
    await answered(hall, inquiry)
    await jobs.tell(hall.house, hall.clock())
    await jobs.forget_old(hall.house, hall.clock())
    assert await left(hall) == 2, "its message is on its way"
    hall.clock.pass_(days=29)
    assert await work(hall) == 0
    await jobs.forget_old(hall.house, hall.clock())
    assert [row["about"] for row in await hall.rows("SELECT about FROM subscriber")] == [""]
    ended = await hall.rows("SELECT details FROM event WHERE action = 'subscriber.ended'")
    assert [row["details"] for row in ended] == ['{"why":"expired","code":null}']


@pytest.mark.one_engine
async def test_whoever_still_waits_is_kept_however_long_it_takes(
    hall: Hall, service: RobotServer
) -> None:
    await waits(hall, service)
    hall.clock.pass_(days=400)
    await jobs.forget_old(hall.house, hall.clock())
    assert await left(hall) == 1


@pytest.mark.one_engine
async def test_an_answer_that_nobody_told_in_its_time_is_not_waited_for(
    hall: Hall, service: RobotServer
) -> None:
    """As after a server stood still for a month, or where the notice it was about is gone."""
    _, inquiry = await waits(hall, service)
    await answered(hall, inquiry)
    hall.clock.pass_(days=27)
    await jobs.forget_old(hall.house, hall.clock())
    assert await left(hall) == 1
    hall.clock.pass_(days=2)
    await jobs.forget_old(hall.house, hall.clock())
    assert await left(hall) == 0
