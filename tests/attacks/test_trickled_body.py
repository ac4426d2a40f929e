"""A body that stops coming, or comes a byte at a time for ever: the request ends, and nothing of it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from server.web import body
from tests.cast import SITE, ZHANG_SAN, Hall, problem_of

pytestmark = pytest.mark.one_engine

JSON = {"Content-Type": "application/json"}


async def trickled(pause: float) -> AsyncIterator[bytes]:
    while True:
        yield b" "
        await asyncio.sleep(pause)


@pytest.mark.parametrize(("limit", "pause"), [("CHUNK_SECONDS", 30), ("STREAM_SECONDS", 0.05)])
async def test_it_ends(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, limit: str, pause: float
) -> None:
    monkeypatch.setattr(body, limit, 0.2)
    zhang = await hall.client_as(ZHANG_SAN)
    photo = f"/api/v1/photos/{'0' * 64}?division={ZHANG_SAN.division}"
    sent = await zhang.put(photo, content=trickled(pause))
    signing_in = hall.visitor(Origin=SITE).post(
        "/api/v1/sessions", content=trickled(pause), headers=JSON
    )
    for answer in (sent, await signing_in):
        assert (problem_of(answer), answer.status_code) == ("body-stalled", 503)
        assert answer.headers["connection"] == "close"
    assert not await hall.rows("SELECT * FROM photo")
