"""A township publishes its plan of the year, and sees beside it what villages published in time, late and not at all."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.cast import (
    COUNTY,
    LI_SI,
    TOWNSHIP,
    VILLAGE_A,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    ZHOU_BA,
    Hall,
    problem_of,
)
from tests.journeys.merging import merged
from tests.journeys.posting import ALL_FIVE, approve, new_id, submission
from tests.journeys.test_categories_in_use import puts_to_use

PLAN = "/api/v1/compliance/plan-lines"


def row(matter: str, where: str, by: str, office: str = "镇农经站") -> dict[str, Any]:
    return {"matter": matter, "category": "finance_quarterly", "where": where, "office": office, "by": by}  # fmt: skip


def planned(*lines: dict[str, Any]) -> dict[str, Any]:
    return {"unit_name": "红河镇人民政府", "year": 2026, "lines": list(lines)}


async def publishes(hall: Hall, content: dict[str, Any], seed: int) -> str:
    """Let 赵六 send a plan for 红河村 and 王五 approve it; return its disclosure."""
    editor, auditor = await hall.client_as(ZHAO_LIU), await hall.client_as(WANG_WU)
    sent = submission(
        hall,
        category="disclosure_plan",
        period=None,
        event_on="2026-01-01",
        content=content,
        photos=[],
    ) | {"id": new_id(hall.clock(), seed)}
    answer = await editor.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    page = await auditor.get(f"/api/v1/submissions/{sent['id']}")
    decided = await auditor.post(
        f"/api/v1/submissions/{sent['id']}/review",
        json={"id": new_id(hall.clock(), seed + 1), "decision": "approve", "points": ALL_FIVE},
        headers={"If-Match": page.headers["etag"]},
    )
    assert decided.status_code == 200, decided.text
    found: str = answer.json()["disclosure_id"]
    return found


async def compared(hall: Hall, division: str = TOWNSHIP, **more: str) -> dict[str, Any]:
    auditor = await hall.client_as(ZHOU_BA)
    answer = await auditor.get(PLAN, params={"division": division, "lang": "zh", **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.one_engine
async def test_the_plan_is_a_notice_and_the_measure_of_others(hall: Hall) -> None:
    puts_to_use(hall, "2026-01-01", key="disclosure_plan")
    hall.clock.set("2026-10-09 09:00+08:00")
    nothing = await compared(hall)
    assert (nothing["plans"], nothing["without"], nothing["lines"]) == (0, 2, [])
    before = hall.clock().isoformat()
    lines = (
        row("第三季度财务收支", "全镇各村", "2026-10-12"),
        row("第二季度财务收支", "红河村", "2026-07-20", "镇财政所"),
        row("补充公开", "河红村", "2026-12-20"),
    )
    hall.clock.set("2026-10-09 10:00+08:00")
    plan = await publishes(hall, planned(*lines), 10)
    notice = (await hall.visitor().get(f"/d/{plan}?lang=zh")).text
    for words in ("年度公开计划", "第三季度财务收支", "镇财政所", "全镇各村"):
        assert words in notice

    hall.clock.set("2026-10-11 09:00+08:00")
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, id=new_id(hall.clock(), 30))
    receipt = await phone.post("/api/v1/submissions", json=sent)
    assert receipt.status_code == 201, receipt.text
    await approve(hall, sent["id"], seed=30)
    hall.clock.set("2026-10-14 09:00+08:00")
    found = await compared(hall)
    assert (found["plans"], found["without"], found["offices"]) == (1, 0, ["镇农经站", "镇财政所"])
    assert found["counts"] == {"done": 1, "late": 0, "waiting": 0, "missing": 2}
    assert [(each["matter"], each["plan"]) for each in found["lines"]] == [
        ("第二季度财务收支", plan),
        ("第三季度财务收支", plan),
        ("补充公开", plan),
    ]
    second, third, nowhere = found["lines"]
    assert [(v["village"], v["state"], v["days"]) for v in third["villages"]] == [
        ("红河村", "done", 0),
        ("宽坪村", "missing", 2),
    ]
    answered = third["villages"][0]
    assert (answered["disclosure_id"], answered["opened_on"], answered["title"]) == (
        receipt.json()["disclosure_id"],
        "2026-10-11",
        "2026年第三季度财务收支",
    )
    assert [(v["state"], v["days"]) for v in second["villages"]] == [("missing", 86)]
    assert (nowhere["where_known"], nowhere["villages"]) == (False, [])

    # As of a moment before it, there was no plan; a village and a county are asked the same way.
    assert (await compared(hall, as_of=before))["plans"] == 0
    alone = await compared(hall, VILLAGE_A)
    assert [len(each["villages"]) for each in alone["lines"]] == [1, 1, 0]
    county = await compared(hall, COUNTY)
    assert (county["without"], county["lines"][0]["township"]) == (1, "红河镇")
    assert (await compared(hall, year="2025"))["lines"] == []

    auditor = await hall.client_as(WANG_WU)
    file = await auditor.get(f"{PLAN}.csv", params={"division": TOWNSHIP, "lang": "zh"})
    rows = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert [each[9] for each in rows[1:]] == ["过期没公开", "按期公开", "过期没公开", "没有这个村"]
    for person in (ZHANG_SAN, LI_SI):
        client = await hall.client_as(person)
        refused = await client.get(PLAN, params={"division": person.division})
        assert problem_of(refused) == "not-allowed"


@pytest.mark.one_engine
async def test_a_new_edition_of_the_plan_is_the_measure_from_then_on(hall: Hall) -> None:
    puts_to_use(hall, "2026-01-01", key="disclosure_plan")
    old = await publishes(hall, planned(row("第三季度财务收支", "全镇各村", "2026-10-12")), 10)
    hall.clock.set("2026-10-10 09:00+08:00")
    new = await publishes(hall, planned(row("第三季度财务收支", "宽坪村", "2026-10-20")), 20)
    (line,) = (await compared(hall))["lines"]
    assert new != old
    assert (line["plan"], line["by"], len(line["villages"])) == (new, "2026-10-20", 1)
    withdrawn = await (await hall.client_as(ZHAO_LIU)).post(
        f"/api/v1/disclosures/{new}/withdrawal",
        json={"id": new_id(hall.clock(), 40), "reason": "文号写错，重新公布"},
    )
    assert withdrawn.status_code == 200, withdrawn.text
    hall.clock.pass_(seconds=1)
    (line,) = (await compared(hall))["lines"]
    assert (line["plan"], len(line["villages"])) == (old, 2)


async def test_a_village_that_was_closed_is_marked_and_owes_what_was_due_while_it_stood(
    hall: Hall,
) -> None:
    puts_to_use(hall, "2026-01-01", key="disclosure_plan")
    lines = (
        row("第三季度财务收支", "红河村", "2026-10-12"),
        row("第四季度财务收支", "红河村", "2026-12-20"),
        row("年底再公开一次", "全镇各村", "2026-12-25"),
    )
    await publishes(hall, planned(*lines), 10)
    await merged(hall)
    found = await compared(hall)
    assert [
        (
            each["matter"],
            each["where_known"],
            [(v["village"], v["state"]) for v in each["villages"]],
        )
        for each in found["lines"]
    ] == [
        ("第三季度财务收支", True, [("红河村（已撤销）", "missing")]),
        ("年底再公开一次", True, [("宽坪村", "waiting")]),
    ]
    table = await (await hall.client_as(ZHOU_BA)).get(
        f"{PLAN}.csv", params={"division": TOWNSHIP, "year": "2026", "lang": "en"}
    )
    assert "红河村 (closed)" in table.text
    assert "已撤销" not in table.text
    later = await compared(hall, year="2027")
    assert "红河村" not in str(later["lines"])
