"""Attack: HEAD, OPTIONS, TRACE and made-up methods on addresses that write: nothing may happen."""

from __future__ import annotations

import re

import pytest
from starlette.routing import compile_path

from server.web.routes import ENDPOINTS
from tests.cast import VILLAGE_A, ZHANG_SAN, ZHOU_BA, Hall, problem_of
from tests.journeys.posting import approve, board_photo, new_id, submission
from tests.journeys.written import written

pytestmark = pytest.mark.one_engine

VALUES = {
    "id": "01a11906-3680-7000-8000-000000000007",
    "code": VILLAGE_A,
    "sha256": board_photo(1)[0],
    "name": "960.webp",
    "key": "finance_quarterly",
    "category": "finance_quarterly",
    "slug": "not-found",
    "place": VILLAGE_A,
    "short": "A2345A2",
    "rest": "tasks",
    "table": "notices",
    "part": "1",
    "follow": "nobodys-private-link-0",
    "device": "0" * 64,
    "photo": "1",
    "rank": "1",
    "circular": "bulletin",
    "policy": "county-2027",
    "year": "2026",
    "slip": "register",
    "ticket": f"01a11906-3680-7000-8000-000000000007.{'0' * 32}",
}


def address_of(path: str) -> str:
    """Return an address of a route's path that can exist."""
    return re.sub(r"{(\w+)(?::path)?}", lambda m: VALUES[m[1]], path)


PATHS = sorted({e.path for e in ENDPOINTS})
READING = sorted({e.path for e in ENDPOINTS if e.method == "GET"})
METHODS = {"DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PURGE", "PUT", "TRACE"}


def taken_at(address: str) -> set[str]:
    """Return the methods of every route that answers there; HEAD where GET does."""
    taken = {e.method for e in ENDPOINTS if compile_path(e.path)[0].match(address)}
    return taken | ({"HEAD"} if "GET" in taken else set())


@pytest.mark.sqlite
async def test_no_other_method_writes(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    before = await written(hall)
    administrator = await hall.client_as(ZHOU_BA)
    sessions = await hall.rows("SELECT id, revoked_at FROM session ORDER BY id")
    for path in PATHS:
        address = address_of(path)
        taken = taken_at(address)
        own = {e.method for e in ENDPOINTS if e.path == path}
        writes = any(e.writes for e in ENDPOINTS if e.path == path)
        for client in (phone, administrator, hall.visitor()) if writes else (administrator,):
            for method in sorted(METHODS - taken):
                answer = await client.request(method, address, json=sent)
                assert answer.status_code == (204 if method == "OPTIONS" else 405), (method, path)
                assert own <= set(answer.headers["allow"].split(", ")), (method, path)
    assert await written(hall) == before
    assert await hall.rows("SELECT id, revoked_at FROM session ORDER BY id") == sessions


@pytest.mark.one_engine
async def test_head_says_what_get_would_and_neither_writes(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])
    before = await written(hall)
    for path in READING:
        client = hall.visitor() if not path.startswith("/api/v1/s") else phone
        got = await client.get(address_of(path))
        head = await client.head(address_of(path))
        assert head.status_code == got.status_code, path
        assert head.content == b"", path
        for header in ("content-type", "etag", "cache-control", "location"):
            assert head.headers.get(header) == got.headers.get(header), path
    assert await written(hall) == before


async def test_a_method_given_by_header_is_not_believed(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        answer = await phone.post("/api/v1/sessions/current", headers={name: "DELETE"})
        assert problem_of(answer) == "method-not-allowed"
        answer = await phone.get("/api/v1/me?_method=DELETE", headers={name: "PUT"})
        assert answer.status_code == 200
    unseen = await hall.visitor().get(f"/api/v1/disclosures/{new_id(hall.clock(), 5)}")
    assert problem_of(unseen) == "not-found"
