"""A copied cookie is worth nothing after its owner signed out, was disabled, or chose a new password."""

from __future__ import annotations

import pytest

from server.external import passwords
from tests.cast import PASSWORD, SITE, ZHANG_SAN, ZHOU_BA, Hall, bring, problem_of

ME = "/api/v1/me"


@pytest.mark.one_engine
async def test_after_sign_out(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    stolen = hall.visitor(address="203.0.113.66")
    bring(stolen, zhang.cookies["gsl_session"])
    assert (await stolen.get(ME)).status_code == 200

    signed_out = await zhang.delete("/api/v1/sessions/current")

    assert signed_out.status_code == 204
    assert "gsl_session" not in zhang.cookies
    assert problem_of(await stolen.get(ME)) == "not-signed-in"


@pytest.mark.one_engine
async def test_after_another_device_ends_it(hall: Hall) -> None:
    lost = await hall.client_as(ZHANG_SAN, device="丢了的手机")
    here = await hall.client_as(ZHANG_SAN, device="电脑")
    listed = (await here.get("/api/v1/sessions")).json()["items"]
    (of_lost,) = [each for each in listed if each["device"] == "丢了的手机"]

    assert (await here.delete(f"/api/v1/sessions/{of_lost['id']}")).status_code == 204

    assert problem_of(await lost.get(ME)) == "session-ended"
    assert (await here.get(ME)).status_code == 200


@pytest.mark.one_engine
async def test_nobody_ends_another_persons_session(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    session = (await zhang.get(ME)).json()["session_id"]
    zhou = await hall.client_as(ZHOU_BA)

    assert problem_of(await zhou.delete(f"/api/v1/sessions/{session}")) == "not-found"
    assert (await zhang.get(ME)).status_code == 200


@pytest.mark.one_engine
async def test_after_the_account_is_disabled(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    zhou = await hall.client_as(ZHOU_BA)
    assert (await zhou.post(f"/api/v1/accounts/{ZHANG_SAN.id}/disable")).status_code == 200
    assert problem_of(await zhang.get(ME)) == "session-ended"


@pytest.mark.one_engine
async def test_after_a_new_password(hall: Hall) -> None:
    stolen = await hall.client_as(ZHANG_SAN, address="203.0.113.66")
    zhang = await hall.client_as(ZHANG_SAN)
    body = {"old_password": PASSWORD, "password": "村口新修了一座石桥"}
    assert (await zhang.put("/api/v1/me/password", json=body)).status_code == 204
    assert problem_of(await stolen.get(ME)) == "session-ended"
    assert (await zhang.get(ME)).status_code == 200


@pytest.mark.one_engine
async def test_after_it_expired(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    hall.clock.pass_(days=hall.house.settings.session_days)
    assert problem_of(await zhang.get(ME)) == "not-signed-in"


@pytest.mark.one_engine
async def test_the_database_holds_no_token(hall: Hall) -> None:
    visitor = hall.visitor(Origin=SITE)
    body = {"login": ZHANG_SAN.login, "password": PASSWORD, "device": "手机"}
    assert (await visitor.post("/api/v1/sessions", json=body)).status_code == 201
    token = visitor.cookies["gsl_session"]
    for row in await hall.rows("SELECT * FROM session"):
        assert token not in map(str, row.values())


async def test_a_sign_in_under_way_when_the_phone_is_reported_lost(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finder's remembered password is being compared at the very moment."""
    zhou = await hall.client_as(ZHOU_BA)
    compare = passwords.verify

    async def and_meanwhile(hashed: str | None, password: str) -> bool:
        told = await zhou.post(f"/api/v1/accounts/{ZHANG_SAN.id}/lost-phone")
        assert told.status_code == 201
        return await compare(hashed, password)

    monkeypatch.setattr(passwords, "verify", and_meanwhile)
    finder = hall.visitor(Origin=SITE)
    body = {"login": ZHANG_SAN.login, "password": PASSWORD, "device": "捡来的手机"}
    assert problem_of(await finder.post("/api/v1/sessions", json=body)) == "sign-in-failed"
    rows = await hall.rows("SELECT id FROM session WHERE account_id = ?", ZHANG_SAN.id)
    assert rows == []
