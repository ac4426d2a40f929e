"""What somebody signs as: set by the township's own screen, spelled as the rules spell it, free of personal numbers."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from server.rules.schedules import parse_policy
from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    LI_SI,
    TOWNSHIP,
    VILLAGE_A,
    WANG_WU,
    ZHANG_SAN,
    ZHOU_BA,
    Hall,
    problem_of,
)

API = "/api/v1"
NEW = "01990000-0000-7000-8000-0000000000aa"
CITY, PROVINCE = "640400000000", "640000000000"


def _new(**changes: Any) -> dict[str, Any]:
    return {
        "id": NEW,
        "login": "wujiu",
        "name": "吴九",
        "role": "supervisor",
        "division": VILLAGE_A,
    } | changes


async def _listed(zhou: httpx.AsyncClient) -> dict[str, Any]:
    return {each["login"]: each for each in (await zhou.get(f"{API}/accounts")).json()["items"]}


async def _put(
    client: httpx.AsyncClient, account: str, post: str | None, login: str = ""
) -> httpx.Response:
    """Change a post as it was looked at: an account that nobody changed yet, or the listed one of a login."""
    revision = (await _listed(client))[login]["revision"] if login else 1
    seen = {"If-Match": f'"r{revision}"'}
    return await client.put(f"{API}/accounts/{account}/post", json={"post": post}, headers=seen)


async def test_a_post_is_given_changed_and_taken_away(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    made = await zhou.post(f"{API}/accounts", json=_new(post=" 村监委会  主任 "))
    assert made.status_code == 201, made.text
    assert (await _listed(zhou))["wujiu"]["post"] == "村监委会 主任"
    # The same again, spaces or not, is the same account.
    assert (await zhou.post(f"{API}/accounts", json=_new(post="村监委会 主任"))).status_code == 201

    for post, kept in (("村监委会委员", "村监委会委员"), ("  ", None), (None, None)):
        answer = await _put(zhou, NEW, post, "wujiu")
        assert answer.status_code == 200, answer.text
        assert answer.json()["post"] == kept
    events = await hall.rows(
        "SELECT details FROM event WHERE action = 'account.post_changed' ORDER BY id"
    )
    # The last one changed nothing and is no event.
    assert [json.loads(e["details"]) for e in events] == [
        {"before": "村监委会 主任", "after": "村监委会委员"},
        {"before": "村监委会委员", "after": None},
    ]


@pytest.mark.one_engine
async def test_whoever_takes_over_signs_for_the_same_body(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    await _put(zhou, LI_SI.id, "村监委会主任")
    body = {"id": NEW, "login": "qianjiu", "name": "钱九"}
    assert (await zhou.post(f"{API}/accounts/{LI_SI.id}/handover", json=body)).status_code == 201
    assert (await _listed(zhou))["qianjiu"]["post"] == "村监委会主任"
    ended = await _put(zhou, LI_SI.id, "村会计")
    assert problem_of(ended) == "not-found"


async def test_the_posts_that_a_rule_excludes_are_offered_with_what_they_may_not_review(
    hall: Hall,
) -> None:
    policy = {
        "id": "county-posts",
        "division_prefix": VILLAGE_A,
        "valid_from": "2026-01-01",
        "valid_to": None,
        "title": {"zh": "规定", "en": "The rule"},
        "legal_basis": [],
        "overrides": {
            "finance_quarterly": {
                "review": {
                    "steps": [{"by": "supervisor", "signatures": 1}],
                    "excluded_posts": ["村委会委员"],
                }
            }
        },
    }
    book = hall.house.book
    hall.house.book = book.under([*book.policies, parse_policy(policy)])
    zhou = await hall.client_as(ZHOU_BA)
    await _put(zhou, LI_SI.id, "村监委会主任")

    async def posts(division: str) -> dict[str, list[str]]:
        answer = await zhou.get(f"{API}/posts?division={division}")
        return {p["post"]: [c["zh"] for c in p["may_not_review"]] for p in answer.json()["items"]}

    name = book.categories["finance_quarterly"].name.zh
    assert await posts(VILLAGE_A) == {"村委会委员": [name], "村监委会主任": []}
    # Another village has neither the rule nor the person.
    assert await posts(FAR_VILLAGE) == {}


@pytest.mark.parametrize("post", ["监委会 13800138000", "主任 11010519491231002X"])
async def test_no_personal_number_becomes_a_post(hall: Hall, post: str) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    changed = await _put(zhou, LI_SI.id, post)
    made = await zhou.post(f"{API}/accounts", json=_new(post=post))
    for answer in (changed, made):
        assert problem_of(answer) == "content-has-errors"
        assert [e["pointer"] for e in answer.json()["errors"]] == ["/post"]
        assert post.split()[1] not in answer.text
    assert await hall.rows("SELECT id FROM account WHERE post IS NOT NULL") == []


@pytest.mark.one_engine
async def test_who_may_not(hall: Hall) -> None:
    for person in (WANG_WU, ZHANG_SAN, LI_SI):
        client = await hall.client_as(person)
        changed = await _put(client, LI_SI.id, "村会计")
        assert problem_of(changed) == "not-allowed"
        assert problem_of(await client.get(f"{API}/posts")) == "not-allowed"
    zhou = await hall.client_as(ZHOU_BA)
    elsewhere = await zhou.get(f"{API}/posts?division={CITY}")
    assert problem_of(elsewhere) == "not-allowed"
    nobody = await _put(zhou, NEW, "村会计")
    assert problem_of(nobody) == "not-found"
    long = await _put(zhou, LI_SI.id, "长" * 41)
    assert problem_of(long) == "wrong-type"
    named = await zhou.post(f"{API}/accounts", json=_new(name="长" * 61))
    assert problem_of(named) == "wrong-type"


@pytest.mark.one_engine
@pytest.mark.parametrize("role", ["accountant", "supervisor", "auditor", "editor", "administrator"])
@pytest.mark.parametrize(
    ("division", "in_village"), [(VILLAGE_A, True), (TOWNSHIP, False), (COUNTY, False)]
)
async def test_each_role_at_each_level(
    hall: Hall, role: str, division: str, in_village: bool
) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    answer = await zhou.post(f"{API}/accounts", json=_new(role=role, division=division))
    if (role in ("accountant", "supervisor")) == in_village:
        assert answer.status_code == 201, answer.text
    else:
        assert problem_of(answer) == "wrong-type"
        assert [e["pointer"] for e in answer.json()["errors"]] == ["/role"]


@pytest.mark.one_engine
async def test_a_townships_administrator_makes_accounts_in_the_township_and_no_higher(
    hall: Hall,
) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    made = await zhou.post(f"{API}/accounts", json=_new(role="administrator", division=TOWNSHIP))
    own = hall.visitor(Origin="http://gongshi.test")
    await own.post(f"{API}/sessions", json={"code": made.json()["code"]})
    other = "01990000-0000-7000-8000-0000000000bb"
    for role, division, status in (
        ("administrator", TOWNSHIP, 201),
        ("auditor", COUNTY, 403),
        ("supervisor", FAR_VILLAGE, 403),
        ("auditor", PROVINCE, 403),
    ):
        body = _new(id=other, login="zhengshi", role=role, division=division)
        answer = await own.post(f"{API}/accounts", json=body)
        assert answer.status_code == status, answer.text
