"""A subsidy is noticed, stands its days, and is paid late: the township says why, and the figures say how long it took."""

from __future__ import annotations

import pytest

from tests.cast import COUNTY, TOWNSHIP, VILLAGE_A, WANG_WU, ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.journeys.matters import subsidy
from tests.journeys.receiving import LISTS, load

TIMES = "/api/v1/processing-times"
SPAN = {"first": "2026-10-01", "last": "2026-12-31"}


async def paid(hall: Hall, day: str) -> str:
    """Let the notice open on 8 October and its list be paid on a day; return the list."""
    disclosure = await subsidy(hall)
    [row] = await hall.rows("SELECT period_key FROM disclosure WHERE id = ?", disclosure)
    hall.clock.set(f"{day} 16:00+08:00")
    loaded = await load(hall, period=row["period_key"], paid_on=day)
    assert loaded.status_code in (200, 201), loaded.text
    found: str = loaded.json()["id"]
    return found


async def test_from_the_end_of_the_notice_to_the_money(hall: Hall) -> None:
    await paid(hall, "2026-11-09")
    wang = await hall.client_as(WANG_WU)
    found = (await wang.get(TIMES, params=SPAN)).json()
    payment, review, answer = found["steps"]
    # Seven days of notice, the first of them the 8th or the 9th: free in the middle of the month, paid weeks later.
    [slow] = found["slow"]
    assert (slow["paid_on"], slow["days"]) == ("2026-11-09", payment["longest"])
    assert "2026-10-15" <= slow["free_on"] <= "2026-10-19"
    assert [band["count"] for band in payment["bands"]] == [0, 0, 1]
    assert [band["share"] for band in payment["bands"]] == [0, 0, 10_000]
    assert (review["counted"], review["bands"][0]["count"]) == (1, 1)
    assert (answer["counted"], found["without_notice"]) == (0, 0)
    sheet = (await wang.get(f"{TIMES}.csv", params=SPAN, headers={"Accept-Language": "zh"})).text
    assert "公示期满到发放,超过 10 天,1,100.00,0" in sheet


@pytest.mark.one_engine
async def test_a_cause_is_said_taken_back_and_never_makes_it_faster(hall: Hall) -> None:
    list_id = await paid(hall, "2026-11-09")
    zhao = await hall.client_as(ZHAO_LIU)
    path, seen = f"{LISTS}/{list_id}/delay", {"If-Match": '"r1"'}
    said = {"cause": "special", "words": "县里资金 11 月 6 日才到账"}
    assert (await zhao.put(path, json=said, headers=seen)).status_code == 200
    found = (await zhao.get(TIMES, params=SPAN)).json()
    assert found["steps"][0]["bands"][2] | {"words": 0} == {
        "words": 0, "count": 1, "share": 10_000, "excused": 1,
    }  # fmt: skip
    [slow] = found["slow"]
    assert (slow["cause_words"]["zh"], slow["words"]) == ("特殊原因", said["words"])
    assert problem_of(await zhao.put(path, json=said, headers=seen)) == "edited-meanwhile"
    newest = {"If-Match": f'"r{slow["revision"]}"'}
    assert (await zhao.put(path, json={"cause": None}, headers=newest)).status_code == 200
    again = (await zhao.get(TIMES, params=SPAN)).json()
    assert again["steps"][0]["bands"][2]["excused"] == 0
    actions = await hall.rows("SELECT action FROM event WHERE subject = ? ORDER BY id", list_id)
    assert [row["action"] for row in actions][1:] == ["payments.delay_explained"] * 2


@pytest.mark.one_engine
async def test_paid_before_its_notice_had_stood_is_said_and_not_counted(hall: Hall) -> None:
    await paid(hall, "2026-10-09")
    await load(hall, paid_on="2026-10-08")  # and a list without any notice
    wang = await hall.client_as(WANG_WU)
    found = (await wang.get(TIMES, params=SPAN)).json()
    assert (found["steps"][0]["early"], found["steps"][0]["counted"]) == (1, 0)
    assert found["without_notice"] == 1
    assert found["slow"][0]["days"] < 0


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ({"cause": "special"}, "reason-needed"),
        ({"cause": "special", "words": "经办人身份证 11010519491231002X"}, "content-has-errors"),
        ({"cause": "weather", "words": "下雨"}, "wrong-type"),
        ({"cause": "special", "words": "x" * 201}, "wrong-type"),
    ],
)
async def test_a_cause_that_is_none_is_refused(hall: Hall, body: dict[str, str], slug: str) -> None:
    list_id = (await load(hall)).json()["id"]
    zhao = await hall.client_as(ZHAO_LIU)
    refused = await zhao.put(f"{LISTS}/{list_id}/delay", json=body, headers={"If-Match": '"r1"'})
    assert problem_of(refused) == slug


@pytest.mark.one_engine
async def test_who_may_ask_and_for_what_span(hall: Hall) -> None:
    zhang, wang = await hall.client_as(ZHANG_SAN), await hall.client_as(WANG_WU)
    assert problem_of(await zhang.get(TIMES)) == "not-allowed"
    for query, slug in (
        ({"division": COUNTY}, "not-allowed"),
        ({"first": "2026-12-01", "last": "2026-01-01"}, "parameter-not-valid"),
        ({"first": "2020-01-01", "last": "2026-01-01"}, "parameter-not-valid"),
    ):
        assert problem_of(await wang.get(TIMES, params=query)) == slug
    for division in (TOWNSHIP, VILLAGE_A):
        assert (await wang.get(TIMES, params={"division": division})).status_code == 200
    list_id = (await load(hall)).json()["id"]
    body = {"cause": "special", "words": "为什么"}
    seen = {"If-Match": '"r1"'}
    assert (
        problem_of(await wang.put(f"{LISTS}/{list_id}/delay", json=body, headers=seen))
        == "not-allowed"
    )
    bare = await (await hall.client_as(ZHAO_LIU)).put(f"{LISTS}/{list_id}/delay", json=body)
    assert bare.status_code == 428
