"""Guessing is slow; a village behind one address is never locked out by it."""

from __future__ import annotations

import httpx
import pytest

from tests.cast import LI_SI, PASSWORD, SITE, ZHANG_SAN, Hall, problem_of

SESSIONS = "/api/v1/sessions"
VILLAGE = "198.51.100.20"


async def try_in(hall: Hall, login: str, password: str, address: str = VILLAGE) -> httpx.Response:
    body = {"login": login, "password": password, "device": "手机"}
    return await hall.visitor(address, Origin=SITE).post(SESSIONS, json=body)


@pytest.mark.one_engine
async def test_five_tries_then_one_a_minute(hall: Hall) -> None:
    for _ in range(5):
        assert problem_of(await try_in(hall, ZHANG_SAN.login, "不对")) == "sign-in-failed"
    refused = await try_in(hall, ZHANG_SAN.login, PASSWORD)
    assert problem_of(refused) == "too-many-attempts"
    assert 1 <= int(refused.headers["retry-after"]) <= 60

    hall.clock.pass_(seconds=int(refused.headers["retry-after"]))
    assert (await try_in(hall, ZHANG_SAN.login, PASSWORD)).status_code == 201


@pytest.mark.one_engine
async def test_the_right_password_costs_nothing(hall: Hall) -> None:
    for _ in range(12):
        assert (await try_in(hall, ZHANG_SAN.login, PASSWORD)).status_code == 201


@pytest.mark.one_engine
async def test_one_persons_mistakes_do_not_lock_the_next_one_out(hall: Hall) -> None:
    for _ in range(8):
        await try_in(hall, ZHANG_SAN.login, "不对")
    assert (await try_in(hall, LI_SI.login, PASSWORD)).status_code == 201


async def test_guessing_from_elsewhere_does_not_lock_the_owner_out(hall: Hall) -> None:
    """Once signed in from home, a person is not counted with those who guess from elsewhere."""
    assert (await try_in(hall, ZHANG_SAN.login, PASSWORD)).status_code == 201
    for number in range(110):
        async with hall.store.transaction() as tx:
            await tx.execute("DELETE FROM throttle WHERE key LIKE ?", "%@203.0.113.%")
        await try_in(hall, ZHANG_SAN.login, "不对", f"203.0.113.{number % 20}")
    assert (
        problem_of(await try_in(hall, ZHANG_SAN.login, "不对", "203.0.113.99"))
        == "too-many-attempts"
    )
    assert (await try_in(hall, ZHANG_SAN.login, PASSWORD)).status_code == 201


@pytest.mark.one_engine
async def test_a_failed_attempt_is_counted_although_it_failed(hall: Hall) -> None:
    await try_in(hall, ZHANG_SAN.login, "不对")
    assert await hall.rows("SELECT * FROM throttle")
    assert not await hall.rows("SELECT * FROM session")


@pytest.mark.one_engine
async def test_who_exists_cannot_be_found_out(hall: Hall) -> None:
    wrong = await try_in(hall, ZHANG_SAN.login, "不对")
    nobody = await try_in(hall, "没有这个人", "不对")
    bodies = [each.json() for each in (wrong, nobody)]
    assert bodies[0] == bodies[1]
    assert wrong.status_code == nobody.status_code == 401
    # Six wrong tries are throttled alike, so that counting tells nothing either.
    for login in (ZHANG_SAN.login, "没有这个人"):
        for _ in range(4):
            await try_in(hall, login, "不对")
        assert problem_of(await try_in(hall, login, "不对")) == "too-many-attempts"


@pytest.mark.one_engine
async def test_logins_are_not_written_in_clear_into_buckets(hall: Hall) -> None:
    await try_in(hall, ZHANG_SAN.login, "不对")
    for row in await hall.rows("SELECT key FROM throttle"):
        assert ZHANG_SAN.login not in row["key"]
