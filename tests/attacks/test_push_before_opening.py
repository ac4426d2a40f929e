"""Attack: learn of a notice before it opens from the messages about it: their coming, their rows, or their absence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import LI_SI, ZHANG_SAN, Hall, at
from tests.external.robot_server import RobotServer
from tests.journeys.following import Phone, follows, hall, publish, service, work
from tests.journeys.posting import new_id, submission
from tests.journeys.site_hooks import add_site

__all__ = ["hall", "service"]
OPENS = at("2026-10-12 08:00+08:00")


async def _traces(hall: Hall) -> int:
    rows = await hall.rows(
        "SELECT (SELECT COUNT(*) FROM announcement) AS said, (SELECT COUNT(*) FROM delivery) AS sent"
    )
    return int(rows[0]["said"]) + int(rows[0]["sent"])


@pytest.mark.one_engine
@pytest.mark.parametrize("seconds", [-86_400, -1, 0, 1])
async def test_neither_phone_nor_site_hears_a_second_too_early(
    hall: Hall, service: RobotServer, seconds: int
) -> None:
    mine = await follows(hall, service)
    await add_site(hall, service)
    await publish(hall, opens_at=OPENS)
    hall.clock.now = OPENS + timedelta(seconds=seconds)
    early = seconds < 0
    assert await work(hall) == (0 if early else 2)
    assert len(mine.heard()) == (0 if early else 1)
    assert (await _traces(hall) == 0) == early, "not even a row waits for it"


async def test_what_waits_for_its_review_or_was_returned_is_no_news(
    hall: Hall, service: RobotServer
) -> None:
    await follows(hall, service)
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    assert await work(hall) == 0
    supervisor = await hall.client_as(LI_SI)
    read = await supervisor.get(f"/api/v1/submissions/{sent['id']}")
    returned = {"id": new_id(hall.clock(), 3), "decision": "return", "reason": "缺一张发票"}
    points = {"process": True, "decision": True, "result": True, "scope": True, "form": False}
    done = await supervisor.post(
        f"/api/v1/submissions/{sent['id']}/review",
        json={**returned, "points": points},
        headers={"If-Match": read.headers["etag"]},
    )
    assert done.status_code == 200, done.text
    assert await work(hall) == 0
    assert await _traces(hall) == 0


@pytest.mark.one_engine
async def test_what_was_withdrawn_before_it_opened_is_never_told(
    hall: Hall, service: RobotServer
) -> None:
    await follows(hall, service)
    disclosure = await publish(hall, opens_at=OPENS)
    accountant = await hall.client_as(ZHANG_SAN)
    gone = await accountant.post(
        f"/api/v1/disclosures/{disclosure}/withdrawal",
        json={"id": new_id(hall.clock(), 500), "reason": "登错了村"},
    )
    assert gone.status_code == 200, gone.text
    hall.clock.now = OPENS
    assert await work(hall) == 0


@pytest.mark.one_engine
async def test_subscribing_and_asking_what_is_subscribed_say_nothing_of_what_is_planned(
    hall: Hall, service: RobotServer
) -> None:
    before = (await Phone(service, "a").follow(hall)).json()
    await publish(hall, opens_at=OPENS)
    after = (await Phone(service, "b").follow(hall)).json()
    assert {k: v for k, v in before.items() if k != "stop_url"} == {
        k: v for k, v in after.items() if k != "stop_url"
    }
    page = await hall.visitor().get("/v/640425103200/follow", headers={"Accept": "text/html"})
    assert "2026年第三季度" not in page.text
