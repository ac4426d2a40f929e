"""A newspaper's program is told what is published below a division: signed, tried for days, and stopped with a reason."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from server import jobs
from server.rules.deliveries import SITE_LASTS
from tests.cast import EVERYBODY, FAR_VILLAGE, VILLAGE_A, ZHANG_SAN, ZHOU_BA, Hall, problem_of
from tests.external.robot_server import RobotServer
from tests.journeys import asking
from tests.journeys.following import hall, publish, service, work
from tests.journeys.site_hooks import SECRET, add_site, was_ours

__all__ = ["hall", "service"]


async def line(hall: Hall) -> dict[str, Any]:
    """Return how the administrator sees the site."""
    administrator = await hall.client_as(ZHOU_BA)
    (found,) = (await administrator.get("/api/v1/webhooks")).json()["items"]
    return dict(found)


async def test_it_is_told_of_notices_answers_and_what_is_missing(
    hall: Hall, service: RobotServer
) -> None:
    await add_site(hall, service)
    await add_site(hall, service, seed=2, division=FAR_VILLAGE)
    disclosure = await publish(hall)
    await asking.answered(hall)
    await work(hall)
    hall.clock.set("2026-10-16 08:00+08:00")
    await work(hall, missing=True)
    assert all(was_ours(got) for got in service.got)
    told = [got.json for got in service.got if got.path == "/hook/1"]
    kinds = {each["type"] for each in told}
    assert kinds == {"notice.published", "answer.published", "notice.missing"}
    notice = next(each for each in told if each["type"] == "notice.published")
    assert notice["data"] == {
        "division": VILLAGE_A,
        "village": "红河村",
        "category": "finance_quarterly",
        "title": {"zh": "2026年第三季度财务收支", "en": notice["data"]["title"]["en"]},
        "url": f"http://gongshi.test/d/{disclosure}",
    }
    assert not any(person.name in str(told) for person in EVERYBODY)
    assert asking.QUESTION not in str(told)
    elsewhere = {got.json["data"]["division"] for got in service.got if got.path == "/hook/2"}
    assert elsewhere == {FAR_VILLAGE}

    before = len(service.got)
    hall.clock.set("2026-10-17 08:00+08:00")
    await work(hall, missing=True)
    assert len(service.got) == before, "each of it once"


@pytest.mark.one_engine
async def test_a_chat_groups_reminders_do_not_go_to_a_site(
    hall: Hall, service: RobotServer
) -> None:
    await add_site(hall, service)
    hall.clock.set("2026-10-15 08:00+08:00")
    assert await jobs.plan(hall.house, hall.clock()) == 0


async def test_it_is_tried_for_three_days_then_stopped_and_the_reason_is_shown(
    hall: Hall, service: RobotServer
) -> None:
    await add_site(hall, service)
    service.reply = lambda got: (503, b"")
    await publish(hall)
    began = hall.clock()
    while (await line(hall))["stopped_at"] is None:
        await work(hall)
        hall.clock.pass_(minutes=30)
        assert (hall.clock() - began).days <= 3, "it must end"
    assert (hall.clock() - began).days >= 2
    assert 8 <= len(service.got) <= 12, "the waits grow"
    assert len({got.headers["webhook-id"] for got in service.got}) == 1, "always the same message"
    shown = await line(hall)
    assert shown["stopped_why"]["zh"] == "对方的服务器出错"
    assert shown["newest"][0]["code"] == 503
    (event,) = await hall.rows("SELECT details FROM event WHERE action = 'webhook.stopped'")
    assert '"code":503' in event["details"]

    tried = len(service.got)
    await asking.answered(hall)
    await work(hall)
    assert len(service.got) == tried, "nothing more is sent there"

    service.reply = lambda got: (200, b"")
    administrator = await hall.client_as(ZHOU_BA)
    answer = await administrator.post(f"/api/v1/webhooks/{shown['id']}/test")
    assert answer.json()["arrived"] is True
    assert was_ours(service.got[-1])
    assert service.got[-1].json["type"] == "test"
    assert (await line(hall))["stopped_at"] is None, "a test message that arrives goes on with it"


async def test_one_message_that_it_cannot_take_does_not_stop_a_site_that_takes_others(
    hall: Hall, service: RobotServer
) -> None:
    await add_site(hall, service)
    service.reply = lambda got: (500 if got.json["type"] == "notice.published" else 200, b"")
    await publish(hall)
    await work(hall)
    await asking.answered(hall)
    until = hall.clock() + SITE_LASTS + timedelta(hours=1)
    while hall.clock() < until:
        await work(hall)
        hall.clock.pass_(hours=1)
    found = await line(hall)
    assert (found["sent"], found["failed"]) == (1, 1)
    assert found["stopped_at"] is None
    assert await hall.rows("SELECT id FROM event WHERE action = 'webhook.stopped'") == []


async def test_a_site_that_wants_no_more_says_so_once(hall: Hall, service: RobotServer) -> None:
    await add_site(hall, service)
    service.reply = lambda got: (410, b"")
    await publish(hall)
    await work(hall)
    assert (await line(hall))["stopped_at"] is not None
    assert len(service.got) == 1


async def test_two_workers_at_once_tell_it_once(hall: Hall, service: RobotServer) -> None:
    await add_site(hall, service)
    await publish(hall)
    await asyncio.gather(*(work(hall) for _ in range(4)))
    assert len(service.got) == 1


@pytest.mark.parametrize(
    "secret",
    [None, "", "short", "whsec_", "whsec_AAAA", "whsec_!!!", SECRET.removeprefix("whsec_")],
)
async def test_without_a_secret_that_signs_it_is_not_added(
    hall: Hall, service: RobotServer, secret: str | None
) -> None:
    administrator = await hall.client_as(ZHOU_BA)
    body = {
        "id": "01a11906-3680-7000-8000-000000000007",
        "division": VILLAGE_A,
        "name": "县报",
        "robot": "site",
        "address": f"{service.address}/hook",
        **({} if secret is None else {"secret": secret}),
    }
    answer = await administrator.post("/api/v1/webhooks", json=body)
    assert problem_of(answer) in ("wrong-type", "out-of-range")
    assert await hall.rows("SELECT id FROM webhook") == []


@pytest.mark.one_engine
async def test_the_secret_is_shown_to_nobody(hall: Hall, service: RobotServer) -> None:
    await add_site(hall, service)
    administrator = await hall.client_as(ZHOU_BA)
    assert SECRET not in (await administrator.get("/api/v1/webhooks")).text
    assert SECRET not in str(await hall.rows("SELECT details FROM event"))
    accountant = await hall.client_as(ZHANG_SAN)
    assert problem_of(await accountant.get("/api/v1/webhooks")) == "not-allowed"
