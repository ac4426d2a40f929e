"""No page of ours can be framed, none runs a script that is not our file; refusals say so too."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from server.web.static import load_files
from tests.cast import Hall, opened

pytestmark = pytest.mark.one_engine

ANSWERS = ["/", "/api", "/problems", "/api/v1/installation", "/healthz", "/no-such-page", "/app"]


@pytest.mark.one_engine
@pytest.mark.parametrize("path", ANSWERS)
async def test_headers_everywhere(hall: Hall, path: str) -> None:
    headers = (await hall.visitor(Accept="text/html").get(path)).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy.replace("'wasm-unsafe-eval'", "")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=(self)" in headers["permissions-policy"]
    assert "geolocation=()" in headers["permissions-policy"]
    assert "server" not in headers


async def test_a_style_carries_what_concerns_it(hall: Hall, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in ("a.css", "a.js"):
        (tmp_path / "assets" / name).write_text("/* */")
    hall.app.state.house.files = load_files(tmp_path)
    style = (await hall.visitor().get("/assets/a.css")).headers
    assert style["x-content-type-options"] == "nosniff"
    assert style["cross-origin-resource-policy"] == "same-origin"
    assert "content-security-policy" not in style
    # A script may run as a worker, which lives by the policy it came with.
    assert "content-security-policy" in (await hall.visitor().get("/assets/a.js")).headers


async def test_strict_transport_only_over_https(
    hall: Hall, tmp_path: Path, database_url: str, photo_root: Path
) -> None:
    assert "strict-transport-security" not in (await hall.visitor().get("/healthz")).headers


async def test_https_has_secure_cookies(database_url: str, photo_root: Path) -> None:
    async with opened(database_url, photo_root, public_url="https://gongshi.example.cn") as hall:
        response = await hall.visitor().get("/healthz")
        assert "max-age" in response.headers["strict-transport-security"]
        gone = await hall.visitor(Origin="https://gongshi.example.cn").delete(
            "/api/v1/sessions/current"
        )
        cookie = gone.headers["set-cookie"]
        assert cookie.startswith("__Host-gsl_session=")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "path", ["/", "/api", "/problems", "/problems/own-work", "/app", "/offline"]
)
async def test_no_inline_script_and_no_style_but_the_named_one(hall: Hall, path: str) -> None:
    html = (await hall.visitor(Accept="text/html").get(path)).text
    assert html.lstrip().lower().startswith("<!doctype html>")
    for tag in re.findall(r"<script\b[^>]*>", html):
        assert "src=" in tag or 'type="application/json"' in tag, tag
    assert not re.search(r"<[^>]+\son[a-z]+\s*=", html)
    assert not re.search(r"<[^>]+\sstyle\s*=", html)
    policy = (await hall.visitor().get(path)).headers["content-security-policy"]
    for style in re.findall(r"<style>(.*?)</style>", html, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'self' 'sha256-{digest}';" in policy
    assert "<style " not in html
