"""An invitation code works once, for a while, and only the newest one."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.cast import LI_SI, SITE, ZHOU_BA, Hall, problem_of

SESSIONS = "/api/v1/sessions"


async def invited(hall: Hall) -> str:
    zhou = await hall.client_as(ZHOU_BA)
    made = await zhou.post(f"/api/v1/accounts/{LI_SI.id}/invitation")
    assert made.status_code == 201
    code: str = made.json()["code"]
    return code


async def come_with(hall: Hall, code: str) -> httpx.Response:
    return await hall.visitor(Origin=SITE).post(SESSIONS, json={"code": code, "device": "手机"})


@pytest.mark.one_engine
async def test_once(hall: Hall) -> None:
    code = await invited(hall)
    first = await come_with(hall, code)
    assert first.status_code == 201
    assert first.json()["must_set_password"] is True
    assert problem_of(await come_with(hall, code)) == "code-not-valid"


async def test_two_phones_at_once_one_gets_in(hall: Hall) -> None:
    code = await invited(hall)
    answers = await asyncio.gather(*(come_with(hall, code) for _ in range(4)))
    assert sorted(each.status_code for each in answers) == [201, 401, 401, 401]


@pytest.mark.one_engine
async def test_typed_by_hand(hall: Hall) -> None:
    code = await invited(hall)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert (await come_with(hall, f" {typed} ")).status_code == 201


@pytest.mark.one_engine
async def test_a_new_code_ends_the_old_one(hall: Hall) -> None:
    old, new = await invited(hall), await invited(hall)
    assert problem_of(await come_with(hall, old)) == "code-not-valid"
    assert (await come_with(hall, new)).status_code == 201


@pytest.mark.one_engine
async def test_it_expires(hall: Hall) -> None:
    code = await invited(hall)
    hall.clock.pass_(days=14)
    assert problem_of(await come_with(hall, code)) == "code-not-valid"


@pytest.mark.one_engine
async def test_a_disabled_account_has_none(hall: Hall) -> None:
    code = await invited(hall)
    zhou = await hall.client_as(ZHOU_BA)
    assert (await zhou.post(f"/api/v1/accounts/{LI_SI.id}/disable")).status_code == 200
    assert problem_of(await come_with(hall, code)) == "code-not-valid"
    assert problem_of(await zhou.post(f"/api/v1/accounts/{LI_SI.id}/invitation")) == "not-found"


async def test_the_database_holds_no_code(hall: Hall) -> None:
    code = await invited(hall)
    for row in await hall.rows("SELECT * FROM invitation"):
        stored = " ".join(map(str, row.values()))
        assert code not in stored
        assert code.replace("-", "") not in stored
    for row in await hall.rows("SELECT details FROM event"):
        assert code not in str(row)
