"""The wrapper: methods, languages, conditional reads, and what happens when something breaks."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from server import problems
from server.problems import Say
from server.web.asking import ANYONE, Answer, Ask, Endpoint
from server.web.endpoint import doors
from tests.cast import SITE, ZHANG_SAN, Hall, problem_of

NOTE = "INSERT INTO installation (key, county, value) VALUES (?, ?, ?)"


async def note_and_answer(ask: Ask) -> Answer:
    await ask.tx.execute(NOTE, "note", "000000", "answered")
    return Answer({"ok": True})


async def note_and_refuse(ask: Ask) -> Answer:
    await ask.tx.execute(NOTE, "note", "000000", "refused")
    raise problems.own_work()


async def note_and_count(ask: Ask) -> Answer:
    await ask.tx.execute(NOTE, "note", "000000", "counted")
    raise problems.sign_in_failed()


async def note_and_break(ask: Ask) -> Answer:
    await ask.tx.execute(NOTE, "note", "000000", "broken")
    raise RuntimeError("张三 640425199001011234")


async def read_and_write(ask: Ask) -> Answer:
    await ask.db.client.execute_query(NOTE.replace("?", "'x'"))
    return Answer({})


def made(method: Any, path: str, handler: Any) -> Endpoint:
    return Endpoint(method=method, path=path, handler=handler, who=ANYONE, summary=Say("", ""))


MADE = [
    made("POST", "/api/v1/test/answer", note_and_answer),
    made("POST", "/api/v1/test/refuse", note_and_refuse),
    made("POST", "/api/v1/test/count", note_and_count),
    made("POST", "/api/v1/test/break", note_and_break),
    made("GET", "/api/v1/test/write", read_and_write),
]


@pytest.fixture
def tested(hall: Hall) -> Hall:
    hall.app.router.routes[:0] = doors(MADE)
    return hall


async def notes(hall: Hall) -> list[str]:
    found = await hall.rows("SELECT value FROM installation WHERE key = ?", "note")
    return [row["value"] for row in found]


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        ("answer", 200, ["answered"]),
        ("refuse", 403, []),
        ("count", 401, ["counted"]),
        ("break", 500, []),
    ],
)
async def test_all_or_nothing(tested: Hall, path: str, status: int, kept: list[str]) -> None:
    response = await tested.visitor(Origin=SITE).post(f"/api/v1/test/{path}")
    assert response.status_code == status
    assert await notes(tested) == kept


async def test_what_breaks_is_logged_without_what_people_typed(tested: Hall) -> None:
    with capture_logs() as logs:
        response = await tested.visitor(Origin=SITE).post("/api/v1/test/break?name=张三")
    assert problem_of(response) == "unexpected-failure"
    (entry,) = [each for each in logs if each["event"] == "unexpected failure"]
    assert entry["incident"] == response.json()["incident"]
    assert entry["error"] == "RuntimeError"
    assert "张三" not in str(logs)
    assert "640425199001011234" not in str(logs) + response.text


async def test_reading_cannot_write(tested: Hall) -> None:
    assert problem_of(await tested.visitor().get("/api/v1/test/write")) == "unexpected-failure"
    assert await notes(tested) == []


@pytest.mark.one_engine
async def test_head_is_get_without_its_body(hall: Hall) -> None:
    get = await hall.visitor().get("/api/v1/installation")
    head = await hall.visitor().head("/api/v1/installation")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.one_engine
async def test_every_method_there_is_stands_in_allow(hall: Hall) -> None:
    response = await hall.visitor(Origin=SITE).patch("/api/v1/sessions")
    assert problem_of(response) == "method-not-allowed"
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    options = await hall.visitor().options("/api/v1/sessions")
    assert options.status_code == 204
    assert options.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.one_engine
async def test_languages(hall: Hall) -> None:
    visitor = hall.visitor()
    zh = await visitor.get("/api/v1/me")
    assert zh.json()["title"] == "需要登录"
    en = await visitor.get("/api/v1/me", headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"})
    assert en.json()["title"] == "Sign in first"
    assert en.headers["content-language"] == "en"
    assert (await visitor.get("/api/v1/me?lang=en")).json()["title"] == "Sign in first"


@pytest.mark.one_engine
async def test_a_browser_gets_a_page_a_program_a_problem(hall: Hall) -> None:
    page = await hall.visitor(Accept="text/html,*/*").get("/no-such-page")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "没有找到" in page.text
    assert problem_of(await hall.visitor().get("/no-such-page")) == "not-found"


async def test_reading_leaves_no_trace(hall: Hall) -> None:
    zhang = await hall.client_as(ZHANG_SAN)
    before = await hall.rows("SELECT * FROM session")
    hall.clock.pass_(days=10)
    assert (await zhang.get("/api/v1/me")).status_code == 200
    assert await hall.rows("SELECT * FROM session") == before


@pytest.mark.one_engine
async def test_answers_are_compressed(hall: Hall) -> None:
    for coding in ("zstd", "br", "gzip"):
        response = await hall.visitor().get(
            "/api/openapi.json", headers={"Accept-Encoding": coding}
        )
        assert response.headers["content-encoding"] == coding
        assert "Accept-Encoding" in response.headers["vary"]


@pytest.mark.one_engine
async def test_unchanged_is_304(hall: Hall) -> None:
    first = await hall.visitor().get("/api/openapi.json")
    tag = first.headers["etag"]
    again = await hall.visitor().get("/api/openapi.json", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag
