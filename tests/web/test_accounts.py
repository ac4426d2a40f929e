"""Invitation slips, a lost phone, and a post that is handed over."""

from __future__ import annotations

import httpx
import pytest

from tests.authenticator import Authenticator, asked_to_sign, at_home, registered, signed_in_at_home
from tests.cast import (
    LI_SI,
    PASSWORD,
    SITE,
    SUN_QI,
    WANG_WU,
    ZHANG_SAN,
    ZHOU_BA,
    Hall,
    problem_of,
)

API = "/api/v1"
NEW = "01990000-0000-7000-8000-0000000000aa"


@pytest.mark.one_engine
async def test_the_slip_has_the_link_in_words_and_as_a_picture(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    card = (await zhou.post(f"{API}/accounts/{LI_SI.id}/invitation")).json()
    # Behind the '#': no server, proxy or log ever sees it.
    assert card["link"] == f"{SITE}/app/sign-in#code={card['code']}"
    assert card["qr"].startswith("<svg ")
    assert "script" not in card["qr"]


@pytest.mark.one_engine
async def test_a_lost_phone_opens_nothing_and_locks_nobody_out(hall: Hall) -> None:
    lost = await signed_in_at_home(hall, ZHANG_SAN)
    passkey = Authenticator()
    await registered(lost, passkey)
    zhou = await hall.client_as(ZHOU_BA)
    told = await zhou.post(f"{API}/accounts/{ZHANG_SAN.id}/lost-phone")
    assert told.status_code == 201

    ended = await lost.get(f"{API}/me", headers={"Accept-Language": "zh"})
    assert problem_of(ended) == "session-ended"
    assert "手机丢失" in ended.json()["detail"]
    signed = passkey.sign(await asked_to_sign(lost))
    assert (
        problem_of(await lost.post(f"{API}/passkeys/session", json=signed)) == "passkey-not-valid"
    )
    # A password that the phone's browser remembered is no key either.
    body = {"login": ZHANG_SAN.login, "password": PASSWORD}
    assert problem_of(await lost.post(f"{API}/sessions", json=body)) == "sign-in-failed"

    new_phone = at_home(hall)
    came = await new_phone.post(f"{API}/sessions", json={"code": told.json()["code"]})
    assert came.status_code == 201
    assert came.json()["must_set_password"] is True
    await registered(new_phone, Authenticator())
    (event,) = await hall.rows("SELECT details FROM event WHERE action = 'account.phone_lost'")
    assert '"passkeys":1,"sessions":1' in event["details"]


@pytest.mark.one_engine
async def test_only_a_new_code_leaves_the_devices_alone(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    zhou = await hall.client_as(ZHOU_BA)
    assert (await zhou.post(f"{API}/accounts/{ZHANG_SAN.id}/invitation")).status_code == 201
    assert (await zhang.get(f"{API}/me")).status_code == 200


async def handed_over(zhou: httpx.AsyncClient, **other: str) -> httpx.Response:
    body = {"id": NEW, "login": "qianjiu", "name": "钱九"} | other
    return await zhou.post(f"{API}/accounts/{ZHANG_SAN.id}/handover", json=body)


async def test_a_post_is_handed_over(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    zhou = await hall.client_as(ZHOU_BA)
    hall.clock.pass_(hours=1)
    card = await handed_over(zhou)
    assert card.status_code == 201

    ended = await zhang.get(f"{API}/me", headers={"Accept-Language": "en"})
    assert problem_of(ended) == "session-ended"
    assert "handed over" in ended.json()["detail"]
    visitor = hall.visitor(Origin=SITE)
    body = {"login": ZHANG_SAN.login, "password": PASSWORD}
    assert problem_of(await visitor.post(f"{API}/sessions", json=body)) == "sign-in-failed"

    new = (await visitor.post(f"{API}/sessions", json={"code": card.json()["code"]})).json()[
        "actor"
    ]
    assert (new["name"], new["role"], new["division"]) == ("钱九", "accountant", ZHANG_SAN.division)
    listed = {each["login"]: each for each in (await zhou.get(f"{API}/accounts")).json()["items"]}
    assert listed["zhangsan"]["succeeded_by"] == "钱九"
    assert listed["zhangsan"]["disabled_at"] == "2026-10-08T02:00:00Z"
    assert listed["qianjiu"]["succeeds"] == "张三"
    (event,) = await hall.rows(
        "SELECT subject, actor FROM event WHERE action = 'account.handed_over'"
    )
    assert event == {"subject": ZHANG_SAN.id, "actor": ZHOU_BA.id}


@pytest.mark.one_engine
async def test_a_lost_answer_gives_a_fresh_code_for_the_same_successor(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    first, again = await handed_over(zhou), await handed_over(zhou)
    assert (first.status_code, again.status_code) == (201, 201)
    for card, status in ((first, 401), (again, 201)):
        answer = await hall.visitor(Origin=SITE).post(
            f"{API}/sessions", json={"code": card.json()["code"]}
        )
        assert answer.status_code == status
    assert problem_of(await handed_over(zhou)) == "login-taken"  # they have come
    assert problem_of(await handed_over(zhou, name="另一人")) == "same-id-other-content"
    other = "01990000-0000-7000-8000-0000000000bb"
    assert problem_of(await handed_over(zhou, id=other)) == "not-found"


async def test_who_may_not(hall: Hall) -> None:
    body = {"id": NEW, "login": "qianjiu", "name": "钱九"}
    for person in (WANG_WU, SUN_QI):
        client = await hall.client_as(person)
        for act in ("handover", "lost-phone"):
            answer = await client.post(f"{API}/accounts/{ZHANG_SAN.id}/{act}", json=body)
            assert problem_of(answer) == "not-allowed"
    zhou = await hall.client_as(ZHOU_BA)
    own = await zhou.post(f"{API}/accounts/{ZHOU_BA.id}/handover", json=body)
    assert problem_of(own) == "not-allowed"
    taken = await zhou.post(
        f"{API}/accounts/{ZHANG_SAN.id}/handover", json={**body, "login": LI_SI.login}
    )
    assert problem_of(taken) == "login-taken"
    assert await hall.rows("SELECT id FROM account WHERE disabled_at IS NOT NULL") == []


@pytest.mark.one_engine
async def test_signing_every_other_device_out(hall: Hall) -> None:
    here, there = await hall.client_as(ZHANG_SAN), await hall.client_as(ZHANG_SAN)
    somebody = await hall.client_as(LI_SI)
    assert (await here.delete(f"{API}/sessions/others")).status_code == 204
    assert problem_of(await there.get(f"{API}/me")) == "session-ended"
    for client in (here, somebody):
        assert (await client.get(f"{API}/me")).status_code == 200
