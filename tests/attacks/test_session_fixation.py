"""A token planted in somebody's browser before sign-in is never the one they are signed in with."""

from __future__ import annotations

import pytest

from tests.cast import PASSWORD, SITE, SUN_QI, ZHANG_SAN, Hall, bring, problem_of

pytestmark = pytest.mark.one_engine

SESSIONS = "/api/v1/sessions"


def password_of(login: str) -> dict[str, str]:
    return {"login": login, "password": PASSWORD, "device": "手机"}


async def test_a_made_up_token_is_replaced(hall: Hall) -> None:
    victim = hall.visitor(Origin=SITE)
    bring(victim, "planted-by-somebody")
    response = await victim.post(SESSIONS, json=password_of(ZHANG_SAN.login))
    assert response.status_code == 201
    cookie = response.headers["set-cookie"]
    assert "planted" not in cookie
    for attribute in ("HttpOnly", "SameSite=lax", "Path=/"):
        assert attribute in cookie


async def test_a_planted_session_ends_when_its_bearer_signs_in(hall: Hall) -> None:
    attacker = await hall.client_as(SUN_QI)
    victim = hall.visitor(Origin=SITE)
    bring(victim, attacker.cookies["gsl_session"])

    assert (await victim.post(SESSIONS, json=password_of(ZHANG_SAN.login))).status_code == 201

    assert problem_of(await attacker.get("/api/v1/me")) == "not-signed-in"


async def test_every_sign_in_has_a_token_of_its_own(hall: Hall) -> None:
    tokens = set()
    for _ in range(3):
        visitor = hall.visitor(Origin=SITE)
        await visitor.post(SESSIONS, json=password_of(ZHANG_SAN.login))
        tokens.add(visitor.cookies["gsl_session"])
    assert len(tokens) == 3
    assert all(len(token) >= 43 for token in tokens)  # 32 bytes
