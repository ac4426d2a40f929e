"""Days online and days on a query point, from the posting to the evidence and the files."""

from __future__ import annotations

import csv
import io

from tests.cast import TOWNSHIP, VILLAGE_A, WANG_WU, ZHANG_SAN, Hall
from tests.device import paired
from tests.journeys.posting import approve, submission


async def test_a_notice_online_and_on_a_kiosk(hall: Hall) -> None:
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall)
    receipt = (await phone.post("/api/v1/submissions", json=sent)).json()
    await approve(hall, sent["id"])
    kiosk = await paired(hall)
    for _ in range(2):
        hall.clock.pass_(minutes=10)
        assert (await kiosk.beat(on_screen=f"/d/{receipt['disclosure_id']}")).status_code == 200
    cell = {"division": VILLAGE_A, "category": "finance_quarterly", "period": "2026Q3"}
    span = {"division": TOWNSHIP, "first": "2026-09-30", "last": "2026-09-30", "lang": "zh"}

    auditor = await hall.client_as(WANG_WU)
    today = (await auditor.get("/api/v1/compliance/evidence", params=cell)).json()
    assert today["coverage"]["shown"] == 0
    law = today["legal_basis"][
        0
    ]  # of the day on which it was due: the articles were numbered anew by then
    assert (law["article"], law["verified"]) == ("35", False)
    assert today["points"] == {"days": 0, "points": 0}, "the day is not over"
    hall.clock.pass_(days=3)
    found = (await auditor.get("/api/v1/compliance/evidence", params=cell)).json()
    assert (found["coverage"]["shown"], found["coverage"]["running"]) == (2, True)
    assert found["points"] == {"days": 1, "points": 1}

    hall.clock.set("2026-11-05 09:00+08:00")
    auditor = await hall.client_as(WANG_WU)
    done = (await auditor.get("/api/v1/compliance/evidence", params=cell)).json()["coverage"]
    assert done["shown"] == done["required"] > 0
    matrix = (await auditor.get("/api/v1/compliance", params=span)).json()
    covered = next(r["covered"] for r in matrix["rows"] if r["division"] == VILLAGE_A)
    text = (await auditor.get("/api/v1/compliance.csv", params=span)).text.removeprefix("\ufeff")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    assert lines[0][-2:] == ["到期展示天数", "规定展示天数"]
    mine = next(line for line in lines if "红河村" in line)
    assert mine[-2:] == [str(covered["shown"]), str(covered["required"])]
    assert matrix["covered"]["shown"] >= done["shown"]
