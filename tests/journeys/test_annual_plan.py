"""A village publishes its plan of the year, and from then on its accounts stand beside it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import ZHANG_SAN, Hall
from tests.journeys.posting import accounts_of, approve, new_id, submission

EXAMPLE = Path("schemas/categories/annual_plan/examples/v1/good-2026.json")
GOOD: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))["content"]


async def post(hall: Hall, seed: int, **changes: Any) -> str:
    """Post something as 张三 and let it be approved; return its disclosure."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, id=new_id(hall.clock(), seed), **changes)
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    await approve(hall, sent["id"], seed=seed)
    found: str = receipt.json()["disclosure_id"]
    return found


async def plan(hall: Hall, seed: int = 50, **changes: Any) -> str:
    content = GOOD | changes
    parts = {
        "category": "annual_plan",
        "content": content,
        "event_on": "2026-09-20",
        "period": None,
    }
    return await post(hall, seed, **parts)


@pytest.mark.one_engine
async def test_accounts_stand_beside_the_plan_once_it_is_public(hall: Hall) -> None:
    disclosure = await post(hall, 10)
    visitor = hall.visitor()
    before = await visitor.get(f"/api/v1/disclosures/{disclosure}?lang=zh")
    assert before.json()["plan"] is None
    await plan(hall, year=2025)
    assert (await visitor.get(f"/api/v1/disclosures/{disclosure}")).json()["plan"] is None
    assert (await visitor.get(f"/d/{disclosure}/plan")).status_code == 404
    planned = await plan(hall, 51)
    found = (await visitor.get(f"/api/v1/disclosures/{disclosure}?lang=zh")).json()["plan"]
    spent = accounts_of("2026-q3")["subtotals"]["expense"]
    assert (found["disclosure_id"], found["year"], found["counted"]) == (planned, 2026, 1)
    assert found["unpublished"] == ["2026年第一季度", "2026年第二季度"]
    expense = next(row for row in found["rows"] if row["label"] == "支出")
    assert (expense["planned"], expense["so_far"]) == (10_000_000, spent)
    assert expense["used"] == spent * 100 // 10_000_000
    notice = (await visitor.get(f"/d/{disclosure}?lang=zh")).text
    assert f"支出用了 {expense['used']}%" in notice
    assert f'href="/d/{disclosure}/plan"' in notice
    page = (await visitor.get(f"/d/{disclosure}/plan?lang=zh")).text
    assert "管理费用" in page
    assert f'href="/d/{planned}"' in page
    assert "2026年第一季度、2026年第二季度没有公开，没有算进去。" in page
    await post(hall, 11, period="2026Q2", content=accounts_of("2026-q2"))
    more = (await visitor.get(f"/api/v1/disclosures/{disclosure}?lang=zh")).json()["plan"]
    assert (more["counted"], more["unpublished"]) == (2, ["2026年第一季度"])


async def test_a_plan_that_opens_later_stands_beside_the_accounts_from_that_second(
    hall: Hall,
) -> None:
    disclosure = await post(hall, 10)
    opens_at = hall.clock() + timedelta(hours=2)
    parts = {"category": "annual_plan", "content": GOOD, "event_on": "2026-09-20", "period": None}
    publish = {"when": "at", "at": opens_at.isoformat()}
    planned = await post(hall, 50, publish=publish, **parts)
    visitor = hall.visitor()
    address = f"/api/v1/disclosures/{disclosure}"
    before = await visitor.get(address)
    assert before.json()["plan"] is None
    hall.clock.now = opens_at
    after = await visitor.get(address, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["plan"]["disclosure_id"] == planned


@pytest.mark.one_engine
async def test_whoever_looks_before_sending_sees_what_villagers_will_see(hall: Hall) -> None:
    await plan(hall)
    await post(hall, 11, period="2026Q2", content=accounts_of("2026-q2"))
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, id=new_id(hall.clock(), 10))
    draft = {**{k: v for k, v in sent.items() if k != "acknowledged"}, "shape": "page"}
    seen = await phone.post("/api/v1/previews", json=draft, headers={"Accept-Language": "zh"})
    assert seen.status_code == 200, seen.text
    disclosure = await post(hall, 10)
    page = (await hall.visitor().get(f"/d/{disclosure}?lang=zh")).text
    for what in (r"2026年计划到这一期：[^<]+", rf'href="/d/{disclosure}/rate"', 'id="rated"'):
        found = re.search(what, page)
        assert found is not None, what
        assert found[0] in seen.json()["html"], what


@pytest.mark.one_engine
async def test_a_plan_that_was_taken_down_is_compared_with_nothing(hall: Hall) -> None:
    disclosure = await post(hall, 10)
    planned = await plan(hall)
    hall.clock.pass_(minutes=5)
    phone = await hall.client_as(ZHANG_SAN)
    gone = {"id": new_id(hall.clock(), 9), "reason": "会议还没有通过"}
    answer = await phone.post(f"/api/v1/disclosures/{planned}/withdrawal", json=gone)
    assert answer.status_code == 200, answer.text
    hall.clock.pass_(seconds=1)
    assert (await hall.visitor().get(f"/api/v1/disclosures/{disclosure}")).json()["plan"] is None
