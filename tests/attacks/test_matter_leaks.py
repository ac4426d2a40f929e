"""Attack: a notice that is not open yet is looked for at the other end of its link, on every public address."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.cast import VILLAGE_A, ZHANG_SAN, Hall, at
from tests.journeys.matters import NAME, linked, subsidy
from tests.journeys.posting import new_id
from tests.journeys.surfaces import answers
from tests.journeys.test_annual_plan import post

pytestmark = pytest.mark.one_engine

OPENS = at("2026-10-12 08:00+08:00")
LATER = {"when": "at", "at": "2026-10-12T08:00:00+08:00"}
SECOND = timedelta(seconds=1)
KINDS = ("/d", "/api/v1/disclosures")
OF_VILLAGE = f"/api/v1/villages/{VILLAGE_A}/matters"


async def said(hall: Hall, account: str) -> list[str]:
    """Return the account's and the village's answers with their tags, less the count of changes that any change raises."""
    visitor = hall.visitor()
    addresses = [*(f"{kind}/{account}" for kind in KINDS), OF_VILLAGE]
    found = [await visitor.get(address) for address in addresses]
    return [r.text + re.sub(r'"\d+-', '"', r.headers["etag"]) for r in found]


async def test_a_link_to_what_is_not_open_says_nothing_anywhere(hall: Hall) -> None:
    account, later = await post(hall, 10), await subsidy(hall, publish=LATER)
    alone = await said(hall, account)
    await linked(hall, account, "during", 1)
    hidden = await linked(hall, later, "after", 2)
    assert await said(hall, account) == alone, "not even by its tag"
    hall.clock.now = OPENS - SECOND
    found = await answers(hall, account)
    for secret in (later, hidden, NAME, "来龙去脉", "h-mat"):
        assert [a for a, r in found.items() if secret in r.text] == [], secret

    # In its opening second, with nothing written in between, both ends say it.
    hall.clock.now = OPENS
    visitor = hall.visitor()
    for address in (*(f"{kind}/{account}" for kind in KINDS), OF_VILLAGE):
        tag = {"If-None-Match": found[address].headers["etag"]}
        answer = await visitor.get(address, headers=tag)
        assert answer.status_code == 200
        assert later in answer.text
    for kind in KINDS:
        assert NAME in (await visitor.get(f"{kind}/{later}")).text


async def test_what_was_taken_down_before_it_opened_is_not_named_later(hall: Hall) -> None:
    account, later = await post(hall, 10), await subsidy(hall, publish=LATER)
    await linked(hall, account, "during", 1)
    await linked(hall, later, "before", 2)
    phone = await hall.client_as(ZHANG_SAN)
    body = {"id": new_id(hall.clock(), 60), "reason": "数字不对"}
    gone = await phone.post(f"/api/v1/disclosures/{later}/withdrawal", json=body)
    assert gone.status_code == 200
    hall.clock.now = OPENS + timedelta(days=1)
    for kind in KINDS:
        page = await hall.visitor().get(f"{kind}/{account}")
        assert page.status_code == 200
        assert [w for w in (later, NAME) if w in page.text] == []
    assert (await hall.visitor().get(OF_VILLAGE)).json() == {"items": []}


async def test_a_title_in_a_name_is_text(hall: Hall) -> None:
    account, later = await post(hall, 10), await subsidy(hall)
    await linked(hall, account, "during", 1, name="<script>alert(1)</script>"[:30])
    await linked(hall, later, "before", 2)
    page = (await hall.visitor().get(f"/d/{account}")).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page.replace("\\u003c", "")
