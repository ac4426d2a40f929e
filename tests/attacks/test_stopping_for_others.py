"""Attack: make somebody else's phone silent, or find out which villages it hears of."""

from __future__ import annotations

import pytest

from server.rules.subscribing import device_of, ticket_of
from tests.cast import ZHOU_BA, Hall, problem_of
from tests.external.robot_server import RobotServer
from tests.journeys.following import Phone, follows, hall, service

pytestmark = pytest.mark.one_engine

__all__ = ["hall", "service"]


async def _ticket(hall: Hall, phone: Phone) -> str:
    listed = await hall.visitor().get(f"/api/v1/subscriptions/{phone.device}")
    ticket: str = listed.json()["items"][0]["stop_url"].rpartition("/")[2]
    return ticket


async def test_a_ticket_of_ones_own_ends_nobody_elses(hall: Hall, service: RobotServer) -> None:
    victim, attacker = await follows(hall, service, "victim"), await follows(hall, service, "own")
    theirs, own = await _ticket(hall, victim), await _ticket(hall, attacker)
    swapped = f"{theirs.partition('.')[0]}.{own.partition('.')[2]}"
    mistakes = [
        swapped,
        f"{theirs.partition('.')[0]}.{'0' * 32}",
        theirs[:-1] + ("0" if theirs[-1] != "0" else "1"),
        theirs.upper(),
        theirs.partition(".")[0],
    ]
    for ticket in mistakes:
        assert problem_of(await hall.visitor().post(f"/u/{ticket}")) == "not-found", ticket
        assert (await hall.visitor().get(f"/u/{ticket}")).status_code == 404, ticket
    assert len(await hall.rows("SELECT id FROM subscriber")) == 2


async def test_another_sites_page_cannot_press_the_button(hall: Hall, service: RobotServer) -> None:
    ticket = await _ticket(hall, await follows(hall, service))
    foreign = hall.visitor(Origin="https://evil.example")
    assert problem_of(await foreign.post(f"/u/{ticket}")) == "cross-origin"
    assert len(await hall.rows("SELECT id FROM subscriber")) == 1


async def test_who_knows_the_address_of_a_phone_alone_changes_nothing_about_it(
    hall: Hall, service: RobotServer
) -> None:
    """Push services, and whoever reads their logs, know the endpoint. The secret beside it they do not."""
    victim = await follows(hall, service, "victim", missing=True)
    body = {**Phone(service, "victim").where(), "notices": False, "missing": True}
    forged = await hall.visitor().put("/api/v1/villages/640425103200/subscription", json=body)
    assert forged.status_code == 200, "it is a subscription of its own, which the phone cannot open"
    listed = (await hall.visitor().get(f"/api/v1/subscriptions/{victim.device}")).json()["items"]
    assert [(i["notices"], i["missing"]) for i in listed] == [(True, True)]
    guessed = device_of(victim.where()["endpoint"], "")
    assert (await hall.visitor().get(f"/api/v1/subscriptions/{guessed}")).json() == {"items": []}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_a_chat_apps_preview_of_the_link_ends_nothing(
    hall: Hall, service: RobotServer, method: str
) -> None:
    ticket = await _ticket(hall, await follows(hall, service))
    await hall.visitor().request(method, f"/u/{ticket}")
    assert len(await hall.rows("SELECT id FROM subscriber")) == 1


async def test_another_installation_makes_other_tickets(hall: Hall, service: RobotServer) -> None:
    await follows(hall, service)
    (row,) = await hall.rows("SELECT id FROM subscriber")
    forged = ticket_of(row["id"], lambda text: f"{abs(hash(text)):032x}"[:32])
    assert problem_of(await hall.visitor().post(f"/u/{forged}")) == "not-found"


async def test_people_at_work_cannot_see_who_listens(hall: Hall, service: RobotServer) -> None:
    phone = await follows(hall, service)
    administrator = await hall.client_as(ZHOU_BA)
    for address in ("/api/v1/webhooks", "/api/v1/me", "/api/v1/push"):
        assert phone.path not in (await administrator.get(address)).text
    assert phone.path not in str(await hall.rows("SELECT * FROM event"))
