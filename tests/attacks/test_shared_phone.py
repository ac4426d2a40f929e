"""A shared phone's cookie opens nothing by itself, tries do not multiply, and a planted one is worth nothing."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.cast import LI_SI, PASSWORD, SITE, SUN_QI, ZHANG_SAN, Hall, Person, problem_of

API = "/api/v1"
PIN = "2046"


async def join(phone: httpx.AsyncClient, person: Person) -> None:
    body = {"login": person.login, "password": PASSWORD, "device": "手机"}
    assert (await phone.post(f"{API}/sessions", json=body)).status_code == 201
    assert (await phone.put(f"{API}/me/pin", json={"pin": PIN})).status_code == 204


def plant(client: httpx.AsyncClient, other: httpx.AsyncClient, *names: str) -> None:
    """Put another client's cookies into this one."""
    for name in names:
        client.cookies.set(name, other.cookies[name], domain="gongshi.test", path="/")


@pytest.fixture
async def phone(hall: Hall) -> httpx.AsyncClient:
    shared = hall.visitor(Origin=SITE)
    await join(shared, ZHANG_SAN)
    assert (await shared.post(f"{API}/phone/lock")).status_code == 204
    return shared


async def test_many_wrong_pins_at_once_are_five(hall: Hall, phone: httpx.AsyncClient) -> None:
    body = {"account_id": ZHANG_SAN.id, "pin": "0071"}
    answers = await asyncio.gather(
        *(phone.post(f"{API}/phone/switch", json=body) for _ in range(20))
    )
    slugs = [problem_of(each) for each in answers]
    assert slugs.count("pin-wrong") <= 4
    right = await phone.post(f"{API}/phone/switch", json={"account_id": ZHANG_SAN.id, "pin": PIN})
    assert right.status_code in (401, 404)


@pytest.mark.one_engine
async def test_a_pin_is_worth_nothing_on_another_device(
    hall: Hall, phone: httpx.AsyncClient
) -> None:
    body = {"account_id": ZHANG_SAN.id, "pin": PIN}
    elsewhere = hall.visitor(Origin=SITE)
    assert problem_of(await elsewhere.post(f"{API}/phone/switch", json=body)) == "not-found"
    other_phone = hall.visitor(Origin=SITE)
    await join(other_phone, LI_SI)
    assert problem_of(await other_phone.post(f"{API}/phone/switch", json=body)) == "not-found"


@pytest.mark.one_engine
async def test_the_phones_cookie_alone_opens_nothing(hall: Hall, phone: httpx.AsyncClient) -> None:
    for path in ("/me", "/tasks", "/sessions", "/me/passkeys"):
        assert problem_of(await phone.get(API + path)) == "not-signed-in"


@pytest.mark.one_engine
async def test_a_planted_phone_is_worth_nothing_once_somebody_joins(hall: Hall) -> None:
    attacker = hall.visitor(Origin=SITE)
    await join(attacker, SUN_QI)
    victim = hall.visitor(Origin=SITE)
    plant(victim, attacker, "gsl_phone", "gsl_session")
    await join(victim, ZHANG_SAN)
    # The attacker's copy of the phone's cookie names no phone any more, so no PIN can be tried with it.
    assert (await attacker.get(f"{API}/phone")).json()["people"] == []
    body = {"account_id": ZHANG_SAN.id, "pin": PIN}
    assert problem_of(await attacker.post(f"{API}/phone/switch", json=body)) == "not-found"


async def test_the_database_holds_neither_pin_nor_token(
    hall: Hall, phone: httpx.AsyncClient
) -> None:
    for table in ("session", "phone", "event"):
        for row in await hall.rows(f"SELECT * FROM {table}"):
            stored = list(map(str, row.values()))
            assert PIN not in stored
            assert phone.cookies["gsl_phone"] not in stored


@pytest.mark.one_engine
async def test_its_cookie_is_no_scripts_business(hall: Hall) -> None:
    client = await hall.client_as(ZHANG_SAN)
    cookie = (await client.put(f"{API}/me/pin", json={"pin": PIN})).headers["set-cookie"]
    for attribute in ("gsl_phone=", "HttpOnly", "SameSite=lax", "Path=/"):
        assert attribute in cookie
