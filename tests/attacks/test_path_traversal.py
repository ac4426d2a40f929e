"""No address reaches a file that is not meant to be served."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import opened, problem_of

pytestmark = pytest.mark.one_engine

ADDRESSES = [
    "/../server/settings.py",
    "/assets/../../secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/%2e%2e/%2e%2e/secret.txt",
    "/secret.txt%00.js",
    "/.vite/manifest.json",
    "//etc/passwd",
    "/api/v1/photos/../../../etc/passwd/960.webp",
    f"/api/v1/photos/{'a' * 64}/..%2f..%2foriginal",
    f"/api/v1/photos/{'a' * 64}/original",
    f"/api/v1/photos/{'a' * 63}Z/960.webp",
    f"/api/v1/photos/{'a' * 64}/960.webp%00",
    "/problems/..%2f..%2fapp",
]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_not_found(tmp_path: Path, database_url: str, photo_root: Path, address: str) -> None:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / ".vite").mkdir()
    (dist / ".vite" / "manifest.json").write_text("{}")
    (dist / "assets" / "reader-1a2b.js").write_text("1")
    (tmp_path / "secret.txt").write_text("nobody may read this")
    async with opened(database_url, photo_root, pwa_dist=dist) as hall:
        assert (await hall.visitor().get("/assets/reader-1a2b.js")).status_code == 200
        response = await hall.visitor().get(address)
        assert problem_of(response) == "not-found"
        assert "nobody may read" not in response.text
