"""Feeds: what was published, corrected and taken down, in the second in which it happened."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    SITE,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    ZHANG_SAN,
    Hall,
    problem_of,
)
from tests.journeys.posting import accounts_of, approve, new_id, submission

pytestmark = pytest.mark.one_engine

TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}
NS = {"a": "http://www.w3.org/2005/Atom"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def address(code: str, kind: str, query: str = "") -> str:
    return f"/api/v1/open-data/{code}/feed.{kind}{query}"


async def publish(hall: Hall, number: int = 1, **changes: Any) -> str:
    """Post and approve the quarter's accounts, or a correction of them; return the disclosure."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, id=new_id(hall.clock(), number), **changes)
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    await approve(hall, sent["id"], seed=number)
    disclosure: str = receipt.json()["disclosure_id"]
    return disclosure


async def withdraw(hall: Hall, disclosure: str, reason: str) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    body = {"id": new_id(hall.clock(), 900), "reason": reason}
    answer = await phone.post(f"/api/v1/disclosures/{disclosure}/withdrawal", json=body)
    assert answer.status_code == 200, answer.text


async def entries(hall: Hall, code: str = VILLAGE_A, query: str = "") -> list[ET.Element]:
    answer = await hall.visitor().get(address(code, "atom", query))
    assert answer.status_code == 200, answer.text
    return ET.fromstring(answer.content).findall("a:entry", NS)


def said(element: ET.Element, name: str) -> str:
    found = element.findtext(f"a:{name}", namespaces=NS)
    assert found is not None, name
    return found


async def test_atom_has_what_the_standard_asks_for(hall: Hall) -> None:
    disclosure = await publish(hall)
    answer = await hall.visitor().get(address(VILLAGE_A, "atom", "?lang=en"))
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)
    assert feed.get(LANG) == "en"
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", NS)}
    assert links == {
        "self": SITE + address(VILLAGE_A, "atom", "?lang=en"),
        "alternate": f"{SITE}/v/{VILLAGE_A}",
    }
    assert said(feed, "updated") == "2026-10-08T01:00:00.000Z"
    [entry] = feed.findall("a:entry", NS)
    assert said(entry, "id").startswith("urn:uuid:")
    assert said(entry, "updated") == said(entry, "published") == "2026-10-08T01:00:00.000Z"
    assert "Third quarter 2026" in said(entry, "title")
    assert "yuan" in said(entry, "summary")
    link = entry.find("a:link", NS)
    assert link is not None
    assert link.get("href") == f"{SITE}/d/{disclosure}?edition=1"


async def test_json_feed_says_the_same(hall: Hall) -> None:
    await publish(hall)
    answer = await hall.visitor().get(address(VILLAGE_A, "json"))
    assert answer.headers["content-type"] == "application/feed+json"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "zh-CN"
    assert feed["feed_url"] == SITE + address(VILLAGE_A, "json", "?lang=zh")
    [entry] = await entries(hall)
    [item] = feed["items"]
    assert (item["id"], item["title"]) == (said(entry, "id"), said(entry, "title"))
    assert item["content_text"] == said(entry, "summary")
    assert item["date_modified"] == said(entry, "updated")


async def test_it_appears_in_the_second_in_which_it_opens(hall: Hall) -> None:
    opens = "2026-10-10 08:00+08:00"
    await publish(hall, publish={"when": "at", "at": "2026-10-10T00:00:00Z"})
    before = await hall.visitor().get(address(VILLAGE_A, "atom"))
    hall.clock.set("2026-10-10 07:59:59+08:00")
    again = await hall.visitor().get(
        address(VILLAGE_A, "atom"), headers={"If-None-Match": before.headers["etag"]}
    )
    assert again.status_code == 304, "nothing, the tag neither, tells that something is coming"
    assert await entries(hall) == []
    hall.clock.set(opens)
    [entry] = await entries(hall)
    assert said(entry, "published") == "2026-10-10T00:00:00.000Z"


async def test_a_correction_is_an_entry_and_a_withdrawal_takes_the_entries_place(
    hall: Hall,
) -> None:
    disclosure = await publish(hall)
    [first] = await entries(hall)
    hall.clock.pass_(hours=5)
    changed = accounts_of("2026-q3") | {"prepared_by": "另一人"}
    await publish(hall, 2, content=changed, reason="会计姓名写错了")
    corrected, earlier = await entries(hall)
    assert said(earlier, "id") == said(first, "id")
    assert said(corrected, "title").startswith("更正：红河村")
    assert "会计姓名写错了" in said(corrected, "summary")
    hall.clock.pass_(hours=5)
    await withdraw(hall, disclosure, "重复公开")
    gone = await entries(hall)
    assert {said(e, "id") for e in gone} == {said(corrected, "id"), said(first, "id")}
    for entry in gone:
        assert said(entry, "title").startswith("已撤回：")
        assert said(entry, "summary") == "撤回原因：重复公开"
        assert said(entry, "updated") == "2026-10-08T11:00:00.000Z"


async def test_what_people_wrote_is_text_in_a_feed(hall: Hall) -> None:
    await publish(hall)
    hall.clock.pass_(hours=1)
    evil = "]]></summary><script>alert(1)</script>&amp;"
    changed = accounts_of("2026-q3") | {"prepared_by": "另一人"}
    await publish(hall, 2, content=changed, reason=evil)
    found = await entries(hall)
    assert evil in said(found[0], "summary")
    assert [e.tag for e in found[0].iter() if "script" in e.tag] == []


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("code", "query", "many"),
    [
        (VILLAGE_A, "?category=finance_quarterly", 1),
        (VILLAGE_A, "?category=dibao_preliminary", 0),
        (VILLAGE_B, "", 0),
        (TOWNSHIP, "", 1),
        (FAR_VILLAGE, "", 0),
    ],
)
async def test_a_feed_tells_of_its_place_and_category(
    hall: Hall, code: str, query: str, many: int
) -> None:
    await publish(hall)
    assert len(await entries(hall, code, query)) == many


@pytest.mark.parametrize(
    ("code", "query", "slug"),
    [
        ("640425103999", "", "not-found"),
        (COUNTY, "", "not-found"),
        (VILLAGE_A, "?category=nothing_such", "not-found"),
        (VILLAGE_A, "?category=..%2f..", "parameter-not-valid"),
        (VILLAGE_A, "?kategory=finance_quarterly", "parameter-not-valid"),
    ],
)
@pytest.mark.parametrize("kind", ["atom", "json"])
async def test_what_there_is_no_feed_of(
    hall: Hall, code: str, query: str, slug: str, kind: str
) -> None:
    answer: httpx.Response = await hall.visitor().get(address(code, kind, query))
    assert problem_of(answer) == slug


@pytest.mark.one_engine
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_villages_page_leads_to_all_of_it(hall: Hall, lang: str) -> None:
    await publish(hall)
    visitor = hall.visitor()
    village = (await visitor.get(f"/v/{VILLAGE_A}?lang={lang}")).text
    for kind in ("atom", "json"):
        assert f'<link rel="alternate" type="{TYPES[kind]}"' in village
        assert f'href="{address(VILLAGE_A, kind)}?lang={lang}"' in village
    assert f'href="/v/{VILLAGE_A}/data"' in village
    page = (await visitor.get(f"/v/{VILLAGE_A}/data?lang={lang}")).text
    links = set(re.findall(r'href="(/api/v1/open-data/[^"]+)"', page))
    assert {unescape(link).split("?")[0].split("/")[4] for link in links} == {VILLAGE_A, TOWNSHIP}
    assert len(links) > 15
    for link in links:
        assert (await visitor.get(unescape(link))).status_code == 200, link


async def test_only_a_village_has_a_page_of_data(hall: Hall) -> None:
    for code in (TOWNSHIP, "640425103999"):
        assert problem_of(await hall.visitor().get(f"/v/{code}/data")) == "not-found"
