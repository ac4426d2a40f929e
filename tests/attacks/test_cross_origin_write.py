"""Another site's page cannot write with a visitor's cookie, whatever it sends along."""

from __future__ import annotations

import pytest

from tests.cast import SITE, ZHANG_SAN, Hall, problem_of

pytestmark = pytest.mark.one_engine

CURRENT = "/api/v1/sessions/current"

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://gongshi.test.evil.example"},
    {"Origin": "http://evil.example/gongshi.test"},
    {"Origin": "http://gongshi.test:8080"},
    {"Origin": "file://gongshi.test"},
    {"Origin": "not an address"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": SITE, "Sec-Fetch-Site": "cross-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda h: " ".join(h.values()))
async def test_refused_and_nothing_happens(hall: Hall, headers: dict[str, str]) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    if "Origin" not in headers:
        del zhang.headers["Origin"]
    assert problem_of(await zhang.delete(CURRENT, headers=headers)) == "cross-origin"
    assert (await zhang.get("/api/v1/me")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": SITE},
        {"Origin": SITE, "Sec-Fetch-Site": "same-origin"},
        {"Origin": SITE, "Sec-Fetch-Site": "none"},
    ],
)
async def test_our_own_page_may(hall: Hall, headers: dict[str, str]) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    assert (await zhang.delete(CURRENT, headers=headers)).status_code == 204


async def test_reading_from_anywhere_is_fine(hall: Hall) -> None:
    response = await hall.visitor(Origin="https://evil.example").get("/api/v1/installation")
    assert response.status_code == 200
    # … but a browser will not let that page read the answer.
    assert "access-control-allow-origin" not in response.headers


async def test_a_form_cannot_carry_json(hall: Hall) -> None:
    visitor = hall.visitor(Origin=SITE)
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        response = await visitor.post(
            "/api/v1/sessions", content=b'{"code":"x"}', headers={"Content-Type": media_type}
        )
        assert problem_of(response) == "unsupported-media-type"
