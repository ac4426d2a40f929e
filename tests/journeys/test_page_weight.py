"""What travels to a phone before a notice can be read: the demonstration's pages, as they are served, with the built files."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import httpx
import pytest

from server.external import images
from tests.journeys.test_demo_county import started

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]

KB = 1024
FIRST_SCREEN = 14 * KB  # what a server may send before it must wait for the phone's first answer
ALL = 40 * KB
SCRIPT, STYLE = 25 * KB, 6 * KB
FEWEST = {"/v/": 8, "/d/": 100}


async def weigh(visitor: httpx.AsyncClient, address: str, coding: str = "br") -> tuple[int, str]:
    """Return how many bytes come for an address, packed as on the line, and its text; 0 where it is not public."""
    request = visitor.build_request("GET", address, headers={"Accept-Encoding": coding})
    answer = await visitor.send(request, stream=True)
    packed = b"".join([part async for part in answer.aiter_raw()])
    await answer.aclose()
    if answer.status_code != 200:
        return 0, ""
    # What packing would not make smaller comes as it is.
    assert answer.headers.get("Content-Encoding") == coding or len(packed) < KB, address
    plain = httpx.Response(200, headers=answer.headers, content=packed)
    return len(packed), plain.text


async def scripts_of(visitor: httpx.AsyncClient, page: str) -> list[str]:
    """Return the addresses of a page's own script and of all that it imports."""
    (found,) = re.findall(r'<script type="module" src="([^"]+)"', page)
    wanted, seen = [found], []
    while wanted:
        address = wanted.pop()
        seen.append(address)
        _, text = await weigh(visitor, address)
        imports = re.findall(r'(?:from|import)\s*\(?"\./([\w.-]+\.js)"', text)
        wanted += [f"/assets/{name}" for name in imports if f"/assets/{name}" not in seen]
    return seen


async def test_every_page_of_the_demonstration_is_light(
    database_url: str, photo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "derivatives", lambda data: {"960.jpg": data[:32]})
    async with started(database_url, photo_root) as hall:
        visitor = hall.visitor()
        villages = await hall.rows("SELECT DISTINCT division FROM disclosure")
        notices = await hall.rows("SELECT id FROM disclosure")
        addresses = [f"/v/{row['division']}" for row in villages]
        addresses += [f"/d/{row['id']}" for row in notices]
        pages = {address: await weigh(visitor, address) for address in addresses}
        public = {address: each for address, each in pages.items() if each[0]}
        for kind, fewest in FEWEST.items():
            assert len([a for a in public if a.startswith(kind)]) >= fewest

        heaviest, (_, html) = max(public.items(), key=lambda each: each[1][0])
        # The style stands in the page; what else it names is for paper, and keeps nobody waiting. Where something was
        # asked it names the style of questions too, and that counts.
        named = re.findall(r'<link rel="stylesheet" href="([^"]+)"(.*?)>', html)
        asked = [each for each, medium in named if not medium]
        assert [medium for _, medium in named if medium] == [' media="print"']
        assert [re.sub(r"-[\w-]+\.css$", "", each) for each in asked] in ([], ["/assets/asking"])
        style = sum(
            len(brotli.compress(s.encode())) for s in re.findall(r"<style>(.*?)</style>", html)
        )
        style += sum([(await weigh(visitor, each))[0] for each in asked])
        script = sum([(await weigh(visitor, each))[0] for each in await scripts_of(visitor, html)])
        assert 0 < style <= STYLE
        assert 0 < script <= SCRIPT
        heavy = {a: size for a, (size, _) in public.items() if size > FIRST_SCREEN}
        assert heavy == {}
        assert public[heaviest][0] + script <= ALL

        # Plain http has gzip alone, which packs looser: there the first screen is what counts, not the whole page.
        top, _, _ = html.partition('<section aria-labelledby="h-who">')
        assert "一眼看懂" in top
        assert len(gzip.compress(top.encode())) <= FIRST_SCREEN
