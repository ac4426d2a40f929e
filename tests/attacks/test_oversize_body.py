"""A body beyond its limit is refused while it arrives; what it announces about itself is not believed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.cast import SITE, ZHANG_SAN, Hall, problem_of

pytestmark = pytest.mark.one_engine

SESSIONS = "/api/v1/sessions"
JSON = {"Content-Type": "application/json"}


async def test_announced_too_large_is_refused_unread(hall: Hall) -> None:
    limit = hall.house.settings.max_body_bytes

    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    headers = {**JSON, "Content-Length": str(limit + 1)}
    response = await hall.visitor(Origin=SITE).post(SESSIONS, content=never(), headers=headers)
    assert problem_of(response) == "body-too-large"
    assert response.json()["limit"] == limit


async def test_endless_body_is_cut_off(hall: Hall) -> None:
    limit = hall.house.settings.max_body_bytes
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 20 * limit:
            sent += 65_536
            yield b" " * 65_536

    response = await hall.visitor(Origin=SITE).post(SESSIONS, content=endless(), headers=JSON)
    assert problem_of(response) == "body-too-large"


async def test_a_photo_has_a_limit_of_its_own(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    limit = hall.house.settings.max_photo_bytes
    response = await zhang.put(
        f"/api/v1/photos/{'0' * 64}?division={ZHANG_SAN.division}", content=bytes(limit + 1)
    )
    assert problem_of(response) == "photo-too-large"
    assert not await hall.rows("SELECT * FROM photo")


async def test_a_compressed_body_is_not_unpacked(hall: Hall) -> None:
    headers = {**JSON, "Content-Encoding": "gzip"}
    response = await hall.visitor(Origin=SITE).post(SESSIONS, content=b"x", headers=headers)
    assert problem_of(response) == "unsupported-media-type"
