"""The county's administrator sees what a policy would change, puts it in force, and takes it back while it is to come."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cast import VILLAGE_A, WANG_WU, ZHANG_SAN, ZHOU_BA, Hall, problem_of
from tests.journeys.ruling import POLICIES, preview, put, reread, rule
from tests.journeys.written import written


async def test_a_preview_says_what_changes_and_keeps_nothing(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    before = await written(hall)
    doc = rule(
        overrides={
            "cadence:quarterly": {
                "due": {"kind": "day_of_month", "month_offset": 1, "day": 20},
                "display": {"min_days": 5, "unit": "calendar", "retention": {"months": 24}},
            },
            "cadence:event": {"due": {"kind": "days_after", "days": 5, "unit": "working"}},
        }
    )
    answer = await preview(zhou, doc)
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    assert await written(hall) == before
    file = await zhou.get("/api/v1/policies.csv", headers={"Accept-Language": "zh"})
    rows = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))
    listed = (await zhou.get("/api/v1/policies")).json()["items"]
    assert [row["代号"] for row in rows] == [line["id"] for line in listed]
    assert {row["状态"] for row in rows} == {"正在施行"}
    [due] = [
        r for r in seen["dues"] if (r["category"], r["period"]) == ("finance_quarterly", "2027Q1")
    ]
    assert due["villages"] == 3
    assert (due["before"]["due_on"], due["after"]["due_on"]) == ("2027-04-15", "2027-04-20")
    assert due["before"]["display"]["zh"] == "至少 10 天"
    assert due["after"]["display"]["zh"] == "至少 5 天，结束后可查 24 个月"
    terms = [v for v in seen["values"] if v["field"].endswith("/retention")]
    assert [v["value"] for v in terms] == [{"zh": "24 个月", "en": "24 months"}]
    # What ended before its first day is judged as before: the last quarter of the year is not among them.
    assert "2026Q4" not in {r["period"] for r in seen["dues"]}
    assert all(r["before"]["due_on"] != r["after"]["due_on"] for r in seen["dues"])
    assert seen["moved"] == sum(r["villages"] for r in seen["dues"])
    [event] = [r for r in seen["rules"] if r["category"] == "subsidy_list"]
    assert event["event"]
    assert event["before"]["due_on"] > event["after"]["due_on"]
    said = " ".join(w["zh"] for w in seen["warnings"])
    assert (
        "村级财务收支公开：比目录原来的，展示 5 天，少于 10 天，结束后只能查 24 个月，期限晚 5 天"
        in said
    )
    assert "没有写依据" in said
    assert "2027 年的放假通知还没有录入" in said


@pytest.mark.one_engine
async def test_it_is_put_in_force_judges_from_its_day_and_is_not_taken_back_after_it(
    hall: Hall,
) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    assert problem_of(await put(zhou, rule(), reason=" ")) == "reason-needed"
    done = await put(zhou, rule(reply={"days": 4, "unit": "calendar"}))
    assert done.status_code == 201, done.text
    first = done.json()["items"][0]
    assert (first["id"], first["state"], first["may_take_back"]) == ("county-2027", "coming", True)
    values = {v["field"]: v["value"]["zh"] for v in first["values"]}
    assert values == {"overrides/cadence:quarterly/display": "12 天", "reply": "4 天内"}
    assert first["history"][0]["name"] == "周八"
    assert first["history"][0]["reason"] == "县里新的办法"
    # The same again changes nothing; another under the same name is refused.
    assert (await put(zhou, rule(reply={"days": 4, "unit": "calendar"}))).status_code == 201
    assert problem_of(await put(zhou, rule())) == "policy-there-already"
    assert len(await hall.rows("SELECT id FROM policy")) == 1
    [event] = await hall.rows("SELECT * FROM event WHERE action = 'policy.put_in_force'")
    assert "县里新的办法" in event["details"]
    await reread(hall)
    days = {
        end: hall.house.book.schedule("finance_quarterly", VILLAGE_A, end).display.min_days
        for end in map(hall.house.book.today, (hall.clock(),))
    }
    assert set(days.values()) == {10}
    hall.clock.set("2027-01-01 08:00+08:00")
    zhou = await hall.client_as(ZHOU_BA)
    assert (
        hall.house.book.schedule(
            "finance_quarterly", VILLAGE_A, hall.house.book.today(hall.clock())
        ).display.min_days
        == 12
    )
    late = await zhou.post(f"{POLICIES}/county-2027/taking-back", json={"reason": "写错了"})
    assert problem_of(late) == "policy-runs-already"


@pytest.mark.one_engine
async def test_a_new_one_ends_the_old_and_taken_back_lets_it_go_on(hall: Hall) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    await put(zhou, rule("county-2026", "2026-10-09"))
    hall.clock.set("2026-10-10 09:00+08:00")
    longer = rule(overrides={"cadence:quarterly": {"display": {"min_days": 15}}})
    refused = await preview(zhou, longer)
    assert problem_of(refused) == "policy-not-valid"
    said = refused.json()["detail"]
    assert "policy/overrides/cadence:quarterly/display/min_days" in said
    assert "county-2026" in said and "15" in said and "12" in said  # noqa: PT018
    seen = (await preview(zhou, longer, "county-2026")).json()
    assert seen["ends"][0]["last_day"] == "2026-12-31"
    done = (await put(zhou, longer, "county-2026")).json()["items"]
    by_id = {each["id"]: each for each in done}
    assert by_id["county-2026"]["valid_to"] == "2026-12-31"
    assert [s["what"] for s in by_id["county-2026"]["history"]] == ["ended", "recorded"]
    back = await zhou.post(f"{POLICIES}/county-2027/taking-back", json={"reason": "会议没有通过"})
    by_id = {each["id"]: each for each in back.json()["items"]}
    assert by_id["county-2027"]["state"] == "taken_back"
    assert by_id["county-2026"]["valid_to"] is None
    assert [s["what"] for s in by_id["county-2026"]["history"]] == ["restored", "ended", "recorded"]
    await reread(hall)
    assert "county-2027" not in {p.id for p in hall.house.book.policies}
    # Its name is free again.
    assert (await put(zhou, longer, "county-2026")).status_code == 201
    file = await zhou.get(f"{POLICIES}/county-2027/document")
    assert file.json()["overrides"] == longer["overrides"]


QUARTERLY = "cadence:quarterly"


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("doc", "where", "said"),
    [
        ('{"id": "x",\n "id": "y"}', "id", '"x" 和 "y"'),
        ('{"id": }', "line 1, column 8", "第 1 行第 8 列"),
        (rule(valid_to="2027-02-30"), "policy/valid_to", "没有 2027-02-30 这一天"),
        (rule(overrides={"cadre_pays": {}}), "policy/overrides/cadre_pays", "没有这类公开事项"),
        (rule(overrides={"*": {"grace": 3}}), "policy/overrides/*/grace", "能改的是"),
        (
            rule(overrides={QUARTERLY: {"display": {"min_day": 3}}}),
            f"policy/overrides/{QUARTERLY}/display/min_day",
            "没有这个字段",
        ),
        (
            rule(
                overrides={
                    QUARTERLY: {"due": {"kind": "day_of_month", "month_offset": 0, "day": 20}}
                }
            ),
            f"policy/overrides/{QUARTERLY}/due",
            "2024-04-01 才开始，2024-03-20 就到期",
        ),
    ],
)
async def test_what_cannot_be_a_policy_is_refused_at_its_place(
    hall: Hall, doc: object, where: str, said: str
) -> None:
    zhou = await hall.client_as(ZHOU_BA)
    refused = await put(zhou, doc, file="县规定.json")
    assert problem_of(refused) == "policy-not-valid"
    detail = refused.json()["detail"]
    assert detail.startswith(f"县规定.json：{where}：")
    assert said in detail
    assert json.dumps(refused.json()["errors"], ensure_ascii=False).count("pointer") >= 1


@pytest.mark.one_engine
async def test_only_the_countys_administrator_sets_rules_and_only_ahead(hall: Hall) -> None:
    wang, zhang, zhou = [await hall.client_as(p) for p in (WANG_WU, ZHANG_SAN, ZHOU_BA)]
    assert problem_of(await put(wang, rule())) == "not-allowed"
    assert problem_of(await zhang.get(POLICIES)) == "not-allowed"
    seen = (await wang.get(POLICIES)).json()
    assert not seen["may_manage"]
    assert [p["id"] for p in seen["items"]] == ["national"]
    assert problem_of(await put(zhou, rule(division_prefix="64"))) == "not-allowed"
    assert problem_of(await put(zhou, rule(first="2026-10-08"))) == "policy-begins-too-early"
    assert (
        problem_of(await put(zhou, rule(title={"zh": "找 64042519850515201X", "en": "x"})))
        == "content-has-errors"
    )
    assert problem_of(await put(zhou, rule(), "national")) == "policy-not-to-end"
    assert await hall.rows("SELECT id FROM policy") == []
