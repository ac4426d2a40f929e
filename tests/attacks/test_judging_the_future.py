"""Attack: asking to be judged as of a day to come, when the scheduled publication will already be open."""

from __future__ import annotations

import pytest

from tests.cast import TOWNSHIP, VILLAGE_A, WANG_WU, ZHANG_SAN, Hall, problem_of
from tests.journeys.posting import approve, submission

pytestmark = pytest.mark.one_engine

SPAN = {"division": TOWNSHIP, "first": "2026-07-01", "last": "2026-09-30"}
CELL = {"division": VILLAGE_A, "category": "finance_quarterly", "period": "2026Q3"}


async def scheduled(hall: Hall) -> None:
    """Post and approve the third quarter for 12 October 8:00."""
    phone = await hall.client_as(ZHANG_SAN)
    sent = submission(hall, publish={"when": "at", "at": "2026-10-12T08:00:00+08:00"})
    await phone.post("/api/v1/submissions", json=sent)
    await approve(hall, sent["id"])


@pytest.mark.parametrize("as_of", ["2026-10-12T08:00:01+08:00", "2199-12-31T23:59:59Z"])
async def test_tomorrow_is_not_known_yet(hall: Hall, as_of: str) -> None:
    await scheduled(hall)
    auditor = await hall.client_as(WANG_WU)
    now = await auditor.get("/api/v1/compliance", params=SPAN)
    then = await auditor.get("/api/v1/compliance", params=SPAN | {"as_of": as_of})
    assert then.json() == now.json()
    assert then.json()["as_of"] == "2026-10-08T01:00:00Z"
    table = await auditor.get("/api/v1/compliance.csv", params=SPAN | {"as_of": as_of})
    assert table.text == (await auditor.get("/api/v1/compliance.csv", params=SPAN)).text

    evidence = await auditor.get("/api/v1/compliance/evidence", params=CELL | {"as_of": as_of})
    assert evidence.json()["as_of"] == "2026-10-08T01:00:00Z"
    assert evidence.json()["state"] == "open"
    clocks = {c["name"]: c["at"] for c in evidence.json()["editions"][0]["clocks"]}
    assert clocks["published"] is None


async def test_the_past_knows_nothing_of_today(hall: Hall) -> None:
    await scheduled(hall)
    hall.clock.set("2026-10-20 09:00+08:00")
    auditor = await hall.client_as(WANG_WU)
    asked = CELL | {"as_of": "2026-10-08T08:59:59+08:00"}
    evidence = (await auditor.get("/api/v1/compliance/evidence", params=asked)).json()
    assert (evidence["state"], evidence["editions"], evidence["events"]) == ("open", [], [])


@pytest.mark.parametrize(
    "as_of", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "1969-12-31T00:00:00Z"]
)
async def test_a_day_no_calendar_counts_from(hall: Hall, as_of: str) -> None:
    auditor = await hall.client_as(WANG_WU)
    for path, asked in (("compliance", SPAN), ("compliance/evidence", CELL)):
        answer = await auditor.get(f"/api/v1/{path}", params=asked | {"as_of": as_of})
        assert problem_of(answer) == "parameter-not-valid"
        assert answer.json()["parameter"] == "as_of"
