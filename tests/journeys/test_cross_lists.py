"""Lists side by side: a household on two lists is shown to the township, which says what it thinks of it, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cast import LI_SI, TOWNSHIP, VILLAGE_A, WANG_WU, ZHANG_SAN, ZHAO_LIU, Hall, problem_of
from tests.journeys.posting import ALL_FIVE, new_id, send_photo, submission
from tests.journeys.relief import relief_of
from tests.journeys.test_categories_in_use import puts_to_use

LISTS = "/api/v1/compliance/cross-lists"
JUDGED = "/api/v1/compliance/cross-list-judgements"
SUPPORT = Path("schemas/categories/tekun_preliminary/examples/v1/good-one.json")


def support_of(opinion_on: str) -> dict[str, Any]:
    """Return the preliminary opinion on one person's support, whose name is on the list of allowances too."""
    content: dict[str, Any] = json.loads(SUPPORT.read_text("utf-8"))["content"]
    dates = {key: relief_of(opinion_on)[key] for key in ("opinion_on", "notice_from", "notice_to")}
    content["households"][0] |= {"holder_name": "张三", "group": "一组"}
    return content | dates


async def noticed(hall: Hall, category: str, content: dict[str, Any], seed: int) -> None:
    """Let 赵六 record what happened and send its notice, and 王五 approve it."""
    editor, auditor = await hall.client_as(ZHAO_LIU), await hall.client_as(WANG_WU)
    happened = {
        "id": new_id(hall.clock(), seed),
        "division": VILLAGE_A,
        "category": category,
        "title": "2026年10月初审",
        "occurred_on": "2026-10-08",
    }
    recorded = await editor.post("/api/v1/occurrences", json=happened)
    assert recorded.status_code == 201, recorded.text
    sent = submission(
        hall,
        category=category,
        period=None,
        event_on="2026-10-08",
        occurrence_id=happened["id"],
        content=content,
        photos=[{"sha256": await send_photo(editor, seed=seed), "role": "board"}],
    ) | {"id": new_id(hall.clock(), seed + 1)}
    answer = await editor.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    page = await auditor.get(f"/api/v1/submissions/{sent['id']}")
    decided = await auditor.post(
        f"/api/v1/submissions/{sent['id']}/review",
        json={"id": new_id(hall.clock(), seed + 2), "decision": "approve", "points": ALL_FIVE},
        headers={"If-Match": page.headers["etag"]},
    )
    assert decided.status_code == 200, decided.text


async def test_a_household_on_two_lists_is_looked_at_once(hall: Hall) -> None:
    hall.clock.set("2026-10-08 16:00+08:00")
    puts_to_use(hall, "2026-01-01", key="tekun_preliminary")
    await noticed(hall, "dibao_preliminary", relief_of("2026-10-08"), 10)
    await noticed(hall, "tekun_preliminary", support_of("2026-10-08"), 20)
    hall.clock.set("2026-10-12 09:00+08:00")
    auditor = await hall.client_as(WANG_WU)

    async def listed() -> dict[str, Any]:
        answer = await auditor.get(LISTS, params={"division": TOWNSHIP, "lang": "zh"})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    found = await listed()
    assert (found["looked_at"], found["open"], len(found["items"])) == (2, 1, 1)
    line = found["items"][0]
    assert (line["kind"], line["village"], line["judgement"]) == ("excluded", "红河村", None)
    assert "请核对" in line["text"]["zh"]
    assert len(line["notices"]) == 2

    said = {"finding": line["key"], "division": VILLAGE_A, "decision": "fine"}
    nothing = await auditor.post(JUDGED, json=said | {"words": " "})
    assert problem_of(nothing) == "reason-needed"
    number = await auditor.post(JUDGED, json=said | {"words": "身份证 11010519491231002X"})
    assert problem_of(number) == "content-has-errors"
    no_order = said | {"decision": "ordered", "rectification_id": new_id(hall.clock(), 40)}
    assert problem_of(await auditor.post(JUDGED, json=no_order)) == "not-found"
    for person in (ZHANG_SAN, LI_SI):
        client = await hall.client_as(person)
        assert problem_of(await client.post(JUDGED, json=said)) == "not-allowed"
        answer = await client.get(LISTS, params={"division": person.division})
        assert problem_of(answer) == "not-allowed"

    fine = said | {"words": "问过村里，是同名的两个人。"}
    for _ in range(2):
        assert (await auditor.post(JUDGED, json=fine)).status_code == 204
    found = await listed()
    assert (found["open"], len(found["items"])) == (0, 1)
    judgement = found["items"][0]["judgement"]
    assert (judgement["decision"], judgement["by_name"]) == ("fine", "王五")
    assert judgement["words"] == "问过村里，是同名的两个人。"
    told = await hall.rows("SELECT subject FROM event WHERE action = 'cross_list.judged'")
    assert [row["subject"] for row in told] == [line["key"]]
