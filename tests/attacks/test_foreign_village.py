"""Accountant Sun of the next village does nothing in village A; nor does anybody outside their subtree."""

from __future__ import annotations

import pytest

from tests.cast import FAR_VILLAGE, SUN_QI, VILLAGE_A, WANG_WU, ZHANG_SAN, Hall, problem_of

pytestmark = pytest.mark.one_engine

PHOTO = f"/api/v1/photos/{'a' * 64}"


async def test_sun_sends_no_photo_for_village_a(hall: Hall) -> None:
    sun = await hall.client_as(SUN_QI)
    response = await sun.put(f"{PHOTO}?division={VILLAGE_A}", content=b"picture")
    assert problem_of(response) == "not-allowed"
    assert not await hall.rows("SELECT * FROM photo")


async def test_wang_sees_no_matrix_of_the_next_township(hall: Hall) -> None:
    wang = await hall.client_as(WANG_WU)
    response = await wang.get(
        f"/api/v1/compliance?division={FAR_VILLAGE}&first=2026-07-01&last=2026-09-30"
    )
    assert problem_of(response) in ("not-allowed", "other-division")


async def test_an_accountant_lists_no_accounts(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    assert problem_of(await zhang.get("/api/v1/accounts")) == "not-allowed"


async def test_a_visitor_is_asked_to_sign_in(hall: Hall) -> None:
    for path in ("/api/v1/me", "/api/v1/tasks", "/api/v1/accounts", "/api/v1/submissions"):
        assert problem_of(await hall.visitor().get(path)) == "not-signed-in"
