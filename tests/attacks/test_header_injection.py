"""What a visitor sends never becomes a header, a page's markup or a second answer."""

from __future__ import annotations

import pytest

from tests.cast import PASSWORD, SITE, ZHANG_SAN, Hall

pytestmark = pytest.mark.one_engine

NASTY = "x\r\nSet-Cookie: admin=1\r\n\r\n<script>alert(1)</script>"


@pytest.mark.parametrize(
    "path",
    [
        "/problems/%0d%0aSet-Cookie:%20admin=1",
        "/v/%0d%0aSet-Cookie:%20admin=1",
        "/C/%0d%0aLocation:%20https:%2f%2fevil.example",
        "/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E&lang=%0d%0aX:1",
        "//evil.example/..",
        "/app/%0d%0aX-Evil:%201",
    ],
)
async def test_addresses(hall: Hall, path: str) -> None:
    for accept in ("text/html", "application/json"):
        response = await hall.visitor(Accept=accept).get(path)
        assert "admin" not in response.headers.get("set-cookie", "")
        assert "x-evil" not in response.headers
        assert "evil.example" not in response.headers.get("location", "")
        if response.headers["content-type"].startswith("text/html"):
            assert "<script>alert" not in response.text


async def test_a_device_name_is_only_text(hall: Hall) -> None:
    visitor = hall.visitor(Origin=SITE)
    body = {"login": ZHANG_SAN.login, "password": PASSWORD, "device": NASTY}
    signed = await visitor.post("/api/v1/sessions", json=body)
    assert signed.status_code == 201
    assert "admin" not in signed.headers["set-cookie"]
    listed = (await visitor.get("/api/v1/sessions")).json()["items"]
    assert [each["device"] for each in listed] == [NASTY]


async def test_a_foreign_host_makes_no_links(hall: Hall) -> None:
    response = await hall.visitor(Host='evil.example"><script>').get(
        "/", headers={"Accept": "text/html"}
    )
    assert '"><script>' not in response.text
