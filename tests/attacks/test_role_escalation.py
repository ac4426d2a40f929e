"""Nobody reaches further by making, re-inviting or disabling accounts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import (
    COUNTY,
    EVERYBODY,
    FAR_VILLAGE,
    TOWNSHIP,
    VILLAGE_A,
    ZHANG_SAN,
    ZHOU_BA,
    Hall,
    Person,
    problem_of,
)

ACCOUNTS = "/api/v1/accounts"


def wanted(**changed: str) -> dict[str, Any]:
    body = {
        "id": "01990000-0000-7000-8000-0000000000aa",
        "login": "newcomer",
        "name": "新人",
        "role": "accountant",
        "division": VILLAGE_A,
    }
    return {**body, **changed}


@pytest.mark.parametrize("person", [p for p in EVERYBODY if p is not ZHOU_BA], ids=lambda p: p.role)
async def test_only_administrators_make_accounts(hall: Hall, person: Person) -> None:
    client = await hall.client_as(person)
    assert problem_of(await client.post(ACCOUNTS, json=wanted())) == "not-allowed"
    assert problem_of(await client.post(f"{ACCOUNTS}/{ZHOU_BA.id}/invitation")) == "not-allowed"
    assert problem_of(await client.post(f"{ACCOUNTS}/{ZHOU_BA.id}/disable")) == "not-allowed"
    assert not await hall.rows("SELECT * FROM account WHERE login = ?", "newcomer")
    assert not await hall.rows("SELECT * FROM invitation")


async def township_administrator(hall: Hall) -> Any:
    zhou = await hall.client_as(ZHOU_BA)
    body = wanted(login="township", role="administrator", division=TOWNSHIP)
    made = await zhou.post(ACCOUNTS, json=body)
    assert made.status_code == 201
    client = hall.visitor(Origin="http://gongshi.test")
    signed = await client.post("/api/v1/sessions", json={"code": made.json()["code"]})
    assert signed.status_code == 201
    return client


@pytest.mark.one_engine
async def test_a_township_administrator_stays_in_the_township(hall: Hall) -> None:
    client = await township_administrator(hall)
    new_id = "01990000-0000-7000-8000-0000000000bb"
    for body in (
        wanted(id=new_id, login="upward", role="administrator", division=COUNTY),
        wanted(id=new_id, login="sideways", division=FAR_VILLAGE),
    ):
        assert problem_of(await client.post(ACCOUNTS, json=body)) == "not-allowed"
    # The county's administrator is above them: no code that would take the account over.
    assert problem_of(await client.post(f"{ACCOUNTS}/{ZHOU_BA.id}/invitation")) == "not-allowed"
    assert problem_of(await client.get(f"{ACCOUNTS}?division={COUNTY}")) == "not-allowed"
    logins = {each["login"] for each in (await client.get(ACCOUNTS)).json()["items"]}
    assert ZHOU_BA.login not in logins
    assert ZHANG_SAN.login in logins


@pytest.mark.one_engine
async def test_a_role_stays_at_its_level(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    for role, division in (("accountant", TOWNSHIP), ("auditor", VILLAGE_A)):
        response = await zhou.post(ACCOUNTS, json=wanted(role=role, division=division))
        assert problem_of(response) == "wrong-type"
        assert response.json()["errors"][0]["pointer"] == "/role"


@pytest.mark.one_engine
async def test_an_unknown_role_is_refused(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    assert problem_of(await zhou.post(ACCOUNTS, json=wanted(role="root"))) == "wrong-type"


async def test_the_last_administrator_stays(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    response = await zhou.post(f"{ACCOUNTS}/{ZHOU_BA.id}/disable")
    assert problem_of(response) == "last-administrator"
    assert (await zhou.get("/api/v1/me")).status_code == 200
