"""A topic is signed by a form that any browser can send: with work as often as ever, without it a few times a day."""

from __future__ import annotations

import re

import httpx
import pytest

from server.rules.throttling import SIGNING_UNPROVED
from tests.cast import SITE, Hall, read
from tests.journeys.asking import asked, let_through, work


def browser(hall: Hall) -> httpx.AsyncClient:
    """Return a browser without scripts that was never here before, behind the village's one address."""
    return hall.visitor("203.0.113.9", Origin=SITE, Accept="text/html")


async def form(client: httpx.AsyncClient, address: str) -> dict[str, str]:
    page = await client.get(f"{address}?lang=zh")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert "同一个网络一天只收几份" in page.text
    return dict(re.findall(r'name="(id|device)" value="([^"]+)"', page.text))


async def signatures(hall: Hall) -> int:
    return len(await hall.rows("SELECT id FROM inquiry_signature"))


async def test_signed_without_a_script_and_counted_once(hall: Hall) -> None:
    topic = await asked(hall, kind="topic", text="请公开鱼塘的承包合同")
    here = f"/q/{topic['id']}/sign"
    mine = browser(hall)
    assert (await mine.get(here)).status_code == 404  # nobody let it through yet
    await let_through(hall, topic["id"])
    assert f'href="{here}"' in (await mine.get(f"/q/{topic['id']}")).text
    filled = await form(mine, here)
    sent = await mine.post(here, data=filled)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{here}?kept=yes")
    assert f"Path={here}" in sent.headers["set-cookie"]
    # A second tap before the cookie came, and the same browser another day.
    assert (await browser(hall).post(here, data=filled)).status_code == 303
    hall.clock.pass_(days=1)
    assert (await mine.post(here, data=await form(mine, here))).status_code == 303
    assert await signatures(hall) == 1
    kept = read((await mine.get(f"{here}?kept=yes&lang=zh")).text)
    assert "已联名，谢谢" in kept
    assert "1 部手机联名，满 20 部必须公开" in kept
    assert 'method="post"' not in kept
    other = await asked(hall, 2)
    assert (await mine.get(f"/q/{other['id']}/sign")).status_code == 404  # no topic


@pytest.mark.one_engine
async def test_without_work_an_address_has_few_and_with_work_it_goes_on(hall: Hall) -> None:
    topic = await asked(hall, kind="topic", text="请公开鱼塘的承包合同")
    await let_through(hall, topic["id"])
    here = f"/q/{topic['id']}/sign"
    for _ in range(SIGNING_UNPROVED.capacity):
        assert (await browser(hall).post(here, data=await form(browser(hall), here))).is_redirect
    over = await browser(hall).post(f"{here}?lang=zh", data=await form(browser(hall), here))
    assert over.status_code == 429
    assert "尝试次数太多" in over.text
    assert 'method="post"' in over.text
    assert await signatures(hall) == 5
    filled = await form(browser(hall), here)
    proof = await work(browser(hall), filled["id"])
    for wrong, status in (
        ({"number": "0", "challenge": "mine"}, 422),
        ({"device": "short"}, 400),
        ({"id": "1"}, 400),
        ({"surprise": "x"}, 400),
    ):
        refused = await browser(hall).post(here, data={**filled, **proof, **wrong})
        assert refused.status_code == status, wrong
    assert (await browser(hall).post(here, data={**filled, **proof})).is_redirect
    assert await signatures(hall) == 6
    foreign = await hall.visitor(Origin="https://elsewhere.example").post(here, data=filled)
    assert foreign.status_code == 403
