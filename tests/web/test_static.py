"""The built web app from memory: kept for ever or asked for again, compressed once."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from server.web.static import load_files
from tests.cast import opened, problem_of

pytestmark = pytest.mark.one_engine

SCRIPT = "console.log('公示栏');" * 100


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "assets" / "reader-1a2b3c.js").write_text(SCRIPT)
    (folder / "sw.js").write_text(SCRIPT)
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "icon-192.png").write_bytes(b"\x89PNG" + bytes(2000))
    return folder


async def test_served(dist: Path, database_url: str, photo_root: Path) -> None:
    async with opened(database_url, photo_root, pwa_dist=dist) as hall:
        visitor = hall.visitor()
        script = await visitor.get("/assets/reader-1a2b3c.js")
        assert script.text == SCRIPT
        assert script.headers["content-type"].startswith("text/javascript")
        assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
        worker = await visitor.get("/sw.js")
        assert worker.headers["cache-control"] == "no-cache"
        again = await visitor.get("/sw.js", headers={"If-None-Match": worker.headers["etag"]})
        assert again.status_code == 304
        manifest = await visitor.get("/manifest.webmanifest")
        assert manifest.headers["content-type"] == "application/manifest+json"
        icon = await visitor.get("/icon-192.png", headers={"Accept-Encoding": "br, gzip"})
        assert "content-encoding" not in icon.headers
        assert (await visitor.head("/sw.js")).content == b""
        assert problem_of(await visitor.post("/sw.js")) == "method-not-allowed"
        assert problem_of(await visitor.get("/assets/")) == "not-found"


@pytest.mark.parametrize("coding", ["br", "gzip"])
async def test_compressed_once(
    dist: Path, database_url: str, photo_root: Path, coding: str
) -> None:
    async with opened(database_url, photo_root, pwa_dist=dist) as hall:
        request = hall.visitor().build_request(
            "GET", "/assets/reader-1a2b3c.js", headers={"Accept-Encoding": coding}
        )
        response = await hall.visitor().send(request, stream=True)
        raw = b"".join([part async for part in response.aiter_raw()])
        assert response.headers["content-encoding"] == coding
        unpacked = brotli.decompress(raw) if coding == "br" else gzip.decompress(raw)
        assert unpacked.decode() == SCRIPT


def test_a_build_that_was_never_made_is_no_files(tmp_path: Path) -> None:
    assert load_files(tmp_path / "nowhere").files == {}
