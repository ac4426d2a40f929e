"""Signing in and out, devices, passwords, and how a session is kept alive."""

from __future__ import annotations

import pytest

from tests.cast import COUNTY, LI_SI, PASSWORD, SITE, ZHANG_SAN, ZHOU_BA, Hall, bring, problem_of

SESSIONS, ME = "/api/v1/sessions", "/api/v1/me"


async def test_by_password(hall: Hall) -> None:
    visitor = hall.visitor(Origin=SITE)
    body = {"login": ZHANG_SAN.login, "password": PASSWORD, "device": "小张的手机"}
    response = await visitor.post(SESSIONS, json=body)
    assert response.status_code == 201
    assert response.headers["cache-control"] == "no-store"
    answer = response.json()
    assert answer["must_set_password"] is False
    assert answer["actor"]["name"] == ZHANG_SAN.name
    assert answer["actor"]["division_name"] == "红河村"
    assert "post_disclosure" in answer["actor"]["acts"]
    me = (await visitor.get(ME)).json()
    assert me["actor"] == answer["actor"]
    (event,) = await hall.rows("SELECT action, actor, address FROM event")
    assert event == {"action": "session.opened", "actor": ZHANG_SAN.id, "address": "192.0.2.7"}


@pytest.mark.one_engine
async def test_by_invitation_then_a_password(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    code = (await zhou.post(f"/api/v1/accounts/{LI_SI.id}/invitation")).json()["code"]
    li = hall.visitor(Origin=SITE)
    assert (await li.post(SESSIONS, json={"code": code})).json()["must_set_password"] is True
    assert (await li.get(ME)).json()["must_set_password"] is True

    weak = await li.put("/api/v1/me/password", json={"password": "12345678"})
    assert problem_of(weak) == "password-too-weak"
    chosen = "新修的石桥边有三只鹅"
    assert (await li.put("/api/v1/me/password", json={"password": chosen})).status_code == 204

    assert (await li.get(ME)).json()["must_set_password"] is False
    body = {"login": LI_SI.login, "password": chosen}
    assert (await hall.visitor(Origin=SITE).post(SESSIONS, json=body)).status_code == 201
    # The forgotten one is forgotten.
    body = {"login": LI_SI.login, "password": PASSWORD}
    assert problem_of(await hall.visitor(Origin=SITE).post(SESSIONS, json=body)) == "sign-in-failed"


@pytest.mark.one_engine
async def test_changing_a_password_needs_the_old_one(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    for old in (None, "不对"):
        body = {"password": "新修的石桥边有三只鹅", "old_password": old}
        assert problem_of(await zhang.put("/api/v1/me/password", json=body)) == "old-password-wrong"


@pytest.mark.one_engine
async def test_devices_are_listed(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN, device="手机")
    hall.clock.pass_(hours=1)
    await hall.client_as(ZHANG_SAN, device="电脑")
    await hall.client_as(LI_SI, device="别人的")
    items = (await phone.get(SESSIONS)).json()["items"]
    assert [(each["device"], each["here"]) for each in items] == [("电脑", False), ("手机", True)]


@pytest.mark.one_engine
async def test_signing_out_twice_is_fine(hall: Hall) -> None:
    visitor = hall.visitor(Origin=SITE)
    for _ in range(2):
        assert (await visitor.delete(f"{SESSIONS}/current")).status_code == 204


@pytest.mark.one_engine
async def test_last_seen_moves_on_writes_only(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    hall.clock.pass_(hours=1)
    await zhou.get(ME)
    before = (await zhou.get(SESSIONS)).json()["items"][0]["last_seen_at"]
    await zhou.post(f"/api/v1/accounts/{LI_SI.id}/invitation")
    after = (await zhou.get(SESSIONS)).json()["items"][0]["last_seen_at"]
    assert (before, after) == ("2026-10-08T01:00:00Z", "2026-10-08T02:00:00Z")


async def test_a_token_is_replaced_after_a_week(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    first = zhou.cookies["gsl_session"]
    session = (await zhou.get(ME)).json()["session_id"]
    hall.clock.pass_(days=8)
    await zhou.post(f"/api/v1/accounts/{LI_SI.id}/invitation")
    assert zhou.cookies["gsl_session"] != first
    assert (await zhou.get(ME)).json()["session_id"] == session
    assert len((await zhou.get(SESSIONS)).json()["items"]) == 1

    # A phone that never got the answer goes on with the old token, and gets another new one.
    lost = hall.visitor(Origin=SITE)
    bring(lost, first)
    hall.clock.pass_(days=1)
    assert (await lost.get(ME)).json()["session_id"] == session
    await lost.post(f"/api/v1/accounts/{LI_SI.id}/invitation")
    assert lost.cookies["gsl_session"] != first

    # After three days the old token is nothing.
    hall.clock.pass_(days=3)
    late = hall.visitor(Origin=SITE)
    bring(late, first)
    assert problem_of(await late.get(ME)) == "not-signed-in"

    # And signing out ends every token the session ever had.
    kept = lost.cookies["gsl_session"]
    assert (await lost.delete(f"{SESSIONS}/current")).status_code == 204
    again = hall.visitor(Origin=SITE)
    bring(again, kept)
    assert problem_of(await again.get(ME)) == "not-signed-in"


@pytest.mark.one_engine
async def test_installation_shows_no_codes(hall: Hall) -> None:
    answer = (await hall.visitor().get("/api/v1/installation")).json()
    assert answer.pop("passkeys")["usable"] is False
    assert answer == {"name": "公示栏", "demo": False, "lang": "zh", "demo_codes": []}


@pytest.mark.one_engine
async def test_accounts_are_listed_by_page(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    seen: list[str] = []
    cursor = ""
    for _ in range(6):
        query = f"?limit=2&division={COUNTY}" + (f"&cursor={cursor}" if cursor else "")
        page = (await zhou.get(f"/api/v1/accounts{query}")).json()
        seen += [each["login"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert seen == ["lisi", "sunqi", "wangwu", "zhangsan", "zhaoliu", "zhouba"]
    found = (await zhou.get("/api/v1/accounts?q=张")).json()["items"]
    assert [(each["name"], each["division_name"]) for each in found] == [("张三", "红河村")]


@pytest.mark.one_engine
async def test_creating_an_account_twice_is_harmless(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    body = {
        "id": "01990000-0000-7000-8000-0000000000aa",
        "login": "新来的",
        "name": "新人",
        "role": "supervisor",
        "division": LI_SI.division,
    }
    first = await zhou.post("/api/v1/accounts", json=body)
    again = await zhou.post("/api/v1/accounts", json=body)
    assert (first.status_code, again.status_code) == (201, 201)
    for code, status in ((first.json()["code"], 401), (again.json()["code"], 201)):
        response = await hall.visitor(Origin=SITE).post(SESSIONS, json={"code": code})
        assert response.status_code == status
    other = await zhou.post("/api/v1/accounts", json={**body, "name": "另一人"})
    assert problem_of(other) == "same-id-other-content"
    taken = {**body, "id": "01990000-0000-7000-8000-0000000000bb"}
    assert problem_of(await zhou.post("/api/v1/accounts", json=taken)) == "login-taken"
