"""The calendar of what falls due, read by a library that we did not write."""

from __future__ import annotations

from datetime import date
from typing import Any

import icalendar
import pytest

from server.rules.due_dates import DueDate, DueDates
from server.rules.places import Place
from server.web.calendar_document import calendar
from server.web.page_words import Words
from tests.cast import (
    COUNTY,
    START,
    TOWNSHIP,
    VILLAGE_A,
    VILLAGE_B,
    ZHAO_LIU,
    Hall,
    problem_of,
)
from tests.journeys.lifting import lifted_by_two
from tests.journeys.posting import new_id

pytestmark = pytest.mark.one_engine


async def events(hall: Hall, code: str = VILLAGE_A) -> list[Any]:
    answer = await hall.visitor().get(f"/api/v1/open-data/{code}/due.ics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.content.split(b"\r\n")
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def one(found: list[Any], uid: str) -> Any:
    [event] = [e for e in found if e["UID"] == f"{uid}@gongshilan"]
    return event


async def test_a_quarters_accounts_are_an_all_day_event(hall: Hall) -> None:
    event = one(await events(hall), f"{VILLAGE_A}-finance_quarterly-2026Q3")
    assert event.decoded("DTSTART") == date(2026, 10, 15)
    assert event.decoded("DTEND") == date(2026, 10, 16)
    assert "红河村" in event["SUMMARY"]
    assert "2026年第三季度" in event["SUMMARY"]
    assert (
        hall.house.book.schedule("finance_quarterly", VILLAGE_A, date(2026, 9, 30)).source.zh
        in (event["DESCRIPTION"])
    )
    assert event["LAST-MODIFIED"].dt <= START
    assert event["STATUS"] == "CONFIRMED"


async def test_every_uid_is_there_once_and_stays(hall: Hall) -> None:
    before = await events(hall, TOWNSHIP)
    uids = [str(e["UID"]) for e in before]
    assert len(uids) == len(set(uids)) > 0
    assert {uid[:12] for uid in uids} == {VILLAGE_A, VILLAGE_B}
    hall.clock.pass_(days=20)
    assert [str(e["UID"]) for e in await events(hall, TOWNSHIP)] == uids


async def test_what_happened_falls_due_and_an_exemption_calls_a_day_off(hall: Hall) -> None:
    editor = await hall.client_as(ZHAO_LIU)
    happened = {
        "id": new_id(hall.clock(), 5),
        "division": VILLAGE_A,
        "category": "dibao_preliminary",
        "title": "张某某家庭初审",
        "occurred_on": "2026-10-08",
    }
    assert (await editor.post("/api/v1/occurrences", json=happened)).status_code == 201
    answer = await hall.visitor().get(f"/api/v1/open-data/{VILLAGE_A}/due.ics")
    assert "dibao_preliminary-E2026-10-08-" in answer.text.replace("\r\n ", "")
    assert "张某某" not in answer.text.replace("\r\n ", ""), "the day is public, the case is not"
    lifted = {
        "id": new_id(hall.clock(), 6),
        "division": VILLAGE_A,
        "category": "finance_quarterly",
        "reason": "合并中",
        "valid_from": "2026-09-01",
        "valid_to": "2026-09-30",
    }
    await lifted_by_two(hall, lifted)
    event = one(await events(hall), f"{VILLAGE_A}-finance_quarterly-2026Q3")
    assert event["STATUS"] == "CANCELLED"
    assert "合并中" in event["DESCRIPTION"]
    assert "红河镇乡镇编辑批准" in event["DESCRIPTION"]
    assert event["LAST-MODIFIED"].dt == hall.clock()
    later = lifted | {"id": new_id(hall.clock(), 7), "due_on": "2027-02-01"}
    later |= {"valid_from": "2026-12-01", "valid_to": "2026-12-31"}
    before = one(await events(hall), f"{VILLAGE_A}-finance_quarterly-2026Q4")
    await lifted_by_two(hall, later)
    event = one(await events(hall), f"{VILLAGE_A}-finance_quarterly-2026Q4")
    assert event.decoded("DTSTART") == date(2027, 2, 1)
    assert event["SEQUENCE"] > before["SEQUENCE"]


async def test_unchanged_until_something_is(hall: Hall) -> None:
    address = f"/api/v1/open-data/{VILLAGE_A}/due.ics"
    first = await hall.visitor().get(address)
    hall.clock.pass_(days=3)
    again = await hall.visitor().get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("code", ["640425103999", COUNTY])
async def test_what_there_is_no_calendar_of(hall: Hall, code: str) -> None:
    answer = await hall.visitor().get(f"/api/v1/open-data/{code}/due.ics")
    assert problem_of(answer) == "not-found"


def test_long_names_odd_signs_and_provisional_days() -> None:
    evil = "甲；乙,丙;丁\\戊\r\nBEGIN:VALARM\r\n" + "很长的名字𠮷" * 20
    item = DueDate(
        division=VILLAGE_A,
        village=evil,
        category="dibao_preliminary",
        category_name=evil,
        period="E2027-01-01-00000000",
        title="公示",
        due_on=date(2027, 12, 31),
        provisional=True,
        rule=evil,
        sequence=2,
        changed_at=START,
    )
    place = Place(VILLAGE_A, evil, "village", ())
    text = calendar(DueDates(place, (item,)), Words("zh", START), "https://board.test")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    read = icalendar.Calendar.from_ical(text)
    assert read.walk("VALARM") == []
    [event] = read.walk("VEVENT")
    assert event["LOCATION"] == evil.replace("\r\n", "\n")
    assert "（暂定）" in event["SUMMARY"]
    assert event["STATUS"] == "TENTATIVE"
    assert event.decoded("DTEND") == date(2028, 1, 1)
    assert event["SEQUENCE"] == 2
