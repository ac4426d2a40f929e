"""A county's policy ends on a day without one that follows: looked at first, undone while it runs, and then what was before holds."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from server.web.opening import read_book
from tests.cast import VILLAGE_A, WANG_WU, ZHOU_BA, Hall, problem_of
from tests.journeys.ruling import POLICIES, put, rule
from tests.journeys.written import written

LAST = "2026-12-31"
FILE = f"{POLICIES}/county-2026"


async def administrator(hall: Hall) -> httpx.AsyncClient:
    """Put a policy of the county in force, let its first day come, and return who looks after it."""
    zhou = await hall.client_as(ZHOU_BA)
    assert (await put(zhou, rule("county-2026", "2026-10-09"))).status_code == 201
    hall.clock.set("2026-10-10 09:00+08:00")
    return await hall.client_as(ZHOU_BA)


async def ended(zhou: httpx.AsyncClient, last: str = LAST, reason: str = "县里废止") -> Any:
    return await zhou.post(f"{FILE}/ending", json={"last_day": last, "reason": reason})


def line_of(answer: httpx.Response) -> Any:
    return next(each for each in answer.json()["items"] if each["id"] == "county-2026")


async def shown_for(hall: Hall, day: str) -> int | None:
    """Return how many days quarterly accounts of the village stay up, by the rules of a day."""
    house = hall.house
    house.book = await read_book(
        house.store.reader, house.settings.seeds, house.book.categories, house.book.papers
    )
    on = house.book.today(hall.clock()).fromisoformat(day)
    return house.book.schedule("finance_quarterly", VILLAGE_A, on).display.min_days


@pytest.mark.one_engine
async def test_what_holds_afterwards_is_said_before_it_ends(hall: Hall) -> None:
    zhou = await administrator(hall)
    before = await written(hall)
    answer = await zhou.post(f"{FILE}/ending/preview", json={"last_day": LAST})
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    assert await written(hall) == before
    assert (seen["valid_from"], seen["ends"][0]["last_day"]) == ("2027-01-01", LAST)
    [change] = [r for r in seen["rules"] if r["category"] == "finance_quarterly"]
    assert (change["before"]["display"]["zh"], change["after"]["display"]["zh"]) == (
        "至少 12 天",
        "至少 10 天",
    )
    # Twelve days instead of ten are a change, and move no due day.
    assert seen["changed"] > 0
    assert all(due["before"]["due_on"] != due["after"]["due_on"] for due in seen["dues"])
    assert "2026Q4" not in {due["period"] for due in seen["dues"]}
    assert all(each["id"] != "county-2026" for each in seen["falls_back"])
    listed = (await zhou.get(POLICIES)).json()["items"]
    standing = {each["id"] for each in listed if each["state"] == "in_force"} - {"county-2026"}
    assert {each["id"] for each in seen["falls_back"]} <= standing
    assert all(each["shipped"] for each in seen["falls_back"])


@pytest.mark.one_engine
async def test_it_ends_on_its_day_and_what_was_before_holds(hall: Hall) -> None:
    zhou = await administrator(hall)
    assert problem_of(await ended(zhou, reason=" ")) == "reason-needed"
    done = await ended(zhou)
    assert done.status_code == 200, done.text
    line = line_of(done)
    assert (line["state"], line["valid_to"]) == ("in_force", LAST)
    assert (line["may_end"], line["may_go_on"]) == (False, True)
    assert [step["what"] for step in line["history"]] == ["end_set", "recorded"]
    assert (line["history"][0]["name"], line["history"][0]["reason"]) == ("周八", "县里废止")
    assert (await ended(zhou)).status_code == 200  # sent twice
    assert len(await hall.rows("SELECT id FROM policy")) == 2
    [event] = await hall.rows("SELECT * FROM event WHERE action = 'policy.end_set'")
    assert LAST in event["details"]
    days = [await shown_for(hall, day) for day in ("2026-10-10", LAST, "2027-01-01")]
    assert days == [12, 12, 10]
    hall.clock.set("2027-01-01 00:00+08:00")
    zhou = await hall.client_as(ZHOU_BA)
    over = await zhou.post(f"{FILE}/going-on", json={"reason": "还要用"})
    assert problem_of(over) == "policy-end-not-possible"
    assert line_of(await zhou.get(POLICIES))["state"] == "over"


@pytest.mark.one_engine
async def test_until_then_it_can_go_on_after_all(hall: Hall) -> None:
    zhou = await administrator(hall)
    await ended(zhou)
    for _ in range(2):
        again = await zhou.post(f"{FILE}/going-on", json={"reason": "废止的会议没有开"})
        assert again.status_code == 200, again.text
    line = line_of(again)
    assert (line["valid_to"], line["may_end"], line["may_go_on"]) == (None, True, False)
    assert [step["what"] for step in line["history"]] == ["goes_on", "end_set", "recorded"]
    assert await shown_for(hall, "2027-01-01") == 12
    # Not while another one already says otherwise for the days to come.
    await ended(zhou)
    longer = rule(overrides={"cadence:quarterly": {"display": {"min_days": 15}}})
    assert (await put(zhou, longer)).status_code == 201
    both = await zhou.post(f"{FILE}/going-on", json={"reason": "还要用"})
    assert problem_of(both) == "policy-end-not-possible"
    assert "county-2027" in both.text


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("name", "last", "slug"),
    [
        ("county-2026", "2026-10-09", "policy-end-not-possible"),  # yesterday
        ("nobodys", LAST, "not-found"),
    ],
)
async def test_what_cannot_end_is_refused(hall: Hall, name: str, last: str, slug: str) -> None:
    zhou = await administrator(hall)
    for way, more in (("ending/preview", {}), ("ending", {"reason": "废止"})):
        answer = await zhou.post(f"{POLICIES}/{name}/{way}", json={"last_day": last} | more)
        assert problem_of(answer) == slug


@pytest.mark.one_engine
async def test_what_comes_with_the_program_and_what_is_to_come_do_not_end_here(hall: Hall) -> None:
    zhou = await administrator(hall)
    await put(zhou, rule("county-2028", "2028-01-01", overrides={}, common_day=8))
    coming = await zhou.post(f"{POLICIES}/county-2028/ending/preview", json={"last_day": LAST})
    assert problem_of(coming) == "policy-end-not-possible"
    assert "撤回" in coming.json()["detail"]
    shipped = next(e for e in (await zhou.get(POLICIES)).json()["items"] if e["shipped"])
    answer = await zhou.post(f"{POLICIES}/{shipped['id']}/ending/preview", json={"last_day": LAST})
    assert problem_of(answer) == "not-allowed", shipped["division"]


async def test_only_the_countys_administrator_ends_one(hall: Hall) -> None:
    await administrator(hall)
    wang = await hall.client_as(WANG_WU)
    assert problem_of(await ended(wang)) == "not-allowed"
    looked = await wang.post(f"{FILE}/ending/preview", json={"last_day": LAST})
    assert problem_of(looked) == "not-allowed"
    on = await wang.post(f"{FILE}/going-on", json={"reason": "还要用"})
    assert problem_of(on) == "not-allowed"
    assert len(await hall.rows("SELECT id FROM policy")) == 1
