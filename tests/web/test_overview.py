"""The overview of a county: added up from tallies, equal to judging anew, and true right after every change of facts."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from server.commands.file_tallies import file_tallies
from server.commands.verify_tallies import verify_tallies
from server.external import spreadsheet_files
from tests.cast import (
    COUNTY,
    FAR_VILLAGE,
    TOWNSHIP,
    VILLAGE_B,
    WANG_WU,
    ZHANG_SAN,
    ZHOU_BA,
    Hall,
    problem_of,
)
from tests.journeys.lifting import lifted_by_two
from tests.journeys.posting import approve, new_id, send_photo, submission

PATH = "/api/v1/compliance/overview"
Q3 = {"division": COUNTY, "first": "2026-07-01", "last": "2026-09-30"}
YEARS = (2024, 2025, 2026)


async def filed(hall: Hall) -> int:
    return await file_tallies(
        hall.store, book=hall.house.book, division=COUNTY, year=2026, now=hall.clock()
    )


async def proved(hall: Hall) -> int:
    """Compare all lines with judging anew; return how many were good."""
    found = await verify_tallies(
        hall.store, book=hall.house.book, division=COUNTY, years=YEARS, now=hall.clock()
    )
    assert found.differing == 0, found.differences
    return found.lines


async def asked(client: httpx.AsyncClient, **change: str) -> dict[str, Any]:
    answer = await client.get(PATH, params=Q3 | change)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.one_engine
async def test_from_the_first_posting_to_the_exemption(hall: Hall) -> None:
    hall.clock.set("2026-10-09 09:00+08:00")
    administrator = await hall.client_as(ZHOU_BA)
    assert await filed(hall) == 3 * len(YEARS)
    assert await filed(hall) == 0, "a line that is good is not filed again"
    before = await asked(administrator, by="category")
    red_river = next(row for row in before["rows"] if row["division"] == TOWNSHIP)
    assert (red_river["villages"], red_river["waiting"]) == (2, 0)
    assert await proved(hall) == 9

    phone = await hall.client_as(ZHANG_SAN)
    board = {"sha256": await send_photo(phone), "role": "board"}
    sent = submission(hall, photos=[board])
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"])
    # Nobody filed anything: the village's own change put its line out of date.
    after = await asked(administrator, by="category")
    at = [c["key"] for c in after["columns"]].index("finance_quarterly")
    (rate,) = [row["cells"][at] for row in after["rows"] if row["division"] == TOWNSHIP]
    assert (rate["finished"], rate["on_time"], rate["early"], rate["coming"]) == (1, 1, 1, 1)
    assert (rate["on_time_permille"], rate["grade"]) == (1000, "excellent")
    assert await filed(hall) > 0
    await proved(hall)

    hall.clock.set("2026-10-30 09:00+08:00")
    auditor = await hall.client_as(WANG_WU)
    overdue = await asked(auditor, division=TOWNSHIP, by="category")
    (rate,) = [row["cells"][at] for row in overdue["rows"]]
    assert (rate["finished"], rate["missing"], rate["on_time_permille"]) == (2, 1, 500)
    exemption = {
        "id": new_id(hall.clock(), 40),
        "division": VILLAGE_B,
        "category": "finance_quarterly",
        "period": "2026Q3",
        "reason": "账簿被水淹，县里同意本季度不公开",
        "valid_from": "2026-07-01",
        "valid_to": "2026-12-31",
    }
    await lifted_by_two(hall, exemption)
    lifted = await asked(auditor, division=TOWNSHIP, by="category")
    (rate,) = [row["cells"][at] for row in lifted["rows"]]
    # It was overdue by then: that stays, and nobody waits for it any more.
    assert (rate["finished"], rate["missing"], rate["exempt"]) == (2, 1, 0)
    assert overdue["rows"][0]["cells"][at]["needs_person"] == rate["needs_person"] + 1
    next_quarter = exemption | {"id": new_id(hall.clock(), 41), "period": "2026Q4"}
    await lifted_by_two(hall, next_quarter)
    (row,) = (await asked(auditor, division=TOWNSHIP, by="category", last="2026-12-31"))["rows"]
    assert row["cells"][at]["exempt"] == 1
    # The past does not know of it, and judging anew says the same as the lines did.
    hall.clock.pass_(minutes=5)
    replayed = await asked(
        auditor, division=TOWNSHIP, by="category", as_of="2026-10-30T08:59:00+08:00"
    )
    assert replayed["rows"][0]["cells"] == overdue["rows"][0]["cells"]
    await filed(hall)
    await proved(hall)


async def test_a_line_that_lies_is_found_and_made_anew(hall: Hall) -> None:
    hall.clock.set("2026-10-30 09:00+08:00")
    await filed(hall)
    async with hall.store.transaction() as tx:
        (row,) = await tx.rows(
            "SELECT signs FROM tally WHERE division = ? AND year = 2026", VILLAGE_B
        )
        lie = chr(ord("0") + 3 * 8) * len(row["signs"])  # all of it on time
        await tx.execute(
            "UPDATE tally SET signs = ? WHERE division = ? AND year = 2026", lie, VILLAGE_B
        )
    found = await verify_tallies(
        hall.store, book=hall.house.book, division=COUNTY, years=YEARS, now=hall.clock()
    )
    assert found.differing > 0
    assert {d.division for d in found.differences} == {VILLAGE_B}
    assert await proved(hall) == 9


@pytest.mark.one_engine
async def test_tables_to_take_away(hall: Hall) -> None:
    administrator = await hall.client_as(ZHOU_BA)
    answer = await administrator.get(f"{PATH}.csv", params=Q3 | {"lang": "zh"})
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert rows[0][:3] == ["代码", "乡镇（县区）", "事项或季度"]
    assert {row[1] for row in rows[1:]} == {"红河镇", "古城镇"}
    answer = await administrator.get(f"{PATH}.xlsx", params=Q3 | {"lang": "zh"})
    assert answer.headers["content-disposition"].startswith("attachment; ")
    shares, numbers = spreadsheet_files.read(answer.content, spreadsheet_files.Limits(1_000_000))
    assert shares.rows[0][2] == "2026年第三季度"
    assert numbers.rows[1][3] in (1, 2)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"division": FAR_VILLAGE}, "not-allowed"),
        ({"division": COUNTY}, "not-allowed"),
        ({"by": "village"}, "parameter-not-valid"),
        ({"first": "2022-01-01", "last": "2026-01-01"}, "parameter-not-valid"),
        ({"first": "2026-09-30", "last": "2026-07-01"}, "parameter-not-valid"),
        ({"after": "x"}, "parameter-not-valid"),
    ],
)
async def test_refused(hall: Hall, change: dict[str, str], slug: str) -> None:
    auditor = await hall.client_as(WANG_WU)
    answer = await auditor.get(PATH, params=Q3 | {"division": TOWNSHIP} | change)
    assert problem_of(answer) == slug


@pytest.mark.one_engine
async def test_warnings_go_from_the_village_to_the_county(hall: Hall) -> None:
    auditor = await hall.client_as(WANG_WU)

    async def warned() -> dict[str, str]:
        answer = await auditor.get(
            "/api/v1/compliance/warnings", params={"division": TOWNSHIP, "lang": "zh"}
        )
        found = answer.json()
        assert found["red"] + found["yellow"] + found["prompt"] == len(found["items"])
        return {
            item["village"]: f"{item['level']} {item['goes_to']}"
            for item in found["items"]
            if (item["category"], item["period"]) == ("finance_quarterly", "2026Q3")
        }

    hall.clock.set("2026-10-14 09:00+08:00")
    assert await warned() == {"红河村": "prompt village", "宽坪村": "prompt village"}
    phone = await hall.client_as(ZHANG_SAN)
    board = {"sha256": await send_photo(phone), "role": "board"}
    sent = submission(hall, photos=[board])
    assert (await phone.post("/api/v1/submissions", json=sent)).status_code == 201
    await approve(hall, sent["id"])
    looked = await auditor.get(
        "/api/v1/compliance/hollow", params={"division": TOWNSHIP, "last": "2026-09-30"}
    )
    assert (looked.json()["looked_at"], looked.json()["items"]) == (1, [])
    # Nothing was ever posted before: the quarters before make it red at once.
    hall.clock.set("2026-10-16 09:00+08:00")
    assert await warned() == {"宽坪村": "red county"}
    refused = await auditor.get("/api/v1/compliance/warnings", params={"division": COUNTY})
    assert problem_of(refused) == "not-allowed"
