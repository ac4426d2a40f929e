"""Whatever is wrong with a body is named by its place, in both languages, and nothing is written."""

from __future__ import annotations

import pytest

from tests.cast import SITE, Hall, problem_of

pytestmark = pytest.mark.one_engine

SESSIONS = "/api/v1/sessions"

WRONG = [
    (b'{"code":"ABCD","admin":true}', "unknown-field", "/admin"),
    (b'{"code":12}', "wrong-type", "/code"),
    (b'{"code":["a"]}', "wrong-type", "/code"),
    (b'{"login":"zhangsan"}', "wrong-type", ""),
    (b"[]", "wrong-type", ""),
    (b"null", "wrong-type", ""),
    (b'{"device":"' + b"x" * 500 + b'","code":"A"}', "wrong-type", "/device"),
    (b'{"code":', "malformed-json", None),
    (b"", "malformed-json", None),
    (b'{"code":"\xff\xfe"}', "malformed-json", None),
    (b"{'code': 1}", "malformed-json", None),
    (b'{"code":NaN}', "malformed-json", None),
    (b"[" * 100_000, "malformed-json", None),
]


@pytest.mark.one_engine
@pytest.mark.parametrize(("body", "slug", "pointer"), WRONG, ids=lambda v: str(v)[:40])
async def test_refused(hall: Hall, body: bytes, slug: str, pointer: str | None) -> None:
    for lang in ("zh", "en"):
        response = await hall.visitor(Origin=SITE).post(
            f"{SESSIONS}?lang={lang}", content=body, headers={"Content-Type": "application/json"}
        )
        assert problem_of(response) in (slug, "wrong-type" if body.startswith(b"[[") else slug)
        if pointer is not None:
            assert [each["pointer"] for each in response.json()["errors"]] == [pointer]
            said = response.json()["errors"][0]["detail"]
            assert said.isascii() == (lang == "en"), said
    assert not await hall.rows("SELECT * FROM session")


async def test_an_unknown_parameter_is_named(hall: Hall) -> None:
    response = await hall.visitor().get("/api/v1/divisions?parent=640425000000&colour=red")
    assert problem_of(response) == "parameter-not-valid"
    assert response.json()["parameter"] == "colour"


async def test_a_parameter_given_twice_is_refused(hall: Hall) -> None:
    response = await hall.visitor().get("/api/v1/divisions?limit=1&limit=2")
    assert problem_of(response) == "parameter-not-valid"
