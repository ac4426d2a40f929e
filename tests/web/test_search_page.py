"""/search as a page: whole without a script, in two languages, helpful where nothing is found, and in no search engine."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from server.queries import search_disclosures as module
from tests.cast import COUNTY, TOWNSHIP, VILLAGE_A, VILLAGE_B, Hall
from tests.cast import read as shown
from tests.journeys.posting import accounts_of
from tests.web.test_search import noted, publish

EVIL = "<img src=x onerror=alert(1)>"


async def read(hall: Hall, q: str = "", **asked: str) -> str:
    answer = await answered(hall, q, **asked)
    assert answer.status_code == 200, answer.text
    return shown(answer.text)


async def answered(hall: Hall, q: str = "", **asked: str) -> httpx.Response:
    visitor = hall.visitor(Accept="text/html")
    return await visitor.get("/search", params={"q": q, "lang": "zh", **asked})


def links(page: str, words: str) -> list[str]:
    """Return the addresses of the links that begin with these words."""
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]*)', page)
    return [unescape(address) for address, text in found if text.strip().startswith(words)]


def asked_by(link: str) -> dict[str, Any]:
    return {name: value[0] for name, value in parse_qs(urlsplit(link).query).items()}


@pytest.mark.one_engine
async def test_what_was_found_is_a_card_with_its_days_and_lines(hall: Hall) -> None:
    await publish(hall, content=noted("见彭政发〔2026〕3号文件"))
    page = await read(hall, "租金", division=VILLAGE_A)
    assert "红河村有 1 件公开写着“租金”。" in page
    assert "<h3>2026年第三季度财务收支</h3>" in page
    assert "门面四号<mark>租金</mark>" in page
    assert "<span>红河村</span>" in page
    assert "至少公开到 10月18日" in page
    assert re.search(r'<a class="ent" href="/d/[0-9a-f-]{36}">', page)
    assert "<mark>彭政发〔2026〕3号</mark>文件" in await read(hall, "彭政发20263号")
    titled = await read(hall, "第三季度")
    assert "<h3>2026年<mark>第三季度</mark>财务收支</h3>" in titled
    english = await read(hall, "accounts", lang="en")
    assert "<h3><mark>Accounts</mark>, Third quarter 2026</h3>" in english


@pytest.mark.one_engine
async def test_one_looks_where_one_came_from_and_around_it(hall: Hall) -> None:
    page = await read(hall, division=VILLAGE_B)
    assert re.findall(r'name="division" value="(\d+)"( checked)?', page) == [
        *((VILLAGE_B, " checked"), (TOWNSHIP, ""), (COUNTY, "")),
    ]
    assert f'href="/v/{VILLAGE_B}"' in page
    assert 'name="division"' not in await read(hall)
    assert (await answered(hall, division="640425999999")).status_code == 404


async def test_nothing_in_this_village_says_where_there_is_something(hall: Hall) -> None:
    await publish(hall)
    page = await read(hall, "租金", division=VILLAGE_B)
    assert "宽坪村没有找到“租金”。" in page
    assert [asked_by(link) for link in links(page, "红河镇有 1 件")] == [
        {"q": "租金", "division": TOWNSHIP}
    ]
    assert "少写几个字" in page
    nowhere = await read(hall, "飞机场", division=VILLAGE_B)
    assert "没有找到“飞机场”" in nowhere
    assert links(nowhere, "红河镇有") == links(nowhere, "彭阳县有") == []
    filtered = await read(hall, "租金", division=VILLAGE_A, year="2025")
    (again,) = links(filtered, "不分事项和年份")
    assert asked_by(again) == {"q": "租金", "division": VILLAGE_A}


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("q", "said"),
    [
        ("渠", "至少要有 2 个连着的字"),
        ("。！", "至少要有 2 个连着的字"),
        ("渠" * 61, "最多 60 个字，这里有 61 个"),
    ],
)
async def test_too_little_and_too_much_is_said_beside_the_box(
    hall: Hall, q: str, said: str
) -> None:
    page = await read(hall, q, division=VILLAGE_A)
    assert said in page
    assert f'value="{q}"' in page


async def test_facets_are_links_with_counts(hall: Hall) -> None:
    await publish(hall, 1)
    await publish(hall, 2, period="2025Q3", content=accounts_of("2026-q2"))
    page = await read(hall, "财务收支", division=TOWNSHIP)
    assert re.search(r">\s*2026 <small class=\"soft\">1</small>", page)
    (link,) = links(page, "2025")
    assert asked_by(link) == {"q": "财务收支", "division": TOWNSHIP, "year": "2025"}
    narrowed = await read(hall, **asked_by(link))
    assert "红河镇有 1 件公开" in narrowed
    assert '>2025 <small class="soft">1</small></a>' in narrowed
    (back,) = [each for each in links(narrowed, "全部") if "year" not in each]
    assert asked_by(back) == {"q": "财务收支", "division": TOWNSHIP}
    (best,) = links(page, "最像的在前")
    assert asked_by(best)["order"] == "best"


async def test_pages_go_on_by_cursor(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 1)
    await publish(hall, 1)
    hall.clock.pass_(hours=1)
    await publish(hall, 2, period="2025Q3", content=accounts_of("2026-q2"))
    first = await read(hall, "财务收支", division=TOWNSHIP)
    assert "2025年第三季度" in first
    (link,) = links(first, "往下看")
    second = await read(hall, **asked_by(link))
    assert "2026年第三季度" in second
    assert "红河镇有 2 件公开" in second
    assert links(second, "往下看") == []


@pytest.mark.one_engine
async def test_search_engines_keep_no_results_and_browsers_ask_again(hall: Hall) -> None:
    await publish(hall)
    first = await answered(hall, "租金")
    assert first.headers["x-robots-tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in first.text
    assert first.headers["cache-control"] == "no-cache"
    visitor = hall.visitor(Accept="text/html")
    again = await visitor.get(
        str(first.request.url), headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert "Disallow: /search" in (await visitor.get("/robots.txt")).text.splitlines()


async def test_what_was_typed_is_text_never_markup(hall: Hall) -> None:
    await publish(hall, content=noted(f"租金 {EVIL}"))
    for q in (EVIL, f'租金"{EVIL}', "租金"):
        page = await read(hall, q, division=VILLAGE_A)
        assert "<img src=x" not in page
        assert EVIL not in page


@pytest.mark.one_engine
async def test_a_village_and_the_first_page_lead_there(hall: Hall) -> None:
    visitor = hall.visitor()
    village = (await visitor.get(f"/v/{VILLAGE_A}")).text
    form = re.search(r'<form[^>]*action="/search".*?</form>', village, re.DOTALL)
    assert form is not None
    assert f'name="division" value="{VILLAGE_A}"' in form[0]
    assert 'href="/search?division=' in (await visitor.get(f"/?in={TOWNSHIP}")).text
