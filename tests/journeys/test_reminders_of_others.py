"""Reminders for whoever does not post: a supervisor of what waits for a signature, a township of who is late."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from tests.cast import (
    COUNTY,
    LI_SI,
    SUN_QI,
    VILLAGE_A,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHOU_BA,
    Hall,
    opened,
    problem_of,
)
from tests.external.robot_server import RobotServer, robot_server
from tests.journeys.merging import merged
from tests.journeys.posting import approve, submission
from tests.journeys.test_reminders import listening_phone, subscription, work


@pytest.fixture
def service() -> Iterator[RobotServer]:
    with robot_server() as found:
        found.reply = lambda got: (201, b"")
        yield found


@pytest.fixture
async def hall(database_url: str, photo_root: Path) -> AsyncIterator[Hall]:
    async with opened(
        database_url, photo_root, notify_networks=(ip_network("127.0.0.0/8"),)
    ) as found:
        yield found


async def said(hall: Hall, kind: str) -> list[str]:
    """Return the messages of a kind as they were put on record, oldest first."""
    rows = await hall.rows("SELECT message FROM delivery WHERE kind = ? ORDER BY id", kind)
    return [row["message"] for row in rows]


@pytest.mark.one_engine
async def test_who_may_sign_is_told_once_and_not_in_the_night(
    hall: Hall, service: RobotServer
) -> None:
    hall.clock.set("2026-10-14 21:30+08:00")
    await listening_phone(hall, service, LI_SI, "lisi")
    phone = await listening_phone(hall, service, ZHANG_SAN, "zhang")
    sent = submission(hall)
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await work(hall)
    assert service.got == [], "nobody is woken in the night"

    hall.clock.set("2026-10-15 08:05+08:00")
    await work(hall)
    await work(hall)
    assert [g.path for g in service.got] == ["/push/lisi"], "once, and not to who wrote it"
    (message,) = await said(hall, "signature")
    assert "红河村：2026年第三季度财务收支" in message
    assert "10月14日交来，等村监委会" in message
    assert "今天是最后一天" in message
    assert "/app/review" in message
    assert not any(person.name in message for person in (ZHANG_SAN, LI_SI))


@pytest.mark.one_engine
async def test_what_is_signed_is_not_spoken_of(hall: Hall, service: RobotServer) -> None:
    hall.clock.set("2026-10-14 10:00+08:00")
    await listening_phone(hall, service, LI_SI, "lisi")
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"])
    await work(hall)
    assert service.got == []


async def test_what_has_waited_for_days_is_on_the_list_and_not_said_again(
    hall: Hall, service: RobotServer
) -> None:
    hall.clock.set("2026-10-12 10:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    assert (await phone.post("/api/v1/submissions", json=submission(hall))).status_code == 201
    hall.clock.set("2026-10-15 10:00+08:00")
    await listening_phone(hall, service, LI_SI, "lisi")
    await work(hall)
    assert await said(hall, "signature") == []


async def test_a_township_hears_who_is_late_in_one_message_and_nothing_before(
    hall: Hall, service: RobotServer
) -> None:
    hall.clock.set("2026-10-15 10:00+08:00")
    await listening_phone(hall, service, WANG_WU, "wangwu")
    await work(hall)
    assert service.got == [], "on the last day nobody is late"

    hall.clock.set("2026-10-16 09:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    assert (await phone.post("/api/v1/submissions", json=submission(hall))).status_code == 201
    await work(hall)
    late = [
        row["message"]
        for row in await hall.rows("SELECT message, subject FROM delivery")
        if row["subject"].startswith("finance_quarterly|")
    ]
    assert len(late) == 1
    assert "已迟 1 天" in late[0]
    assert "还没有公开：宽坪村" in late[0]
    assert VILLAGE_A not in late[0]
    assert "/app/grid" in late[0]
    heard = len(service.got)
    hall.clock.pass_(hours=3)
    await work(hall)
    assert len(service.got) == heard


@pytest.mark.one_engine
async def test_who_is_late_again_goes_to_the_county_on_the_first_day_and_once(
    hall: Hall, service: RobotServer
) -> None:
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE account SET division = ? WHERE id = ?", COUNTY, WANG_WU.id)
    await listening_phone(hall, service, WANG_WU, "wangwu")
    for moment in ("2026-10-16 09:00+08:00", "2026-10-16 15:00+08:00"):
        hall.clock.set(moment)
        await work(hall)
    again = [text for text in await said(hall, "red-again") if "财务" in text]
    assert len(again) == 1
    assert "红色预警" in again[0]
    assert "宽坪村（400 天内第 5 次）" in again[0]
    assert await said(hall, "after-1") == []


async def test_an_administrator_has_nothing_to_be_reminded_of(
    hall: Hall, service: RobotServer
) -> None:
    administrator = await hall.client_as(ZHOU_BA)
    body = subscription(hall, f"{service.address}/push/zhou")
    assert problem_of(await administrator.put("/api/v1/push", json=body)) == "not-allowed"
    assert await hall.rows("SELECT id FROM push_subscription") == []


async def test_what_a_closed_village_owes_is_said_to_whoever_took_it_over(
    hall: Hall, service: RobotServer
) -> None:
    for person, name in ((SUN_QI, "sunqi"), (LI_SI, "lisi")):
        await listening_phone(hall, service, person, name)
    await merged(hall)
    hall.clock.set("2026-10-14 10:00+08:00")
    await work(hall)
    told = await hall.rows(
        "SELECT message FROM delivery WHERE subject = ?", f"{VILLAGE_A}|finance_quarterly|2026Q3"
    )
    assert len(told) == 1, "to the accountant of the village that it was merged into"
    assert "红河村（已撤销）" in told[0]["message"]
    assert {got.path for got in service.got} == {"/push/sunqi"}
    # What they posted waits for the signature of their own committee.
    sent = submission(hall)
    assert (await (await hall.client_as(SUN_QI)).post("/api/v1/submissions", json=sent)).is_success
    async with hall.store.transaction() as tx:
        await tx.execute("UPDATE account SET division = ? WHERE id = ?", VILLAGE_B, LI_SI.id)
    await work(hall)
    assert {got.path for got in service.got} == {"/push/sunqi", "/push/lisi"}
