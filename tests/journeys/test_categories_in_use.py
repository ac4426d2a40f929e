"""A county puts a category to use by a policy with a day: from then on it is offered, posted and owed, and not before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from server.rules.rulebook import Rulebook
from server.rules.schedules import parse_policy
from tests.cast import VILLAGE_A, WANG_WU, ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.journeys.posting import approve, new_id, submission
from tests.journeys.surfaces import answers

EXAMPLE = Path("schemas/categories/meeting_decisions/examples/v1/good-2026-q3.json")
CONTENT: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))["content"]
RULES = Path("schemas/categories/party_and_rules/examples/v1/good-2026.json")
STANDING: dict[str, Any] = json.loads(RULES.read_text("utf-8"))["content"]
KEY = "meeting_decisions"
OWED = f"/api/v1/compliance?division={VILLAGE_A}&first=2026-04-01&last=2026-09-30"


def puts_to_use(
    hall: Hall, since: str, until: str | None = None, key: str = KEY, **schedule: object
) -> None:
    """Let the county's rule come into force, as the running house reads it."""
    rule = {
        "id": "county-catalogue",
        "division_prefix": VILLAGE_A[:6],
        "valid_from": since,
        "valid_to": until,
        "title": {"zh": "县村务公开目录", "en": "The county's catalogue"},
        "legal_basis": [],
        "overrides": {key: {"in_use": True, **schedule}},
    }
    book = hall.house.book
    others = [p for p in book.policies if p.id != rule["id"]]
    policies = [*others, parse_policy(rule)]
    hall.house.book = Rulebook(book.categories, book.papers, policies, book.calendar)


def of_the_quarter(hall: Hall, seed: int) -> dict[str, Any]:
    return submission(hall, id=new_id(hall.clock(), seed), category=KEY, content=CONTENT)


async def offered(hall: Hall) -> list[str]:
    answer = await hall.visitor().get(f"/api/v1/categories?division={VILLAGE_A}")
    return [card["key"] for card in answer.json()["items"]]


async def owed(hall: Hall) -> list[tuple[str, str]]:
    auditor = await hall.client_as(WANG_WU)
    columns = (await auditor.get(OWED)).json()["columns"]
    return [(c["category"], c["period"]) for c in columns]


async def test_nobody_owes_or_posts_what_is_not_in_use(hall: Hall) -> None:
    everything = await hall.visitor().get("/api/v1/categories")
    assert KEY in [card["key"] for card in everything.json()["items"]]
    assert KEY not in await offered(hall)
    assert KEY not in (await hall.visitor().get(f"/v/{VILLAGE_A}/follow")).text
    assert KEY not in [category for category, _ in await owed(hall)]
    phone = await hall.client_as(ZHANG_SAN)
    refused = await phone.post("/api/v1/submissions", json=of_the_quarter(hall, 40))
    assert problem_of(refused) == "category-not-in-use"
    assert "没有启用" in refused.json()["detail"]
    form = await phone.get(f"/api/v1/forms/{KEY}?division={VILLAGE_A}&period=2026Q3")
    assert problem_of(form) == "category-not-in-use"
    editor = await hall.client_as(ZHAO_LIU)
    happened = {
        "id": new_id(hall.clock(), 41),
        "division": VILLAGE_A,
        "category": KEY,
        "title": "村民代表会议",
        "occurred_on": "2026-10-08",
    }
    recorded = await editor.post("/api/v1/occurrences", json=happened)
    assert problem_of(recorded) == "category-not-in-use"


@pytest.mark.one_engine
async def test_it_is_owed_from_the_day_of_the_rule_and_what_is_up_can_be_corrected_after_its_end(
    hall: Hall,
) -> None:
    puts_to_use(hall, "2026-09-01")
    assert KEY in await offered(hall)
    assert [one for one in await owed(hall) if one[0] == KEY] == [(KEY, "2026Q3")]
    phone = await hall.client_as(ZHANG_SAN)
    early = await phone.post(
        "/api/v1/submissions", json={**of_the_quarter(hall, 42), "period": "2026Q2"}
    )
    assert problem_of(early) == "category-not-in-use"
    sent = of_the_quarter(hall, 43)
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    await approve(hall, sent["id"], seed=43)
    disclosure = receipt.json()["disclosure_id"]
    puts_to_use(hall, "2026-01-01", "2026-02-01")
    assert KEY not in await offered(hall)
    assert (await hall.visitor().get(f"/d/{disclosure}")).status_code == 200
    corrected = {**of_the_quarter(hall, 44), "reason": "补记一项决定"}
    assert (await phone.post("/api/v1/submissions", json=corrected)).status_code == 201


@pytest.mark.one_engine
async def test_what_stands_for_long_is_read_on_every_page_and_owed_on_no_day(hall: Hall) -> None:
    key = "party_and_rules"
    puts_to_use(hall, "2026-01-01", key=key, cadence="long_term")
    sent = submission(hall, id=new_id(hall.clock(), 51), category=key, period="L", content=STANDING)
    phone = await hall.client_as(ZHANG_SAN)
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    await approve(hall, sent["id"], seed=51)
    found = await answers(hall, receipt.json()["disclosure_id"])
    page = found[f"/d/{receipt.json()['disclosure_id']}"].text
    assert "按时" in page
    assert "9998" not in "".join(each.text for each in found.values())
    tasks = (await phone.get("/api/v1/tasks")).json()
    assert key not in json.dumps(tasks)
    auditor = await hall.client_as(WANG_WU)
    for kind in ("", ".csv", ".xlsx"):
        grid = await auditor.get(OWED.replace("/compliance", f"/compliance{kind}"))
        assert grid.status_code == 200, grid.text
