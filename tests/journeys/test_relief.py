"""The township's part: a preliminary opinion on relief hangs in the village for its seven days, and then is gone.

What is not on the list of public fields never leaves the staff's screens, on whichever surface.
"""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from server.external.pinyin import readings
from tests.cast import (
    LI_SI,
    TOWNSHIP,
    VILLAGE_A,
    WANG_WU,
    ZHANG_SAN,
    ZHAO_LIU,
    Hall,
    at,
    problem_of,
)
from tests.journeys.posting import ALL_FIVE, new_id, send_photo, submission
from tests.journeys.relief import relief_of
from tests.journeys.surfaces import answers, showing

SECRET = "入户时邻居说的话不公开"
NAMES = ("张三", "王五", "孙七")
AMOUNT = "1,120.00"


async def happened(hall: Hall) -> str:
    """Let 赵六 record that the opinion was given today; return the occurrence's id."""
    editor = await hall.client_as(ZHAO_LIU)
    body = {
        "id": new_id(hall.clock(), 30),
        "division": VILLAGE_A,
        "category": "dibao_preliminary",
        "title": "2026年10月低保初审",
        "occurred_on": "2026-10-08",
    }
    answer = await editor.post("/api/v1/occurrences", json=body)
    assert answer.status_code == 201, answer.text
    return str(body["id"])


async def posted(hall: Hall, occurrence: str, **changes: Any) -> tuple[dict[str, Any], str]:
    """Let 赵六 post the notice with a photo of the board; return the receipt and the photo's hash."""
    editor = await hall.client_as(ZHAO_LIU)
    photo = await send_photo(editor)
    sent = submission(
        hall,
        category="dibao_preliminary",
        period=None,
        event_on="2026-10-08",
        occurrence_id=occurrence,
        content=relief_of("2026-10-08") | {"internal_note": SECRET},
        photos=[{"sha256": photo, "role": "board", "caption": "村委会门口的公开栏"}],
        **changes,
    )
    answer = await editor.post("/api/v1/submissions", json=sent)
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt, photo


async def reviewed(hall: Hall, submission_id: str) -> dict[str, Any]:
    """Let 王五 approve, who is the township's auditor."""
    auditor = await hall.client_as(WANG_WU)
    page = await auditor.get(f"/api/v1/submissions/{submission_id}")
    assert SECRET in page.text  # the reviewer reads what was written for staff
    answer = await auditor.post(
        f"/api/v1/submissions/{submission_id}/review",
        json={"id": new_id(hall.clock(), 50), "decision": "approve", "points": ALL_FIVE},
        headers={"If-Match": page.headers["etag"]},
    )
    assert answer.status_code == 200, answer.text
    decided: dict[str, Any] = answer.json()
    return decided


async def verdict(hall: Hall) -> dict[str, Any]:
    """Return the matrix's cell of the event."""
    auditor = await hall.client_as(WANG_WU)
    asked = {"division": TOWNSHIP, "first": "2026-10-01", "last": "2026-10-31"}
    matrix = (await auditor.get("/api/v1/compliance", params=asked)).json()
    row = next(r for r in matrix["rows"] if r["division"] == VILLAGE_A)
    found: dict[str, Any] = next(
        c for c in row["cells"] if c and c["category"] == "dibao_preliminary"
    )
    return found


async def test_seven_days_and_not_a_second_longer(hall: Hall) -> None:
    occurrence = await happened(hall)
    assert (await verdict(hall))["state"] == "open"
    hall.clock.set("2026-10-09 10:00+08:00")
    receipt, photo = await posted(hall, occurrence)
    assert receipt["verdict"] == "on_time"
    disclosure = receipt["disclosure_id"]

    before = await answers(hall, disclosure, [photo])
    for told in (*NAMES, AMOUNT, SECRET, photo, "村委会门口"):
        assert not [a for a in showing(before, told) if photo not in a], told

    hall.clock.set("2026-10-09 14:00+08:00")
    assert (await reviewed(hall, receipt["id"]))["stage"] == "open"
    page = (await hall.visitor().get(f"/api/v1/disclosures/{disclosure}")).json()
    # Posted on the 9th; the day of posting does not count; the 10th to the 16th are seven days.
    assert at(page["window"]["must_stay_until"].replace("Z", "+00:00")) == at(
        "2026-10-17 00:00+08:00"
    )
    assert page["card"]["comes_down_at"] == page["window"]["must_stay_until"]
    assert page["card"]["wording"] == "consult"
    assert page["reviews"][0]["reviewer_name"] == "王五"

    for moment in ("2026-10-09 14:00:00+08:00", "2026-10-16 23:59:59+08:00"):
        hall.clock.set(moment)
        shown = await answers(hall, disclosure, [photo])
        assert showing(shown, SECRET) == []
        for address in (f"/d/{disclosure}", f"/d/{disclosure}?edition=1"):
            assert all(name in shown[address].text for name in NAMES)
            assert AMOUNT in shown[address].text
        assert disclosure in shown[f"/v/{VILLAGE_A}"].text
        assert shown[f"/api/v1/photos/{photo}/960.webp"].status_code == 200
    assert (await verdict(hall))["state"] == "on_time"

    for moment in (
        "2026-10-17 00:00:00+08:00",
        "2026-10-17 00:00:01+08:00",
        "2027-10-17 00:00+08:00",
    ):
        hall.clock.set(moment)
        gone = await answers(hall, disclosure, [photo])
        for told in (*NAMES, AMOUNT, SECRET, "村委会门口"):
            assert showing(gone, told) == [], told
        for address, answer in gone.items():
            if disclosure in address or photo in address:
                assert answer.status_code in (303, 404, 410), address
            else:
                assert disclosure not in answer.text, address
                assert photo not in answer.text, address
    cell = await verdict(hall)
    assert (cell["state"], [f["kind"] for f in cell["findings"]]) == ("on_time", [])


async def test_what_a_browser_kept_is_not_confirmed_after_its_last_day(hall: Hall) -> None:
    receipt, photo = await posted(hall, await happened(hall))
    await reviewed(hall, receipt["id"])
    visitor, disclosure = hall.visitor(), receipt["disclosure_id"]
    hall.clock.set("2026-10-15 23:59:59+08:00")
    addresses = (
        f"/d/{disclosure}",
        f"/api/v1/disclosures/{disclosure}",
        f"/api/v1/villages/{VILLAGE_A}",
        f"/api/v1/photos/{photo}/960.webp",
    )
    kept = {address: (await visitor.get(address)).headers["etag"] for address in addresses}
    hall.clock.set("2026-10-16 00:00:00+08:00")
    for address, tag in kept.items():
        now = await visitor.get(address, headers={"If-None-Match": tag})
        assert now.status_code in (200, 404, 410), address
        assert "张三" not in now.text


async def test_the_village_neither_posts_nor_withdraws_it(hall: Hall) -> None:
    receipt, _ = await posted(hall, await happened(hall))
    await reviewed(hall, receipt["id"])
    body = {"id": new_id(hall.clock(), 60), "reason": "有人有意见"}
    for person in (ZHANG_SAN, LI_SI, WANG_WU):
        client = await hall.client_as(person)
        address = f"/api/v1/disclosures/{receipt['disclosure_id']}/withdrawal"
        assert problem_of(await client.post(address, json=body)) == "not-allowed"


async def test_what_happened_and_was_never_posted_is_missing(hall: Hall) -> None:
    await happened(hall)
    # Ten working days after the 8th; Saturday the 10th is one, made up for the holiday.
    hall.clock.set("2026-10-21 23:59:59+08:00")
    assert (await verdict(hall))["state"] == "due_soon"
    hall.clock.set("2026-10-22 00:00:00+08:00")
    found = await verdict(hall)
    assert (found["state"], found["days"]) == ("missing", 1)
    page = (await hall.visitor().get(f"/api/v1/villages/{VILLAGE_A}")).json()
    missing = {m["category"]: m["days_late"] for m in page["missing"]}
    assert missing["dibao_preliminary"] == 1


async def test_an_occurrence_is_recorded_once_and_in_the_past(hall: Hall) -> None:
    occurrence = await happened(hall)
    editor = await hall.client_as(ZHAO_LIU)
    body = {
        "id": occurrence,
        "division": VILLAGE_A,
        "category": "dibao_preliminary",
        "title": "2026年10月低保初审",
        "occurred_on": "2026-10-08",
    }
    assert (await editor.post("/api/v1/occurrences", json=body)).status_code == 201
    other = await editor.post("/api/v1/occurrences", json=body | {"occurred_on": "2026-09-01"})
    assert problem_of(other) == "same-id-other-content"
    fresh = body | {"id": new_id(hall.clock(), 31)}
    for change, slug in (
        ({"occurred_on": "2026-10-09"}, "period-not-over"),
        ({"category": "horoscopes"}, "unknown-category"),
        ({"division": TOWNSHIP}, "unknown-division"),
        ({"division": "640425102200"}, "not-allowed"),
        ({"title": "  "}, "reason-needed"),
        ({"title": ""}, "wrong-type"),
        ({"occurred_on": "9999-12-31"}, "wrong-type"),
    ):
        assert problem_of(await editor.post("/api/v1/occurrences", json=fresh | change)) == slug
    rows = await hall.rows("SELECT id, occurred_on FROM occurrence")
    assert rows == [{"id": occurrence, "occurred_on": "2026-10-08"}]


async def test_what_is_sent_again_for_an_event_stays_with_it(hall: Hall) -> None:
    occurrence = await happened(hall)
    receipt, _ = await posted(hall, occurrence)
    editor = await hall.client_as(ZHAO_LIU)
    read = await editor.get(f"/api/v1/submissions/{receipt['id']}")
    assert read.json()["occurrence_id"] == occurrence
    auditor = await hall.client_as(WANG_WU)
    await auditor.post(
        f"/api/v1/submissions/{receipt['id']}/review",
        json={
            "id": new_id(hall.clock(), 50),
            "decision": "return",
            "points": ALL_FIVE,
            "reason": "缺一户",
        },
        headers={"If-Match": read.headers["etag"]},
    )
    again, _ = await posted(hall, read.json()["occurrence_id"], id=new_id(hall.clock(), 8))
    assert again["disclosure_id"] == receipt["disclosure_id"]


async def test_two_events_in_one_cell_are_two_obligations_everywhere(hall: Hall) -> None:
    """Two opinions of one village share a column: the sentence, the row, the files and the totals count both."""
    first = await happened(hall)
    editor = await hall.client_as(ZHAO_LIU)
    second = {
        "id": new_id(hall.clock(), 31),
        "division": VILLAGE_A,
        "category": "dibao_preliminary",
        "title": "2026年10月低保初审（补）",
        "occurred_on": "2026-10-08",
    }
    assert (await editor.post("/api/v1/occurrences", json=second)).status_code == 201
    hall.clock.set("2026-10-09 10:00+08:00")
    receipt, _ = await posted(hall, first)
    await reviewed(hall, receipt["id"])

    hall.clock.set("2026-10-27 10:00+08:00")
    auditor = await hall.client_as(WANG_WU)
    asked = {"division": VILLAGE_A, "first": "2026-10-01", "last": "2026-10-31"}
    matrix = (await auditor.get("/api/v1/compliance", params=asked)).json()
    (row,) = matrix["rows"]
    front = next(c for c in row["cells"] if c and c["category"] == "dibao_preliminary")
    behind = [c for c in row["behind"] if c["column"] == front["column"]]
    # What a person has to look at is in front, whichever came first; the other one lies behind it.
    periods = [f"E2026-10-08-{each[-8:]}" for each in (first, second["id"])]
    assert (front["period"], front["state"]) == (periods[1], "missing")
    assert [(c["period"], c["state"]) for c in behind] == [(periods[0], "on_time")]
    owed = [c for c in (*row["cells"], *row["behind"]) if c and c["state"] != "exempt"]
    assert matrix["summary"]["owed"] == len(owed)
    assert matrix["summary"]["on_time"] == sum(c["state"] == "on_time" for c in owed)
    assert row["needs_person"] == matrix["summary"]["needs_person"]

    sheet = (await auditor.get("/api/v1/compliance.csv", params=asked | {"lang": "en"})).text
    assert "missing" in sheet
    assert " / on time" in sheet
    workbook = await auditor.get("/api/v1/compliance.xlsx", params=asked)
    lines = openpyxl.load_workbook(io.BytesIO(workbook.content))["逐格明细"]
    assert set(periods) <= {
        lines.cell(r, lines.max_column).value for r in range(2, lines.max_row + 1)
    }
    assert lines.max_row - 1 == len([c for c in (*row["cells"], *row["behind"]) if c])


async def test_two_events_that_both_need_somebody_are_counted_twice(hall: Hall) -> None:
    await happened(hall)
    editor = await hall.client_as(ZHAO_LIU)
    for n in (31, 32):
        body = {
            "id": new_id(hall.clock(), n),
            "division": VILLAGE_A,
            "category": "dibao_preliminary",
            "title": f"2026年10月低保初审第{n}号",
            "occurred_on": "2026-10-08",
        }
        assert (await editor.post("/api/v1/occurrences", json=body)).status_code == 201
    hall.clock.set("2026-10-27 10:00+08:00")
    auditor = await hall.client_as(WANG_WU)
    asked = {"division": VILLAGE_A, "first": "2026-10-01", "last": "2026-10-31"}
    matrix = (await auditor.get("/api/v1/compliance", params=asked)).json()
    (row,) = matrix["rows"]
    missing = [c for c in (*row["cells"], *row["behind"]) if c and c["state"] == "missing"]
    assert len([c for c in missing if c["category"] == "dibao_preliminary"]) == 3
    assert matrix["summary"]["needs_person"] == row["needs_person"] == len(missing)
    table = (await auditor.get("/api/v1/compliance.csv", params=asked | {"lang": "zh"})).text
    heads, cells = (line.split(",") for line in table.splitlines())
    assert cells[heads.index("要处理")] == str(len(missing))


async def test_who_gets_relief_is_read_and_never_searched_for(hall: Hall) -> None:
    receipt, _ = await posted(hall, await happened(hall))
    await reviewed(hall, receipt["id"])
    visitor = hall.visitor()
    read = await visitor.get(f"/api/v1/disclosures/{receipt['disclosure_id']}")
    for name in NAMES:
        assert name in read.text
        found = await visitor.get("/api/v1/search", params={"q": name})
        assert (found.status_code, found.json()["items"]) == (200, [])
        typed = ["".join(readings(c)[0] for c in name), "".join(readings(c)[0][0] for c in name)]
        for spelled in typed:
            found = await visitor.get("/api/v1/search", params={"q": spelled})
            assert (found.status_code, found.json()["items"]) == (200, []), spelled
    for q in ("低保初审", "dbcs"):
        titled = (await visitor.get("/api/v1/search", params={"q": q})).json()
        assert [item["lines"] for item in titled["items"]] == [[]]
    hall.clock.pass_(days=30)  # it came down, and is kept nowhere
    gone = (await visitor.get("/api/v1/search", params={"q": "低保初审"})).json()
    assert (gone["items"], gone["facets"]["divisions"]) == ([], [])
