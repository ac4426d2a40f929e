"""A villager searches: two-character words, amounts, document numbers, payees, captions; scoped, paged, counted."""

from __future__ import annotations

from typing import Any

import pytest

from server.queries import search_disclosures as module
from tests.cast import FAR_VILLAGE, TOWNSHIP, VILLAGE_A, VILLAGE_B, ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import accounts_of, approve, new_id, send_photo, submission


async def _post(hall: Hall, **changes: Any) -> dict[str, Any]:
    phone = await hall.client_as(ZHANG_SAN)
    if changes.pop("photo", None):
        sha256 = await send_photo(phone)
        changes["photos"] = [{"sha256": sha256, "role": "board", "caption": "村口大槐树下"}]
    sent = submission(hall, **changes)
    answer = await phone.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    return sent


async def _search(hall: Hall, q: str, **asked: str) -> dict[str, Any]:
    answer = await hall.visitor().get("/api/v1/search", params={"q": q, **asked})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _texts(found: dict[str, Any]) -> list[str]:
    return ["".join(p["text"] for p in item["excerpt"]) for item in found["items"]]


async def test_what_a_villager_types_is_found(hall: Hall) -> None:
    sent = await _post(hall, photo=True)
    assert (await _search(hall, "租金"))["items"] == []  # in review
    await approve(hall, sent["id"])
    for q, line in (
        ("租金", "门面四号租金"),
        ("门面租金", "集体门面租金"),
        ("赵六", "门面一至三号上半年租金"),
        ("8,000.00", "门面一至三号上半年租金"),
        ("记-0701", "门面一至三号上半年租金"),
        ("租金 周八", "门面四号租金"),
        ("大槐树", "村口大槐树下"),
        ("第三季度财务", "2026年第三季度财务收支"),
        ("Accounts", "2026年第三季度财务收支"),
    ):
        texts = _texts(await _search(hall, q))
        assert any(line in text for text in texts), (q, texts)
    for q in ("李四", "孙七", "租金 赵六 周八", "金租"):  # handlers are not payees
        assert _texts(await _search(hall, q)) == [], q


async def test_hits_are_marked_scoped_and_counted(hall: Hall) -> None:
    sent = await _post(hall)
    await approve(hall, sent["id"])
    found = await _search(hall, "租金", **{"in": VILLAGE_A})
    assert found["total"] == 3
    assert found["more"] is False
    assert {"text": "租金", "hit": True} in found["items"][0]["excerpt"]
    assert [(f["key"], f["count"]) for f in found["facets"]["categories"]] == [
        ("finance_quarterly", 3)
    ]
    assert found["facets"]["periods"][0]["label"]["zh"] == "2026年第三季度"
    assert [f["key"] for f in found["facets"]["divisions"]] == [VILLAGE_A]
    for scope, count in (
        ({"in": TOWNSHIP}, 3),
        ({"in": "000000000000"}, 3),
        ({"in": VILLAGE_B}, 0),
        ({"in": FAR_VILLAGE}, 0),
        ({"category": "finance_quarterly", "period": "2026Q3"}, 3),
        ({"category": "dibao_roster"}, 0),
        ({"period": "2026Q2"}, 0),
    ):
        assert (await _search(hall, "租金", **scope))["total"] == count, scope
    best = await _search(hall, "租金", order="best")
    assert _texts(best)[0].startswith("集体门面租金")


@pytest.mark.parametrize("order", ["newest", "best"])
async def test_pages_follow_each_other_without_gap(
    hall: Hall, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = await _post(hall)
    await approve(hall, sent["id"])
    whole = _texts(await _search(hall, "租金", order=order))
    monkeypatch.setattr(module, "PAGE", 2)
    first = await _search(hall, "租金", order=order)
    second = await _search(hall, "租金", order=order, cursor=first["next"])
    assert [*_texts(first), *_texts(second)] == whole
    assert second["next"] is None


async def test_a_correction_takes_the_place_of_what_it_corrects(hall: Hall) -> None:
    sent = await _post(hall)
    await approve(hall, sent["id"])
    hall.clock.pass_(hours=1)
    changed = accounts_of("2026-q3") | {"note": "更正了水渠维修的说明"}
    again = await _post(hall, id=new_id(hall.clock(), 9), content=changed, reason="补充说明")
    assert (await _search(hall, "水渠维修"))["total"] == 0
    await approve(hall, again["id"], seed=2)
    assert [i["edition"] for i in (await _search(hall, "水渠维修"))["items"]] == [2]
    assert (await _search(hall, "租金"))["total"] == 3


@pytest.mark.parametrize(
    ("asked", "slug", "numbers"),
    [
        ({"q": ""}, "search-too-short", {"count": 0, "least": 2}),
        ({"q": "渠"}, "search-too-short", {"count": 1, "least": 2}),
        ({"q": "?！*"}, "search-too-short", {"count": 1, "least": 2}),
        ({"q": "渠" * 61}, "search-too-long", {"count": 61, "most": 60}),
        ({}, "parameter-not-valid", {}),
        ({"q": "水渠", "order": "oldest"}, "parameter-not-valid", {}),
        ({"q": "水渠", "cursor": "-1"}, "parameter-not-valid", {}),
    ],
)
async def test_what_cannot_be_searched_is_said(
    hall: Hall, asked: dict[str, str], slug: str, numbers: dict[str, int]
) -> None:
    answer = await hall.visitor().get("/api/v1/search", params=asked)
    assert problem_of(answer) == slug
    assert numbers.items() <= answer.json().items()
