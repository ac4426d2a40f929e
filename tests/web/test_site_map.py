"""robots.txt and the lists of addresses: what is public, from the second on in which it is."""

from __future__ import annotations

from dataclasses import replace
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest

from tests.cast import SITE, VILLAGE_A, Hall, problem_of
from tests.web.test_feeds import publish, withdraw

pytestmark = pytest.mark.one_engine

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


async def listed(hall: Hall, address: str) -> dict[str, str | None]:
    """Return the addresses of a list, and when each changed."""
    answer = await hall.visitor().get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/xml"
    return {
        each.findtext("s:loc", "", NS): each.findtext("s:lastmod", None, NS)
        for each in ET.fromstring(answer.content)
    }


async def everything(hall: Hall) -> dict[str, str | None]:
    """Follow the index, as a search engine does."""
    found: dict[str, str | None] = {}
    for part in await listed(hall, "/sitemap.xml"):
        assert part.startswith(SITE)
        found |= await listed(hall, part.removeprefix(SITE))
    return found


async def test_from_the_second_of_opening_on(hall: Hall) -> None:
    disclosure = await publish(hall, publish={"when": "at", "at": "2026-10-10T00:00:00Z"})
    hall.clock.set("2026-10-10 07:59:59+08:00")
    assert await everything(hall) == {f"{SITE}/": None}
    hall.clock.set("2026-10-10 08:00:00+08:00")
    assert await everything(hall) == {
        f"{SITE}/": None,
        f"{SITE}/v/{VILLAGE_A}": "2026-10-10T00:00:00Z",
        f"{SITE}/d/{disclosure}": "2026-10-10T00:00:00Z",
    }
    hall.clock.pass_(hours=3)
    await withdraw(hall, disclosure, "重复公开")
    changed = await everything(hall)
    assert changed[f"{SITE}/d/{disclosure}"] == "2026-10-10T03:00:00Z"


async def test_parts_hold_no_more_than_they_may(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await publish(hall)
    monkeypatch.setattr("server.queries.site_map.MOST", 1)
    parts = list(await listed(hall, "/sitemap.xml"))
    assert parts == [f"{SITE}/sitemap-villages-1.xml", f"{SITE}/sitemap-notices-1.xml"]
    assert list(await listed(hall, "/sitemap-notices-1.xml")) == [f"{SITE}/d/{first}"]


@pytest.mark.parametrize("part", ["villages-2", "notices-1", "notices-0", "people-1", "notices-1x"])
async def test_there_is_no_such_part(hall: Hall, part: str) -> None:
    assert problem_of(await hall.visitor().get(f"/sitemap-{part}.xml")) == "not-found"


async def test_robots_read_public_pages_and_open_data(hall: Hall) -> None:
    answer = await hall.visitor().get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    for path, may in (
        ("/", True),
        (f"/v/{VILLAGE_A}", True),
        (f"/api/v1/open-data/{VILLAGE_A}/feed.atom", True),
        ("/app", False),
        ("/app/tasks", False),
        (f"/api/v1/villages/{VILLAGE_A}", False),
        ("/api", False),
        ("/search", False),
        ("/search?q=%E6%B0%B4%E6%B8%A0", False),
    ):
        assert rules.can_fetch("anybot", SITE + path) == may, path


async def test_a_demonstration_is_not_to_be_found(hall: Hall) -> None:
    hall.house.demo = True
    answer = await hall.visitor().get("/robots.txt")
    assert answer.text == "User-agent: *\nDisallow: /\n"


async def test_the_public_address_is_the_one_that_is_set(hall: Hall) -> None:
    hall.house.settings = replace(hall.house.settings, public_url="https://gongshi.example.cn/")
    answer = await hall.visitor().get("/sitemap.xml")
    assert "<loc>https://gongshi.example.cn/sitemap-villages-1.xml</loc>" in answer.text
    assert SITE not in answer.text
