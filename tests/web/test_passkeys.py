"""Passkeys: made after an invitation or later, signed in with, named, removed; and where there are none."""

from __future__ import annotations

import pytest

from tests.authenticator import (
    API,
    Authenticator,
    asked_to_sign,
    at_home,
    registered,
    signed_in_at_home,
)
from tests.cast import LI_SI, SITE, ZHANG_SAN, ZHOU_BA, Hall, problem_of

SEEN = {"If-Match": '"r1"'}


async def test_an_invitation_then_a_passkey_and_no_password(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    code = (await zhou.post(f"{API}/accounts/{LI_SI.id}/invitation")).json()["code"]
    phone = at_home(hall)
    arrived = (await phone.post(f"{API}/sessions", json={"code": code})).json()
    assert arrived["must_set_password"] is True
    passkey = Authenticator()
    kept = await registered(phone, passkey)
    assert kept["name"] == "张三的手机"
    me = (await phone.get(f"{API}/me")).json()
    assert (me["must_set_password"], me["has_password"], me["passkeys"]) == (False, False, 1)

    # The next day, on the same phone: nobody types a name.
    hall.clock.pass_(days=1)
    again = at_home(hall)
    answer = await again.post(
        f"{API}/passkeys/session", json=passkey.sign(await asked_to_sign(again))
    )
    assert answer.status_code == 201
    assert answer.json()["actor"]["account_id"] == LI_SI.id
    assert (await again.get(f"{API}/me")).json()["actor"]["name"] == "李四"
    (listed,) = (await again.get(f"{API}/me/passkeys")).json()["items"]
    assert listed["last_used_at"] == "2026-10-09T01:00:00Z"
    actions = [row["action"] for row in await hall.rows("SELECT action FROM event ORDER BY id")]
    assert actions == ["account.invited", "session.opened", "passkey.registered", "session.opened"]


async def test_named_and_removed_by_its_owner_alone(hall: Hall) -> None:
    zhang, li = await signed_in_at_home(hall, ZHANG_SAN), await signed_in_at_home(hall, LI_SI)
    passkey = Authenticator()
    kept = await registered(zhang, passkey)
    path = f"{API}/me/passkeys/{kept['id']}"
    for answer in (await li.put(path, json={"name": "我的"}, headers=SEEN), await li.delete(path)):
        assert problem_of(answer) == "not-found"
    named = await zhang.put(path, json={"name": "红色的旧手机"}, headers=SEEN)
    assert (named.status_code, named.headers["etag"]) == (204, '"r2"')
    assert (await zhang.get(f"{API}/me/passkeys")).json()["items"][0]["name"] == "红色的旧手机"
    assert (await zhang.delete(path)).status_code == 204
    assert (await zhang.get(f"{API}/me/passkeys")).json()["items"] == []
    stranger = at_home(hall)
    answer = await stranger.post(
        f"{API}/passkeys/session", json=passkey.sign(await asked_to_sign(stranger))
    )
    assert problem_of(answer) == "passkey-not-valid"


@pytest.mark.one_engine
async def test_a_device_is_asked_not_to_make_a_second_one(hall: Hall) -> None:
    zhang = await signed_in_at_home(hall, ZHANG_SAN)
    passkey = Authenticator()
    await registered(zhang, passkey)
    asked = (await zhang.post(f"{API}/me/passkeys/challenge")).json()
    assert [each["transports"] for each in asked["exclude"]] == [["internal"]]
    assert asked["user_name"] == ZHANG_SAN.login
    assert (
        problem_of(await zhang.post(f"{API}/me/passkeys", json=passkey.make(asked)))
        == "passkey-known"
    )


@pytest.mark.one_engine
async def test_ten_at_most(hall: Hall) -> None:
    zhang = await signed_in_at_home(hall, ZHANG_SAN)
    for _ in range(10):
        await registered(zhang, Authenticator())
    refused = await zhang.post(f"{API}/me/passkeys/challenge")
    assert problem_of(refused) == "too-many-passkeys"
    assert refused.json()["most"] == 10


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("http://gongshi.test", "https"),
        ("http://10.1.2.3:8000", "https"),
        ("https://10.1.2.3", "IP"),
    ],
)
async def test_where_browsers_allow_none_the_reason_is_said(
    hall: Hall, address: str, word: str
) -> None:
    visitor = hall.visitor(Origin=SITE)
    visitor.base_url = address  # type: ignore[assignment]
    visitor.headers["Origin"] = address
    refused = await visitor.post(f"{API}/passkeys/challenge", headers={"Accept-Language": "en"})
    assert problem_of(refused) == "passkeys-not-here"
    assert word in refused.json()["detail"]
    assert "password" in refused.json()["detail"]
    told = (await visitor.get(f"{API}/installation?lang=zh")).json()["passkeys"]
    assert told["usable"] is False
    assert word in told["reason"]["zh"]


@pytest.mark.one_engine
async def test_where_they_work_the_app_is_told_for_which_address(hall: Hall) -> None:
    told = (await at_home(hall).get(f"{API}/installation")).json()["passkeys"]
    assert told == {"usable": True, "origin": "http://localhost", "reason": None}
