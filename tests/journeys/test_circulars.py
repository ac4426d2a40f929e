"""Bulletin, assessment and a village's year over HTTP: the same numbers on the page and in the workbook."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    LI_SI,
    TOWNSHIP,
    VILLAGE_A,
    WANG_WU,
    ZHANG_SAN,
    Hall,
    Person,
    problem_of,
)
from tests.journeys.inspecting import drawn, item_of, ordered, step, visit, visited
from tests.journeys.posting import approve, submission

BULLETIN = "/desk/circulars/bulletin"


async def _something_happened(hall: Hall) -> None:
    """Village A publishes on time and is visited; something is put right and money comes back."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"])
    page = await drawn(hall)
    rank = item_of(page, VILLAGE_A)["rank"]
    found = visit(hall, accurate="no", note="一笔报了两次", asked=8, knew=5, satisfied=4)
    assert (await visited(hall, page, rank, found)).status_code == 200
    order = await ordered(hall, inspection={"draw": page["head"]["id"], "rank": rank})
    await step(hall, order, "proof", {"words": "已经退回"}, ZHANG_SAN)
    await step(hall, order, "closure", {"words": "核对无误", "recovered": 12_800}, WANG_WU)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.one_engine
async def test_the_bulletin_of_a_month_on_paper_and_as_a_workbook(hall: Hall) -> None:
    await _something_happened(hall)
    hall.clock.set("2026-11-02 09:00+08:00")
    wang = await hall.client_as(WANG_WU)
    query = f"?division={TOWNSHIP}&period=2026-10&lang=zh"
    page = await wang.get(f"{BULLETIN}{query}")
    assert page.status_code == 200, page.text
    said = words(page.text)
    for one in (
        "2026年10月村务公开通报",
        "现场检查 1 处，1 处有问题",
        "追回 128.00 元",
        "62.5%",
        "50.0%",
    ):
        assert one in said, one
    # Village A on time, the other one missing: of what fell due, nothing else.
    finished = re.search(r"到期 (\d+) 项：按时 (\d+)", said)
    assert finished is not None
    assert int(finished[2]) == 1 < int(finished[1])
    assert "宽坪村" in said
    book = await wang.get(f"/api/v1/circulars/bulletin/table.xlsx{query}")
    assert book.status_code == 200
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        texts = "".join(parts.read(name).decode() for name in parts.namelist())
    assert "2026年10月村务公开通报" in texts
    assert "宽坪村" in texts
    english = await wang.get(f"{BULLETIN}?division={TOWNSHIP}&period=2026-10&lang=en")
    assert "Bulletin on disclosure: October 2026" in words(english.text)


@pytest.mark.one_engine
async def test_a_quarter_is_graded_and_its_villages_are_not(hall: Hall) -> None:
    await _something_happened(hall)
    hall.clock.set("2027-01-04 09:00+08:00")
    wang = await hall.client_as(WANG_WU)
    page = await wang.get(f"/desk/circulars/assessment?division={TOWNSHIP}&period=2026Q3&lang=zh")
    said = words(page.text)
    # Accounts of the third quarter fell due in October and are the third quarter's, as the overview counts them.
    span = {"division": TOWNSHIP, "first": "2026-07-01", "last": "2026-09-30", "by": "quarter"}
    seen = (await wang.get("/api/v1/compliance/overview", params=span)).json()["total"]
    assert f"到期 {seen['finished']} 项：按时 {seen['on_time']}（" in said
    assert seen["on_time"] == 1
    assert seen["grade"] == "failing"
    assert "按当地标准（95% 优秀、85% 良好、70% 合格）：不合格。" in said
    assert "这里只列事实，村不评等次" in said


async def test_the_year_of_a_village_lists_its_visits_and_orders(hall: Hall) -> None:
    await _something_happened(hall)
    hall.clock.set("2026-11-02 09:00+08:00")
    wang = await hall.client_as(WANG_WU)
    page = await wang.get(f"/desk/circulars/village?division={VILLAGE_A}&period=2026&lang=zh")
    said = words(page.text)
    for one in ("2026年度村务公开年度情况", "红河村", "一笔报了两次", "已办结", "128.00"):
        assert one in said, one
    assert "宽坪村" not in said


SAD: list[tuple[str, dict[str, Any], Person, str]] = [
    ("a quarter for a month", {"period": "2026Q3"}, WANG_WU, "parameter-not-valid"),
    ("no period at all", {"period": "2026-13"}, WANG_WU, "parameter-not-valid"),
    ("a month to come", {"period": "2027-05"}, WANG_WU, "parameter-not-valid"),
    ("another township's village", {"division": FAR_VILLAGE}, WANG_WU, "not-allowed"),
    ("the county", {"division": COUNTY}, WANG_WU, "not-allowed"),
    ("an accountant", {}, ZHANG_SAN, "not-allowed"),
    ("a supervisor", {}, LI_SI, "not-allowed"),
]


@pytest.mark.one_engine
@pytest.mark.parametrize(("changes", "who", "slug"), [s[1:] for s in SAD], ids=[s[0] for s in SAD])
async def test_what_is_not_printed(
    hall: Hall, changes: dict[str, Any], who: Person, slug: str
) -> None:
    client = await hall.client_as(who)
    query = {"division": TOWNSHIP, "period": "2026-09", **changes}
    answer = await client.get("/api/v1/circulars/bulletin/table.xlsx", params=query)
    assert problem_of(answer) == slug
