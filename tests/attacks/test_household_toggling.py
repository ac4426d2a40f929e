"""Attack: fill the record from a page that needs no account, by asking without end or by saying yes, no, yes, no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from server.commands.forget_household_attempts import forget_household_attempts
from server.rules.households import counted_from
from server.rules.throttling import PAYMENT_SAID
from tests.cast import VILLAGE_B, WANG_WU, Hall, at
from tests.journeys.receiving import LI, LISTS, ZHANG, load, look_up, say

SAID = "SELECT id FROM event WHERE action = 'payment.said'"


async def log_of(hall: Hall) -> dict[str, Any]:
    auditor = await hall.client_as(WANG_WU)
    found: dict[str, Any] = (await auditor.get("/api/v1/household-log")).json()
    return found


async def test_a_flood_of_tries_adds_no_rows_and_is_counted_whole(hall: Hall) -> None:
    await load(hall)
    hall.clock.set("2026-10-09 10:00+08:00")
    for n in range(40):
        await look_up(hall, "张三", LI[-4:], address=f"198.51.100.{n}")
        hall.clock.pass_(seconds=10)
    await look_up(hall, "李四", LI[-4:])
    rows = await hall.rows("SELECT outcome, many FROM household_attempt ORDER BY id")
    assert [(row["outcome"], row["many"]) for row in rows] == [
        ("unknown", 6),
        ("limited", 34),
        ("known", 1),
    ]
    log = await log_of(hall)
    [day] = log["days"]
    assert (day["known"], day["unknown"], day["limited"], day["guessing"]) == (1, 6, 34, True)
    assert [(one["outcome"], one["many"]) for one in log["newest"]] == [
        ("known", 1),
        ("limited", 34),
        ("unknown", 6),
    ]
    # Ten minutes later, and in another village, it is another row.
    hall.clock.set("2026-10-09 10:10+08:00")
    await look_up(hall, "李四", LI[-4:])
    await look_up(hall, "李四", LI[-4:], division=VILLAGE_B)
    assert len(await hall.rows("SELECT id FROM household_attempt")) == 5


@pytest.mark.parametrize(
    ("now", "since"),
    [
        ("2026-10-09 10:09:59+08:00", "2026-10-09 10:00+08:00"),
        ("2026-10-09 10:10:00+08:00", "2026-10-09 10:10+08:00"),
        ("2026-10-10 00:00:00+08:00", "2026-10-10 00:00+08:00"),
    ],
)
def test_what_is_counted_together_lies_in_one_day(now: str, since: str) -> None:
    assert counted_from(at(now)) == at(since)


async def test_attempts_are_forgotten_after_400_days_though_nobody_asks_again(hall: Hall) -> None:
    await load(hall)
    hall.clock.set("2026-10-09 10:00+08:00")
    await look_up(hall, "张三", LI[-4:])
    hall.clock.pass_(days=1)
    await look_up(hall, "李四", LI[-4:])
    hall.clock.pass_(days=399)
    assert await forget_household_attempts(hall.store, now=hall.clock()) == 0, (
        "400 days to the second"
    )
    hall.clock.pass_(seconds=1)
    assert await forget_household_attempts(hall.store, now=hall.clock()) == 1
    assert await forget_household_attempts(hall.store, now=hall.clock()) == 0
    [left] = await hall.rows("SELECT outcome FROM household_attempt")
    assert left["outcome"] == "known"


@pytest.mark.one_engine
async def test_whoever_says_yes_and_no_without_end_is_asked_to_wait(hall: Hall) -> None:
    await load(hall)
    page = await look_up(hall, "张三", ZHANG[-4:])
    most = PAYMENT_SAID.capacity
    for n in range(most):
        assert (await say(hall, page, "no" if n % 2 else "yes")).status_code == 200
    refused = await say(hall, page, "yes")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) == 4 * 3600
    assert f"一天最多改 {most} 次" in refused.text
    assert "大约 4 小时后" in refused.text
    assert 'aria-pressed="true">没收到' in refused.text, "what was said last stands"
    assert "记下了" not in refused.text
    assert len(await hall.rows(SAID)) == most
    assert (await say(hall, page, "no")).status_code == 200, "the same again changes nothing"

    # Another household says its own all the while, and the township sees both.
    others = await look_up(hall, "李四", LI[-4:])
    assert (await say(hall, others, "yes")).status_code == 200
    auditor = await hall.client_as(WANG_WU)
    [line] = (await auditor.get(LISTS)).json()["items"]
    assert (line["yes"], line["no"]) == (1, 1)
    hall.clock.now += timedelta(hours=4)
    later = await look_up(hall, "张三", ZHANG[-4:])
    assert (await say(hall, later, "yes")).status_code == 200
